//! Compressions: which ones are unpacked, by first bytes and by file names.

/// A way of packing.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Compression {
    Gzip,
    Zstd,
    Zip,
}

impl Compression {
    pub(crate) const ALL: [Compression; 3] = [Compression::Gzip, Compression::Zstd, Compression::Zip];

    /// Endings of file names, in lower case, without the dot.
    pub(crate) fn extensions(self) -> &'static [&'static str] {
        match self {
            Compression::Gzip => &["gz", "gzip"],
            Compression::Zstd => &["zst", "zstd"],
            Compression::Zip => &["zip"],
        }
    }

    /// The compression of an input that begins with `head`; `None` for one that is not packed.
    pub(crate) fn of(head: &[u8]) -> Option<Compression> {
        match head {
            // Of methods, gzip has only deflate.
            [0x1F, 0x8B, 8, ..] => Some(Compression::Gzip),
            [0x28, 0xB5, 0x2F, 0xFD, ..] => Some(Compression::Zstd),
            // Skippable frames may come first.
            [0x50..=0x5F, 0x2A, 0x4D, 0x18, ..] => Some(Compression::Zstd),
            [b'P', b'K', 3, 4, ..] | [b'P', b'K', 5, 6, ..] => Some(Compression::Zip),
            _ => None,
        }
    }

    pub(crate) fn name(self) -> &'static str {
        match self {
            Compression::Gzip => "gzip",
            Compression::Zstd => "zstd",
            Compression::Zip => "zip",
        }
    }
}
