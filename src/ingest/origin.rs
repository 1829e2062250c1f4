//! The origin of documents: the file, or the entry of an archive, that they are read from.

/// Where documents come from.
#[derive(Debug, Clone)]
pub(crate) struct Origin {
    /// The id of a document that is the whole file, and what the ids of others begin with.
    pub(crate) id: String,
    /// The file as it was reached, or the entry of an archive behind it, for problems and hits.
    pub(crate) path: String,
    /// The name by which the format is known.
    pub(crate) name: String,
    /// The number of times that it was packed.
    pub(crate) depth: usize,
    /// True for what the user named, who then wants to know that it cannot be read.
    pub(crate) is_named: bool,
}

impl Origin {
    /// An input that the user named.
    pub(crate) fn named(name: &str) -> Origin {
        let name = name.to_owned();
        Origin { id: name.clone(), path: name.clone(), name, depth: 0, is_named: true }
    }
}
