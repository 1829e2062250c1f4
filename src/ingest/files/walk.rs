//! The walk from paths to files, in a fixed order: arguments as given, folders by name. Symbolic links in a folder are not followed, so
//! there are no loops; what is neither a file nor a folder is never opened.

use std::fs;
use std::ops::ControlFlow;
use std::path::{MAIN_SEPARATOR, MAIN_SEPARATOR_STR, Path, PathBuf};

use walkdir::WalkDir;

use crate::ingest::event::{Problem, Reason, describe_io};
use crate::ingest::files::name;

/// Something that a path leads to.
pub(crate) enum FoundPath<'a> {
    /// The argument `-`.
    Stdin,
    /// A file to be read.
    File {
        /// The path by which it was reached.
        path: &'a Path,
        /// Its absolute path (see [`name::key`]).
        key: String,
        /// The path relative to the argument.
        id: &'a str,
        /// True for what the user named, as against what is in a folder.
        is_named: bool,
    },
    /// Something that is not read, by its key, and why.
    NotRead(String, Problem),
}

/// Calls `each` with everything that the paths lead to, until that breaks off. Hidden files in a folder are skipped
/// in silence, as by every tool; what else is skipped is a problem of that kind. The folder `except` is skipped in silence.
pub(crate) fn each_path(
    paths: &[PathBuf],
    except: Option<&Path>,
    each: &mut dyn FnMut(FoundPath<'_>) -> ControlFlow<()>,
) -> ControlFlow<()> {
    for path in paths {
        if path.as_os_str() == "-" {
            each(FoundPath::Stdin)?;
            continue;
        }
        let not_read =
            |reason: Reason| FoundPath::NotRead(name::key(path), Problem::lost(name::readable_path(path), reason));
        match fs::metadata(path) {
            Ok(metadata) if metadata.is_dir() => each_in_folder(path, except, each)?,
            Ok(metadata) if metadata.is_file() => {
                let id = name::readable(path.file_name().unwrap_or(path.as_os_str()));
                each(FoundPath::File { path, key: name::key(path), id: &id, is_named: true })?;
            }
            Ok(_) => each(not_read("neither a file nor a folder".into()))?,
            Err(error) => each(not_read(Reason::of_io(&error)))?,
        }
    }
    ControlFlow::Continue(())
}

/// Bytes of all files that the paths lead to, as far as that is known: standard input counts as none.
pub fn total_bytes(paths: &[PathBuf]) -> u64 {
    let files = paths.iter().flat_map(|path| entries(path, None).filter_map(Result::ok));
    files
        .filter(|entry| entry.file_type().is_file())
        .filter_map(|entry| entry.metadata().ok())
        .map(|metadata| metadata.len())
        .sum()
}

/// A file, or all of a folder by name, without what is hidden in it.
fn entries(path: &Path, except: Option<&Path>) -> impl Iterator<Item = walkdir::Result<walkdir::DirEntry>> {
    let is_hidden = |name: &std::ffi::OsStr| name.to_string_lossy().starts_with('.');
    let is_except = move |entry: &walkdir::DirEntry| {
        except.is_some() && entry.file_type().is_dir() && entry.path().canonicalize().ok().as_deref() == except
    };
    let entries = WalkDir::new(path).sort_by_file_name().into_iter();
    entries.filter_entry(move |entry| entry.depth() == 0 || !(is_hidden(entry.file_name()) || is_except(entry)))
}

fn each_in_folder(
    folder: &Path,
    except: Option<&Path>,
    each: &mut dyn FnMut(FoundPath<'_>) -> ControlFlow<()>,
) -> ControlFlow<()> {
    let root = name::key(folder);
    let parts =
        |path: &Path| -> Vec<String> { path.strip_prefix(folder).unwrap_or(path).iter().map(name::readable).collect() };
    // Below the folder no link is followed, so that this is the key of what is there.
    let key = |path: &Path| {
        let root = root.trim_end_matches(MAIN_SEPARATOR).to_owned();
        [vec![root], parts(path)].concat().join(MAIN_SEPARATOR_STR)
    };
    let skip =
        |path: &Path, reason: &str| FoundPath::NotRead(key(path), Problem::skipped(name::readable_path(path), reason));
    for entry in entries(folder, except) {
        match entry {
            // The folder itself may be named by a link.
            Ok(entry) if entry.depth() == 0 || entry.file_type().is_dir() => {}
            Ok(entry) if entry.file_type().is_file() => {
                let path = entry.path();
                each(FoundPath::File { path, key: key(path), id: &parts(path).join("/"), is_named: false })?;
            }
            Ok(entry) => {
                let what =
                    if entry.file_type().is_symlink() { "a symbolic link" } else { "neither a file nor a folder" };
                each(skip(entry.path(), what))?;
            }
            Err(error) => {
                let path = error.path().unwrap_or(folder);
                let reason = error.io_error().map_or_else(|| error.to_string(), describe_io);
                each(FoundPath::NotRead(key(path), Problem::lost(name::readable_path(path), reason)))?;
            }
        }
    }
    ControlFlow::Continue(())
}
