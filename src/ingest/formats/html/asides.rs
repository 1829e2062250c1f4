//! Lines within an article that are none of it: boxes and lists that lead to other articles, prompts, what is repeated.
//!
//! In: lines of a page. Out: the same without these. Invariant: what is left keeps its order; a paragraph that leads nowhere
//! and asks for nothing is kept once.

use std::collections::HashMap;

use crate::ingest::formats::html::lines::{Line, letters};
use crate::ingest::formats::html::words::PageWords;

/// Lines of nothing but a link, one after the other, that are a list of links.
const MIN_LINK_LIST: usize = 3;
/// Letters in links of a line that is a link with its label, for each letter beside.
const MIN_LINKED_TIMES: usize = 2;
/// Letters outside of links by which a line that ends as a sentence is a paragraph, whatever is linked in it.
const MIN_OWN_LETTERS: usize = 80;
/// Letters of a paragraph, at least.
const MIN_PARAGRAPH_LETTERS: usize = 40;
/// Lines between a title and the first paragraph, and letters of each.
const MAX_HEAD_LINES: usize = 8;
const MAX_HEAD_LETTERS: usize = 60;
/// Letters of a box that leads to another article.
const MAX_TEASER_LETTERS: usize = 400;
/// Characters of the beginning of a prompt.
const MAX_PROMPT_CHARS: usize = 80;
/// Letters of a line that, if it stands in a page again, is another copy and not the same phrase.
const MIN_REPEATED_LETTERS: usize = 60;
/// Characters of the heading of a list of other articles.
const MAX_HEADING_CHARS: usize = 60;
/// Links of a page with the same words, from which on these are buttons and head no list.
const MIN_BUTTONS: usize = 3;
/// Lines that may stand between two links of a list.
const MAX_BETWEEN_LINKS: usize = 3;
/// Letters of a paragraph that ends a list of other articles, with their leads, by being none.
const MIN_TEXT_LETTERS: usize = 160;

/// Without boxes and lists that lead to other articles, prompts, and copies of what stands before them.
pub(crate) fn without_asides(lines: Vec<Line>, words: &PageWords) -> Vec<Line> {
    without_listed(without_prompts(without_copies(without_teasers(lines)), words), words)
}

/// True for a line that is a sentence or several, not linked.
pub(crate) fn is_paragraph(line: &Line) -> bool {
    line.letters >= MIN_PARAGRAPH_LETTERS && line.linked * 2 < line.letters && ends_sentence(&line.text)
}

fn ends_sentence(text: &str) -> bool {
    let text = text.trim_end_matches(|last: char| last.is_whitespace() || "\"'”’»«“)]）】」』".contains(last));
    text.ends_with(['.', '!', '?', '。', '！', '？', '…', '．'])
}

/// True for a sentence and another that announces what follows: "The levy matters. Here is why:".
fn announces(text: &str) -> bool {
    let announcement = text.trim_end().strip_suffix([':', '：']);
    announcement.is_some_and(|text| {
        text.contains(['。', '！', '？']) || [". ", "! ", "? "].iter().any(|end| text.contains(end))
    })
}

/// Without boxes that lead to other articles: those with a link that are short, or of which half is a link.
fn without_teasers(mut lines: Vec<Line>) -> Vec<Line> {
    let mut boxes: HashMap<usize, (usize, usize, usize)> = HashMap::new();
    for line in lines.iter().filter(|line| line.teaser > 0) {
        let (letters, linked, links) = boxes.entry(line.teaser).or_default();
        *letters += line.letters;
        *linked += line.linked;
        *links += line.links;
    }
    let all = letters(&lines);
    lines.retain(|line| {
        boxes.get(&line.teaser).is_none_or(|&(letters, linked, links)| {
            letters * 2 > all || (linked * 2 <= letters && (linked == 0 || letters > MAX_TEASER_LETTERS * links.max(1)))
        })
    });
    lines
}

/// Without paragraphs that begin as prompts do.
fn without_prompts(mut lines: Vec<Line>, words: &PageWords) -> Vec<Line> {
    lines.retain(|line| {
        let start: String = line.text.chars().take(MAX_PROMPT_CHARS).collect::<String>().to_lowercase();
        !words.prompts.iter().any(|prompt| start.starts_with(prompt.as_str()))
    });
    lines
}

/// Without second copies: of the paragraph right before, or of several in the order in which they stand in the page already.
fn without_copies(mut lines: Vec<Line>) -> Vec<Line> {
    let mut first: HashMap<&str, usize> = HashMap::new();
    let is_same = |one: usize, other: usize| matches!((lines.get(one), lines.get(other)), (Some(one), Some(other)) if is_paragraph(one) && one.text == other.text);
    let is_copy: Vec<bool> = lines
        .iter()
        .enumerate()
        .map(|(at, line)| {
            let before = *first.entry(line.text.as_str()).or_insert(at);
            let goes_on = || is_same(before + 1, at + 1) || (before > 0 && is_same(before - 1, at - 1));
            before < at
                && line.letters >= MIN_REPEATED_LETTERS
                && is_paragraph(line)
                && (is_same(at - 1, at) || goes_on())
        })
        .collect();
    let mut is_copy = is_copy.into_iter();
    lines.retain(|_| !is_copy.next().unwrap_or_default());
    lines
}

/// Without lists of other articles under a heading that says so, behind the first paragraph. A link that says the same several
/// times is a button.
fn without_listed(mut lines: Vec<Line>, words: &PageWords) -> Vec<Line> {
    let mut links: HashMap<String, usize> = HashMap::new();
    for line in lines.iter().filter(|line| line.letters == 0 && line.text.len() <= 4 * MAX_HEADING_CHARS) {
        *links.entry(line.text.clone()).or_default() += 1;
    }
    let is_button = |line: &Line| links.get(&line.text).is_some_and(|&times| times >= MIN_BUTTONS);
    let (mut at, mut kept) = (lines.iter().position(is_paragraph).unwrap_or(lines.len()), Vec::new());
    let first = at;
    while at < lines.len() {
        let line = &lines[at];
        let is_short = line.text.chars().count() <= MAX_HEADING_CHARS && !ends_sentence(&line.text);
        if is_short && words.is_list_heading(&line.text) && !is_button(line) {
            at = end_of_list(&lines, at);
        } else {
            kept.push(line.clone());
            at += 1;
        }
    }
    lines.truncate(first);
    lines.append(&mut kept);
    lines
}

/// The end of a list under a heading: behind its last link, and the lead below that if the other links have leads. It is no list of
/// links where none comes for several lines, and a paragraph that is too long for a lead is text again.
fn end_of_list(lines: &[Line], heading: usize) -> usize {
    let is_link = |line: &Line| line.linked > 0 && line.linked * 2 >= line.letters;
    let is_lead = |line: &Line| line.linked == 0 && line.letters < MIN_TEXT_LETTERS && ends_sentence(&line.text);
    let (mut end, mut links) = (heading + 1, 0);
    for (at, line) in lines.iter().enumerate().skip(heading + 1) {
        let follows_link = at > heading + 1 && is_link(&lines[at - 1]);
        if at - end >= MAX_BETWEEN_LINKS || is_paragraph(line) && (line.letters >= MIN_TEXT_LETTERS || !follows_link) {
            break;
        }
        if is_link(line) {
            (end, links) = (at + 1, links + 1);
        }
    }
    let has_leads = links > 1 && lines[heading + 1..end].iter().any(is_lead);
    end + usize::from(has_leads && lines.get(end).is_some_and(is_lead))
}

/// Without lists of links: lines of nothing else, several of them or several in one. A paragraph of which the links show
/// more when they are pointed at is none.
pub(crate) fn without_link_lists(mut lines: Vec<Line>) -> Vec<Line> {
    let is_linked = |line: &Line| {
        line.linked > 0
            && line.linked >= MIN_LINKED_TIMES * line.letters
            && (line.letters < MIN_OWN_LETTERS || !ends_sentence(&line.text))
    };
    let runs: Vec<usize> = lines.chunk_by(|one, next| is_linked(one) == is_linked(next)).map(<[Line]>::len).collect();
    let mut lengths = runs.into_iter().flat_map(|length| std::iter::repeat_n(length, length));
    lines.retain(|line| {
        let length = lengths.next().unwrap_or_default();
        !is_linked(line) || (length < MIN_LINK_LIST && line.links < MIN_LINK_LIST)
    });
    lines
}

/// Without the short lines between the title and the first paragraph: kickers, names, days. Behind the last paragraph, without
/// those with a link; others may be the rows of a table.
pub(crate) fn without_short_ends(mut lines: Vec<Line>) -> Vec<Line> {
    let first = lines.iter().take(MAX_HEAD_LINES).position(is_paragraph).unwrap_or_default();
    let behind = lines.iter().rev().take(MAX_HEAD_LINES).position(is_paragraph).unwrap_or_default();
    let last = lines.len() - behind;
    let mut at = 0;
    lines.retain(|line| {
        at += 1;
        let is_end = at <= first || (at > last && line.linked > 0);
        !is_end || line.letters > MAX_HEAD_LETTERS || ends_sentence(&line.text) || announces(&line.text)
    });
    lines
}
