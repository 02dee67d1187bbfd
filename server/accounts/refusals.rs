//! What this room says no to: sessions and links. The sentences stand in `words/refusals`.

use crate::kernel::refusals;

refusals! {
    SignedOut "signed-out" 401,
    LinkDead "link-dead" 410,
}
