//! Brackets around words that are not agreed. A format of letters names the bracket, its value the alternative.
//!
//! The signs are not those one types: `[sic]` is agreed, and what was in brackets must still be told from it when a version comes back.

use serde_json::Value;

use super::delta::Attributes;
use crate::text::description;
use crate::text::limits::BRACKETS_AROUND_MAX;

pub const OPENS: char = '\u{27e6}';
pub const CLOSES: char = '\u{27e7}';

/// A bracket, and which of its alternatives, if that is what a format says.
pub fn read<'a>(name: &'a str, value: &Value) -> Option<(&'a str, u8)> {
    Some((description::bracket_of(name)?, description::alternative(value.as_str()?)?))
}

/// The brackets that letters of these attributes stand in.
pub fn of(attributes: Attributes<'_>) -> impl Iterator<Item = (&str, u8)> {
    attributes.names().filter_map(move |name| read(name, attributes.get(name)?))
}

/// The brackets that are open where a paragraph is read.
#[derive(Default)]
pub struct Opened<'a>(Vec<(&'a str, u8)>);

impl<'a> Opened<'a> {
    /// The signs between what was read last and letters of these attributes.
    pub fn goes_on(&mut self, attributes: Attributes<'a>) -> String {
        let now: Vec<(&str, u8)> = of(attributes).take(BRACKETS_AROUND_MAX).collect();
        let closed = self.0.iter().filter(|open| !now.contains(open)).map(|_| CLOSES);
        let opened = now.iter().filter(|open| !self.0.contains(open)).map(|_| OPENS);
        let signs = closed.chain(opened).collect();
        self.0 = now;
        signs
    }
}
