//! Backslashes of a table that escapes by them, as MySQL's exports do and those of pandas with `escapechar`: `\"` is a quotation
//! mark, `\\` a backslash, and a backslash before a delimiter or the end of a line takes these as text.
//!
//! In: the bytes of a table, valid UTF-8. Out: as many bytes, in which such a pair is hidden from what splits rows; and its text
//! again, once a field is known. Invariant: what hides a pair are bytes that UTF-8 never has.

/// The byte that begins a hidden pair, in place of the backslash.
const HIDDEN: u8 = 0xFF;
/// The line feed behind a hidden carriage return.
const HIDDEN_FEED: u8 = 0xFE;

/// What stands behind a backslash, by what it is hidden as.
const CODES: [(u8, u8); 4] = [(b'\n', 0xFD), (b'\r', 0xFC), (b'"', 0xFB), (b'\\', 0xFA)];
const DELIMITER_CODE: u8 = 0xF9;

/// Hides the pairs of a block. Returns what it took off its end, since what follows decides what it is.
pub(crate) fn hide(block: &mut Vec<u8>, delimiter: u8) -> Vec<u8> {
    let mut at = 0;
    while let Some(found) = memchr::memchr(b'\\', block.get(at..).unwrap_or_default()) {
        at += found;
        let Some(&next) = block.get(at + 1).filter(|&&next| next != b'\r' || block.len() > at + 2) else {
            return block.split_off(at);
        };
        let code = CODES.iter().find(|(escaped, _)| *escaped == next).map(|(_, code)| *code);
        if let Some(code) = code.or((next == delimiter).then_some(DELIMITER_CODE)) {
            (block[at], block[at + 1]) = (HIDDEN, code);
            if next == b'\r' && block[at + 2] == b'\n' {
                block[at + 2] = HIDDEN_FEED;
            }
        }
        at += 2;
    }
    Vec::new()
}

/// The number of ends of lines that are hidden in a block.
pub(crate) fn count_hidden_lines(block: &[u8]) -> usize {
    memchr::memchr2_iter(CODES[0].1, CODES[1].1, block).count()
}

/// The text of a field with hidden pairs. What is escaped by a letter, as `\n`, is what the letter stands for.
pub(crate) fn reveal(field: &[u8], delimiter: u8) -> Vec<u8> {
    let mut text = Vec::with_capacity(field.len());
    let mut bytes = field.iter().copied();
    while let Some(byte) = bytes.next() {
        match byte {
            HIDDEN => {
                let code = bytes.next();
                let escaped = CODES.iter().find(|(_, known)| Some(*known) == code).map(|(escaped, _)| *escaped);
                text.push(escaped.unwrap_or(delimiter));
            }
            HIDDEN_FEED => text.push(b'\n'),
            b'\\' => match bytes.next() {
                Some(b'n') => text.push(b'\n'),
                Some(b'r') => text.push(b'\r'),
                Some(b't') => text.push(b'\t'),
                other => text.extend(Some(byte).into_iter().chain(other)),
            },
            _ => text.push(byte),
        }
    }
    text
}

#[cfg(test)]
mod tests {
    use super::*;

    fn hidden(text: &str) -> Vec<u8> {
        let mut block = text.as_bytes().to_vec();
        assert!(hide(&mut block, b';').is_empty());
        block
    }

    #[test]
    fn what_is_escaped_is_hidden_and_comes_back() {
        for (text, expected) in [
            (r#"er sagte \"ja\""#, r#"er sagte "ja""#),
            (r"C:\\neu", r"C:\neu"),
            (r"eins\nzwei", "eins\nzwei"),
            ("eins\\\nzwei\\;drei\\\r\nvier\\\r.", "eins\nzwei;drei\r\nvier\r."),
            (r"관세\x\", r"관세\x\"),
            (r"\N", r"\N"),
        ] {
            if text.ends_with('\\') {
                let mut block = text.as_bytes().to_vec();
                assert_eq!((hide(&mut block, b';'), block.ends_with(b"x")), (b"\\".to_vec(), true));
                continue;
            }
            assert_eq!(String::from_utf8(reveal(&hidden(text), b';')).unwrap(), expected, "{text}");
            assert_eq!(hidden(text).len(), text.len());
        }
        let block = hidden("\\\"\\\n\\\r\n\\;");
        assert!(!block.iter().any(|byte| b"\"\n\r;\\".contains(byte)));
        assert_eq!(count_hidden_lines(&block), 2);
        assert_eq!(hide(&mut b"ende\\\r".to_vec(), b';'), b"\\\r");
    }
}
