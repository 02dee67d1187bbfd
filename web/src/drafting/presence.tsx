// Who else has the draft open: a chip for each organisation, and, pressed, the people by name. Whoever comes or goes is
// announced.
import { Popover } from '@mantine/core';
import { useEffect, useRef } from 'react';
import { useTranslation } from 'react-i18next';
import { announce } from '../parts/announce';
import { OrgChip } from '../parts/org-chip';
import type { Writer } from '../parts/writer';

export function Presence({ present }: { present: Writer[] }) {
  const { t } = useTranslation('drafting');
  const before = useRef<Set<string> | undefined>(undefined);
  useEffect(() => {
    const now = new Set(present.map(({ name, organisation }) => (organisation === '' ? name : `${name} (${organisation})`)));
    const then = before.current;
    before.current = now;
    if (then === undefined) return;
    for (const who of now) if (!then.has(who)) announce(t('presence.joined', { who }));
    for (const who of then) if (!now.has(who)) announce(t('presence.left', { who }));
  }, [present, t]);

  const label = t('presence.label', { count: present.length });
  if (present.length === 0) return <span className="hidden-words">{label}</span>;
  // Organisations rather than people: in a text, one speaks for one's organisation.
  const organisations = new Map(present.map((writer) => [writer.organisation || writer.name, writer]));
  return (
    <Popover position="bottom-end" trapFocus returnFocus>
      <Popover.Target>
        <button type="button" className="presence" aria-label={label}>
          {[...organisations].map(([acronym, { name, colour }]) => (
            <OrgChip key={acronym} acronym={acronym} name={name} colour={colour} />
          ))}
        </button>
      </Popover.Target>
      <Popover.Dropdown aria-label={label}>
        <ul className="presence-list" tabIndex={-1} data-autofocus>
          {present.map(({ name, organisation, colour }) => (
            <li key={`${organisation}\n${name}`}>
              <OrgChip acronym={organisation} name={name} colour={colour} />
              <bdi>{name}</bdi>
            </li>
          ))}
        </ul>
      </Popover.Dropdown>
    </Popover>
  );
}
