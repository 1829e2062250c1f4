//! The article among the lines of a page: without lists of links, boxes that lead elsewhere, and prompts.
//!
//! In: a page as it was read. Out: the lines of its article in their order. Invariant: all lines between the first and the last of
//! the article are kept, but for those that are plainly none of it.

use std::collections::{HashMap, HashSet};

use dom_smoothie::{CandidateSelectMode, Readability};

use crate::ingest::formats::html::MIN_LETTERS;
use crate::ingest::formats::html::lines::Line;
use crate::ingest::formats::html::page::{LeftOut, Page, PageOptions, read_page};
use crate::ingest::formats::html::words::PageWords;
use crate::ingest::formats::leads;

/// Letters below which all text of a page is its article: what tells articles from the rest counts sentences and commas,
/// and in a short page a comment has as many.
const MIN_EXTRACTED_LETTERS: usize = 600;
/// An article is at least such a part of its page, or it is not taken for the article.
const MIN_ARTICLE_PART: usize = 3;
/// Lines of nothing but a link, one after the other, that are a list of links.
const MIN_LINK_LIST: usize = 3;
/// Letters of a paragraph, at least.
const MIN_PARAGRAPH_LETTERS: usize = 40;
/// Lines that may stand between an article and a paragraph before it: headings, items of a list.
const MAX_BEFORE_PARAGRAPH: usize = 6;
/// The same behind it, where other articles follow.
const MAX_BEHIND_PARAGRAPH: usize = 2;
/// Lines between a title and the first paragraph, and letters of each.
const MAX_HEAD_LINES: usize = 8;
const MAX_HEAD_LETTERS: usize = 60;
/// Letters of a box that leads to another article.
const MAX_TEASER_LETTERS: usize = 400;
/// Characters of the beginning of a prompt.
const MAX_PROMPT_CHARS: usize = 80;
/// Letters that may stand before the title.
const MAX_LETTERS_BEFORE_TITLE: usize = 200;

/// The lines of the article. Those between the first and the last that the library takes for the article, so that no table,
/// list or heading between them is lost.
pub(crate) fn main_lines(page: Page, words: &PageWords) -> Vec<Line> {
    let lines = without_prompts(without_teasers(page.lines), words);
    let mut lines = without_link_lists(focused(lines));
    let all = letters(&lines);
    let Some(clean) = page.clean.filter(|_| all >= MIN_EXTRACTED_LETTERS && !page.too_deep) else {
        return lines;
    };
    let Some(article) = extract(&clean) else {
        return lines;
    };
    let article = read_page(&article, PageOptions::new(usize::MAX, LeftOut::Nothing, None)).lines;
    let article: HashSet<&str> =
        article.iter().filter(|line| line.letters > 0).map(|line| line.text.as_str()).collect();
    let is_article = |line: &Line| article.contains(line.text.as_str());
    if let Some(first) = lines.iter().position(is_article)
        && let Some(last) = lines.iter().rposition(is_article)
        && letters(&lines[first..=last]) * MIN_ARTICLE_PART >= all
    {
        let (first, last) = widened(&lines, first, last);
        lines.truncate(last + 1);
        lines.drain(..first);
    }
    without_head(lines)
}

/// The bounds of the article with the paragraphs that stand right before and behind it: a lede, or text in boxes of their own.
fn widened(lines: &[Line], first: usize, last: usize) -> (usize, usize) {
    let within = lines[first].within;
    let before = reached(lines[..first].iter().rev(), within, MAX_BEFORE_PARAGRAPH);
    let behind = reached(lines[last + 1..].iter(), within, MAX_BEHIND_PARAGRAPH);
    (first - before, last + behind)
}

/// Lines up to the last paragraph that comes before more than so many others.
fn reached<'a>(lines: impl Iterator<Item = &'a Line>, within: bool, max_others: usize) -> usize {
    let (mut reached, mut others) = (0, 0);
    for (at, line) in lines.take_while(|line| line.within == within).enumerate() {
        if is_paragraph(line) {
            (reached, others) = (at + 1, 0);
        } else {
            others += 1;
            if others > max_others || !within {
                break;
            }
        }
    }
    reached
}

/// True for a line that is a sentence or several, not linked.
fn is_paragraph(line: &Line) -> bool {
    line.letters >= MIN_PARAGRAPH_LETTERS && line.linked * 2 < line.letters && ends_sentence(&line.text)
}

fn ends_sentence(text: &str) -> bool {
    let text = text.trim_end_matches(|last: char| last.is_whitespace() || "\"'”’»«“)]）】」』".contains(last));
    text.ends_with(['.', '!', '?', '。', '！', '？', '…', '．'])
}

/// Without boxes that lead to other articles: those with a link that are short, or of which half is a link.
fn without_teasers(mut lines: Vec<Line>) -> Vec<Line> {
    let mut boxes: HashMap<usize, (usize, usize)> = HashMap::new();
    for line in lines.iter().filter(|line| line.teaser > 0) {
        let (letters, linked) = boxes.entry(line.teaser).or_default();
        *letters += line.letters;
        *linked += line.linked;
    }
    lines.retain(|line| {
        boxes
            .get(&line.teaser)
            .is_none_or(|&(letters, linked)| linked * 2 <= letters && (linked == 0 || letters > MAX_TEASER_LETTERS))
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

/// The markup of what the library takes for the article.
fn extract(clean: &str) -> Option<String> {
    let config = dom_smoothie::Config {
        disable_json_ld: true,
        candidate_select_mode: CandidateSelectMode::DomSmoothie,
        ..dom_smoothie::Config::default()
    };
    let article = Readability::new(clean, None, Some(config)).ok()?.parse().ok()?;
    Some(article.content.to_string())
}

/// The lines of elements that say they are the article, if they hold much of the text; else all lines.
fn focused(mut lines: Vec<Line>) -> Vec<Line> {
    let within: usize = lines.iter().filter(|line| line.within).map(|line| line.letters).sum();
    if within >= MIN_LETTERS && within * MIN_ARTICLE_PART >= letters(&lines) {
        lines.retain(|line| line.within);
    }
    lines
}

/// Without lists of links: lines of nothing else, several of them or several in one.
fn without_link_lists(mut lines: Vec<Line>) -> Vec<Line> {
    let is_linked = |line: &Line| line.letters == 0 && line.linked > 0;
    let runs: Vec<usize> = lines.chunk_by(|one, next| is_linked(one) == is_linked(next)).map(<[Line]>::len).collect();
    let mut lengths = runs.into_iter().flat_map(|length| std::iter::repeat_n(length, length));
    lines.retain(|line| {
        let length = lengths.next().unwrap_or_default();
        !is_linked(line) || (length < MIN_LINK_LIST && line.links < MIN_LINK_LIST)
    });
    lines
}

/// Without the short lines between the title and the first paragraph: kickers, names, days.
fn without_head(mut lines: Vec<Line>) -> Vec<Line> {
    let first = lines.iter().take(MAX_HEAD_LINES).position(is_paragraph).unwrap_or_default();
    let mut at = 0;
    lines.retain(|line| {
        at += 1;
        at > first || line.letters > MAX_HEAD_LETTERS || ends_sentence(&line.text)
    });
    lines
}

/// Without the title where it stands over the text, and without what is linked above it.
pub(crate) fn without_title(mut lines: Vec<Line>, title: &str) -> Vec<Line> {
    let title = leads::letters(title);
    let mut before = 0;
    let mut found = None;
    for (at, line) in lines.iter().enumerate() {
        if !title.is_empty() && line.text.len() <= 4 * title.len() + 100 && leads::letters(&line.text) == title {
            found = Some(at);
            break;
        }
        before += line.letters;
        if before > MAX_LETTERS_BEFORE_TITLE {
            break;
        }
    }
    if let Some(title_at) = found {
        let mut at = 0;
        lines.retain(|line| {
            at += 1;
            at - 1 > title_at || (at - 1 < title_at && line.letters > 0)
        });
    }
    lines
}

pub(crate) fn letters(lines: &[Line]) -> usize {
    lines.iter().map(|line| line.letters).sum()
}

/// Letters in links as well.
pub(crate) fn all_letters(lines: &[Line]) -> usize {
    lines.iter().map(|line| line.letters + line.linked).sum()
}
