//! By hand what people do to a text, by chance what nobody thinks of: both sides are always read back as they were.

mod vectors;

use rand::rngs::StdRng;
use rand::seq::SliceRandom;
use rand::{Rng, SeedableRng};

use super::told::{Piece, Row, joined};
use super::*;
use crate::text::block::{self, Dir, Inline, Kind, NoteParagraph, Run};
use crate::text::canonical::canonical;

fn text(blocks: Vec<Block>) -> Text {
    Text { v: "text/v1".to_owned(), language: "en".to_owned(), blocks }
}

fn run(words: &str) -> Inline {
    Inline::Text(Run::plain(words))
}

fn bold(words: &str) -> Inline {
    Inline::Text(Run { bold: true, ..Run::plain(words) })
}

fn note(number: u32, words: &str) -> Inline {
    let content = vec![block::Piece::Text(Run::plain(words))];
    Inline::Footnote { number, content: vec![NoteParagraph { dir: None, content }] }
}

fn numbered(label: &str, content: Vec<Inline>) -> Block {
    Block { label: Some(label.to_owned()), ..Block::new(Kind::Numbered, Some(1), content) }
}

fn paragraph(words: &str) -> Block {
    Block::paragraph(vec![run(words)])
}

/// Compares, holds both sides against what was read back, and tells it briefly: `=` same, `~` changed, `+`, `−`, `>1` moved, `1` stood;
/// within, `[-gone-]`, `{+come+}`, `‹restyled›`, `†` a footnote.
fn told(old: &Text, new: &Text) -> String {
    let comparison = compare(old, new);
    assert_eq!(canonical(&comparison.old_text()).unwrap(), canonical(old).unwrap(), "the older side");
    assert_eq!(canonical(&comparison.new_text()).unwrap(), canonical(new).unwrap(), "the newer side");
    assert_eq!(comparison.same, old == new);
    let lines: Vec<String> = comparison.rows.iter().map(briefly).collect();
    lines.join("\n")
}

fn briefly(row: &Row) -> String {
    let framed = |pair: &Pair| if pair.old.is_like(&pair.new) { "" } else { "¶ " };
    match row {
        Row::Same(pair) => format!("= {}", pair.pieces.iter().map(piece).collect::<String>()),
        Row::Changed(pair) => format!("~ {}{}", framed(pair), pair.pieces.iter().map(piece).collect::<String>()),
        Row::Moved { id, pair } => format!(">{id} {}{}", framed(pair), pair.pieces.iter().map(piece).collect::<String>()),
        Row::Stood { id } => id.to_string(),
        Row::Added { new } => format!("+ {}", plain(&new.content)),
        Row::Removed { old } => format!("− {}", plain(&old.content)),
    }
}

fn piece(piece: &Piece) -> String {
    match piece {
        Piece::Same(words) => plain(&words.content),
        Piece::Out(words) => format!("[-{}-]", plain(&words.content)),
        Piece::In(words) => format!("{{+{}+}}", plain(&words.content)),
        Piece::Styled(looks) => format!("‹{}›", plain(&looks.new)),
        Piece::Note(note) if note.differs() => "†!".to_owned(),
        Piece::Note(_) => "†".to_owned(),
    }
}

fn plain(content: &[Inline]) -> String {
    let words = |inline: &Inline| match inline {
        Inline::Text(run) => run.text.clone(),
        Inline::Break => "⏎".to_owned(),
        Inline::Footnote { .. } => "†".to_owned(),
    };
    content.iter().map(words).collect()
}

fn one(old: Vec<Inline>, new: Vec<Inline>) -> String {
    told(&text(vec![Block::paragraph(old)]), &text(vec![Block::paragraph(new)]))
}

#[test]
fn words_change_within_a_paragraph() {
    for (old, new, wanted) in [
        (
            "We have counted more than 300 households.",
            "We have counted 312 households.",
            "~ We have counted [-more than 300-]{+312+} households.",
        ),
        (
            "It flows. Words of this kind.",
            "It flows. Nobody objected. Words of this kind.",
            "~ It flows.{+ Nobody objected.+} Words of this kind.",
        ),
        (
            "We undertake to share, to name, to protect.",
            "We undertake to share, to protect.",
            "~ We undertake to share, to[- name, to-] protect.",
        ),
        (
            "All States suspend arms transfers now.",
            "All States refrain from arms sales now.",
            "~ All States [-suspend-]{+refrain from+} arms [-transfers-]{+sales+} now.",
        ),
        ("Bees 🐝 and hives for all of us", "Bees 🐝🐝 and hives for all of us", "~ Bees 🐝{+🐝+} and hives for all of us"),
        ("تطالب المنظمات الدول بحماية السكان", "تطالب المنظمات جميع الدول بحماية السكان", "~ تطالب المنظمات{+ جميع+} الدول بحماية السكان"),
        ("我们签署本声明。", "我们共同签署本声明。", "~ 我们{+共同+}签署本声明。"),
        ("สิทธิมนุษยชนของเรา", "สิทธิมนุษยชนของทุกคน", "~ สิทธิมนุษยชนของ[-เรา-]{+ทุกคน+}"),
        ("", "", "= "),
    ] {
        assert_eq!(
            one(
                vec![run(old)].into_iter().filter(|_| !old.is_empty()).collect(),
                vec![run(new)].into_iter().filter(|_| !new.is_empty()).collect()
            ),
            wanted
        );
    }
}

#[test]
fn appearance_and_links_change_without_a_word() {
    assert_eq!(one(vec![run("We ask now.")], vec![run("We "), bold("ask"), run(" now.")]), "~ We ‹ask› now.");
    assert_eq!(one(vec![run("under"), bold("signed")], vec![run("undersigned")]), "~ ‹undersigned›");
    let linked = |address: &str| Inline::Text(Run { link: Some(address.to_owned()), ..Run::plain("here") });
    assert_eq!(one(vec![run("See "), linked("https://a.example")], vec![run("See "), linked("https://b.example")]), "~ See ‹here›");
}

#[test]
fn footnotes_are_compared_where_they_stand() {
    let with = |notes: Vec<Inline>| joined([vec![run("We recall")], notes, vec![run(" and ask.")]].concat());
    assert_eq!(one(with(vec![note(1, "Three districts.")]), with(vec![note(1, "Four districts.")])), "~ We recall†! and ask.");
    assert_eq!(one(with(vec![note(1, "A.")]), with(vec![note(4, "A.")])), "= We recall† and ask.");
    assert_eq!(one(with(vec![note(1, "A."), note(2, "B.")]), with(vec![note(1, "B.")])), "~ We recall[-†-]† and ask.");
    assert_eq!(one(with(vec![]), with(vec![note(1, "A.")])), "~ We recall{+†+} and ask.");
    let long = |paragraphs: &[&str]| {
        let content = paragraphs.iter().map(|words| NoteParagraph { dir: None, content: vec![block::Piece::Text(Run::plain(*words))] });
        with(vec![Inline::Footnote { number: 1, content: content.collect() }])
    };
    assert_eq!(one(long(&["One.", "Two."]), long(&["New.", "One.", "Two and three."])), "~ We recall†! and ask.");
}

#[test]
fn paragraphs_come_go_and_move() {
    let (ask, thank, move_it) = (
        "We ask the Council to act now.",
        "We thank those who came here.",
        "Armed groups now control the movement of boats at eleven crossings.",
    );
    let all = |words: &[&str]| text(words.iter().map(|words| paragraph(words)).collect());
    assert_eq!(told(&all(&[ask, thank]), &all(&[ask, "Nobody sleeps.", thank])), format!("= {ask}\n+ Nobody sleeps.\n= {thank}"));
    assert_eq!(told(&all(&[ask, thank]), &all(&[thank])), format!("− {ask}\n= {thank}"));
    assert_eq!(
        told(&all(&[move_it, ask, thank]), &all(&[ask, thank, "Armed groups now control the movement of ships at eleven crossings."])),
        format!("1\n= {ask}\n= {thank}\n>1 Armed groups now control the movement of [-boats-]{{+ships+}} at eleven crossings.")
    );
    assert_eq!(told(&all(&[]), &all(&[])), "");
    assert_eq!(told(&all(&[]), &all(&[ask])), format!("+ {ask}"));
}

#[test]
fn a_paragraph_that_is_split_or_joined_keeps_its_words() {
    let (whole, parts) =
        ("We ask the Council to act. We thank those who came.", ["We ask the Council to act.", "We thank those who came."]);
    let (old, new) = (text(vec![paragraph(whole)]), text(parts.map(paragraph).to_vec()));
    assert_eq!(told(&old, &new), "~ We ask the Council to act.[- We thank those who came.-]\n+ We thank those who came.");
    assert_eq!(told(&new, &old), "~ We ask the Council to act.{+ We thank those who came.+}\n− We thank those who came.");
}

#[test]
fn a_new_number_is_no_change_and_a_new_kind_is() {
    let old = text(vec![numbered("1.", vec![run("We ask all of them.")]), numbered("2.", vec![run("We thank all of you.")])]);
    let new = text(vec![
        numbered("1.", vec![run("Listen.")]),
        numbered("2.", vec![run("We ask all of them.")]),
        Block::new(Kind::Bullet, Some(1), vec![run("We thank all of you.")]),
    ]);
    assert_eq!(told(&old, &new), "+ Listen.\n= We ask all of them.\n~ ¶ We thank all of you.");
    let counts = compare(&old, &new).counts;
    assert_eq!((counts.added, counts.removed, counts.restyled, counts.renumbered, counts.words_added), (1, 0, 1, 1, 1));
    let turned = Block { dir: Some(Dir::Rtl), ..paragraph("We ask.") };
    assert_eq!(told(&text(vec![paragraph("We ask.")]), &text(vec![turned])), "~ ¶ We ask.");
}

#[test]
fn a_title_is_the_title_whatever_it_says() {
    let title = |words: &str| text(vec![Block::heading(1, vec![run(words)])]);
    assert_eq!(told(&title("Keep the library"), &title("Mend a roof")), "~ [-Keep the library-]{+Mend a roof+}");
}

#[test]
fn what_is_too_much_work_is_replaced_whole() {
    let long = |word: &str, count: usize| (0..count).map(|at| format!("{word}{at}")).collect::<Vec<_>>().join(" ");
    let (old, new) = (long("a", 3_000), long("b", 3_000));
    let both = long("c", 6_100);
    let told = one(vec![run(&format!("{both} {old}"))], vec![run(&format!("{new} {both}"))]);
    assert!(told.starts_with("~ [-c0 ") && told.ends_with("+}"), "{}", &told[..40]);
    let many = |from: usize| text((from..from + 700).map(|at| paragraph(&format!("{at}a {at}b"))).collect());
    let comparison = compare(&many(0), &many(10_000));
    assert_eq!((comparison.counts.removed, comparison.counts.added), (700, 700));
}

#[test]
fn neighbours_of_one_appearance_are_read_as_one_run() {
    let apart = text(vec![Block::paragraph(vec![run("We "), run("ask."), run("")])]);
    let comparison = compare(&apart, &apart);
    assert_eq!(comparison.old_text(), text(vec![paragraph("We ask.")]));
}

/// Sides that have nothing to do with each other, and sides that were one until somebody set about it.
#[test]
fn both_sides_of_any_two_texts_are_read_back_exactly() {
    for seed in 0..400 {
        let mut dice = StdRng::seed_from_u64(seed);
        let old = some_text(&mut dice);
        let new = if seed % 4 == 0 { some_text(&mut dice) } else { worked_on(&mut dice, &old) };
        let comparison = compare(&old, &new);
        assert_eq!(canonical(&comparison.old_text()).unwrap(), canonical(&old).unwrap(), "seed {seed}, older side");
        assert_eq!(canonical(&comparison.new_text()).unwrap(), canonical(&new).unwrap(), "seed {seed}, newer side");
        assert_eq!(comparison, compare(&old, &new), "seed {seed}: the same each time");
        assert_eq!(comparison.same, old == new, "seed {seed}");
        let itself = compare(&old, &old);
        assert!(itself.same && itself.rows.iter().all(|row| matches!(row, Row::Same(_))), "seed {seed}: with itself");
    }
}

const SPOKEN: [&str; 24] = [
    "we",
    "the",
    "undersigned",
    "Council",
    "to",
    "protect",
    "high-seas",
    "3.5",
    "isn’t",
    "العام",
    "تطالب",
    "بحماية",
    "我们签署",
    "声明",
    "สิทธิมนุษยชน",
    "e\u{301}t\u{301}",
    "👩‍👩‍👧",
    "🇺🇳",
    "“silt”",
    "—",
    "l’État",
    "§ 4",
    "x",
    "\u{2067}עם\u{2069}",
];

fn some_words(dice: &mut StdRng) -> String {
    let count = dice.gen_range(1..9);
    let words: Vec<&str> = (0..count).map(|_| *SPOKEN.choose(dice).unwrap()).collect();
    words.join([" ", "", "  ", ", "].choose(dice).unwrap())
}

fn some_run(dice: &mut StdRng) -> Run {
    let mut run = Run::plain(some_words(dice));
    (run.bold, run.italic) = (dice.gen_ratio(1, 5), dice.gen_ratio(1, 6));
    run.link = dice.gen_ratio(1, 8).then(|| format!("https://{}.example", dice.gen_range(0..3)));
    run.lang = dice.gen_ratio(1, 9).then(|| "fr".to_owned());
    run
}

fn some_content(dice: &mut StdRng, noted: bool) -> Vec<Inline> {
    let inline = |dice: &mut StdRng| match dice.gen_range(0..10) {
        0 => Inline::Break,
        1 if noted => {
            Inline::Footnote { number: dice.gen_range(1..9), content: (0..dice.gen_range(0..3)).map(|_| some_note(dice)).collect() }
        }
        _ => Inline::Text(some_run(dice)),
    };
    joined((0..dice.gen_range(0..6)).map(|_| inline(dice)).collect::<Vec<_>>())
}

fn some_note(dice: &mut StdRng) -> NoteParagraph {
    let piece = |inline| match inline {
        Inline::Text(run) => block::Piece::Text(run),
        Inline::Break | Inline::Footnote { .. } => block::Piece::Break,
    };
    NoteParagraph { dir: dice.gen_ratio(1, 6).then_some(Dir::Rtl), content: some_content(dice, false).into_iter().map(piece).collect() }
}

fn some_frame(dice: &mut StdRng, content: Vec<Inline>) -> Block {
    let kinds = [Kind::Heading, Kind::Paragraph, Kind::Numbered, Kind::Continuation, Kind::Bullet, Kind::Ordered, Kind::Quotation];
    let kind = *kinds.choose(dice).unwrap();
    let level = (kind.levels() > 0).then(|| dice.gen_range(1..=kind.levels()));
    let label = matches!(kind, Kind::Numbered | Kind::Ordered).then(|| format!("{}.", dice.gen_range(1..30)));
    Block { label, dir: dice.gen_ratio(1, 7).then_some(Dir::Ltr), ..Block::new(kind, level, content) }
}

fn some_block(dice: &mut StdRng) -> Block {
    let content = some_content(dice, true);
    some_frame(dice, content)
}

/// Two texts, often of each other.
pub fn some_pair(dice: &mut StdRng) -> (Text, Text) {
    let old = some_text(dice);
    let new = if dice.gen_ratio(1, 5) { some_text(dice) } else { worked_on(dice, &old) };
    (old, new)
}

fn some_text(dice: &mut StdRng) -> Text {
    text((0..dice.gen_range(0..12)).map(|_| some_block(dice)).collect())
}

/// The text after somebody moved, split, joined, turned and wrote in it.
fn worked_on(dice: &mut StdRng, old: &Text) -> Text {
    let mut blocks = old.blocks.clone();
    for _ in 0..dice.gen_range(0..8) {
        let at = dice.gen_range(0..=blocks.len());
        match dice.gen_range(0..8) {
            0 => blocks.insert(at, some_block(dice)),
            _ if at == blocks.len() => {}
            1 => drop(blocks.remove(at)),
            2 => {
                let moved = blocks.remove(at);
                blocks.insert(dice.gen_range(0..=blocks.len()), moved);
            }
            3 => {
                let content = std::mem::take(&mut blocks[at].content);
                blocks[at] = some_frame(dice, content);
            }
            4 => {
                let half = blocks[at].content.len() / 2;
                let rest = blocks[at].content.split_off(half);
                blocks.insert(at + 1, Block { content: rest, ..blocks[at].clone() });
            }
            5 if at + 1 < blocks.len() => {
                let joins = blocks.remove(at + 1).content;
                blocks[at].content.extend(joins);
            }
            6 => {
                let to = dice.gen_range(0..=blocks[at].content.len());
                blocks[at].content.insert(to, Inline::Text(some_run(dice)));
            }
            _ => {
                let restyled =
                    blocks[at].content.iter_mut().filter_map(|inline| if let Inline::Text(run) = inline { Some(run) } else { None });
                restyled.for_each(|run| run.bold = dice.gen_ratio(1, 2));
            }
        }
    }
    for block in &mut blocks {
        block.content = joined(std::mem::take(&mut block.content));
    }
    text(blocks)
}
