//! Facets as a table for reading: a block per field, with all counts in one column.
//!
//! In: facets. Out: lines no wider than asked for; a value that does not fit is cut and ends in dots. Rows in parentheses
//! are not values: results without a value, and the number of further values.

use indicatif::HumanCount;
use unicode_segmentation::UnicodeSegmentation;

use tradewire::internals::highlight::columns_of;
use tradewire::output::one_line;
use tradewire::search_types::Facet;

/// The columns before a value, and between a value and its count.
const GAP: usize = 2;

/// The lines of the facets: a block each, with an empty line between two. `width` is in columns.
pub(crate) fn facet_lines(facets: &[Facet], width: usize) -> Vec<String> {
    let rows = |facet: &Facet| -> Vec<(String, String)> {
        let number = |count: u64| HumanCount(count).to_string();
        let mut rows: Vec<(String, String)> =
            facet.values.iter().map(|found| (one_line(&found.value).into_owned(), number(found.count))).collect();
        if facet.unknown > 0 {
            rows.push(("(unknown)".to_owned(), number(facet.unknown)));
        }
        if facet.other > 0 {
            rows.push((format!("({} more)", number(facet.other)), String::new()));
        }
        rows
    };
    let blocks: Vec<(&str, Vec<(String, String)>)> =
        facets.iter().map(|facet| (facet.field.name(), rows(facet))).collect();
    let widest = |column: &dyn Fn(&(String, String)) -> usize| {
        blocks.iter().flat_map(|(_, rows)| rows).map(column).max().unwrap_or_default()
    };
    let count_columns = widest(&|row| row.1.len());
    let value_columns = widest(&|row| columns_of(&row.0)).min(width.saturating_sub(2 * GAP + count_columns).max(1));
    let mut lines = Vec::new();
    for (name, rows) in &blocks {
        if !lines.is_empty() {
            lines.push(String::new());
        }
        lines.push((*name).to_owned());
        for (value, count) in rows {
            let value = cut(value, value_columns);
            let padding = value_columns.saturating_sub(columns_of(&value)) + GAP;
            let line = format!("{:GAP$}{value}{:padding$}{count:>count_columns$}", "", "");
            lines.push(line.trim_end().to_owned());
        }
    }
    lines
}

/// The most grapheme clusters of a value that is cut.
const MAX_CLUSTERS: usize = 1000;

/// A text cut to a number of columns, with dots in place of the rest.
fn cut(text: &str, columns: usize) -> String {
    if columns_of(text) <= columns {
        return text.to_owned();
    }
    let mut shown = String::new();
    let mut used = 0;
    // Clusters of width 0 are limited too.
    for cluster in text.graphemes(true).take(MAX_CLUSTERS) {
        used += columns_of(cluster);
        if used >= columns {
            break;
        }
        shown.push_str(cluster);
    }
    format!("{}…", shown.trim_end())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_does_not_fit_is_cut() {
        assert_eq!(cut("Yonhap", 6), "Yonhap");
        assert_eq!(cut("Yonhap News", 7), "Yonhap…");
        assert_eq!(cut("聯合新聞", 5), "聯合…");
        assert_eq!(cut("聯合新聞", 4), "聯…");
        assert_eq!(cut("聯合", 1), "…");
    }
}
