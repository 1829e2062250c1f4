//! Series of queries over time as a picture (SVG): a line for each, told apart by colour and dashes, with a legend and its figures as
//! text for those who do not see it.

use std::fmt::Write as _;
use std::io::{Result, Write};

use crate::output::html::escaped_html;
use crate::output::safe::one_line;
use crate::search::{Series, SeriesTable};

/// The greatest number of lines, those with most results.
const MAX_LINES: usize = 12;
const WIDTH: f64 = 960.0;
const HEIGHT: f64 = 420.0;
/// The room around the lines: left for figures, below for periods.
const LEFT: f64 = 60.0;
const TOP: f64 = 20.0;
const BOTTOM: f64 = 40.0;
const RIGHT: f64 = 20.0;
/// The height of a line of the legend.
const LEGEND: f64 = 20.0;
/// Greatest number of periods that are named, and of figures at the side.
const MAX_LABELS: usize = 8;
const STEPS: usize = 4;
/// Colours that are told apart without colour vision too (Okabe and Ito), repeated with other dashes.
const COLOURS: [&str; 6] = ["#0072b2", "#d55e00", "#009e73", "#cc79a7", "#e69f00", "#56b4e9"];
const DASHES: [&str; 2] = ["", " stroke-dasharray=\"6 3\""];

/// Writes the shares of series, or their standardised values, as a picture.
///
/// # Errors
///
/// When the output cannot be written to.
pub fn write_series_svg(table: &SeriesTable, standardise: bool, out: &mut dyn Write) -> Result<()> {
    let mut shown: Vec<&Series> = table.series.iter().collect();
    shown.sort_by_key(|series| std::cmp::Reverse(series.count()));
    shown.truncate(MAX_LINES);
    let values = |series: &Series| -> Vec<Option<f64>> {
        match standardise {
            true => series.standardised(),
            false => series.periods.iter().map(|(_, tally)| tally.share()).collect(),
        }
    };
    let lines: Vec<(&Series, Vec<Option<f64>>)> = shown.into_iter().map(|series| (series, values(series))).collect();
    let most =
        lines.iter().flat_map(|(_, values)| values.iter().flatten()).fold(0.0_f64, |most, value| most.max(*value));
    let most = if most > 0.0 { most } else { 1.0 };
    let periods = lines.first().map(|(series, _)| series.periods.as_slice()).unwrap_or_default();
    let across = (periods.len().saturating_sub(1)).max(1) as f64;
    let x = |at: usize| LEFT + at as f64 / across * (WIDTH - LEFT - RIGHT);
    let y = |value: f64| HEIGHT - BOTTOM - value / most * (HEIGHT - TOP - BOTTOM);
    let height = HEIGHT + LEGEND * lines.len() as f64 + 10.0;
    let unit = if standardise { "share in standard deviations" } else { "share in percent" };
    let title = format!("{unit}, by {}", table.by.name());
    let mut svg = format!(
        "<svg xmlns=\"http://www.w3.org/2000/svg\" viewBox=\"0 0 {WIDTH} {height}\" role=\"img\" font-family=\"sans-serif\" font-size=\"13\">\n\
         <title>{title}</title>\n<desc>{}</desc>\n<rect width=\"{WIDTH}\" height=\"{height}\" fill=\"#fff\"/>\n",
        description(&lines)
    );
    for step in 0..=STEPS {
        let value = most * step as f64 / STEPS as f64;
        let at = y(value);
        _ = writeln!(
            svg,
            "<line x1=\"{LEFT}\" x2=\"{:.1}\" y1=\"{at:.1}\" y2=\"{at:.1}\" stroke=\"#ddd\"/><text x=\"{:.1}\" y=\"{:.1}\" text-anchor=\"end\">{value:.2}</text>",
            WIDTH - RIGHT,
            LEFT - 6.0,
            at + 4.0
        );
    }
    for (at, (period, _)) in periods.iter().enumerate().step_by(periods.len().div_ceil(MAX_LABELS).max(1)) {
        _ = writeln!(
            svg,
            "<text x=\"{:.1}\" y=\"{:.1}\" text-anchor=\"middle\">{period}</text>",
            x(at),
            HEIGHT - BOTTOM + 20.0
        );
    }
    for (number, (series, values)) in lines.iter().enumerate() {
        let stroke = COLOURS[number % COLOURS.len()];
        let dashes = DASHES[(number / COLOURS.len()) % DASHES.len()];
        for stretch in stretches(values) {
            let points: Vec<String> =
                stretch.iter().map(|&(at, value)| format!("{:.1},{:.1}", x(at), y(value))).collect();
            _ = match points.as_slice() {
                [_] => writeln!(
                    svg,
                    "<circle cx=\"{:.1}\" cy=\"{:.1}\" r=\"3\" fill=\"{stroke}\"/>",
                    x(stretch[0].0),
                    y(stretch[0].1)
                ),
                _ => writeln!(
                    svg,
                    "<polyline fill=\"none\" stroke=\"{stroke}\" stroke-width=\"2\"{dashes} points=\"{}\"/>",
                    points.join(" ")
                ),
            };
        }
        let at = HEIGHT + LEGEND * number as f64 + 10.0;
        _ = writeln!(
            svg,
            "<line x1=\"{LEFT}\" x2=\"{:.1}\" y1=\"{:.1}\" y2=\"{:.1}\" stroke=\"{stroke}\" stroke-width=\"2\"{dashes}/><text x=\"{:.1}\" y=\"{at:.1}\">{}</text>",
            LEFT + 30.0,
            at - 4.0,
            at - 4.0,
            LEFT + 38.0,
            text(&series.name())
        );
    }
    svg.push_str("</svg>\n");
    out.write_all(svg.as_bytes())
}

fn text(name: &str) -> String {
    escaped_html(&one_line(name))
}

/// Each line in words: its name, its number of results, and its greatest value.
fn description(lines: &[(&Series, Vec<Option<f64>>)]) -> String {
    let line = |(series, values): &(&Series, Vec<Option<f64>>)| {
        let values =
            series.periods.iter().zip(values).filter_map(|((period, _), value)| value.map(|value| (value, period)));
        let most = values.max_by(|left, right| left.0.total_cmp(&right.0));
        let most = most.map(|(value, period)| format!(", most {value:.2} in {period}")).unwrap_or_default();
        format!("{}: {} results{most}.", text(&series.name()), series.count())
    };
    lines.iter().map(line).collect::<Vec<_>>().join(" ")
}

/// The stretches of known values, each with its places.
fn stretches(values: &[Option<f64>]) -> Vec<Vec<(usize, f64)>> {
    let mut stretches: Vec<Vec<(usize, f64)>> = Vec::new();
    let mut goes_on = false;
    for (at, value) in values.iter().enumerate() {
        if let Some(value) = value {
            match stretches.last_mut() {
                Some(last) if goes_on => last.push((at, *value)),
                _ => stretches.push(vec![(at, *value)]),
            }
        }
        goes_on = value.is_some();
    }
    stretches
}
