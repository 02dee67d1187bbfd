//! The file before it is a file: ink at places, page by page, in points from the upper left corner.
//!
//! Nothing here knows which library writes the bytes. Every stretch keeps the text it shows, so that a writer can
//! make it searchable, and later tag it, without asking the text again.

use super::fonts::Face;
use super::measures::Tone;
use std::rc::Rc;

#[derive(Debug, Clone, Default)]
pub struct Page {
    pub ink: Vec<Placed>,
}

/// A piece of ink: for text, `x` is its left edge and `y` its baseline; for a rule, its left end and its middle.
#[derive(Debug, Clone)]
pub struct Placed {
    pub x: f32,
    pub y: f32,
    pub ink: Ink,
}

#[derive(Debug, Clone)]
pub enum Ink {
    Text(Rc<Stretch>),
    Rule { width: f32, thickness: f32, tone: Tone },
}

/// Glyphs of one face and size on one baseline, in the order in which they stand from left to right.
#[derive(Debug, Clone)]
pub struct Stretch {
    pub face: Face,
    pub size: f32,
    pub tone: Tone,
    /// The face has no bold of its own: thicken the outline.
    pub embolden: bool,
    /// The face has no italic of its own: lean by this tangent.
    pub lean: f32,
    pub link: Option<Rc<str>>,
    pub width: f32,
    pub clusters: Vec<Cluster>,
}

/// Glyphs that together show `text`, which may be several characters for several glyphs.
#[derive(Debug, Clone)]
pub struct Cluster {
    pub text: String,
    pub glyphs: Vec<Glyph>,
}

/// `x` from the left edge of the stretch, `y` upwards from its baseline.
#[derive(Debug, Clone, Copy)]
pub struct Glyph {
    pub id: u16,
    pub x: f32,
    pub y: f32,
}

impl Placed {
    pub fn rule(x: f32, y: f32, width: f32, thickness: f32, tone: Tone) -> Placed {
        Placed { x, y, ink: Ink::Rule { width, thickness, tone } }
    }

    pub fn moved(&self, dx: f32, dy: f32) -> Placed {
        Placed { x: self.x + dx, y: self.y + dy, ink: self.ink.clone() }
    }
}
