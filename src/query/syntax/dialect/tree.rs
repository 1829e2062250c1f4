//! A query of another system as a tree of pieces of our own syntax, each with where it came from, and its printing.

use crate::query::syntax::error::QuerySyntaxError;
use crate::query::syntax::parser::parse_query;
use crate::text::document::ByteRange;

/// A piece of a query, in our syntax.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) enum Piece {
    /// A word, a quoted text or a filter, as it is written.
    Leaf { text: String, at: ByteRange },
    /// Operands with an operator between them.
    Joined { operator: String, at: ByteRange, operands: Vec<Piece> },
    /// A field or an operator before its operand: `title:`, `ATLEAST/5 `.
    Before { prefix: String, at: ByteRange, inner: Box<Piece> },
}

impl Piece {
    pub(super) fn leaf(text: impl Into<String>, at: ByteRange) -> Piece {
        Piece::Leaf { text: text.into(), at }
    }

    pub(super) fn before(prefix: impl Into<String>, at: ByteRange, inner: Piece) -> Piece {
        Piece::Before { prefix: prefix.into(), at, inner: Box::new(inner) }
    }

    /// Joins two operands. Alternatives and conjunctions of one kind become a single list.
    pub(super) fn joined(operator: &str, at: ByteRange, left: Piece, right: Piece) -> Piece {
        let is_list = matches!(operator, "OR" | "AND");
        let mut operands = match left {
            Piece::Joined { operator: of_left, operands, .. } if is_list && of_left == operator => operands,
            Piece::Leaf { .. } | Piece::Joined { .. } | Piece::Before { .. } => vec![left],
        };
        operands.push(right);
        Piece::Joined { operator: operator.to_owned(), at, operands }
    }

    /// The range of the query that the piece came from.
    pub(super) fn at(&self) -> ByteRange {
        match self {
            Piece::Leaf { at, .. } => *at,
            Piece::Joined { at, operands, .. } => operands.iter().fold(*at, |whole, one| hull(whole, one.at())),
            Piece::Before { at, inner, .. } => hull(*at, inner.at()),
        }
    }
}

fn hull(one: ByteRange, other: ByteRange) -> ByteRange {
    ByteRange::new(one.start.min(other.start), one.end.max(other.end))
}

/// A query in our syntax, with where each part of it came from.
#[derive(Debug, Default)]
pub(super) struct Printed {
    pub(super) text: String,
    /// Ranges of the text, in order, each with the range of the query as typed that it stands for.
    places: Vec<(ByteRange, ByteRange)>,
}

impl Printed {
    pub(super) fn new(piece: &Piece) -> Printed {
        let mut printed = Printed::default();
        printed.write(piece);
        printed
    }

    fn push(&mut self, text: &str, at: ByteRange) {
        let from = self.text.len();
        self.text.push_str(text);
        self.places.push((ByteRange::new(from, self.text.len()), at));
    }

    fn write(&mut self, piece: &Piece) {
        match piece {
            Piece::Leaf { text, at } => self.push(text, *at),
            Piece::Joined { operator, at, operands } => {
                for (number, operand) in operands.iter().enumerate() {
                    if number > 0 {
                        self.push(&format!(" {operator} "), *at);
                    }
                    self.write_operand(operand);
                }
            }
            Piece::Before { prefix, at, inner } => {
                self.push(prefix, *at);
                self.write_operand(inner);
            }
        }
    }

    fn write_operand(&mut self, piece: &Piece) {
        if matches!(piece, Piece::Leaf { .. }) {
            return self.write(piece);
        }
        let at = piece.at();
        self.push("(", at);
        self.write(piece);
        self.push(")", at);
    }

    /// The range of the query as typed that a range of the text stands for.
    pub(super) fn origin(&self, range: ByteRange) -> ByteRange {
        let meets = |place: ByteRange| place.start < range.end.max(range.start + 1) && range.start < place.end;
        let origins = self.places.iter().filter(|(place, _)| meets(*place)).map(|(_, origin)| *origin);
        origins.reduce(hull).or_else(|| self.places.last().map(|(_, origin)| *origin)).unwrap_or(range)
    }

    /// Checks the query by the rules of our syntax. The place of an error is one in the query as typed, and what it suggests is in
    /// our syntax.
    pub(super) fn check(&self) -> Result<crate::query::syntax::QueryAst, QuerySyntaxError> {
        parse_query(&self.text).map_err(|error| QuerySyntaxError { at: self.origin(error.at), ..error })
    }
}
