//! Random leaves: each a word, or what stands for one.

use proptest::prelude::*;
use proptest::sample::select;
use tradewire::internals::query::{Bound, MAX_NEAR_PARTS, QueryAst, WantedKind, WantedQuantity, parse_query};
use unicode_normalization::UnicodeNormalization;

use super::places::distance;
use super::vocabulary::Vocabulary;
use crate::laws::text::is_cjk;

impl Vocabulary {
    /// The beginning of a word or run, with its last word cut to a few letters.
    pub(in crate::laws) fn prefix(&self) -> impl Strategy<Value = QueryAst> + use<> {
        // Fewer than two letters of an alphabet are refused.
        (select(self.words.clone()), 1_usize..9).prop_filter_map("too short", |(word, length)| {
            let beginning: String = word.chars().take(length).collect();
            let beginnings = [beginning, word].into_iter().map(QueryAst::Prefix);
            beginnings.into_iter().find(|prefix| parse_query(&prefix.to_string()).as_ref() == Ok(prefix))
        })
    }

    /// A word with a letter replaced, left out, doubled, or swapped with the next; or as it is.
    pub(in crate::laws) fn fuzzy(&self) -> impl Strategy<Value = QueryAst> + use<> {
        let long: Vec<String> = self.latin.iter().filter(|word| word.chars().count() > 3).cloned().collect();
        let edits = select(vec![None, None, Some(1), Some(2)]);
        (select(long), any::<prop::sample::Index>(), 0..5, edits).prop_map(|(word, at, change, edits)| {
            let mut letters: Vec<char> = word.chars().collect();
            let at = at.index(letters.len() - 1);
            match change {
                0 => letters[at] = 'x',
                1 => drop(letters.remove(at)),
                2 => letters.insert(at, letters[at]),
                3 => letters.swap(at, at + 1),
                _ => {}
            }
            QueryAst::Fuzzy { word: letters.into_iter().collect(), edits }
        })
    }

    /// A word or run with some of its letters replaced by wildcards.
    pub(in crate::laws) fn wildcard(&self) -> impl Strategy<Value = QueryAst> + use<> {
        let at = || any::<prop::sample::Index>();
        let signs = select(vec!["?", "*", "?", "*", "??", "?*", "＊", "？", "\\?", ""]);
        (select(self.words.clone()), at(), at(), signs, select(vec!["", "", "*", "?"])).prop_filter_map(
            "no word with wildcards",
            |(word, from, length, sign, in_front)| {
                let letters: Vec<char> = word.chars().collect();
                let from = from.index(letters.len());
                let to = from + length.index((letters.len() - from).min(4) + 1);
                let before: String = letters[..from].iter().collect();
                let after: String = letters[to..].iter().collect();
                let typed = format!("{in_front}{before}{sign}{after}");
                // What the sign is there is a question of how words are read, not of what they match.
                let is_unclear = typed.contains(['/', '=', '&', '~'])
                    || typed.contains("*in")
                    || typed.chars().filter(|&letter| is_cjk(letter)).count() > 8;
                if is_unclear {
                    return None;
                }
                parse_query(&typed).ok().filter(|ast| matches!(ast, QueryAst::Wildcard(_)))
            },
        )
    }

    pub(in crate::laws) fn exact(&self) -> impl Strategy<Value = QueryAst> + use<> {
        prop_oneof![self.word(), self.phrase()].prop_map(QueryAst::Exact)
    }

    /// A percentage or amount: a value that some text has, or a range up to another one, often in any currency.
    pub(in crate::laws) fn quantity(&self) -> impl Strategy<Value = QueryAst> + use<> {
        let one = || select(self.quantities.clone());
        (one(), one(), 0..4, any::<(bool, bool)>()).prop_map(
            |((kind, value), (_, other), shape, (is_included, any))| {
                let kind = if any && kind != WantedKind::Percent { WantedKind::Amount(None) } else { kind };
                let bound = |value, is_included| Some(Bound { value, is_included });
                let (from, to) = match shape {
                    0 => return QueryAst::Quantity(WantedQuantity::exactly(kind, value)),
                    1 => (bound(value.min(other), true), bound(value.max(other), true)),
                    2 => (bound(value, is_included), None),
                    _ => (None, bound(value, is_included)),
                };
                QueryAst::Quantity(WantedQuantity { kind, from, to })
            },
        )
    }

    /// A word or phrase as it stands in a text, or with other capitals.
    pub(in crate::laws) fn caps(&self) -> impl Strategy<Value = QueryAst> + use<> {
        let first = |text: &str| {
            let mut letters = text.chars();
            letters.next().into_iter().flat_map(char::to_uppercase).chain(letters).collect::<String>()
        };
        (prop_oneof![2 => self.word(), 1 => self.phrase()], 0..7).prop_map(move |(text, change)| {
            QueryAst::Caps(match change {
                0 => text.to_uppercase(),
                1 => text.to_lowercase(),
                2 => first(&text.to_lowercase()),
                3 => text.nfd().collect(),
                _ => text,
            })
        })
    }

    pub(in crate::laws) fn proximity(&self) -> impl Strategy<Value = QueryAst> + use<> {
        let words = proptest::collection::vec(self.word(), 2..4).prop_map(|words| words.join(" "));
        let shuffled = self.phrase().prop_map(|phrase| {
            let turned: Vec<&str> = phrase.split_whitespace().rev().collect();
            turned.join(" ")
        });
        (prop_oneof![1 => words, 4 => shuffled], distance()).prop_map(|(text, distance)| {
            // More words are refused.
            let words: Vec<&str> = text.split_whitespace().take(MAX_NEAR_PARTS).collect();
            QueryAst::Proximity { text: words.join(" "), distance }
        })
    }

    /// Something that can be counted, so many times in an article.
    pub(in crate::laws) fn at_least(&self) -> impl Strategy<Value = QueryAst> + use<> {
        let single = || {
            prop_oneof![
                4 => self.word().prop_map(QueryAst::Word),
                2 => self.phrase().prop_map(QueryAst::Phrase),
                1 => self.prefix(),
                1 => self.exact(),
            ]
        };
        let alternatives = proptest::collection::vec(single(), 2..4).prop_map(QueryAst::Or);
        let operand = prop_oneof![4 => single(), 2 => alternatives, 1 => self.near(), 1 => self.proximity()];
        (operand, select(vec![1, 2, 2, 2, 3, 3, 4, 5, 9, 1000]))
            .prop_map(|(operand, times)| QueryAst::AtLeast { times, operand: Box::new(operand) })
    }

    /// One thing to find, of any kind.
    pub(in crate::laws) fn leaf(&self) -> impl Strategy<Value = QueryAst> + use<> {
        prop_oneof![
            6 => self.word().prop_map(QueryAst::Word),
            3 => self.phrase().prop_map(QueryAst::Phrase),
            1 => self.prefix(),
            1 => self.wildcard(),
            1 => self.fuzzy(),
            1 => self.exact(),
            1 => self.caps(),
            1 => self.proximity(),
            1 => self.near(),
            1 => self.quantity(),
            1 => self.at_least(),
        ]
    }
}
