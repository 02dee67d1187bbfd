//! What this room says no to. The sentences stand in `words/refusals`.

use crate::kernel::refusals;

refusals! {
    SuggestionNotRejected "suggestion-not-rejected" 409,
}
