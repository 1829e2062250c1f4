//! Tables as programs and archives export them: each read whole, with articles of our own in four languages.

mod archives;
mod cells;
mod drawn;
mod services;
mod sheets;

use csv::{QuoteStyle, WriterBuilder};
use tradewire::internals::document::Document;
use tradewire::internals::language::Language;

use crate::exports::archives::ARCHIVES;
use crate::exports::cells::ID;
use crate::exports::services::SERVICES;
use crate::exports::sheets::SHEETS;
use crate::reading::{Found, read};
use crate::wrappings::{ARTICLES, Article};

/// A cell of the row of an article, by its number.
type Cell = fn(&Article, usize) -> String;

/// A table of some program: its columns, and which parts of an article it has.
struct Export {
    name: &'static str,
    delimiter: u8,
    /// Lines before the heading.
    before: &'static str,
    columns: &'static [(&'static str, Cell)],
    /// `i` id, `d` date, `s` source, `u` address, `t` text, `l` language; the title is in each.
    has: &'static str,
}

const fn export(name: &'static str, has: &'static str, columns: &'static [(&'static str, Cell)]) -> Export {
    Export { name, delimiter: b',', before: "", columns, has }
}

fn exports() -> impl Iterator<Item = &'static Export> {
    [ARCHIVES, SHEETS, SERVICES].into_iter().flatten()
}

/// The table of an export.
fn table(export: &Export, quotes: QuoteStyle) -> String {
    let mut writer = WriterBuilder::new().delimiter(export.delimiter).quote_style(quotes).from_writer(Vec::new());
    writer.write_record(export.columns.iter().map(|(heading, _)| heading)).unwrap();
    for (number, article) in ARTICLES.iter().enumerate() {
        writer.write_record(export.columns.iter().map(|(_, cell)| cell(article, number))).unwrap();
    }
    export.before.to_owned() + std::str::from_utf8(&writer.into_inner().unwrap()).unwrap()
}

fn check(export: &Export, found: &Found) {
    let context = || format!("{}: {}", export.name, found.lines());
    assert_eq!((found.documents.len(), found.lost()), (ARTICLES.len(), 0), "{}", context());
    for (number, (article, document)) in ARTICLES.iter().zip(&found.documents).enumerate() {
        let has = |part: char| export.has.contains(part);
        let Document { id, title, body, lang, date, source, url, .. } = document;
        let given = |part: char, text: String| has(part).then_some(text);
        assert_eq!(title, article.title, "{}", context());
        let expected = given('t', article.paragraphs.join("\n\n")).unwrap_or_default();
        assert_eq!(*body, expected, "{}", context());
        assert_eq!(*date, given('d', article.date.to_owned()), "{}", context());
        assert_eq!(*source, given('s', article.source.to_owned()), "{}", context());
        assert_eq!(*url, given('u', article.url(number)), "{}", context());
        let address = url.clone().unwrap_or_else(|| format!("{}#{}", export.name, number + 1));
        assert_eq!(*id, given('i', ID(article, number)).unwrap_or(address), "{}", context());
        assert!(!has('l') || *lang == Language::from_tag(article.lang), "{}", context());
    }
}

#[test]
fn exports_are_read_whole() {
    for export in exports() {
        check(export, &read(export.name, table(export, QuoteStyle::Necessary).as_bytes()));
    }
}

#[test]
fn a_mark_at_the_start_quotes_and_ends_of_lines_change_nothing() {
    for export in exports() {
        let quoted = table(export, QuoteStyle::Always);
        check(export, &read(export.name, format!("\u{FEFF}{quoted}").as_bytes()));
        let utf16: Vec<u8> =
            "\u{FEFF}".encode_utf16().chain(quoted.encode_utf16()).flat_map(u16::to_le_bytes).collect();
        check(export, &read(export.name, &utf16));
    }
}

#[test]
fn names_of_columns_may_be_written_in_any_way() {
    for export in exports() {
        let table = table(export, QuoteStyle::Necessary);
        let (heading, rows) = table[export.before.len()..].split_once('\n').unwrap();
        let spaced = heading.replace('_', " ");
        for heading in [heading.to_uppercase(), heading.to_lowercase(), spaced, heading.replace(' ', "_")] {
            check(export, &read(export.name, format!("{}{heading}\n{rows}", export.before).as_bytes()));
        }
    }
}

#[test]
fn what_is_said_of_exports() {
    let lines = exports().map(|export| read(export.name, table(export, QuoteStyle::Necessary).as_bytes()).lines());
    insta::assert_snapshot!("problems_of_exports", lines.collect::<String>());
}
