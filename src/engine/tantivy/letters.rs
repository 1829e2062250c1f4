//! Automata that read terms letter by letter, for tantivy, whose automata read them byte by byte.

use tantivy_fst::Automaton;

/// An automaton over letters.
pub(crate) trait LetterAutomaton {
    /// What is known after some letters.
    type State: Clone;

    fn start(&self) -> Self::State;

    fn step(&self, state: &Self::State, letter: char) -> Self::State;

    fn is_match(&self, state: &Self::State) -> bool;

    /// False if no further letter can make a match.
    fn can_match(&self, state: &Self::State) -> bool;
}

/// A letter automaton as an automaton over UTF-8.
pub(crate) struct ByBytes<'a, A>(pub(crate) &'a A);

/// The state after some whole letters, and the bytes of the next one so far.
#[derive(Clone)]
pub(crate) struct ByteState<S> {
    letters: S,
    bytes: [u8; 4],
    length: usize,
}

impl<A: LetterAutomaton> Automaton for ByBytes<'_, A> {
    /// `None` after bytes that are no letter.
    type State = Option<ByteState<A::State>>;

    fn start(&self) -> Self::State {
        Some(ByteState { letters: self.0.start(), bytes: [0; 4], length: 0 })
    }

    fn is_match(&self, state: &Self::State) -> bool {
        state.as_ref().is_some_and(|state| state.length == 0 && self.0.is_match(&state.letters))
    }

    fn can_match(&self, state: &Self::State) -> bool {
        state.as_ref().is_some_and(|state| self.0.can_match(&state.letters))
    }

    fn accept(&self, state: &Self::State, byte: u8) -> Self::State {
        let mut next = state.clone()?;
        *next.bytes.get_mut(next.length)? = byte;
        next.length += 1;
        if let Ok(letter) = std::str::from_utf8(&next.bytes[..next.length]) {
            next.letters = letter.chars().fold(next.letters, |letters, letter| self.0.step(&letters, letter));
            next.length = 0;
        }
        Some(next)
    }
}
