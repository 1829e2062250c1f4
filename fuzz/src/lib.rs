//! Invariants for any input of the parser, the analysers, the highlighter and the readers of files. The fuzz targets and the
//! property tests of `tests/suite` share them.
//!
//! The error of a check says what does not hold. Which characters are CJK is decided here independently of the engine.

#![allow(unreachable_pub, reason = "the test suite has this file as a module of its own")]

use std::collections::BTreeSet;
use std::fs;
use std::ops::ControlFlow;

use anyhow::{Context, Result, ensure};
use tradewire::internals::analysis::{Analyzer, Chain, Folded, Segmented, Token, UnitKind};
use tradewire::internals::config::Config;
use tradewire::internals::document::{ByteRange, Document};
use tradewire::internals::engine::{PassagePlace, StoredPassage};
use tradewire::internals::highlight::{Fragment, GAP, Locator, MAX_FRAGMENTS, choose_fragments};
use tradewire::internals::index::{IndexOptions, NewsIndex, index_paths};
use tradewire::internals::ingest::{DocumentReader, ReadEvent, ReadOptions, split_passages};
use tradewire::internals::language::Language;
use tradewire::internals::query::{MAX_DEPTH, MAX_QUERY_BYTES, QueryAst, QueryOptions, compile_query, parse_query};
use unicode_segmentation::UnicodeSegmentation;
use unicode_width::UnicodeWidthStr;

/// The articles of the index for which [`Highlighter`] compiles queries.
const ARTICLES: &str = include_str!("../articles.jsonl");

/// The most nodes that a pair of parentheses can add above its content: a restriction, OR, AND, NOT, a bag, NEAR.
const NODES_PER_LEVEL: usize = 6;

/// The widths, in columns, that fragments are chosen for.
const COLUMNS: [usize; 8] = [0, 1, 5, 20, 40, 76, 110, 304];

/// Checks the parser: any string is a query that prints back to itself, or an error that names its place.
pub fn check_query(query: &str) -> Result<()> {
    match parse_query(query) {
        Ok(ast) => {
            let depth = ast.depth();
            ensure!(depth <= NODES_PER_LEVEL * (MAX_DEPTH + 1) + 1, "{depth} nodes deep: {query:?}");
            let printed = ast.to_string();
            if printed.len() <= MAX_QUERY_BYTES {
                let again = parse_query(&printed);
                // The printed query can have parentheses that the query left out.
                let is_too_deep = again.as_ref().is_err_and(|error| error.found.contains("nested too deeply"));
                let is_same = again.as_ref() == Ok(&ast) || is_too_deep && depth > MAX_DEPTH;
                ensure!(is_same, "{query:?} is {ast:?}, but printed as {printed:?} {again:?}");
            }
        }
        Err(error) => {
            let at = error.at;
            ensure!(at.start < at.end && at.end <= query.len(), "{at:?} of {query:?}: {error:?}");
            let on_characters = query.is_char_boundary(at.start) && query.is_char_boundary(at.end);
            ensure!(on_characters, "{at:?} of {query:?}: {error:?}");
            let texts = [&error.expected, &error.found].into_iter().chain(&error.suggestion);
            for text in texts {
                ensure!(!text.trim().is_empty(), "{query:?}: {error:?}");
            }
        }
    }
    Ok(())
}

/// The analysers of index and queries.
pub struct Analyzers {
    for_index: Analyzer,
    for_queries: Analyzer,
}

impl Analyzers {
    /// The analysers of the built-in configuration.
    pub fn new() -> Result<Analyzers> {
        let config = Config::builtin()?;
        Ok(Analyzers {
            for_index: Analyzer::for_indexing(&config.analysis),
            for_queries: Analyzer::for_queries(&config.analysis),
        })
    }

    /// Checks each chain: it analyses any text, and gives the same tokens for queries as for the index.
    pub fn check_text(&self, text: &str) -> Result<()> {
        check_units(text)?;
        let segmented = Segmented::new(text);
        for chain in Chain::ALL {
            let tokens = self.for_index.tokens(chain, text)?;
            check_tokens(text, &segmented, chain, &tokens)?;
            check_forms(text, &segmented, chain, &tokens)?;
            let context = || format!("{} of {text:?}", chain.name());
            let same = tokens == self.for_queries.tokens(chain, text)?;
            ensure!(same, "not the same for queries: {}", context());
            let with_readings = self.for_index.tokens_of(chain, &segmented, true)?;
            let same = with_readings == self.for_queries.tokens_of(chain, &segmented, true)?;
            ensure!(same, "with readings not the same for queries: {}", context());
            check_tokens(text, &segmented, chain, &with_readings)?;
            ensure!(tokens.iter().all(|token| with_readings.contains(token)), "lost by readings: {}", context());
        }
        Ok(())
    }
}

/// Checks units: they map to whole graphemes with the same folded form, in order, without overlap.
pub fn check_units(text: &str) -> Result<()> {
    let boundaries = boundaries(text);
    let segmented = Segmented::new(text);
    let mut end = 0;
    for unit in segmented.units() {
        let range = segmented.original_range(unit.folded);
        let context = || format!("{:?} of {text:?}", segmented.form(unit));
        let on_graphemes = boundaries.contains(&range.start) && boundaries.contains(&range.end);
        ensure!(on_graphemes, "{range:?}: {}", context());
        ensure!(end <= range.start && range.start < range.end, "{range:?} after {end}: {}", context());
        let slice = range.slice(text);
        if Folded::new(slice).text() != segmented.form(unit) {
            // A letter can share its cluster with a space or sign before it, but with nothing else to look up.
            let slice = Segmented::new(slice);
            let forms: Vec<&str> = slice.units().iter().map(|unit| slice.form(unit)).collect();
            ensure!(forms == [segmented.form(unit)], "{forms:?}: {}", context());
        }
        end = range.end;
    }
    Ok(())
}

fn check_tokens(text: &str, segmented: &Segmented, chain: Chain, tokens: &[Token]) -> Result<()> {
    let boundaries = boundaries(text);
    let mut position = 0;
    for token in tokens {
        let context = || format!("{token:?} by {} of {text:?}", chain.name());
        ensure!(!token.term.is_empty(), "{}", context());
        ensure!(token.range.start < token.range.end && token.range.end <= text.len(), "{}", context());
        let on_graphemes = boundaries.contains(&token.range.start) && boundaries.contains(&token.range.end);
        ensure!(on_graphemes, "{}", context());
        ensure!(position <= token.position, "after {position}: {}", context());
        position = token.position;
        let Some(unit) = segmented.units().get(position as usize) else {
            anyhow::bail!("no such unit: {}", context());
        };
        let first = segmented.original_range(unit.folded);
        ensure!(first.start <= token.range.start && token.range.start < first.end, "{}", context());
        // A part of a compound.
        let is_part = token.term.starts_with('+');
        ensure!(!is_part || chain == Chain::German && token.range.end <= first.end, "{}", context());
    }
    Ok(())
}

/// Checks tokens of CJK characters: they are the text at their place, except that Korean predicates have their stem and hanja
/// their reading.
fn check_forms(text: &str, segmented: &Segmented, chain: Chain, tokens: &[Token]) -> Result<()> {
    for token in tokens.iter().filter(|_| chain != Chain::Korean) {
        let kind = segmented.units().get(token.position as usize).map(|unit| unit.kind);
        if token.term.chars().all(is_cjk) && matches!(kind, Some(UnitKind::Char(_))) {
            let slice = Segmented::new(token.range.slice(text));
            // Only a mark can share a CJK character's cluster: `中🏽`.
            let forms = slice.units().iter().flat_map(|unit| slice.form(unit).chars());
            let form: String = forms.filter(|&character| is_cjk(character)).collect();
            ensure!(form == token.term, "{form:?}, but {token:?} by {} of {text:?}", chain.name());
        }
    }
    Ok(())
}

/// Checks highlights: they are sorted, disjoint, inside the text, on grapheme boundaries, and visible.
pub fn check_marks(text: &str, marks: &[ByteRange]) -> Result<()> {
    let boundaries = boundaries(text);
    let mut end = 0;
    for mark in marks {
        let is_in_order = end <= mark.start && mark.start < mark.end && mark.end <= text.len();
        ensure!(is_in_order, "{marks:?} of {text:?}");
        let on_graphemes = boundaries.contains(&mark.start) && boundaries.contains(&mark.end);
        ensure!(on_graphemes, "half a grapheme at {mark:?} of {text:?}");
        ensure!(!is_blank(mark.slice(text)), "nothing at {mark:?} of {text:?}");
        end = mark.end;
    }
    Ok(())
}

/// Checks the promises of [`choose_fragments`] for sorted, disjoint matches on character boundaries.
pub fn check_fragments(text: &str, matches: &[ByteRange], columns: usize) -> Result<()> {
    let fragments = choose_fragments(text, matches, columns);
    let context = || format!("{fragments:?} of {text:?} with {matches:?} on {columns} columns");
    ensure!(!fragments.is_empty() && fragments.len() <= MAX_FRAGMENTS, "{}", context());
    ensure!(fragments == choose_fragments(text, matches, columns), "not the same again: {}", context());
    if is_blank(text) || text.trim().width() <= columns {
        ensure!(fragments == [Fragment::whole(text)], "it fits: {}", context());
        return Ok(());
    }

    let clusters: Vec<(usize, &str)> = text.grapheme_indices(true).collect();
    let is_bound = |at: usize| at == text.len() || clusters.binary_search_by_key(&at, |&(at, _)| at).is_ok();
    let mut end = 0;
    for (number, fragment) in fragments.iter().enumerate() {
        let range = fragment.range;
        ensure!(is_bound(range.start) && is_bound(range.end), "half a grapheme: {}", context());
        let mut inside = range.slice(text).graphemes(true);
        let (first, last) = (inside.next().unwrap_or(" "), inside.next_back());
        ensure!(!is_blank(first) && !last.is_some_and(is_blank), "white space around {range:?}: {}", context());
        let is_apart = number == 0 || range.start > end && !is_blank(&text[end..range.start]);
        ensure!(is_apart, "not apart: {}", context());
        ensure!(fragment.cut_before != is_blank(&text[..range.start]), "cut before? {}", context());
        ensure!(fragment.cut_after != is_blank(&text[range.end..]), "cut after? {}", context());
        end = range.end;
    }

    // The first cluster of a match or of the text may be wider than the budget.
    let matches: Vec<ByteRange> = matches.iter().filter_map(|&found| inked(&clusters, found)).collect();
    let range = fragments[0].range;
    let first_width = |from: usize| {
        let mut widths = text[from..range.end].graphemes(true).map(UnicodeWidthStr::width);
        widths.find(|&width| width > 0).unwrap_or(0)
    };
    let shown_matches = matches.iter().filter(|found| found.start < range.end && range.start < found.end);
    let of_matches = shown_matches.map(|found| first_width(found.start.max(range.start))).max();
    let first = of_matches.unwrap_or_else(|| first_width(range.start));
    let shown = joined(text, &fragments);
    let least = if fragments.len() == 1 && columns < first + 4 { first + 4 } else { columns };
    ensure!(shown.width() <= least, "{} columns: {shown:?}: {}", shown.width(), context());

    let holds_a_match = |fragment: &Fragment| {
        let range = fragment.range;
        matches.iter().any(|found| found.start < range.end && range.start < found.end)
    };
    let all_hold_one = matches.is_empty() || fragments.iter().all(holds_a_match);
    ensure!(all_hold_one, "a fragment without a match: {}", context());
    let is_whole = |found: &ByteRange| {
        fragments.iter().any(|shown| shown.range.start <= found.start && found.end <= shown.range.end)
    };
    let can_be_whole = |found: &ByteRange| found.slice(text).width() + 4 <= columns;
    let is_due = matches.iter().any(can_be_whole);
    ensure!(!is_due || matches.iter().any(is_whole), "all matches are cut: {}", context());
    Ok(())
}

/// The fragments as printed, with the gaps between and around them.
pub fn joined(text: &str, fragments: &[Fragment]) -> String {
    let slices: Vec<&str> = fragments.iter().map(|fragment| fragment.range.slice(text)).collect();
    let before = if fragments[0].cut_before { GAP.trim_start() } else { "" };
    let after = if fragments[fragments.len() - 1].cut_after { GAP.trim_end() } else { "" };
    format!("{before}{}{after}", slices.join(GAP))
}

/// The grapheme clusters that a range overlaps, without white space around them; `None` if there is only white space.
fn inked(clusters: &[(usize, &str)], range: ByteRange) -> Option<ByteRange> {
    let first = clusters.partition_point(|&(at, cluster)| at + cluster.len() <= range.start);
    let next = clusters.partition_point(|&(at, _)| at < range.end);
    let mut inside = clusters[first..next.max(first)].iter().filter(|(_, cluster)| !is_blank(cluster));
    let &(start, cluster) = inside.next()?;
    let &(last, cluster) = inside.next_back().unwrap_or(&(start, cluster));
    Some(ByteRange::new(start, last + cluster.len()))
}

/// A highlighter that compiles queries for an index of a few articles and highlights them in any text.
pub struct Highlighter {
    config: Config,
    index: NewsIndex,
    analyzer: Analyzer,
}

impl Highlighter {
    /// Builds the index.
    pub fn new() -> Result<Highlighter> {
        let config = Config::builtin()?;
        let folder = tempfile::tempdir()?;
        let (articles, dir) = (folder.path().join("articles.jsonl"), folder.path().join("index"));
        fs::write(&articles, ARTICLES)?;
        let options = IndexOptions { strict: true, ..IndexOptions::default() };
        index_paths(&dir, &[articles], &config, &options, &mut |_| {})?;
        // Removed at once: an open index does not need its folder, and nobody would remove it after a run of a fuzz target.
        let index = NewsIndex::open(&dir, &config)?;
        let analyzer = Analyzer::for_queries(&config.analysis);
        Ok(Highlighter { config, index, analyzer })
    }

    /// Checks highlights and fragments of a case with three parts: a line with a query, a line with a title, and a text. If the
    /// query begins with a digit, it is the passage's language, as a position in [`Language::ALL`].
    pub fn check_case(&self, case: &str) -> Result<()> {
        let (query, passage) = case.split_once('\n').unwrap_or((case, ""));
        let (title, text) = passage.split_once('\n').unwrap_or(("", passage));
        let number = query.chars().next().and_then(|first| first.to_digit(10));
        let (lang, query) = match number {
            Some(number) => (Language::ALL[number as usize % Language::ALL.len()], &query[1..]),
            None => (Language::Undetermined, query),
        };
        let passage = StoredPassage {
            id: "a1".to_owned(),
            title: title.to_owned(),
            document_lang: lang,
            declared_lang: None,
            lang,
            date: Some("2025-12-30".to_owned()),
            source: Some("Yonhap News 연합뉴스".to_owned()),
            authors: vec!["Kim Min-su".to_owned()],
            sections: vec!["Wirtschaft".to_owned()],
            words: 300,
            concepts: vec!["rare-earths".to_owned()],
            url: None,
            path: "articles.jsonl".to_owned(),
            number: 0,
            range: ByteRange::new(0, text.len()),
            countries: Vec::new(),
            document_countries: Vec::new(),
            place: PassagePlace { units_before: 0, in_lead: 20 },
        };
        let ast = parse_query(query).unwrap_or_else(|_| QueryAst::plain(query));
        let Config { ranking, glossary, .. } = &self.config;
        let options = QueryOptions::default();
        let compiled = compile_query(&ast, &options, false, &self.index, &self.analyzer, ranking, glossary)?;
        let mut marks = (Vec::new(), Vec::new());
        if let Some(compiled) = compiled {
            let matches = Locator::new(&compiled.highlight, &self.analyzer).locate(&passage, text, &BTreeSet::new())?;
            marks = (matches.title, matches.text);
        }
        for (text, marks) in [(title, &marks.0), (text, &marks.1)] {
            check_marks(text, marks)?;
            COLUMNS.iter().try_for_each(|&columns| check_fragments(text, marks, columns))?;
        }
        Ok(())
    }
}

/// The fuzz targets that read files, with the names of these files.
pub const READERS: [(&str, &[&str]); 12] = [
    ("article", &["a.txt", "a.md"]),
    ("csv", &["a.csv", "a.tsv"]),
    ("feed", &["a.xml"]),
    ("html", &["a.html"]),
    ("json", &["a.json"]),
    ("json_lines", &["a.jsonl"]),
    ("mail", &["a.eml", "a.mbox"]),
    ("newsml", &["a.nitf", "a.xml"]),
    ("sgml", &["a.sgml"]),
    ("unnamed", &["a", "a.php"]),
    ("warc", &["a.warc"]),
    ("wrapped", &["a.jsonl", "a.jsonl.br", "a.lzma"]), // most of what is packed is known by its first bytes
];

/// A number of events that reading an input of a fuzzer never reaches.
const MAX_EVENTS: usize = 100_000;

/// A reader of any bytes as a file of any name.
pub struct Readers {
    config: Config,
    reader: DocumentReader,
}

impl Readers {
    /// The readers, with limits that inputs of a fuzzer reach.
    pub fn new() -> Result<Readers> {
        let mut config = Config::builtin()?;
        config.ingest.limits.document = 20_000;
        config.ingest.limits.markup = 50_000;
        config.ingest.limits.archive_entries = 50;
        let reader = DocumentReader::new(&config.ingest, ReadOptions::default())?;
        Ok(Readers { config, reader })
    }

    /// Checks the reading of a file: it does not panic, reports what it does not deliver, and delivers articles that can be cut
    /// into passages, the same each time.
    pub fn check_file(&self, name: &str, bytes: &[u8]) -> Result<()> {
        let read = self.read(name, bytes);
        ensure!(read.len() <= MAX_EVENTS, "no end: {:?}", &read[..5]);
        let mut begun = false;
        for event in &read {
            match event {
                ReadEvent::Document(document) => {
                    ensure!(!document.id.trim().is_empty(), "an empty id: {document:?}");
                    let is_empty = document.title.trim().is_empty() && document.body.trim().is_empty();
                    ensure!(!is_empty, "nothing to index: {document:?}");
                    let limit = self.config.ingest.limits.document;
                    ensure!(document.body.len() <= 4 * limit, "{} bytes are more than {limit}", document.body.len());
                    self.check_passages(document)?;
                }
                ReadEvent::Problem(problem) => {
                    ensure!(problem.place.starts_with(name), "{problem:?}");
                    ensure!(!problem.reason.fault.trim().is_empty(), "{problem:?}");
                }
                ReadEvent::FileStarted(_) => ensure!(!std::mem::replace(&mut begun, true), "begun twice"),
                _ => {}
            }
        }
        ensure!(read == self.read(name, bytes), "not the same when read again");
        Ok(())
    }

    /// Does [`Readers::check_file`] under each file name of a target.
    pub fn check_target(&self, target: &str, bytes: &[u8]) -> Result<()> {
        let names = READERS.iter().filter(|(name, _)| *name == target).flat_map(|(_, names)| *names);
        names.into_iter().try_for_each(|name| self.check_file(name, bytes).with_context(|| name.to_owned()))
    }

    fn read(&self, name: &str, bytes: &[u8]) -> Vec<ReadEvent> {
        let mut events = Vec::new();
        let _ = self.reader.read_bytes(name, bytes, &mut |event: ReadEvent| {
            events.push(event);
            if events.len() > MAX_EVENTS { ControlFlow::Break(()) } else { ControlFlow::Continue(()) }
        });
        events
    }

    /// Checks passages: they are in order in the body, and on character boundaries.
    fn check_passages(&self, document: &Document) -> Result<()> {
        let mut end = 0;
        for (number, passage) in
            split_passages(document, &self.config.passages, &self.config.analysis).into_iter().enumerate()
        {
            let ByteRange { start, end: next } = passage.range;
            ensure!(passage.number as usize == number, "{passage:?} is number {number}");
            ensure!(end <= start && start <= next, "{passage:?} after {end}");
            ensure!(document.body.get(start..next).is_some(), "{passage:?} of {document:?}");
            end = next;
        }
        Ok(())
    }
}

/// CJK characters: ideographs, Hangul and kana, any substring of which can be searched for. Of conjoining jamo, only a leading
/// consonant begins a character.
pub fn is_cjk(character: char) -> bool {
    matches!(character,
        '\u{2e80}'..='\u{2fd5}' | '\u{3400}'..='\u{9fff}' | '\u{f900}'..='\u{faff}' | '\u{20000}'..='\u{3fffd}' | '々' | '〇'
        | '가'..='힣' | '\u{1100}'..='\u{115e}' | 'ㄱ'..='ㅣ'
        | 'ぁ'..='ゖ' | 'ァ'..='ヺ' | 'ー')
}

fn boundaries(text: &str) -> BTreeSet<usize> {
    text.grapheme_indices(true).map(|(at, _)| at).chain([text.len()]).collect()
}

fn is_blank(text: &str) -> bool {
    text.chars().all(char::is_whitespace)
}
