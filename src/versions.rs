//! The versions of what is made of a text: of tokens, and of documents. An index knows both.
//!
//! Each has two parts. The crates that decide it, with their locked versions, are found by `build.rs` (`build/versions.rs` has
//! the list); what our own code makes of it is a number, which is raised by hand. The golden files in `tests/data/golden`
//! show when it has to be.

/// The version of what is made of a text.
#[derive(Debug, Clone, Copy)]
pub struct Version {
    /// What our own code makes of it.
    pub number: u32,
    /// The crates that decide it, as `NAME VERSION; …`.
    pub crates: &'static str,
}

/// The version of tokens and passages. Its number is raised whenever the chains make other tokens of the same text by the
/// same configuration, or texts are cut elsewhere; older indexes are refused then.
pub const TOKENS: Version = Version { number: 6, crates: env!("TRADEWIRE_TOKEN_CRATES") };

/// The version of documents. Its number is raised whenever the readers make other documents of the same files, which are
/// read again then.
pub const DOCUMENTS: Version = Version { number: 7, crates: env!("TRADEWIRE_DOCUMENT_CRATES") };

/// The dictionaries in the binary, each with its digest.
pub const DICTIONARIES: &str = tradewire_dictionaries::VERSIONS;
