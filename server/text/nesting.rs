//! Lists out of levels: blocks say how deep they stand, and what draws them wants lists in items of lists.
//!
//! Bullets and ordered items that stand together are lists; a deeper one stands in the item before it, and what continues
//! an item of its own level or a shallower one stands in that item. What continues a numbered paragraph stands alone.

use super::block::{Block, Kind};

/// What a text is made of, for drawing.
#[derive(Debug, PartialEq, Eq)]
pub enum Part<'a> {
    Alone(&'a Block),
    List {
        ordered: bool,
        items: Vec<Item<'a>>,
    },
    /// Paragraphs of one quotation.
    Quotation(&'a [Block]),
}

#[derive(Debug, PartialEq, Eq)]
pub struct Item<'a> {
    pub block: &'a Block,
    /// What stands in it after its own words.
    pub inside: Vec<Part<'a>>,
}

/// The parts of a text, in its order. Recursive as deep as levels go.
pub fn parts(blocks: &[Block]) -> Vec<Part<'_>> {
    let mut parts = Vec::new();
    let mut rest = blocks;
    while let Some((first, behind)) = rest.split_first() {
        let together = match first.kind {
            Kind::Bullet | Kind::Ordered => {
                let level = first.level;
                let len = behind.iter().take_while(|next| stands_in(next, level)).count();
                let item = Item { block: first, inside: self::parts(&behind[..len]) };
                let same = first.kind == Kind::Ordered;
                match parts.last_mut() {
                    Some(Part::List { ordered, items })
                        if *ordered == same && items.last().is_some_and(|last| last.block.level == level) =>
                    {
                        items.push(item);
                    }
                    _ => parts.push(Part::List { ordered: same, items: vec![item] }),
                }
                len + 1
            }
            Kind::Quotation => {
                let len = rest.iter().take_while(|next| next.kind == Kind::Quotation).count();
                parts.push(Part::Quotation(&rest[..len]));
                len
            }
            Kind::Heading | Kind::Paragraph | Kind::Numbered | Kind::Continuation => {
                parts.push(Part::Alone(first));
                1
            }
        };
        rest = &rest[together..];
    }
    parts
}

/// Whether a block stands in an item of this level that stands before it.
fn stands_in(block: &Block, level: Option<u8>) -> bool {
    match block.kind {
        Kind::Bullet | Kind::Ordered => block.level > level,
        Kind::Continuation => block.level >= level,
        Kind::Heading | Kind::Paragraph | Kind::Numbered | Kind::Quotation => false,
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::text::description;

    /// `-` a bullet, `#` an ordered item, `=` a continuation, `q` a quotation, `.` what stands alone.
    fn drawn(parts: &[Part<'_>]) -> String {
        let one = |part: &Part<'_>| match part {
            Part::Alone(block) => if block.kind == Kind::Continuation { "=" } else { "." }.to_owned(),
            Part::Quotation(blocks) => "q".repeat(blocks.len()),
            Part::List { ordered, items } => {
                let sign = if *ordered { "#" } else { "-" };
                let items: String = items.iter().map(|item| format!("{sign}{}", drawn(&item.inside))).collect();
                format!("({items})")
            }
        };
        parts.iter().map(one).collect()
    }

    #[test]
    fn levels_become_lists_in_lists() {
        for (names, wanted) in [
            (&["paragraph", "bullet:1", "bullet:1", "paragraph"][..], ".(--)."),
            (&["ordered:1", "bullet:2", "bullet:2", "ordered:1"], "(#(--)#)"),
            (&["bullet:1", "continuation:1", "bullet:2", "continuation:2", "continuation:1", "bullet:1"], "(-=(-=)=-)"),
            (&["bullet:1", "ordered:1", "bullet:1"], "(-)(#)(-)"),
            (&["bullet:1", "bullet:3", "bullet:2"], "(-(-)(-))"),
            (&["bullet:2", "bullet:1"], "(-)(-)"),
            (&["numbered:1", "continuation:1", "bullet:1", "numbered:2"], ".=(-)."),
            (&["quotation", "quotation", "heading:1", "quotation"], "qq.q"),
            (&["bullet:1", "quotation", "bullet:1"], "(-)q(-)"),
        ] {
            let block = |name: &&str| description::block(name).map(|(kind, level)| Block::new(kind, level, Vec::new())).unwrap();
            let blocks: Vec<Block> = names.iter().map(block).collect();
            assert_eq!(drawn(&parts(&blocks)), wanted, "{names:?}");
        }
    }
}
