//! What this room says no to: words that do not say what they show, and files that cannot be read. The sentences stand in `words/refusals`.

use crate::kernel::refusals;

refusals! {
    CharacterUnseen "character-unseen" 422,
    WordUnknown "word-unknown" 422,
    WordOld "word-old" 422,
    WordLocked "word-locked" 422,
    WordBroken "word-broken" 422,
    WordTooMuch "word-too-much" 422,
    WordEmpty "word-empty" 422,
}
