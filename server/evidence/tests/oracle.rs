//! Second opinion on the tree: the `ct-merkle` crate, which we did not write, agrees on every root and every proof.

use ct_merkle::mem_backed_tree::MemoryBackedTree;
use ct_merkle::{InclusionProof, RootHash};
use sha2_for_ct_merkle::Sha256;
use undersigned_evidence::Digest;
use undersigned_evidence::tree::{Frontier, inclusion_proof, leaf_hash, root, verify_inclusion};

const SIZE_MAX: usize = 64;

fn leaf(n: usize) -> Vec<u8> {
    format!("leaf {n}").into_bytes()
}

fn bytes(proof: &[Digest]) -> Vec<u8> {
    proof.iter().flat_map(|hash| hash.0).collect()
}

fn oracle(size: usize) -> MemoryBackedTree<Sha256, Vec<u8>> {
    let mut tree = MemoryBackedTree::new();
    (0..size).for_each(|n| tree.push(leaf(n)));
    tree
}

fn their_root(root: Digest, size: usize) -> RootHash<Sha256> {
    RootHash::new(root.0.into(), size as u64)
}

#[test]
fn every_root_and_every_inclusion_proof_is_the_same() {
    let mut frontier = Frontier::new();
    let mut hashes = Vec::new();
    for size in 0..=SIZE_MAX {
        let theirs = oracle(size);
        assert_eq!(root(&hashes).0[..], theirs.root().as_bytes()[..]);
        assert_eq!(frontier.root(), root(&hashes));
        for index in 0..size {
            let ours = inclusion_proof(&hashes, index as u64).unwrap();
            assert_eq!(bytes(&ours), theirs.prove_inclusion(index).as_bytes(), "{index} of {size}");
            let theirs = InclusionProof::<Sha256>::try_from_bytes(bytes(&ours)).unwrap();
            assert!(their_root(root(&hashes), size).verify_inclusion(&leaf(index), index as u64, &theirs).is_ok());
            assert!(verify_inclusion(index as u64, size as u64, &hashes[index], &ours, &root(&hashes)));
        }
        hashes.push(leaf_hash(leaf(size)));
        frontier.append(hashes[size]);
    }
}

#[test]
fn no_proof_holds_for_another_place_size_leaf_or_root() {
    let hashes: Vec<Digest> = (0..33).map(|n| leaf_hash(leaf(n))).collect();
    for size in 1..hashes.len() {
        let top = root(&hashes[..size]);
        for index in 0..size {
            let proof = inclusion_proof(&hashes[..size], index as u64).unwrap();
            for other in (0..40).filter(|other| *other != index) {
                assert!(!verify_inclusion(other as u64, size as u64, &hashes[index], &proof, &top));
            }
            assert!(!verify_inclusion(index as u64, size as u64, &hashes[size], &proof, &top));
            assert!(!verify_inclusion(index as u64, size as u64, &hashes[index], &proof, &hashes[size]));
            for (place, longer) in altered(&proof).into_iter().enumerate() {
                assert!(!verify_inclusion(index as u64, size as u64, &hashes[index], &longer, &top), "{index} of {size}, {place}");
            }
        }
    }
}

/// One hash changed, one dropped, one too many, and two swapped.
fn altered(proof: &[Digest]) -> Vec<Vec<Digest>> {
    let mut all = vec![[proof, &[Digest::of("more")]].concat()];
    for place in 0..proof.len() {
        let mut changed = proof.to_vec();
        changed[place].0[place % 32] ^= 1;
        all.push(changed);
        let mut dropped = proof.to_vec();
        dropped.remove(place);
        all.push(dropped);
        if place > 0 {
            let mut swapped = proof.to_vec();
            swapped.swap(place, place - 1);
            all.push(swapped);
        }
    }
    all
}
