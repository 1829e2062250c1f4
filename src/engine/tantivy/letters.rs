//! Automata that read terms letter by letter, for tantivy, whose automata read them byte by byte and one for each node of the
//! dictionary: so each step is taken once and then looked up.

use std::cell::RefCell;
use std::collections::HashMap;
use std::hash::Hash;

use foldhash::fast::RandomState;
use tantivy_fst::Automaton;

/// An automaton over letters.
pub(crate) trait LetterAutomaton {
    /// What is known after some letters.
    type State: Clone + Eq + Hash;

    fn start(&self) -> Self::State;

    fn step(&self, state: &Self::State, letter: char) -> Self::State;

    fn is_match(&self, state: &Self::State) -> bool;

    /// False if no further letter can make a match.
    fn can_match(&self, state: &Self::State) -> bool;

    /// False if no letter that begins with these bytes can make a match.
    fn may_begin(&self, _state: &Self::State, _bytes: &[u8]) -> bool {
        true
    }
}

/// A letter automaton as an automaton over UTF-8.
pub(crate) struct ByBytes<'a, A: LetterAutomaton> {
    letters: &'a A,
    steps: RefCell<Steps<A::State>>,
}

/// The state after some whole letters, and the bytes of the next one so far.
#[derive(Clone, PartialEq, Eq, Hash)]
struct ByteState<S> {
    letters: S,
    bytes: [u8; 4],
    length: usize,
}

/// The number of a state, with a bit for those that are matches.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(crate) struct StateNumber(u32);

impl StateNumber {
    /// A step that was not taken yet.
    const UNKNOWN: StateNumber = StateNumber(u32::MAX);
    /// The state from which no byte leads to a match.
    const DEAD: StateNumber = StateNumber(0);
    const MATCH: u32 = 1 << 31;

    fn at(self) -> usize {
        (self.0 & !StateNumber::MATCH) as usize
    }
}

/// The states that were met, numbered from 1, and the steps between them.
struct Steps<S> {
    states: Vec<ByteState<S>>,
    numbers: HashMap<ByteState<S>, StateNumber, RandomState>,
    /// The next state for each state and byte; those of the dead state come first.
    next: Vec<StateNumber>,
}

/// The steps from one state.
const BYTES: usize = 256;

impl<'a, A: LetterAutomaton> ByBytes<'a, A> {
    pub(crate) fn new(letters: &'a A) -> ByBytes<'a, A> {
        let steps = Steps { states: Vec::new(), numbers: HashMap::default(), next: vec![StateNumber::DEAD; BYTES] };
        ByBytes { letters, steps: RefCell::new(steps) }
    }

    fn number_of(&self, state: ByteState<A::State>) -> StateNumber {
        let Steps { states, numbers, next } = &mut *self.steps.borrow_mut();
        if let Some(&known) = numbers.get(&state) {
            return known;
        }
        let is_whole = state.length == 0;
        let is_match = is_whole && self.letters.is_match(&state.letters);
        let is_alive = self.letters.can_match(&state.letters)
            && (is_whole || self.letters.may_begin(&state.letters, &state.bytes[..state.length]));
        if !is_match && !is_alive {
            return StateNumber::DEAD;
        }
        states.push(state.clone());
        next.resize(next.len() + BYTES, if is_alive { StateNumber::UNKNOWN } else { StateNumber::DEAD });
        let number = StateNumber(states.len() as u32 | if is_match { StateNumber::MATCH } else { 0 });
        numbers.insert(state, number);
        number
    }

    /// The state after a further byte; `None` after bytes that are no letter.
    fn after(&self, state: ByteState<A::State>, byte: u8) -> Option<ByteState<A::State>> {
        let mut next = state;
        *next.bytes.get_mut(next.length)? = byte;
        next.length += 1;
        if let Ok(letter) = std::str::from_utf8(&next.bytes[..next.length]) {
            next.letters = letter.chars().fold(next.letters, |letters, letter| self.letters.step(&letters, letter));
            next.bytes = [0; 4];
            next.length = 0;
        }
        Some(next)
    }
}

impl<A: LetterAutomaton> Automaton for ByBytes<'_, A> {
    type State = StateNumber;

    fn start(&self) -> StateNumber {
        self.number_of(ByteState { letters: self.letters.start(), bytes: [0; 4], length: 0 })
    }

    fn is_match(&self, state: &StateNumber) -> bool {
        state.0 & StateNumber::MATCH != 0
    }

    fn can_match(&self, state: &StateNumber) -> bool {
        *state != StateNumber::DEAD
    }

    fn accept(&self, state: &StateNumber, byte: u8) -> StateNumber {
        let step = state.at() * BYTES + usize::from(byte);
        let known = self.steps.borrow().next[step];
        if known != StateNumber::UNKNOWN {
            return known;
        }
        let from = self.steps.borrow().states[state.at() - 1].clone();
        let next = self.after(from, byte).map_or(StateNumber::DEAD, |next| self.number_of(next));
        self.steps.borrow_mut().next[step] = next;
        next
    }
}
