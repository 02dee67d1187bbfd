//! The rule as the editor knows it too, and what follows from it.

use serde::Deserialize;

use super::*;

#[derive(Deserialize)]
struct Case {
    why: String,
    text: String,
    /// Code point, UTF-16 offset, name.
    found: Vec<(String, usize, String)>,
    mended: String,
}

fn cases() -> Vec<Case> {
    serde_json::from_str(include_str!(concat!(env!("CARGO_MANIFEST_DIR"), "/tests/vectors/text/unseen.json"))).unwrap()
}

#[test]
fn every_case_is_judged_as_the_editor_judges_it() {
    assert!(cases().len() > 50);
    for Case { why, text, found, mended: becomes } in cases() {
        let ours: Vec<_> =
            find(&text).iter().map(|one| (code_point(one.sign), text[..one.at].encode_utf16().count(), one.name.to_owned())).collect();
        assert_eq!(ours, found, "{why}: {text:?}");
        assert_eq!(without(&text), becomes, "{why}: {text:?}");
    }
}

/// As one press in the editor leaves it.
fn without(text: &str) -> String {
    let mut text = text.to_owned();
    for finding in find(&text.clone()).iter().rev() {
        let sign = finding.at..finding.at + finding.sign.len_utf8();
        match finding.mend {
            Mend::Gone => text.replace_range(sign, ""),
            Mend::Space => text.replace_range(sign, " "),
            Mend::ByHand => {}
        }
    }
    text
}

/// Signs and letters of every kind the rule tells apart, in every order.
#[test]
fn what_one_press_leaves_is_in_order() {
    let alphabet: Vec<char> = "a1 \nبक\u{94d}ក漢ᠠא\u{5b0}\u{301}\u{ad}\u{200b}\u{200c}\u{200d}\u{200e}\u{200f}\u{2067}\u{2068}\u{2069}\u{202e}\u{2028}\u{180b}\u{180e}\u{fe00}\u{e0100}\u{34f}\u{e000}"
        .chars()
        .collect();
    // A small generator of our own: the same texts on every machine.
    let mut state = 7u64;
    for _ in 0..40_000 {
        let mut text = String::new();
        for _ in 0..12 {
            state = state.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
            text.push(alphabet[(state >> 33) as usize % alphabet.len()]);
        }
        let left = without(&text);
        assert!(find(&left).iter().all(|one| one.mend == Mend::ByHand), "{text:?} leaves {left:?}, where {:?} is found", find(&left));
        assert_eq!(find(&mended(&text)), [], "{text:?}");
    }
}

#[test]
fn every_sign_has_a_name() {
    for letter in ('\0'..='\u{10ffff}').filter(|letter| is_sign(*letter)) {
        for finding in find(&format!("a{letter}b")) {
            assert!(!called(finding.name).contains('.'), "{} has no words", finding.name);
        }
    }
}
