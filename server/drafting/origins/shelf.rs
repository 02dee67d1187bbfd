//! Of which drafts the origins are kept in memory: those that were asked about last, as many as there is room for. Nothing is lost with
//! one that goes: it is read from the journal again.

use super::Origins;
use crate::drafting::limits::ORIGINS_BYTES_MAX;
use crate::kernel::StatementId;

/// The last asked about is the last.
#[derive(Debug, Default)]
pub struct Shelf(Vec<(StatementId, Origins)>);

impl Shelf {
    /// Takes a draft's origins from here, to be put back.
    pub fn take(&mut self, statement: StatementId) -> Option<Origins> {
        let at = self.0.iter().position(|(of, _)| *of == statement)?;
        Some(self.0.remove(at).1)
    }

    /// One draft's are kept, however large.
    pub fn put(&mut self, statement: StatementId, origins: Origins) {
        self.put_within(statement, origins, ORIGINS_BYTES_MAX);
    }

    fn put_within(&mut self, statement: StatementId, origins: Origins, bytes_max: usize) {
        self.0.push((statement, origins));
        let mut bytes: usize = self.0.iter().map(|(_, origins)| origins.bytes()).sum();
        while bytes > bytes_max && self.0.len() > 1 {
            bytes -= self.0.remove(0).1.bytes();
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::drafting::gate::{Description, PersonKey};
    use crate::drafting::room::JournalEntry;
    use crate::drafting::segment::Kept;
    use crate::kernel::{Moment, secret::random};

    fn origins() -> Origins {
        let mut origins = Origins::new(Description::Statement, 1);
        // A paragraph mark in the body, by client 7.
        let update = [&[1, 1, 7, 0, 4, 1, 5][..], b"draft", &[1, b'\n', 0]].concat();
        let entry = JournalEntry { seq: 1, person: PersonKey(1), organisation: None, update: update.into() };
        origins.take(&[Kept { entry, at: Moment::from_millis(0).unwrap() }]).unwrap();
        origins
    }

    #[test]
    fn what_was_asked_about_last_is_kept() {
        let [one, other, third] = [(); 3].map(|()| StatementId::from_bytes(random()));
        let mut shelf = Shelf::default();
        let room = 2 * origins().bytes();
        assert!(room > 0);
        shelf.put_within(one, origins(), room);
        shelf.put_within(other, origins(), room);
        let again = shelf.take(one).unwrap();
        assert_eq!(again.next(), 2);
        shelf.put_within(one, again, room);
        shelf.put_within(third, origins(), room);
        assert!(shelf.take(other).is_none());
        assert!(shelf.take(one).is_some() && shelf.take(third).is_some() && shelf.take(third).is_none());
        shelf.put_within(one, origins(), 0);
        assert!(shelf.take(one).is_some(), "one is kept, however large");
    }
}
