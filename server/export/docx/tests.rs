//! Taken whole a file is the newer text and refused whole the older: read back here by a reader that knows nothing of what wrote it, and
//! by LibreOffice where it is asked (`make test-word`).

mod reader;

use rand::SeedableRng;
use rand::rngs::StdRng;
use serde_json::{Value, json};

use super::*;
use crate::text::block::{Block, Inline, Kind, NoteParagraph, Piece, Run, Text};
use crate::text::compare::{compare, tests::some_pair};
use crate::text::marked::tests::{act, settled};
use crate::text::marked::{Fate, MarkedPiece, Side, compared};
use crate::text::word;
use reader::{Paper, joined, on_paper, parsed, unpacked};

fn file(marked: Marked) -> WordFile {
    let at = act().at;
    WordFile { marked, title: "Keep the “library” <open> & dry".into(), coalition: "Lanternway".into(), at, talks: Vec::new() }
}

fn changes(old: &Text, new: &Text) -> WordFile {
    file(compared::marked(&compare(old, new), &act()))
}

/// What a text is on paper.
fn paper(text: &Text) -> Vec<Paper> {
    let look = |run: &Run| {
        let has = |is: bool, name: &'static str| if is { name } else { "" };
        let link = run.link.clone().unwrap_or_default();
        format!("{}{}{}{link}", has(run.bold, "w:b"), has(run.italic, "w:i"), run.lang.clone().unwrap_or_default())
    };
    let noted = |paragraph: &NoteParagraph| {
        let piece = |piece: &Piece| match piece {
            Piece::Text(run) => (run.text.clone(), look(run)),
            Piece::Break => ("⏎".to_owned(), String::new()),
        };
        paragraph.content.iter().map(piece).collect::<Vec<_>>()
    };
    let inline = |inline: &Inline| match inline {
        Inline::Text(run) => (run.text.clone(), look(run)),
        Inline::Break => ("⏎".to_owned(), String::new()),
        Inline::Footnote { content, .. } => {
            let mut lines: Vec<Vec<(String, String)>> = content.iter().map(noted).collect();
            // A footnote begins with its number and a space.
            if let Some(first) = lines.first_mut() {
                first.insert(0, (" ".to_owned(), String::new()));
            }
            let lines: Vec<String> = lines.into_iter().map(|line| format!("{:?}", joined(line))).collect();
            (format!("[{}]", lines.join("¶")).replacen("\" ", "\"", 1), "note".to_owned())
        }
    };
    let block = |block: &Block| {
        let style = paper_style(block);
        let level = if block.kind == Kind::Heading { 0 } else { usize::from(block.level.unwrap_or_default()) };
        let number = if block.kind == Kind::Bullet { "–".to_owned() } else { block.label.clone().unwrap_or_default() };
        Paper { style, level, number, words: joined(block.content.iter().map(inline).collect()) }
    };
    text.blocks.iter().map(block).collect()
}

fn paper_style(block: &Block) -> String {
    let level = block.level.unwrap_or_default();
    match block.kind {
        Kind::Heading => ["Title", "Heading1", "Heading2", "Heading3"][usize::from(level) - 1].to_owned(),
        Kind::Paragraph => "Normal".to_owned(),
        Kind::Quotation => "Quote".to_owned(),
        Kind::Numbered => format!("Numbered{level}"),
        Kind::Ordered => format!("Item{level}"),
        Kind::Bullet => format!("Bullet{level}"),
        Kind::Continuation => "ListParagraph".to_owned(),
    }
}

fn holds(old: &Text, new: &Text, told: &str) {
    leave(told, &read_back(old, new, told), old, new);
}

fn read_back(old: &Text, new: &Text, told: &str) -> Vec<u8> {
    let bytes = docx(&changes(old, new)).unwrap();
    let parts = unpacked(&bytes);
    assert_eq!(on_paper(&parts, Side::Stands), paper(old), "{told}: with nothing taken");
    assert_eq!(on_paper(&parts, Side::Would), paper(new), "{told}: with everything taken");
    bytes
}

/// Leaves a file for LibreOffice, where it is asked (`make test-word`), beside what it is to read in it.
fn leave(name: &str, bytes: &[u8], old: &Text, new: &Text) {
    let Ok(folder) = std::env::var("UNDERSIGNED_WORD_FILES") else { return };
    let known = |text: &Text| text.blocks.iter().map(known).collect::<Vec<_>>();
    std::fs::write(format!("{folder}/{name}.docx"), bytes).unwrap();
    std::fs::write(format!("{folder}/{name}.json"), json!({ "old": known(old), "new": known(new) }).to_string()).unwrap();
}

/// What LibreOffice is to show of a block: its number, its words, those of its footnotes, and the letters that are bold.
fn known(block: &Block) -> Value {
    let mut told = [String::new(), String::new(), String::new()];
    for inline in &block.content {
        match inline {
            Inline::Text(run) => {
                told[0] += &run.text;
                told[1] += if run.bold && block.kind != Kind::Heading { &run.text } else { "" };
            }
            Inline::Break => told[0].push('\n'),
            Inline::Footnote { content, .. } => {
                for paragraph in content {
                    told[2] += "¶";
                    for piece in &paragraph.content {
                        told[2] += if let Piece::Text(run) = piece { &run.text } else { "\n" };
                    }
                }
            }
        }
    }
    // Of a bullet it says nothing.
    let number = block.label.clone().unwrap_or_default();
    let [words, bold, notes] = told;
    json!({ "number": number, "words": words, "bold": bold, "notes": notes, "style": paper_style(block) })
}

#[test]
fn of_any_two_texts_a_file_is_the_older_refused_and_the_newer_taken() {
    for seed in 0..1_000 {
        let mut dice = StdRng::seed_from_u64(seed);
        let (old, new) = some_pair(&mut dice);
        read_back(&settled(old), &settled(new), &format!("seed {seed}"));
    }
}

fn say(words: &str) -> Inline {
    Inline::Text(Run::plain(words))
}

fn bold(words: &str) -> Inline {
    Inline::Text(Run { bold: true, ..Run::plain(words) })
}

fn linked(words: &str, to: &str) -> Inline {
    Inline::Text(Run { link: Some(to.to_owned()), ..Run::plain(words) })
}

fn note(words: &[&str]) -> Inline {
    let paragraph = |words: &&str| NoteParagraph { dir: None, content: vec![Piece::Text(Run::plain(*words))] };
    Inline::Footnote { number: 0, content: words.iter().map(paragraph).collect() }
}

/// A block by its kind's letter: `t`itle, `h`eading, `p`aragraph, `q`uotation, `1`-`3` numbered, `a`-`c` ordered, `*` bullet, `+` continuation.
fn block(kind: char, content: Vec<Inline>) -> Block {
    let (kind, level) = match kind {
        't' => (Kind::Heading, Some(1)),
        'h' => (Kind::Heading, Some(2)),
        'q' => (Kind::Quotation, None),
        '1'..='3' => (Kind::Numbered, kind.to_digit(10).map(|level| level as u8)),
        'a'..='c' => (Kind::Ordered, Some(kind as u8 - b'a' + 1)),
        '*' => (Kind::Bullet, Some(1)),
        '+' => (Kind::Continuation, Some(1)),
        _ => (Kind::Paragraph, None),
    };
    Block::new(kind, level, content)
}

fn text(language: &str, blocks: Vec<Block>) -> Text {
    settled(Text { v: "text/v1".to_owned(), language: language.to_owned(), blocks })
}

/// Lines that begin with the letter of their kind.
fn lines(lines: &[&str]) -> Text {
    let line = |line: &&str| block(line.chars().next().unwrap(), vec![say(&line[1..])]);
    text("en", lines.iter().map(line).collect())
}

#[test]
fn the_same_values_are_the_same_file_and_it_tells_of_no_machine_and_no_person() {
    let (old, new) = (lines(&["pOne thing."]), lines(&["pOne other thing."]));
    let one = docx(&changes(&old, &new)).unwrap();
    assert_eq!(one, docx(&changes(&old, &new)).unwrap());
    let parts = unpacked(&one);
    let core = parsed(&parts["docProps/core.xml"]);
    let told: Vec<(&str, &str)> = core.children.iter().map(|node| (node.name.as_str(), node.text.as_str())).collect();
    assert_eq!(
        told,
        [
            ("dc:title", "Keep the “library” <open> & dry"),
            ("dc:creator", "Lanternway"),
            ("dcterms:created", "2026-02-06T17:59:00Z"),
            ("dcterms:modified", "2026-02-06T17:59:00Z"),
        ]
    );
    let authors: Vec<String> =
        parts.values().flat_map(|part| part.split("w:author=\"").skip(1)).map(|rest| rest.split('"').next().unwrap().to_owned()).collect();
    assert!(!authors.is_empty() && authors.iter().all(|author| author == "Changes since Rev.1"), "{authors:?}");
}

#[test]
fn paragraphs_and_words_run_in_their_direction() {
    let text = text("ar", vec![block('p', vec![say("شبكة Lanternway للحقوق")]), block('p', vec![say("Only in English (1)")])]);
    let document = parsed(&unpacked(&docx(&file(Marked::clean(&text))).unwrap())["word/document.xml"]);
    let paragraphs = document.all("w:p");
    assert_eq!(paragraphs.iter().map(|one| one.all("w:bidi").len()).collect::<Vec<_>>(), [1, 0]);
    let runs: Vec<(String, bool)> =
        paragraphs[0].all("w:r").iter().map(|run| (run.child("w:t").unwrap().text.clone(), !run.all("w:rtl").is_empty())).collect();
    assert_eq!(runs, [("شبكة ".to_owned(), true), ("Lanternway".to_owned(), false), (" للحقوق".to_owned(), true)]);
    assert!(styles::styles("ar", &[]).contains(r#"<w:lang w:bidi="ar"/>"#) && styles::spoken("zh-hant").contains("eastAsia"));
}

#[test]
fn threads_are_comments_with_their_answers() {
    let said = |words: &str| Said { by: act(), initials: "AJO".into(), words: words.into() };
    let mut marked = Marked::clean(&lines(&["pOne thing."]));
    let ends = [Matter::Opens(1), Matter::Closes(1)].map(|end| MarkedPiece::new(end, Fate::default()));
    marked.blocks[0].content.extend(ends);
    let talks = vec![
        Talk { resolved: false, said: vec![said("First.")] },
        Talk { resolved: true, said: vec![said("Two\nlines & more."), said("An answer.")] },
    ];
    let bytes = docx(&WordFile { talks, ..file(marked) }).unwrap();
    let parts = unpacked(&bytes);
    let comments = parsed(&parts["word/comments.xml"]);
    assert_eq!(comments.children.iter().map(|comment| comment.all("w:p").len()).collect::<Vec<_>>(), [1, 2, 1]);
    let threads = parsed(&parts["word/commentsExtended.xml"]);
    let answers: Vec<Option<&str>> = threads.children.iter().map(|one| one.values.get("w15:paraIdParent").map(String::as_str)).collect();
    assert_eq!(answers, [None, None, Some("10000001")]);
    let document = parsed(&parts["word/document.xml"]);
    let ids = |name: &str| document.all(name).iter().map(|node| node.values["w:id"].clone()).collect::<Vec<_>>();
    assert_eq!(
        (ids("w:commentRangeStart"), ids("w:commentReference")),
        (vec!["1".to_owned(), "2".to_owned()], vec!["1".to_owned(), "2".to_owned()])
    );
    leave("comments", &bytes, &lines(&["pOne thing."]), &lines(&["pOne thing."]));
}

#[test]
fn what_is_inserted_by_one_and_struck_by_another_is_both() {
    let (anna, ben) = (act(), Act { by: "Ben & Co".into(), ..act() });
    let fate = Fate { comes: Some(anna), goes: Some(ben), moved: None };
    let mut marked = Marked::clean(&lines(&["pOne thing."]));
    marked.blocks[0].content.push(MarkedPiece::new(Matter::Words(Run::plain(" Or two.")), fate));
    let parts = unpacked(&docx(&file(marked)).unwrap());
    for side in [Side::Stands, Side::Would] {
        assert_eq!(on_paper(&parts, side), paper(&lines(&["pOne thing."])));
    }
    assert!(parts["word/document.xml"].contains("w:author=\"Ben &amp; Co\""));
}

#[test]
fn what_is_more_than_a_file_may_hold_is_refused() {
    let many = |count: usize| text("en", vec![block('p', vec![say("x"); count])]);
    let mut marked = Marked::clean(&many(1));
    let piece = marked.blocks[0].content[0].clone();
    marked.blocks[0].content = vec![piece; limits::PIECES_MAX];
    assert_eq!(docx(&file(marked)), Err(ExportError::TooLong));
}

/// A file goes to a delegation and comes back as it went.
#[test]
fn a_file_that_leaves_comes_in_again_as_both_texts_that_are_in_it() {
    let old = [
        "tHeeding the signals",
        "hWhy",
        "1one",
        "2one a",
        "2one b",
        "3one b i",
        "1two",
        "pand",
        "afirst",
        "bdeep",
        "asecond",
        "+more of it",
        "qThe right.",
    ];
    let new = [
        "tHeeding the signals",
        "hWhy",
        "1zero",
        "1one",
        "2one b",
        "3one b i",
        "3one b ii",
        "1two and three",
        "pand",
        "*point",
        "pthen",
        "asecond",
        "bdeep",
        "athird",
    ];
    let mut pairs = vec![(lines(&old), lines(&new))];
    let content = |content| text("en", vec![block('t', vec![say("Title")]), block('1', content), block('p', vec![say("The end.")])]);
    pairs.push((
        content(vec![say("There is still time"), note(&["One.", "Two."]), say(" for all.")]),
        content(vec![
            bold("There"),
            say(" is "),
            linked("still", "https://example.org/a"),
            note(&["One and a half.", "Two."]),
            Inline::Break,
            say("time."),
        ]),
    ));
    pairs.push((
        text("ar", vec![block('1', vec![say("نحن المنظمات")])]),
        text("ar", vec![block('1', vec![say("نحن المنظمات الموقعة")]), block('p', vec![say("UNESCO")])]),
    ));
    for (old, new) in pairs {
        let bytes = docx(&changes(&old, &new)).unwrap();
        for (side, wanted) in [(word::Side::Without, &old), (word::Side::With, &new)] {
            let read = word::read(&bytes, &wanted.language, side).unwrap();
            assert_eq!((&read.text, &read.left_out), (wanted, &Vec::new()), "{side:?}");
        }
    }
}

const BOATS: &str = "1Armed groups calling themselves canal guards control the movement of boats at eleven crossings.";

#[test]
fn what_people_do_to_a_text_is_read_back_both_ways() {
    let two = |name: &str, old: &[&str], new: &[&str]| holds(&lines(old), &lines(new), name);
    let content = |name: &str, old: Vec<Inline>, new: Vec<Inline>| {
        let around = |content| text("en", vec![block('t', vec![say("Title")]), block('1', content), block('p', vec![say("The end.")])]);
        holds(&around(old), &around(new), name);
    };
    two(
        "words",
        &["tHeeding the signals", "pWe have counted more than 300 households."],
        &["tHeeding the signals", "pWe counted 312 households 🐝👩‍👩‍👧."],
    );
    two("came-between", &["1One thing.", "1Three things."], &["1One thing.", "pTwo apples and pears", "1Three things."]);
    two("went-between", &["1One thing.", "1Two apples", "1Three things."], &["1One thing.", "1Three things."]);
    two("came-last", &["1One thing."], &["1One thing.", "qTwo apples", "pThree pears"]);
    two("went-last", &["1One thing.", "qTwo apples", "pThree pears"], &["1One thing."]);
    two("other-last", &["1One thing.", "pIron and steel"], &["1One thing.", "1Two apples", "qThree pears"]);
    two("came-first", &["pOne thing."], &["tTwo apples", "pOne thing."]);
    two("all-other", &["pIron and steel", "pCoal"], &["tTwo apples"]);
    two("from-nothing", &[], &["tTwo apples", "pand pears"]);
    two(
        "moved-up",
        &["tTitle", "1We urge all States to act at once.", "1We thank the volunteers of the delta.", BOATS],
        &["tTitle", BOATS, "1We urge all States to act at once.", "1We thank the volunteers of the delta."],
    );
    two(
        "moved-last-and-changed",
        &["tTitle", BOATS, "1We thank the volunteers of the delta and all who help."],
        &["tTitle", "1We thank the volunteers of the delta and all who help.", &BOATS.replace("control", "now control")],
    );
    two(
        "split",
        &["1We urge all States to act. We thank the volunteers of the delta and all who help them.", "pEnd"],
        &["1We urge all States to act.", "1We thank the volunteers of the delta and all who help them.", "pEnd"],
    );
    two(
        "joined",
        &["1We urge all States to act.", "1We thank the volunteers of the delta and all who help them.", "pEnd"],
        &["1We urge all States to act. We thank the volunteers of the delta and all who help them.", "pEnd"],
    );
    two(
        "kinds",
        &["tTitle", "pWhy we write this", "*suspend the ordinance", "*publish the names"],
        &["tTitle", "hWhy we write this", "asuspend the ordinance", "qpublish the names"],
    );
    two(
        "lists",
        &["1one", "2one a", "2one b", "3one b i", "1two", "pand", "afirst", "bdeep", "asecond", "+more of it"],
        &[
            "1zero",
            "1one",
            "2one b",
            "3one b i",
            "3one b ii",
            "1two",
            "2two a",
            "pand",
            "pthen",
            "afirst",
            "asecond",
            "bdeep",
            "cdeeper",
            "athird",
            "+more of it",
        ],
    );
    two(
        "deep-first",
        &["3deep", "2less deep", "1top", "cdeep", "atop"],
        &["2less deep", "3deep", "3deep too", "1top", "atop", "cdeep", "bbetween"],
    );
    let many =
        |count: usize| text("en", (0..count).map(|at| block(if at == 0 { '1' } else { '2' }, vec![say(&format!("item {at}"))])).collect());
    holds(&many(27), &many(32), "many-letters");
    content("bold", vec![say("There is still time for all.")], vec![say("There is "), bold("still time"), say(" for all.")]);
    content(
        "link",
        vec![say("See the report, which says it.")],
        vec![say("See "), linked("the report", "https://example.org/report?a=b&c=d"), say(", which says it.")],
    );
    content(
        "footnote-changed",
        vec![say("All States have affirmed it."), note(&["Resolution 60/1."])],
        vec![say("All States have affirmed it."), note(&["Resolution 60/1, paras. 138–139.", "And more."])],
    );
    content(
        "footnote-came",
        vec![say("All States have affirmed it.")],
        vec![say("All States"), note(&["Every one."]), say(" have affirmed it."), note(&["Resolution 60/1."])],
    );
    content(
        "footnote-went",
        vec![say("All States"), note(&["Every one."]), say(" have affirmed it."), note(&["Resolution 60/1."])],
        vec![say("All States have affirmed it.")],
    );
    content(
        "line-break",
        vec![say("One line"), Inline::Break, say("and another of them.")],
        vec![say("One line and"), Inline::Break, say("another of them.")],
    );
    let arabic = |first: &str, second: &str| {
        text(
            "ar",
            vec![
                block('t', vec![say("الإصغاء إلى الإشارات")]),
                block('1', vec![say(first)]),
                block('1', vec![say(second), note(&["قرار الجمعية العامة 60/1."])]),
            ],
        )
    };
    holds(
        &arabic("سجل المراقبون أكثر من ثلاثمئة أسرة.", "تطالب شبكة Lanternway الدول بحماية السكان."),
        &arabic("سجل المراقبون نحو أربعمئة أسرة.", "تطالب شبكة Lanternway (2026) جميع الدول بحماية السكان."),
        "arabic",
    );
    let chinese = |words: &str| text("zh", vec![block('p', vec![say(words)])]);
    holds(&chinese("我们签署本声明。"), &chinese("我们共同签署本声明。"), "chinese");
}
