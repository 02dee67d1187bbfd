//! What this room says no to: what a browser is refused before any room is asked. The sentences stand in `words/refusals`.

use crate::kernel::refusals;

refusals! {
    ForeignOrigin "foreign-origin" 403,
}
