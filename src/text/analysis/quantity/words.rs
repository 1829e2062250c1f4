//! The words of quantities: scale words, percent signs and names of currencies, read from `quantities.toml` and looked up by their
//! first character.

use std::collections::HashMap;
use std::str::FromStr;
use std::sync::{LazyLock, OnceLock};

use anyhow::{Result, bail};
use foldhash::fast::RandomState;

use crate::text::analysis::fold::Folded;
use crate::text::analysis::quantity::entry::{Entry, Role, Written};
use crate::text::analysis::quantity::kind::Currency;
use crate::text::analysis::quantity::number::Separators;
use crate::text::analysis::quantity::tables::{CurrencyTable, File, ScaleTable};
use crate::text::analysis::spelling::{surface_without_dots, umlauts_spelled_out};
use crate::text::language::Language;
use crate::toml_file;

/// Name of the file.
pub(crate) const FILE: &str = "quantities.toml";
/// The file that is compiled in.
pub(crate) const BUILTIN: &str = include_str!("../../../../index-config/quantities.toml");

/// The words that are compiled in: those that the query language knows.
static BUILTIN_WORDS: LazyLock<QuantityWords> =
    LazyLock::new(|| QuantityWords::parse(BUILTIN).expect("the file that is compiled in is valid"));

/// Entries by the first character of their words, the longest first.
type ByCharacter = HashMap<char, Vec<Entry>, RandomState>;

/// The words by which quantities are recognised.
#[derive(Debug, Default)]
pub struct QuantityWords {
    /// What may follow a number, by its first character.
    after: ByCharacter,
    /// What may stand before a number, by its last character.
    before: ByCharacter,
    pub(crate) minus: Vec<String>,
    pub(crate) ranges: Vec<String>,
    /// What stands before a number and makes it a percentage, longest first.
    pub(crate) percent_before: Vec<String>,
    decimal_comma: Vec<Language>,
    either: Vec<Language>,
    currencies: Vec<Currency>,
}

/// The file of the configuration, read on first use.
#[derive(Debug, Default)]
pub struct QuantityFile {
    text: String,
    is_builtin: bool,
    words: OnceLock<QuantityWords>,
}

impl QuantityFile {
    pub(crate) fn new(text: String) -> QuantityFile {
        QuantityFile { is_builtin: text == BUILTIN, text, words: OnceLock::new() }
    }

    /// Checks the file.
    ///
    /// # Errors
    ///
    /// When a value is invalid; the message names the key.
    pub(crate) fn check(&self) -> Result<()> {
        QuantityWords::parse(&self.text).map(|_| ())
    }

    /// The words. An invalid file, which is refused when the configuration is loaded, has none.
    pub(crate) fn words(&self) -> &QuantityWords {
        if self.is_builtin {
            return QuantityWords::builtin();
        }
        self.words.get_or_init(|| QuantityWords::parse(&self.text).unwrap_or_default())
    }

    /// The data that decides what is recognised, for an index's fingerprint.
    pub(crate) fn described(&self) -> &str {
        &self.text
    }
}

impl QuantityWords {
    /// The words that are compiled in.
    pub(crate) fn builtin() -> &'static QuantityWords {
        &BUILTIN_WORDS
    }

    /// Reads the text of the file.
    ///
    /// # Errors
    ///
    /// When a value is invalid; the message names the key.
    pub(crate) fn parse(text: &str) -> Result<QuantityWords> {
        let file: File = toml_file::parse(FILE, text)?;
        let mut words = QuantityWords {
            after: HashMap::default(),
            before: HashMap::default(),
            minus: folded(&file.minus, "minus")?,
            ranges: folded(&file.ranges, "ranges")?,
            percent_before: folded(&file.percent.before, "[percent] before")?,
            decimal_comma: file.decimal_comma,
            either: file.either,
            currencies: Vec::new(),
        };
        for word in &file.none {
            words.add_after(word, "none", &Entry::of(Role::None))?;
        }
        for word in &file.percent.after {
            words.add_after(word, "[percent] after", &Entry::of(Role::Percent))?;
        }
        for table in &file.scales {
            words.add_scale(table)?;
        }
        for table in &file.currencies {
            words.add_currency(table)?;
        }
        for entries in words.after.values_mut().chain(words.before.values_mut()) {
            entries.sort_by(|one, other| (other.text.len(), &one.text).cmp(&(one.text.len(), &other.text)));
        }
        words.currencies.sort_unstable();
        words.currencies.dedup();
        Ok(words)
    }

    fn add_scale(&mut self, table: &ScaleTable) -> Result<()> {
        if !(1..=24).contains(&table.exponent) {
            bail!("[[scales]] exponent in {FILE}: expected a power of ten from 1 to 24, found {}", table.exponent);
        }
        for (words, needs_currency) in [(&table.words, false), (&table.with_currency, true)] {
            let role = Role::Scale { exponent: table.exponent, needs_currency };
            for word in words {
                let entry = Entry::of(role).limited(table.languages.as_deref(), table.script);
                self.add_after(word, "[[scales]] words", &Entry { is_attached: table.attached, ..entry })?;
            }
        }
        Ok(())
    }

    fn add_currency(&mut self, table: &CurrencyTable) -> Result<()> {
        let currency = Currency::from_str(&table.code)
            .map_err(|problem| anyhow::anyhow!("[[currencies]] code in {FILE}: {problem}"))?;
        self.currencies.push(currency);
        let &CurrencyTable { with_scale, generic, .. } = table;
        let role = Role::Currency { currency, with_scale, generic, is_name: true };
        let entry = Entry::of(role).limited(table.languages.as_deref(), table.script);
        for word in &table.names {
            let written = if table.as_written { Written::Exactly(word.clone()) } else { Written::AnyHow };
            self.add_after(word, "[[currencies]] names", &Entry { written, ..entry.clone() })?;
        }
        for word in &table.prefixes {
            self.add_before(word, &entry)?;
        }
        let role = Role::Currency { currency, with_scale, generic, is_name: false };
        let entry = Entry { role, ..entry };
        for symbol in &table.symbols {
            self.add_after(symbol, "[[currencies]] symbols", &entry)?;
            self.add_before(symbol, &entry)?;
        }
        if currency != Currency::UNKNOWN && table.languages.is_none() && !table.as_written {
            let written = if table.capitals { Written::Capitals } else { Written::AnyHow };
            let entry = Entry { written, ..entry };
            self.add_after(currency.code(), "[[currencies]] code", &entry)?;
            self.add_before(currency.code(), &entry)?;
        }
        Ok(())
    }

    fn add_after(&mut self, word: &str, key: &str, entry: &Entry) -> Result<()> {
        let is_abbreviation = word.ends_with('.');
        for text in spellings(word, key)? {
            let first = text.chars().next().unwrap_or_default();
            self.after.entry(first).or_default().push(Entry { text, is_abbreviation, ..entry.clone() });
        }
        Ok(())
    }

    fn add_before(&mut self, word: &str, entry: &Entry) -> Result<()> {
        for text in spellings(word, "[[currencies]] prefixes")? {
            let last = text.chars().next_back().unwrap_or_default();
            self.before.entry(last).or_default().push(Entry { text, ..entry.clone() });
        }
        Ok(())
    }

    /// The entries that may begin at a text's first character, the longest first.
    pub(crate) fn after(&self, text: &str) -> &[Entry] {
        let first = text.chars().next();
        first.and_then(|first| self.after.get(&first)).map_or(&[], Vec::as_slice)
    }

    /// The entries that may end at a text's last character, the longest first.
    pub(crate) fn before(&self, text: &str) -> &[Entry] {
        let last = text.chars().next_back();
        last.and_then(|last| self.before.get(&last)).map_or(&[], Vec::as_slice)
    }

    /// How numbers are separated in the texts of a language.
    pub(crate) fn separators(&self, lang: Language) -> Separators {
        if self.either.contains(&lang) {
            Separators::Unknown
        } else if self.decimal_comma.contains(&lang) {
            Separators::DecimalComma
        } else {
            Separators::DecimalPoint
        }
    }

    /// All currencies, by code.
    pub(crate) fn currencies(&self) -> &[Currency] {
        &self.currencies
    }

    /// True if a folded word is a scale word or a currency only in languages that do not write 1,234.5.
    pub(crate) fn is_of_decimal_comma(&self, word: &str) -> bool {
        let mut found = self.after(word).iter().filter(|entry| entry.text == word).peekable();
        let with_comma = |lang: &Language| self.separators(*lang) != Separators::DecimalPoint;
        found.peek().is_some()
            && found.all(|entry| entry.languages.as_ref().is_some_and(|all| all.iter().all(with_comma)))
    }

    /// True if a folded text is a scale word, a currency or a percent sign in some language.
    pub(crate) fn is_known(&self, word: &str) -> bool {
        self.after(word).iter().chain(self.before(word)).any(|entry| entry.text == word)
    }

    /// The scale words that the query language knows, for messages.
    pub(crate) fn scale_words(&self) -> Vec<&str> {
        let is_scale = |entry: &&Entry| matches!(entry.role, Role::Scale { .. });
        let mut words: Vec<(i32, &str)> = self
            .after
            .values()
            .flatten()
            .filter(is_scale)
            .map(|entry| (entry.exponent().unwrap_or_default(), entry.text.as_str()))
            .collect();
        words.sort_unstable();
        words.dedup();
        words.into_iter().map(|(_, word)| word).collect()
    }
}

/// The folded spellings of a word, with umlauts as they are, spelled out and without dots. A full stop at its end is optional.
fn spellings(word: &str, key: &str) -> Result<Vec<String>> {
    let folded = Folded::new(word.trim_end_matches('.')).text().trim().to_owned();
    if folded.is_empty() || folded.contains('\n') || folded.starts_with(|first: char| first.is_ascii_digit()) {
        bail!("{key} in {FILE}: expected words that do not begin with a digit, found `{word}`");
    }
    let spelled_out = umlauts_spelled_out(&folded).into_owned();
    let dropped = (spelled_out != folded).then(|| surface_without_dots(&folded)).flatten();
    let mut all = vec![folded];
    all.extend(std::iter::once(spelled_out).filter(|spelled_out| *spelled_out != all[0]).collect::<Vec<_>>());
    all.extend(dropped);
    Ok(all)
}

fn folded(words: &[String], key: &str) -> Result<Vec<String>> {
    let mut all = Vec::new();
    for word in words {
        let folded = Folded::new(word).text().trim().to_owned();
        if folded.is_empty() {
            bail!("{key} in {FILE}: expected words, found a blank one");
        }
        all.push(folded);
    }
    all.sort_by_key(|word| std::cmp::Reverse(word.len()));
    Ok(all)
}
