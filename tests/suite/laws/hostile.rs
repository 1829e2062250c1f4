//! Law 9 for long and deep queries, and for texts of little else than one word: an answer or an error, in bounded time.

use std::time::{Duration, Instant};

use tradewire::internals::query::{MAX_QUERY_BYTES, parse_query};
use tradewire::internals::search::{SearchOptions, Searcher};

use super::Corpus;

/// Far more than any of them takes, even on a busy machine, and far less than one without a bound.
const LIMIT: Duration = Duration::from_secs(if cfg!(debug_assertions) { 60 } else { 20 });

/// Asks, whatever the answer; true if it was a query.
#[allow(clippy::print_stderr, reason = "shown only where the test fails")]
fn ask(corpus: &Corpus, name: &str, query: &str) -> bool {
    let searcher =
        Searcher::new(corpus.index.clone(), &corpus.config.analysis, &corpus.config.ranking, &corpus.config.glossary);
    let options = SearchOptions { limit: 3, count: true, ..SearchOptions::default() };
    let start = Instant::now();
    let parsed = parse_query(query);
    if let Ok(ast) = &parsed {
        searcher.answer(ast, &options).unwrap();
    }
    let took = start.elapsed();
    eprintln!("{took:?} {name} ({})", parsed.as_ref().map_or("error", |_| "query"));
    assert!(took < LIMIT, "{name} took {took:?}");
    parsed.is_ok()
}

/// As often as it fits.
fn full(piece: &str) -> String {
    piece.repeat(MAX_QUERY_BYTES / piece.len())
}

fn numbered(piece: impl Fn(usize) -> String, count: usize, joint: &str) -> String {
    let all: Vec<String> = (0..count).map(piece).collect();
    all.join(joint)
}

/// The sample articles' words, and titles and texts of one word over and over.
fn corpus() -> Corpus {
    let repeated = |piece: &str, times: usize| piece.repeat(times);
    Corpus::of_articles(&[
        ("a".to_owned(), repeated("a ", 1500), repeated("a ", 20_000)),
        ("ab".to_owned(), repeated("a b ", 800), repeated("a b. ", 10_000)),
        ("han".to_owned(), repeated("税", 1500), repeated("关税", 10_000)),
        ("hangul".to_owned(), repeated("관세 ", 800), repeated("관세를 ", 5000)),
        ("long".to_owned(), repeated("x", 30_000), repeated("halbleiter", 3000)),
        (
            "some".to_owned(),
            "Tariffs on steel".to_owned(),
            "The tariffs were raised. 관세 협정 自由贸易 Zölle".to_owned(),
        ),
    ])
}

#[test]
fn long_queries_of_every_operator() {
    for corpus in [Corpus::of_seeds(), corpus()] {
        let ask = |name: &str, query: &str| ask(&corpus, name, query);
        assert!(ask("10,000 words", &numbered(|at| format!("w{at}"), 9000, " ")));
        assert!(!ask("a megabyte", &"trade ".repeat(180_000)));
        assert!(!ask("a megabyte of signs", &"(".repeat(1 << 20)));
        for piece in [
            "trade ",
            "(",
            ")",
            "+",
            "-",
            "=",
            "~",
            "*",
            "\"",
            "“",
            "「",
            "AND ",
            "OR ",
            "NOT ",
            "NEAR ",
            "NEAR/5 ",
            "BEFORE ",
            "BEFORE/5 ",
            "title:",
            "lead:",
            "FIRST/5 ",
            "ATLEAST/3 ",
            "lead:a ",
            "ATLEAST/2 a ",
            "lang:ko ",
            "source:x ",
            "id:a* ",
            "date:2025 ",
            "+a ",
            "-a ",
            "(a) ",
            "a AND ",
            "a OR ",
            "a NOT ",
            "a NEAR/99 ",
            "a BEFORE/99 ",
            "\"a\" ",
            "\"a b\"~99 ",
            "=a ",
            "aa* ",
            "ab* ",
            "a?b ",
            "*ab ",
            "a*b ",
            "tariff~ ",
            "title:a ",
            "NOT NOT a ",
            "关税 ",
            "관세를 ",
            "\"税\"~9 ",
        ] {
            ask(&format!("{piece:?} over and over"), &full(piece));
            ask(&format!("{piece:?} over and over, and a word"), &format!("{}a", full(piece).split_at(60_000).0));
        }
    }
}

#[test]
fn deep_queries() {
    let corpus = corpus();
    let nested =
        |open: &str, inside: &str, close: &str, depth| format!("{}{inside}{}", open.repeat(depth), close.repeat(depth));
    for depth in [30, 59, 60, 61, 10_000] {
        for (open, close) in [
            ("(", ")"),
            ("(a OR ", ")"),
            ("(a AND ", ")"),
            ("(a NOT ", ")"),
            ("(+a -", ")"),
            ("title:(", ")"),
            ("（", "）"),
        ] {
            ask(&corpus, &format!("{depth} times {open}"), &nested(open, "a", close, depth));
        }
        ask(&corpus, &format!("{depth} times (a NEAR/9"), &nested("(a NEAR/9 ", "a", ")", depth));
        ask(&corpus, &format!("{depth} times title:"), &nested("title:", "a", "", depth));
        ask(&corpus, &format!("{depth} times NOT"), &format!("a {}b", "NOT ".repeat(depth)));
        ask(&corpus, &format!("{depth} minus signs"), &format!("a {}b", "-".repeat(depth)));
    }
}

#[test]
fn many_alternatives() {
    let corpus = corpus();
    for (name, piece) in [
        ("words", "w{}"),
        ("phrases", "\"a b{}\""),
        ("prefixes", "a{}*"),
        ("fuzzy words", "tarif{}~"),
        ("exact words", "=w{}"),
        ("near words", "(a NEAR/5 w{})"),
        ("words near each other", "\"a b {}\"~99"),
        ("words in the title", "title:w{}"),
        ("sources", "source:s{}"),
        ("ids", "id:a{}*"),
        ("CJK runs", "关税{}"),
        ("Korean words", "관세{}를"),
        ("nested", "(a AND (b OR w{}))"),
    ] {
        for (joint, count) in [(" OR ", 2500), (" ", 3000), (" AND ", 2000)] {
            let query = numbered(|at| piece.replace("{}", &at.to_string()), count, joint);
            ask(&corpus, &format!("{count} {name} joined by {joint:?}"), &query);
        }
        let taken = numbered(|at| format!("-{}", piece.replace("{}", &at.to_string())), 2000, " ");
        ask(&corpus, &format!("{name} taken away"), &format!("+a {taken}"));
        let taken = numbered(|at| piece.replace("{}", &at.to_string()), 2000, " NOT ");
        ask(&corpus, &format!("{name} after NOT"), &format!("a NOT {taken}"));
    }
}

#[test]
fn near_in_texts_of_one_word() {
    let corpus = corpus();
    for part in ["a", "b", "税", "관세", "aa*", "?a", "=a", "\"a a\""] {
        for count in [2, 3, 5, 8, 9, 50, 1000] {
            for joint in [" NEAR/0 ", " NEAR/5 ", " NEAR/99 ", " BEFORE/0 ", " BEFORE/99 "] {
                ask(&corpus, &format!("{count} times {part}{joint}"), &vec![part; count].join(joint));
            }
            for distance in [0, 99] {
                let query = format!("\"{}\"~{distance}", vec![part.trim_matches(['"', '*', '=']); count].join(" "));
                ask(&corpus, &format!("{part} {count} times in quotation marks ~{distance}"), &query);
            }
        }
    }
    for query in [
        "\"a a a a a a a a\"~99",
        "\"a b a b a b a b\"~99",
        "\"a b a b a b a c\"~99",
        "\"b b b b b b b tariffs\"~99",
        "(a OR b) NEAR/99 (a OR b) NEAR/99 (a OR b) NEAR/99 (a OR b)",
        "(a NEAR/99 b) NEAR/99 (a NEAR/99 b)",
        "(a BEFORE/99 b) BEFORE/99 (b BEFORE/99 a)",
        "a BEFORE/99 b BEFORE/99 a BEFORE/99 b BEFORE/99 a BEFORE/99 b BEFORE/99 a BEFORE/99 c",
        "税 BEFORE/99 税 BEFORE/99 关",
        "((a NEAR/99 b) NEAR/99 (b NEAR/99 a)) NEAR/99 ((a NEAR/99 b) NEAR/99 (b NEAR/99 a))",
        "\"关税关税关税关税关税关税\"~99",
        "税 NEAR/99 税 NEAR/99 关",
        "관세 NEAR/99 관세를",
        "ATLEAST/1000 (a NEAR/99 a NEAR/99 b)",
        "ATLEAST/2 (a OR b OR \"a a\" OR (a NEAR/99 b))",
        "FIRST/10000 ATLEAST/1000 (税 OR 关税 OR 税*)",
        "lead:FIRST/1 title:lead:ATLEAST/3 a",
    ] {
        assert!(ask(&corpus, query, query));
    }
    for (count, is_read) in [(100, true), (101, false)] {
        let query = vec!["ATLEAST/2 (a OR 税)"; count].join(" OR ");
        assert_eq!(ask(&corpus, &format!("{count} times ATLEAST"), &query), is_read);
    }
}

#[test]
fn one_long_word_or_run() {
    for corpus in [Corpus::of_seeds(), corpus()] {
        for (name, word) in [
            ("word", "x".repeat(60_000)),
            ("compound", "halbleiter".repeat(6000)),
            ("umlauts", "ö".repeat(30_000)),
            ("acronym", "U.".repeat(30_000)),
            ("Han run", "税".repeat(20_000)),
            ("Han run of words", "自由贸易协定".repeat(3300)),
            ("Hangul run", "관세".repeat(10_000)),
            ("Korean words", "관세를".repeat(6000)),
            ("mixed run", "5G网络".repeat(7000)),
            ("marks", format!("e{}", "\u{301}".repeat(30_000))),
            ("jamo", "\u{1112}\u{1161}\u{11ab}".repeat(6000)),
        ] {
            for (how, query) in [
                ("bare", word.clone()),
                ("quoted", format!("\"{word}\"")),
                ("near itself", format!("\"{word}\"~99")),
                ("prefix", format!("{word}*")),
                ("fuzzy", format!("{word}~")),
                ("exact", format!("={word}")),
                ("beside an operator", format!("a AND {word}")),
                ("near", format!("a NEAR/99 {word}")),
                ("in the title", format!("title:{word}")),
                ("in the lead", format!("lead:{word}")),
                ("counted", format!("ATLEAST/2 {word}")),
                ("taken away", format!("+a -{word}")),
            ] {
                ask(&corpus, &format!("{name} {how}"), &query);
            }
        }
    }
}
