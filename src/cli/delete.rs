//! `tradewire delete`: removes documents, by id or by query.

use std::io::Write;

use anyhow::{Result, bail};
use jiff::civil::Date;
use tradewire::output::one_line;
use tradewire::search_types::QueryOptions;
use tradewire::{Error, Index};

use crate::cli::query::{Syntax, day, refuse_query, say_cuts, say_translation};
use crate::cli::target::Target;
use crate::cli::{Outcome, complain, count};

/// Remove documents from the index: the one with exactly this id, or every document that a query finds.
///
/// If the whole text is the id of a document, or each of its words is, these documents are removed. Otherwise the text is a query,
/// which the glossary does not expand; the documents that it finds are listed, and only removed with `--yes`. Exits with 1 if
/// nothing was removed.
///
/// A removed document comes back when its file is read again: after the file has changed, with `--rebuild`, or if the file has a
/// record that could not be read, or an id that another file has too.
#[derive(clap::Args)]
pub(super) struct Args {
    /// An id, several ids, or a query; see `tradewire help query`
    #[arg(required = true, value_name = "ID|QUERY")]
    what: Vec<String>,

    #[command(flatten)]
    target: Target,

    /// Remove what a query finds, instead of listing it
    #[arg(long)]
    yes: bool,

    /// The day that relative dates of the query (date:..1y) count from [default: today]
    #[arg(long, value_name = "YYYY-MM-DD", value_parser = day)]
    today: Option<Date>,

    /// Whose syntax the query is in; what it becomes here is said on standard error
    #[arg(long, value_name = "WHOSE", default_value = "tradewire", conflicts_with = "id")]
    syntax: Syntax,

    /// Read each word as an id, never as a query
    #[arg(long, conflicts_with = "query")]
    id: bool,

    /// Read the text as a query, never as an id
    #[arg(long)]
    query: bool,
}

/// The most documents that are listed before they are removed.
const SHOWN: usize = 10;

pub(super) fn run(args: &Args, out: &mut dyn Write) -> Result<Outcome> {
    let config = args.target.config()?;
    let dir = args.target.index_dir()?;
    let index = Index::open(&dir, &config)?;
    let what = args.what.join(" ");
    if let Some(ids) = args.ids(&index, &what)? {
        drop(index);
        return Ok(say(Index::delete(&dir, &ids, &config)?, "nothing was removed"));
    }
    let query = match args.syntax.parse(&what, &config) {
        Ok(query) => query,
        Err(error) => return Ok(refuse_query(&what, &error)),
    };
    let options = QueryOptions { expand: false, today: args.today, ..QueryOptions::default() };
    say_translation(&query);
    let searcher = index.searcher();
    say_cuts(&searcher.cuts(&query, &options)?);
    let ids = match searcher.documents(&query, &options) {
        // Without a word to look up, it finds nothing.
        Err(Error::InvalidQuery(_)) => Vec::new(),
        ids => ids?,
    };
    drop((index, searcher));
    if ids.is_empty() {
        return Ok(say(0, "no document has this id, and as a query it finds none"));
    }
    if !args.yes {
        for id in ids.iter().take(SHOWN) {
            writeln!(out, "{}", one_line(id))?;
        }
        let more = ids.len().saturating_sub(SHOWN);
        let rest = if more > 0 { format!(", {more} of them not shown") } else { String::new() };
        let found = count(ids.len() as u64, "document", "documents");
        complain(&format!("{found} found{rest}; nothing was removed, add --yes to remove"));
        return Ok(Outcome::NoHit);
    }
    Ok(say(Index::delete(&dir, &ids, &config)?, "the documents are gone already"))
}

impl Args {
    /// The ids to remove; `None` if the text is a query. With `--id`, ids that no document has are reported.
    fn ids(&self, index: &Index, all: &str) -> Result<Option<Vec<String>>> {
        if self.query {
            return Ok(None);
        }
        if !self.id && index.has_document(all)? {
            return Ok(Some(vec![all.to_owned()]));
        }
        let mut unknown = Vec::new();
        for id in &self.what {
            if !index.has_document(id)? {
                unknown.push(id);
            }
        }
        if self.id {
            for id in unknown {
                complain(&format!("no document has the id `{id}`"));
            }
            return Ok(Some(self.what.clone()));
        }
        // As a query, the words would find other documents than those with these ids.
        if let Some(unknown) = unknown.first().filter(|_| unknown.len() < self.what.len()) {
            bail!(
                "some of these are ids, but no document has the id `{unknown}`; use --id or --query to say which is meant"
            );
        }
        Ok(unknown.is_empty().then(|| self.what.clone()))
    }
}

fn say(documents: u64, nothing: &str) -> Outcome {
    if documents == 0 {
        complain(nothing);
        return Outcome::NoHit;
    }
    complain(&format!("{} removed", count(documents, "document", "documents")));
    Outcome::Done
}
