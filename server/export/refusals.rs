//! What this room says no to: a file that cannot be made. The sentences stand in `words/refusals`.

use crate::kernel::refusals;

refusals! {
    ScriptUncovered "script-uncovered" 422,
}
