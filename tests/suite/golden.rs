//! Golden files: what every chain makes of texts, and every reader of files, as accepted. An index on disk was made so, and
//! where something else is made of the same text, its version has to be another: then it is refused, or read again.
//!
//! What an accepted state was made by stands beside it, so that nothing else can be accepted under the same version.
//! `GOLDEN=accept cargo test --test suite -- golden::` accepts; read what changed.

use std::collections::BTreeMap;
use std::fmt::Write as _;
use std::fs;
use std::path::PathBuf;

use sha2::{Digest, Sha256};
use tradewire::internals::analysis::{Analyzer, Chain, CharScript, Segmented};
use tradewire::internals::config::Config;
use tradewire::internals::document::Document;
use tradewire::internals::ingest::{detect_language, split_passages};
use tradewire::internals::versions::{self, Version};

use crate::formats::{gzip, zip, zstd};
use crate::reading::{Found, read};
use crate::wrappings::{ARTICLES, Format};

const ACCEPT: &str = "GOLDEN=accept cargo test --test suite -- golden::";

/// Golden files that have one version.
struct Golden {
    what: &'static str,
    version: Version,
    /// What else decides it, and where an index knows that from.
    also: Vec<(&'static str, String)>,
    /// What a raised number does.
    then: &'static str,
    /// Name and content, as it is made now.
    files: Vec<(&'static str, String)>,
}

impl Golden {
    /// What it is made by: the number of our own code, the crates, and what else decides it.
    fn made_by(&self) -> String {
        let also = self.also.iter().map(|(name, digest)| format!("{name} {digest}"));
        let crates = self.version.crates.split("; ").map(str::to_owned).chain(also);
        format!("number {}\n{}\n", self.version.number, crates.collect::<Vec<_>>().join("\n"))
    }

    fn digest(&self) -> String {
        format!("files {}\n", digest(&self.files.iter().map(|(_, text)| text.as_str()).collect::<String>()))
    }

    fn check(&self) {
        let path = folder().join(format!("{}.version", self.what));
        let (accepted, made_by) = (fs::read_to_string(&path).unwrap_or_default(), self.made_by());
        let by_another = accepted.split("files ").next() != Some(&made_by);
        let (changes, moved) = (self.changes(), moved(&accepted, &made_by));
        let (what, then) = (self.what, self.then);
        let raise = format!("raise the number of {} in src/versions.rs, so that {then}", what.to_uppercase());
        if std::env::var("GOLDEN").is_ok_and(|switch| switch == "accept") {
            assert!(
                changes.is_empty() || by_another,
                "{changes}\nother {what} are made of the same text, and an index would not know: {raise}; then accept it again"
            );
            self.files.iter().for_each(|(name, text)| fs::write(folder().join(name), text).unwrap());
            fs::write(path, made_by + &self.digest()).unwrap();
            return;
        }
        let due = if by_another {
            format!("an index knows what has moved since these were accepted, so there is nothing to raise: {moved}")
        } else {
            format!("nothing has moved that an index knows of, so it is our own code: {raise}")
        };
        assert!(
            changes.is_empty(),
            "{changes}\nother {what} are made of the same text than tests/data/golden has; {due}\nif that is meant, accept it: {ACCEPT}"
        );
        assert!(
            accepted == made_by + &self.digest(),
            "the same {what} are made of the texts in tests/data/golden, but by others, or of more or fewer texts; there is \
             nothing to raise, accept it: {ACCEPT}\n{moved}"
        );
    }

    /// The first texts of each file of which something else is made than was accepted; no text that came or went.
    fn changes(&self) -> String {
        let mut changes = String::new();
        for (name, text) in &self.files {
            let before = fs::read_to_string(folder().join(name)).unwrap_or_default();
            let (accepted, now) = (entries(&before), entries(text));
            let other = accepted.iter().filter_map(|(text, made)| {
                let now = now.get(text).filter(|now| !made.is_empty() && *now != made)?;
                Some(format!("{name}: {text}\n  - {}\n  + {}\n", made.join("\n    "), now.join("\n    ")))
            });
            changes.extend(other.take(5));
        }
        changes
    }
}

/// The texts of a golden file, or the names of its documents, each with the lines that are made of it.
fn entries(golden: &str) -> BTreeMap<&str, Vec<&str>> {
    let mut entries: BTreeMap<&str, Vec<&str>> = BTreeMap::new();
    let mut document = None;
    for line in golden.lines() {
        if let Some(name) = line.strip_prefix("# ") {
            document = Some(name);
            entries.entry(name).or_default();
        } else if let Some(name) = document {
            entries.entry(name).or_default().push(line);
        } else {
            let (text, made) = line.split_once('\t').unwrap_or((line, ""));
            // Of a text that was added by hand nothing is accepted yet.
            entries.entry(text).or_default().extend((!made.is_empty()).then_some(made));
        }
    }
    entries
}

/// The lines of what something is made by that are others than before.
fn moved(before: &str, now: &str) -> String {
    let before: Vec<&str> = before.lines().collect();
    let name = |line: &str| line.split(' ').next().unwrap_or_default().to_owned();
    let other = now.lines().filter(|line| !before.contains(line)).map(|line| {
        let earlier = before.iter().find(|earlier| name(earlier) == name(line));
        format!("{} -> {line}", earlier.unwrap_or(&"nothing"))
    });
    other.collect::<Vec<_>>().join(", ")
}

fn folder() -> PathBuf {
    PathBuf::from(env!("CARGO_MANIFEST_DIR")).join("tests/data/golden")
}

fn digest(text: &str) -> String {
    let digest = Sha256::digest(text.as_bytes());
    digest.iter().take(8).map(|byte| format!("{byte:02x}")).collect()
}

/// The texts of a golden file, each with what is made of it now.
fn lines(name: &str, make: impl Fn(&str) -> String) -> String {
    let accepted = fs::read_to_string(folder().join(name)).unwrap();
    let texts = accepted.lines().map(|line| line.split('\t').next().unwrap_or_default());
    texts.map(|text| format!("{text}\t{}\n", make(text))).collect()
}

#[test]
fn tokens() {
    let config = Config::builtin().unwrap();
    let analyzer = Analyzer::for_indexing(&config.analysis);
    let files = [
        ("en.tsv", Chain::English),
        ("de.tsv", Chain::German),
        ("ko.tsv", Chain::Korean),
        ("zh.tsv", Chain::Chinese),
        ("und.tsv", Chain::Undetermined),
        ("characters.tsv", Chain::Characters),
    ];
    let files = files.map(|(name, chain)| {
        // As passages are indexed: Korean ones have hanja by their readings too.
        let readings = |text: &str| chain == Chain::Characters && Segmented::new(text).has_script(CharScript::Hangul);
        (name, lines(name, |text| analyzer.kept(chain, text, readings(text)).unwrap()))
    });
    let language = |text: &str| detect_language(text, &config.analysis).map_or("-", |lang| lang.code()).to_owned();
    let mut files = files.to_vec();
    files.push(("languages.tsv", lines("languages.tsv", language)));
    Golden {
        what: "tokens",
        version: versions::TOKENS,
        also: vec![
            ("dictionaries", digest(versions::DICTIONARIES)),
            ("options", digest(&config.analysis.described().to_string())),
        ],
        then: "older indexes are refused",
        files,
    }
    .check();
}

#[test]
fn documents() {
    let config = Config::builtin().unwrap();
    let mut text = String::new();
    let mut add = |name: &str, bytes: &[u8]| describe(&mut text, name, &read(name, bytes), &config);
    for (number, format) in Format::all().into_iter().enumerate() {
        let article = &ARTICLES[number % ARTICLES.len()];
        let bytes = format.bytes(article, number, "utf-8", &|text| text.as_bytes().to_vec());
        let name = format!("{number:02}-{}.{}", article.lang, format.extension());
        add(&name, &bytes);
        // Each once as it is packed, in turn.
        match number % 3 {
            0 => add(&format!("{name}.gz"), &gzip(&bytes)),
            1 => add(&format!("{name}.zst"), &zstd(&bytes)),
            _ => add(&format!("{name}.zip"), &zip(&[(&name, &bytes)])),
        }
    }
    // Encodings that nothing states, and dates that only the text has.
    for (label, at) in [("euc-kr", 6), ("gb18030", 9), ("big5", 11), ("windows-1252", 3)] {
        let article = &ARTICLES[at % ARTICLES.len()];
        let body = article.paragraphs.join("\n\n");
        let text = format!("{}\n\n{body}\n", article.title);
        add(&format!("{label}.txt"), &encoding_rs::Encoding::for_label(label.as_bytes()).unwrap().encode(&text).0);
    }
    for (name, text) in DATED {
        add(name, text.as_bytes());
    }
    Golden {
        what: "documents",
        version: versions::DOCUMENTS,
        also: vec![("options", digest(&config.ingest.described(&config.ingest.field_names().unwrap()).to_string()))],
        then: "files are read again",
        files: vec![("documents.txt", text)],
    }
    .check();
}

/// Texts that say by themselves when they were published.
const DATED: [(&str, &str); 6] = [
    ("agency.txt", "Ports agree on a timetable\n\nTuesday, March 4, 2025\n\nThe ports agreed on a timetable.\n"),
    ("dateline.txt", "Neue Fähre\n\nHafenstadt, 11. Februar 2025\n\nDie Fähre fährt seit Dienstag.\n"),
    ("korean.txt", "항만 협정 체결\n\n입력 2025.03.04. 오전 9:30\n\n두 항만이 협정을 맺었다.\n"),
    ("chinese.txt", "港口达成协议\n\n二〇二五年三月四日\n\n两个港口周二达成协议。\n"),
    (
        "page.html",
        "<html lang=de><head><title>Zollrunde</title><meta property=\"article:published_time\" content=\"2025-02-11T08:00:00+01:00\"></head><body><nav>Start</nav><article><h1>Zollrunde</h1><p>Die Runde tagt am Dienstag im Hafen und spricht über Zölle.</p></article></body></html>",
    ),
    (
        "notes.md",
        "# Ferry notes\n\n*June 19, 2025*\n\n- first **crossing**\n- [timetable](https://news.example/t)\n\n| a | b |\n|---|---|\n| 1 | 2 |\n",
    ),
];

/// What was read of a file, as lines.
fn describe(out: &mut String, name: &str, found: &Found, config: &Config) {
    writeln!(out, "# {name}").unwrap();
    for document in &found.documents {
        let Document { id, title, body, lang, declared_lang, date, source, authors, sections, url, path: _ } = document;
        let or_none = |text: &Option<String>| text.clone().unwrap_or_else(|| "-".to_owned());
        let lang = lang.map(|lang| lang.code()).or(declared_lang.as_deref()).unwrap_or("-");
        writeln!(
            out,
            "{id}\t{title}\t{}\t{}\t{}\t{lang}\t{} bytes {}",
            or_none(date),
            or_none(source),
            or_none(url),
            body.len(),
            digest(body)
        )
        .unwrap();
        if !(authors.is_empty() && sections.is_empty()) {
            writeln!(out, "\tby {} in {}", authors.join(" | "), sections.join(" | ")).unwrap();
        }
        let passages = split_passages(document, &config.passages, &config.analysis);
        let passages = passages
            .iter()
            .map(|passage| format!("{} {}..{}", passage.lang.code(), passage.range.start, passage.range.end));
        writeln!(out, "\t{}", passages.collect::<Vec<_>>().join(", ")).unwrap();
    }
    out.push_str(&found.lines());
    found.decoded.iter().for_each(|(encoding, lost)| writeln!(out, "\t{encoding} {lost}").unwrap());
}
