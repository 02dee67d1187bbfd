/**
 * The shape of the server's answers, in the layout openapi-typescript writes.
 * `npm run api` replaces this file from `openapi.json` once the server emits one.
 */

export interface paths {
  '/api/me': { get: Get<never, never, components['schemas']['Me']> };
  '/api/sign-out': { post: PostNothing };
  '/api/organisations': { get: Get<never, OrganisationQuery, components['schemas']['OrganisationPage']> };
  '/api/organisations/{id}': { get: Get<Id, never, components['schemas']['Organisation']> };
  '/api/organisations/import': { post: PostCsv<components['schemas']['ImportResult']> };
  '/api/statements': {
    get: Get<never, never, components['schemas']['StatementList']>;
    post: Post<never, components['schemas']['StartStatement'], components['schemas']['Statement']>;
  };
  '/api/statements/{id}': { get: Get<Id, never, components['schemas']['StatementDetail']> };
  '/api/statements/{id}/drafters': { put: Post<Id, components['schemas']['SetDrafters'], components['schemas']['Statement']> };
  '/api/statements/{id}/freeze': {
    get: Get<Id, never, components['schemas']['FreezePreview']>;
    post: Post<Id, components['schemas']['Empty'], components['schemas']['EditionSummary']>;
  };
  '/api/statements/{id}/reopen': { post: Post<Id, components['schemas']['Empty'], components['schemas']['Statement']> };
  '/api/statements/{id}/rounds': { post: Post<Id, components['schemas']['OpenRound'], components['schemas']['Round']> };
  '/api/statements/{id}/publish': { post: Post<Id, components['schemas']['Empty'], components['schemas']['Published']> };
  '/api/statements/{id}/history': { get: Get<Id, never, components['schemas']['History']> };
  '/api/editions/{id}': { get: Get<Id, never, components['schemas']['Edition']> };
  '/api/rounds/{id}': { get: Get<Id, never, components['schemas']['Round']> };
  '/api/rounds/{id}/remind': { post: Post<Id, components['schemas']['Empty'], components['schemas']['Reminded']> };
  '/api/rounds/{id}/extend': { post: Post<Id, components['schemas']['ExtendRound'], components['schemas']['Round']> };
  '/api/rounds/{id}/close': { post: Post<Id, components['schemas']['Empty'], components['schemas']['Round']> };
  '/api/rounds/{id}/reveal': { post: Post<Id, components['schemas']['Empty'], components['schemas']['Revealed']> };
}

export interface components {
  schemas: {
    Empty: Record<string, never>;
    /** RFC 9457. `detail` is a ready sentence in the reader's language. */
    Problem: {
      type?: string;
      title?: string;
      status: number;
      detail?: string;
      code?: string;
      params?: Record<string, unknown>;
      instance?: string;
    };
    Me: {
      person: { id: string; name: string; email: string };
      coordinator: boolean;
      memberships: components['schemas']['Membership'][];
      coalition: { name: string; timezone: string };
      /** The server's clock, RFC 3339. */
      now: string;
    };
    Membership: { organisation: components['schemas']['OrganisationMark']; roles: components['schemas']['Role'][] };
    Role: 'drafter' | 'signing-authority' | 'focal-point' | 'delegate';
    /** `colour` is 1 to 8. */
    OrganisationMark: { id: string; name: string; acronym: string; colour: number };
    Organisation: {
      id: string;
      ref: string;
      name: string;
      name_en?: string;
      acronym: string;
      colour: number;
      country: string;
      country_name: string;
      region: string;
      city?: string;
      timezone: string;
      language: string;
      consultative_status: string;
      registered_name?: string;
      membership: string;
      default_visibility: string;
      signing_rule: string;
      parent_ref?: string;
      people?: components['schemas']['Person'][];
    };
    Person: { id: string; name: string; title?: string; email: string; roles: components['schemas']['Role'][] };
    OrganisationPage: { organisations: components['schemas']['Organisation'][]; total: number; page: number; pages: number };
    ImportResult: { added: number; updated: number; unchanged: number };
    State: 'drafting' | 'frozen' | 'open' | 'closed' | 'published';
    Statement: {
      id: string;
      title: string;
      language: string;
      forum?: string;
      state: components['schemas']['State'];
      edition?: components['schemas']['EditionSummary'];
      round?: components['schemas']['RoundSummary'];
      next_edition: string;
      updated_at: string;
      may: string[];
      public_url?: string;
    };
    StatementDetail: components['schemas']['Statement'] & {
      drafters: components['schemas']['OrganisationMark'][];
      editions: components['schemas']['EditionSummary'][];
    };
    StatementList: { statements: components['schemas']['Statement'][] };
    StartStatement: { title: string; language: string; forum?: string };
    SetDrafters: { organisations: string[] };
    EditionSummary: { id: string; label: string; digest: string; frozen_at: string };
    RoundSummary: { id: string; closes_at: string; invited: number; answered: number; signed: number; withheld: number };
    FreezePreview: {
      words: number;
      footnotes: number;
      paragraphs: number;
      problems: { code: string; sentence: string }[];
      label: string;
    };
    Edition: components['schemas']['EditionSummary'] & {
      title: string;
      language: string;
      text: components['schemas']['Text'];
      words: number;
    };
    Text: { v: string; language: string; blocks: components['schemas']['Block'][] };
    Dir: 'ltr' | 'rtl';
    Block:
      | { type: 'heading'; level: number; dir?: components['schemas']['Dir']; content: components['schemas']['Inline'][] }
      | { type: 'paragraph'; dir?: components['schemas']['Dir']; content: components['schemas']['Inline'][] }
      | {
          type: 'numbered';
          level: number;
          label: string;
          dir?: components['schemas']['Dir'];
          content: components['schemas']['Inline'][];
        }
      | { type: 'list'; ordered: boolean; start: number; items: { blocks: components['schemas']['Block'][] }[] }
      | { type: 'quote'; blocks: components['schemas']['Block'][] };
    Inline:
      | ({ type: 'text' } & components['schemas']['Run'])
      | { type: 'break' }
      | { type: 'footnote'; number: number; content: components['schemas']['Run'][] };
    Run: { text: string; bold?: boolean; italic?: boolean; link?: string };
    OpenRound: { organisations: string[]; closes_at: string };
    ExtendRound: { closes_at: string };
    Round: {
      id: string;
      statement: string;
      edition: { label: string; digest: string };
      state: 'open' | 'closed';
      opened_at: string;
      closes_at: string;
      /** When it really ended; absent while it is open. */
      closed_at?: string;
      invited: number;
      signed_public: number;
      withheld: number;
      declined: number;
      withdrawn: number;
      waiting: number;
      /** Those whose name is withheld are absent. */
      organisations: components['schemas']['RoundOrganisation'][];
      may: string[];
    };
    Answer: 'signed' | 'declined' | 'withdrawn' | 'waiting';
    RoundOrganisation: {
      id: string;
      name: string;
      name_en?: string;
      acronym: string;
      country: string;
      country_name: string;
      region: string;
      timezone: string;
      answer: components['schemas']['Answer'];
      reason?: string;
      answered_at?: string;
      reminded_at?: string;
    };
    Reminded: { letters: number };
    Revealed: { organisations: { id: string; name: string; country_name: string; answered_at: string }[] };
    Published: { public_url: string };
    History: { acts: components['schemas']['Act'][] };
    Act: { at: string; who: string; organisation?: string; what: string; sentence: string };
  };
}

type Id = { id: string };
type OrganisationQuery = { search?: string; region?: string; status?: string; visibility?: string; page?: number };
type Parameters<P, Q> = { header?: never; cookie?: never } & ([P] extends [never] ? { path?: never } : { path: P }) &
  ([Q] extends [never] ? { query?: never } : { query?: Q });
type Answers<T> = {
  200: { headers: Record<string, unknown>; content: { 'application/json': T } };
  default: { headers: Record<string, unknown>; content: { 'application/problem+json': components['schemas']['Problem'] } };
};

interface Get<P, Q, T> {
  parameters: Parameters<P, Q>;
  requestBody?: never;
  responses: Answers<T>;
}

interface Post<P, B, T> {
  parameters: Parameters<P, never>;
  requestBody: { content: { 'application/json': B } };
  responses: Answers<T>;
}

interface PostNothing {
  parameters: Parameters<never, never>;
  requestBody?: never;
  responses: { 204: { headers: Record<string, unknown>; content?: never } } & Omit<Answers<never>, 200>;
}

interface PostCsv<T> {
  parameters: Parameters<never, never>;
  requestBody: { content: { 'text/csv': string } };
  responses: Answers<T>;
}
