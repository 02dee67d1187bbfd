//! The one stylesheet of the public pages: tokens, parts, what these pages add and what stands in when the reader's system chooses the
//! colours, in this order; and the fonts they name.
//! Light or dark follows the reader's system, by the tokens.

use std::sync::OnceLock;

const TOKENS: &str = include_str!(concat!(env!("CARGO_MANIFEST_DIR"), "/web/src/styles/tokens.css"));
const COMPONENTS: &str = include_str!(concat!(env!("CARGO_MANIFEST_DIR"), "/web/src/styles/components.css"));
const PAGES: &str = include_str!("style/pages.css");
const FORCED: &str = include_str!(concat!(env!("CARGO_MANIFEST_DIR"), "/web/src/styles/forced.css"));

/// Served at `/style/public.css`.
pub fn public_css() -> &'static str {
    static CSS: OnceLock<String> = OnceLock::new();
    CSS.get_or_init(|| [TOKENS, COMPONENTS, PAGES, FORCED].map(without_comments).concat())
}

/// A font served at `/fonts/<name>`, if there is one of that name (`font/woff2`; it never changes under its name).
pub fn font(name: &str) -> Option<&'static [u8]> {
    FONTS.iter().find(|(known, _)| *known == name).map(|(_, bytes)| *bytes)
}

macro_rules! fonts {
    ($($name:literal),* $(,)?) => { &[$(($name, include_bytes!(concat!("fonts/", $name)).as_slice())),*] };
}

const FONTS: &[(&str, &[u8])] = fonts![
    "noto-sans-400.woff2",
    "noto-sans-700.woff2",
    "noto-sans-cyrillic-400.woff2",
    "noto-sans-cyrillic-700.woff2",
    "noto-sans-more-400.woff2",
    "noto-sans-more-700.woff2",
    "noto-serif-400.woff2",
    "noto-serif-700.woff2",
    "noto-serif-cyrillic-400.woff2",
    "noto-serif-cyrillic-700.woff2",
    "noto-serif-more-400.woff2",
    "noto-serif-more-700.woff2",
];

fn without_comments(css: &str) -> String {
    let mut out = String::with_capacity(css.len());
    let mut rest = css;
    while let Some((before, after)) = rest.split_once("/*") {
        out.push_str(before);
        rest = after.split_once("*/").map_or("", |(_, tail)| tail);
    }
    out.push_str(rest);
    let lines: Vec<&str> = out.lines().map(str::trim).filter(|line| !line.is_empty()).collect();
    lines.join("\n") + "\n"
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn readers_whose_system_is_dark_get_the_dark_values() {
        assert!(public_css().contains("prefers-color-scheme: dark"));
    }

    #[test]
    fn the_sheet_is_whole_and_every_font_it_names_is_served() {
        let css = public_css();
        assert_eq!(css.matches('{').count(), css.matches('}').count());
        for named in css.split("url(/fonts/").skip(1).filter_map(|rest| rest.split(')').next()) {
            assert!(font(named).is_some(), "{named}");
        }
        assert!(css.len() < 60_000, "the first screen of a public page stays under 100 kB, and this is {} bytes", css.len());
    }
}
