//! The German chain: folded UAX #29 words, irregular forms by their base form, feminine forms by the masculine one, without the s of
//! genitive and plural, umlauts reduced to their base vowel however they are written, stemmed by Snowball's German stemmer; and the parts of compounds at their own ranges, stemmed alike.
//!
//! Of Freihandelsabkommen come Frei, Handel, Abkommen, Freihandel and Handelsabkommen: every run of parts but the whole,
//! without the linking element at its end.

use std::borrow::Cow;
use std::collections::HashSet;

use frostem::{Algorithm, Stemmer};

use crate::text::analysis::Chain;
use crate::text::analysis::compound::{CompoundPart, parts};
use crate::text::analysis::options::Options;
use crate::text::analysis::spelling::{umlauts_reduced, umlauts_spelled_out};
use crate::text::analysis::word_reader::{PartTerm, WordReader};
use crate::text::document::ByteRange;

/// Mark before the terms of compound parts in the index. No word begins with it, so parts have document frequencies of their own.
const PART_MARK: char = '+';
/// Maximum number of parts in a run of parts. Only words of more than five parts have longer runs.
const LONGEST_RUN: usize = 4;

/// Least length in bytes of a word before the ending -innen: the i of `Finnen` and `binnen` belongs to the word.
const SHORTEST_BEFORE_INNEN: usize = 3;
/// Least length in bytes of a word before an s that is an ending: `xis`, `pcs`.
const SHORTEST_BEFORE_S: usize = 2;

/// The term of a compound part in the index: the term of the word that it is, after a mark.
pub(crate) fn part_term(term: &str) -> String {
    format!("{PART_MARK}{term}")
}

/// True for the first byte of a term that [`part_term`] makes.
pub(crate) fn is_part_mark(byte: u8) -> bool {
    char::from(byte) == PART_MARK
}

/// The word reader of German.
pub(crate) struct German {
    stemmer: Stemmer,
    options: Options,
    keeps_s: Endings,
    feminine: Endings,
    not_feminine: Endings,
}

impl German {
    pub(crate) fn new(options: &Options) -> German {
        let Options { german, .. } = options;
        German {
            stemmer: Stemmer::new(Algorithm::German),
            options: options.clone(),
            keeps_s: Endings::new(&german.keeps_s),
            feminine: Endings::new(&german.feminine),
            not_feminine: Endings::new(&german.not_feminine),
        }
    }

    /// A surface form without the ending of feminine forms: `expertinnen` becomes `expert`, which is the stem of Experte, and `chinesinnen`
    /// `chinese`, since the stemmer would take `es` for an ending.
    fn without_feminine(&self, surface: &str) -> Option<String> {
        if !surface.ends_with("in") && !surface.ends_with("innen") || self.not_feminine.has(surface) {
            return None;
        }
        let masculine = match surface.strip_suffix("innen") {
            Some(before) => (before.len() >= SHORTEST_BEFORE_INNEN).then_some(before),
            None if self.feminine.has(surface) => surface.strip_suffix("in"),
            None => None,
        };
        masculine.map(|masculine| if masculine.ends_with('s') { format!("{masculine}e") } else { masculine.to_owned() })
    }

    /// A surface form without the s of genitive and plural, where the stemmer leaves it: `chinas`, `autos`, `lkws`. Snowball takes it
    /// from the letters b, d, f, g, h, k, l, m, n, r, t alone.
    fn without_s<'a>(&self, surface: &'a str) -> &'a str {
        let Some(before) = surface.strip_suffix('s').filter(|before| before.len() >= SHORTEST_BEFORE_S) else {
            return surface;
        };
        let may_end =
            before.ends_with(['a', 'c', 'i', 'j', 'o', 'p', 'q', 'u', 'v', 'w', 'y']) || before.ends_with("ee");
        if may_end && !self.keeps_s.has(surface) { before } else { surface }
    }
}

/// A set of words and of ends of words.
struct Endings {
    words: HashSet<String>,
    ends: Vec<String>,
}

impl Endings {
    /// Those with a hyphen before them are ends, and words too.
    fn new(list: &[String]) -> Endings {
        let ends: Vec<String> = list.iter().filter_map(|word| word.strip_prefix('-')).map(str::to_owned).collect();
        Endings { words: list.iter().map(|word| word.trim_start_matches('-').to_owned()).collect(), ends }
    }

    fn has(&self, word: &str) -> bool {
        self.words.contains(word) || self.ends.iter().any(|end| word.ends_with(end.as_str()))
    }
}

impl WordReader for German {
    fn term_of(&self, surface: &str) -> String {
        let base = self.options.base_form(Chain::German, surface);
        match self.without_feminine(&base) {
            Some(masculine) => self.stemmer.stem(&umlauts_reduced(&masculine)).into_owned(),
            None => self.stemmer.stem(&umlauts_reduced(self.without_s(&base))).into_owned(),
        }
    }

    fn prefix_spelling<'a>(&self, spelled: &'a str) -> Cow<'a, str> {
        umlauts_reduced(spelled)
    }

    fn single_parts(&self, word: &str) -> Vec<String> {
        let surface = umlauts_spelled_out(word);
        parts(&surface).iter().map(|part| self.term_of(&surface[part.start..part.end])).collect()
    }

    fn parts(&self, word: &str) -> Vec<PartTerm> {
        // An umlaut and its spelling as two letters have two bytes each, so offsets are the same in both.
        let surface = umlauts_spelled_out(word);
        let single = parts(&surface);
        let inside_umlaut = |at: usize| usize::from(!word.is_char_boundary(at));
        let mut found = Vec::new();
        for first in 0..single.len() {
            let runs = single[first..].iter().take(LONGEST_RUN).filter(|last| first > 0 || last.next < surface.len());
            for &CompoundPart { end, .. } in runs {
                let start = single[first].start;
                let range = ByteRange::new(start - inside_umlaut(start), end + inside_umlaut(end));
                found.push((self.term_of(&surface[start..end]), range));
            }
        }
        found
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::config::Config;
    use crate::text::analysis::Folded;

    fn german() -> German {
        German::new(&Config::builtin().unwrap().analysis)
    }

    fn term(word: &str) -> String {
        let surface = Chain::German.surface(Folded::new(word).text());
        german().term_of(&surface)
    }

    #[test]
    fn genitive_and_plural_in_s_have_the_term_of_the_word() {
        for word in [
            "China",
            "Südkorea",
            "Nordkorea",
            "Amerika",
            "Kanada",
            "Mexiko",
            "Tokio",
            "Peru",
            "Uruguay",
            "Fidschi",
            "Brunei",
            "Palau",
            "Togo",
            "Oslo",
            "Xi",
            "Trump",
            "Lee",
            "Samsung",
            "Hyundai",
            "Kia",
            "Huawei",
            "Tesla",
            "VW",
            "BMW",
            "Posco",
            "Euro",
            "Auto",
            "Embargo",
            "Büro",
            "Visum",
            "Lkw",
            "Pkw",
            "PC",
            "Chip",
            "Jeep",
            "Taxi",
            "Handy",
            "Party",
            "Niveau",
            "Stau",
            "Menü",
            "Logo",
            "Risiko",
            "Konto",
            "Kilo",
            "Silo",
            "Tee",
            "See",
            "Idee",
            "Komitee",
            "Firma",
            "Partei",
        ] {
            assert_eq!(term(&format!("{word}s")), term(word), "{word}");
        }
    }

    #[test]
    fn an_s_of_the_word_itself_stays() {
        for [word, inflected] in [
            ["Gas", "Gase"],
            ["Erdgas", "Erdgases"],
            ["Preis", "Preise"],
            ["Ölpreis", "Ölpreisen"],
            ["Kreis", "Kreises"],
            ["Haus", "Hauses"],
            ["arbeitslos", "arbeitslose"],
            ["Beweis", "Beweise"],
            ["Glas", "Glases"],
            ["Gleis", "Gleise"],
            ["Reis", "Reises"],
        ] {
            assert_eq!(term(inflected), term(word), "{word}");
        }
        for [word, other] in [
            ["Mais", "Mai"],
            ["Eis", "Ei"],
            ["das", "da"],
            ["was", "wa"],
            ["Haus", "Hau"],
            ["Status", "Statue"],
            ["BRICS", "BRIC"],
            ["News", "new"],
        ] {
            assert_ne!(term(word), term(other), "{word}");
        }
    }

    #[test]
    fn irregular_plurals_have_the_term_of_the_singular() {
        for [plural, singular] in [
            ["Firmen", "Firma"],
            ["Risiken", "Risiko"],
            ["Handelsrisiken", "Handelsrisikos"],
            ["Kriterien", "Kriterium"],
            ["Themen", "Thema"],
            ["Konten", "Konto"],
            ["Museen", "Museum"],
            ["Zentren", "Zentrum"],
            ["Rechenzentren", "Rechenzentrums"],
            ["Materialien", "Material"],
            ["Prinzipien", "Prinzip"],
            ["Mechanismen", "Mechanismus"],
            ["Viren", "Virus"],
            ["Ergebnisse", "Ergebnis"],
            ["Ergebnissen", "Ergebnisses"],
            ["Fachleute", "Fachmann"],
            ["Indizes", "Index"],
            ["Jubiläen", "Jubiläum"],
            ["Ministerien", "Ministerium"],
            ["Medien", "Medium"],
            ["Märkte", "Markt"],
            ["Verträge", "Vertrag"],
        ] {
            assert_eq!(term(plural), term(singular), "{plural}");
        }
        for [word, other] in [["Daten", "Datum"], ["Modi", "Modus"], ["Buße", "Bus"], ["Fakten", "Faktum"]] {
            assert_ne!(term(word), term(other), "{word}");
        }
    }

    #[test]
    fn feminine_forms_have_the_term_of_the_masculine() {
        for [feminine, masculine] in [
            ["Expertinnen", "Experten"],
            ["Expertin", "Experte"],
            ["Exporteurinnen", "Exporteure"],
            ["ExporteurInnen", "Exporteur"],
            ["Exporteur:innen", "Exporteurs"],
            ["Exporteur*innen", "Exporteur"],
            ["Exporteur_innen", "Exporteur"],
            ["Exporteur:in", "Exporteur"],
            ["Politikerinnen", "Politikerin"],
            ["Ministerin", "Minister"],
            ["Präsidentin", "Präsident"],
            ["Kolleginnen", "Kollege"],
            ["Kund:innen", "Kunden"],
            ["Ärztinnen", "Arzt"],
            ["Anwältin", "Anwalt"],
            ["Chinesinnen", "Chinese"],
            ["Journalistin", "Journalisten"],
        ] {
            assert_eq!(term(feminine), term(masculine), "{feminine}");
        }
        for [word, other] in [
            ["gewinnen", "gew"],
            ["beginnen", "beg"],
            ["Fahrrinnen", "Fahrr"],
            ["Berlin", "Berl"],
            ["Termin", "Term"],
            ["Benzin", "Benz"],
            ["Valentin", "Valent"],
            ["Protein", "Prote"],
            ["Login", "Log"],
            ["Finnen", "F"],
        ] {
            assert_ne!(term(word), term(other), "{word}");
        }
    }

    fn parts_of(word: &str) -> Vec<String> {
        let parts = german().parts(word);
        parts.iter().map(|(term, range)| format!("{term} {}", range.slice(word))).collect()
    }

    #[test]
    fn every_run_of_parts_has_a_term() {
        assert_eq!(
            parts_of("freihandelsabkommens"),
            [
                "frei frei",
                "freihandel freihandel",
                "handel handel",
                "handelsabkomm handelsabkommens",
                "abkomm abkommens"
            ]
        );
        assert_eq!(parts_of("länderabkommen"), ["land länder", "abkomm abkommen"]);
        assert_eq!(parts_of("stahlzölle"), ["stahl stahl", "zoll zölle"]);
        assert_eq!(parts_of("handel"), Vec::<String>::new());
    }

    #[test]
    fn an_umlaut_is_in_a_part_as_a_whole() {
        // Nobody writes it like this, but it is the same word as `chinaexporte`.
        assert_eq!(parts_of("chinäxporte"), ["china chinä", "export äxporte"]);
    }

    #[test]
    fn runs_have_four_parts_at_most() {
        let word = "donaudampfschifffahrtsgesellschaft";
        let german = german();
        assert_eq!(german.single_parts(word).len(), 5);
        assert_eq!(german.parts(word).len(), 5 + 4 + 3 + 2);
    }

    #[test]
    fn terms_of_parts_are_no_words() {
        assert!(is_part_mark(part_term("handel").as_bytes()[0]));
        assert!(!PART_MARK.is_alphanumeric());
    }
}
