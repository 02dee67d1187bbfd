//! What this room says no to: words that do not say what they show. The sentences stand in `words/refusals`.

use crate::kernel::refusals;

refusals! {
    CharacterUnseen "character-unseen" 422,
}
