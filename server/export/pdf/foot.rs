//! The foot of every page: the text's digest, where to check it, the page's number, the edition.

use super::galley::small;
use super::ink::{Page, Placed};
use super::layout::{away, plain, put};
use super::measures::*;
use super::setting::{Manner, Setter, Span};
use crate::export::direction::of_language;
use crate::export::sheet::Sheet;
use crate::text::block::Dir;

/// Draws the foot of every page and moves the text to its place on the paper.
pub fn furnish(sheet: &Sheet, setter: &mut Setter, pages: &mut [Page]) {
    let language = of_language(&sheet.text.language);
    let total = pages.len();
    // Isolated (UAX #9), or groups that are all digits would change places in a right-to-left foot.
    let digest = format!("{} \u{2066}{}\u{2069}", sheet.words.digest_label, grouped(&sheet.digest));
    let label = format!("{} \u{2066}", sheet.words.check_label);
    for (place, page) in pages.iter_mut().enumerate() {
        page.ink.iter_mut().for_each(|placed| *placed = placed.moved(MARGIN, MARGIN_TOP));
        let top = PAGE_HEIGHT - FOOTER_TOP;
        page.ink.push(Placed::rule(MARGIN, top, TEXT_WIDTH, HAIRLINE, Tone::Faint));
        let number = sheet.words.page_of.replace("{pages}", &total.to_string()).replace("{page}", &(place + 1).to_string());
        let check = Span { text: &sheet.check_url, link: Some(&sheet.check_url), ..Span::default() };
        let rows = [(vec![plain(&digest)], plain(&number)), (vec![plain(&label), check, plain("\u{2069}")], plain(&sheet.edition))];
        let mut y = top + FOOT_SPACE;
        for (start, end) in rows {
            let aside = TEXT_WIDTH * FOOT_ASIDE_SHARE;
            let manner = Manner { direction: language, ..small(FOOTER_SIZE) };
            let lines = setter.set(&start, &Manner { width: TEXT_WIDTH - aside, ..manner });
            let beside = setter.set(&[end], &Manner { width: aside, edge: away(language), ..manner });
            let (x, x_beside) = if language == Dir::Rtl { (aside, 0.0) } else { (0.0, TEXT_WIDTH - aside) };
            let height = put(&mut page.ink, &beside, MARGIN + x_beside, y);
            y += put(&mut page.ink, &lines, MARGIN + x, y).max(height);
        }
    }
}

/// `3f9a 97c4 …`: groups of four, as on the page where a text is checked.
fn grouped(digest: &str) -> String {
    let characters: Vec<char> = digest.chars().collect();
    characters.chunks(4).map(|group| group.iter().collect::<String>()).collect::<Vec<_>>().join(" ")
}
