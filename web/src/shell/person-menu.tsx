// Who is signed in, for whom, and the way out.
import { Menu, useMantineColorScheme } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import { signOut, useMe } from '../api/queries';
import { Icon } from '../parts/icon';
import { initials, OrgChip } from '../parts/org-chip';
import { applyAppearance, type Appearance } from '../parts/theme';

const APPEARANCES: readonly Appearance[] = ['auto', 'light', 'dark'];

export function PersonMenu() {
  const { t } = useTranslation();
  const me = useMe();
  const { colorScheme, setColorScheme } = useMantineColorScheme();
  if (me.data === undefined) return null;
  const { person, coordinator, memberships } = me.data;

  const choose = (appearance: Appearance) => {
    setColorScheme(appearance);
    applyAppearance(appearance);
  };
  const leave = async () => {
    // Whatever the server says, the person wants to be gone: the sign-in page shows how it stands.
    await signOut().catch(() => undefined);
    globalThis.location.assign('/sign-in');
  };
  const appearanceWords = { auto: t('person.theme-system'), light: t('person.theme-light'), dark: t('person.theme-dark') };

  return (
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
          {memberships.length === 0 && !coordinator && <span className="quiet">{t('person.no-organisation')}</span>}
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
        <Menu.Item onClick={() => void leave()}>{t('person.sign-out')}</Menu.Item>
      </Menu.Dropdown>
    </Menu>
  );
}
