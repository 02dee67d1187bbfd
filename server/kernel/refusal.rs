//! The domain's "no": a stable code, its parameters, and through `words/refusals` one sentence that says what to do next.
//!
//! The kernel knows how to say no, and the few reasons every room has. A room lists its own in its `refusals.rs`.

use std::collections::BTreeMap;

use serde_json::Value;

/// A reason to refuse, with its HTTP status. What the caller may not see answers 404; what they may see but not do
/// answers 403.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub struct No {
    code: &'static str,
    status: u16,
}

impl No {
    pub const fn new(code: &'static str, status: u16) -> Self {
        Self { code, status }
    }

    /// The stable code clients match on.
    pub fn code(self) -> &'static str {
        self.code
    }

    pub fn status(self) -> u16 {
        self.status
    }
}

/// Lists a room's reasons: a name, a stable code, a status. `words/tests` finds a sentence for each.
macro_rules! refusals {
    ($($name:ident $code:literal $status:literal),* $(,)?) => {
        // Named as variants are, because they read and match like them.
        #[allow(non_upper_case_globals)]
        impl $crate::kernel::refusal::No {
            $(pub const $name: Self = Self::new($code, $status);)*
        }
    };
}
pub(crate) use refusals;

refusals! {
    NotFound "not-found" 404,
    NotAllowed "not-allowed" 403,
    TooMany "too-many" 429,
    TooLarge "too-large" 413,
    WrongContentType "wrong-content-type" 415,
    Malformed "malformed" 400,
    FieldMissing "field-missing" 422,
    FieldTooLong "field-too-long" 422,
    FieldInvalid "field-invalid" 422,
    Busy "busy" 503,
    SeenChanged "seen-changed" 409,
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
