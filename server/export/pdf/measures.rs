//! Sizes of the printed page, in points (1/72 inch), and the two inks.

/// A4.
pub const PAGE_WIDTH: f32 = 595.28;
pub const PAGE_HEIGHT: f32 = 841.89;
/// Left and right margin; numbers of paragraphs hang in it.
pub const MARGIN: f32 = 88.0;
pub const MARGIN_TOP: f32 = 70.0;
/// From the lower edge of the page to the lower edge of the text.
pub const MARGIN_BOTTOM: f32 = 92.0;
/// From the lower edge of the page to the rule above the footer.
pub const FOOTER_TOP: f32 = 68.0;
/// About 72 characters of the text size on a line.
pub const TEXT_WIDTH: f32 = PAGE_WIDTH - 2.0 * MARGIN;
pub const TEXT_HEIGHT: f32 = PAGE_HEIGHT - MARGIN_TOP - MARGIN_BOTTOM;

pub const TEXT_SIZE: f32 = 10.5;
pub const TITLE_SIZE: f32 = 20.0;
pub const SECTION_SIZE: f32 = 12.5;
pub const NOTE_SIZE: f32 = 8.5;
pub const NAME_SIZE: f32 = 10.0;
pub const SMALL_SIZE: f32 = 8.0;
pub const FOOTER_SIZE: f32 = 6.5;
/// Size of a raised number against the text beside it, and how far it is raised, in parts of that text's size.
pub const RAISED_SIZE: f32 = 0.64;
pub const RAISED_BY: f32 = 0.36;

pub const PARAGRAPH_GAP: f32 = 8.0;
/// Between a hanging number and its paragraph.
pub const NUMBER_GAP: f32 = 11.0;
/// Width of one step of indentation: `(a)`, lists, quotations.
pub const INDENT: f32 = 26.0;
/// Text is never squeezed below this width, however deep it is nested.
pub const TEXT_WIDTH_MIN: f32 = 180.0;

/// Space above the rule over the footnotes, and from that rule to the first of them.
pub const NOTES_ABOVE: f32 = 12.0;
pub const NOTES_BELOW: f32 = 5.0;
pub const NOTES_RULE: f32 = 120.0;
/// Footnotes take at most this part of a page while text is left; the rest goes on at the foot of the next.
pub const NOTES_SHARE: f32 = 0.5;

pub const COLUMN_GAP: f32 = 24.0;
pub const COLUMN_WIDTH: f32 = (TEXT_WIDTH - COLUMN_GAP) / 2.0;
/// Country beside a name: at most this part of the column.
pub const COUNTRY_SHARE: f32 = 0.42;
pub const BLANK_LINE_HEIGHT: f32 = 26.0;
pub const HAIRLINE: f32 = 0.4;

/// Of the foot: how much of its width is for the page's number and the edition, and the space under its rule.
pub const FOOT_ASIDE_SHARE: f32 = 0.22;
pub const FOOT_SPACE: f32 = 6.0;

/// Red, green, blue from 0 to 1.
#[derive(Debug, Clone, Copy, PartialEq, Default)]
pub enum Tone {
    #[default]
    Ink,
    /// Small print and glosses.
    Muted,
    Link,
    /// Rules.
    Faint,
}

impl Tone {
    pub fn rgb(self) -> [f32; 3] {
        match self {
            Tone::Ink => [0.07, 0.09, 0.15],
            Tone::Muted => [0.34, 0.37, 0.43],
            Tone::Link => [0.09, 0.22, 0.47],
            Tone::Faint => [0.62, 0.64, 0.68],
        }
    }
}
