//! The package a Word file is: a ZIP archive (APPNOTE 6.3) of named parts, each deflated, with nothing in it that says when or where.
//!
//! Written here because of a file that is made in memory nothing more is needed; the same parts give the same bytes.

use std::io::{self, Write};

use flate2::{Compression, Crc, write::DeflateEncoder};

/// Version 2.0 of the format: deflate.
const NEEDS: u16 = 20;
/// Names are UTF-8.
const FLAGS: u16 = 1 << 11;
const DEFLATED: u16 = 8;
/// The first day the format knows: a package has no date of its own.
const DATE: u16 = 0x21;

/// The bytes of a package.
pub fn package(parts: &[(String, String)]) -> io::Result<Vec<u8>> {
    let (mut file, mut directory) = (Vec::new(), Vec::new());
    for (name, content) in parts {
        let at = u32::try_from(file.len()).map_err(io::Error::other)?;
        let mut crc = Crc::new();
        crc.update(content.as_bytes());
        let mut packed = DeflateEncoder::new(Vec::new(), Compression::default());
        packed.write_all(content.as_bytes())?;
        let packed = packed.finish()?;
        let mut about = Vec::new();
        for number in [NEEDS, FLAGS, DEFLATED, 0, DATE] {
            about.extend(number.to_le_bytes());
        }
        about.extend(crc.sum().to_le_bytes());
        for length in [packed.len(), content.len()] {
            about.extend(u32::try_from(length).map_err(io::Error::other)?.to_le_bytes());
        }
        about.extend(u16::try_from(name.len()).map_err(io::Error::other)?.to_le_bytes());
        // No extra field.
        about.extend([0; 2]);

        file.extend(b"PK\x03\x04");
        file.extend(&about);
        file.extend(name.as_bytes());
        file.extend(packed);

        directory.extend(b"PK\x01\x02");
        directory.extend(NEEDS.to_le_bytes());
        directory.extend(&about);
        // No comment, the first disk, no attributes.
        directory.extend([0; 10]);
        directory.extend(at.to_le_bytes());
        directory.extend(name.as_bytes());
    }
    let (begins, length) =
        (u32::try_from(file.len()).map_err(io::Error::other)?, u32::try_from(directory.len()).map_err(io::Error::other)?);
    let count = u16::try_from(parts.len()).map_err(io::Error::other)?;
    file.extend(directory);
    file.extend(b"PK\x05\x06");
    file.extend([0; 4]);
    file.extend(count.to_le_bytes());
    file.extend(count.to_le_bytes());
    file.extend(length.to_le_bytes());
    file.extend(begins.to_le_bytes());
    file.extend([0; 2]);
    Ok(file)
}
