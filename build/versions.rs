//! The crates that decide the content of an index: one list, from which the versions in its fingerprint are made.
//!
//! `build.rs` takes the versions from `Cargo.lock`, which stands beside `Cargo.toml` in the repository, in a checkout of cargo's and
//! in a package. Where the program is a dependency, the lock of who depends on it counts instead, and cargo tells a build
//! script nothing of that: so what decides tokens is pinned exactly in `Cargo.toml`, which binds every lock. What decides
//! documents is not, or the crate could stand beside few others; there another version means that files are not read again
//! after it, and no wrong answer. `tests/suite/versions.rs` holds all this.

/// The crates that decide tokens and passages: the detected language of each passage, where it is cut, and its terms.
///
/// Not in it: what the names of countries are made of (icu_experimental), since the fingerprint has the table itself; tantivy,
/// which checks by itself whether it can read an index.
pub(crate) const TOKENS: &[&str] = &[
    "frostem",                       // stems of English and German
    "fst",                           // the word lists for jieba and for splitting compounds
    "jieba-rs",                      // words of Chinese
    "lindera",                       // morphemes of Korean
    "lindera-dictionary",            // morphemes of Korean
    "lingua",                        // English or German, where function words do not decide it
    "lingua-english-language-model", // the same
    "lingua-german-language-model",  // the same
    "unicode-normalization",         // normal form of a text
    "unicode-segmentation",          // words, sentences, grapheme clusters
    "unicode-width",                 // length of a passage
];

/// The crates that decide the documents read from a file: their text, title, date and address.
pub(crate) const DOCUMENTS: &[&str] = &[
    "chardetng",             // the encoding of a text that states none
    "csv-core",              // records of tables
    "dom_query",             // parses pages for dom_smoothie
    "dom_smoothie",          // extracts the article of a page
    "encoding_rs",           // text from bytes
    "html5ever",             // parses pages for dom_smoothie
    "html5gum",              // tags of a page
    "httparse",              // headers in archives of the web
    "jiff",                  // dates
    "mail-parser",           // parts of e-mails
    "pulldown-cmark",        // Markdown
    "quick-xml",             // feeds
    "rawzip",                // entries of archives
    "regex",                 // dates in a text
    "serde_json",            // records
    "tar",                   // entries of archives
    "unicode-normalization", // dates
    "unicode-width",         // columns of tables without a heading, by their length
    "url",                   // addresses
];

/// The other crates of `src/text`, and why each decides no token. A test asks for each crate in which list it belongs.
#[allow(dead_code, reason = "for the test")]
pub(crate) const NOT_TOKENS: &[(&str, &str)] = &[
    ("anyhow", "errors"),
    ("foldhash", "hashes that are not kept"),
    ("jiff", "days as numbers"),
    ("memchr", "finds bytes"),
    ("regex", "finds the same by a pattern in every version; the fingerprint has the patterns"),
    ("serde", "serialisation"),
    ("serde_json", "options in the fingerprint"),
    ("sha2", "digests, which have one value"),
    ("strsim", "names the nearest code in a message"),
    ("thread_local", "caches of threads"),
    ("tradewire-dictionaries", "part of the project; the fingerprint has the digests of the dictionaries"),
];

/// The other crates of `src/ingest`, and why each decides no document.
#[allow(dead_code, reason = "for the test")]
pub(crate) const NOT_DOCUMENTS: &[(&str, &str)] = &[
    ("anyhow", "errors"),
    ("base64", "what was written so comes back as it was"),
    ("brotli-decompressor", "what was packed comes back as it was"),
    ("bzip2", "the same"),
    ("crc32fast", "checksums, which have one value"),
    ("flate2", "unpacking gives the original bytes"),
    ("foldhash", "hashes that are not kept"),
    ("lzma-rust2", "what was packed comes back as it was"),
    ("memchr", "finds bytes"),
    ("serde", "serialisation"),
    ("sha2", "digests, which have one value"),
    ("siphasher", "hashes, which have one value"),
    ("strsim", "names the nearest key in a message"),
    ("tempfile", "temporary files for archives"),
    ("walkdir", "lists files"),
    ("zstd", "unpacking gives the original bytes"),
];

/// Crates with their locked versions, as `NAME VERSION; …`; a crate of several versions with each.
///
/// # Errors
///
/// When a crate is not in the lock.
pub(crate) fn locked(lock: &str, crates: &[&str]) -> Result<String, String> {
    let described = crates.iter().map(|&name| {
        let versions = versions_of(lock, name);
        if versions.is_empty() {
            return Err(format!("{name} is not in Cargo.lock, but in the list of build/versions.rs; remove it there, or name what came in its place"));
        }
        Ok(format!("{name} {}", versions.join(" ")))
    });
    described.collect::<Result<Vec<_>, _>>().map(|described| described.join("; "))
}

/// The versions of a crate in a lock file.
pub(crate) fn versions_of<'a>(lock: &'a str, name: &str) -> Vec<&'a str> {
    let packages = lock.split("[[package]]").filter(|package| value(package, "name") == Some(name));
    packages.filter_map(|package| value(package, "version")).collect()
}

fn value<'a>(package: &'a str, key: &str) -> Option<&'a str> {
    package.lines().find_map(|line| line.strip_prefix(key)?.strip_prefix(" = \"")?.strip_suffix('"'))
}
