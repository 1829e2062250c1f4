//! Nexis's commands and document sections: `atleast5(…)`, `caps(…)`, `headline(…)`, `length(…)`.

use std::collections::HashSet;

use crate::query::syntax::ast::QueryAst;
use crate::query::syntax::dialect::comparison::{comparison, sign};
use crate::query::syntax::dialect::element::quoted;
use crate::query::syntax::dialect::filter::{codes, names};
use crate::query::syntax::dialect::level::{Reader, Rules, no_counterpart};
use crate::query::syntax::dialect::token::{Token, TokenKind};
use crate::query::syntax::dialect::tree::Piece;
use crate::query::syntax::error::QuerySyntaxError;
use crate::query::syntax::missing::unclosed;
use crate::text::document::ByteRange;
use crate::text::language::Language;

/// Reads a command or section if one stands here: its name directly before a parenthesis, or before a comparison.
pub(super) fn function(
    rules: &impl Rules,
    reader: &mut Reader<'_>,
    depth: usize,
) -> Result<Option<Piece>, QuerySyntaxError> {
    let Some(name) = reader.peek(0).filter(|token| token.kind == TokenKind::Word) else {
        return Ok(None);
    };
    let plain = name.plain();
    let is_call = reader.is_attached(1, TokenKind::Open);
    if let "date" | "length" = plain.as_str() {
        let has_sign = reader.peek(1).is_some_and(|token| token.kind == TokenKind::Sign);
        if !is_call && sign(reader, 1).is_none() {
            return Ok(None);
        }
        let from = reader.position();
        return match compared(reader, name) {
            Ok(piece) => Ok(Some(piece)),
            // A word that compares nothing: `the date is unclear`.
            Err(_) if !is_call && !has_sign => {
                reader.go_back(from);
                Ok(None)
            }
            Err(error) => Err(error),
        };
    }
    if !is_call {
        return Ok(None);
    }
    reader.skip(1);
    let (query, at) = (reader.query, name.at);
    let number = plain.strip_prefix("atleast").filter(|digits| digits.bytes().all(|byte| byte.is_ascii_digit()));
    if let Some(digits) = number {
        let inner = reader.group(rules, depth)?;
        return Ok(Some(Piece::before(format!("ATLEAST/{digits} "), at, inner)));
    }
    let piece = match plain.as_str() {
        "caps" => each_text(reader, &with_capitals)?,
        "allcaps" => each_text(reader, &|text| vec![capitals(&text.to_uppercase())])?,
        "nocaps" => each_text(reader, &|text| vec![capitals(&text.to_lowercase())])?,
        "singular" => each_text(reader, &|text| vec![QueryAst::Exact(text.to_owned()).to_string()])?,
        "plural" => {
            return Err(no_counterpart(reader.query, at, "the plural itself with `=` before it, as in =tariffs"));
        }
        "headline" | "hd" | "title" => Piece::before("title:", at, reader.group(rules, depth)?),
        "hlead" => Piece::before("lead:", at, reader.group(rules, depth)?),
        "lead" => {
            reader.note("lead( ) finds words of the title too");
            Piece::before("lead:", at, reader.group(rules, depth)?)
        }
        "body" | "text" => {
            reader.note("body( ) finds words of the title too");
            reader.group(rules, depth)?
        }
        "byline" | "author" => names(query, "author", reader.group(rules, depth)?)?,
        "publication" | "source" => names(query, "source", reader.group(rules, depth)?)?,
        "section" => names(query, "section", reader.group(rules, depth)?)?,
        "language" => {
            let inner = reader.group(rules, depth)?;
            let language = |name: &str| Language::meant_by(name).map(|language| language.to_string());
            codes(query, "lang", inner, &language, "English, German, Korean or Chinese")?
        }
        "term" | "subject" => {
            return Err(no_counterpart(reader.query, at, "concept:, with an id that `tradewire glossary WORD` shows"));
        }
        "geographic" | "country" => {
            return Err(no_counterpart(reader.query, at, "country: with a code, as in country:kr"));
        }
        _ => {
            return Err(no_counterpart(
                reader.query,
                at,
                "atleastN, caps, allcaps, nocaps, singular, headline, hlead, lead, body, byline, publication, section, length or \
                 date before the parenthesis, or a space",
            ));
        }
    };
    Ok(Some(piece))
}

/// Reads `date(…)` and `length(…)`, or either with a comparison after it: one comparison, or several with AND.
fn compared(reader: &mut Reader<'_>, name: Token<'_>) -> Result<Piece, QuerySyntaxError> {
    let field = if name.plain() == "date" { "date" } else { "words" };
    reader.skip(1);
    let open = reader.take(TokenKind::Open);
    let mut piece = comparison(reader, field, name.at)?;
    while open.is_some() && reader.word(0) == "and" {
        let and = reader.peek(0).map_or(name.at, |token| token.at);
        reader.skip(1 + usize::from(reader.word(1) == name.plain()));
        let next = comparison(reader, field, and)?;
        piece = Piece::joined("AND", and, piece, next);
    }
    match open {
        Some(open) if reader.take(TokenKind::Close).is_none() => Err(unclosed(open.at)),
        _ => Ok(piece),
    }
}

/// A text as written in our syntax with these capitals.
fn capitals(text: &str) -> String {
    let is_phrase = text.contains(char::is_whitespace);
    format!("caps:{}", if is_phrase { quoted(text) } else { text.to_owned() })
}

/// The writings of a text in which some letter of each word is a capital: as typed if it has one, the first letters, all letters.
fn with_capitals(text: &str) -> Vec<String> {
    let mut ways = vec![title_case(text), text.to_uppercase()];
    if text.contains(char::is_uppercase) {
        ways.insert(0, text.to_owned());
    }
    let mut seen = HashSet::new();
    ways.retain(|way| seen.insert(way.clone()));
    ways.iter().map(|way| capitals(way)).collect()
}

/// Reads texts in parentheses with OR between them, and writes each as alternatives of our syntax.
fn each_text(reader: &mut Reader<'_>, rewritten: &dyn Fn(&str) -> Vec<String>) -> Result<Piece, QuerySyntaxError> {
    let open = reader.take(TokenKind::Open).map_or(ByteRange::new(0, 0), |token| token.at);
    let mut alternatives: Vec<Piece> = Vec::new();
    let (mut words, mut at): (Vec<&str>, Option<ByteRange>) = (Vec::new(), None);
    loop {
        let token = reader.peek(0);
        let is_or = reader.word(0) == "or";
        if let Some(token) = token
            && !is_or
            && !matches!(reader.word(0).as_str(), "and" | "not")
            && matches!(token.kind, TokenKind::Word | TokenKind::Quoted)
        {
            words.push(token.text);
            at = Some(ByteRange::new(at.map_or(token.at.start, |at| at.start), token.at.end));
            reader.skip(1);
            continue;
        }
        let Some(place) = at.take() else {
            return Err(no_counterpart(
                reader.query,
                token.map_or(open, |token| token.at),
                "words or a phrase, with OR between them",
            ));
        };
        let texts = rewritten(&std::mem::take(&mut words).join(" "));
        alternatives.extend(texts.into_iter().map(|text| Piece::leaf(text, place)));
        match token {
            Some(token) if is_or => reader.skip(usize::from(token.kind == TokenKind::Word)),
            Some(token) if token.kind == TokenKind::Close => {
                reader.skip(1);
                break;
            }
            Some(token) => {
                return Err(no_counterpart(reader.query, token.at, "words or a phrase, with OR between them"));
            }
            None => return Err(unclosed(open)),
        }
    }
    let first = alternatives.remove(0);
    Ok(alternatives.into_iter().fold(first, |left, right| Piece::joined("OR", open, left, right)))
}

/// Each word with its first letter as a capital.
fn title_case(text: &str) -> String {
    let word = |word: &str| {
        let mut letters = word.chars();
        letters.next().map_or_else(String::new, |first| {
            first.to_uppercase().collect::<String>() + &letters.as_str().to_lowercase()
        })
    };
    text.split_whitespace().map(word).collect::<Vec<_>>().join(" ")
}
