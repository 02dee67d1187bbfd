//! What this room says no to: a draft that cannot be read. The sentences stand in `words/refusals`.

use crate::kernel::refusals;

refusals! {
    TextUnreadable "text-unreadable" 422,
}
