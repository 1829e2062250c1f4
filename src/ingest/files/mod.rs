//! Files: which ones a path names (`walk`), whether one has changed (`source`), what it is called (`name`), and how it is
//! unpacked, decoded and read (`file`).

pub(crate) mod file;
pub(crate) mod name;
pub(crate) mod source;
pub(crate) mod walk;
