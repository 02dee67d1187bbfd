//! The tables as diesel knows them; `migrations/` is where they are made.

diesel::table! {
    people (id) {
        id -> Binary,
        name -> Text,
        known_by -> Text,
        title -> Text,
        coordinator -> Bool,
        created_at -> Timestamp,
        email -> Text,
    }
}

diesel::table! {
    sign_in_links (id) {
        id -> Binary,
        person -> Binary,
        token_hash -> Binary,
        created_at -> Timestamp,
        expires_at -> Timestamp,
        used_at -> Nullable<Timestamp>,
    }
}

diesel::table! {
    sessions (id) {
        id -> Binary,
        person -> Binary,
        secret_hash -> Binary,
        created_at -> Timestamp,
        seen_at -> Timestamp,
        expires_at -> Timestamp,
        revoked_at -> Nullable<Timestamp>,
    }
}

diesel::table! {
    confirmations (session, act, subject, seen) {
        session -> Binary,
        act -> Text,
        subject -> Text,
        seen -> Text,
        result -> Text,
        at -> Timestamp,
    }
}

diesel::table! {
    tickets (id) {
        id -> Binary,
        session -> Binary,
        expires_at -> Timestamp,
        used_at -> Nullable<Timestamp>,
    }
}

diesel::table! {
    organisations (id) {
        id -> Binary,
        reference -> Text,
        name -> Text,
        name_en -> Text,
        acronym -> Text,
        country -> Text,
        country3 -> Text,
        region -> Text,
        city -> Text,
        timezone -> Text,
        language -> Text,
        consultative_status -> Text,
        registered_name -> Nullable<Text>,
        membership -> Text,
        default_visibility -> Text,
        signing_rule -> Text,
        parent_reference -> Nullable<Text>,
        colour -> Integer,
        search_key -> Text,
        created_at -> Timestamp,
        updated_at -> Timestamp,
    }
}

diesel::table! {
    memberships (organisation, person, role) {
        organisation -> Binary,
        person -> Binary,
        role -> Text,
    }
}

diesel::table! {
    letters (id) {
        id -> Binary,
        person -> Nullable<Binary>,
        kind -> Text,
        sealed -> Binary,
        created_at -> Timestamp,
        due_at -> Timestamp,
        sent_at -> Nullable<Timestamp>,
        attempts -> Integer,
    }
}

diesel::table! {
    statements (id) {
        id -> Binary,
        title -> Text,
        language -> Text,
        forum -> Text,
        state -> Text,
        revisions -> Integer,
        created_by -> Nullable<Binary>,
        created_at -> Timestamp,
        updated_at -> Timestamp,
        remarks_until -> Nullable<Timestamp>,
        words_max -> Nullable<Integer>,
        words_with_notes -> Bool,
    }
}

diesel::table! {
    statement_drafters (statement, organisation) {
        statement -> Binary,
        organisation -> Binary,
        may -> Text,
    }
}

diesel::table! {
    writers (statement, handle) {
        statement -> Binary,
        organisation -> Nullable<Binary>,
        handle -> Text,
        unnamed -> Bool,
        chosen_at -> Nullable<Timestamp>,
    }
}

diesel::table! {
    editions (id) {
        id -> Binary,
        statement -> Binary,
        label -> Text,
        revision -> Integer,
        title -> Text,
        language -> Text,
        canonical -> Text,
        digest -> Binary,
        words -> Integer,
        frozen_at -> Timestamp,
        frozen_by -> Nullable<Binary>,
    }
}

diesel::table! {
    acts (id) {
        id -> Binary,
        statement -> Binary,
        at -> Timestamp,
        person -> Nullable<Binary>,
        organisation -> Nullable<Binary>,
        what -> Text,
        detail -> Text,
    }
}

diesel::table! {
    draft_updates (statement, seq) {
        statement -> Binary,
        seq -> BigInt,
        person -> Binary,
        organisation -> Nullable<Binary>,
        body -> Binary,
        at -> Timestamp,
    }
}

diesel::table! {
    draft_segments (statement, since) {
        statement -> Binary,
        since -> BigInt,
        upto -> BigInt,
        body -> Binary,
        digest -> Binary,
    }
}

diesel::table! {
    draft_segment_writers (statement, since, number) {
        statement -> Binary,
        since -> BigInt,
        number -> BigInt,
        person -> Binary,
        organisation -> Nullable<Binary>,
    }
}

diesel::table! {
    bench_drafts (statement) {
        statement -> Binary,
    }
}

diesel::table! {
    draft_bases (statement) {
        statement -> Binary,
        upto -> BigInt,
        body -> Binary,
        owners -> Binary,
        digest -> Binary,
    }
}

diesel::table! {
    draft_beginnings (statement) {
        statement -> Binary,
        seq -> BigInt,
    }
}

diesel::table! {
    logs (statement) {
        statement -> Binary,
        origin -> Text,
        size -> BigInt,
        frontier -> Binary,
        checkpoint -> Text,
        last_at -> Timestamp,
    }
}

diesel::table! {
    leaves (statement, position) {
        statement -> Binary,
        position -> BigInt,
        line -> Text,
    }
}

diesel::table! {
    openings (statement, position) {
        statement -> Binary,
        position -> BigInt,
        salt -> Binary,
        opening -> Text,
    }
}

diesel::table! {
    threads (id) {
        id -> Binary,
        statement -> Binary,
        root -> Text,
        first -> Text,
        last -> Text,
        quote -> Text,
        among -> Text,
        resolved_at -> Nullable<Timestamp>,
        resolved_by -> Nullable<Binary>,
        resolved_for -> Nullable<Binary>,
    }
}

diesel::table! {
    remarks (id) {
        id -> Binary,
        thread -> Binary,
        person -> Nullable<Binary>,
        organisation -> Nullable<Binary>,
        at -> Timestamp,
        body -> Text,
    }
}

diesel::table! {
    brackets (statement, bracket) {
        statement -> Binary,
        bracket -> Text,
        made_at -> Timestamp,
        made_by -> Nullable<Binary>,
        made_for -> Nullable<Binary>,
        agreed -> Nullable<Integer>,
        agreed_words -> Nullable<Text>,
        agreed_at -> Nullable<Timestamp>,
        agreed_by -> Nullable<Binary>,
        agreed_for -> Nullable<Binary>,
    }
}

diesel::table! {
    bracket_stands (statement, bracket, organisation) {
        statement -> Binary,
        bracket -> Text,
        organisation -> Binary,
        alternative -> Integer,
        words -> Text,
        at -> Timestamp,
        person -> Nullable<Binary>,
    }
}

diesel::table! {
    mentions (remark, place) {
        remark -> Binary,
        place -> Integer,
        whom -> Text,
        organisation -> Nullable<Binary>,
        person -> Nullable<Binary>,
    }
}

diesel::table! {
    mention_letters (statement, person) {
        statement -> Binary,
        person -> Binary,
        due_at -> Timestamp,
    }
}

diesel::table! {
    suggestions (statement, handle, sid) {
        statement -> Binary,
        handle -> Text,
        sid -> Text,
        person -> Nullable<Binary>,
        organisation -> Nullable<Binary>,
        begun_at -> Timestamp,
        fate -> Nullable<Text>,
        decided_by -> Nullable<Binary>,
        decided_for -> Nullable<Binary>,
        decided_at -> Nullable<Timestamp>,
        reason -> Nullable<Text>,
    }
}

diesel::table! {
    fate_letters (statement, person) {
        statement -> Binary,
        person -> Binary,
        due_at -> Timestamp,
    }
}

diesel::table! {
    rounds (id) {
        id -> Binary,
        statement -> Binary,
        edition -> Binary,
        state -> Text,
        opened_at -> Timestamp,
        closes_at -> Timestamp,
        closed_at -> Nullable<Timestamp>,
    }
}

diesel::table! {
    invitations (round, organisation) {
        round -> Binary,
        organisation -> Binary,
        reminded_at -> Nullable<Timestamp>,
    }
}

diesel::table! {
    signing_letters (id) {
        id -> Binary,
        round -> Binary,
        organisation -> Binary,
        person -> Binary,
        token_hash -> Binary,
        may_sign -> Bool,
        created_at -> Timestamp,
    }
}

diesel::table! {
    questions (id) {
        id -> Binary,
        letter -> Binary,
        act -> Text,
        visibility -> Nullable<Text>,
        title -> Text,
        reason -> Text,
        seen -> Text,
        code_hash -> Binary,
        tries -> Integer,
        created_at -> Timestamp,
        expires_at -> Timestamp,
        used_at -> Nullable<Timestamp>,
    }
}

diesel::table! {
    signing_devices (secret_hash, round, organisation) {
        secret_hash -> Binary,
        round -> Binary,
        organisation -> Binary,
        person -> Binary,
        expires_at -> Timestamp,
    }
}

diesel::table! {
    answers (id) {
        id -> Binary,
        round -> Binary,
        organisation -> Binary,
        person -> Nullable<Binary>,
        kind -> Text,
        visibility -> Nullable<Text>,
        name -> Text,
        name_en -> Text,
        language -> Text,
        country -> Text,
        person_name -> Text,
        person_title -> Text,
        reason -> Text,
        assurance -> Text,
        leaf -> Nullable<BigInt>,
        at -> Timestamp,
    }
}

diesel::table! {
    publications (id) {
        id -> Binary,
        statement -> Binary,
        edition -> Binary,
        round -> Binary,
        pdf -> Binary,
        bundle -> Text,
        published_at -> Timestamp,
        published_by -> Nullable<Binary>,
    }
}

diesel::table! {
    versions (id) {
        id -> Binary,
        statement -> Binary,
        upto -> BigInt,
        kind -> Text,
        name -> Nullable<Text>,
        at -> Timestamp,
        kept_at -> Timestamp,
        made_by -> Nullable<Binary>,
        restores -> Nullable<Binary>,
        writers -> Text,
        canonical -> Text,
        digest -> Binary,
        words -> Integer,
        words_in -> Integer,
        words_out -> Integer,
    }
}

diesel::joinable!(sign_in_links -> people (person));
diesel::joinable!(letters -> people (person));
diesel::joinable!(sessions -> people (person));
diesel::joinable!(memberships -> people (person));
diesel::joinable!(memberships -> organisations (organisation));
diesel::joinable!(statement_drafters -> organisations (organisation));
diesel::joinable!(editions -> statements (statement));
diesel::joinable!(remarks -> threads (thread));
diesel::joinable!(mentions -> remarks (remark));
diesel::joinable!(rounds -> statements (statement));
diesel::joinable!(invitations -> organisations (organisation));
diesel::joinable!(invitations -> rounds (round));
diesel::joinable!(rounds -> editions (edition));
diesel::joinable!(questions -> signing_letters (letter));
diesel::joinable!(signing_letters -> rounds (round));
diesel::joinable!(publications -> editions (edition));

diesel::allow_tables_to_appear_in_same_query! {
    people, sign_in_links, sessions, confirmations, tickets, organisations, memberships, letters, statements,
    statement_drafters, writers, editions, acts, draft_updates, draft_segments, draft_segment_writers, bench_drafts,
    draft_bases, draft_beginnings, logs, leaves, openings, threads, remarks, mentions, mention_letters, suggestions,
    fate_letters, brackets, bracket_stands, rounds, invitations, signing_letters, questions, signing_devices, answers,
    publications, versions,
}
