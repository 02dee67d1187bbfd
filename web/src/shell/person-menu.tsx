// Who is signed in, for whom, and the way out. Whoever signs out leaves nothing on the device; words that no server has are asked
// about first, because they go with the rest.
import { Menu, useMantineColorScheme } from '@mantine/core';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { Refusal } from '../api/client';
import { signOut, useMe } from '../api/queries';
import { device, forget } from '../device/here';
import { Confirm } from '../parts/confirm';
import { Icon } from '../parts/icon';
import { initials, OrgChip } from '../parts/org-chip';
import { applyAppearance, type Appearance } from '../parts/theme';

const APPEARANCES: readonly Appearance[] = ['auto', 'light', 'dark'];

// What is said on the way out.
const SIGN_OUT = {
  unsent: { title: 'sign-out.title', verb: 'sign-out.verb', words: 'sign-out.unsent' },
  unreachable: { title: 'sign-out.unreachable-title', verb: 'sign-out.unreachable-verb', words: 'sign-out.unreachable' },
  'left-behind': { title: 'sign-out.left-behind-title', verb: 'sign-out.left-behind-verb', words: 'sign-out.left-behind' },
} as const;

export function PersonMenu() {
  const { t } = useTranslation();
  const me = useMe();
  const { colorScheme, setColorScheme } = useMantineColorScheme();
  const [asked, setAsked] = useState<'unsent' | 'unreachable' | 'left-behind'>();
  const [busy, setBusy] = useState(false);
  if (me.data === undefined) return null;
  const { person, coordinator, memberships } = me.data;

  const choose = (appearance: Appearance) => {
    setColorScheme(appearance);
    applyAppearance(appearance);
  };
  const asks = async () => {
    const unsent = await device.unsent(person.id).catch(() => []);
    if (unsent.length > 0) setAsked('unsent');
    else await leave();
  };
  const leave = async () => {
    setBusy(true);
    await forget(person.id);
    const refusal: unknown = await signOut().then(() => undefined, (failure: unknown) => failure);
    setBusy(false);
    // A server that was not reached still has the session, and the person must know. Any other "no" is one that is signed out.
    if (refusal instanceof Refusal && (refusal.status === 0 || refusal.status >= 500)) {
      setAsked('unreachable');
      return;
    }
    if (asked !== 'left-behind' && (await forget(person.id)) === 'left-behind') {
      setAsked('left-behind');
      return;
    }
    globalThis.location.assign('/sign-in');
  };
  const appearanceWords = { auto: t('person.theme-system'), light: t('person.theme-light'), dark: t('person.theme-dark') };

  return (
    <>
      <Menu position="bottom-end" width="17rem" withInitialFocusPlaceholder={false}>
        <Menu.Target>
          <button type="button" className="person-button" aria-label={t('person.menu', { name: person.name })}>
            <span className="person" aria-hidden="true">
              {initials(person.name)}
            </span>
          </button>
        </Menu.Target>
        <Menu.Dropdown>
          <div className="person-card">
            <b>
              <bdi>{person.name}</bdi>
            </b>
            <span className="quiet">{person.email}</span>
            {coordinator && <span>{t('person.coordinator')}</span>}
            {memberships.map(({ organisation }) => (
              <span key={organisation.id} className="person-org">
                <OrgChip {...organisation} />
                <bdi>{organisation.name}</bdi>
              </span>
            ))}
            {memberships.length === 0 && !coordinator && me.data.kept !== true && <span className="quiet">{t('person.no-organisation')}</span>}
          </div>
          <Menu.Divider />
          <Menu.Label>{t('person.theme')}</Menu.Label>
          <Menu.RadioGroup value={colorScheme} onChange={(appearance) => choose(appearance as Appearance)}>
            {APPEARANCES.map((appearance) => (
              <Menu.RadioItem key={appearance} value={appearance} checkIcon={<Icon name="tick" />}>
                {appearanceWords[appearance]}
              </Menu.RadioItem>
            ))}
          </Menu.RadioGroup>
          <Menu.Divider />
          <Menu.Item onClick={() => void asks()}>{t('person.sign-out')}</Menu.Item>
        </Menu.Dropdown>
      </Menu>
      <Confirm
        opened={asked !== undefined}
        title={t(SIGN_OUT[asked ?? 'unsent'].title)}
        verb={t(SIGN_OUT[asked ?? 'unsent'].verb)}
        busy={busy}
        onConfirm={() => void leave()}
        onClose={() => setAsked(undefined)}
      >
        <p>{t(SIGN_OUT[asked ?? 'unsent'].words)}</p>
      </Confirm>
    </>
  );
}
