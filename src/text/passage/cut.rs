//! Cutting a document's body into passages: whole paragraphs of one language, of a bounded size.
//!
//! In: a [`Document`]. Out: passages in the order of the body, which never overlap and together hold everything but
//! white space and boilerplate. A paragraph ends at a line break, unless the next line plainly continues the sentence. Long
//! paragraphs are cut at sentence ends (UAX #29), a sentence that is too long between words, a word that is too long between
//! graphemes.

use unicode_segmentation::UnicodeSegmentation;
use unicode_width::UnicodeWidthStr;

use crate::text::analysis;
use crate::text::document::{ByteRange, Document, Passage};
use crate::text::language::Language;
use crate::text::passage::boilerplate::Boilerplate;
use crate::text::passage::detect::{detect_against_statement, detect_language, has_kana};
use crate::text::passage::lead::Lead;
use crate::text::passage::options::Options;

/// Terminal columns that a grapheme without width (a mark by itself) is counted as, so that cutting always ends.
const MIN_GRAPHEME_COLUMNS: usize = 1;

/// The passages of a document; none when its body is empty or all white space.
pub fn split_passages(document: &Document, options: &Options, analysis: &analysis::Options) -> Vec<Passage> {
    passages_and_lead(document, options, analysis).0
}

/// The passages of a document, and its lead.
pub(crate) fn passages_and_lead(
    document: &Document,
    options: &Options,
    analysis: &analysis::Options,
) -> (Vec<Passage>, Lead) {
    let body = &document.body;
    let mut segments: Vec<(ByteRange, Option<Language>)> = Vec::new();
    let paragraphs = paragraphs(body, options.boilerplate());
    let lead = Lead::of(body, &paragraphs, options.boilerplate());
    let counts_statement = document.declared_lang.is_some() && !contradicts(body, &paragraphs, analysis);
    let is_japanese = counts_statement && has_kana(body);
    let detect = |text: &str| match counts_statement {
        false => detect_language(text, analysis),
        // A line of a Japanese text without kana.
        true => detect_against_statement(text, analysis)
            .map(|lang| if is_japanese && lang == Language::Chinese { Language::Undetermined } else { lang }),
    };
    for paragraph in paragraphs {
        let lang = detect(paragraph.slice(body));
        for segment in cut_paragraph(body, paragraph, options.cut_above) {
            segments.push((segment, lang));
        }
    }
    let stated = if counts_statement { Some(Language::Undetermined) } else { document.lang };
    let fallback = stated.or_else(|| segments.iter().find_map(|&(_, lang)| lang));
    let fallback = fallback.or_else(|| detect_language(&document.title, analysis));
    let fallback = fallback.unwrap_or(Language::Undetermined);
    (join_segments(body, &segments, fallback, options), lead)
}

/// True if most of a body is surely in one of our languages, whatever other one a template states.
fn contradicts(body: &str, paragraphs: &[ByteRange], analysis: &analysis::Options) -> bool {
    let (mut ours, mut all) = (0, 0);
    for paragraph in paragraphs {
        let lang = detect_against_statement(paragraph.slice(body), analysis);
        ours += if lang.is_some_and(|lang| lang != Language::Undetermined) { paragraph.len() } else { 0 };
        all += paragraph.len();
    }
    2 * ours > all
}

/// The main language of a document: that of most of its text, by bytes (plus one for each passage, so that an empty one counts);
/// ties go to the earlier in [`Language::ALL`]. [`Language::Undetermined`] without passages.
pub fn main_language(passages: &[Passage]) -> Language {
    let bytes_in = |lang: Language| -> usize {
        passages.iter().filter(|passage| passage.lang == lang).map(|passage| passage.range.len() + 1).sum()
    };
    let mut main = Language::Undetermined;
    let mut most = 0;
    for lang in Language::ALL {
        let bytes = bytes_in(lang);
        if bytes > most {
            main = lang;
            most = bytes;
        }
    }
    main
}

/// The paragraphs of a body, trimmed and never empty. Boilerplate lines are left out, unless all lines are boilerplate.
fn paragraphs(body: &str, boilerplate: Option<&Boilerplate>) -> Vec<ByteRange> {
    let mut lines: Vec<Line> = Vec::new();
    let mut start = 0;
    let mut opens = true;
    while start < body.len() {
        let end = start + line_end(&body[start..]);
        let text = trim(body, ByteRange::new(start, end));
        start = end;
        if text.is_empty() {
            opens = true;
        } else {
            lines.push(Line { text, opens });
            opens = false;
        }
    }
    if let Some(boilerplate) = boilerplate {
        let marks = boilerplate.mark(lines.iter().map(|line| line.text.slice(body)));
        if marks.contains(&true) && marks.contains(&false) {
            let mut after_mark = false;
            let marked = lines.into_iter().zip(marks).filter_map(|(line, mark)| {
                let opens = line.opens || after_mark;
                after_mark = mark;
                (!mark).then_some(Line { opens, ..line })
            });
            lines = marked.collect();
        }
    }
    let mut paragraphs: Vec<ByteRange> = Vec::new();
    let mut may_go_on = false;
    for Line { text, opens } in lines {
        let goes_on = may_go_on && !opens && text.slice(body).chars().next().is_some_and(char::is_lowercase);
        match paragraphs.last_mut() {
            Some(paragraph) if goes_on => paragraph.end = text.end,
            _ => paragraphs.push(text),
        }
        may_go_on = !text.slice(body).ends_with(['.', '!', '?', ':', '…', '。', '！', '？', '”', '"']);
    }
    paragraphs
}

/// A line that is not empty, trimmed.
struct Line {
    text: ByteRange,
    /// True after an empty line or boilerplate, so that the line starts a paragraph.
    opens: bool,
}

/// Width of a text in terminal columns: in ASCII one for each byte, except that CR LF counts once.
fn columns_of(text: &str) -> usize {
    if text.is_ascii() && !text.contains('\r') { text.len() } else { text.width() }
}

fn trim(body: &str, range: ByteRange) -> ByteRange {
    let text = range.slice(body);
    let start = range.start + (text.len() - text.trim_start().len());
    ByteRange::new(start, start + text.trim().len())
}

/// Cuts a paragraph into segments of at most `cut_above` columns, as even in length as sentence ends allow.
fn cut_paragraph(body: &str, paragraph: ByteRange, cut_above: usize) -> Vec<ByteRange> {
    let columns = columns_of(paragraph.slice(body));
    if columns <= cut_above {
        return vec![paragraph];
    }
    let segments_wanted = columns.div_ceil(cut_above);
    let aim = columns.div_ceil(segments_wanted);
    let mut segments = Vec::new();
    let mut segment = ByteRange::new(paragraph.start, paragraph.start);
    let mut segment_columns = 0;
    for (at, sentence) in paragraph.slice(body).split_sentence_bound_indices() {
        let start = paragraph.start + at;
        let width = columns_of(sentence);
        let full = segment_columns >= aim || segment_columns + width > cut_above;
        if full && !segment.is_empty() {
            segments.push(segment);
            segment = ByteRange::new(start, start);
            segment_columns = 0;
        }
        if width > cut_above {
            cut_sentence(body, ByteRange::new(start, start + sentence.len()), cut_above, &mut segments);
            segment = ByteRange::new(start + sentence.len(), start + sentence.len());
        } else {
            segment.end = start + sentence.len();
            segment_columns += width;
        }
    }
    if !segment.is_empty() {
        segments.push(segment);
    }
    segments.into_iter().map(|segment| trim(body, segment)).filter(|segment| !segment.is_empty()).collect()
}

/// Cuts a sentence that is wider than `cut_above` columns: after white space if there is any, else between graphemes.
fn cut_sentence(body: &str, sentence: ByteRange, cut_above: usize, segments: &mut Vec<ByteRange>) {
    let mut start = sentence.start;
    let mut columns = 0;
    let mut last_space = None;
    for (at, grapheme) in sentence.slice(body).grapheme_indices(true) {
        let at = sentence.start + at;
        let width = grapheme.width().max(MIN_GRAPHEME_COLUMNS);
        // What is left after the cut can still be too wide with this grapheme, hence a loop.
        while columns + width > cut_above && at > start {
            let cut = last_space.filter(|&space| space > start).unwrap_or(at);
            segments.push(ByteRange::new(start, cut));
            columns = columns_of(ByteRange::new(cut, at).slice(body));
            start = cut;
            last_space = None;
        }
        columns += width;
        if grapheme.chars().all(char::is_whitespace) {
            last_space = Some(at + grapheme.len());
        }
    }
    segments.push(ByteRange::new(start, sentence.end));
}

/// Joins segments of one language into passages while a passage is short; a short last one joins the passage before it. A
/// segment without a detected language takes that of the segment before it, and at the start the `fallback`.
fn join_segments(
    body: &str,
    segments: &[(ByteRange, Option<Language>)],
    fallback: Language,
    options: &Options,
) -> Vec<Passage> {
    let Options { join_below, cut_above, .. } = *options;
    let mut joined: Vec<Joined> = Vec::new();
    for &(range, lang) in segments {
        let lang = lang.or_else(|| joined.last().map(|last| last.lang)).unwrap_or(fallback);
        let next = Joined { range, lang, columns: columns_of(range.slice(body)) };
        match joined.last_mut() {
            Some(last) if last.columns < join_below && last.can_take(&next, body, cut_above) => last.take(&next, body),
            _ => {
                take_back_short(&mut joined, body, join_below, cut_above);
                joined.push(next);
            }
        }
    }
    take_back_short(&mut joined, body, join_below, cut_above);
    let numbered = joined.into_iter().enumerate();
    numbered.map(|(at, joined)| Passage { number: at as u32, lang: joined.lang, range: joined.range }).collect()
}

/// A passage in the making: joined segments of one language.
struct Joined {
    range: ByteRange,
    lang: Language,
    columns: usize,
}

impl Joined {
    fn can_take(&self, next: &Joined, body: &str, cut_above: usize) -> bool {
        // Text between the two is boilerplate, which must not get into a passage.
        let is_next = body[self.range.end..next.range.start].trim().is_empty();
        is_next && self.lang == next.lang && self.columns_with(next, body) <= cut_above
    }

    fn take(&mut self, next: &Joined, body: &str) {
        self.columns = self.columns_with(next, body);
        self.range.end = next.range.end;
    }

    /// Width in columns of both together, with the white space between them, which becomes part of the passage.
    fn columns_with(&self, next: &Joined, body: &str) -> usize {
        self.columns + columns_of(&body[self.range.end..next.range.start]) + next.columns
    }
}

/// Joins a last passage that stayed short to the one before it: by itself it would be ranked by its title alone.
fn take_back_short(joined: &mut Vec<Joined>, body: &str, join_below: usize, cut_above: usize) {
    let [.., before, last] = joined.as_mut_slice() else {
        return;
    };
    if last.columns < join_below / 2 && before.can_take(last, body, cut_above) {
        before.take(last, body);
        joined.pop();
    }
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

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn columns_of_ascii_are_those_of_any_text() {
        proptest::proptest!(|(text in "[\\x00-\\x7F]{0,8}")| {
            proptest::prop_assert_eq!(columns_of(&text), text.width());
        });
        assert_eq!(columns_of("a\r\nb"), 3);
    }
}
