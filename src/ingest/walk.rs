//! Paths to files, in a fixed order: arguments as given, folders by name. Symbolic links in a folder are not followed, so
//! there are no loops; what is neither a file nor a folder is never opened.

use std::fs;
use std::ops::ControlFlow;
use std::path::{Path, PathBuf};

use walkdir::WalkDir;

use crate::ingest::format::{is_readable, known_extensions};
use crate::ingest::{Problem, describe_io, lost, name, skipped};

/// What a path leads to.
pub(super) enum Found<'a> {
    /// The argument `-`.
    Stdin,
    /// A file to be read.
    File {
        /// As it was reached.
        path: &'a Path,
        /// The path relative to the argument.
        id: &'a str,
        /// True for an argument.
        is_named: bool,
    },
    Problem(Problem),
}

/// Calls `each` with everything that the paths lead to, until that breaks off. Hidden files in a folder are passed over
/// in silence, as by every tool; what else is passed over is a problem of that kind. With `any_name` files are read whatever
/// their names.
pub(super) fn each_file(
    paths: &[PathBuf],
    any_name: bool,
    each: &mut dyn FnMut(Found<'_>) -> ControlFlow<()>,
) -> ControlFlow<()> {
    for path in paths {
        if path.as_os_str() == "-" {
            each(Found::Stdin)?;
            continue;
        }
        match fs::metadata(path) {
            Ok(metadata) if metadata.is_dir() => each_in_folder(path, any_name, each)?,
            Ok(metadata) if metadata.is_file() => {
                let id = name::readable(path.file_name().unwrap_or(path.as_os_str()));
                if any_name || is_readable(&id) {
                    each(Found::File { path, id: &id, is_named: true })?;
                } else {
                    let reason = format!(
                        "unknown format, expected a file name ending in {}; or say it by --format",
                        known_extensions()
                    );
                    each(Found::Problem(lost(name::readable_path(path), &reason)))?;
                }
            }
            Ok(_) => each(Found::Problem(lost(name::readable_path(path), "neither a file nor a folder")))?,
            Err(error) => each(Found::Problem(lost(name::readable_path(path), &describe_io(&error))))?,
        }
    }
    ControlFlow::Continue(())
}

/// Bytes of all files that the paths lead to, as far as that can be told: standard input counts as none.
pub fn total_bytes(paths: &[PathBuf]) -> u64 {
    let files = paths.iter().flat_map(|path| entries(path).filter_map(Result::ok));
    files
        .filter(|entry| entry.file_type().is_file() && is_readable(&name::readable(entry.file_name())))
        .filter_map(|entry| entry.metadata().ok())
        .map(|metadata| metadata.len())
        .sum()
}

/// A file, or all of a folder by name, without what is hidden in it.
fn entries(path: &Path) -> impl Iterator<Item = walkdir::Result<walkdir::DirEntry>> {
    let is_hidden = |name: &std::ffi::OsStr| name.to_string_lossy().starts_with('.');
    let entries = WalkDir::new(path).sort_by_file_name().into_iter();
    entries.filter_entry(move |entry| entry.depth() == 0 || !is_hidden(entry.file_name()))
}

fn each_in_folder(
    folder: &Path,
    any_name: bool,
    each: &mut dyn FnMut(Found<'_>) -> ControlFlow<()>,
) -> ControlFlow<()> {
    for entry in entries(folder) {
        match entry {
            Ok(entry) if entry.file_type().is_dir() => {}
            Ok(entry) if entry.file_type().is_file() => {
                if any_name || is_readable(&name::readable(entry.file_name())) {
                    let relative = entry.path().strip_prefix(folder).unwrap_or(entry.path());
                    let parts: Vec<_> = relative.iter().map(name::readable).collect();
                    each(Found::File { path: entry.path(), id: &parts.join("/"), is_named: false })?;
                } else {
                    each(Found::Problem(skipped(name::readable_path(entry.path()), "unknown format")))?;
                }
            }
            Ok(entry) => {
                let what =
                    if entry.file_type().is_symlink() { "a symbolic link" } else { "neither a file nor a folder" };
                each(Found::Problem(skipped(name::readable_path(entry.path()), what)))?;
            }
            Err(error) => {
                let place = name::readable_path(error.path().unwrap_or(folder));
                let reason = error.io_error().map_or_else(|| error.to_string(), describe_io);
                each(Found::Problem(lost(place, &reason)))?;
            }
        }
    }
    ControlFlow::Continue(())
}
