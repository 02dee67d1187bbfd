//! What this room says no to: a draft that cannot be read, words that are not of who is signed in, a text to
//! compare that is not there, more words to be told of than can be. The sentences stand in `words/refusals`.

use crate::kernel::refusals;

refusals! {
    TextUnreadable "text-unreadable" 422,
    AnotherPerson "another-person" 409,
    SideNotFound "side-not-found" 404,
    AskedTooMuch "asked-too-much" 422,
}
