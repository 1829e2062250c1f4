//! Facets as the rows of a table for programs: one row per value.

use crate::search::Facet;

/// The rows of a table: field, kind (`value`, `unknown` or `other`), value, count. The count of `other` is a number of values,
/// the other counts are numbers of results.
pub(super) fn facet_rows(facets: &[Facet]) -> Vec<[String; 4]> {
    let mut rows = Vec::new();
    for facet in facets {
        let mut add = |kind: &str, value: &str, count: u64| {
            rows.push([facet.field.name().to_owned(), kind.to_owned(), value.to_owned(), count.to_string()]);
        };
        facet.values.iter().for_each(|found| add("value", &found.value, found.count));
        for (kind, count) in [("unknown", facet.unknown), ("other", facet.other)] {
            if count > 0 {
                add(kind, "", count);
            }
        }
    }
    rows
}
