//! A cursor over lib0's encoding of numbers and text, strict about form and bounded by what is left.

use super::refusal::GateRefusal;
use crate::drafting::limits::*;

/// Reads from `at` on.
pub(in crate::drafting) struct Cursor<'a> {
    pub bytes: &'a [u8],
    pub at: usize,
}

/// One letter's, format's or embed's address: the client that made it and that client's clock.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct Id {
    pub client: u64,
    pub clock: u32,
}

impl<'a> Cursor<'a> {
    pub fn left(&self) -> usize {
        self.bytes.len() - self.at
    }

    pub fn byte(&mut self) -> Result<u8, GateRefusal> {
        let byte = *self.bytes.get(self.at).ok_or(GateRefusal::Malformed("the bytes end too early"))?;
        self.at += 1;
        Ok(byte)
    }

    pub fn take(&mut self, len: usize) -> Result<&'a [u8], GateRefusal> {
        let end = self.at.checked_add(len).filter(|end| *end <= self.bytes.len());
        let end = end.ok_or(GateRefusal::Malformed("the bytes end too early"))?;
        let taken = &self.bytes[self.at..end];
        self.at = end;
        Ok(taken)
    }

    /// An unsigned number in the one shortest form; longer forms are read differently by different libraries.
    pub fn number(&mut self, max: u64) -> Result<u64, GateRefusal> {
        let (mut number, mut shift) = (0u64, 0u32);
        loop {
            let byte = self.byte()?;
            number |= u64::from(byte & 0x7f) << shift;
            if byte < 0x80 {
                if byte == 0 && shift > 0 {
                    return Err(GateRefusal::Malformed("a number in a form no editor writes"));
                }
                break;
            }
            shift += 7;
            if shift > 49 {
                return Err(GateRefusal::TooMuch("number"));
            }
        }
        if number > max { Err(GateRefusal::TooMuch("number")) } else { Ok(number) }
    }

    /// A count of things that follow; each takes a byte at least.
    pub fn count(&mut self, what: &'static str) -> Result<u64, GateRefusal> {
        self.number(CLIENT_ID_MAX).ok().filter(|count| *count <= self.left() as u64).ok_or(GateRefusal::TooMuch(what))
    }

    pub fn client(&mut self) -> Result<u64, GateRefusal> {
        self.number(CLIENT_ID_MAX).map_err(|refusal| match refusal {
            GateRefusal::TooMuch(_) => GateRefusal::TooMuch("client id"),
            other => other,
        })
    }

    pub fn clock(&mut self) -> Result<u32, GateRefusal> {
        self.number(CLOCK_MAX.into()).map(|clock| clock as u32)
    }

    pub fn length(&mut self) -> Result<u32, GateRefusal> {
        match self.clock()? {
            0 => Err(GateRefusal::Malformed("a length of nothing")),
            len => Ok(len),
        }
    }

    pub fn id(&mut self) -> Result<Id, GateRefusal> {
        Ok(Id { client: self.client()?, clock: self.clock()? })
    }

    pub fn text(&mut self) -> Result<&'a str, GateRefusal> {
        let len = self.number(CLIENT_ID_MAX)?;
        let raw = self.take(usize::try_from(len).map_err(|_| GateRefusal::TooMuch("text"))?)?;
        std::str::from_utf8(raw).map_err(|_| GateRefusal::Malformed("text that is not UTF-8"))
    }
}
