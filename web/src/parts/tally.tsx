// One stroke for each organisation: full is public, hollow is withheld, low is still to answer. The same thing always
// stands beside it in words, so the strokes themselves are hidden from screen readers.

// Above this many strokes nobody counts any more, and a phone has no room: a bar takes over.
const STROKES_MAX = 60;

export interface Counts {
  signedPublic: number;
  withheld: number;
  waiting: number;
}

export function Tally({ counts, mini = false }: { counts: Counts; mini?: boolean }) {
  const total = counts.signedPublic + counts.withheld + counts.waiting;
  if (total > STROKES_MAX) return <TallyBar counts={counts} total={total} />;
  return (
    <div className={mini ? 'tally mini' : 'tally'} aria-hidden="true">
      {strokes(counts).map((kind, place) => (
        // Strokes have no identity but their place.
        // oxlint-disable-next-line react/no-array-index-key
        <i key={place} className={kind} />
      ))}
    </div>
  );
}

function TallyBar({ counts, total }: { counts: Counts; total: number }) {
  const share = (count: number) => `${(100 * count) / total}%`;
  return (
    <div className="tally-bar" aria-hidden="true">
      <i style={{ inlineSize: share(counts.signedPublic) }} />
      <i className="withheld" style={{ inlineSize: share(counts.withheld) }} />
    </div>
  );
}

function strokes({ signedPublic, withheld, waiting }: Counts): string[] {
  return [
    ...Array.from({ length: signedPublic }, () => 'signed'),
    ...Array.from({ length: withheld }, () => 'withheld'),
    ...Array.from({ length: waiting }, () => 'waiting'),
  ];
}
