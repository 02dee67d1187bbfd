//! A version, and what is told of it in a list.

use crate::{
    kernel::{Moment, OrganisationId, StatementId, VersionId},
    store::columns::word,
    text::block::Text,
};

word! {
    /// Why a text was kept.
    VersionKind {
        /// A session of work was over.
        Session = "session",
        /// Much was about to be taken out within a short time.
        Loss = "loss",
        /// Somebody named the text as it stood.
        Named = "named",
        /// An earlier text was about to take its place.
        Replaced = "replaced",
        /// An earlier text was brought back.
        Restored = "restored",
    }
}

/// A text as it stood at an entry of its draft's journal. Never changes but for its name.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Version {
    pub line: Line,
    /// RFC 8785 over [`Text`], as editions have it.
    pub canonical: String,
}

/// A version without its text.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Line {
    pub id: VersionId,
    pub statement: StatementId,
    /// The last entry in it.
    pub upto: u64,
    pub kind: VersionKind,
    pub name: Option<String>,
    /// When the text was so.
    pub at: Moment,
    /// The version it brought back.
    pub restores: Option<VersionId>,
    pub writers: Writers,
    /// SHA-256 of the canonical text.
    pub digest: Vec<u8>,
    pub words: i32,
    /// Against the version before.
    pub words_in: i32,
    pub words_out: i32,
}

impl Version {
    pub fn text(&self) -> Result<Text, serde_json::Error> {
        serde_json::from_str(&self.canonical)
    }
}

/// In whose names something was written; nothing stands for the secretariat.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Writers(pub Vec<Option<OrganisationId>>);

impl Writers {
    /// As a column holds them.
    pub fn written(&self) -> String {
        let one = |writer: &Option<OrganisationId>| writer.map_or_else(|| "-".to_owned(), |organisation| organisation.to_string());
        self.0.iter().map(one).collect::<Vec<_>>().join(" ")
    }

    pub fn read(column: &str) -> Writers {
        Writers(column.split_whitespace().map(|word| word.parse().ok()).collect())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn writers_read_back_as_they_were_written() {
        let organisation = OrganisationId::new();
        for writers in [vec![], vec![None], vec![Some(organisation), None]] {
            assert_eq!(Writers::read(&Writers(writers.clone()).written()), Writers(writers));
        }
    }
}
