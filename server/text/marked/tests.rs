//! Whatever two texts are, the changes between them are the older with nothing taken and the newer with everything.

use rand::SeedableRng;
use rand::rngs::StdRng;

use super::*;
use crate::text::block::Kind;
use crate::text::compare::{compare, tests::some_pair};
use crate::text::numbers::Numbers;

pub fn act() -> Act {
    Act::named("Changes since Rev.1", Moment::parse("2026-02-06T17:59:31Z").unwrap())
}

/// The same with the numbers it would have here, and without what is never settled: paragraphs that say nothing.
pub fn settled(mut text: Text) -> Text {
    let (mut numbers, mut notes) = (Numbers::default(), 0);
    text.blocks.retain(|block| !block.content.is_empty());
    for block in &mut text.blocks {
        block.label = numbers.next(block.kind, block.level, None).label;
        for inline in &mut block.content {
            if let Inline::Footnote { number, content } = inline {
                notes += 1;
                *number = notes;
                if content.is_empty() {
                    content.push(NoteParagraph::default());
                }
            }
        }
    }
    text
}

fn marked(old: &Text, new: &Text) -> Marked {
    let marked = compared::marked(&compare(old, new), &act());
    assert_eq!(&marked.text(Side::Stands), old, "with nothing taken");
    assert_eq!(&marked.text(Side::Would), new, "with everything taken");
    let last = marked.blocks.last().unwrap();
    assert!(last.fate.is_in(Side::Stands) && last.fate.is_in(Side::Would), "the last mark stays");
    marked
}

#[test]
fn whatever_two_texts_say_both_are_read_back() {
    for seed in 0..1_000 {
        let mut dice = StdRng::seed_from_u64(seed);
        let (old, new) = some_pair(&mut dice);
        let (old, new) = (settled(old), settled(new));
        marked(&old, &new);
        assert_eq!(Marked::clean(&new).text(Side::Stands), new, "seed {seed}");
        assert_eq!(Marked::clean(&new).text(Side::Would), new, "seed {seed}");
    }
}

fn text(paragraphs: &[&str]) -> Text {
    let block = |words: &&str| Block::paragraph(vec![Inline::Text(Run::plain(*words))]);
    Text { v: "text/v1".to_owned(), language: "en".to_owned(), blocks: paragraphs.iter().map(block).collect() }
}

/// What becomes of each mark: `=` stays, `+` comes, `-` goes.
fn marks(old: &[&str], new: &[&str]) -> String {
    let mark = |block: &MarkedBlock| match (&block.fate.comes, &block.fate.goes) {
        (None, None) => '=',
        (Some(_), _) => '+',
        (None, Some(_)) => '-',
    };
    marked(&text(old), &text(new)).blocks.iter().map(mark).collect()
}

#[test]
fn the_last_mark_stays_whatever_comes_or_goes_at_the_end() {
    for (old, new, wanted) in [
        (&["one"][..], &["one"][..], "="),
        (&["one"], &["one", "two"], "+="),
        (&["one", "two", "three"], &["one"], "--="),
        (&["one", "two"], &["one", "apples and pears"], "=="),
        (&["one", "two"], &["one", "pears", "apples"], "=+="),
        (&["two"], &["pears", "apples"], "+="),
        (&[], &["one", "two"], "+="),
        (&["one"], &[], "="),
        (&[], &[], "="),
        (&["one", "two"], &["two"], "-="),
    ] {
        assert_eq!(marks(old, new), wanted, "{old:?} → {new:?}");
    }
}

#[test]
fn when_something_was_done_is_said_to_the_minute_and_of_the_unnamed_to_the_day() {
    let at = Moment::parse("2026-02-06T17:59:31Z").unwrap();
    assert_eq!(Act::named("AJO", at).at.rfc3339(), "2026-02-06T17:59:00Z");
    assert_eq!(Act::unnamed("Unnamed organisation", at).at.rfc3339(), "2026-02-06T00:00:00Z");
}

#[test]
fn what_comes_and_would_go_again_stands_in_neither_text() {
    let fate = Fate { comes: Some(act()), goes: Some(act()), moved: None };
    let mut marked = Marked::clean(&text(&["We sign."]));
    marked.blocks[0].content.push(MarkedPiece::new(Matter::Words(Run::plain(" Now.")), fate));
    assert_eq!((marked.text(Side::Stands), marked.text(Side::Would)), (text(&["We sign."]), text(&["We sign."])));
    assert_eq!(marked.blocks[0].form.kind, Kind::Paragraph);
}
