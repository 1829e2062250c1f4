//! Paragraphs: where a paragraph of a text ends. It ends at a line break, unless the next line goes on with the sentence, or
//! the lines are wrapped at a column, as in mail and in old wire copy.

use unicode_width::{UnicodeWidthChar, UnicodeWidthStr};

use crate::text::analysis::is_hangul;

/// Least number of lines by which a text can be known to be wrapped.
const MIN_WRAPPED_LINES: usize = 3;
/// Least and greatest width in terminal columns at which texts are wrapped.
const WRAPPED_COLUMNS: std::ops::RangeInclusive<usize> = 40..=100;
/// Of so many lines, one may end before the column at which the others are wrapped, as the last of a paragraph does.
const LINES_FOR_A_SHORT_ONE: usize = 4;
/// Columns that a wrapped line of Chinese may be short of: no line begins with punctuation.
const HANGING: usize = 2;
/// Bytes of the longest line that can be within [`WRAPPED_COLUMNS`].
const MAX_WRAPPED_BYTES: usize = 4 * 100;

/// The byte offsets in a text at which its paragraphs begin, without the first. Each is the first byte of a line's text.
pub fn paragraph_starts(text: &str) -> Vec<usize> {
    if memchr::memchr2(b'\n', b'\r', text.as_bytes()).is_none() {
        return Vec::new();
    }
    let mut starts = Vec::new();
    for block in blocks(text) {
        starts.push(offset_in(text, block[0]));
        let is_wrapped = is_wrapped(&block);
        let columns = if is_wrapped { widest(&block) } else { 0 };
        for pair in block.windows(2) {
            let goes_on = if is_wrapped { is_full(pair[0], pair[1], columns) } else { goes_on(pair[0], pair[1]) };
            if !goes_on {
                starts.push(offset_in(text, pair[1]));
            }
        }
    }
    if !starts.is_empty() {
        starts.remove(0);
    }
    starts
}

/// True if a line goes on with the sentence of the line before it.
pub(crate) fn goes_on(before: &str, next: &str) -> bool {
    !before.ends_with(['.', '!', '?', ':', '…', '。', '！', '？', '”', '"'])
        && next.chars().next().is_some_and(char::is_lowercase)
}

/// The offset where the first line of a text ends, after its line break: a line feed, a carriage return, or both.
pub(crate) fn line_end(text: &str) -> usize {
    let bytes = text.as_bytes();
    match memchr::memchr2(b'\n', b'\r', bytes) {
        Some(at) if bytes[at] == b'\r' && bytes.get(at + 1) == Some(&b'\n') => at + 2,
        Some(at) => at + 1,
        None => bytes.len(),
    }
}

/// The lines of a text that are not blank, trimmed, in blocks between blank lines.
fn blocks(text: &str) -> Vec<Vec<&str>> {
    let mut blocks: Vec<Vec<&str>> = Vec::new();
    let mut opens = true;
    let mut rest = text;
    while !rest.is_empty() {
        let (line, after) = rest.split_at(line_end(rest));
        rest = after;
        let line = line.trim();
        if line.is_empty() {
            opens = true;
            continue;
        }
        match blocks.last_mut() {
            Some(block) if !opens => block.push(line),
            _ => blocks.push(vec![line]),
        }
        opens = false;
    }
    blocks
}

fn offset_in(text: &str, line: &str) -> usize {
    line.as_ptr() as usize - text.as_ptr() as usize
}

fn widest(block: &[&str]) -> usize {
    block.iter().map(|line| line.width()).max().unwrap_or(0)
}

/// True if the lines of a block are wrapped at a column: nearly each is so long that the first word of the next one had no room.
fn is_wrapped(block: &[&str]) -> bool {
    if block.len() < MIN_WRAPPED_LINES || block.iter().any(|line| line.len() > MAX_WRAPPED_BYTES) {
        return false;
    }
    let columns = widest(block);
    let full = block.windows(2).filter(|pair| is_full(pair[0], pair[1], columns)).count();
    WRAPPED_COLUMNS.contains(&columns) && block.len() - 1 - full <= block.len() / LINES_FOR_A_SHORT_ONE
}

/// True if a line has no room for the first word of the next one within some columns.
fn is_full(line: &str, next: &str, columns: usize) -> bool {
    let first = next.split_whitespace().next().unwrap_or("");
    // Chinese and Japanese are wrapped between any two characters, Korean between words or syllables.
    let is_wide = |character: char| character.width() == Some(2) && !is_hangul(character);
    let needed = if first.starts_with(is_wide) { 2 + HANGING } else { 1 + first.width() };
    line.width() + needed > columns
}

#[cfg(test)]
mod tests {
    use super::*;

    fn paragraphs(text: &str) -> Vec<&str> {
        let starts = paragraph_starts(text);
        let from = [0].into_iter().chain(starts.iter().copied());
        let to = starts.iter().copied().chain([text.len()]);
        from.zip(to).map(|(from, to)| text[from..to].trim()).collect()
    }

    #[test]
    fn a_paragraph_ends_at_a_line_break() {
        for (text, expected) in [
            ("", &[""][..]),
            ("Zölle steigen.", &["Zölle steigen."]),
            (
                "Tariffs rise.\nSeoul waits.\r\nBerlin too.\rEnd",
                &["Tariffs rise.", "Seoul waits.", "Berlin too.", "End"],
            ),
            ("\n\n关税上调\n\n \n出口下降。\n", &["关税上调", "出口下降。"]),
            ("수출이 늘었다\n수입은 줄었다", &["수출이 늘었다", "수입은 줄었다"]),
            ("The levy on\nsteel rises", &["The levy on\nsteel rises"]),
            ("The levy on\n\nsteel rises", &["The levy on", "steel rises"]),
            ("He asked:\nwhy now?", &["He asked:", "why now?"]),
        ] {
            assert_eq!(paragraphs(text), expected, "{text:?}");
        }
    }

    #[test]
    fn lines_that_are_wrapped_at_a_column_are_one_paragraph() {
        let english = "Exporters in Busan and Ulsan said on Monday that duties of\n\
            15 percent had cut their orders by a third since the spring.\n\
            Berlin and Brussels have asked for talks on the same steel\n\
            grades, which Seoul refused.\n\
            Washington has not replied to any of the letters that were\n\
            sent in June, said two officials with knowledge of them.";
        assert_eq!(paragraphs(english).len(), 2);
        assert!(paragraphs(english)[1].starts_with("Washington"));
        let chinese = "海关总署周一公布的数据显示，今年前五个月稀土出口量同\n\
            比下降百分之十二，其中对韩国和日本的出口降幅最大，\n对欧洲则略有增长。";
        assert_eq!(paragraphs(chinese).len(), 1);
        // Three short paragraphs.
        let short = "Seoul will raise its duties on flat steel next month, officials said.\n\
            Berlin waits.\nWashington has yet to say what it wants from either of the two.";
        assert_eq!(paragraphs(short).len(), 3);
    }
}
