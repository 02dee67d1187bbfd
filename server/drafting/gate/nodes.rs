//! The letters of a draft as nodes in a row, without the letters: found by id, cut where somebody writes in between.
//!
//! A typed page is a handful of nodes; a draft of 180,000 letters written in 260,000 acts has 8,000. Whatever is done can be
//! taken back until it is kept.

use std::collections::HashMap;

use super::cursor::Id;
use super::description::Root;

#[derive(Debug, Default)]
pub struct Nodes {
    all: Vec<Node>,
    shelves: Vec<Shelf>,
    shelf_of: HashMap<u64, u32>,
    heads: HashMap<Root, u32>,
    /// How it was before what is not yet kept: so many nodes, and these changed since.
    kept: usize,
    changed: Vec<Change>,
    /// Rises with each update, so that what a node was before it is noted once.
    turn: u32,
}

/// Letters of one client that follow one another, each put behind the one before, with the same right neighbour.
#[derive(Debug, Clone, Copy)]
pub struct Node {
    pub first: Place,
    pub len: u32,
    pub left: Place,
    pub right: Place,
    pub next: u32,
    /// How many items could have to go past it.
    pub rivals: u32,
    /// Text goes on in the same node; formats and embeds never do.
    pub is_text: bool,
    /// The turn of its last change.
    pub turn: u32,
}

/// An [`Id`], with the number of its client's shelf.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Place {
    pub shelf: u32,
    pub clock: u32,
}

/// All nodes of one client, by their first clocks.
#[derive(Debug)]
struct Shelf {
    client: u64,
    nodes: Vec<(u32, u32)>,
}

#[derive(Debug)]
enum Change {
    Node(u32, Node),
    Shelved(Place),
    Shelf(u64),
    Head(Root, u32),
}

pub const NOWHERE: Place = Place { shelf: u32::MAX, clock: 0 };
/// The number of no node: before the first, and behind the last.
pub const NONE: u32 = u32::MAX;

impl Nodes {
    pub fn keep(&mut self) {
        self.kept = self.all.len();
        self.changed.clear();
        self.turn += 1;
    }

    pub fn take_back(&mut self) {
        while let Some(change) = self.changed.pop() {
            match change {
                Change::Node(at, node) => self.all[at as usize] = node,
                Change::Shelved(first) => {
                    let nodes = &mut self.shelves[first.shelf as usize].nodes;
                    nodes.remove(nodes.partition_point(|(clock, _)| *clock < first.clock));
                }
                Change::Shelf(client) => drop((self.shelves.pop(), self.shelf_of.remove(&client))),
                Change::Head(root, NONE) => drop(self.heads.remove(&root)),
                Change::Head(root, head) => drop(self.heads.insert(root, head)),
            }
        }
        self.all.truncate(self.kept);
        self.turn += 1;
    }

    pub fn get(&self, node: u32) -> Option<&Node> {
        self.all.get(node as usize)
    }

    /// Whether a node is as it was before what is not yet kept.
    pub fn is_as_kept(&self, node: u32) -> bool {
        (node as usize) < self.kept && self.get(node).is_some_and(|node| node.turn != self.turn)
    }

    /// The node behind another, or the first of a text.
    pub fn behind(&self, node: u32, root: Root) -> u32 {
        self.get(node).map_or_else(|| self.heads.get(&root).copied().unwrap_or(NONE), |node| node.next)
    }

    /// The first node of each text.
    pub fn heads(&self) -> impl Iterator<Item = (Root, u32)> {
        self.heads.iter().map(|(root, head)| (*root, *head))
    }

    /// The last letter of a node.
    pub fn last(&self, node: u32) -> Place {
        self.get(node).map_or(NOWHERE, |node| Place { clock: node.first.clock + node.len - 1, ..node.first })
    }

    pub fn client(&self, place: Place) -> u64 {
        self.shelves[place.shelf as usize].client
    }

    /// How many nodes of the same client come after a place.
    pub fn later(&self, place: Place) -> usize {
        let nodes = &self.shelves[place.shelf as usize].nodes;
        nodes.len() - nodes.partition_point(|(clock, _)| *clock <= place.clock)
    }

    /// The node a letter is in, and how far inside.
    pub fn find(&self, id: Id) -> Option<(u32, u32)> {
        let nodes = &self.shelves[*self.shelf_of.get(&id.client)? as usize].nodes;
        let (clock, node) = nodes.get(nodes.partition_point(|(clock, _)| *clock <= id.clock).checked_sub(1)?)?;
        Some((*node, id.clock - clock)).filter(|(node, offset)| *offset < self.all[*node as usize].len)
    }

    /// The place of a letter that need not be there yet.
    pub fn place(&mut self, id: Id) -> Place {
        let new = self.shelves.len() as u32;
        let shelf = *self.shelf_of.entry(id.client).or_insert(new);
        if shelf == new {
            self.shelves.push(Shelf { client: id.client, nodes: Vec::new() });
            self.changed.push(Change::Shelf(id.client));
        }
        Place { shelf, clock: id.clock }
    }

    /// Adds a node behind another, or as the first of its text.
    pub fn insert(&mut self, behind: u32, root: Root, node: Node) {
        let next = self.behind(behind, root);
        let new = self.add(Node { next, ..node });
        if behind == NONE {
            let before = self.heads.insert(root, new).unwrap_or(NONE);
            self.changed.push(Change::Head(root, before));
        } else {
            self.change(behind).next = new;
        }
    }

    /// Cuts a node in two and answers the second part.
    pub fn cut(&mut self, node: u32, offset: u32) -> u32 {
        let whole = self.all[node as usize];
        let last = Place { clock: whole.first.clock + offset - 1, ..whole.first };
        let first = Place { clock: whole.first.clock + offset, ..whole.first };
        let second = self.add(Node { first, len: whole.len - offset, left: last, ..whole });
        let before = self.change(node);
        (before.len, before.next) = (offset, second);
        second
    }

    /// A node, to be changed.
    pub fn change(&mut self, at: u32) -> &mut Node {
        let node = &mut self.all[at as usize];
        if (at as usize) < self.kept && node.turn != self.turn {
            self.changed.push(Change::Node(at, *node));
            node.turn = self.turn;
        }
        node
    }

    fn add(&mut self, node: Node) -> u32 {
        let new = self.all.len() as u32;
        let nodes = &mut self.shelves[node.first.shelf as usize].nodes;
        nodes.insert(nodes.partition_point(|(clock, _)| *clock < node.first.clock), (node.first.clock, new));
        self.changed.push(Change::Shelved(node.first));
        self.all.push(node);
        new
    }
}
