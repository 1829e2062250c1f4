//! `tradewire show`: a whole article.

use std::io::Write;
use std::mem::ManuallyDrop;

use anyhow::{Context, Result, bail};
use clap::ValueEnum;
use tradewire::output::write_article_json;
use tradewire::search_types::{Article, QueryOptions};
use tradewire::{Error, Index, Query, Searcher};

use crate::cli::query::{refuse_query, say_cuts};
use crate::cli::screen::ScreenArgs;
use crate::cli::target::Target;
use crate::cli::terminal::hyperlink::web_address;
use crate::cli::terminal::write_article;
use crate::cli::{Outcome, complain};

/// Show a whole article: its title, what is known of it, and its text; exits with 0, or 2 when there is no such article
///
/// The text is what the index has of it, in paragraphs as they were read; lines that are no part of the article (boilerplate) are not
/// among them. On a terminal, long articles open in the pager: TRADEWIRE_PAGER, PAGER, or less.
#[derive(clap::Args)]
pub(super) struct Args {
    /// Id of the article, as `tradewire search` prints it
    #[arg(value_name = "ID")]
    id: String,

    #[command(flatten)]
    target: Target,

    /// Mark what this query matches, as `tradewire search` does
    #[arg(long, value_name = "QUERY")]
    query: Option<String>,

    /// Mark only what was typed, without the other names that the glossary adds
    #[arg(long, requires = "query")]
    no_expand: bool,

    /// Point at the line with this byte of the text, as `byte_start` of search and kwic has it; the pager opens there
    #[arg(long, value_name = "BYTE")]
    at: Option<usize>,

    /// Open the address of the article in the browser, in place of printing the article
    #[arg(long, conflicts_with_all = ["query", "at", "format"])]
    open: bool,

    /// Output format
    #[arg(long, value_name = "FORMAT", default_value = "text")]
    format: Format,

    #[command(flatten)]
    screen: ScreenArgs,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
enum Format {
    /// For reading
    Text,
    /// One JSON object
    Json,
}

pub(super) fn run(args: &Args, out: &mut dyn Write) -> Result<Outcome> {
    let config = args.target.config()?;
    let text = args.query.as_deref().unwrap_or_default();
    let parsed = args.query.as_deref().map(|query| {
        let query = Query::parse(query)?;
        query.check(&config).map(|()| query)
    });
    let query = match parsed.transpose() {
        Ok(query) => query,
        Err(error) => return Ok(refuse_query(text, &error)),
    };
    // Never dropped, as in a search: closing the mapped files takes time.
    let index = ManuallyDrop::new(Index::open(args.target.index_dir()?, &config)?);
    let searcher = ManuallyDrop::new(index.searcher());
    let options = QueryOptions { expand: !args.no_expand, ..QueryOptions::default() };
    let article = match searcher.article(&args.id, query.as_ref().map(|query| (query, &options))) {
        Err(Error::InvalidQuery(_)) => bail!("query `{text}` has no word or character to search for"),
        article => article?,
    };
    let Some(article) = article else {
        return Err(no_article(&searcher, &args.id)?);
    };
    if args.open {
        return open_address(&article);
    }
    if let Some(at) = args.at.filter(|&at| at >= article.end()) {
        bail!("--at {at} is beyond the text of `{}`, which has {} bytes", args.id, article.end());
    }
    if let Some(query) = &query {
        say_cuts(&searcher.cuts(query, &options)?);
    }
    match args.format {
        Format::Json => write_article_json(&article, out)?,
        Format::Text => {
            let mut printed = Vec::new();
            let line = write_article(&article, args.at, args.screen.page(), &mut printed)?;
            args.screen.paged(out, line, |out| Ok(out.write_all(&printed)?))?;
        }
    }
    Ok(Outcome::Done)
}

/// The error for an id that no article has: which ids are like it, and where to find them.
fn no_article(searcher: &Searcher, id: &str) -> Result<anyhow::Error> {
    let nearest: Vec<String> = searcher.nearest_ids(id)?.iter().map(|id| format!("`{id}`")).collect();
    let near = match nearest.as_slice() {
        [] => "`tradewire search` prints the id of each hit, behind its language".to_owned(),
        [only] => format!("nearest is {only}"),
        several => format!("nearest are {}", several.join(", ")),
    };
    Ok(anyhow::anyhow!("the index has no article with the id `{id}`; {near}"))
}

fn open_address(article: &Article) -> Result<Outcome> {
    let document = &article.document;
    let Some(address) = document.url.as_deref().and_then(web_address) else {
        let stated = document.url.as_ref().map(|url| format!(" (it states `{url}`)")).unwrap_or_default();
        bail!(
            "article `{}` has no address of http or https that could be opened{stated}; it was read from `{}`",
            document.id,
            document.path
        );
    };
    complain(&format!("opening {address}"));
    open::that(&address).with_context(|| format!("opening `{address}` in a browser"))?;
    Ok(Outcome::Done)
}
