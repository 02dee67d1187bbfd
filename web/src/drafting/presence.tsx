// Who else has the draft open: a chip for each organisation, and, pressed, the people by name, where they are named. Whoever
// comes or goes is announced.
import { Popover } from '@mantine/core';
import { useEffect, useRef } from 'react';
import { useTranslation } from 'react-i18next';
import { announce } from '../parts/announce';
import { OrgChip } from '../parts/org-chip';
import { comings, linesOf, type Party } from './parties';

/** `parties` is nothing while it is being asked who is here. */
export function Presence({ parties }: { parties: readonly Party[] | undefined }) {
  const { t } = useTranslation('drafting');
  const before = useRef<readonly Party[] | undefined>(undefined);
  useEffect(() => {
    if (parties === undefined) return;
    const then = before.current;
    before.current = parties;
    if (then === undefined) return;
    const { joined, left } = comings(then, parties);
    for (const who of joined) announce(t('presence.joined', { who }));
    for (const who of left) announce(t('presence.left', { who }));
  }, [parties, t]);

  if (parties === undefined) return null;
  const lines = linesOf(parties);
  const label = t('presence.label', { count: lines.length });
  if (lines.length === 0) return <span className="hidden-words">{label}</span>;
  return (
    <Popover position="bottom-end" trapFocus returnFocus>
      <Popover.Target>
        <button type="button" className="presence" aria-label={label}>
          {/* Organisations rather than people: in a text, one speaks for one's organisation. */}
          {parties.map((party) => (
            <OrgChip key={party.handle} {...party} />
          ))}
        </button>
      </Popover.Target>
      <Popover.Dropdown aria-label={label}>
        <ul className="presence-list" tabIndex={-1} data-autofocus>
          {lines.map(({ key, party, name }) => (
            <li key={key}>
              <OrgChip {...party} />
              <bdi>{name}</bdi>
            </li>
          ))}
        </ul>
      </Popover.Dropdown>
    </Popover>
  );
}
