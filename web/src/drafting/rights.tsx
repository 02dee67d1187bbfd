// Coordinators choose what each organisation may do with a draft, and when comments end: one act, on what the page showed.
// Before it is done the page says whom it changes, and who is writing at this moment that will not any more.
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useAllOrganisations, useDrafters, useSetDrafters, useWriters } from '../api/queries';
import type { DraftersList, May, Organisation } from '../api/types';
import { afresh, lookOf, useBindingAct } from '../parts/binding-act';
import { Confirm } from '../parts/confirm';
import { Deadline, useDeadline } from '../parts/deadline';
import { wallClock } from '../parts/moment';
import { OrganisationPicker } from '../parts/organisation-picker';
import { Loading, Problem } from '../parts/states';
import { useMoments, useWhen } from '../parts/when';
import { fulfilled, stopped, ticked, wishFor, type Rights, type Wish } from './choice';
import { changesSince, type Change } from './rights-changed';

// A few names are read at a glance; more are a number, and ticked in the list.
const NAMES_MAX = 6;

/** Each includes those before it. */
const GIVEN = ['read', 'comment', 'suggest', 'edit'] as const satisfies readonly May[];

/** Coalitions give a week to comment. */
const USUAL_MS = 7 * 86_400_000;

export function ChooseRights({ statement: id, onClose }: { statement: string; onClose: () => void }) {
  const present = useDrafters(id);
  const look = lookOf(present);
  if (look !== undefined) return <Choice id={id} look={look} again={() => afresh(present)} onClose={onClose} />;
  return present.isError ? <Problem error={present.error} retry={() => present.refetch()} /> : null;
}

interface ChoiceProps {
  id: string;
  look: DraftersList;
  again: () => Promise<DraftersList>;
  onClose: () => void;
}

function Choice({ id, look, again, onClose }: ChoiceProps) {
  const { t } = useTranslation('drafting');
  const say = useChange();
  const organisations = useAllOrganisations();
  const [wish, setWish] = useState<Wish>(new Map());
  const { shown, before, confirm, busy, error } = useBindingAct({ look, again, mutation: useSetDrafters(id) });
  const end = useEnd(shown.remarks_until ?? null);
  const present = rightsOf(shown);
  const chosen = fulfilled(present, wish);
  const changes = wishFor(present, chosen);
  const nothing = changes.size === 0 && !end.changes;
  const gives = () => confirm({ organisations: [...chosen].map(([one, may]) => ({ id: one, may })), remarks_until: end.until, seen: shown.seen }, onClose);
  const choose = (rights: Rights) => setWish(wishFor(present, rights));
  return (
    <Confirm
      opened
      title={t('drafters.title')}
      verb={nothing ? t('drafters.keep') : t('drafters.verb')}
      busy={busy}
      error={error}
      changes={before === undefined ? undefined : changesSince(before, shown).map(say)}
      ready={organisations.data !== undefined}
      onConfirm={() => (nothing ? onClose() : end.isSound() && gives())}
      onClose={onClose}
    >
      <p className="quiet">{t('drafters.what')}</p>
      {organisations.isPending && <Loading />}
      {organisations.isError && <Problem error={organisations.error} retry={() => organisations.refetch()} />}
      {organisations.data !== undefined && (
        <>
          <Happens changes={changes} organisations={organisations.data} end={end} />
          <Stops id={id} of={stopped(present, changes)} />
          <OrganisationPicker
            organisations={organisations.data}
            chosen={new Set(chosen.keys())}
            onChoose={(choice) => choose(ticked(chosen, choice))}
            renderBeside={(one) => (
              <select
                className="select"
                aria-label={t('drafters.right-of', { name: one.name })}
                value={chosen.get(one.id)}
                onChange={(event) => choose(new Map(chosen).set(one.id, event.currentTarget.value as May))}
              >
                {GIVEN.map((may) => (
                  <option key={may} value={may}>
                    {t(`drafters.right-${may}`)}
                  </option>
                ))}
              </select>
            )}
          />
          <CommentsEnd end={end} />
        </>
      )}
    </Confirm>
  );
}

interface End {
  ends: boolean;
  setEnds: (ends: boolean) => void;
  deadline: ReturnType<typeof useDeadline>;
  /** Nothing: when the text is frozen, or while the fields are no date and time. */
  until: string | null;
  changes: boolean;
  problem: 'missing' | 'past' | undefined;
  /** Says from now on what is wrong with it. */
  isSound: () => boolean;
}

/** Follows what stands until it is touched here: then it is a wish, and stays one whatever others choose. */
function useEnd(stands: string | null): End {
  const { zone, now } = useMoments();
  const wall = stands === null ? { ...wallClock(new Date(Date.parse(now) + USUAL_MS).toISOString(), zone), clock: '18:00' } : wallClock(stands, zone);
  const fields = useDeadline(wall);
  const [ends, setEnds] = useState(stands !== null);
  const [follows, setFollows] = useState<string | null | 'nothing'>(stands);
  const [tried, setTried] = useState(false);
  if (follows !== 'nothing' && follows !== stands) {
    setFollows(stands);
    setEnds(stands !== null);
    fields.setDate(wall.date);
    fields.setClock(wall.clock);
  }
  const touches = <Value,>(set: (value: Value) => void) => (value: Value) => {
    setFollows('nothing');
    set(value);
  };
  const deadline = { ...fields, setDate: touches(fields.setDate), setClock: touches(fields.setClock) };
  // Fields of minutes cannot say the seconds of an end that stands.
  const stays = stands !== null && fields.instant !== undefined && sameMinute(stands, fields.instant);
  const wished = ends ? (stays ? stands : (fields.instant ?? null)) : null;
  const wrong = ends && !stays ? fields.problem(now) : undefined;
  const problem = wrong === 'not-later' ? undefined : wrong;
  const isSound = () => {
    setTried(true);
    return problem === undefined;
  };
  return { ends, setEnds: touches(setEnds), deadline, until: wished, changes: problem !== undefined || wished !== stands, problem: tried ? problem : undefined, isSound };
}

function CommentsEnd({ end: { ends, setEnds, deadline, problem } }: { end: End }) {
  const { t } = useTranslation('drafting');
  return (
    <fieldset className="comments-end">
      <legend className="hidden-words">{t('drafters.comments-end')}</legend>
      <label className="tick">
        <input type="checkbox" checked={ends} onChange={(event) => setEnds(event.currentTarget.checked)} />
        <span>
          {t('drafters.comments-end')}
          <span className="quiet sub2">{t('drafters.comments-end-what')}</span>
        </span>
      </label>
      {ends && <Deadline deadline={deadline} problem={problem} />}
    </fieldset>
  );
}

/** What the choice changes. */
function Happens({ changes, organisations, end }: { changes: Wish; organisations: Organisation[]; end: End }) {
  const { t } = useTranslation('drafting');
  const when = useWhen();
  const become = (wanted: May | undefined) => organisations.filter(({ id }) => changes.has(id) && changes.get(id) === wanted).map(({ name }) => name);
  const becoming = [
    ...GIVEN.toReversed().map((may) => ({ what: `drafters.become-${may}` as const, names: become(may) })),
    { what: 'drafters.take-out' as const, names: become(undefined) },
  ].filter(({ names }) => names.length > 0);
  return (
    <ul className="what-happens">
      {becoming.map(({ what, names }) => (
        <Named key={what} what={t(what, { count: names.length })} names={names} />
      ))}
      {end.changes && !end.ends && <li>{t('drafters.until-goes')}</li>}
      {end.changes && end.until !== null && <li>{t('drafters.until-becomes', { when: when(end.until) })}</li>}
      {becoming.length === 0 && !end.changes && <li>{t('drafters.same')}</li>}
    </ul>
  );
}

/** With names while they are few. */
function Named({ what, names }: { what: string; names: string[] }) {
  return (
    <li>
      {what}
      {names.length <= NAMES_MAX && (
        <>
          {': '}
          {names.map((name, place) => (
            // Chapters of one name differ in nothing but their place.
            // oxlint-disable-next-line react/no-array-index-key
            <b key={place}>
              {place > 0 && ' · '}
              <bdi>{name}</bdi>
            </b>
          ))}
        </>
      )}
    </li>
  );
}

/** Whose writing stops, and who of them is in the text now, as far as that is told beside the text. */
function Stops({ id, of }: { id: string; of: string[] }) {
  const { t } = useTranslation('drafting');
  const told = useWriters(id).data?.writers ?? [];
  if (of.length === 0) return null;
  const here = told.flatMap(({ organisation, people }) =>
    organisation !== undefined && organisation !== null && of.includes(organisation.id) && people.length > 0
      ? [t('drafters.here-of', { people: people.join(', '), acronym: organisation.acronym || organisation.name })]
      : [],
  );
  return (
    <div className="notice amber" role="status">
      <div className="notice-body">
        {here.length > 0 && (
          <p>
            <b dir="auto">{t('drafters.here', { who: here.join(' · ') })}</b>
          </p>
        )}
        <p>{t('drafters.stops')}</p>
      </div>
    </div>
  );
}

/** What others changed meanwhile, in a sentence. */
function useChange() {
  const { t } = useTranslation('drafting');
  const when = useWhen();
  return (change: Change): string => {
    switch (change.what) {
      case 'right':
        return t(`drafters.changed-${change.may}`, { name: change.name });
      case 'gone':
        return t('drafters.changed-gone', { name: change.name });
      case 'until':
        return change.until === null ? t('drafters.changed-until-gone') : t('drafters.changed-until', { when: when(change.until) });
    }
  };
}

function rightsOf({ organisations }: DraftersList): Rights {
  return new Map(organisations.map(({ id, may }) => [id, may]));
}

function sameMinute(one: string, other: string): boolean {
  return Math.floor(Date.parse(one) / 60_000) === Math.floor(Date.parse(other) / 60_000);
}
