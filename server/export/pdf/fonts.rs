//! The bundled faces, one for each script an organisation's name has been seen in, and a few more.
//!
//! Fonts of the machine are never asked: the same sheet must give the same file everywhere.

use crate::text::unseen;
use parley::fontique::{
    Blob, Collection, CollectionOptions, FontInfoOverride, FontStyle, FontWeight, QueryFamily, QueryStatus, SourceCache,
};
use parley::{FontContext, FontFamily, FontFamilyName};
use std::borrow::Cow;
use std::collections::{HashMap, HashSet};
use std::sync::{Arc, Mutex, OnceLock, PoisonError};

/// A bundled face, as its place in the table below.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Face(usize);

/// What a text is set in; every other script falls back by itself.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Family {
    /// The statement and the names.
    Serif,
    /// Small print.
    Sans,
}

impl Face {
    /// The whole font file.
    pub fn bytes(self) -> &'static [u8] {
        FACES[self.0].bytes
    }

    /// PostScript name, for the properties of the file.
    pub fn name(self) -> &'static str {
        FACES[self.0].name
    }

    /// A short name that is unique within a file, ordered like the table.
    pub fn key(self) -> String {
        format!("T{:02}", self.0)
    }
}

/// A context that knows the bundled faces and no others. Parsing the table takes milliseconds, so it is done once.
pub fn context() -> FontContext {
    loaded().context.clone()
}

/// The face a shaped run was made with, from the identity of its data.
pub fn face_of(blob: u64) -> Option<Face> {
    loaded().faces.get(&blob).copied()
}

/// The characters of a text that no bundled face has, each once.
pub fn unprintable(text: &str) -> Vec<char> {
    let mut missing: Vec<char> = unprintable_at(text).into_iter().map(|(_, c)| c).collect();
    let mut met = HashSet::new();
    missing.retain(|c| met.insert(*c));
    missing
}

/// Every character of a text that no bundled face has, with the bytes before it. Signs that the rule of unseen characters
/// knows shape or steer letters and need no glyph; where they must not stand, that rule names them.
pub fn unprintable_at(text: &str) -> Vec<(usize, char)> {
    static KNOWN: OnceLock<Mutex<HashMap<char, bool>>> = OnceLock::new();
    let mut known = KNOWN.get_or_init(Mutex::default).lock().unwrap_or_else(PoisonError::into_inner);
    let needs_a_glyph = |c: &char| !c.is_ascii() && !c.is_whitespace() && !unseen::is_sign(*c);
    let letters = text.char_indices().filter(|(_, c)| needs_a_glyph(c));
    // At most one entry for each character of Unicode.
    letters.filter(|(_, c)| !*known.entry(*c).or_insert_with(|| covers(*c))).collect()
}

/// Whether any bundled face has this character. Slow; meant for refusals.
pub fn covers(c: char) -> bool {
    let mut context = context();
    let mut query = context.collection.query(&mut context.source_cache);
    query.set_families(FACES.iter().map(|face| QueryFamily::Named(face.family)));
    let mut found = false;
    query.matches_with(|font| {
        found = font.charmap().is_some_and(|map| map.map(c).is_some_and(|glyph| glyph != 0));
        if found { QueryStatus::Stop } else { QueryStatus::Continue }
    });
    found
}

/// The families to try, in order: the one asked for, then every script.
///
/// The family of the block's own script goes in front when it has no Latin of its own, so that spaces and
/// punctuation between its words come from the same hand and do not break the line into scraps.
pub fn stack(family: Family, text: &str) -> FontFamily<'static> {
    let body = match family {
        Family::Serif => SERIF,
        Family::Sans => SANS,
    };
    let mut names = Vec::with_capacity(FACES.len());
    names.extend(leading_script(text));
    for name in std::iter::once(body).chain([SERIF]).chain(FACES.iter().map(|face| face.family)) {
        if !names.contains(&name) {
            names.push(name);
        }
    }
    FontFamily::List(Cow::Owned(names.into_iter().map(|name| FontFamilyName::Named(Cow::Borrowed(name))).collect()))
}

/// The family of the first letter's script, for scripts whose text is full of joined words and spaces.
fn leading_script(text: &str) -> Option<&'static str> {
    let first = text.chars().find(|c| c.is_alphabetic())?;
    match u32::from(first) {
        0x0600..=0x06FF | 0x0750..=0x077F | 0x08A0..=0x08FF | 0xFB50..=0xFDFF | 0xFE70..=0xFEFE => Some("Noto Naskh Arabic"),
        0x0590..=0x05FF => Some("Noto Serif Hebrew"),
        _ => None,
    }
}

struct Loaded {
    context: FontContext,
    faces: HashMap<u64, Face>,
}

fn loaded() -> &'static Loaded {
    static LOADED: OnceLock<Loaded> = OnceLock::new();
    LOADED.get_or_init(|| {
        let mut collection = Collection::new(CollectionOptions { shared: false, system_fonts: false });
        let mut faces = HashMap::new();
        for (place, face) in FACES.iter().enumerate() {
            let blob = Blob::new(Arc::new(face.bytes));
            faces.insert(blob.id(), Face(place));
            let style = if face.italic { FontStyle::Italic } else { FontStyle::Normal };
            let weight = if face.bold { FontWeight::BOLD } else { FontWeight::NORMAL };
            let named = FontInfoOverride { family_name: Some(face.family), style: Some(style), weight: Some(weight), ..Default::default() };
            collection.register_fonts(blob, Some(named));
        }
        Loaded { context: FontContext { collection, source_cache: SourceCache::default() }, faces }
    })
}

const SERIF: &str = "Noto Serif";
const SANS: &str = "Noto Sans";

struct Bundled {
    family: &'static str,
    name: &'static str,
    bold: bool,
    italic: bool,
    bytes: &'static [u8],
}

macro_rules! faces {
    ($($family:literal $name:literal $bold:literal $italic:literal;)*) => {
        &[$(Bundled {
            family: $family,
            name: $name,
            bold: $bold,
            italic: $italic,
            bytes: include_bytes!(concat!("../assets/fonts/", $name, ".ttf")),
        }),*]
    };
}

/// Order matters twice: it is the order of fallback, and the order of fonts in a file. New faces go at the end of
/// their group. Mongolian stays behind Droid because it has a comma and a full stop of Chinese, in another shape.
const FACES: &[Bundled] = faces! {
    "Noto Serif" "NotoSerif-Regular" false false;
    "Noto Serif" "NotoSerif-Bold" true false;
    "Noto Serif" "NotoSerif-Italic" false true;
    "Noto Serif" "NotoSerif-BoldItalic" true true;
    "Noto Sans" "NotoSans-Regular" false false;
    "Noto Sans" "NotoSans-Bold" true false;
    "Noto Naskh Arabic" "NotoNaskhArabic-Regular" false false;
    "Noto Naskh Arabic" "NotoNaskhArabic-Bold" true false;
    "Noto Serif Hebrew" "NotoSerifHebrew-Regular" false false;
    "Noto Serif Hebrew" "NotoSerifHebrew-Bold" true false;
    "Noto Serif Armenian" "NotoSerifArmenian-Regular" false false;
    "Noto Serif Armenian" "NotoSerifArmenian-Bold" true false;
    "Noto Serif Georgian" "NotoSerifGeorgian-Regular" false false;
    "Noto Serif Georgian" "NotoSerifGeorgian-Bold" true false;
    "Noto Serif Devanagari" "NotoSerifDevanagari-Regular" false false;
    "Noto Serif Devanagari" "NotoSerifDevanagari-Bold" true false;
    "Noto Serif Ethiopic" "NotoSerifEthiopic-Regular" false false;
    "Noto Serif Bengali" "NotoSerifBengali-Regular" false false;
    "Noto Serif Tamil" "NotoSerifTamil-Regular" false false;
    "Noto Serif Myanmar" "NotoSerifMyanmar-Regular" false false;
    "Noto Serif Khmer" "NotoSerifKhmer-Regular" false false;
    "Noto Serif Thai" "NotoSerifThai-Regular" false false;
    "Noto Serif Lao" "NotoSerifLao-Regular" false false;
    "Noto Serif Gujarati" "NotoSerifGujarati-Regular" false false;
    "Noto Serif Gurmukhi" "NotoSerifGurmukhi-Regular" false false;
    "Noto Serif Kannada" "NotoSerifKannada-Regular" false false;
    "Noto Serif Malayalam" "NotoSerifMalayalam-Regular" false false;
    "Noto Serif Sinhala" "NotoSerifSinhala-Regular" false false;
    "Noto Serif Telugu" "NotoSerifTelugu-Regular" false false;
    "Noto Serif Tibetan" "NotoSerifTibetan-Regular" false false;
    "Noto Sans Oriya" "NotoSansOriya-Regular" false false;
    "Noto Sans Tifinagh" "NotoSansTifinagh-Regular" false false;
    "Noto Sans NKo" "NotoSansNKo-Regular" false false;
    "Noto Sans Adlam" "NotoSansAdlam-Regular" false false;
    "Noto Sans Thaana" "NotoSansThaana-Regular" false false;
    "Noto Sans Syriac" "NotoSansSyriac-Regular" false false;
    "Noto Sans Canadian Aboriginal" "NotoSansCanadianAboriginal-Regular" false false;
    "Noto Sans Cherokee" "NotoSansCherokee-Regular" false false;
    "Noto Sans Ol Chiki" "NotoSansOlChiki-Regular" false false;
    "Noto Sans CJK KR" "NotoSansKR-Hangul" false false;
    "Droid Sans Fallback" "DroidSansFallbackFull" false false;
    "Noto Sans Mongolian" "NotoSansMongolian-Regular" false false;
    "Noto Sans Math" "NotoSansMath-Signs" false false;
    "Noto Sans Symbols" "NotoSansSymbols-Regular" false false;
    "Noto Sans Symbols 2" "NotoSansSymbols2-Regular" false false;
};
