//! Tests of the values of `amount:` and `percent:`.

use crate::query::syntax::quantity_value::quantity_of;
use crate::text::document::ByteRange;

fn amount(value: &str) -> Result<String, String> {
    let read = quantity_of("amount", value, ByteRange::new(0, value.len()));
    read.map(|wanted| wanted.to_string()).map_err(|error| error.expected)
}

#[test]
fn amounts_are_read_in_any_notation() {
    for (value, printed) in [
        ("55.6bn USD", "amount:\"55.6bn USD\""),
        ("$55.6 billion", "amount:\"55.6bn USD\""),
        ("USD 55.6bn", "amount:\"55.6bn USD\""),
        ("55,6 Mrd. US-Dollar", "amount:\"55.6bn USD\""),
        ("556억 달러", "amount:\"55.6bn USD\""),
        ("556億美元", "amount:\"55.6bn USD\""),
        ("５５６亿美元", "amount:\"55.6bn USD\""),
        ("50bn..60bn", "amount:50bn..60bn"),
        ("50bn..60bn USD", "amount:\"50bn..60bn USD\""),
        ("$50bn..$60bn", "amount:\"50bn..60bn USD\""),
        (">1bn EUR", "amount:\">1bn EUR\""),
        ("<= 1 Mio. Euro", "amount:\"<=1m EUR\""),
        ("~56bn USD", "amount:\"55.5bn..56.5bn USD\""),
        ("~55.60bn USD", "amount:\"55.595bn..55.605bn USD\""),
        ("~100", "amount:99.5..100.5"),
        ("1,234 EUR", "amount:\"1234 EUR\""),
        ("1.234 EUR", "amount:\"1.234 EUR\""),
        ("1.234 Mio. Euro", "amount:\"1.234bn EUR\""),
        ("-5m EUR", "amount:\"-5m EUR\""),
        ("1조 2,000억 원", "amount:\"1.2tn KRW\""),
        ("0..5bn", "amount:0..5bn"),
    ] {
        assert_eq!(amount(value).as_deref(), Ok(printed), "{value}");
        let again = printed.strip_prefix("amount:").unwrap().trim_matches('"');
        assert_eq!(amount(again).as_deref(), Ok(printed), "{printed}");
    }
    for wrong in [
        "",
        "bn",
        "USD",
        "5 foo",
        "60bn..50bn",
        "50bn..",
        "..",
        "50..60bn",
        "5 EUR..6 USD",
        "5%",
        ">1..2",
        "5 5",
        "5 billion pesos",
        "1e9",
        "NaN",
        "5 USD x",
    ] {
        assert!(amount(wrong).is_err(), "{wrong}");
    }
}

#[test]
fn percentages_are_read() {
    let percent =
        |value: &str| quantity_of("percent", value, ByteRange::new(0, value.len())).map(|one| one.to_string());
    for (value, printed) in [
        ("57", "percent:57"),
        ("57%", "percent:57"),
        ("3,5 Prozent", "percent:3.5"),
        ("-2..3", "percent:-2..3"),
        (">25", "percent:>25"),
        ("~3.5", "percent:3.45..3.55"),
        ("百分之3.5", "percent:3.5"),
    ] {
        assert_eq!(percent(value).as_deref(), Ok(printed), "{value}");
    }
    for wrong in ["", "x", "5 USD", "57bn", "5..3", "57%p"] {
        assert!(percent(wrong).is_err(), "{wrong}");
    }
}
