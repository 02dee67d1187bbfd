// Short names for the shapes of the contract, so that rooms do not spell out the path into the generated file.
import type { components } from './schema';

/** An answer without `null`: what the server leaves empty is simply absent here. */
export type Present<T> = T extends Blob ? T : T extends readonly (infer U)[]
  ? Present<U>[]
  : T extends object
    ? { [K in keyof T]: Present<Exclude<T[K], null>> }
    : T;

type Schemas = { [Name in keyof components['schemas']]: Present<components['schemas'][Name]> };

/** `kept` marks what comes from this device, because the server says nothing now. */
type Kept = { kept?: true };

export type Me = Schemas['Me'] & Kept;
export type Membership = Schemas['MembershipLine'];
export type Role = Schemas['Role'];
export type OrganisationMark = Schemas['OrganisationMark'];
export type Organisation = Schemas['Organisation'];
export type Person = Schemas['PersonView'];
export type State = Schemas['State'];
export type Statement = Schemas['StatementLine'];
export type StatementDetail = Schemas['StatementView'] & Kept;
export type Edition = Schemas['EditionView'];
export type EditionSummary = Schemas['EditionLine'];
export type FreezePreview = Schemas['FreezePreview'];
/** Something that stands in the way of freezing, as the server tells it. */
export type Obstacle = Schemas['ToldObstacle'];
export type Place = Schemas['Place'];
export type StatementText = Schemas['Text'];
export type Block = Schemas['Block'];
export type Inline = Schemas['Inline'];
export type NoteParagraph = Schemas['NoteParagraph'];
export type Run = Schemas['Run'];
export type Comparison = Schemas['Comparison'];
export type ComparedRow = Schemas['ComparedRow'];
export type ComparedPiece = Schemas['ComparedPiece'];
export type ComparedNotePiece = Schemas['ComparedNotePiece'];
export type ComparedNote = Schemas['ComparedNote'];
export type BlockFrame = Schemas['BlockFrame'];
export type ComparedCounts = Schemas['ComparedCounts'];
export type ComparedSide = Schemas['SideView'];
export type Round = Schemas['RoundView'];
export type Answer = Schemas['Standing'];
export type RoundOrganisation = Schemas['Invited'];
export type Revealed = Schemas['Revealed'];
export type Act = Schemas['ActLine'];
export type Move = Schemas['Move'];
export type ReopenPreview = Schemas['ReopenPreview'];
export type RoundPreview = Schemas['RoundPreview'];
export type ImportPreview = Schemas['ImportPreview'];
export type May = Schemas['May'];
export type DraftersList = Schemas['Drafters'];
export type WriterLine = Schemas['WriterView'];
export type Writers = Schemas['Writers'];
export type Thread = Schemas['ThreadView'];
export type ThreadList = Schemas['ThreadList'];
export type RemarkAuthor = Schemas['AuthorView'];
export type WhoWrote = Schemas['WhoWrote'];
export type Hand = Schemas['Hand'];
export type NewThread = Schemas['OpenThread'];
export type NewMention = Schemas['MentionBody'];
export type Mention = Schemas['MentionView'];
export type SuggestionLine = Schemas['SuggestionView'];
export type BracketList = Schemas['BracketList'];
export type BracketSaid = Schemas['BracketView'];
export type OwnName = Schemas['OwnName'];
export type WordPreview = Schemas['WordPreview'];
export type WordComment = Schemas['WordComment'];
export type WordLeftOut = Schemas['WordLeftOut'];
export type VersionLine = Schemas['VersionLine'];
export type Version = Schemas['VersionView'];
export type RestorePreview = Schemas['RestorePreview'];
export type Asked = Schemas['AskedLine'];
export type PublishPreview = Schemas['PublishPreview'];
export type Problem = Schemas['Problem'];
