//! What this room says no to: the life of a statement and its text. The sentences stand in `words/refusals`.

use crate::kernel::refusals;

refusals! {
    StatementNotDrafting "statement-not-drafting" 409,
    StatementNotFrozen "statement-not-frozen" 409,
    StatementNotOpen "statement-not-open" 409,
    StatementNotClosed "statement-not-closed" 409,
    StatementRoundStanding "statement-round-standing" 409,
    TextUnsettled "text-unsettled" 422,
    RemarksUntilPast "remarks-until-past" 422,
    RemarksUntilTooFar "remarks-until-too-far" 422,
}
