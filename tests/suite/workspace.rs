//! What the tests run in: a temporary folder with an index, and the command itself.

use std::ffi::OsStr;
use std::fs;
use std::path::{Path, PathBuf};
use std::process::{Command, Output, Stdio};
use std::sync::Arc;

use tradewire::internals::config::Config;
use tradewire::internals::index::{IndexOptions, NewsIndex, Report, index_paths};
use tradewire::internals::query::{QueryOptions, parse_query};
use tradewire::internals::search::{SearchOptions, SearchResults, Searcher};

/// A temporary folder, removed at the end of the test, with a place for an index.
pub(crate) struct Workspace {
    folder: tempfile::TempDir,
}

/// What a run of the command printed.
pub(crate) struct Run {
    pub(crate) code: i32,
    pub(crate) stdout: String,
    pub(crate) stderr: String,
}

impl Workspace {
    pub(crate) fn new() -> Workspace {
        Workspace { folder: tempfile::tempdir().unwrap() }
    }

    /// A workspace with `seeds/news` indexed.
    pub(crate) fn with_seeds() -> Workspace {
        let workspace = Workspace::new();
        workspace.index(&[seeds()]);
        workspace
    }

    /// A workspace with articles indexed: id, title, body.
    pub(crate) fn with_articles(articles: &[(&str, &str, &str)]) -> Workspace {
        let workspace = Workspace::new();
        let file = workspace.write_articles("articles.jsonl", articles);
        workspace.index(&[file]);
        workspace
    }

    pub(crate) fn path(&self) -> &Path {
        self.folder.path()
    }

    pub(crate) fn index_dir(&self) -> PathBuf {
        self.folder.path().join("index")
    }

    /// Writes a file below the folder and returns its path.
    pub(crate) fn write(&self, name: &str, content: impl AsRef<[u8]>) -> PathBuf {
        let path = self.folder.path().join(name);
        fs::create_dir_all(path.parent().unwrap()).unwrap();
        fs::write(&path, content).unwrap();
        path
    }

    /// Writes one article as JSON Lines and returns the file's path.
    pub(crate) fn write_articles(&self, name: &str, articles: &[(&str, &str, &str)]) -> PathBuf {
        let lines: Vec<String> = articles
            .iter()
            .map(|(id, title, body)| serde_json::json!({"id": id, "title": title, "body": body}).to_string())
            .collect();
        self.write(name, lines.join("\n"))
    }

    /// Indexes paths with one thread, in process.
    pub(crate) fn index(&self, paths: &[PathBuf]) -> Report {
        self.index_with(paths, &IndexOptions::default())
    }

    pub(crate) fn index_with(&self, paths: &[PathBuf], options: &IndexOptions) -> Report {
        let config = Config::builtin().unwrap();
        index_paths(&self.index_dir(), paths, &config, options, &mut |_| {}).unwrap()
    }

    pub(crate) fn open(&self) -> Arc<NewsIndex> {
        Arc::new(NewsIndex::open(&self.index_dir(), &Config::builtin().unwrap()).unwrap())
    }

    /// Searches in process; a query without anything to look up finds nothing.
    pub(crate) fn search(&self, query: &str, options: &SearchOptions) -> SearchResults {
        self.search_refining(Config::builtin().unwrap().ranking.rerank_depth, query, options)
    }

    /// As [`Workspace::search`], with the first `refined` hits put in their final order.
    pub(crate) fn search_refining(&self, refined: usize, query: &str, options: &SearchOptions) -> SearchResults {
        let mut config = Config::builtin().unwrap();
        config.ranking.rerank_depth = refined;
        let searcher = Searcher::new(self.open(), &config.analysis, &config.ranking, &config.glossary);
        searcher.answer(&parse_query(query).unwrap(), options).unwrap().unwrap_or_default()
    }

    /// What a query as it was typed marks in texts, each behind the id of its document, sorted.
    pub(crate) fn marks(&self, query: &str) -> Vec<String> {
        let options = SearchOptions { limit: 100, ..as_typed() };
        let hits = self.search(query, &options).hits;
        let mut marks: Vec<String> = hits
            .iter()
            .flat_map(|hit| hit.highlights.iter().map(|mark| format!("{} {}", hit.document.id, mark.slice(&hit.text))))
            .collect();
        marks.sort();
        marks
    }

    /// Ids of all documents that match a query as it was typed, sorted, each once.
    pub(crate) fn documents(&self, query: &str) -> Vec<String> {
        let options = SearchOptions { limit: 10_000, ..as_typed() };
        let mut ids: Vec<String> = self.search(query, &options).hits.into_iter().map(|hit| hit.document.id).collect();
        ids.sort();
        ids.dedup();
        ids
    }

    /// Runs the command with this workspace's index, its folder as the current one, and no colours or terminal.
    pub(crate) fn run<S: AsRef<OsStr>>(&self, arguments: &[S]) -> Run {
        self.run_with_input(arguments, "")
    }

    pub(crate) fn run_with_input<S: AsRef<OsStr>>(&self, arguments: &[S], input: &str) -> Run {
        let mut child = self.command().args(arguments).spawn().unwrap();
        std::io::Write::write_all(&mut child.stdin.take().unwrap(), input.as_bytes()).unwrap();
        Run::of(child.wait_with_output().unwrap())
    }

    /// The command, ready for arguments, with everything piped.
    pub(crate) fn command(&self) -> Command {
        self.command_under(&[])
    }

    /// As [`Workspace::command`], run by another command that takes it as its last arguments.
    pub(crate) fn command_under(&self, wrapper: &[&str]) -> Command {
        let words = [wrapper, &[env!("CARGO_BIN_EXE_tradewire")]].concat();
        let mut command = Command::new(words[0]);
        command
            .args(&words[1..])
            .env_remove("NO_COLOR")
            .env("TRADEWIRE_INDEX", self.index_dir())
            .env("XDG_CONFIG_HOME", self.folder.path().join("xdg"))
            .env("COLUMNS", "80")
            .current_dir(self.folder.path())
            .stdin(Stdio::piped())
            .stdout(Stdio::piped())
            .stderr(Stdio::piped());
        command
    }
}

impl Run {
    pub(crate) fn of(output: Output) -> Run {
        Run {
            code: output.status.code().unwrap_or(-1),
            stdout: String::from_utf8(output.stdout).unwrap(),
            stderr: String::from_utf8(output.stderr).unwrap(),
        }
    }

    /// Everything, for a snapshot, with the workspace's folder as `[DIR]`, and paths in the project from its folder on.
    pub(crate) fn snapshot(&self, workspace: &Workspace) -> String {
        let text = format!("exit {}\n--- stdout\n{}--- stderr\n{}", self.code, self.stdout, self.stderr);
        let text = text.replace(&workspace.path().display().to_string(), "[DIR]");
        text.replace(&format!("{}/", project().display()), "")
    }
}

/// As by default, but queries are not expanded by the glossary: for what is said of the words that were typed.
pub(crate) fn as_typed() -> SearchOptions {
    let query = QueryOptions { expand: false, ..QueryOptions::default() };
    SearchOptions { query, ..SearchOptions::default() }
}

/// The project's folder.
pub(crate) fn project() -> PathBuf {
    PathBuf::from(env!("CARGO_MANIFEST_DIR"))
}

/// The sample articles.
pub(crate) fn seeds() -> PathBuf {
    project().join("seeds").join("news")
}

/// Copies a folder with all that is below it.
pub(crate) fn copy_folder(from: &Path, to: &Path) {
    fs::create_dir_all(to).unwrap();
    for entry in fs::read_dir(from).unwrap().map(Result::unwrap) {
        let to = to.join(entry.file_name());
        if entry.file_type().unwrap().is_dir() {
            copy_folder(&entry.path(), &to);
        } else {
            fs::copy(entry.path(), to).unwrap();
        }
    }
}
