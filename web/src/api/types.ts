// Short names for the shapes of the contract, so that rooms do not spell out the path into the generated file.
import type { Present } from './client';
import type { components } from './schema';

type Schemas = { [Name in keyof components['schemas']]: Present<components['schemas'][Name]> };

export type Me = Schemas['Me'];
export type Membership = Schemas['Membership'];
export type Role = Schemas['Role'];
export type OrganisationMark = Schemas['OrganisationMark'];
export type Organisation = Schemas['Organisation'];
export type Person = Schemas['Person'];
export type State = Schemas['State'];
export type Statement = Schemas['Statement'];
export type StatementDetail = Schemas['StatementDetail'];
export type Edition = Schemas['Edition'];
export type EditionSummary = Schemas['EditionSummary'];
export type FreezePreview = Schemas['FreezePreview'];
export type StatementText = Schemas['Text'];
export type Block = Schemas['Block'];
export type Inline = Schemas['Inline'];
export type Run = Schemas['Run'];
export type Round = Schemas['Round'];
export type Answer = Schemas['Answer'];
export type RoundOrganisation = Schemas['RoundOrganisation'];
export type Revealed = Schemas['Revealed'];
export type Act = Schemas['Act'];
export type Problem = Schemas['Problem'];
