//! Code pages of DOS, which encoding_rs leaves out: one byte a character, by a table.

/// A code page: ASCII, and a character for each byte from 0x80.
pub(super) struct CodePage([char; 128]);

/// Code page 850, of DOS in Western Europe, as Unicode maps it (`CP850.TXT`).
#[rustfmt::skip]
pub(super) const CP850: &CodePage = &CodePage([
    'Ç', 'ü', 'é', 'â', 'ä', 'à', 'å', 'ç', 'ê', 'ë', 'è', 'ï', 'î', 'ì', 'Ä', 'Å',
    'É', 'æ', 'Æ', 'ô', 'ö', 'ò', 'û', 'ù', 'ÿ', 'Ö', 'Ü', 'ø', '£', 'Ø', '×', 'ƒ',
    'á', 'í', 'ó', 'ú', 'ñ', 'Ñ', 'ª', 'º', '¿', '®', '¬', '½', '¼', '¡', '«', '»',
    '░', '▒', '▓', '│', '┤', 'Á', 'Â', 'À', '©', '╣', '║', '╗', '╝', '¢', '¥', '┐',
    '└', '┴', '┬', '├', '─', '┼', 'ã', 'Ã', '╚', '╔', '╩', '╦', '╠', '═', '╬', '¤',
    'ð', 'Ð', 'Ê', 'Ë', 'È', 'ı', 'Í', 'Î', 'Ï', '┘', '┌', '█', '▄', '¦', 'Ì', '▀',
    'Ó', 'ß', 'Ô', 'Ò', 'õ', 'Õ', 'µ', 'þ', 'Þ', 'Ú', 'Û', 'Ù', 'ý', 'Ý', '¯', '´',
    '\u{ad}', '±', '‗', '¾', '¶', '§', '÷', '¸', '°', '¨', '·', '¹', '³', '²', '■', '\u{a0}',
]);

impl CodePage {
    /// Appends bytes as UTF-8. Every byte is a character.
    pub(super) fn decode(&self, mut bytes: &[u8], output: &mut Vec<u8>) {
        while let Some(at) = bytes.iter().position(|byte| !byte.is_ascii()) {
            output.extend_from_slice(&bytes[..at]);
            let character = self.0[usize::from(bytes[at] & 0x7F)];
            output.extend_from_slice(character.encode_utf8(&mut [0; 4]).as_bytes());
            bytes = &bytes[at + 1..];
        }
        output.extend_from_slice(bytes);
    }
}
