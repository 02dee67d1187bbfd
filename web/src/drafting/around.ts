// One file of all that comes after the text (later.ts).
export { LinkDialog } from '../editor/link-dialog';
export { SettledText } from '../editor/settled-text';
export { Toolbar } from '../editor/toolbar';
export { Confirm } from '../parts/confirm';
export { Beside } from '../suggestions/beside';
export { Brackets } from '../remarks/brackets';
export { BracketsButton } from '../remarks/brackets-button';
export { RemarksButton } from '../remarks/panel-button';
export { WhoAsked } from './who-asked';
export { BeforeFreezing } from './before-freezing';
export { Aids } from './aids';
export { CountsPanel } from './counts-panel';
export { Drafters } from './drafters';
export { Modes } from './modes';
export { Presence } from './presence';
export { WordIntake } from './word-intake';
