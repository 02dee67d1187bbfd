//! Leave to answer for an organisation, as the rules ask for it. Only the permits beside it can give it.

/// The holder of a letter may answer for its organisation.
#[derive(Debug)]
pub struct Sign(());

impl Sign {
    pub(super) fn given() -> Self {
        Self(())
    }

    /// A rule is tried without a letter.
    #[cfg(test)]
    pub fn for_tests() -> Self {
        Self(())
    }
}
