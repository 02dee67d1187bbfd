//! What this room says no to: a draft that cannot be read, and words that are not of who is signed in. The sentences stand in `words/refusals`.

use crate::kernel::refusals;

refusals! {
    TextUnreadable "text-unreadable" 422,
    AnotherPerson "another-person" 409,
}
