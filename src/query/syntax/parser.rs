//! The parser: a string to a [`QueryAst`], without any index. The grammar, loosest first:
//!
//! ```text
//! query    = chain { OR chain }                   words side by side bind tightest, then AND and NOT, then OR
//! chain    = [NOT] sequence { (AND | [AND] NOT) sequence }
//! sequence = item { item }                        any of them: a bag
//! item     = ["+" | "-"] near | filter
//! near     = primary { [NOT] (NEAR/n | BEFORE/n | SENTENCE | PARAGRAPH) primary }
//! primary  = word | phrase | word* | w?r*d | word~ | =word | caps:word | amount:value | percent:value | "words"~n | before primary | "(" query ")"
//! before   = title: | lead: | FIRST/n | ATLEAST/n
//! ```
//!
//! Signs and filters apply to everything in the same parentheses; where several alternatives of an OR have signs or
//! filters, each applies to its own alternative.

use crate::query::syntax::ast::QueryAst;
use crate::query::syntax::caps::caps_of;
use crate::query::syntax::check::{
    check_finds, check_length, check_near, check_near_operand, check_numbers, misplaced_not, only_excludes,
};
use crate::query::syntax::error::QuerySyntaxError;
use crate::query::syntax::lexeme::{Lexeme, LexemeKind};
use crate::query::syntax::lexer::lex;
use crate::query::syntax::limits::MAX_DEPTH;
use crate::query::syntax::missing::{missing_operand, nested_too_deeply, unclosed_before, unopened};
use crate::query::syntax::sequence::{Sequence, any_of, chain_ast, hoist_restrictions, restricted};
use crate::text::document::ByteRange;

/// Parses a query, or with `plain` reads it as words, signs and operators included.
///
/// # Errors
///
/// As [`parse_query`]; never with `plain`.
pub fn read_query(input: &str, plain: bool) -> Result<QueryAst, QuerySyntaxError> {
    if plain { Ok(QueryAst::plain(input)) } else { parse_query(input) }
}

/// Parses a query. An empty or blank query gives an empty bag.
///
/// # Errors
///
/// When the query is malformed; the error has the position, what was expected, and if possible what to type instead.
/// Also when it is longer than [`MAX_QUERY_BYTES`](super::MAX_QUERY_BYTES) or nested deeper than [`MAX_DEPTH`].
pub fn parse_query(input: &str) -> Result<QueryAst, QuerySyntaxError> {
    check_length(input)?;
    let lexemes = lex(input)?;
    check_numbers(&lexemes)?;
    let mut parser = Parser { input, lexemes: &lexemes, next: 0 };
    if lexemes.is_empty() {
        return Ok(QueryAst::Bag(Vec::new()));
    }
    let ast = parser.level(0)?;
    if let Some(stray) = parser.peek() {
        return Err(unopened(stray.at));
    }
    check_finds(&ast, ByteRange::new(0, input.len()))?;
    Ok(ast)
}

pub(super) struct Parser<'a> {
    pub(super) input: &'a str,
    pub(super) lexemes: &'a [Lexeme],
    pub(super) next: usize,
}

impl Parser<'_> {
    fn peek(&self) -> Option<&Lexeme> {
        self.lexemes.get(self.next)
    }

    pub(super) fn peek_kind(&self) -> Option<&LexemeKind> {
        self.peek().map(|lexeme| &lexeme.kind)
    }

    /// Parses everything up to the end or a closing parenthesis.
    fn level(&mut self, depth: usize) -> Result<QueryAst, QuerySyntaxError> {
        let mut chains: Vec<Vec<(bool, Sequence)>> = Vec::new();
        loop {
            chains.push(self.chain(depth)?);
            if self.peek_kind() != Some(&LexemeKind::Or) {
                break;
            }
            self.next += 1;
        }
        let hoisted = hoist_restrictions(&mut chains);
        let query = any_of(chains.into_iter().map(chain_ast).collect());
        Ok(match hoisted {
            Some(sequence) => restricted(sequence, Some(query)),
            None => query,
        })
    }

    /// Parses sequences joined by AND and NOT, each with whether it is negated.
    fn chain(&mut self, depth: usize) -> Result<Vec<(bool, Sequence)>, QuerySyntaxError> {
        let mut chain = Vec::new();
        let mut negated = self.skip_nots();
        loop {
            chain.push((negated, self.sequence(depth)?));
            if self.peek_kind() == Some(&LexemeKind::And) {
                self.next += 1;
            } else if self.peek_kind() != Some(&LexemeKind::Not) {
                return Ok(chain);
            }
            negated = self.skip_nots();
        }
    }

    /// Skips NOTs; returns true if their number is odd.
    fn skip_nots(&mut self) -> bool {
        let mut negated = false;
        while self.peek_kind() == Some(&LexemeKind::Not) {
            self.next += 1;
            negated = !negated;
        }
        negated
    }

    fn sequence(&mut self, depth: usize) -> Result<Sequence, QuerySyntaxError> {
        let mut sequence = Sequence::default();
        let start = self.next;
        loop {
            let sign = match self.peek_kind() {
                None | Some(LexemeKind::Close | LexemeKind::And | LexemeKind::Or | LexemeKind::Not) => break,
                Some(sign @ (LexemeKind::Plus | LexemeKind::Minus)) => Some(sign.clone()),
                Some(_) => None,
            };
            if sign.is_some() {
                self.next += 1;
                // `--rate`: a second sign is a dash.
                while matches!(self.peek_kind(), Some(LexemeKind::Plus | LexemeKind::Minus)) {
                    self.next += 1;
                }
            }
            let from = self.peek().map_or(self.input.len(), |lexeme| lexeme.at.start);
            let item = self.near(depth)?;
            let at = ByteRange::new(from, self.lexemes[self.next - 1].at.end);
            match (sign, item) {
                // `tariff AND (NOT steel)`: alone in its sequence, the parenthesis means the same as none.
                (sign, QueryAst::Not(inner)) if sign.is_some() || !self.is_alone(start) => {
                    return Err(match inner.is_filter() {
                        true => misplaced_not(at),
                        false => only_excludes(at),
                    });
                }
                (Some(LexemeKind::Minus), item) => sequence.excluded.push(item),
                (_, item) if item.is_filter() => sequence.filters.push(item),
                (Some(_), item) => sequence.required.push(item),
                (None, item) => sequence.items.push(item),
            }
        }
        if self.next > start {
            return Ok(sequence);
        }
        Err(missing_operand(self.input, self.lexemes, self.next))
    }

    /// True if the sequence that began at `start` has a single item, which has just been parsed.
    fn is_alone(&self, start: usize) -> bool {
        let ends = matches!(
            self.peek_kind(),
            None | Some(LexemeKind::Close | LexemeKind::And | LexemeKind::Or | LexemeKind::Not)
        );
        // The item is a parenthesis, since nothing else can be negative: it opens where the sequence does.
        ends && self.lexemes[start].kind == LexemeKind::Open && self.closes(start) == Some(self.next - 1)
    }

    /// The index of the token that closes the parenthesis at `open`.
    fn closes(&self, open: usize) -> Option<usize> {
        let mut level = 0_usize;
        for (at, lexeme) in self.lexemes.iter().enumerate().skip(open) {
            if lexeme.kind == LexemeKind::Open {
                level += 1;
            } else if lexeme.kind == LexemeKind::Close {
                level = level.checked_sub(1)?;
            } else {
                continue;
            }
            if level == 0 {
                return Some(at);
            }
        }
        None
    }

    fn near(&mut self, depth: usize) -> Result<QueryAst, QuerySyntaxError> {
        let from = self.next;
        let first = self.primary(depth)?;
        let Some(&LexemeKind::Near(nearness)) = self.peek_kind() else {
            return Ok(first);
        };
        check_near_operand(&first, nearness, self.at_since(from))?;
        let (mut operands, mut last_from) = (vec![first], from);
        while let Some(&LexemeKind::Near(of_this)) = self.peek_kind() {
            let operator = &self.lexemes[self.next];
            self.next += 1;
            let right_from = self.next;
            if !self.peek_kind().is_some_and(LexemeKind::opens_operand) {
                return Err(QuerySyntaxError {
                    at: operator.at,
                    expected: "a word, phrase or parenthesis after it".to_owned(),
                    found: format!("`{}` with nothing after it", operator.at.slice(self.input)),
                    suggestion: None,
                });
            }
            let operator = operator.at;
            let right = self.primary(depth)?;
            if of_this != nearness {
                return Err(self.different_operators(from, last_from, operator, right_from));
            }
            check_near_operand(&right, nearness, self.at_since(right_from))?;
            operands.push(right);
            last_from = right_from;
        }
        check_near(&operands, nearness, self.at_since(from))?;
        Ok(QueryAst::Near { operands, nearness })
    }

    /// The error for two positional operators side by side that are not the same: it shows both ways to put parentheses. `from`
    /// and `middle` are the first tokens of the first operand and of the one before the operator, `right` that of the one after it.
    fn different_operators(&self, from: usize, middle: usize, operator: ByteRange, right: usize) -> QuerySyntaxError {
        let [start, middle] = [from, middle].map(|token| self.lexemes[token].at.start);
        let text = |from: usize, to: usize| self.input[from..to].trim();
        let (name, after) = (operator.slice(self.input), self.at_since(right).slice(self.input));
        QuerySyntaxError {
            at: operator,
            expected: format!(
                "parentheses, as ({}) {name} {after} or {} ({} {name} {after})",
                text(start, operator.start),
                text(start, middle),
                text(middle, operator.start)
            ),
            found: format!("`{name}` after another operator of place"),
            suggestion: None,
        }
    }

    pub(super) fn at_since(&self, from: usize) -> ByteRange {
        ByteRange::new(self.lexemes[from].at.start, self.lexemes[self.next - 1].at.end)
    }

    pub(super) fn primary(&mut self, depth: usize) -> Result<QueryAst, QuerySyntaxError> {
        let Some(lexeme) = self.peek() else {
            return Err(missing_operand(self.input, self.lexemes, self.next));
        };
        if depth >= MAX_DEPTH && !matches!(lexeme.kind, LexemeKind::Leaf(_)) {
            return Err(nested_too_deeply(lexeme.at));
        }
        let lexeme = lexeme.clone();
        match lexeme.kind {
            LexemeKind::Leaf(leaf) => {
                self.next += 1;
                Ok(leaf)
            }
            LexemeKind::Open => {
                self.next += 1;
                let inner = self.level(depth + 1)?;
                if self.peek_kind() != Some(&LexemeKind::Close) {
                    return Err(unclosed_before(self.input, self.lexemes, self.next, lexeme.at));
                }
                self.next += 1;
                Ok(inner)
            }
            LexemeKind::Title => self.confined(None, depth),
            LexemeKind::Within(extent) => self.confined(Some(extent), depth),
            LexemeKind::AtLeast(times) => self.at_least(times, depth),
            LexemeKind::Caps => {
                self.next += 1;
                caps_of(self.primary(depth + 1)?, lexeme.at)
            }
            LexemeKind::Near(nearness) => Err(QuerySyntaxError {
                at: lexeme.at,
                expected: "a word, phrase or parenthesis before it".to_owned(),
                found: format!("`{}` with nothing before it", lexeme.at.slice(self.input)),
                suggestion: Some(format!("\"{}\" if you mean the word", nearness.operator())),
            }),
            LexemeKind::Close
            | LexemeKind::And
            | LexemeKind::Or
            | LexemeKind::Not
            | LexemeKind::Plus
            | LexemeKind::Minus => Err(missing_operand(self.input, self.lexemes, self.next)),
        }
    }
}
