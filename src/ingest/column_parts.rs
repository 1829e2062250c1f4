//! The columns of tables as a user states them: `id,title,body,date,-,url`.

use std::str::FromStr;

use crate::ingest::part::Part;

/// The sign of a column that is not read.
const NOT_READ: &str = "-";

/// The part of a document that each column of a table holds, in their order.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ColumnParts(Vec<Option<Part>>);

impl ColumnParts {
    pub(crate) fn parts(&self) -> &[Option<Part>] {
        &self.0
    }
}

impl FromStr for ColumnParts {
    type Err = String;

    fn from_str(text: &str) -> Result<ColumnParts, String> {
        let expected = || {
            let names = Part::ALL.map(Part::name).join(", ");
            format!(
                "expected the parts of a document in the order of the columns, each one of {names}, or `{NOT_READ}` for a column that is not read"
            )
        };
        let mut parts: Vec<Option<Part>> = Vec::new();
        for (at, name) in text.split(',').map(str::trim).enumerate() {
            let part = Part::ALL.into_iter().find(|part| part.name().eq_ignore_ascii_case(name));
            if part.is_none() && name != NOT_READ {
                return Err(format!("column {}: `{name}` is no part; {}", at + 1, expected()));
            }
            if let Some(part) = part
                && parts.contains(&Some(part))
                && !matches!(part, Part::Lead | Part::Author | Part::Section)
            {
                return Err(format!("column {}: `{name}` stands twice; {}", at + 1, expected()));
            }
            parts.push(part);
        }
        if !parts.iter().flatten().any(|part| matches!(part, Part::Title | Part::Body | Part::Lead)) {
            return Err(format!("no column holds a title, body or lead, so there is nothing to index; {}", expected()));
        }
        Ok(ColumnParts(parts))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn parts_are_stated_by_their_names() {
        let parts: ColumnParts = "id, Title,body,date,-,url".parse().unwrap();
        assert_eq!(parts.parts()[4], None);
        assert_eq!(parts.parts()[1], Some(Part::Title));
        for wrong in ["", "id,date", "title,text", "title,title", "title,,body", "-"] {
            let error = wrong.parse::<ColumnParts>().unwrap_err();
            assert!(error.contains("id, title, body, lead, lang, date, source, url, author, section"), "{error}");
        }
    }
}
