//! What this room says no to: a record that does not hold. The sentences stand in `words/refusals`.

use crate::kernel::refusals;

refusals! {
    LogBroken "log-broken" 409,
}
