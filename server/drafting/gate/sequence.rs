//! In which order the letters of a draft stand: from it follow what an update costs its readers, and that all read the same.
//!
//! Yjs and yrs put an item behind its left neighbour. What hangs there already, because others wrote at the same place, they
//! go through piece by piece, towards the right neighbour. Two rules make that sound, whoever chose neighbours and client ids:
//! * **Neighbours stood together.** The right one stands behind the left one, and what the right one was itself put behind
//!   does not stand between them. So it is in every page: of two letters side by side, the second was put behind the first or
//!   behind one before that. It follows that all that hangs on a letter stands together right behind it, and that every
//!   reader puts an item behind the last of its *fellows* (those behind the same letter, before the right neighbour) that has
//!   a smaller client id, and behind all that hangs on that one; then of two items it makes no difference which comes first.
//!   A right neighbour deeper inside would stop one reader in the midst of what another has not got yet.
//! * **Steps are bounded**, in whatever order the pieces come to those who read later: counted are the steps an item takes
//!   now, and those that its *rivals* could take across it one day, which are the fellows it met, those that passed it later,
//!   and the rivals of whichever of its two neighbours hangs on the other, when it was put there. Where nobody else
//!   wrote at the same time there are none. Besides, a reader may stop at one piece more for each item; that is not counted.

use super::cursor::Id;
use super::description::Root;
use super::meter::Meter;
use super::nodes::{NONE, NOWHERE, Node, Nodes, Place};
use super::refusal::GateRefusal;

#[derive(Debug, Default)]
pub struct Sequence(Nodes);

/// What is to be placed. Its neighbours have been placed.
#[derive(Debug, Clone, Copy)]
pub struct Item {
    pub id: Id,
    pub len: u32,
    pub left: Option<Id>,
    pub right: Option<Id>,
    pub root: Root,
    pub is_text: bool,
}

/// Clocks of one client that stand one behind the other.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Stretch {
    pub client: u64,
    pub start: u32,
    pub len: u32,
}

impl Sequence {
    /// Keeps what was placed.
    pub fn keep(&mut self) {
        self.0.keep();
    }

    /// Takes back what was placed and not kept.
    pub fn take_back(&mut self) {
        self.0.take_back();
    }

    /// Puts an item where every reader will.
    pub fn place(&mut self, item: Item, meter: &mut Meter<'_>) -> Result<(), GateRefusal> {
        let first = self.0.place(item.id);
        // The right one first: to cut it off could cut the left one's node in two, but not the reverse.
        let right = item.right.map_or(Ok(NONE), |id| self.beginning_at(id, meter))?;
        let left = item.left.map_or(Ok(NONE), |id| self.ending_at(id, meter))?;
        let [left_place, right_place] = [self.0.last(left), self.0.get(right).map_or(NOWHERE, |node| node.first)];
        let is_contested = self.0.behind(left, item.root) != right;
        let met = if is_contested { self.pass(item, left, right, meter)? } else { None };
        if met.is_none() && self.goes_on(left, item, first, right_place) {
            self.0.change(left).len += item.len;
            return Ok(());
        }
        let (behind, mut rivals) = met.unwrap_or((left, 0));
        let beside = if self.0.get(right).is_some_and(|right| right.left == left_place) { right } else { left };
        rivals += self.0.get(beside).map_or(0, |node| node.rivals);
        meter.count(rivals as usize)?;
        let node = Node { first, len: item.len, left: left_place, right: right_place, next: NONE, rivals, is_text: item.is_text, turn: 0 };
        self.0.insert(behind, item.root, node);
        Ok(())
    }

    /// Counts what it costs that deletions cut before a letter: rivals have to go past both parts.
    pub fn count_cut_before(&self, id: Id, meter: &mut Meter<'_>) -> Result<(), GateRefusal> {
        self.0.find(id).filter(|(_, offset)| *offset > 0).map_or(Ok(()), |(node, _)| self.count_cut(node, meter))
    }

    /// What one text holds, in its order: clients, their first clocks, and how many follow. What was deleted is among it.
    pub fn runs(&self, root: Root) -> impl Iterator<Item = (Id, u32)> {
        let nodes = std::iter::successors(self.0.get(self.0.behind(NONE, root)), |node| self.0.get(node.next));
        nodes.map(|node| (Id { client: self.0.client(node.first), clock: node.first.clock }, node.len))
    }

    /// Each text's stretches in their order, deleted ones too; not of what is said about texts.
    pub fn texts(&self) -> Vec<Vec<Stretch>> {
        let mut heads: Vec<(Root, u32)> = self.0.heads().filter(|(root, _)| root.is_text()).collect();
        heads.sort_unstable();
        let stretch = |node: &Node| Stretch { client: self.0.client(node.first), start: node.first.clock, len: node.len };
        let text = |(_, head)| std::iter::successors(self.0.get(head), |node| self.0.get(node.next)).map(stretch).collect();
        heads.into_iter().map(text).collect()
    }

    /// The letters of one text in their order.
    #[cfg(test)]
    pub fn letters(&self, root: Root) -> Vec<Id> {
        self.runs(root).flat_map(|(first, len)| (first.clock..first.clock + len).map(move |clock| Id { clock, ..first })).collect()
    }

    /// Goes from the left neighbour on. If the item has fellows, answers behind what it stands, and how many of them are rivals of
    /// it and of what will hang on it.
    fn pass(&mut self, item: Item, left: u32, right: u32, meter: &mut Meter<'_>) -> Result<Option<(u32, u32)>, GateRefusal> {
        let here = self.0.last(left);
        // What the right neighbour was put behind must not come on the way to it.
        let (until, barrier) = self.0.get(right).map_or((NOWHERE, NOWHERE), |node| (node.first, node.left));
        let first = self.0.behind(left, item.root);
        let (mut now, mut behind, mut rivals) = (first, left, 0);
        let (mut follows, mut passes) = (false, true);
        // On which letters what comes next may hang, besides `here`: the last of each node from there to where we are.
        let mut path: Vec<Place> = Vec::new();
        while let Some(node) = self.0.get(now).copied().filter(|_| now != right) {
            let client = self.0.client(node.first);
            while path.last().is_some_and(|last| *last != node.left) {
                path.pop();
            }
            if path.is_empty() {
                if node.left != here {
                    break;
                }
                // Of two fellows with one right neighbour, the one with the smaller client id stops at the other.
                let same = node.right == until;
                follows = client < item.id.client;
                passes = follows || !same;
                rivals += u32::from(client != item.id.client && !(same && follows));
            }
            if follows {
                behind = now;
            }
            let last = self.0.last(now);
            if last == barrier {
                return Err(GateRefusal::Misplaced);
            }
            path.push(last);
            if passes {
                meter.count_stretch(client, node.first.clock, node.first.clock + node.len)?;
                self.0.change(now).rivals += 1;
            } else {
                meter.look()?;
            }
            now = node.next;
        }
        let met = (now != first).then_some((behind, rivals));
        // Readers stop here. Whoever shares the right neighbour with the left one has it behind both.
        let shared = self.0.get(left).is_some_and(|left| left.right == until);
        while now != right && right != NONE && !shared {
            let next = self.0.get(now).filter(|_| self.0.last(now) != barrier).map(|node| node.next);
            now = next.ok_or(GateRefusal::Misplaced)?;
            meter.look()?;
        }
        Ok(met)
    }

    /// Whether an item goes on in the node left of it, as readers keep it once the update is theirs. Until then each piece is
    /// one of its own to them, so only the first of an update does.
    fn goes_on(&self, left: u32, item: Item, first: Place, right: Place) -> bool {
        let follows = |node: &Node| node.first.shelf == first.shelf && node.first.clock + node.len == first.clock;
        let same = |node: &Node| node.right == right && node.is_text && item.is_text;
        self.0.is_as_kept(left) && self.0.get(left).is_some_and(|node| follows(node) && same(node))
    }

    fn beginning_at(&mut self, id: Id, meter: &mut Meter<'_>) -> Result<u32, GateRefusal> {
        let (node, offset) = self.0.find(id).ok_or(GateRefusal::Missing)?;
        if offset == 0 {
            return Ok(node);
        }
        self.count_cut(node, meter)?;
        Ok(self.0.cut(node, offset))
    }

    fn ending_at(&mut self, id: Id, meter: &mut Meter<'_>) -> Result<u32, GateRefusal> {
        let (node, offset) = self.0.find(id).ok_or(GateRefusal::Missing)?;
        if self.0.get(node).is_some_and(|node| offset + 1 < node.len) {
            self.count_cut(node, meter)?;
            self.0.cut(node, offset + 1);
        }
        Ok(node)
    }

    fn count_cut(&self, node: u32, meter: &mut Meter<'_>) -> Result<(), GateRefusal> {
        let Some(node) = self.0.get(node) else { return Ok(()) };
        meter.count(node.rivals as usize)?;
        meter.count_cut(self.0.client(node.first), self.0.later(node.first))
    }
}
