//! The article as a file, for a pager or an editor: plain lines, and the line to begin at.

use std::env;
use std::fmt::Write as _;
use std::io::Write as _;
use std::process::Command;

use anyhow::{Context, Result, bail};
use tempfile::NamedTempFile;
use tradewire::output::one_line;
use tradewire::search_types::Article;

/// A temporary file with an article, deleted when dropped.
pub(super) struct ArticleFile {
    file: NamedTempFile,
    /// The line to begin at, from 1.
    line: usize,
}

impl ArticleFile {
    /// Writes an article; reading begins at the first match at or after the byte `at` of its text.
    ///
    /// # Errors
    ///
    /// When no temporary file can be written.
    pub(super) fn write(article: &Article, at: usize) -> Result<ArticleFile> {
        let (text, line) = lines_of(article, at);
        let write = || -> std::io::Result<NamedTempFile> {
            let mut file = tempfile::Builder::new().prefix("tradewire-").suffix(".txt").tempfile()?;
            file.write_all(text.as_bytes())?;
            file.flush()?;
            Ok(file)
        };
        Ok(ArticleFile { file: write().context("writing the article to a temporary file")?, line })
    }

    /// The editor at the line: VISUAL, EDITOR, else `vi`.
    ///
    /// # Errors
    ///
    /// When the variable names no program.
    pub(super) fn editor(&self) -> Result<Command> {
        self.command(&["VISUAL", "EDITOR"], "vi")
    }

    /// The pager at the line: TRADEWIRE_PAGER, PAGER, else `less`.
    ///
    /// # Errors
    ///
    /// When the variable names no program.
    pub(super) fn pager(&self) -> Result<Command> {
        self.command(&["TRADEWIRE_PAGER", "PAGER"], "less")
    }

    fn command(&self, variables: &[&str], default: &str) -> Result<Command> {
        let set = variables.iter().filter_map(|name| env::var(name).ok()).find(|value| !value.trim().is_empty());
        let named = set.unwrap_or_else(|| default.to_owned());
        let mut words = named.split_whitespace();
        let Some(program) = words.next() else {
            bail!("none of {} names a program", variables.join(", "));
        };
        let mut command = Command::new(program);
        // `+N` is the line to begin at for vi, emacs, nano, less and most others.
        command.args(words).arg(format!("+{}", self.line)).arg(self.file.path());
        Ok(command)
    }
}

/// The lines of an article, and the line of the first match at or after a byte of its text, from 1.
fn lines_of(article: &Article, at: usize) -> (String, usize) {
    let document = &article.document;
    let mut text = String::new();
    let mut line = None;
    let mut lines = 0;
    let mut add = |content: &str| {
        // Writing to a string cannot fail.
        let _ = writeln!(text, "{}", one_line(content));
        lines += 1;
        lines
    };
    add(&document.title);
    let facts =
        [document.source.as_deref(), document.date.as_deref(), Some(document.id.as_str()), document.url.as_deref()];
    let facts: Vec<&str> = facts.into_iter().flatten().collect();
    add(&facts.join(" · "));
    for paragraph in article.paragraphs() {
        add("");
        let number = add(&paragraph.text);
        let is_after = paragraph.start + paragraph.text.len() > at;
        if line.is_none() && is_after && !paragraph.highlights.is_empty() {
            line = Some(number);
        }
    }
    (text, line.unwrap_or(1))
}
