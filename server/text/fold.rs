//! Text as it is compared where spelling must not matter: without case, accents or compatibility forms.

use unicode_normalization::{UnicodeNormalization, char::is_combining_mark};

/// Lower case, compatibility forms folded, accents dropped.
pub fn fold(text: &str) -> String {
    text.nfkd().filter(|c| !is_combining_mark(*c)).flat_map(char::to_lowercase).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_search_finds_names_whatever_their_accents() {
        assert_eq!(fold("L’Atelier des TÉMOINS"), "l’atelier des temoins");
        assert_eq!(fold("İstanbul"), "istanbul");
    }
}
