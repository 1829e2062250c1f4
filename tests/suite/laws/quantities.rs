//! Laws 3 and 4 for numbers, percentages and amounts: known values are written in every language and notation; a query finds and marks
//! exactly those that lie in its range, by plain comparison of integers.

use std::cell::Cell;
use std::collections::BTreeSet;

use proptest::prelude::*;
use proptest::sample::select;
use tradewire::internals::document::ByteRange;
use tradewire::internals::query::{QueryOptions, compile_query, parse_query};

use super::operators::merged;
use super::{Corpus, Stored, Verdict, holds};

/// Values are counted in so small parts.
const PARTS: i128 = 1_000_000;
/// Articles of each language.
const ARTICLES: usize = 45;

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Kind {
    Number,
    Percent,
    Amount(&'static str),
}

/// A quantity that a text has.
#[derive(Debug, Clone)]
struct Written {
    kind: Kind,
    /// In [`PARTS`].
    value: i128,
    text: String,
    /// True if the query language reads it as the text's language does.
    is_clear: bool,
}

/// Numbers that are the same in every run.
struct Random(u64);

impl Random {
    fn below(&mut self, limit: usize) -> usize {
        self.0 = self.0.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
        usize::try_from(self.0 >> 33).unwrap() % limit
    }

    fn pick<T: Copy>(&mut self, of: &[T]) -> T {
        of[self.below(of.len())]
    }

    /// A value with up to four digits, at any scale.
    fn value(&mut self, scales: &[u32]) -> i128 {
        let digits = [10, 100, 1000, 10_000];
        let limit = self.pick(&digits);
        let mantissa = 1 + i128::try_from(self.below(limit - 1)).unwrap();
        mantissa * PARTS / 10 * 10_i128.pow(self.pick(scales))
    }
}

/// A value in units of 10^`scale`, with separators.
fn digits(value: i128, scale: u32, (group, point): (&str, &str)) -> String {
    let unit = PARTS * 10_i128.pow(scale);
    let (whole, rest) = (value / unit, value % unit);
    let mut whole = whole.to_string();
    let mut at = whole.len();
    while at > 3 {
        at -= 3;
        whole.insert_str(at, group);
    }
    let width = unit.to_string().len() - 1;
    let fraction = format!("{rest:0width$}");
    let fraction = fraction.trim_end_matches('0');
    if fraction.is_empty() { whole } else { format!("{whole}{point}{fraction}") }
}

/// A whole value by the groups of Korean and Chinese: `1조 2,000억`.
fn by_myriads(value: i128, names: [&str; 3], space: &str) -> String {
    let mut rest = value / PARTS;
    let mut groups = Vec::new();
    for (power, name) in [(12, names[2]), (8, names[1]), (4, names[0]), (0, "")] {
        let unit = 10_i128.pow(power);
        if rest >= unit && rest > 0 {
            groups.push(format!("{}{name}", rest / unit));
            rest %= unit;
        }
    }
    groups.join(space)
}

const LANGUAGES: [&str; 5] = ["en", "de", "ko", "zh", "zh-Hant"];

fn written(lang: &str, random: &mut Random) -> Written {
    let kind = random.pick(&[
        Kind::Number,
        Kind::Percent,
        Kind::Percent,
        Kind::Amount("USD"),
        Kind::Amount("USD"),
        Kind::Amount("EUR"),
        Kind::Amount("KRW"),
    ]);
    let value = match kind {
        Kind::Percent => random.value(&[0, 0, 1]),
        Kind::Number | Kind::Amount(_) => random.value(&[1, 2, 4, 7, 8, 10]),
    };
    let separators = match lang {
        "de" => random.pick(&[(".", ","), (" ", ","), ("", ",")]),
        _ => random.pick(&[(",", "."), ("", ".")]),
    };
    let number =
        if kind == Kind::Percent { digits(value, 0, separators) } else { scaled(lang, value, separators, random) };
    let text = match kind {
        Kind::Number => number.clone(),
        Kind::Percent => match lang {
            "en" => random.pick(&["#%", "# percent", "# per cent", "#-percent"]),
            "de" => random.pick(&["# Prozent", "# %", "#%"]),
            "ko" => random.pick(&["#%", "#퍼센트", "# 퍼센트"]),
            _ => random.pick(&["#%", "百分之#"]),
        }
        .replace('#', &number),
        Kind::Amount(code) => {
            let form = match (lang, code) {
                ("en", "USD") => random.pick(&["$#", "US$#", "USD #", "# dollars", "# US dollars", "# U.S. dollars"]),
                ("en", "EUR") => random.pick(&["€#", "EUR #", "# euros"]),
                ("en", _) => random.pick(&["₩#", "# South Korean won", "KRW #"]),
                ("de", "USD") => random.pick(&["# Dollar", "# US-Dollar", "# $"]),
                ("de", "EUR") => random.pick(&["# Euro", "# €", "# EUR"]),
                ("de", _) => random.pick(&["# südkoreanische Won", "# suedkoreanische Won"]),
                ("ko", "USD") => random.pick(&["# 달러", "#달러"]),
                ("ko", "EUR") => random.pick(&["# 유로", "#유로"]),
                ("ko", _) => random.pick(&["# 원", "#원"]),
                ("zh", "USD") => random.pick(&["#美元", "#美金"]),
                ("zh", "EUR") => "#欧元",
                ("zh", _) => "#韩元",
                (_, "USD") => "#美元",
                (_, "EUR") => "#歐元",
                _ => "#韓元",
            };
            form.replace('#', &number)
        }
    };
    // One separator before three digits can be either, and German words that say which stand at scales only.
    let has_scale = number.contains(|character: char| !character.is_ascii_digit() && !",. ".contains(character));
    let is_clear = lang != "de" || (kind != Kind::Number && (has_scale || !number.contains(['.', ','])));
    Written { kind, value, text, is_clear }
}

/// A value with a scale word of the language.
fn scaled(lang: &str, value: i128, separators: (&str, &str), random: &mut Random) -> String {
    let scales: &[(u32, &str)] = match lang {
        "en" => &[
            (0, "#"),
            (3, "# thousand"),
            (6, "# million"),
            (9, "# billion"),
            (9, "#bn"),
            (9, "# bn"),
            (12, "# trillion"),
        ],
        "de" => &[(0, "#"), (6, "# Mio."), (6, "# Millionen"), (9, "# Milliarden"), (9, "# Mrd."), (12, "# Billionen")],
        "ko" => &[(0, "#"), (4, "#만"), (8, "#억"), (12, "#조")],
        "zh" => &[(0, "#"), (4, "#万"), (8, "#亿"), (12, "#万亿")],
        _ => &[(0, "#"), (4, "#萬"), (8, "#億"), (12, "#兆")],
    };
    let is_whole = value % PARTS == 0;
    if is_whole && !matches!(lang, "en" | "de") && random.below(3) == 0 {
        return match lang {
            "ko" => by_myriads(value, ["만", "억", "조"], random.pick(&["", " "])),
            "zh" => by_myriads(value, ["万", "亿", "万亿"], ""),
            _ => by_myriads(value, ["萬", "億", "兆"], ""),
        };
    }
    // Not so great a scale that the number is all zeros.
    let fitting: Vec<(u32, &str)> =
        scales.iter().copied().filter(|&(scale, _)| scale == 0 || value * 100 >= PARTS * 10_i128.pow(scale)).collect();
    let (scale, form) = random.pick(&fitting);
    form.replace('#', &digits(value, scale, separators))
}

fn sentence(lang: &str, quantity: &str) -> String {
    match lang {
        "en" => format!("Officials said that the total was {quantity} according to the ministry of trade."),
        "de" => format!("Nach Angaben des Ministeriums waren es insgesamt {quantity} und damit mehr als zuvor."),
        "ko" => format!("정부는 올해 전체 규모가 {quantity} 수준이라고 밝혔다."),
        "zh" => format!("海关总署的发言人表示，今年的总体规模为{quantity}，高于预期。"),
        _ => format!("海關總署的發言人表示，今年的總體規模為{quantity}，高於預期。"),
    }
}

/// A corpus, and what stands in the title and in the text of each article, by id.
struct Known {
    corpus: Corpus,
    written: Vec<(String, [Vec<Written>; 2])>,
}

impl Known {
    fn new() -> Known {
        let mut random = Random(20_260_107);
        let (mut articles, mut all) = (Vec::new(), Vec::new());
        for lang in LANGUAGES {
            for at in 0..ARTICLES {
                let id = format!("{lang}-{at:02}");
                let in_title: Vec<Written> =
                    (0..usize::from(at % 4 == 0)).map(|_| written(lang, &mut random)).collect();
                let in_text: Vec<Written> = (0..1 + at % 3).map(|_| written(lang, &mut random)).collect();
                let text = |quantities: &[Written]| {
                    let sentences = quantities.iter().map(|quantity| sentence(lang, &quantity.text));
                    sentences.collect::<Vec<String>>().join(" ")
                };
                articles.push((id.clone(), text(&in_title), text(&in_text)));
                all.push((id, [in_title, in_text]));
            }
        }
        Known { corpus: Corpus::of_articles(&articles), written: all }
    }

    /// What stands in a passage's title and text, each with its bytes.
    fn of<'k>(&'k self, stored: &Stored) -> [Vec<(&'k Written, ByteRange)>; 2] {
        let (_, written) = self.written.iter().find(|(id, _)| *id == stored.passage.id).unwrap();
        let located = |text: &str, quantities: &'k [Written]| {
            let mut from = 0;
            let mut found = Vec::new();
            for quantity in quantities {
                let start =
                    from + text[from..].find(&quantity.text).unwrap_or_else(|| panic!("{quantity:?} in {text}"));
                from = start + quantity.text.len();
                found.push((quantity, ByteRange::new(start, from)));
            }
            found
        };
        [located(&stored.passage.title, &written[0]), located(&stored.text, &written[1])]
    }

    /// A query finds and marks exactly the quantities that `admits` admits.
    fn check(&self, query: &str, in_title: bool, admits: &dyn Fn(&Written) -> bool) -> Verdict {
        let typed = if in_title { format!("title:{query}") } else { query.to_owned() };
        let compiled = self.corpus.compile(&typed).unwrap();
        let hits = self.corpus.hits_of(&compiled);
        for stored in &self.corpus.passages {
            let [title, text] = self.of(stored);
            let expected = [title, if in_title { Vec::new() } else { text }].map(|quantities| {
                let meant = quantities.into_iter().filter(|(quantity, _)| admits(quantity));
                merged(meant.map(|(_, range)| range).collect())
            });
            let context = || format!("`{typed}` in {}: {:?} {:?}", stored.name(), stored.passage.title, stored.text);
            let is_expected = expected.iter().any(|ranges| !ranges.is_empty());
            prop_assert_eq!(hits.contains(&stored.key), is_expected, "{}", context());
            if is_expected {
                let marks = self.corpus.marks(&compiled, stored);
                prop_assert_eq!([marks.0, marks.1], expected, "{}", context());
            }
        }
        Ok(())
    }
}

/// A value in digits, as a query has it.
fn plain(value: i128) -> String {
    digits(value, 0, ("", "."))
}

#[test]
fn quantities_are_found_by_their_values() {
    let known = Known::new();
    let quantities: Vec<Written> = known.written.iter().flat_map(|(_, texts)| texts.concat()).collect();
    for stored in &known.corpus.passages {
        let lang = stored.passage.id.split('-').next().unwrap();
        assert_eq!(stored.passage.lang.code(), lang, "{}", stored.text);
    }
    let shape = select(vec!["=", "..", "..", ">", ">=", "<", "<="]);
    let one = || select(quantities.clone());
    let any_currency = prop::bool::weighted(0.3);
    let case = (one(), one(), shape, any_currency, prop::bool::weighted(0.2));
    holds(300, &case, |(quantity, other, shape, any_currency, in_title)| {
        let (low, high) = (quantity.value.min(other.value), quantity.value.max(other.value));
        let (range, admits): (String, Box<dyn Fn(i128) -> bool>) = match shape {
            "=" => (plain(quantity.value), Box::new(move |value| value == quantity.value)),
            ".." => (format!("{}..{}", plain(low), plain(high)), Box::new(move |value| low <= value && value <= high)),
            ">" => (format!(">{}", plain(low)), Box::new(move |value| value > low)),
            ">=" => (format!(">={}", plain(low)), Box::new(move |value| value >= low)),
            "<" => (format!("<{}", plain(high)), Box::new(move |value| value < high)),
            _ => (format!("<={}", plain(high)), Box::new(move |value| value <= high)),
        };
        let (query, kind) = match quantity.kind {
            Kind::Percent => (format!("percent:{range}"), Some(Kind::Percent)),
            Kind::Amount(code) if !any_currency => (format!("amount:\"{range} {code}\""), Some(quantity.kind)),
            Kind::Amount(_) | Kind::Number => (format!("amount:{range}"), None),
        };
        let is_kind = |written: &Written| match kind {
            Some(kind) => written.kind == kind,
            None => matches!(written.kind, Kind::Amount(_)),
        };
        known.check(&query, in_title, &|written| is_kind(written) && admits(written.value))
    });
}

#[test]
fn a_typed_quantity_finds_its_other_writings() {
    let known = Known::new();
    let Corpus { index, analyzer, config, .. } = &known.corpus;
    let clear: Vec<Written> =
        known.written.iter().flat_map(|(_, texts)| texts.concat()).filter(|quantity| quantity.is_clear).collect();
    let hits = |query: &str, expand: bool| {
        let options = QueryOptions { expand, ..QueryOptions::default() };
        let ast = parse_query(query).unwrap_or_else(|error| panic!("{query}: {error}"));
        let plan = compile_query(&ast, &options, false, &**index, analyzer, &config.ranking, &config.glossary).unwrap();
        plan.map_or_else(BTreeSet::new, |plan| known.corpus.hits_of(&plan))
    };
    let case = (select(clear), select(vec!["#", "\"#\"", "(#) OR zzz", "+(#)"]));
    let checked = Cell::new(0);
    holds(500, &case, |(typed, form)| {
        let query = form.replace('#', &typed.text);
        checked.set(checked.get() + 1);
        let (found, as_typed) = (hits(&query, true), hits(&query, false));
        for stored in &known.corpus.passages {
            let is_same = |written: &Written| written.kind == typed.kind && written.value == typed.value;
            let has_same = known.of(stored).iter().flatten().any(|(written, _)| is_same(written));
            let expected = has_same || as_typed.contains(&stored.key);
            let is_found = found.contains(&stored.key);
            let context = || format!("`{query}`: {:?} {:?}", stored.passage.title, stored.text);
            // Beside a number in a bag, the name of a currency also finds its other names.
            prop_assert!(is_found == expected || (is_found && !form.starts_with('"')), "{}", context());
        }
        Ok(())
    });
    assert!(checked.get() >= 500, "{} typed numbers", checked.get());
}
