//! Counts over all hits as the rows of a table for programs: one row a value.

use crate::search::Facet;

/// A row of a table: the field, what the count is of (`value`, `unknown` or `other`), the value, the count. The count of
/// `other` is one of values, all others are of results.
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
