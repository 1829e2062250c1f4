//! Leads of an article: columns whose text stands over that of the article.

/// A text with the leads that stand over it, each once: one that the text or the title has already is left out.
pub(crate) fn with_leads(leads: Vec<String>, title: &str, body: String) -> String {
    if leads.is_empty() {
        return body;
    }
    let spaced = |text: &str| text.split_whitespace().collect::<Vec<_>>().join(" ");
    let mut seen = spaced(&body);
    let mut parts = Vec::new();
    for lead in leads {
        let plain = spaced(&lead);
        let plain = plain.trim_end_matches(['.', '…', ' ']);
        if !plain.is_empty() && !seen.contains(plain) && plain != title.trim() {
            seen.push('\n');
            seen.push_str(plain);
            parts.push(lead.trim().to_owned());
        }
    }
    parts.extend(Some(body).filter(|body| !body.trim().is_empty()));
    parts.join("\n\n")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_lead_stands_over_the_text_once() {
        let joined = |leads: &[&str], body: &str| {
            with_leads(leads.iter().map(|&lead| lead.to_owned()).collect(), "Titel", body.to_owned())
        };
        assert_eq!(joined(&["Zölle steigen."], "Der Text."), "Zölle steigen.\n\nDer Text.");
        assert_eq!(joined(&["관세가  오른다…"], "관세가 오른다고 한다."), "관세가 오른다고 한다.");
        assert_eq!(joined(&["eins", "Titel", "eins", "zwei"], ""), "eins\n\nzwei");
        assert_eq!(joined(&[], "x"), "x");
    }
}
