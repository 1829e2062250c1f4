//! Which files? Those that a path leads to (`walk`), by what they are called (`name`, `file_type`), and whether one has changed
//! (`source_file`).

pub(crate) mod file_type;
pub(crate) mod name;
pub(crate) mod source_file;
pub(crate) mod walk;
