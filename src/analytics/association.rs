//! Measures of association: how much more often a word stands beside the hits than anywhere else.

/// A measure of association.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum Measure {
    /// Log Dice (Rychlý 2008): 14 at most, the same for collections of any size.
    #[default]
    LogDice,
    /// Log likelihood (Dunning 1993): how sure it is that the word is not there by chance; negative where it is rarer than expected.
    LogLikelihood,
    /// Pointwise mutual information, in bits: how many times as often as expected; it favours rare words.
    MutualInformation,
}

/// What is counted of a word. The four cells of the table are the words in windows and beyond, this word and all others.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct Counts {
    /// How often the word stands in a window.
    pub(crate) observed: u64,
    /// How often the word stands anywhere.
    pub(crate) frequency: u64,
    /// Number of words in windows.
    pub(crate) in_windows: u64,
    /// Number of all words.
    pub(crate) all: u64,
    /// Number of hits.
    pub(crate) hits: u64,
}

impl Counts {
    /// How often the word would stand in windows by chance.
    pub(crate) fn expected(self) -> f64 {
        self.in_windows as f64 * self.frequency as f64 / (self.all.max(1) as f64)
    }
}

impl Measure {
    /// All measures.
    pub const ALL: [Measure; 3] = [Measure::LogDice, Measure::LogLikelihood, Measure::MutualInformation];

    /// The name on the command line and in tables.
    pub fn name(self) -> &'static str {
        match self {
            Measure::LogDice => "logdice",
            Measure::LogLikelihood => "ll",
            Measure::MutualInformation => "pmi",
        }
    }

    pub(crate) fn of(self, counts: Counts) -> f64 {
        let Counts { observed, frequency, in_windows, all, hits } = counts;
        let ratio = observed as f64 / counts.expected();
        match self {
            Measure::LogDice => 14.0 + (2.0 * observed as f64 / (hits + frequency) as f64).log2(),
            Measure::MutualInformation => ratio.log2(),
            Measure::LogLikelihood => {
                let rest = all.saturating_sub(in_windows);
                let observed_beyond = frequency.saturating_sub(observed);
                // Rows are windows and the rest, columns this word and all others.
                let cells = [
                    (observed, in_windows, frequency),
                    (in_windows.saturating_sub(observed), in_windows, all.saturating_sub(frequency)),
                    (observed_beyond, rest, frequency),
                    (rest.saturating_sub(observed_beyond), rest, all.saturating_sub(frequency)),
                ];
                let term = |(cell, row, column): (u64, u64, u64)| {
                    let expected = row as f64 * column as f64 / all as f64;
                    if cell == 0 { 0.0 } else { cell as f64 * (cell as f64 / expected).ln() }
                };
                let likelihood = 2.0 * cells.into_iter().map(term).sum::<f64>();
                if ratio < 1.0 { -likelihood } else { likelihood }
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn measures_are_those_of_their_formulas() {
        let counts = Counts { observed: 20, frequency: 100, in_windows: 1000, all: 100_000, hits: 100 };
        assert!((counts.expected() - 1.0).abs() < 1e-9);
        let close = |measure: Measure, expected: f64| {
            let value = measure.of(counts);
            assert!((value - expected).abs() < 1e-3, "{measure:?}: {value}");
        };
        close(Measure::MutualInformation, 20_f64.log2());
        close(Measure::LogDice, 14.0 + 0.2_f64.log2());
        // 2 × (20 ln 20 + 980 ln(980/999) + 80 ln(80/99) + 98920 ln(98920/98901)).
        close(Measure::LogLikelihood, 86.272);
        let rarer = Counts { observed: 1, frequency: 1000, ..counts };
        assert!(Measure::LogLikelihood.of(rarer) < 0.0 && Measure::MutualInformation.of(rarer) < 0.0);
    }
}
