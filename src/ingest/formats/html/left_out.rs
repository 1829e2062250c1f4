//! What is left out of a page: what no browser shows, and what is not of the article by its name, role or class.
//!
//! In: a tag. Out: the part of the page that it begins, and whether it goes. Invariant: what may turn out to be the article is said
//! to be doubtful.

use crate::ingest::formats::html::elements::{Role, is_hidden, is_hidden_by_class, is_landmark, is_styled_away};
use crate::ingest::formats::html::events::Tag;
use crate::ingest::formats::html::words::{PageWords, Part};

/// The elements that are left out of a page, besides those that no browser shows.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) enum LeftOut {
    Nothing,
    /// Elements that are not of the article by their name or role.
    Landmarks,
    /// Also elements that are not of the article by their class or id.
    Classes,
}

/// Options by which a page is read.
#[derive(Debug, Clone, Copy)]
pub(crate) struct PageOptions<'a> {
    pub(crate) max_depth: usize,
    pub(crate) words: Option<&'a PageWords>,
    /// Elements, by their number, that are not left out for their class.
    pub(crate) kept: &'a [usize],
    pub(crate) left_out: LeftOut,
    /// True if what is styled away is left out as well.
    pub(crate) as_styled: bool,
}

/// The element that is left out with all that it holds.
#[derive(Clone, Copy)]
pub(crate) struct Dropped {
    pub(crate) at: usize,
    /// Never shown, as against what is left out by choice.
    pub(crate) hidden: bool,
    pub(crate) styled: bool,
    pub(crate) by_class: bool,
    /// May turn out to be the article.
    pub(crate) doubtful: bool,
    /// Not even beside the article.
    pub(crate) elsewhere: bool,
    pub(crate) number: usize,
    pub(crate) letters: usize,
}

impl<'a> PageOptions<'a> {
    pub(crate) fn new(max_depth: usize, left_out: LeftOut, words: Option<&'a PageWords>) -> PageOptions<'a> {
        PageOptions { max_depth, words, kept: &[], left_out, as_styled: true }
    }

    /// The part of the page that an element begins, and whether it is left out. `number` is that of the element, `at` the height of
    /// the stack where it is.
    pub(crate) fn judge(&self, tag: &Tag, role: Role, number: usize, at: usize) -> (Part, Option<Dropped>) {
        let hidden = is_hidden(tag, role);
        let by_name = self.left_out >= LeftOut::Landmarks && role == Role::Landmark;
        let by_role = self.left_out >= LeftOut::Landmarks && is_landmark(tag);
        let part = match self.words.filter(|_| self.left_out >= LeftOut::Classes) {
            None => Part::Unknown,
            Some(_) if is_hidden_by_class(tag) => Part::Other,
            Some(words) => words.part(tag),
        };
        let by_class = matches!(part, Part::Other | Part::Comments) && !self.kept.contains(&number);
        let styled = self.as_styled && is_styled_away(tag);
        let known = hidden || by_name;
        let by_role = by_role && !self.kept.contains(&number);
        let dropped = (known || by_role || by_class || styled).then(|| Dropped {
            at,
            hidden: hidden || styled,
            styled: styled && !known && !by_role && !by_class,
            by_class: by_class && !known && !by_role && !styled,
            doubtful: !known && !styled && (by_role || (by_class && part == Part::Other)),
            elsewhere: by_role || !by_class || part == Part::Comments,
            number,
            letters: 0,
        });
        (part, dropped)
    }
}
