//! Text encodings by their labels: those of the WHATWG Encoding Standard, and some that it leaves out and old texts are in.

use encoding_rs::{BIG5, EUC_KR, Encoding, GB18030, GBK, ISO_2022_JP, UTF_16BE, UTF_16LE};

/// An encoding that a text can be written in.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct TextEncoding(pub(super) Kind);

/// The encodings, by who decodes them.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Kind {
    /// An encoding of the standard.
    Standard(&'static Encoding),
    /// Double-byte characters between escapes, in seven bits.
    Escaped(Escapes),
    /// Code page 850, of DOS in Western Europe.
    Cp850,
    /// UTF-32 in one of its byte orders, which the standard has no longer.
    Utf32 { is_little: bool },
}

/// The ways in which a text of seven bits shifts to double-byte characters and back.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Escapes {
    /// ISO-2022-KR (RFC 1557): shift out and shift in, to KS X 1001.
    Iso2022Kr,
    /// HZ (RFC 1843): `~{` and `~}`, to GB 2312.
    Hz,
}

pub(super) const ISO_2022_KR: TextEncoding = TextEncoding(Kind::Escaped(Escapes::Iso2022Kr));
pub(super) const HZ: TextEncoding = TextEncoding(Kind::Escaped(Escapes::Hz));
pub(super) const CP850: TextEncoding = TextEncoding(Kind::Cp850);
pub(super) const UTF_32LE: TextEncoding = TextEncoding(Kind::Utf32 { is_little: true });
pub(super) const UTF_32BE: TextEncoding = TextEncoding(Kind::Utf32 { is_little: false });

impl TextEncoding {
    /// The encoding that a label names, in any case: `euc-kr`, `cp949`, `gb18030`, `big5`, `windows-1252`, `utf-16le`,
    /// `macintosh`, `cp850`, `hz-gb-2312`. `None` if it names none, or one that cannot be read.
    pub fn for_label(label: &str) -> Option<TextEncoding> {
        let label = label.trim().to_ascii_lowercase();
        // Python and Java write some labels with an underscore; the standard has one with.
        let dashed = label.replace('_', "-");
        Some(match dashed.as_str() {
            // What Python, Java and Korean Windows call it.
            "cp949" | "ms949" | "uhc" | "x-windows-949" => EUC_KR.into(),
            "cp936" | "ms936" => GB18030.into(),
            "cp950" | "ms950" => BIG5.into(),
            "macroman" | "mac-roman" => encoding_rs::MACINTOSH.into(),
            "iso-2022-kr" | "iso2022-kr" | "iso2022kr" | "csiso2022kr" => ISO_2022_KR,
            "iso2022-jp" | "iso2022jp" => ISO_2022_JP.into(),
            "hz-gb-2312" | "hz-gb" | "hzgb" | "hz" => HZ,
            "ibm850" | "cp850" | "850" | "cspc850multilingual" | "ibm-850" | "dos-850" => CP850,
            "utf-32" | "utf-32le" | "utf32" | "ucs-4" | "ucs-4le" => UTF_32LE,
            "utf-32be" | "ucs-4be" => UTF_32BE,
            _ => Encoding::for_label_no_replacement(label.as_bytes())
                .or_else(|| Encoding::for_label_no_replacement(dashed.as_bytes()))?
                .into(),
        })
    }

    /// The name of the encoding in the WHATWG Encoding Standard, or at IANA where that has none.
    pub fn name(self) -> &'static str {
        match self.0 {
            Kind::Standard(encoding) => encoding.name(),
            Kind::Escaped(Escapes::Iso2022Kr) => "ISO-2022-KR",
            Kind::Escaped(Escapes::Hz) => "HZ-GB-2312",
            Kind::Cp850 => "IBM850",
            Kind::Utf32 { is_little: true } => "UTF-32LE",
            Kind::Utf32 { is_little: false } => "UTF-32BE",
        }
    }

    /// True if each character has two or four bytes, so that no ASCII is in it.
    pub(super) fn is_wide(self) -> bool {
        match self.0 {
            Kind::Standard(encoding) => encoding == UTF_16LE || encoding == UTF_16BE,
            Kind::Utf32 { .. } => true,
            Kind::Escaped(_) | Kind::Cp850 => false,
        }
    }

    /// True if a text in it has seven bits, and escapes.
    pub(super) fn has_escapes(self) -> bool {
        match self.0 {
            Kind::Standard(encoding) => encoding == ISO_2022_JP,
            Kind::Escaped(_) => true,
            Kind::Cp850 | Kind::Utf32 { .. } => false,
        }
    }
}

impl From<&'static Encoding> for TextEncoding {
    fn from(encoding: &'static Encoding) -> TextEncoding {
        // The decoder of both is the same.
        TextEncoding(Kind::Standard(if encoding == GBK { GB18030 } else { encoding }))
    }
}
