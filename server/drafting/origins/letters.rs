//! Every letter that was ever in a draft, by its id: what it is, in which act it came, and in which it went.
//!
//! Acts are counted from 0 in the order of the journal. Formats, and letters that came deleted already, are nothing here.

use std::collections::{BTreeMap, HashMap};

use super::super::gate::{Content, Id, Parsed};

/// What stands for a footnote's place: U+FFFC, as in other programs.
pub const PLACE: u16 = 0xfffc;
/// What is no letter.
pub const NOTHING: u16 = 0;
/// The act in which what still stands went.
pub const NEVER: u32 = u32::MAX;

#[derive(Debug, Default)]
pub struct Letters {
    clients: HashMap<u64, Client>,
    bytes: usize,
}

#[derive(Debug, Default)]
pub struct Client {
    /// By clock.
    units: Vec<u16>,
    pieces: Vec<Piece>,
    /// Where deleted clocks begin: where they end, and the act in which they went.
    gone: BTreeMap<u32, (u32, u32)>,
}

/// Clocks that came in one act before the same neighbour.
#[derive(Debug, Clone, Copy)]
pub struct Piece {
    pub start: u32,
    pub act: u32,
    pub right: Option<Id>,
}

impl Letters {
    /// Takes in what an act brought and deleted. It has passed the gate, so clocks go on without a gap.
    pub fn take(&mut self, act: u32, update: &Parsed<'_>) {
        for section in &update.sections {
            let client = self.clients.entry(section.client).or_default();
            for piece in &section.pieces {
                let known = client.units.len() as u32;
                if piece.start + piece.len <= known {
                    continue;
                }
                let start = piece.start.max(known);
                client.pieces.push(Piece { start, act, right: piece.right });
                let had = (start - piece.start) as usize;
                match piece.content {
                    Content::Text(text) => client.units.extend(text.encode_utf16().skip(had)),
                    Content::Embed(_) => client.units.push(PLACE),
                    Content::Format(..) => client.units.push(NOTHING),
                    Content::Deleted => {
                        client.units.resize((piece.start + piece.len) as usize, NOTHING);
                        client.goes(start, piece.start + piece.len, act);
                    }
                }
                self.bytes += size_of::<Piece>() + 2 * (piece.len as usize - had);
            }
        }
        for (id, stretches) in &update.deletions {
            let client = self.clients.entry(*id).or_default();
            let before = client.gone.len();
            stretches.iter().for_each(|(start, end)| client.goes(*start, *end, act));
            self.bytes += 24 * (client.gone.len() - before);
        }
    }

    pub fn client(&self, id: u64) -> Option<&Client> {
        self.clients.get(&id)
    }

    /// How many bytes this takes, about.
    pub fn bytes(&self) -> usize {
        self.bytes + self.clients.len() * size_of::<Client>()
    }
}

impl Client {
    /// The act in which a clock came; nothing for one that has not come.
    pub fn act(&self, clock: u32) -> Option<u32> {
        let at = self.pieces.partition_point(|piece| piece.start <= clock).checked_sub(1)?;
        ((clock as usize) < self.units.len()).then_some(self.pieces[at].act)
    }

    pub fn unit(&self, clock: u32) -> u16 {
        self.units.get(clock as usize).copied().unwrap_or(NOTHING)
    }

    /// The act in which a clock went.
    pub fn gone(&self, clock: u32) -> u32 {
        self.gone.range(..=clock).next_back().filter(|(_, (end, _))| *end > clock).map_or(NEVER, |(_, (_, act))| *act)
    }

    /// What came in an act, each piece with its end.
    pub fn pieces_of(&self, act: u32) -> impl Iterator<Item = (Piece, u32)> {
        let from = self.pieces.partition_point(|piece| piece.act < act);
        let all = self.pieces[from..].iter().take_while(move |piece| piece.act == act);
        all.enumerate().map(move |(at, piece)| (*piece, self.pieces.get(from + at + 1).map_or(self.units.len() as u32, |next| next.start)))
    }

    /// What went once has gone, whoever deletes it again.
    fn goes(&mut self, start: u32, end: u32, act: u32) {
        let mut from = self.gone.range(..=start).next_back().map_or(start, |(_, (until, _))| start.max(*until));
        while from < end {
            let next = self.gone.range(from..).next().map(|(at, (until, _))| (*at, *until));
            let until = next.map_or(end, |(at, _)| at.min(end));
            if from < until {
                self.gone.insert(from, (until, act));
            }
            from = next.map_or(end, |(_, until)| until);
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_went_keeps_the_act_in_which_it_went_first() {
        let mut client = Client::default();
        client.goes(5, 7, 1);
        client.goes(3, 10, 2);
        client.goes(0, 12, 3);
        client.goes(4, 5, 4);
        let acts: Vec<u32> = (0..13).map(|clock| client.gone(clock)).collect();
        assert_eq!(acts, [3, 3, 3, 2, 2, 1, 1, 2, 2, 2, 3, 3, NEVER]);
    }
}
