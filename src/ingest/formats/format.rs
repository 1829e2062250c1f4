//! Input formats: the name of each, the file names that mean it, and content that says otherwise.

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
    /// A web archive: one document a page.
    Warc,
}

impl InputFormat {
    /// Every format.
    pub const ALL: [InputFormat; 9] = [
        InputFormat::Text,
        InputFormat::Markdown,
        InputFormat::JsonLines,
        InputFormat::Json,
        InputFormat::Csv,
        InputFormat::Tsv,
        InputFormat::Html,
        InputFormat::Feed,
        InputFormat::Warc,
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
        }
    }

    /// Endings of file names that mean this format, in lower case, without the dot.
    pub fn extensions(self) -> &'static [&'static str] {
        match self {
            InputFormat::Text => &["txt", "text"],
            InputFormat::Markdown => &["md", "markdown"],
            InputFormat::JsonLines => &["jsonl", "ndjson"],
            InputFormat::Json => &["json"],
            InputFormat::Csv => &["csv"],
            InputFormat::Tsv => &["tsv", "tab"],
            InputFormat::Html => &["html", "htm", "xhtml"],
            InputFormat::Feed => &["rss", "atom", "xml"],
            InputFormat::Warc => &["warc"],
        }
    }

    /// True for formats whose documents name their own encoding.
    pub(crate) fn is_markup(self) -> bool {
        matches!(self, InputFormat::Html | InputFormat::Feed)
    }

    /// The format that a file name means, once unpacked.
    pub(crate) fn of(name: &str) -> Option<InputFormat> {
        let extension = extension(name)?;
        InputFormat::ALL.into_iter().find(|format| format.extensions().contains(&extension.as_str()))
    }

    /// The format of a text whose name means this one, where its beginning plainly is another.
    pub(crate) fn of_content(self, head: &str) -> InputFormat {
        let head = head.trim_start();
        match self {
            InputFormat::JsonLines if head.starts_with('[') => InputFormat::Json,
            InputFormat::Json if is_json_lines(head) => InputFormat::JsonLines,
            InputFormat::Html | InputFormat::Feed => of_markup(head).unwrap_or(self),
            _ => self,
        }
    }
}

/// A feed or a page, by the element that comes first.
fn of_markup(head: &str) -> Option<InputFormat> {
    let mut rest = head;
    while let Some(start) = rest.find('<') {
        rest = &rest[start + 1..];
        if let Some(comment) = rest.strip_prefix("!--") {
            rest = comment.split_once("-->").map_or("", |(_, after)| after);
            continue;
        }
        let end = rest.find(|character: char| !(character.is_alphanumeric() || ":!?-".contains(character)));
        match rest[..end.unwrap_or(rest.len())].to_ascii_lowercase().as_str() {
            "html" | "head" | "body" => return Some(InputFormat::Html),
            // A declaration, or what only XML has before the first element.
            name if name.starts_with(['?', '!']) => {}
            // Whatever prefix it has.
            name => {
                let local = name.rsplit(':').next().unwrap_or(name);
                return matches!(local, "rss" | "feed" | "rdf").then_some(InputFormat::Feed);
            }
        }
    }
    None
}

/// True if the first line is a record by itself, and not the last line.
fn is_json_lines(head: &str) -> bool {
    let Some((line, _)) = head.split_once('\n') else {
        return false;
    };
    line.starts_with('{') && serde_json::from_str::<serde::de::IgnoredAny>(line).is_ok()
}

/// The ending of a file name, in lower case, without the dot.
pub(crate) fn extension(name: &str) -> Option<String> {
    let name = name.rsplit('/').next()?;
    let (stem, extension) = name.rsplit_once('.')?;
    // As everywhere, a name that begins with a dot has no ending by that.
    (!stem.is_empty()).then(|| extension.to_ascii_lowercase())
}
