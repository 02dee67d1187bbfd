//! What this room says no to: rounds and answers. The sentences stand in `words/refusals`.

use crate::kernel::refusals;

refusals! {
    RoundWithoutOrganisations "round-without-organisations" 422,
    RoundOnSameText "round-on-same-text" 409,
    RoundNobodyCanSign "round-nobody-can-sign" 422,
    DeadlinePast "deadline-past" 422,
    DeadlineTooFar "deadline-too-far" 422,
    DeadlineNotLater "deadline-not-later" 422,
    RoundClosed "round-closed" 409,
    RemindedLately "reminded-lately" 409,
    NobodyToRemind "nobody-to-remind" 409,
    AlreadySigned "already-signed" 409,
    NotSigned "not-signed" 409,
    AlreadyWithdrawn "already-withdrawn" 409,
    NotYoursToSign "not-yours-to-sign" 403,
    AuthorityMissing "authority-missing" 422,
    VisibilityMissing "visibility-missing" 422,
    TitleMissing "title-missing" 422,
    ReasonMissing "reason-missing" 422,
    NameChanged "name-changed" 409,
    AnsweredMeanwhile "answered-meanwhile" 409,
    AnsweredElsewhere "answered-elsewhere" 409,
    AskedElsewhere "asked-elsewhere" 409,
    MailboxShared "mailbox-shared" 422,
    LinkDamaged "link-damaged" 404,
    CodeWrong "code-wrong" 422,
    CodeSpent "code-spent" 410,
}
