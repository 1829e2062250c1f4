//! The lexer: a string to tokens, which are words, quoted texts, signs and operators, each with its byte range.
//! Full-width signs are read as ASCII signs; quotation marks and brackets of every language are recognised.

use crate::query::syntax::ast::QueryAst;
use crate::query::syntax::caps::caps_leaf;
use crate::query::syntax::counting::counting_operator;
use crate::query::syntax::error::QuerySyntaxError;
use crate::query::syntax::extent::Extent;
use crate::query::syntax::field_name::{check_slip, example, field_name};
use crate::query::syntax::lexeme::{Lexeme, LexemeKind};
use crate::query::syntax::limits::{MAX_DISTANCE, MAX_NEAR_PARTS};
use crate::query::syntax::nearness::{Nearness, Within};
use crate::query::syntax::operand::{filter_of, word_leaf};
use crate::query::syntax::operators::{needless_number, settle_operators};
use crate::query::syntax::quantity_value::quantity_of;
use crate::query::syntax::quotation::quotation;
use crate::query::syntax::signs::{ascii, opens_quote};
use crate::query::syntax::wildcard_signs::has_wildcards;
use crate::text::analysis::{Segmented, joins_compounds};
use crate::text::document::ByteRange;

pub(crate) fn lex(query: &str) -> Result<Vec<Lexeme>, QuerySyntaxError> {
    let mut lexer = Lexer { query, at: 0, lexemes: Vec::new() };
    while lexer.next()? {}
    Ok(settle_operators(query, lexer.lexemes))
}

struct Lexer<'a> {
    query: &'a str,
    at: usize,
    lexemes: Vec<Lexeme>,
}

impl<'a> Lexer<'a> {
    fn rest(&self) -> &'a str {
        &self.query[self.at..]
    }

    fn peek(&self) -> Option<char> {
        self.rest().chars().next()
    }

    fn push(&mut self, kind: LexemeKind, from: usize) {
        self.lexemes.push(Lexeme { kind, at: ByteRange::new(from, self.at) });
    }

    /// Reads one token. Returns false at the end of the query.
    fn next(&mut self) -> Result<bool, QuerySyntaxError> {
        self.at = self.query.len() - self.rest().trim_start().len();
        let Some(character) = self.peek() else {
            return Ok(false);
        };
        let from = self.at;
        let after = self.rest().chars().nth(1);
        let stands_before = after.is_some_and(|after| !after.is_whitespace() && ascii(after) != ')');
        let is_sign = stands_before && self.may_be_sign(ascii(character), from);
        match ascii(character) {
            '(' | ')' => {
                self.at += character.len_utf8();
                let kind = if ascii(character) == '(' { LexemeKind::Open } else { LexemeKind::Close };
                self.push(kind, from);
            }
            sign @ ('+' | '-') if is_sign => {
                self.at += character.len_utf8();
                self.push(if sign == '+' { LexemeKind::Plus } else { LexemeKind::Minus }, from);
            }
            '=' if is_sign => {
                self.at += character.len_utf8();
                self.exact(from)?;
            }
            '+' | '-' | '=' if stands_before => self.skip_signs(),
            _ if opens_quote(character) => self.quoted(from)?,
            _ => self.word(from)?,
        }
        Ok(true)
    }

    /// Skips signs that stand where no sign can. They are no part of the word after them; alone, they are read as a word.
    fn skip_signs(&mut self) {
        let from = self.at;
        let first = self.peek().unwrap_or('-');
        self.at =
            self.query.len() - self.rest().trim_start_matches(|sign| matches!(ascii(sign), '+' | '-' | '=')).len();
        if self.peek().is_none_or(|next| next.is_whitespace() || ascii(next) == ')') {
            self.push(LexemeKind::Leaf(QueryAst::Word(first.to_string())), from);
        }
    }

    /// True if a sign can stand here: at the start, after white space, after a parenthesis or another sign, and for `=`
    /// also after `title:`; so not in „Model C“-Schulen. A hyphen is no sign in Privatpersonen und -organisationen,
    /// where German leaves out what two words share.
    fn may_be_sign(&self, sign: char, from: usize) -> bool {
        let before = self.query[..from].chars().next_back();
        let is_apart = before.is_none_or(|before| before.is_whitespace() || matches!(ascii(before), '(' | '+' | '-'));
        let mut read = self.lexemes.iter().rev();
        let is_suspending = read.next().and_then(Lexeme::word).is_some_and(joins_compounds);
        let is_signed = read.next().is_some_and(|lexeme| {
            matches!(lexeme.kind, LexemeKind::Plus | LexemeKind::Minus) || lexeme.kind.is_field()
        });
        let is_after_field = self.lexemes.last().is_some_and(|last| last.kind.is_field() && last.at.end == from);
        match sign {
            '=' => is_apart || is_after_field,
            '-' => is_apart && (!is_suspending || is_signed),
            _ => is_apart,
        }
    }

    /// Reads `=word` or `="phrase"` after its sign.
    fn exact(&mut self, from: usize) -> Result<(), QuerySyntaxError> {
        let is_quoted = self.peek().is_some_and(opens_quote);
        let text = if is_quoted { self.quotation()? } else { self.raw_word() };
        const LOOSE: [char; 4] = ['*', '＊', '~', '～'];
        if !is_quoted && !text.ends_with(LOOSE) && has_wildcards(text) {
            return Err(QuerySyntaxError {
                at: ByteRange::new(from, self.at),
                expected: "one of the two; letters beside wildcards are exact in any case".to_owned(),
                found: format!("`{}`, an exact form with wildcards", &self.query[from..self.at]),
                suggestion: Some(text.to_owned()),
            });
        }
        if if is_quoted { self.rest().starts_with(LOOSE) } else { text.ends_with(LOOSE) } {
            self.raw_word();
            return Err(QuerySyntaxError {
                at: ByteRange::new(from, self.at),
                expected: "one of the two: the exact form, or forms that are like it".to_owned(),
                found: format!("`{}`, both exact and with a sign at its end", &self.query[from..self.at]),
                suggestion: Some(format!("=\"{}\"", text.trim_end_matches(LOOSE))),
            });
        }
        if text.is_empty() || text.trim_matches(|sign| matches!(ascii(sign), '=' | '+' | '-')).is_empty() {
            return Err(QuerySyntaxError {
                at: ByteRange::new(from, self.at.max(from + 1)),
                expected: "a word or a quoted phrase directly after it".to_owned(),
                found: "a `=` before nothing".to_owned(),
                suggestion: None,
            });
        }
        self.push(LexemeKind::Leaf(QueryAst::Exact(text.to_owned())), from);
        Ok(())
    }

    /// Reads a phrase, or with `~N` after it words near each other.
    fn quoted(&mut self, from: usize) -> Result<(), QuerySyntaxError> {
        let text = self.quotation()?.to_owned();
        if self.peek().is_none_or(|sign| ascii(sign) != '~') {
            self.push(LexemeKind::Leaf(QueryAst::Phrase(text)), from);
            return Ok(());
        }
        let sign = self.at;
        self.at += self.peek().map_or(0, char::len_utf8);
        let digits = self.digits();
        let distance = self.distance(&digits, sign, "directly after the `~`, as in \"free trade\"~5")?;
        let words = text.split_whitespace().filter(|word| !Segmented::new(word).units().is_empty()).count();
        if words > MAX_NEAR_PARTS {
            return Err(QuerySyntaxError {
                at: ByteRange::new(from, self.at),
                expected: format!("at most {MAX_NEAR_PARTS} words near each other"),
                found: format!("{words} words in quotation marks with `~`"),
                suggestion: None,
            });
        }
        self.push(LexemeKind::Leaf(QueryAst::Proximity { text, distance }), from);
        Ok(())
    }

    /// Reads the text in quotation marks, and advances to after the closing mark.
    fn quotation(&mut self) -> Result<&'a str, QuerySyntaxError> {
        let (text, end) = quotation(self.query, self.at)?;
        self.at = end;
        Ok(text)
    }

    fn digits(&mut self) -> String {
        let rest = self.rest();
        let digits: String = rest.chars().map(ascii).take_while(char::is_ascii_digit).collect();
        self.at += rest.chars().take(digits.len()).map(char::len_utf8).sum::<usize>();
        digits
    }

    /// Parses the distance of a positional operator or of `~`, in words.
    fn distance(&self, digits: &str, sign: usize, place: &str) -> Result<u32, QuerySyntaxError> {
        match digits.parse() {
            Ok(distance) if distance <= MAX_DISTANCE => Ok(distance),
            _ => Err(QuerySyntaxError {
                at: ByteRange::new(sign, self.at),
                expected: format!("a number of words from 0 to {MAX_DISTANCE} {place}"),
                found: if digits.is_empty() { "no number".to_owned() } else { format!("`{digits}`") },
                suggestion: None,
            }),
        }
    }

    /// Reads up to white space, a parenthesis or a quotation mark.
    fn raw_word(&mut self) -> &'a str {
        let rest = self.rest();
        let ends = |character: char| {
            character.is_whitespace() || matches!(ascii(character), '(' | ')') || opens_quote(character)
        };
        let length = rest.find(ends).unwrap_or(rest.len());
        self.at += length;
        &rest[..length]
    }

    fn word(&mut self, from: usize) -> Result<(), QuerySyntaxError> {
        if let Some((field, length)) = field_name(self.rest()) {
            self.at += length;
            return self.field(field, from);
        }
        let raw = self.raw_word();
        let plain: String = raw.chars().map(ascii).collect();
        let operator = match plain.as_str() {
            "AND" => Some(LexemeKind::And),
            "OR" => Some(LexemeKind::Or),
            "NOT" => Some(LexemeKind::Not),
            _ => match Nearness::of_operator(&plain) {
                Some((nearness, Some(digits))) if nearness.has_number() => {
                    let name = nearness.operator();
                    let place = format!("after {name}/, as in tariff {name}/5 steel");
                    let within = Within::Units(self.distance(digits, from, &place)?);
                    Some(LexemeKind::Near(Nearness { within, ..nearness }))
                }
                Some((nearness, Some(digits))) if digits.bytes().all(|byte| byte.is_ascii_digit()) => {
                    return Err(needless_number(nearness, digits, ByteRange::new(from, self.at)));
                }
                Some((nearness, None)) => Some(LexemeKind::Near(nearness)),
                Some(_) => None,
                None => counting_operator(&plain, ByteRange::new(from, self.at))?,
            },
        };
        if let Some(operator) = operator {
            self.push(operator, from);
            return Ok(());
        }
        check_slip(raw, from)?;
        let leaf = word_leaf(raw, from)?;
        self.push(LexemeKind::Leaf(leaf), from);
        Ok(())
    }

    /// Reads the value after `name:`.
    fn field(&mut self, name: &str, from: usize) -> Result<(), QuerySyntaxError> {
        let next = self.peek();
        let before_words = match name {
            "title" => Some(LexemeKind::Title),
            "lead" => Some(LexemeKind::Within(Extent::Lead)),
            "caps" if next.is_some_and(|next| ascii(next) == '(') => Some(LexemeKind::Caps),
            _ => None,
        };
        let nothing = next.is_none_or(|next| {
            next.is_whitespace() || ascii(next) == ')' || (ascii(next) == '(' && before_words.is_none())
        });
        if nothing {
            return Err(QuerySyntaxError {
                at: ByteRange::new(from, self.at),
                expected: format!("a value directly after the colon, as in {}", example(name)),
                found: format!("`{name}:` before nothing"),
                suggestion: None,
            });
        }
        if let Some(field) = before_words {
            self.push(field, from);
            return Ok(());
        }
        let value_from = self.at;
        let is_quoted = next.is_some_and(opens_quote);
        let mut value = if is_quoted { self.quotation()?.to_owned() } else { self.raw_word().to_owned() };
        if name == "caps" {
            let leaf = caps_leaf(&value, is_quoted, ByteRange::new(value_from, self.at))?;
            self.push(LexemeKind::Leaf(leaf), from);
            return Ok(());
        }
        // A `*` after a quoted id makes it a prefix: `id:"a b"*`.
        if is_quoted && self.rest().starts_with('*') {
            self.at += 1;
            value.push('*');
        }
        let at = ByteRange::new(value_from, self.at);
        let leaf = match name {
            "amount" | "percent" => QueryAst::Quantity(quantity_of(name, &value, at)?),
            _ => QueryAst::Filter(filter_of(name, &value, at)?),
        };
        self.push(LexemeKind::Leaf(leaf), from);
        Ok(())
    }
}
