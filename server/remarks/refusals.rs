//! What this room says no to. The sentences stand in `words/refusals`.

use crate::kernel::refusals;

refusals! {
    RemarksClosed "remarks-closed" 409,
    RemarksFull "remarks-full" 409,
    MentionUnknown "mention-unknown" 422,
    MentionsTooMany "mentions-too-many" 422,
    BracketsFull "brackets-full" 409,
    StandsForNobody "stands-for-nobody" 403,
}
