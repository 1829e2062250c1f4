//! Keyword topics: of each question the few words that say most, since people search by these more often than by questions.

use anyhow::Result;

use crate::evaluation::topic::Topic;
use crate::query::compile::Lexicon;
use crate::query::plan::FieldId;
use crate::text::analysis::{Analyzer, Chain, CharScript, Segmented, Token, UnitKind};

/// Fewest and most words of a keyword topic; between them it is half of the content words.
const WORDS: (usize, usize) = (2, 4);

/// A content word of a query.
struct ContentWord<'q> {
    token: &'q Token,
    text: &'q str,
    /// The number of passages that contain it.
    passages: u64,
}

/// The topic with its two to four rarest content words in place of its query, in the query's order. A content word is no stop
/// word, and some passage contains it; in Korean it has no ending, in Korean and Chinese more than one character. A query
/// without any is kept.
///
/// # Errors
///
/// When the index or an embedded dictionary cannot be read.
pub fn keyword_topic(lexicon: &dyn Lexicon, analyzer: &Analyzer, topic: &Topic) -> Result<Topic> {
    let segmented = Segmented::new(&topic.query);
    let mut most: (u64, String) = (0, topic.query.clone());
    for chain in chains_of(&segmented) {
        let tokens = analyzer.tokens_of(chain, &segmented, false)?;
        let mut words = content_words(lexicon, analyzer, chain, &topic.query, &tokens)?;
        let known = words.len() as u64;
        if known <= most.0 {
            continue;
        }
        let kept = words.len().div_ceil(2).clamp(WORDS.0, WORDS.1);
        // Of words that are as rare, the longer says more.
        words.sort_by_key(|word| (word.passages, usize::MAX - word.text.chars().count()));
        words.truncate(kept);
        words.sort_by_key(|word| word.token.range.start);
        let words: Vec<&str> = words.iter().map(|word| word.text).collect();
        most = (known, words.join(" "));
    }
    Ok(Topic { query: most.1, ..topic.clone() })
}

/// The chains that may be that of a query's language: by its script, or each that reads words by rules of its own.
fn chains_of(query: &Segmented) -> Vec<Chain> {
    let of_script = |script| if query.has_script(script) { Chain::of_script(script) } else { None };
    let by_script = of_script(CharScript::Hangul).or_else(|| of_script(CharScript::Han));
    by_script.map_or_else(|| Chain::word_chains().collect(), |chain| vec![chain])
}

fn content_words<'q>(
    lexicon: &dyn Lexicon,
    analyzer: &Analyzer,
    chain: Chain,
    query: &'q str,
    tokens: &'q [Token],
) -> Result<Vec<ContentWord<'q>>> {
    let mut words: Vec<ContentWord<'q>> = Vec::new();
    for token in tokens {
        let text = token.range.slice(query);
        let folded = Segmented::new(text);
        let is_inflected = chain.keeps_morphemes() && folded.has_chars() && folded.text() != token.term;
        let is_single = folded.units().len() == 1 && folded.units()[0].kind != UnitKind::Word;
        let is_stopword = analyzer.is_stopword(chain, folded.text()) || analyzer.is_stopword(chain, &token.term);
        // A compound is one word, whatever its parts.
        let is_part = tokens.iter().any(|other| {
            (other.range.start..other.range.end) != (token.range.start..token.range.end)
                && other.range.start <= token.range.start
                && token.range.end <= other.range.end
        });
        if is_inflected || is_single || is_stopword || is_part || words.iter().any(|word| word.text == text) {
            continue;
        }
        let passages = lexicon.passages_with(&[(FieldId::Text(chain), &token.term)])?.first().copied().unwrap_or(0);
        if passages > 0 {
            words.push(ContentWord { token, text, passages });
        }
    }
    Ok(words)
}
