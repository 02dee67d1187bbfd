//! Files made to break a reader are refused in a sentence.

mod support;

use support::{Book, signed_again};
use undersigned_evidence::sign_on::RecordedVisibility;
use undersigned_evidence::{Outcome, limits, verify};

#[track_caller]
fn refused(file: &[u8], code: &str) {
    let verdict = verify(file, None);
    assert_eq!((verdict.outcome, verdict.failed[0].code), (Outcome::Fails, code), "{verdict}");
    assert!(verdict.to_string().len() < 6_000);
}

#[test]
fn a_file_that_is_too_large_is_not_even_read() {
    // Read as JSON, it would be refused for its depth.
    refused(&vec![b'['; 50 * 1024 * 1024], "too-large");
}

#[test]
fn deep_long_and_ambiguous_json_is_refused() {
    refused("[".repeat(limits::FILE_BYTES_MAX).as_bytes(), "unreadable");
    refused("{\"a\":".repeat(1_000_000).as_bytes(), "unreadable");
    refused(format!("[{}0]", "[],".repeat(limits::FILE_BYTES_MAX / 4)).as_bytes(), "unreadable");
    refused(format!("{{\"format\":{}}}", "9".repeat(100_000)).as_bytes(), "unreadable");
    refused(br#"{"format":"undersigned-bundle/v0","format":"undersigned-bundle/v0"}"#, "unreadable");
    refused(br#"{"format":"undersigned-bundle/v0","x":"\ud800"}"#, "unreadable");
    refused(b"", "empty");
    refused(b"%PDF-1.7", "pdf");
    refused(b"{}", "format");
    refused(format!("{{\"format\":\"{}\"}}", "x".repeat(100_000)).as_bytes(), "format");
    refused(br#"{"format":"undersigned-bundle/v1"}"#, "format");
    refused(br#"{"format":"undersigned-bundle/v0"}"#, "shape");
    refused(br#"{"format":"undersigned-receipt/v0","index":1e2}"#, "not-canonical");
    refused(b"c2sp.org/tlog-proof@v1\n", "cut-off");
    refused(format!("c2sp.org/tlog-proof@v1\nextra {}\nindex 0\n\n", "QUFB".repeat(1_000_000)).as_bytes(), "cut-off");
}

#[test]
fn a_bundle_with_absurd_contents_but_a_good_signature_is_refused() {
    let book = Book::published();
    let with = |change: &dyn Fn(&mut undersigned_evidence::bundle::Bundle)| {
        let mut bundle = book.bundle();
        change(&mut bundle);
        signed_again(&mut bundle, &book.key);
        bundle.to_json().unwrap()
    };
    let nested = format!("{{\"blocks\":{}{},\"language\":\"en\",\"v\":\"text/v1\"}}", "[".repeat(5_000), "]".repeat(5_000));
    refused(with(&|bundle| bundle.edition.texts.get_mut("en").unwrap().canonical = nested.clone()).as_bytes(), "text-digest");
    refused(with(&|bundle| bundle.leaves = vec![String::new(); limits::LEAVES_MAX + 1]).as_bytes(), "leaves");
    refused(with(&|bundle| bundle.leaves[1] = "x".repeat(limits::LEAF_BYTES_MAX + 1)).as_bytes(), "leaf");
    refused(with(&|bundle| bundle.leaves = vec!["[".repeat(4_000); 5_000]).as_bytes(), "leaf");
    refused(with(&|bundle| drop(bundle.openings.insert("01".into(), bundle.openings["1"].clone()))).as_bytes(), "opening-of-no-leaf");
    refused(
        with(&|bundle| drop(bundle.openings.insert("18446744073709551616".into(), bundle.openings["1"].clone()))).as_bytes(),
        "opening-of-no-leaf",
    );
    refused(with(&|bundle| bundle.openings.values_mut().for_each(|salted| salted.salt = [0; 32])).as_bytes(), "opening");
    refused(with(&|bundle| bundle.list.withheld = (1 << 53) - 1).as_bytes(), "list-withheld");
}

#[test]
fn a_verdict_does_not_carry_a_strangers_control_characters() {
    let mut bundle = Book::published().bundle();
    bundle.edition.title = "\u{1b}[31mred\u{202e}".into();
    bundle.edition.label = "\u{7}\n".into();
    bundle.list.names = vec!["\u{1b}]0;x".into()];
    let shown = verify(bundle.to_json().unwrap().as_bytes(), None).to_string();
    assert!(!shown.contains(['\u{1b}', '\u{202e}', '\u{7}']), "{shown}");
}

#[test]
fn ten_thousand_leaves_are_checked() {
    let mut book = Book::new();
    book.opens("Rev.1");
    for n in 0..9_999 {
        book.signs(&format!("Organisation {n}"), if n % 10 == 0 { RecordedVisibility::Withheld } else { RecordedVisibility::Public });
    }
    let file = book.bundle().to_json().unwrap();
    let verdict = verify(file.as_bytes(), Some(&book.vkey()));
    assert_eq!(
        (verdict.outcome, verdict.counts.signed, verdict.counts.withheld),
        (Outcome::Holds, 9_999, 1_000),
        "{}",
        verdict.failed.len()
    );
}
