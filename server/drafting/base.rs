//! A merged base as it is stored beside the journal: what all entries up to one hold together, and whose its client ids are.
//!
//! It is a shortcut and never the truth. It carries a digest over all of it and the draft it belongs to; one that does not
//! fit, or that the gate does not take, is as good as none, and the journal is read from its beginning.

use bytes::Bytes;
use sha2::{Digest, Sha256};

use super::gate::{Cursor, PersonKey, write_number};
use crate::kernel::StatementId;

#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Base {
    /// The last entry in it.
    pub upto: u64,
    pub body: Bytes,
    /// Client id → person.
    pub owners: Vec<(u64, PersonKey)>,
}

impl Base {
    /// The owners as they are stored: the people, then each client id with the place of its person among them.
    pub fn owners_written(&self) -> Vec<u8> {
        let mut people: Vec<PersonKey> = self.owners.iter().map(|(_, person)| *person).collect();
        people.sort_unstable();
        people.dedup();
        let mut to = Vec::with_capacity(people.len() * 16 + self.owners.len() * 10 + 8);
        write_number(&mut to, people.len() as u64);
        people.iter().for_each(|person| to.extend(person.0.to_be_bytes()));
        write_number(&mut to, self.owners.len() as u64);
        for (client, person) in &self.owners {
            write_number(&mut to, *client);
            write_number(&mut to, people.partition_point(|one| one < person) as u64);
        }
        to
    }

    /// Reads what was stored; nothing where it is not what was written.
    pub fn read(statement: StatementId, upto: u64, body: Vec<u8>, owners: &[u8], digest: &[u8]) -> Option<Base> {
        if digest_of(statement, upto, &body, owners) != digest {
            return None;
        }
        Some(Base { upto, body: body.into(), owners: read_owners(owners)? })
    }
}

/// SHA-256 over the draft, the last entry, and both parts with their lengths.
pub fn digest_of(statement: StatementId, upto: u64, body: &[u8], owners: &[u8]) -> Vec<u8> {
    let mut hash = Sha256::new_with_prefix(b"undersigned draft base 1\0");
    hash.update(statement.bytes());
    hash.update(upto.to_be_bytes());
    for part in [body, owners] {
        hash.update((part.len() as u64).to_be_bytes());
        hash.update(part);
    }
    hash.finalize().to_vec()
}

fn read_owners(bytes: &[u8]) -> Option<Vec<(u64, PersonKey)>> {
    let mut from = Cursor { bytes, at: 0 };
    let mut people = Vec::new();
    for _ in 0..from.count("people").ok()? {
        people.push(PersonKey(u128::from_be_bytes(from.take(16).ok()?.try_into().ok()?)));
    }
    let mut owners = Vec::new();
    for _ in 0..from.count("clients").ok()? {
        let (client, place) = (from.client().ok()?, from.clock().ok()?);
        owners.push((client, *people.get(place as usize)?));
    }
    Some(owners)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::kernel::secret::random;

    #[test]
    fn what_was_stored_is_read_again_and_nothing_else_is() {
        let statement = StatementId::from_bytes(random());
        let owners = vec![(5, PersonKey(1 << 100)), (900_000, PersonKey(3)), (6, PersonKey(1 << 100))];
        let base = Base { upto: 4321, body: Bytes::from_static(&[0, 0]), owners };
        let written = base.owners_written();
        let digest = digest_of(statement, base.upto, &base.body, &written);
        let read = |statement, upto, body: &[u8], owners: &[u8]| Base::read(statement, upto, body.to_vec(), owners, &digest);
        assert_eq!(read(statement, 4321, &base.body, &written), Some(base.clone()));
        assert_eq!(read(StatementId::from_bytes(random()), 4321, &base.body, &written), None);
        assert_eq!(read(statement, 4322, &base.body, &written), None);
        assert_eq!(read(statement, 4321, &[0, 1], &written), None);
        assert_eq!(read(statement, 4321, &base.body, &written[1..]), None);
    }
}
