//! Tests of the scanner: what is recognised in texts of each language, with its value and its bytes.

use crate::text::analysis::quantity::{QuantityKind, QuantityWords};
use crate::text::analysis::unit::Segmented;
use crate::text::language::Language;
use crate::text::language::Language::{Chinese, English, German, Korean, Undetermined};

/// The quantities of a text, each as its kind and value and the bytes that it covers.
fn found(text: &str, lang: Language) -> Vec<(String, String)> {
    let segmented = Segmented::new(text);
    let quantities = QuantityWords::builtin().quantities(&segmented, text, lang);
    let mut done = 0;
    let read = |quantity: &crate::text::analysis::quantity::Quantity| {
        let range = segmented.original_range(quantity.folded);
        assert!(range.start >= done && quantity.units.0 < quantity.units.1, "{text}: {quantity:?}");
        done = range.end;
        let kind = match quantity.kind {
            QuantityKind::Number => String::new(),
            QuantityKind::Percent => "%".to_owned(),
            QuantityKind::Amount(currency) => format!(" {currency}"),
        };
        (format!("{}{kind}", quantity.value.with_scale()), range.slice(text).to_owned())
    };
    quantities.iter().map(read).collect()
}

/// Checks texts with a single quantity that is written as the text has it between brackets.
fn check(cases: &[(Language, &str, &str)]) {
    for (lang, text, expected) in cases {
        let (before, rest) = text.split_once('[').unwrap();
        let (marked, after) = rest.split_once(']').unwrap();
        let plain = format!("{before}{marked}{after}");
        assert_eq!(found(&plain, *lang), [((*expected).to_owned(), marked.to_owned())], "{text}");
    }
}

#[test]
fn one_amount_in_all_writings() {
    check(&[
        (English, "A surplus of [$55.6 billion] it was", "55.6bn USD"),
        (English, "worth [USD 55.6bn].", "55.6bn USD"),
        (English, "worth [US$55.6bn], they", "55.6bn USD"),
        (English, "a [55.6-billion-dollar] deal", "55.6bn USD"),
        (English, "about [55.6 billion U.S. dollars] more", "55.6bn USD"),
        (English, "about [55.6\nbillion dollars] more", "55.6bn USD"),
        (English, "about [55.6bn dollars] more", "55.6bn USD"),
        (English, "about [556억 달러] more", "55.6bn USD"),
        (German, "Ein Plus von [55,6 Milliarden Dollar] ist", "55.6bn USD"),
        (German, "Plus von [55,6 Mrd. US-Dollar] erzielt", "55.6bn USD"),
        (German, "Plus von [55,6 Mrd. $].", "55.6bn USD"),
        (German, "das [55,6-Milliarden-Dollar]-Paket", "55.6bn USD"),
        (Korean, "흑자는 [556억 달러]를 기록", "55.6bn USD"),
        (Korean, "흑자는 [556억달러]로", "55.6bn USD"),
        (Korean, "흑자는 [５５６억 달러]로", "55.6bn USD"),
        (Korean, "약 [$55.6 billion]의", "55.6bn USD"),
        (Chinese, "顺差[556亿美元]，", "55.6bn USD"),
        (Chinese, "順差[556億美元]，", "55.6bn USD"),
    ]);
}

#[test]
fn currencies_are_told_apart() {
    check(&[
        (English, "It paid [HK$5 million] for", "5m HKD"),
        (English, "It paid [NT$5 million] for", "5m TWD"),
        (English, "It paid [A$5m] for", "5m AUD"),
        (English, "It paid [C$1,234.50] for", "1234.5 CAD"),
        (English, "It paid [5 million Canadian dollars] for", "5m CAD"),
        (German, "Es waren [5 Millionen kanadische Dollar] mehr", "5m CAD"),
        (German, "Es waren [5 Mio. Südkoreanische Won] mehr", "5m KRW"),
        (German, "Es waren [5 Mio. suedkoreanische Won] mehr", "5m KRW"),
        (German, "Es kostet [1.234,50 €] mehr", "1234.5 EUR"),
        (German, "Es kostet [20 Euro].", "20 EUR"),
        (Korean, "[1조 2,000억 원] 규모", "1.2tn KRW"),
        (Korean, "[2만 5000원]에", "25k KRW"),
        (Korean, "[3만5천원]에", "35k KRW"),
        (Korean, "[500억 엔] 규모", "50bn JPY"),
        (Korean, "[500억 위안] 규모", "50bn CNY"),
        (Korean, "[5천만 달러] 규모", "50m USD"),
        (Chinese, "投资[5亿元]人", "500m CNY"),
        (Chinese, "投资[5亿元人民币]", "500m CNY"),
        (Chinese, "投资[人民币5亿元]", "500m CNY"),
        (Chinese, "投資[5億元]臺灣", "500m XXX"),
        (Chinese, "投資[新台幣5億元]臺灣", "500m TWD"),
        (Chinese, "投資[5億台幣]", "500m TWD"),
        (Chinese, "投資[1兆2000億韓元]", "1.2tn KRW"),
        (Chinese, "投资[3000亿日元]", "300bn JPY"),
        (Chinese, "[港币5000万元]", "50m HKD"),
        (Chinese, "[1.2万亿韩元]", "1.2tn KRW"),
        (Undetermined, "[5000億円]の", "500bn JPY"),
        (English, "[1.2 trillion won] in all", "1.2tn KRW"),
        (English, "[5,000 won] in all", "5000 KRW"),
        (English, "[12 billion pesos] in all", "12bn XXX"),
    ]);
    // The company won; an unlisted dollar; euro countries; a company's name.
    for (text, lang, expected) in [
        ("which in 2025 won the deal", English, "2025"),
        ("5 million Zimbabwean dollars", English, "5m"),
        ("Z$5", English, "5"),
        ("die 20 Euro-Länder", German, "20"),
        ("2025 엔비디아", Korean, "2025"),
        ("2025元旦", Chinese, "2025"),
        ("5千瓦", Chinese, "5"),
        ("제1조 원칙", Korean, "1"),
        ("비핵 3원칙", Korean, "3"),
        ("2026 프로야구", Korean, "2026"),
        ("10 m", English, "10"),
        ("5 Bio-Eier", German, "5"),
    ] {
        let values: Vec<String> = found(text, lang).into_iter().map(|(value, _)| value).collect();
        assert_eq!(values, [expected], "{text}");
    }
}

#[test]
fn percentages() {
    check(&[
        (English, "up [3.5%] on", "3.5%"),
        (English, "up [3.5 %] on", "3.5%"),
        (English, "up [3.5 percent] on", "3.5%"),
        (English, "up [3.5 per cent], it", "3.5%"),
        (English, "a [57-percent] rise", "57%"),
        (English, "down [-2.5%] on", "-2.5%"),
        (English, "down [−2.5%] on", "-2.5%"),
        (English, "[minus 2.5 percent]", "-2.5%"),
        (English, "only [.5 percent] of", "0.5%"),
        (German, "stieg um [3,5 Prozent].", "3.5%"),
        (German, "stieg um [3,5 %], da", "3.5%"),
        (German, "die [57-prozentigen] Zölle", "57%"),
        (German, "um [minus 2,5 Prozent]", "-2.5%"),
        (Korean, "[3.5퍼센트] 올랐다", "3.5%"),
        (Korean, "[3.5%]가 올랐다", "3.5%"),
        (Korean, "[3프로] 올랐다", "3%"),
        (Korean, "[３.５％] 올랐다", "3.5%"),
        (Korean, "[마이너스 2.5%]", "-2.5%"),
        (Chinese, "增长[百分之3.5]，", "3.5%"),
        (Chinese, "增长[百分之五十七]，", "57%"),
        (Chinese, "增長[百分之三點五]，", "3.5%"),
        (Chinese, "增长[57%]。", "57%"),
    ]);
    for (text, lang) in [
        ("3 percentage points", English),
        ("3%p 올랐다", Korean),
        ("3%포인트", Korean),
        ("3퍼센트포인트", Korean),
        ("3 Prozentpunkte", German),
        ("3个百分点", Chinese),
        ("3 percent points", English),
    ] {
        assert_eq!(found(text, lang), [("3".to_owned(), "3".to_owned())], "{text}");
    }
}

#[test]
fn numbers_by_the_language_of_the_text() {
    check(&[
        (English, "[1,234] cars", "1234"),
        (English, "[1 234] cars", "1234"),
        (English, "[1234] cars", "1234"),
        (German, "[1.234] Autos", "1234"),
        (German, "[12.345] Autos", "12.345k"),
        (English, "[12.345] points", "12.345"),
        (German, "[1 234 567,8] Autos", "1.2345678m"),
        (English, "[20bn] of", "20bn"),
        (English, "[20 bn] of", "20bn"),
        (English, "[3 hundred million] people", "300m"),
        (German, "[3 Billionen] Sterne", "3tn"),
        (English, "[3 billion] stars", "3bn"),
        (Korean, "[3백50만] 명", "3.5m"),
        (Korean, "[5천300] 명", "5300"),
        (Korean, "[10만] 명", "100k"),
        (Chinese, "[5亿6000万]人", "560m"),
        (English, "[7] nm", "7"),
    ]);
    let values = |text: &str, lang| found(text, lang).into_iter().map(|(value, _)| value).collect::<Vec<String>>();
    assert_eq!(values("G20, G-20, COVID-19, 007, 30.12.2025, v1.2.3", English), Vec::<String>::new());
    assert_eq!(values("12.345 oder 12,345", Undetermined), Vec::<String>::new());
    assert_eq!(values("on 2025-12-30 at 12:30", English), ["2025", "12", "30", "12", "30"]);
    assert_eq!(values("10만 2025년", Korean), ["100k", "2025"]);
}

#[test]
fn ranges_have_both_ends() {
    let pairs = |text: &str, lang| found(text, lang);
    let of = |pairs: &[(&str, &str)]| -> Vec<(String, String)> {
        pairs.iter().map(|(value, text)| ((*value).to_owned(), (*text).to_owned())).collect()
    };
    assert_eq!(pairs("$50-60 billion", English), of(&[("50bn USD", "$50"), ("60bn USD", "60 billion")]));
    assert_eq!(pairs("$50bn-$60bn", English), of(&[("50bn USD", "$50bn"), ("60bn USD", "$60bn")]));
    assert_eq!(pairs("3-5%", English), of(&[("3%", "3"), ("5%", "5%")]));
    assert_eq!(pairs("3 bis 5 Prozent", German), of(&[("3%", "3"), ("5%", "5 Prozent")]));
    assert_eq!(pairs("50~60억 달러", Korean), of(&[("5bn USD", "50"), ("6bn USD", "60억 달러")]));
    assert_eq!(pairs("$900-1.1 billion", English), of(&[("1.1bn USD", "1.1 billion")]));
    assert_eq!(pairs("2024-2025", English), of(&[("2024", "2024"), ("2025", "2025")]));
}
