//! In what encoding a file is: by its mark, or by what its bytes would say in each, over the whole file.
//!
//! Owns the choice. Decoding is asked of the caller: the browser has the decoders, and a table of our own would weigh
//! more than the page. Not `chardetng`: it and its tables weigh as much as a page's bundle, it does not know UTF-16, and
//! it takes two words of GBK whose bytes happen to be valid UTF-8 for Cyrillic.

/// The encodings that a file of an office has.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Encoding {
    /// What most programs write today.
    Utf8,
    /// GBK and what came before and after it: Excel's "CSV" in China.
    Gb18030,
    /// Traditional characters.
    Big5,
    /// Excel's "Unicode text".
    Utf16Le,
    /// The same with its bytes the other way round.
    Utf16Be,
}

/// Why a file is not read.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Unreadable {
    /// Nothing is in it, or nothing but a mark and blanks.
    Empty,
    /// A workbook of Excel or WPS, by its first bytes.
    Workbook,
    /// No text.
    Binary,
    /// A text in no encoding that can be told.
    Unsure,
    /// The file is not in the encoding that was chosen.
    NotThis,
}

impl Encoding {
    /// All, in the order in which they are offered.
    pub const ALL: [Encoding; 5] =
        [Encoding::Utf8, Encoding::Gb18030, Encoding::Big5, Encoding::Utf16Le, Encoding::Utf16Be];

    /// The name that decoders know it by.
    #[must_use]
    pub const fn label(self) -> &'static str {
        match self {
            Encoding::Utf8 => "utf-8",
            Encoding::Gb18030 => "gb18030",
            Encoding::Big5 => "big5",
            Encoding::Utf16Le => "utf-16le",
            Encoding::Utf16Be => "utf-16be",
        }
    }
}

/// A file's text and its encoding. `decode` is strict and gives nothing where one byte does not fit.
///
/// # Errors
/// Why it is not read.
pub fn detect(bytes: &[u8], decode: impl Fn(Encoding) -> Option<String>) -> Result<(Encoding, String), Unreadable> {
    if bytes.is_empty() {
        return Err(Unreadable::Empty);
    }
    if bytes.starts_with(b"PK\x03\x04") || bytes.starts_with(&[0xd0, 0xcf, 0x11, 0xe0]) {
        return Err(Unreadable::Workbook);
    }
    if let Some(marked) = marked(bytes) {
        return decode(marked).ok_or(Unreadable::Binary).and_then(whole).map(|text| (marked, text));
    }
    let wide = || {
        let read = |encoding| decode(encoding).map(|text| (share(&text, is_expected), encoding, text));
        let both = [Encoding::Utf16Le, Encoding::Utf16Be].into_iter().filter_map(read);
        both.filter(|(share, _, text)| share.is_most() && !has_controls(text)).max_by(|one, two| one.0.cmp(&two.0))
    };
    if bytes.contains(&0) {
        let (_, encoding, text) = wide().ok_or(Unreadable::Binary)?;
        return whole(text).map(|text| (encoding, text));
    }
    let chinese = Chinese::of(bytes);
    let utf8 = decode(Encoding::Utf8).filter(|text| !(chinese.gb.is_most() && is_mistaken(text)));
    if let Some(text) = utf8 {
        return whole(text).map(|text| (Encoding::Utf8, text));
    }
    let order = match chinese.big5.cmp(&chinese.gb) {
        std::cmp::Ordering::Greater => [(Encoding::Big5, chinese.big5), (Encoding::Gb18030, chinese.gb)],
        _ => [(Encoding::Gb18030, chinese.gb), (Encoding::Big5, chinese.big5)],
    };
    let fits = |(encoding, share): (Encoding, Share)| {
        share.is_half().then(|| decode(encoding)).flatten().map(|text| (encoding, text))
    };
    if let Some((encoding, text)) = order.into_iter().find_map(fits) {
        return whole(text).map(|text| (encoding, text));
    }
    let (_, encoding, text) = wide().ok_or(Unreadable::Unsure)?;
    whole(text).map(|text| (encoding, text))
}

/// A file's text in an encoding that somebody chose.
///
/// # Errors
/// Why it is not read.
pub fn read_as(
    bytes: &[u8],
    encoding: Encoding,
    decode: impl Fn(Encoding) -> Option<String>,
) -> Result<String, Unreadable> {
    if bytes.is_empty() {
        return Err(Unreadable::Empty);
    }
    decode(encoding).ok_or(Unreadable::NotThis).and_then(whole).map_err(|why| match why {
        Unreadable::Binary => Unreadable::NotThis,
        why => why,
    })
}

/// The encoding that a mark at the beginning names.
fn marked(bytes: &[u8]) -> Option<Encoding> {
    let marks: [(&[u8], Encoding); 4] = [
        (&[0xef, 0xbb, 0xbf], Encoding::Utf8),
        (&[0x84, 0x31, 0x95, 0x33], Encoding::Gb18030),
        (&[0xff, 0xfe], Encoding::Utf16Le),
        (&[0xfe, 0xff], Encoding::Utf16Be),
    ];
    marks.into_iter().find(|(mark, _)| bytes.starts_with(mark)).map(|(_, encoding)| encoding)
}

/// A text that has something in it and is one.
fn whole(text: String) -> Result<String, Unreadable> {
    let text = match text.strip_prefix('\u{feff}') {
        Some(rest) => rest.to_owned(),
        None => text,
    };
    if text.trim().is_empty() {
        Err(Unreadable::Empty)
    } else if has_controls(&text) {
        Err(Unreadable::Binary)
    } else {
        Ok(text)
    }
}

fn has_controls(text: &str) -> bool {
    text.contains(|sign: char| {
        (sign.is_control() && !matches!(sign, '\t' | '\n' | '\r' | '\u{1a}')) || sign == '\u{fffe}'
    })
}

/// How many of how many.
#[derive(Clone, Copy, Debug, Default)]
struct Share {
    part: usize,
    all: usize,
}

impl Share {
    const fn is_most(self) -> bool {
        self.all > 0 && self.part * 10 >= self.all * 9
    }

    const fn is_half(self) -> bool {
        self.all > 0 && self.part * 2 >= self.all
    }

    fn cmp(&self, other: &Share) -> std::cmp::Ordering {
        (self.part * other.all.max(1)).cmp(&(other.part * self.all.max(1)))
    }
}

fn share(text: &str, is: fn(char) -> bool) -> Share {
    text.chars()
        .fold(Share::default(), |share, sign| Share { part: share.part + usize::from(is(sign)), all: share.all + 1 })
}

/// What an office's table is made of.
const fn is_expected(sign: char) -> bool {
    matches!(sign, '\t' | '\n' | '\r' | ' '..='~' | '\u{4e00}'..='\u{9fff}' | '\u{3000}'..='\u{303f}'
        | '\u{ff01}'..='\u{ff5e}' | '\u{2010}'..='\u{2027}' | '\u{2460}'..='\u{24ff}' | '\u{b7}')
}

/// Whether a text that is valid UTF-8 is nothing but foreign letters that stand beside no Latin letter: what two-byte
/// words of GBK look like.
fn is_mistaken(text: &str) -> bool {
    let (mut two_bytes, mut longer) = (0_usize, 0_usize);
    let mut last = ' ';
    for sign in text.chars() {
        match sign {
            '\u{80}'..='\u{7ff}' if last.is_ascii_alphabetic() => return false,
            '\u{80}'..='\u{7ff}' => two_bytes += 1,
            '\u{800}'.. => longer += 1,
            sign if sign.is_ascii_alphabetic() && matches!(last, '\u{80}'..='\u{7ff}') => return false,
            _ => {}
        }
        last = sign;
    }
    two_bytes > longer
}

/// How many of the two-byte characters are the frequent ones of each Chinese encoding, by where its table has them: both
/// begin with the frequent characters.
struct Chinese {
    gb: Share,
    big5: Share,
}

impl Chinese {
    fn of(bytes: &[u8]) -> Chinese {
        // Signs, then the 3,755 characters of the first level of GB 2312.
        let gb = |lead: u8, trail: u8| matches!(lead, 0xa1..=0xa3 | 0xb0..=0xd7) && trail >= 0xa1;
        // Signs, then the 5,401 frequent characters.
        let big5 = |lead: u8, trail: u8| matches!(lead, 0xa1..=0xc6) && matches!(trail, 0x40..=0x7e | 0xa1..=0xfe);
        Chinese { gb: pairs(bytes, gb), big5: pairs(bytes, big5) }
    }
}

fn pairs(bytes: &[u8], is_frequent: impl Fn(u8, u8) -> bool) -> Share {
    let mut share = Share::default();
    let mut rest = bytes;
    while let [lead, behind @ ..] = rest {
        rest = behind;
        if *lead < 0x80 {
            continue;
        }
        share.all += 1;
        match behind {
            // Four bytes of GB 18030: a rare character.
            [0x30..=0x39, ..] => rest = behind.get(3..).unwrap_or_default(),
            [trail, behind @ ..] => {
                share.part += usize::from(is_frequent(*lead, *trail));
                rest = behind;
            }
            [] => {}
        }
    }
    share
}

#[cfg(test)]
mod tests {
    use super::*;

    fn decoded(bytes: &[u8], encoding: Encoding) -> Option<String> {
        let decoder = encoding_rs::Encoding::for_label(encoding.label().as_bytes()).unwrap();
        decoder.decode_without_bom_handling_and_without_replacement(bytes).map(std::borrow::Cow::into_owned)
    }

    fn read(bytes: &[u8]) -> Result<(Encoding, String), Unreadable> {
        detect(bytes, |encoding| decoded(bytes, encoding))
    }

    fn utf16(text: &str, to: fn(u16) -> [u8; 2]) -> Vec<u8> {
        text.encode_utf16().flat_map(to).collect()
    }

    fn encoded(text: &str, label: &str) -> Vec<u8> {
        let (bytes, _, lost) = encoding_rs::Encoding::for_label(label.as_bytes()).unwrap().encode(text);
        assert!(!lost);
        bytes.into_owned()
    }

    const NAMES: &str = "单位名称,类别\r\n亳州市财政局,市直机关\r\n鄱阳县林业站,事业站所\r\n";

    #[test]
    fn two_words_of_gbk_that_are_valid_utf_8_are_no_cyrillic() {
        // 一校,学校 and 小学,学校: bytes of GBK by its table.
        let bytes = b"\xd2\xbb\xd0\xa3,\xd1\xa7\xd0\xa3\r\n\xd0\xa1\xd1\xa7,\xd1\xa7\xd0\xa3\r\n";
        assert!(decoded(bytes, Encoding::Utf8).is_some());
        assert_eq!(read(bytes), Ok((Encoding::Gb18030, "一校,学校\r\n小学,学校\r\n".to_owned())));
    }

    #[test]
    fn foreign_letters_of_utf_8_stay() {
        for text in
            ["Müller,é\n", "Financial Bureau – §", "阿不都·买买提\n", "Школа,школа\nрайонная школа\n", "a,b\n1,2"]
        {
            assert_eq!(read(text.as_bytes()), Ok((Encoding::Utf8, text.to_owned())), "{text}");
        }
    }

    #[test]
    fn each_encoding_is_told_from_the_others() {
        assert_eq!(read(NAMES.as_bytes()), Ok((Encoding::Utf8, NAMES.to_owned())));
        assert_eq!(read(format!("\u{feff}{NAMES}").as_bytes()), Ok((Encoding::Utf8, NAMES.to_owned())));
        assert_eq!(read(&encoded(NAMES, "gbk")), Ok((Encoding::Gb18030, NAMES.to_owned())));
        let traditional = "單位名稱,類別\r\n財政局,市直機關\r\n林業站,事業單位\r\n";
        assert_eq!(read(&encoded(traditional, "big5")), Ok((Encoding::Big5, traditional.to_owned())));
        // Characters of four bytes: one beyond GBK among others.
        let rare = "单位\r\n㐀村村委会\r\n";
        assert_eq!(read(&encoded(rare, "gb18030")), Ok((Encoding::Gb18030, rare.to_owned())));
        for mark in ["", "\u{feff}"] {
            let marked = format!("{mark}{NAMES}");
            assert_eq!(read(&utf16(&marked, u16::to_le_bytes)), Ok((Encoding::Utf16Le, NAMES.to_owned())));
            assert_eq!(read(&utf16(&marked, u16::to_be_bytes)), Ok((Encoding::Utf16Be, NAMES.to_owned())));
        }
    }

    #[test]
    fn a_long_list_is_judged_over_its_whole_length() {
        // Two thousand lines of ASCII, then one of GBK.
        let mut bytes = "a1,b\r\n".repeat(2000).into_bytes();
        bytes.extend(encoded("林业站,机关\r\n", "gbk"));
        let (encoding, text) = read(&bytes).unwrap();
        assert_eq!((encoding, text.lines().last()), (Encoding::Gb18030, Some("林业站,机关")));
    }

    #[test]
    fn what_is_no_text_is_refused_and_says_what_it_is() {
        for (bytes, why) in [
            (&b""[..], Unreadable::Empty),
            (b"\xef\xbb\xbf", Unreadable::Empty),
            (b"\xff\xfe", Unreadable::Empty),
            (b" \r\n\t\r\n", Unreadable::Empty),
            (b"PK\x03\x04\x14\x00", Unreadable::Workbook),
            (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", Unreadable::Workbook),
            (b"\x89PNG\r\n\x1a\n\x00\x00\x00\rIHDR\xff\xd8", Unreadable::Binary),
            (b"a\x00b,c", Unreadable::Binary),
            (b"a\x07b,c\n", Unreadable::Binary),
            (b"\xff\xff\xff", Unreadable::Unsure),
        ] {
            assert_eq!(read(bytes).map(|(encoding, _)| encoding), Err(why), "{bytes:?}");
        }
    }

    #[test]
    fn an_encoding_that_was_chosen_is_kept_to() {
        let bytes = encoded(NAMES, "gbk");
        let chosen = |encoding| read_as(&bytes, encoding, |encoding| decoded(&bytes, encoding));
        assert_eq!(chosen(Encoding::Gb18030), Ok(NAMES.to_owned()));
        assert_eq!(chosen(Encoding::Utf8), Err(Unreadable::NotThis));
        assert_eq!(
            read_as(b"\xef\xbb\xbf", Encoding::Utf8, |one| decoded(b"\xef\xbb\xbf", one)),
            Err(Unreadable::Empty)
        );
    }
}
