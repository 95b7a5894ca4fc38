//! What a content is, whatever its name says.
//!
//! Owns the closed list of kinds that evidence may be of, and how each is told: by its beginning and its end, of an office
//! document by the names of its parts. None of them is run by anybody here; the list keeps out what runs by itself where it
//! is opened: programs, pages, pictures with scripts, documents with macros.

/// A kind of file that is taken.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Kind {
    /// A document for reading.
    Pdf,
    /// A photo.
    Jpeg,
    /// A picture.
    Png,
    /// A photo.
    Webp,
    /// A text document, without macros.
    Docx,
    /// A workbook, without macros.
    Xlsx,
    /// Plain text: UTF-8 or GB 18030.
    Text,
}

impl Kind {
    /// All kinds.
    pub const ALL: [Kind; 7] = [Kind::Pdf, Kind::Jpeg, Kind::Png, Kind::Webp, Kind::Docx, Kind::Xlsx, Kind::Text];

    /// What a content is; `None` for anything that is not taken.
    #[must_use]
    pub fn of(content: &[u8]) -> Option<Kind> {
        Kind::ALL.into_iter().find(|kind| kind.holds(content))
    }

    /// Its media type.
    #[must_use]
    pub const fn media_type(self) -> &'static str {
        match self {
            Kind::Pdf => "application/pdf",
            Kind::Jpeg => "image/jpeg",
            Kind::Png => "image/png",
            Kind::Webp => "image/webp",
            Kind::Docx => "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
            Kind::Xlsx => "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
            Kind::Text => "text/plain",
        }
    }

    /// What the name of such a file ends with, in small letters; the first is the usual one.
    #[must_use]
    pub const fn endings(self) -> &'static [&'static str] {
        match self {
            Kind::Pdf => &["pdf"],
            Kind::Jpeg => &["jpg", "jpeg"],
            Kind::Png => &["png"],
            Kind::Webp => &["webp"],
            Kind::Docx => &["docx"],
            Kind::Xlsx => &["xlsx"],
            Kind::Text => &["txt", "csv", "log", "md"],
        }
    }

    fn holds(self, content: &[u8]) -> bool {
        match self {
            Kind::Pdf => content.starts_with(b"%PDF-") && contains(last(content, 2048), b"%%EOF"),
            Kind::Jpeg => content.starts_with(&[0xff, 0xd8, 0xff]) && contains(content, &[0xff, 0xd9]),
            Kind::Png => {
                content.starts_with(b"\x89PNG\r\n\x1a\n")
                    && content.get(12..16) == Some(b"IHDR")
                    && contains(last(content, 2048), b"IEND")
            }
            Kind::Webp => is_webp(content),
            Kind::Docx => has_part(content, b"word/document.xml"),
            Kind::Xlsx => has_part(content, b"xl/workbook.xml"),
            Kind::Text => is_text(content),
        }
    }
}

fn last(content: &[u8], bytes: usize) -> &[u8] {
    &content[content.len().saturating_sub(bytes)..]
}

fn contains(content: &[u8], wanted: &[u8]) -> bool {
    content.windows(wanted.len()).any(|window| window == wanted)
}

fn u16_at(content: &[u8], at: usize) -> Option<usize> {
    let bytes = content.get(at..at.checked_add(2)?)?;
    Some(usize::from(u16::from_le_bytes(bytes.try_into().ok()?)))
}

fn u32_at(content: &[u8], at: usize) -> Option<usize> {
    let bytes = content.get(at..at.checked_add(4)?)?;
    usize::try_from(u32::from_le_bytes(bytes.try_into().ok()?)).ok()
}

fn is_webp(content: &[u8]) -> bool {
    let parts = [&b"VP8 "[..], b"VP8L", b"VP8X"];
    content.starts_with(b"RIFF")
        && content.get(8..12) == Some(b"WEBP")
        && u32_at(content, 4).is_some_and(|size| size + 8 <= content.len())
        && content.get(12..16).is_some_and(|part| parts.contains(&part))
}

/// Whether it is an office document with a part of this name, and nothing in it that would run.
fn has_part(content: &[u8], wanted: &[u8]) -> bool {
    let Some(names) = names_in_zip(content) else { return false };
    let has = |wanted: &[u8]| names.contains(&wanted);
    let runs = |name: &&[u8]| name.to_ascii_lowercase().ends_with(b"vbaproject.bin");
    has(b"[Content_Types].xml") && has(wanted) && !names.iter().any(runs)
}

/// The names of the parts of a ZIP archive, from its directory; `None` for what is none from its first byte to its last.
fn names_in_zip(content: &[u8]) -> Option<Vec<&[u8]>> {
    const END: usize = 22;
    if !content.starts_with(b"PK\x03\x04") {
        return None;
    }
    // The end of the directory is followed by a comment, which it counts.
    let first = content.len().saturating_sub(END + 0xffff);
    let end = (first..=content.len().checked_sub(END)?).rev().find(|&at| {
        content[at..].starts_with(b"PK\x05\x06")
            && u16_at(content, at + 20).is_some_and(|comment| at + END + comment == content.len())
    })?;
    let (parts, mut at) = (u16_at(content, end + 10)?, u32_at(content, end + 16)?);
    let mut names = Vec::new();
    for _ in 0..parts {
        if content.get(at..at.checked_add(4)?)? != b"PK\x01\x02" {
            return None;
        }
        let (name, extra, comment) = (u16_at(content, at + 28)?, u16_at(content, at + 30)?, u16_at(content, at + 32)?);
        names.push(content.get(at + 46..at + 46 + name)?);
        at += 46 + name + extra + comment;
    }
    (at == end).then_some(names)
}

/// Whether it is text that anybody reads as such: no control characters, no page and no script.
fn is_text(content: &[u8]) -> bool {
    let content = content.strip_prefix(b"\xef\xbb\xbf").unwrap_or(content);
    let is_shown = |byte: u8| byte >= 0x20 && byte != 0x7f || matches!(byte, b'\t' | b'\n' | b'\r' | 0x0c);
    if content.is_empty() || !content.iter().copied().all(is_shown) {
        return false;
    }
    let is_written = std::str::from_utf8(content).is_ok() || is_gb18030(content);
    is_written && !is_markup(content)
}

/// Whether a text begins as a page, a picture with scripts or a script does.
fn is_markup(content: &[u8]) -> bool {
    let begins = content.trim_ascii_start();
    match begins {
        [b'<', next, ..] => next.is_ascii_alphabetic() || matches!(next, b'!' | b'?' | b'/'),
        [b'#', b'!', ..] => true,
        _ => false,
    }
}

/// Whether the bytes can be GB 18030: pairs, or quadruples of which the second is a digit.
fn is_gb18030(mut content: &[u8]) -> bool {
    loop {
        content = match content {
            [] => return true,
            [0..=0x7f, rest @ ..] => rest,
            [0x81..=0xfe, 0x40..=0x7e | 0x80..=0xfe, rest @ ..] => rest,
            [0x81..=0xfe, 0x30..=0x39, 0x81..=0xfe, 0x30..=0x39, rest @ ..] => rest,
            _ => return false,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const PNG: &[u8] =
        b"\x89PNG\r\n\x1a\n\0\0\0\rIHDR\0\0\0\x01\0\0\0\x01\x08\x06\0\0\0\x1f\x15\xc4\x89\0\0\0\0IEND\xaeB`\x82";

    /// An archive of empty parts, as any program writes one.
    fn archive(names: &[&str]) -> Vec<u8> {
        let (mut content, mut directory) = (Vec::new(), Vec::new());
        for name in names {
            let at = u32::try_from(content.len()).unwrap().to_le_bytes();
            let length = u16::try_from(name.len()).unwrap().to_le_bytes();
            content.extend(b"PK\x03\x04");
            content.extend([0; 22]);
            content.extend(length);
            content.extend([0; 2]);
            content.extend(name.as_bytes());
            directory.extend(b"PK\x01\x02");
            directory.extend([0; 24]);
            directory.extend(length);
            directory.extend([0; 12]);
            directory.extend(at);
            directory.extend(name.as_bytes());
        }
        let at = u32::try_from(content.len()).unwrap().to_le_bytes();
        let (size, parts) = (u32::try_from(directory.len()).unwrap(), u16::try_from(names.len()).unwrap());
        content.extend(directory);
        content.extend(b"PK\x05\x06\0\0\0\0");
        content.extend(parts.to_le_bytes());
        content.extend(parts.to_le_bytes());
        content.extend(size.to_le_bytes());
        content.extend(at);
        content.extend([0; 2]);
        content
    }

    #[test]
    fn each_kind_is_told_by_its_content() {
        let webp = b"RIFF\x10\0\0\0WEBPVP8L\x04\0\0\0\x2f\0\0\0".to_vec();
        for (content, kind) in [
            (b"%PDF-1.7\n1 0 obj\n%%EOF\n".to_vec(), Kind::Pdf),
            (b"\xff\xd8\xff\xe0\0\x10JFIF\0\xff\xd9".to_vec(), Kind::Jpeg),
            (PNG.to_vec(), Kind::Png),
            (webp, Kind::Webp),
            (archive(&["[Content_Types].xml", "word/document.xml"]), Kind::Docx),
            (archive(&["[Content_Types].xml", "xl/workbook.xml"]), Kind::Xlsx),
            ("信访局 2018 年第 3 号通报\r\n".as_bytes().to_vec(), Kind::Text),
            ("\u{feff}有签名的".as_bytes().to_vec(), Kind::Text),
            // 评议 in GB 18030, and a quadruple of it.
            (b"\xc6\xc0\xd2\xe9 2018\n\x81\x30\x81\x30".to_vec(), Kind::Text),
        ] {
            assert_eq!(Kind::of(&content), Some(kind), "{}", String::from_utf8_lossy(&content));
        }
        // What a program of another hand writes.
        let mut book = rust_xlsxwriter::Workbook::new();
        book.add_worksheet().write(0, 0, "单位").unwrap();
        assert_eq!(Kind::of(&book.save_to_buffer().unwrap()), Some(Kind::Xlsx));
    }

    #[test]
    fn what_runs_and_what_is_cut_is_of_no_kind() {
        let mut cut = archive(&["[Content_Types].xml", "word/document.xml"]);
        cut.pop();
        let mut run = b"MZ\x90\0".to_vec();
        run.extend(archive(&["[Content_Types].xml", "word/document.xml"]));
        for content in [
            Vec::new(),
            b"MZ\x90\0\x03".to_vec(),
            b"\x7fELF".to_vec(),
            b"<!DOCTYPE html><script>alert(1)</script>".to_vec(),
            b"\xef\xbb\xbf \n<svg onload=alert(1)>".to_vec(),
            b"<?xml version=\"1.0\"?>".to_vec(),
            b"#!/bin/sh\n".to_vec(),
            b"GIF89a".to_vec().into_iter().chain([0, 1]).collect(),
            b"%PDF-1.7 without an end".iter().copied().chain([0]).collect(),
            PNG[..20].to_vec(),
            b"\xff\xd8\xff\xe0".to_vec(),
            b"RIFF\xff\0\0\0WEBPVP8 ".to_vec(),
            b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1".to_vec(),
            archive(&["a.txt"]),
            archive(&["[Content_Types].xml", "word/document.xml", "word/vbaProject.bin"]),
            cut,
            run,
            b"a\0b".to_vec(),
            b"\xc6".to_vec(),
        ] {
            assert_eq!(Kind::of(&content), None, "{}", String::from_utf8_lossy(&content));
        }
    }
}
