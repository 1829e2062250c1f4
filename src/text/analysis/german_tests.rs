//! Tests of the German chain: inflection, feminine forms, compounds and their parts.

use crate::config::Config;
use crate::text::analysis::Chain;
use crate::text::analysis::Folded;
use crate::text::analysis::german::{German, PART_MARK, is_part_mark, part_term};
use crate::text::analysis::word_reader::WordReader;

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
        ["frei frei", "freihandel freihandel", "handel handel", "handelsabkomm handelsabkommens", "abkomm abkommens"]
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
