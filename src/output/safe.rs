//! Escaping: no text of a document, file name or query may control a terminal (law 10).

use std::borrow::Cow;

/// True for control characters (C0, DEL, C1), and for the invisible ones that change the direction or the lines of
/// what is shown around them.
pub fn is_unsafe(character: char) -> bool {
    character.is_control()
        || matches!(character, '\u{200E}' | '\u{200F}' | '\u{2028}'..='\u{202E}' | '\u{2066}'..='\u{2069}' | '\u{061C}')
}

/// A text as one line: white space as a space, unsafe characters as U+FFFD.
pub fn one_line(text: &str) -> Cow<'_, str> {
    if text.chars().any(is_unsafe) {
        Cow::Owned(text.chars().map(safe_character).collect())
    } else {
        Cow::Borrowed(text)
    }
}

/// The safe form of a character, as [`one_line`] prints it.
pub fn safe_character(character: char) -> char {
    match character {
        '\t' | '\n' | '\r' | '\x0B' | '\x0C' | '\u{85}' | '\u{2028}' | '\u{2029}' => ' ',
        _ if is_unsafe(character) => '\u{FFFD}',
        _ => character,
    }
}

/// Serialised JSON with every unsafe character as an escape. JSON only has them inside strings.
pub fn escape_json(json: &str) -> Cow<'_, str> {
    let needs_escape = |character: char| is_unsafe(character) && character != '\n';
    if !json.chars().any(needs_escape) {
        return Cow::Borrowed(json);
    }
    let mut out = String::with_capacity(json.len() + 16);
    for character in json.chars() {
        if needs_escape(character) {
            out.push_str(&format!("\\u{:04x}", u32::from(character)));
        } else {
            out.push(character);
        }
    }
    Cow::Owned(out)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn nothing_unsafe_comes_through() {
        let text = "a\u{1b}[31mb\u{9b}c\u{202e}d\te\u{7f}";
        assert!(!one_line(text).chars().any(is_unsafe));
        assert_eq!(one_line("plain 한국"), "plain 한국");
        assert_eq!(one_line("next\u{85}line"), "next line");
        let json = serde_json::to_string(text).unwrap();
        let escaped = escape_json(&json);
        assert!(!escaped.chars().any(is_unsafe));
        assert_eq!(serde_json::from_str::<String>(&escaped).unwrap(), text);
    }
}
