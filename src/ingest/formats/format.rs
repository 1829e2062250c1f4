//! Input formats: the name of each, and the file names that mean it.

/// The formats that can be read, each by its own reader.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum InputFormat {
    /// Plain text: one document a file.
    Text,
    /// Markdown: one document a file.
    Markdown,
    /// JSON Lines: one document a line.
    JsonLines,
    /// JSON: a list of records, or one record, a document each.
    Json,
    /// One document a row, columns separated by commas or semicolons.
    Csv,
    /// One document a row, columns separated by tabs.
    Tsv,
    /// A web page: one document a file.
    Html,
    /// RSS or Atom: one document an entry.
    Feed,
    /// A web archive, WARC or ARC: one document a page.
    Warc,
    /// E-mail, or a page saved as one (MHTML): one document a message.
    Mail,
    /// News of agencies, NITF or NewsML-G2: one document an item.
    NewsMl,
    /// A sitemap of news: one document an address.
    Sitemap,
    /// SGML of text collections, as TREC's: one document a `DOC`.
    Sgml,
}

impl InputFormat {
    /// Every format.
    pub const ALL: [InputFormat; 13] = [
        InputFormat::Text,
        InputFormat::Markdown,
        InputFormat::JsonLines,
        InputFormat::Json,
        InputFormat::Csv,
        InputFormat::Tsv,
        InputFormat::Html,
        InputFormat::Feed,
        InputFormat::Warc,
        InputFormat::Mail,
        InputFormat::NewsMl,
        InputFormat::Sitemap,
        InputFormat::Sgml,
    ];

    /// The name by which a user states it.
    pub fn name(self) -> &'static str {
        match self {
            InputFormat::Text => "text",
            InputFormat::Markdown => "markdown",
            InputFormat::JsonLines => "jsonl",
            InputFormat::Json => "json",
            InputFormat::Csv => "csv",
            InputFormat::Tsv => "tsv",
            InputFormat::Html => "html",
            InputFormat::Feed => "feed",
            InputFormat::Warc => "warc",
            InputFormat::Mail => "mail",
            InputFormat::NewsMl => "newsml",
            InputFormat::Sitemap => "sitemap",
            InputFormat::Sgml => "sgml",
        }
    }

    /// Endings of file names that mean this format, in lower case, without the dot.
    pub fn extensions(self) -> &'static [&'static str] {
        match self {
            InputFormat::Text => &["txt", "text"],
            InputFormat::Markdown => &["md", "markdown"],
            InputFormat::JsonLines => &["jsonl", "ndjson"],
            InputFormat::Json => &["json"],
            InputFormat::Csv => &["csv", "psv"],
            InputFormat::Tsv => &["tsv", "tab"],
            InputFormat::Html => &["html", "htm", "xhtml", "shtml", "shtm"],
            InputFormat::Feed => &["rss", "atom", "rdf", "xml"],
            InputFormat::Warc => &["warc", "wet", "wat", "arc"],
            InputFormat::Mail => &["eml", "mht", "mhtml", "mbox"],
            InputFormat::NewsMl => &["nitf", "newsml"],
            InputFormat::Sitemap => &["sitemap"],
            InputFormat::Sgml => &["sgml", "sgm"],
        }
    }

    /// True for formats whose documents name their own encoding.
    pub(crate) fn is_markup(self) -> bool {
        match self {
            InputFormat::Html | InputFormat::Feed | InputFormat::NewsMl | InputFormat::Sitemap | InputFormat::Sgml => {
                true
            }
            InputFormat::Text
            | InputFormat::Markdown
            | InputFormat::JsonLines
            | InputFormat::Json
            | InputFormat::Csv
            | InputFormat::Tsv
            | InputFormat::Warc
            | InputFormat::Mail => false,
        }
    }

    /// The format that a file name means, once unpacked: by its ending, behind which a download may have put a query or a number,
    /// as in `page.html?id=5` and `page.htm.1`.
    pub(crate) fn of(name: &str) -> Option<InputFormat> {
        let known = |name: &str| {
            let extension = extension(name)?;
            InputFormat::ALL.into_iter().find(|format| format.extensions().contains(&extension.as_str()))
        };
        known(name).or_else(|| known(without_addition(name)?))
    }
}

/// A name without what a download puts behind it; `None` if there is nothing.
pub(crate) fn without_addition(name: &str) -> Option<&str> {
    let name = name.rsplit('/').next()?;
    let before_query = name.find(['?', '@']).map(|at| &name[..at]);
    let before_number = name.rsplit_once('.').and_then(|(name, number)| {
        let is_number = !number.is_empty() && number.len() <= 3 && number.bytes().all(|digit| digit.is_ascii_digit());
        is_number.then_some(name)
    });
    before_query.or(before_number)
}

/// The ending of a file name, in lower case, without the dot.
pub(crate) fn extension(name: &str) -> Option<String> {
    let name = name.rsplit('/').next()?;
    let (stem, extension) = name.rsplit_once('.')?;
    // As everywhere, a name that begins with a dot has no ending by that.
    (!stem.is_empty()).then(|| extension.to_ascii_lowercase())
}
