//! The language that a query's latency counts for. It does not affect the search, which never guesses a language.

use tradewire::internals::ingest::{detect_language, language_of_scripts};
use tradewire::internals::query::QueryAst;
use tradewire::{Config, Language};

/// The language of a query's words: Korean with any Hangul; undetermined with kana; Chinese with any other CJK character;
/// else the detected language, which is undetermined (`und`) for names and the like. Operators and filters do not count.
pub(crate) fn query_language(query: &QueryAst, config: &Config) -> Language {
    let texts: Vec<&str> = query.leaves().filter_map(QueryAst::text).collect();
    let text = texts.join(" ");
    let detected = language_of_scripts(&text).or_else(|| detect_language(&text, &config.analysis));
    detected.unwrap_or(Language::Undetermined)
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
        // Operators do not count as English words.
        let german = parse_query("title:(Zölle OR (der AND die)) NOT und").unwrap();
        assert_eq!(query_language(&german, &config), Language::German);
    }
}
