//! Every ceiling of the drafting rooms, each with its reason.

/// One update. A pasted text of thirty pages is about 100 KiB in Latin script, 200 KiB in Cyrillic or Arabic.
pub const UPDATE_BYTES_MAX: usize = 256 * 1024;
/// One frame: the largest update and its framing.
pub const FRAME_BYTES_MAX: usize = UPDATE_BYTES_MAX + 64;
/// What one draft may hold, history included: some eighty times a long joint statement.
pub const DOCUMENT_BYTES_MAX: usize = 8 * 1024 * 1024;
/// Separate items and deleted stretches of one draft. Typed text merges, so a year of editing stays far below.
pub const DOCUMENT_ITEMS_MAX: usize = 200_000;
/// Paragraph marks and soft returns of one draft, deleted ones too: a page draws each as a line of its own, and a quarter of a
/// million of them fit into one update.
pub const DOCUMENT_LINES_MAX: usize = 40_000;
/// Client ids of one draft. An editor takes a new one per page load, and it counts once it writes: forty people, five such
/// pages a day, for a hundred days. What a page has of each (13 bytes at most) goes into the one frame in which it asks
/// what it lacks, and so does what the server has, when it asks the page.
pub const DOCUMENT_CLIENTS_MAX: usize = 20_000;
const _: () = assert!(DOCUMENT_CLIENTS_MAX * (8 + 5) + 16 <= FRAME_BYTES_MAX);
/// All deletions of one draft, as an editor writes them: a page that comes back repeats every one of them in the same
/// update as its own new words, and however old the draft is, that update has to fit. 96 KiB are left for the words, half
/// a day of typing. A stretch takes three or four bytes, a client id eight: 40,000 corrections by hand.
pub const DELETIONS_BYTES_MAX: usize = 160 * 1024;
const _: () = assert!(DELETIONS_BYTES_MAX + 96 * 1024 <= UPDATE_BYTES_MAX);
/// Steps readers take to place one update, now or whenever they open the draft: pieces gone through, each some 70 ns in a
/// browser and 50 in yrs, so a seventh of a second. Who comes back from a day without a network to the one place where 39
/// others wrote such a day, in 800 pieces each, brings 150,000; who writes where nobody else does brings none.
pub const UPDATE_STEPS_MAX: usize = 2_000_000;
/// … of all updates of one person within a day.
pub const PERSON_STEPS_PER_DAY: usize = 5_000_000;
/// … and those of a draft that are taken again by whoever opens it: 1.4 seconds at most.
pub const DOCUMENT_STEPS_MAX: usize = 20_000_000;
/// Footnotes of one draft, those whose places were deleted included.
pub const NOTES_MAX: usize = 2_000;
/// Brackets of one draft, resolved ones included. Each can lie over every letter, and readers carry all that do; a contested text of
/// three pages has some sixty.
pub const BRACKETS_MAX: usize = 500;
/// Suggestions ever begun in one draft: a hundred a week for a year. Each is a line that every page and the list of them reads.
pub const SUGGESTIONS_MAX: usize = 5_000;
/// Suggestions begun or gone on with, and answers given or taken back, in one update: each may be a line to write in the
/// transaction that others wait for. Whoever accepts all there is answers some hundreds at once.
pub const SAID_MAX: usize = 1024;
/// New client ids one person may bring into one draft within a day, and what a day is. Nobody opens so many pages; who
/// would fill a draft with them alone needs seven weeks. Counted in the server's memory: a restart forgets the day, not the
/// draft's own ceiling.
pub const PERSON_CLIENTS_PER_DAY: usize = 400;
pub const DAY_MILLIS: u64 = 24 * 60 * 60 * 1000;
/// Drafts of which it is kept what their writers brought today, though their room is closed: some kilobytes each, and more
/// than are written in a day.
pub const DAYS_KEPT_MAX: usize = 2000;
/// A stored base is made by our own worker from updates that passed; it only has to fit in memory.
pub const BASE_BYTES_MAX: usize = 4 * DOCUMENT_BYTES_MAX;
/// One format or embed as JSON: the longest link, each of its units written as `\u…`.
pub const JSON_BYTES_MAX: usize = 2 + 6 * 2048;
/// Yjs keeps client ids in a JavaScript number.
pub const CLIENT_ID_MAX: u64 = (1 << 53) - 1;
/// Decoders keep clocks in 32 bits and subtract them.
pub const CLOCK_MAX: u32 = (1 << 31) - 1;

/// Presence entries in one message; a provider sends its own and may echo a roomful.
pub const PRESENCE_ENTRIES_MAX: usize = 256;
/// Presence ids of pages that left of which a room remembers how far they had counted: a few for everybody in a full room.
pub const GONE_MAX: usize = 1024;
/// One presence state as JSON: a cursor of two relative positions is about 300 bytes.
pub const PRESENCE_BYTES_MAX: usize = 4 * 1024;

/// Pages of one room that may write at once; the largest coalition expected writes with forty.
pub const WRITERS_MAX: usize = 256;
/// Pages of one room that only read: an assembly to which a draft is read while it is written.
pub const READERS_MAX: usize = 2000;
/// Pages in a room up to which those who only read are shown to the others.
pub const READERS_SHOWN_MAX: usize = 64;
/// Updates of one seat that wait for their commit, before its socket is read no further.
pub const SEAT_BACKLOG_SOFT: usize = 64;
/// … and before it is closed, because it does not stop.
pub const SEAT_BACKLOG_MAX: usize = 1024;
/// Bytes of one seat that wait for their commit.
pub const SEAT_BACKLOG_BYTES_MAX: usize = 4 * 1024 * 1024;
/// How often one connection may be asked for what the server lacks, before it is closed as out of step.
pub const SEAT_RESYNCS_MAX: u32 = 8;
/// Full answers to "what do I lack?" one connection may ask for; providers ask once, some again every few seconds.
pub const SEAT_SYNCS_PER_MINUTE: u32 = 30;
/// Presence messages of one seat in a second; a caret that moves sends about twenty.
pub const SEAT_PRESENCE_PER_SECOND: u32 = 40;
/// Updates in the tail before the room asks for a new base. Merging reads the whole draft, so it is worth the pages of some
/// hours; until then the tail is sent packed, and a server that was killed reads it in a few milliseconds.
pub const TAIL_UPDATES_MAX: usize = 4000;
/// Bytes of the tail that are packed into one update: not every client takes messages of any size.
pub const PACKED_BYTES_MAX: usize = 1024 * 1024;
/// Updates in the tail of a draft that is put away before they are merged all the same.
pub const TAIL_UPDATES_AT_REST: usize = 100;
/// Bytes in the tail before the room asks for a new base.
pub const TAIL_BYTES_MAX: usize = 1024 * 1024;
/// Below this size the whole document is cheaper to send than to compare.
pub const RAW_SYNC_BYTES_MAX: usize = 64 * 1024;

/// Worker processes; each holds one document at a time.
pub const WORKERS: usize = 2;
/// Requests that wait for a worker before a new one is refused.
pub const WORKER_QUEUE_MAX: usize = 32;
/// Wall time of one request.
pub const WORKER_SECONDS_MAX: u64 = 5;
/// Processor time of one worker process over its life; it is replaced when spent.
pub const WORKER_CPU_SECONDS_MAX: u64 = 60;
/// Address space of one worker process.
pub const WORKER_MEMORY_MAX: u64 = 1024 * 1024 * 1024;
/// One request to or answer from a worker: a base, its tail, and room for the framing.
pub const WORKER_MESSAGE_BYTES_MAX: usize = BASE_BYTES_MAX + 2 * DOCUMENT_BYTES_MAX;
/// Requests one worker process serves before it is replaced, so that a slow leak never matters.
pub const WORKER_REQUESTS_MAX: u32 = 1000;
/// Pieces of one projection: stretches of one appearance, and footnotes.
pub const PROJECTION_PIECES_MAX: usize = 200_000;
/// Lists and quotations in one another in a draft of before; the gate of that time let 24 elements nest.
pub const BEFORE_DEPTH_MAX: u8 = 24;

/// Commands that wait for a room; then sockets are read no further.
pub const ROOM_INBOX_MAX: usize = 256;
/// Answers of workers and reviews on their way back to a room.
pub const ROOM_ANSWERS_MAX: usize = 64;
/// An empty room stays open this long, so that reloading the page does not read the journal again.
pub const ROOM_IDLE_SECONDS: u64 = 60;
/// How often every seat's session and rights are read again, whatever happened.
pub const REVIEW_SECONDS: u64 = 30;
/// Rooms open at once, those that were left a moment ago included; each takes some 20 KiB.
pub const ROOMS_MAX: usize = 2000;
/// How often somebody who asks meets a room that is just closing, before the answer is an error.
pub const ROOM_TRIES_MAX: usize = 4;
/// Entries that wait for the journal, of all rooms together.
pub const JOURNAL_QUEUE_MAX: usize = 256;
/// Entries in one commit.
pub const JOURNAL_BATCH_MAX: usize = 128;

/// The newest entries before a stored base that stay rows of their own: more than any room keeps behind its base, so that a
/// base that is made anew a little earlier, and whoever looks at what was just written, meet no segment.
pub const SEGMENT_BEHIND_BASE: u64 = 2000;
/// Entries of one segment of the journal, and the bytes of their updates: what one pass reads, compresses and takes out in
/// one transaction, some hundredths of a second during which no other commit goes on.
pub const SEGMENT_ENTRIES_MAX: usize = 4096;
pub const SEGMENT_BYTES_MAX: usize = 1024 * 1024;
/// Between two passes, so that commits of those who write go first.
pub const SEGMENT_PAUSE_MILLIS: u64 = 50;
/// Drafts that wait for their old entries to be put away; one more is looked at when its room opens the next time.
pub const ARCHIVE_QUEUE_MAX: usize = 256;

/// Frames that wait for one socket, or their pieces; who lags further behind is told what it missed packed into one, when it
/// reads again.
pub const OUTBOX_FRAMES_MAX: usize = 512;
/// Bytes that wait for one socket before nothing more is put there. A document goes in whole, whatever its size.
pub const OUTBOX_BYTES_MAX: usize = 512 * 1024;
/// A socket that takes no bytes for so long is given up.
pub const SEND_SECONDS_MAX: u64 = 30;
/// How long a socket that was told its end may take to go.
pub const GOODBYE_SECONDS_MAX: u64 = 5;
/// What is read from a socket at once; one such buffer for each thread.
pub const READ_BYTES: usize = 64 * 1024;
/// The longest silence of the server on one socket. y-websocket leaves after 30 s without a message.
pub const QUIET_SECONDS_MAX: u64 = 20;
/// How often an open room looks at the clock.
pub const BEAT_SECONDS: u64 = 1;
/// Reading the text anew while a room is held, because somebody wrote in the last moment; then the freeze gives up.
pub const HOLD_SECONDS_MAX: u64 = 6;
/// Between two pings.
pub const PING_SECONDS: u64 = 20;
/// A socket that says nothing for so long, not even a pong, is gone.
pub const SILENCE_SECONDS_MAX: u64 = 65;
/// How often a text to start from meets somebody who has just written, before the answer is an error.
pub const START_TRIES_MAX: usize = 3;
/// A text to start from, as JSON.
pub const START_TEXT_BYTES_MAX: usize = 512 * 1024;

/// How far "last change" may lag behind the newest edit, in seconds.
pub const CHANGE_SECONDS: i64 = 60;

/// How long a page waits for its draft to be drawn, in milliseconds; then it comes without, as soon as the line lets it.
pub const DRAWING_MILLIS_MAX: u64 = 500;
/// One drawn draft. Packed it is a fifth of that: a second more on the slowest line, where reading early is the whole point.
pub const DRAWING_BYTES_MAX: usize = 256 * 1024;
/// Drafts whose drawing is kept: more than a coalition writes at once.
pub const DRAWINGS_MAX: usize = 64;

/// What is taken out within so long counts together: somebody who empties a text by hand takes a minute, not an hour.
pub const LOSS_MILLIS: u64 = 10 * 60 * 1000;
/// So many letters at least: two or three sentences, beyond what writing takes back as it goes.
pub const LOSS_LETTERS_MIN: usize = 200;
/// … and of the text at least one part in so many.
pub const LOSS_PART: usize = 4;
/// A session of work is over when nobody wrote for so long, in seconds.
pub const SESSION_GAP_SECONDS: i64 = 30 * 60;
/// … and is kept where it stands when it lasts longer.
pub const SESSION_SECONDS_MAX: i64 = 3 * 60 * 60;
/// Texts that wait to be kept because much was taken out; what does not fit is found by the next sweep.
pub const HISTORIAN_QUEUE_MAX: usize = 256;
/// Lines of a text that are compared with those of another, each with each, when a text is brought back: some four megabytes.
/// What differs in more is written anew.
pub const REWRITE_PAIRS_MAX: usize = 2_000_000;

/// Letters in a row that are taken for moved: two or three words. What fewer are equal to is chance.
pub const MOVED_LETTERS_MIN: usize = 12;
/// Between taking words out and putting them in elsewhere, in seconds: who cuts a passage looks for its place, not for lunch.
pub const MOVE_SECONDS: i64 = 10 * 60;
/// Letters in a row that nobody writes alike by chance, and that are taken for copied wherever they once stood: half a line. A phrase of
/// this field that everybody uses (`human rights defenders`) is shorter.
pub const COPIED_LETTERS_MIN: usize = 40;
/// Deletions of one person so close to one another are taken back at once (an editor's undo gathers what comes within half a second).
pub const ACT_MILLIS: i64 = 1_000;
/// Letters that may be asked about at once: some four pages, more than a reader chooses.
pub const ASKED_LETTERS_MAX: usize = 10_000;
/// … and stretches they consist of: a page of which every word is by another hand than the one before. They fit into one request.
pub const ASKED_STRETCHES_MAX: usize = 1_500;
/// How often the past is read through for one question, each time about a millisecond in a long draft.
pub const ASKED_LOOKS_MAX: usize = 64;
/// What is kept of drafts that were asked about, in bytes; a year's draft takes some ten millions. Of others the journal is read anew.
pub const ORIGINS_BYTES_MAX: usize = 96 * 1024 * 1024;
