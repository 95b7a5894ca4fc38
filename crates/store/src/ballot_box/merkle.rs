//! A tree of hashes over the ballots in the box, as RFC 6962 has it: what the root says about all of them, and how
//! one shows that it is among them.
//!
//! A leaf binds a receipt to a salted commitment of what the ballot says. The salt stays secret, so neither leaf nor
//! path tells the marks, not even to someone who has the voter's receipt and guesses. Leaves stand in the order of
//! their own hashes, which has nothing to do with when or by whom they were cast.

use sha2::{Digest, Sha256};

/// A hash in the tree.
pub(crate) type Hash = [u8; 32];

/// The leaf of one ballot.
pub(crate) fn leaf(receipt: &[u8; 16], commitment: &Hash) -> Hash {
    let mut sha = Sha256::new();
    sha.update([0]);
    sha.update(receipt);
    sha.update(commitment);
    sha.finalize().into()
}

/// The node over two.
fn node(left: &Hash, right: &Hash) -> Hash {
    let mut sha = Sha256::new();
    sha.update([1]);
    sha.update(left);
    sha.update(right);
    sha.finalize().into()
}

/// The root over all leaves; of none, the hash of nothing.
pub(crate) fn root(leaves: &[Hash]) -> Hash {
    match leaves {
        [] => Sha256::digest([]).into(),
        [leaf] => *leaf,
        _ => {
            let (left, right) = leaves.split_at(split(leaves.len()));
            node(&root(left), &root(right))
        }
    }
}

/// A tree of which every node over a power of two of leaves is kept, so that a path is put together without hashing all
/// leaves again.
pub(crate) struct Tree {
    /// The leaves, then the nodes over 2, 4, 8 … of them, as far as there are as many.
    levels: Vec<Vec<Hash>>,
}

impl Tree {
    pub(crate) fn new(leaves: Vec<Hash>) -> Tree {
        let mut levels = vec![leaves];
        while let Some(below) = levels.last().filter(|below| below.len() > 1) {
            let (pairs, _) = below.as_chunks::<2>();
            levels.push(pairs.iter().map(|[left, right]| node(left, right)).collect());
        }
        Tree { levels }
    }

    pub(crate) fn leaves(&self) -> &[Hash] {
        &self.levels[0]
    }

    /// The node over so many leaves from a place on, which is a multiple of the greatest power of two that is not above
    /// their number.
    fn over(&self, start: usize, size: usize) -> Hash {
        if size.is_power_of_two() {
            let level = size.trailing_zeros() as usize;
            return self.levels[level][start >> level];
        }
        let left = split(size);
        node(&self.over(start, left), &self.over(start + left, size - left))
    }

    /// What is needed beside a leaf to work out the root: the hashes next to its way up, the lowest first.
    pub(crate) fn path(&self, index: usize) -> Vec<Hash> {
        let (mut start, mut size, mut beside) = (0, self.leaves().len(), Vec::new());
        while size > 1 {
            let left = split(size);
            if index < start + left {
                beside.push(self.over(start + left, size - left));
                size = left;
            } else {
                beside.push(self.over(start, left));
                (start, size) = (start + left, size - left);
            }
        }
        beside.reverse();
        beside
    }
}

/// The root that a leaf and its path lead to; `None` if the path does not fit the place.
pub(crate) fn root_from(leaf: Hash, index: usize, size: usize, path: &[Hash]) -> Option<Hash> {
    if index >= size {
        return None;
    }
    if size == 1 {
        return path.is_empty().then_some(leaf);
    }
    let (beside, below) = path.split_last()?;
    let left = split(size);
    if index < left {
        Some(node(&root_from(leaf, index, left, below)?, beside))
    } else {
        Some(node(beside, &root_from(leaf, index - left, size - left, below)?))
    }
}

/// The greatest power of two below `size`, which is at least 2.
fn split(size: usize) -> usize {
    size.next_power_of_two() / 2
}

#[cfg(test)]
mod tests {
    use super::*;

    fn leaves(count: u8) -> Vec<Hash> {
        (0..count).map(|number| leaf(&[number; 16], &[number; 32])).collect()
    }

    #[test]
    fn three_leaves_are_two_and_one() {
        let [a, b, c] = leaves(3)[..] else { panic!("three leaves") };
        assert_eq!(root(&[a, b, c]), node(&node(&a, &b), &c));
        let tree = Tree::new(vec![a, b, c]);
        assert_eq!(tree.path(0), [b, c]);
        assert_eq!(tree.path(2), [node(&a, &b)]);
    }

    #[test]
    fn the_root_of_nothing_is_the_hash_of_nothing() {
        let hash = hex::encode(root(&[]));
        assert_eq!(hash, "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855");
    }

    #[test]
    fn every_leaf_of_every_tree_leads_to_the_root_and_nothing_else_does() {
        for size in 1..=33 {
            let leaves = leaves(size);
            let (root, tree) = (root(&leaves), Tree::new(leaves.clone()));
            for (index, &leaf) in leaves.iter().enumerate() {
                let mut path = tree.path(index);
                assert_eq!(root_from(leaf, index, leaves.len(), &path), Some(root));
                assert_ne!(root_from([7; 32], index, leaves.len(), &path), Some(root));
                if index + 1 < leaves.len() {
                    assert_ne!(root_from(leaf, index + 1, leaves.len(), &path), Some(root));
                }
                path.push([7; 32]);
                assert_ne!(root_from(leaf, index, leaves.len(), &path), Some(root));
            }
        }
    }
}
