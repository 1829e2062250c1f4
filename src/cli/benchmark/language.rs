//! The language that a query's latency counts for. It changes nothing about the search, which never guesses.

use tradewire::internals::ingest::{detect_language, language_of_scripts};
use tradewire::internals::query::QueryAst;
use tradewire::{Config, Language};

/// The language of what a query looks for: Korean with any Hangul; other with kana; Chinese with any other character
/// that is read one by one; else what the letters tell, which is other (`und`) where they tell nothing, as names do.
/// Operators and filters do not count.
pub(crate) fn query_language(query: &QueryAst, config: &Config) -> Language {
    let texts: Vec<&str> = query.leaves().filter_map(QueryAst::text).collect();
    let text = texts.join(" ");
    let told = language_of_scripts(&text).or_else(|| detect_language(&text, &config.analysis));
    told.unwrap_or(Language::Undetermined)
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
