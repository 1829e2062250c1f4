//! All tests of the public interface and the command, in one binary.

#![allow(clippy::unwrap_used, reason = "a test stops where it fails")]

#[path = "../../fuzz/src/lib.rs"]
mod checks; // what holds for any input; the fuzz targets check it too
#[path = "../../benches/corpus/mod.rs"]
mod corpus; // what the benches generate
mod reading;
mod workspace;
// Two parts of the binary, which has no library of its own, so that each of their functions can be tested.
#[allow(dead_code, unused_imports, reason = "the command line uses all of it")]
#[path = "../../src/cli/benchmark/mod.rs"]
mod benchmark;
#[allow(dead_code, unused_imports, reason = "the command line uses all of it")]
#[path = "../../src/cli/terminal/mod.rs"]
mod terminal;

mod analysis; // goldens of every chain, offsets, folding
mod bench; // queries measured: figures, ratios, and the command over them
mod boilerplate; // lines that are none of the text of an article
mod cli; // help pages, exit codes, errors, colours, pipes
mod compounds; // German compounds and their parts
mod config; // every file in index-config/ is loaded, mistakes are refused
mod countries; // the filters by country and by two countries
mod dates; // days of publication: how they are written, where they stand, sorting by them
mod deletion; // documents removed by id and by query, everything made one segment
mod documents; // README and the guide in docs/: transcripts, links, sizes
mod encodings; // which encoding a text is in, and what cannot be read
mod evaluation; // topics, judgements, scores, and the command over them
mod exports; // tables as programs and archives export them
mod facets; // counts over all hits
mod faults; // killed processes, full disks, folders that cannot be written to
mod feeds; // dialects of RSS and Atom, and what is wrong in them
mod filters; // by author, section, length, concept and relative dates; what every format states of authors and sections
mod formats; // what is known by name and by content, tables, lists, packed files, archives
mod generated; // the articles that the benches generate
mod glossary; // queries expanded by the names of trade concepts, and the tables of these
mod golden; // what chains and readers make, as accepted, and which version that has
mod highlight; // what is marked, and what is not
mod hostile; // files made to do harm, or damaged: bombs, lies, names, special files
mod ingest; // readers, passages, languages, bad input
mod interruption; // SIGINT and SIGTERM
mod json;
mod kwic; // concordances and collocates
mod languages; // each language is found by inflection, phrase, prefix and bag, and has its own stop words
mod laws; // the ten laws of the engine, as properties
mod leads; // where the lead of an article ends
mod library; // the public library, and the examples
mod markup; // pages, feeds, archives of the web
mod messages; // e-mail, news of agencies, sitemaps, text collections
mod names; // files known by their content, archives of tar
mod other_languages; // texts in other languages, told, stated, found
mod other_words; // what is found of texts in languages without rules of their own
mod output; // every format
mod peers; // the table in docs/src/comparison.md of what others get wrong
mod per; // the best of each language, country, source, month
mod places; // operators of place: one sentence, one paragraph, not near; no phrase across paragraphs
mod pruning; // what vanished is removed
mod query; // how queries are read, what is refused, what each operator finds and marks
mod refinement; // the final order of the best hits
mod reports; // what a run says that it did
mod rooms; // the rooms of src/ import one way, and only two name tantivy
mod search; // what is found, and in which order
mod seeds; // the sample corpus, its topics and judgements
mod series; // several queries over time
mod shell; // the user's defaults, completions, manual pages
mod show; // whole articles, pagers, links
mod spellings; // British and American, hyphens
mod stories; // documents that are copies of one text, and results by story
mod tables; // dialects, headings and none, stated columns, days in a column
mod timeline; // hits over time
mod updates; // replacing, rebuilding, two writers, killed writers, other versions, what is skipped
mod verification; // damage is found and refused
mod versions; // an index knows every crate that decides what is in it
mod words; // inflection, names of short pieces, numbers with units, apostrophes, codes of countries
mod wrappings; // the same articles in every format, layout of pages, encoding, compression
