//! The nouns of the German Wiktionary with their forms, and word frequencies, both in the spelling in which compounds are
//! split: lower case, umlauts and ß spelled out, nothing but the letters a to z.

use std::collections::{BTreeMap, BTreeSet};

use anyhow::{Context, Result, ensure};
use serde::Deserialize;
use serde::de::IgnoredAny;
use unicode_normalization::UnicodeNormalization;

/// A noun of the table, with the columns that are used.
#[derive(Debug, PartialEq, Eq)]
pub(crate) struct Noun {
    /// The dictionary form (nominative singular).
    pub(crate) lemma: String,
    /// Parts of speech, named in German and joined by commas.
    pub(crate) kinds: String,
    /// True if one of its genders is neuter.
    pub(crate) is_neuter: bool,
    /// The forms of the nominative plural.
    pub(crate) plurals: Vec<String>,
    /// The forms of the genitive singular.
    pub(crate) genitives: Vec<String>,
    /// All forms, each once.
    pub(crate) forms: BTreeSet<String>,
}

/// Reads the table of nouns, a CSV file whose columns say gender, case and number. Nouns with other signs than letters
/// are left out.
///
/// # Errors
///
/// Fails if the file is no such table, or has no noun.
pub(crate) fn read_nouns(csv: &[u8]) -> Result<Vec<Noun>> {
    let mut reader = csv::Reader::from_reader(csv);
    let headers = reader.headers().context("cannot read the first line")?.clone();
    let column = |name: &str| headers.iter().position(|header| header == name).context(format!("no column `{name}`"));
    let (lemma, kinds) = (column("lemma")?, column("pos")?);
    let columns = |beginnings: &[&str]| -> Vec<usize> {
        (0..headers.len()).filter(|&at| beginnings.iter().any(|beginning| headers[at].starts_with(beginning))).collect()
    };
    let genders = columns(&["genus"]);
    let cases = columns(&["nominativ", "genitiv", "dativ", "akkusativ"]);

    let mut nouns = Vec::new();
    for record in reader.records() {
        let record = record.context("cannot read a line")?;
        let Some(lemma) = spell_out(&record[lemma]) else { continue };
        let in_columns = |of: &str| -> Vec<String> {
            let columns = cases.iter().filter(|&&at| headers[at].starts_with(of));
            columns.filter_map(|&at| spell_out(&record[at])).collect()
        };
        nouns.push(Noun {
            lemma,
            kinds: record[kinds].to_owned(),
            is_neuter: genders.iter().any(|&at| &record[at] == "n"),
            plurals: in_columns("nominativ plural"),
            genitives: in_columns("genitiv singular"),
            forms: in_columns("").into_iter().collect(),
        });
    }
    ensure!(!nouns.is_empty(), "there is no noun");
    Ok(nouns)
}

/// An item of wordfreq's list.
#[derive(Deserialize)]
#[serde(untagged)]
enum FrequencyItem {
    /// Words of one frequency; those of item `n` are one in `10^((n - 1) / 100)` words.
    Words(Vec<String>),
    /// The header of the list, its first item.
    Header(IgnoredAny),
}

/// Reads word costs from wordfreq's list (MessagePack, gzip): for each word the negative decimal logarithm of its frequency, in
/// tenths, rounded down. Of spellings that become equal, the most frequent counts.
///
/// # Errors
///
/// Fails if the file is no such list, or has no word.
pub(crate) fn read_costs(gzip: &[u8]) -> Result<BTreeMap<String, u64>> {
    let items: Vec<FrequencyItem> = rmp_serde::from_read(flate2::read::GzDecoder::new(gzip))?;
    ensure!(matches!(items.first(), Some(FrequencyItem::Header(_))), "the header is missing");
    let mut costs = BTreeMap::new();
    for (hundredths, item) in (0_u64..).zip(items.into_iter().skip(1)) {
        let FrequencyItem::Words(words) = item else { continue };
        for word in words.iter().filter_map(|word| spell_out(word)) {
            costs.entry(word).or_insert(hundredths / 10);
        }
    }
    ensure!(!costs.is_empty(), "there is no word");
    Ok(costs)
}

/// Returns a word in the spelling in which compounds are split; `None` if it has anything but letters, or fewer than three.
pub(crate) fn spell_out(word: &str) -> Option<String> {
    let mut out = String::new();
    for letter in word.nfc().flat_map(char::to_lowercase) {
        match letter {
            'a'..='z' => out.push(letter),
            'ä' => out.push_str("ae"),
            'ö' => out.push_str("oe"),
            'ü' => out.push_str("ue"),
            'ß' => out.push_str("ss"),
            'é' | 'è' | 'ê' => out.push('e'),
            _ => return None,
        }
    }
    (out.len() > 2).then_some(out)
}

#[cfg(test)]
mod tests {
    use std::io::Write as _;

    use super::*;

    #[test]
    fn reads_forms_by_their_columns() {
        let csv = "lemma,pos,genus,nominativ singular,nominativ plural,genitiv singular\n\
                   Straße,Substantiv,f,Straße,Straßen,Straße\n-ung,Suffix,f,,,\n";
        let nouns = read_nouns(csv.as_bytes()).unwrap();
        assert_eq!(nouns.len(), 1);
        assert_eq!((nouns[0].lemma.as_str(), nouns[0].is_neuter), ("strasse", false));
        assert_eq!(
            (&nouns[0].plurals[..], &nouns[0].genitives[..]),
            (&["strassen".into()][..], &["strasse".into()][..])
        );
        assert_eq!(nouns[0].forms, BTreeSet::from(["strasse".into(), "strassen".into()]));
        assert!(read_nouns(b"lemma,pos\n").is_err());
        assert!(read_nouns(b"word\nStra\n").is_err());
    }

    #[test]
    fn the_place_in_the_list_is_the_cost() {
        let mut lists: Vec<Vec<&str>> = vec![Vec::new(); 401];
        lists[300] = vec!["zölle", "zoelle", "3d"];
        lists[400] = vec!["zoelle", "zoll"];
        let list = (BTreeMap::from([("version", 1)]), lists);
        let mut bytes = rmp_serde::to_vec(&list.0).unwrap();
        // An array of one item more: the header, then the lists.
        let rest = rmp_serde::to_vec(&list.1).unwrap();
        let mut whole = vec![0xdc];
        whole.extend(402_u16.to_be_bytes());
        whole.append(&mut bytes);
        whole.extend(&rest[3..]);
        let mut gzip = flate2::write::GzEncoder::new(Vec::new(), flate2::Compression::fast());
        gzip.write_all(&whole).unwrap();
        let costs = read_costs(&gzip.finish().unwrap()).unwrap();
        assert_eq!(costs, BTreeMap::from([("zoelle".into(), 30), ("zoll".into(), 40)]));
        assert!(read_costs(b"no gzip").is_err());
    }
}
