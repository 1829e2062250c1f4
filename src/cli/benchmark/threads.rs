//! The numbers of threads to measure with.

use std::collections::BTreeSet;
use std::str::FromStr;

/// The largest number of threads.
pub(crate) const MAX_THREADS: usize = 512;

/// Numbers of threads, ascending, each from 1 to [`MAX_THREADS`]. One thread is always among them: the others are
/// compared with it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct ThreadCounts(BTreeSet<usize>);

impl ThreadCounts {
    /// The powers of two below a number, and the number; 0 counts as 1, and more than [`MAX_THREADS`] as that number.
    pub(crate) fn up_to(most: usize) -> ThreadCounts {
        let most = most.clamp(1, MAX_THREADS);
        let powers = std::iter::successors(Some(1), |power| Some(power * 2));
        ThreadCounts(powers.take_while(|&power| power < most).chain([1, most]).collect())
    }

    /// The numbers above one.
    pub(crate) fn beyond_one(&self) -> impl Iterator<Item = usize> {
        self.0.iter().copied().filter(|&threads| threads > 1)
    }
}

/// Reads `8` as 1, 2, 4, 8, and a list such as `3,6` as its numbers and 1.
impl FromStr for ThreadCounts {
    type Err = String;

    fn from_str(text: &str) -> Result<ThreadCounts, String> {
        let number = |text: &str| {
            let number = text.trim().parse().ok().filter(|number| (1..=MAX_THREADS).contains(number));
            number.ok_or_else(|| format!("expected a number from 1 to {MAX_THREADS}, or a list such as 2,4,8"))
        };
        if !text.contains(',') {
            return number(text).map(ThreadCounts::up_to);
        }
        let mut counts = text.split(',').map(number).collect::<Result<BTreeSet<usize>, String>>()?;
        counts.insert(1);
        Ok(ThreadCounts(counts))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn parse(text: &str) -> Option<Vec<usize>> {
        text.parse::<ThreadCounts>().ok().map(|counts| counts.0.into_iter().collect())
    }

    #[test]
    fn a_number_is_a_bound_and_a_list_is_a_list() {
        let table: &[(&str, &[usize])] = &[
            ("1", &[1]),
            ("2", &[1, 2]),
            ("6", &[1, 2, 4, 6]),
            ("8", &[1, 2, 4, 8]),
            ("3,6", &[1, 3, 6]),
            (" 4, 2 ,4", &[1, 2, 4]),
            ("1,1", &[1]),
        ];
        for (text, expected) in table {
            assert_eq!(parse(text).as_deref(), Some(*expected), "{text}");
        }
        for text in ["", "0", "513", "2,", ",", "2,0", "-1", "two", "1.5", "2;4", "99999999999999999999"] {
            assert_eq!(parse(text), None, "{text}");
        }
        assert_eq!(ThreadCounts::up_to(0), ThreadCounts::up_to(1));
        assert_eq!(ThreadCounts::up_to(usize::MAX).beyond_one().last(), Some(MAX_THREADS));
    }
}
