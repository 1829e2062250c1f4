//! The ends of captions: how each pattern of captions begins and ends, to tell by the beginning and the end of a paragraph alone that
//! it is no caption. It is asked of the first paragraphs of every article, and nearly none is one.

use crate::text::passage::line_text::{folded, trimmed};

/// Bytes at either end of a paragraph that are compared for signs and spaces, beside those of the longest text of a pattern.
const MARGIN: usize = 48;
/// Greatest number of bytes in a text for each byte of its folded form: full-width letters and Hangul in jamo have three.
const BYTES_OF_FOLDED: usize = 3;

/// How each pattern begins and ends: its text before the first placeholder and after the last, folded, without spaces.
#[derive(Debug)]
pub(super) struct CaptionEnds {
    ends: Vec<(String, String)>,
    /// Bytes at either end of a paragraph that show whether it begins or ends so.
    bytes: usize,
}

impl CaptionEnds {
    pub(super) fn of(patterns: &[String]) -> CaptionEnds {
        let ends: Vec<(String, String)> = { patterns.iter() }
            .map(|pattern| {
                let first = pattern.split('{').next().unwrap_or_default();
                let last = pattern.rsplit('}').next().unwrap_or_default();
                (without_spaces(&folded(first)), without_spaces(&folded(last)))
            })
            .collect();
        let longest = ends.iter().map(|(first, last)| first.len().max(last.len())).max().unwrap_or(0);
        CaptionEnds { ends, bytes: BYTES_OF_FOLDED * longest + MARGIN }
    }

    /// False for a paragraph that begins or ends unlike every pattern.
    pub(super) fn may_have(&self, paragraph: &str) -> bool {
        if self.ends.is_empty() {
            return false;
        }
        let (head, tail) = (folded(head(paragraph, self.bytes)), folded(tail(paragraph, self.bytes)));
        let (head, tail) = (without_spaces(trimmed(&head)), without_spaces(trimmed(&tail)));
        self.ends.iter().any(|(first, last)| head.starts_with(first.as_str()) && tail.ends_with(last.as_str()))
    }
}

fn without_spaces(text: &str) -> String {
    text.chars().filter(|character| !character.is_whitespace()).collect()
}

fn head(text: &str, bytes: usize) -> &str {
    let end = (bytes..text.len()).find(|&at| text.is_char_boundary(at)).unwrap_or(text.len());
    &text[..end]
}

fn tail(text: &str, bytes: usize) -> &str {
    let start = (0..=text.len().saturating_sub(bytes)).rev().find(|&at| text.is_char_boundary(at)).unwrap_or(0);
    &text[start..]
}

#[cfg(test)]
mod tests {
    use crate::config::Config;

    #[test]
    fn captions_are_known_in_long_paragraphs() {
        let config = Config::builtin().unwrap();
        let boilerplate = config.passages.boilerplate().unwrap();
        let long = |sentence: &str| sentence.repeat(200);
        for caption in [
            format!("Photo shows {}", long("a port at night. ")),
            format!("  \"Ｔｈｅ photo shows {}\" ", long("a port at night. ")),
            format!("{} (File photo)", long("Containers wait for duties to fall. ")),
            format!("Das Bild zeigt {}", long("den Hafen bei Nacht. ")),
            format!("{}(Archivbild).", long("Der Hafen bei Nacht ")),
            format!("사진은 {}", long("부산항의 밤이다. ")),
            format!("{}기념 촬영을 하고 있다.", long("두 장관이 부산에서 ")),
            format!("圖為{}", long("夜間的港口。")),
            format!("资料图：{}", long("夜间的港口。")),
        ] {
            assert!(boilerplate.is_caption(&caption), "{caption}");
        }
        for text in ["The photo agency said so.", "Duties fell. ", "图书馆今天开放。", "사진을 찍었다.", "", "…"]
        {
            assert!(!boilerplate.is_caption(text) && !boilerplate.is_caption(&long(text)), "{text}");
        }
    }
}
