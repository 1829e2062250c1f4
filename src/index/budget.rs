//! The budget: how many bytes of documents may be under way at once, from reading until tantivy has them. Queues count batches, and
//! tantivy's own holds thousands, so neither would bound the memory that large documents take.

use std::sync::{Arc, Condvar, Mutex, MutexGuard, PoisonError};

/// A number of bytes that permits are given out for.
pub(crate) struct Budget {
    bytes: usize,
    state: Mutex<State>,
    changed: Condvar,
}

#[derive(Default)]
struct State {
    taken: usize,
    closed: bool,
}

/// A permit for a number of bytes, given back when it is dropped.
pub(crate) struct Permit {
    budget: Arc<Budget>,
    bytes: usize,
}

/// Closes its budget when it is dropped, however its thread ends: what that thread held back would never be given back.
pub(crate) struct Closing(Arc<Budget>);

impl Budget {
    pub(crate) fn new(bytes: usize) -> Arc<Budget> {
        Arc::new(Budget { bytes, state: Mutex::default(), changed: Condvar::new() })
    }

    /// Waits until that number of bytes is free, or all are, so that what is larger than the budget goes alone. `None` once the
    /// budget is closed.
    pub(crate) fn take(self: &Arc<Self>, bytes: usize) -> Option<Permit> {
        let mut state = self.state();
        while !state.closed && state.taken > 0 && state.taken + bytes > self.bytes {
            state = self.changed.wait(state).unwrap_or_else(PoisonError::into_inner);
        }
        if state.closed {
            return None;
        }
        state.taken += bytes;
        Some(Permit { budget: Arc::clone(self), bytes })
    }

    /// Closes the budget: nobody waits any more, and nobody gets a permit.
    pub(crate) fn close(&self) {
        self.state().closed = true;
        self.changed.notify_all();
    }

    pub(crate) fn closing(self: &Arc<Self>) -> Closing {
        Closing(Arc::clone(self))
    }

    fn state(&self) -> MutexGuard<'_, State> {
        self.state.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

impl Drop for Permit {
    fn drop(&mut self) {
        self.budget.state().taken -= self.bytes;
        self.budget.changed.notify_all();
    }
}

impl Drop for Closing {
    fn drop(&mut self) {
        self.0.close();
    }
}

#[cfg(test)]
mod tests {
    use std::thread;
    use std::time::Duration;

    use super::*;

    #[test]
    fn no_more_is_under_way_than_may_be() {
        let budget = Budget::new(10);
        let first = budget.take(6);
        let waiting = thread::spawn({
            let budget = Arc::clone(&budget);
            move || budget.take(5).map(|permit| permit.bytes)
        });
        thread::sleep(Duration::from_millis(50));
        assert!(!waiting.is_finished());
        drop(first);
        assert_eq!(waiting.join().unwrap(), Some(5));
    }

    #[test]
    fn what_is_larger_goes_alone() {
        let budget = Budget::new(10);
        let large = budget.take(1000);
        assert!(large.is_some());
        let waiting = thread::spawn({
            let budget = Arc::clone(&budget);
            move || budget.take(1).is_some()
        });
        thread::sleep(Duration::from_millis(50));
        assert!(!waiting.is_finished());
        drop(large);
        assert!(waiting.join().unwrap());
    }

    #[test]
    fn nobody_waits_for_a_thread_that_has_ended() {
        let budget = Budget::new(10);
        let _never_given_back = budget.take(10);
        let ended = thread::spawn({
            let budget = Arc::clone(&budget);
            move || {
                let _closing = budget.closing();
            }
        });
        assert!(budget.take(10).is_none());
        ended.join().unwrap();
    }
}
