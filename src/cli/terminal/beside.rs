//! Blocks of lines beside each other, as many as the terminal has room for.

use std::io::{Result, Write};

use tradewire::internals::highlight::columns_of;
use tradewire::output::Page;

/// The least width of a block, in columns, with others beside it.
const MIN_COLUMNS: usize = 36;
/// What stands between two blocks.
const GAP: &str = "  ";

/// Prints blocks in rows. `blocks` makes all of them for the page of one.
///
/// # Errors
///
/// When the blocks cannot be made, or the output not written.
pub(crate) fn beside_each_other(
    number: usize,
    page: Page,
    blocks: &dyn Fn(Page) -> anyhow::Result<Vec<String>>,
    out: &mut dyn Write,
) -> anyhow::Result<()> {
    let in_a_row = ((page.columns + GAP.len()) / (MIN_COLUMNS + GAP.len())).clamp(1, number.max(1));
    let columns = (page.columns + GAP.len()) / in_a_row - GAP.len();
    let blocks = blocks(Page { columns, ..page })?;
    for (at, row) in blocks.chunks(in_a_row).enumerate() {
        if at > 0 {
            writeln!(out)?;
        }
        write_row(row, columns, out)?;
    }
    Ok(())
}

fn write_row(row: &[String], columns: usize, out: &mut dyn Write) -> Result<()> {
    let blocks: Vec<Vec<&str>> = row.iter().map(|block| block.lines().collect()).collect();
    let height = blocks.iter().map(Vec::len).max().unwrap_or(0);
    for at in 0..height {
        let mut line = String::new();
        let mut missing = 0;
        for block in &blocks {
            let part = block.get(at).copied().unwrap_or_default();
            if !part.is_empty() {
                line.push_str(&" ".repeat(missing));
                line.push_str(part);
                missing = 0;
            }
            missing += columns.saturating_sub(visible_columns(part)) + GAP.len();
        }
        writeln!(out, "{line}")?;
    }
    Ok(())
}

/// The columns of a line without its sequences for colours and links, which are our own.
fn visible_columns(line: &str) -> usize {
    let mut rest = line;
    let mut columns = 0;
    while let Some((before, after)) = rest.split_once('\x1b') {
        columns += columns_of(before);
        rest = match after.strip_prefix(']') {
            Some(link) => link.split_once("\x1b\\").map_or("", |(_, rest)| rest),
            None => after.split_once('m').map_or("", |(_, rest)| rest),
        };
    }
    columns + columns_of(rest)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn blocks_are_as_wide_as_there_is_room() {
        let page = Page { colour: false, columns: 80, hyperlinks: false };
        let print = |number: usize, page: Page| {
            let mut out = Vec::new();
            let blocks = |page: Page| {
                Ok((0..number).map(|block| format!("무역 {block}\n\x1b[31mb\x1b[0m {}\n", page.columns)).collect())
            };
            beside_each_other(number, page, &blocks, &mut out).unwrap();
            String::from_utf8(out).unwrap().replace("\x1b[31m", "").replace("\x1b[0m", "")
        };
        let gap = " ".repeat(35);
        assert_eq!(print(2, page), format!("무역 0{gap}무역 1\nb 39{}b 39\n", " ".repeat(37)));
        assert_eq!(print(1, page), "무역 0\nb 80\n");
        assert_eq!(print(2, Page { columns: 40, ..page }), "무역 0\nb 40\n\n무역 1\nb 40\n");
        assert_eq!(visible_columns("\x1b]8;id=1;https://a\x1b\\\x1b[1m무역\x1b[0m\x1b]8;;\x1b\\x"), 5);
    }
}
