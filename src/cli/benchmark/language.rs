//! The language that a query's latency counts for. It changes nothing about the search, which never guesses.

use tradewire::internals::config::Config;
use tradewire::internals::ingest::{detect_language, language_of_scripts};
use tradewire::internals::language::Language;
use tradewire::internals::query::QueryAst;

/// The language of what a query looks for: Korean with any Hangul; other with kana; Chinese with any other character
/// that is read one by one; else what the letters tell, which is other (`und`) where they tell nothing, as names do.
/// Operators and filters do not count.
pub(crate) fn query_language(query: &QueryAst, config: &Config) -> Language {
    let mut text = String::new();
    collect_text(query, &mut text);
    let told = language_of_scripts(&text).or_else(|| detect_language(&text, &config.analysis));
    told.unwrap_or(Language::Undetermined)
}

/// Everything that stands in texts, with a space after each piece.
fn collect_text(query: &QueryAst, text: &mut String) {
    let mut push = |piece: &str| {
        text.push_str(piece);
        text.push(' ');
    };
    match query {
        QueryAst::Word(piece) | QueryAst::Phrase(piece) | QueryAst::Prefix(piece) | QueryAst::Exact(piece) => {
            push(piece);
        }
        QueryAst::Proximity { text: piece, .. } | QueryAst::Fuzzy { word: piece, .. } => push(piece),
        QueryAst::Bag(items) | QueryAst::And(items) | QueryAst::Or(items) => {
            items.iter().for_each(|item| collect_text(item, text));
        }
        QueryAst::Near { operands, .. } => operands.iter().for_each(|item| collect_text(item, text)),
        QueryAst::Not(inner) | QueryAst::Title(inner) => collect_text(inner, text),
        QueryAst::Restricted(restricted) => restricted.items().for_each(|item| collect_text(item, text)),
        QueryAst::Filter(_) => {}
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use tradewire::internals::query::parse_query;

    #[test]
    fn script_decides_and_then_the_letters() {
        let config = Config::builtin().unwrap();
        let table = [
            ("무역협정 FTA agreement between the two", Language::Korean),
            ("限韓令 한한령", Language::Korean),
            ("\"自由贸易\" AND steel", Language::Chinese),
            ("ㄓㄨㄥ", Language::Chinese),
            ("貿易のこと", Language::Undetermined),
            ("торговля", Language::Undetermined),
            ("why did the price of the steel rise", Language::English),
            ("warum ist der Preis für die Stahlrohre gestiegen", Language::German),
            ("Lee Jae-myung", Language::Undetermined),
            ("lang:ko", Language::Undetermined),
            ("lang:en 稀土", Language::Chinese),
            ("2025", Language::Undetermined),
        ];
        for (query, expected) in table {
            assert_eq!(query_language(&parse_query(query).unwrap(), &config), expected, "{query}");
        }
        // Operators are no words of English.
        let german = parse_query("title:(Zölle OR (der AND die)) NOT und").unwrap();
        assert_eq!(query_language(&german, &config), Language::German);
    }
}
