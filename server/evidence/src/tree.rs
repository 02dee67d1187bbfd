//! The Merkle tree of RFC 6962, section 2.1: hashes, roots, and proofs that a leaf is in.
//!
//! A leaf is hashed as SHA-256(0x00 || leaf) and two subtrees as SHA-256(0x01 || left || right), so that neither can pass for
//! the other; the left subtree is always the largest complete one. Logs here are small (a statement has hundreds of leaves),
//! so nothing but the leaves is kept: a root or a proof is recomputed from their hashes. Appending needs only the
//! [`Frontier`]. That a log only grew is seen by replaying a bundle, which carries all of it.

use crate::digest::Digest;
use crate::limits;

/// The hash of one leaf's bytes: SHA-256(0x00 || leaf).
pub fn leaf_hash(leaf: impl AsRef<[u8]>) -> Digest {
    Digest::of_parts(&[&[0], leaf.as_ref()])
}

/// The root over leaf hashes; of no leaves at all, the SHA-256 of nothing.
pub fn root(leaf_hashes: &[Digest]) -> Digest {
    let mut frontier = Frontier::new();
    for hash in leaf_hashes {
        frontier.append(*hash);
    }
    frontier.root()
}

/// What must be kept of a tree to append to it: the roots of its complete subtrees, largest first.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Frontier {
    size: u64,
    roots: Vec<Digest>,
}

impl Frontier {
    pub fn new() -> Frontier {
        Frontier::default()
    }

    /// Adds the hash of the next leaf, see [`leaf_hash`].
    pub fn append(&mut self, leaf_hash: Digest) {
        let mut hash = leaf_hash;
        // Each trailing one bit of the size is a complete subtree that the new leaf joins up with.
        for _ in 0..self.size.trailing_ones() {
            let Some(left) = self.roots.pop() else { break };
            hash = node_hash(&left, &hash);
        }
        self.roots.push(hash);
        self.size += 1;
    }

    /// Leaves so far.
    pub fn size(&self) -> u64 {
        self.size
    }

    pub fn root(&self) -> Digest {
        let mut from_right = self.roots.iter().rev().copied();
        let last = from_right.next().unwrap_or_else(|| Digest::of([]));
        from_right.fold(last, |right, left| node_hash(&left, &right))
    }

    /// The size in eight bytes, big end first, then the hashes of 32 bytes each.
    pub fn to_bytes(&self) -> Vec<u8> {
        let mut bytes = self.size.to_be_bytes().to_vec();
        for root in &self.roots {
            bytes.extend_from_slice(&root.0);
        }
        bytes
    }

    /// Reads [`Frontier::to_bytes`]; `None` if the number of hashes does not fit the size.
    pub fn from_bytes(bytes: &[u8]) -> Option<Frontier> {
        let (size, rest) = bytes.split_first_chunk::<8>()?;
        let size = u64::from_be_bytes(*size);
        let (hashes, left_over) = rest.as_chunks::<32>();
        if !left_over.is_empty() || hashes.len() != size.count_ones() as usize || size > i64::MAX as u64 {
            return None;
        }
        Some(Frontier { size, roots: hashes.iter().map(|hash| Digest(*hash)).collect() })
    }
}

/// The proof that leaf `index` is in the tree over `leaf_hashes`, the leaf's sibling first (RFC 6962, section 2.1.1).
/// `None` if there is no such leaf.
pub fn inclusion_proof(leaf_hashes: &[Digest], index: u64) -> Option<Vec<Digest>> {
    let mut index = usize::try_from(index).ok().filter(|index| *index < leaf_hashes.len())?;
    let mut leaves = leaf_hashes;
    let mut path = Vec::new();
    while leaves.len() > 1 {
        let (left, right) = leaves.split_at(split(leaves.len()));
        if index < left.len() {
            path.push(root(right));
            leaves = left;
        } else {
            path.push(root(left));
            index -= left.len();
            leaves = right;
        }
    }
    path.reverse();
    Some(path)
}

/// Whether `proof` shows that `leaf_hash` is leaf `index` of the tree of `size` leaves under `root`.
pub fn verify_inclusion(index: u64, size: u64, leaf_hash: &Digest, proof: &[Digest], root: &Digest) -> bool {
    if index >= size || proof.len() > limits::PROOF_HASHES_MAX {
        return false;
    }
    // RFC 9162, section 2.1.3.2: walk up from the leaf, `node` and `last` being positions within each level.
    let (mut node, mut last, mut hash) = (index, size - 1, *leaf_hash);
    for sibling in proof {
        if last == 0 {
            return false;
        }
        if node & 1 == 1 || node == last {
            hash = node_hash(sibling, &hash);
            while node & 1 == 0 && node != 0 {
                node >>= 1;
                last >>= 1;
            }
        } else {
            hash = node_hash(&hash, sibling);
        }
        node >>= 1;
        last >>= 1;
    }
    last == 0 && hash == *root
}

/// The hash over two subtrees: SHA-256(0x01 || left || right).
fn node_hash(left: &Digest, right: &Digest) -> Digest {
    Digest::of_parts(&[&[1], &left.0, &right.0])
}

/// The largest power of two smaller than `size`, which is at least 2.
fn split(size: usize) -> usize {
    size.div_ceil(2).next_power_of_two()
}

#[cfg(test)]
mod tests {
    use super::*;

    /// The leaves and roots with which Certificate Transparency implementations test themselves.
    const LEAVES: [&str; 8] = ["", "00", "10", "2021", "3031", "40414243", "5051525354555657", "606162636465666768696a6b6c6d6e6f"];
    const ROOTS: [&str; 9] = [
        "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855",
        "6e340b9cffb37a989ca544e6bb780a2c78901d3fb33738768511a30617afa01d",
        "fac54203e7cc696cf0dfcb42c92a1d9dbaf70ad9e621f4bd8d98662f00e3c125",
        "aeb6bcfe274b70a14fb067a5e5578264db0fa9b51af5e0ba159158f329e06e77",
        "d37ee418976dd95753c1c73862b9398fa2a2cf9b4ff0fdfe8b30cd95209614b7",
        "4e3bbb1f7b478dcfe71fb631631519a3bca12c9aefca1612bfce4c13a86264d4",
        "76e67dadbcdf1e10e1b74ddc608abd2f98dfb16fbce75277b5232a127f2087ef",
        "ddb89be403809e325750d3d263cd78929c2942b7942a34b77e122c9594a74c8c",
        "5dc9da79a70659a9ad559cb701ded9a2ab9d823aad2f4960cfe370eff4604328",
    ];

    #[test]
    fn the_known_answers() {
        let mut frontier = Frontier::new();
        let mut hashes = Vec::new();
        assert_eq!(frontier.root().to_string(), ROOTS[0]);
        for (leaf, expected) in LEAVES.iter().zip(&ROOTS[1..]) {
            let hash = leaf_hash(hex::decode(leaf).unwrap());
            frontier.append(hash);
            hashes.push(hash);
            assert_eq!(frontier.root().to_string(), *expected);
            assert_eq!(root(&hashes).to_string(), *expected);
        }
    }

    #[test]
    fn a_frontier_survives_being_stored_and_refuses_what_does_not_add_up() {
        let mut frontier = Frontier::new();
        for n in 0..200_u64 {
            let stored = frontier.to_bytes();
            assert_eq!(Frontier::from_bytes(&stored).as_ref(), Some(&frontier));
            assert_eq!(Frontier::from_bytes(&stored[..stored.len() - 1]), None);
            assert_eq!(Frontier::from_bytes(&[&stored[..], &[0; 32]].concat()), None);
            frontier.append(leaf_hash(n.to_be_bytes()));
        }
        assert_eq!(Frontier::from_bytes(&[]), None);
        assert_eq!(Frontier::from_bytes(&[&[0xff; 8][..], &[0; 32 * 64]].concat()), None);
    }

    #[test]
    fn there_is_no_proof_for_a_leaf_that_does_not_exist() {
        let hashes = [leaf_hash("a"), leaf_hash("b")];
        assert_eq!(inclusion_proof(&hashes, 2), None);
        assert_eq!(inclusion_proof(&[], 0), None);
        let too_long = vec![hashes[0]; 100];
        assert!(!verify_inclusion(0, u64::MAX, &hashes[0], &too_long, &hashes[1]));
    }
}
