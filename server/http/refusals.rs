//! What this room says no to: what is turned away before any room is asked. The sentences stand in `words/refusals`.

use crate::kernel::refusals;

refusals! {
    ForeignOrigin "foreign-origin" 403,
    WrongMethod "wrong-method" 405,
    NoSuchPacking "no-such-packing" 406,
    TooSlow "too-slow" 408,
}
