//! The domain's "no": a stable code, its parameters, and through `words/refusals` one sentence that says what to do next.

use std::collections::BTreeMap;

use serde_json::Value;

macro_rules! refusals {
    ($($name:ident $code:literal $status:literal),* $(,)?) => {
        /// Every reason to refuse, with its HTTP status. What the caller may not see answers 404; what they may see
        /// but not do answers 403.
        #[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
        pub enum No { $($name),* }

        impl No {
            pub const ALL: &[No] = &[$(No::$name),*];

            /// The stable code clients match on.
            pub fn code(self) -> &'static str {
                match self { $(No::$name => $code),* }
            }

            pub fn status(self) -> u16 {
                match self { $(No::$name => $status),* }
            }
        }
    };
}

refusals! {
    NotFound "not-found" 404,
    SignedOut "signed-out" 401,
    NotAllowed "not-allowed" 403,
    ForeignOrigin "foreign-origin" 403,
    TooMany "too-many" 429,
    TooLarge "too-large" 413,
    WrongContentType "wrong-content-type" 415,
    Malformed "malformed" 400,
    FieldMissing "field-missing" 422,
    FieldTooLong "field-too-long" 422,
    FieldInvalid "field-invalid" 422,
    LinkDead "link-dead" 410,
    CsvColumnMissing "csv-column-missing" 422,
    CsvRows "csv-rows" 422,
    CsvUnreadable "csv-unreadable" 422,
    CsvTooManyRows "csv-too-many-rows" 422,
    StatementNotDrafting "statement-not-drafting" 409,
    StatementNotFrozen "statement-not-frozen" 409,
    StatementNotOpen "statement-not-open" 409,
    StatementNotClosed "statement-not-closed" 409,
    StatementRoundStanding "statement-round-standing" 409,
    TextEmpty "text-empty" 422,
    TextUnsettled "text-unsettled" 422,
    TextUnreadable "text-unreadable" 422,
    WorkerBusy "worker-busy" 503,
    RoundWithoutOrganisations "round-without-organisations" 422,
    RoundOrganisationUnknown "round-organisation-unknown" 422,
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
    CodeWrong "code-wrong" 422,
    CodeSpent "code-spent" 410,
    ScriptUncovered "script-uncovered" 422,
    LogBroken "log-broken" 409,
}

/// A refusal on its way to whoever asked.
#[derive(Debug, Clone, PartialEq)]
pub struct Refusal {
    pub no: No,
    pub params: BTreeMap<&'static str, Value>,
}

impl Refusal {
    pub fn new(no: No) -> Self {
        Self { no, params: BTreeMap::new() }
    }

    /// Adds a parameter that the sentence may mention.
    pub fn with(mut self, name: &'static str, value: impl Into<Value>) -> Self {
        self.params.insert(name, value.into());
        self
    }
}

impl From<No> for Refusal {
    fn from(no: No) -> Self {
        Self::new(no)
    }
}
