//! Collocates for reading: a table, with two examples below each word.

use std::io::{Result, Write};

use indicatif::HumanCount;

use super::concordance::{keep_start, padded};
use super::page::{PageWriter, QUIET, TITLE};
use tradewire::analytics_types::{Collocates, Measure};
use tradewire::internals::highlight::columns_of;
use tradewire::output::{Page, one_line};

/// The greatest width of a word, in columns.
const WORD_COLUMNS: usize = 24;

/// Writes collocates.
///
/// # Errors
///
/// When the output cannot be written to.
pub(crate) fn write_collocates(found: &Collocates, measure: Measure, page: Page, out: &mut dyn Write) -> Result<()> {
    let mut page = PageWriter::new(out, page);
    let shown = |word: &str| keep_start(&one_line(word), WORD_COLUMNS);
    let widest = found.words.iter().map(|word| columns_of(&shown(&word.word))).max().unwrap_or(0).max("word".len());
    let line = |word: &str, lang: &str, cells: [String; 4]| {
        let [score, observed, expected, frequency] = cells;
        format!("{}  {lang:<4} {score:>9} {observed:>9} {expected:>10} {frequency:>10}", padded(word, widest))
    };
    let head = [measure.name(), "observed", "expected", "frequency"].map(str::to_owned);
    let head = page.styled(TITLE, &line("word", "lang", head));
    page.write_line(&head)?;
    for word in &found.words {
        let [observed, frequency] = [word.observed, word.frequency].map(|count| HumanCount(count).to_string());
        let cells = [format!("{:.2}", word.score), observed, format!("{:.1}", word.expected), frequency];
        page.write_line(&line(&shown(&word.word), word.lang.code(), cells))?;
        for (id, example) in &word.examples {
            let text = one_line(example).split_whitespace().collect::<Vec<_>>().join(" ");
            let text = format!("    {text}  ({})", one_line(id));
            let text = page.styled(QUIET, &keep_start(&text, page.width));
            page.write_line(&text)?;
        }
    }
    let [hits, words] = [found.hits, found.found].map(|count| HumanCount(count).to_string());
    let total = format!("{} of {words} words beside {hits} hits", HumanCount(found.words.len() as u64));
    page.write_line("")?;
    let total = page.styled(QUIET, &total);
    page.write_line(&total)
}
