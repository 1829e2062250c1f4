//! The parts of a query that stand behind an operator of their own: `title:x`, `lead:x`, `FIRST/n x` and `ATLEAST/n x`.

use crate::query::syntax::ast::QueryAst;
use crate::query::syntax::check::check_counted;
use crate::query::syntax::error::QuerySyntaxError;
use crate::query::syntax::extent::Extent;
use crate::query::syntax::lexeme::LexemeKind;
use crate::query::syntax::parser::Parser;
use crate::text::document::ByteRange;

impl Parser<'_> {
    /// Parses what stands behind `title:`, `lead:` or `FIRST/n`, whose token is the next one. `extent` is `None` for the title.
    pub(super) fn confined(&mut self, extent: Option<Extent>, depth: usize) -> Result<QueryAst, QuerySyntaxError> {
        let operator = self.lexemes[self.next].at;
        self.next += 1;
        if matches!(extent, Some(Extent::First(_))) {
            self.expect_operand(operator)?;
        }
        let inner = self.primary(depth + 1)?;
        if matches!(inner, QueryAst::Not(_)) || inner.is_filter() {
            let place = match extent {
                None => "in the title",
                Some(Extent::Lead) => "in the title or the lead",
                Some(Extent::First(_)) => "among the first ones of the text",
            };
            return Err(QuerySyntaxError {
                at: operator,
                expected: format!("words to find {place}"),
                found: format!("`{}` before something else", operator.slice(self.input)),
                suggestion: None,
            });
        }
        let inner = Box::new(inner);
        Ok(match extent {
            None => QueryAst::Title(inner),
            Some(extent) => QueryAst::Within { extent, inner },
        })
    }

    /// Parses what stands behind `ATLEAST/n`, whose token is the next one.
    pub(super) fn at_least(&mut self, times: u32, depth: usize) -> Result<QueryAst, QuerySyntaxError> {
        let operator = self.lexemes[self.next].at;
        self.next += 1;
        self.expect_operand(operator)?;
        let from = self.next;
        let operand = self.primary(depth + 1)?;
        check_counted(&operand, operator.slice(self.input), self.at_since(from))?;
        Ok(QueryAst::AtLeast { times, operand: Box::new(operand) })
    }

    fn expect_operand(&self, operator: ByteRange) -> Result<(), QuerySyntaxError> {
        if self.peek_kind().is_some_and(LexemeKind::opens_operand) {
            return Ok(());
        }
        Err(QuerySyntaxError {
            at: operator,
            expected: "a word, phrase or parenthesis after it".to_owned(),
            found: format!("`{}` with nothing after it", operator.slice(self.input)),
            suggestion: None,
        })
    }
}
