//! Words of a field (a title, a name, a reason) that people sign or are named by: the rule of [`unseen`], said as a refusal
//! with the character and its place.

use super::{place, unseen};
use crate::kernel::{No, Refusal};

/// Refuses a field whose words hold what nobody sees, with the character and its place.
pub fn refused(field: &'static str, text: &str) -> Result<(), Refusal> {
    let Some(first) = unseen::find(text).first().copied() else { return Ok(()) };
    let sign = first.at..first.at + first.sign.len_utf8();
    Err(Refusal::new(No::CharacterUnseen)
        .with("field", field)
        .with("character", unseen::called(first.name))
        .with("code", unseen::code_point(first.sign))
        .with("place", place::excerpt(text, sign)))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_field_is_refused_with_the_character_and_its_place() {
        let refusal = refused("title", "Director\u{202e}rotceriD").unwrap_err();
        assert_eq!(refusal.no, No::CharacterUnseen);
        let said: Vec<&str> = ["field", "character", "code", "place"].map(|name| refusal.params[name].as_str().unwrap()).to_vec();
        assert_eq!(said, ["title", "right-to-left override", "U+202E", "Director⟨U+202E⟩rotceriD"]);
        assert_eq!(refused("title", "Directrice générale\u{a0}: l’Écoute"), Ok(()));
    }
}
