//! Columns without a name, by what is in them: days, addresses, ids, codes of languages, outlets, the title and the text.

use crate::ingest::formats::table::profile::Profile;
use crate::ingest::part::Part;

/// Terminal columns from which a column of words can be the text, or the only one with words be it.
const MIN_WORDS_WIDTH: usize = 12;
const MIN_TEXT_WIDTH: usize = 100;
/// Terminal columns of a title at least: two characters of Chinese.
const MIN_TITLE_WIDTH: usize = 4;
/// Terminal columns up to which the longer column is rather the title.
const MAX_TITLE_WIDTH: usize = 60;
/// Terminal columns by which a column beside the text is rather its title than one farther off.
const BESIDE_TEXT: usize = 10;
/// Of two columns, the text is so many times as wide as the title.
const TEXT_TO_TITLE: usize = 2;

/// The parts that columns hold; none if there is no title and no text among them.
pub(crate) fn parts_by_content(profiles: &[Profile]) -> Option<Vec<Option<Part>>> {
    let mut parts = vec![None; profiles.len()];
    let first = |is: &dyn Fn(&Profile) -> bool| profiles.iter().position(is);
    // Of several addresses, that of the article is another in each row.
    let mut address: Option<usize> = None;
    for (at, profile) in profiles.iter().enumerate().filter(|(_, profile)| profile.is_address()) {
        if address.is_none_or(|best| profile.variety() > profiles[best].variety()) {
            address = Some(at);
        }
    }
    for (part, column) in [
        (Part::Url, address),
        (Part::Date, first(&Profile::is_date)),
        (Part::Lang, first(&|profile| profile.is_language() && !profile.is_id())),
        (Part::Id, first(&Profile::is_id)),
    ] {
        column.into_iter().for_each(|column| parts[column] = Some(part));
    }
    let words: Vec<usize> = (0..profiles.len()).filter(|&at| parts[at].is_none() && profiles[at].has_words()).collect();
    // Of two that are as wide, the later one.
    let text = words.iter().copied().max_by_key(|&at| profiles[at].width)?;
    if profiles[text].width < MIN_WORDS_WIDTH {
        return None;
    }
    let outlet = words.iter().copied().find(|&at| at != text && profiles[at].is_outlet());
    let title_score = |at: usize| {
        let beside = if at + 1 == text { BESIDE_TEXT } else { 0 };
        profiles[at].variety() * (profiles[at].width.min(MAX_TITLE_WIDTH) + beside) as f64
    };
    // What few rows have of their own is a section or an author.
    let may_be_title =
        |at: usize| profiles[at].width >= MIN_TITLE_WIDTH && (profiles[at].filled < 4 || profiles[at].variety() >= 0.3);
    let others = words.iter().copied().filter(|&at| at != text && Some(at) != outlet && may_be_title(at));
    let title = others.max_by(|&one, &other| title_score(one).total_cmp(&title_score(other)));
    outlet.into_iter().for_each(|outlet| parts[outlet] = Some(Part::Source));
    // Titles alone: what is beside them is no title, and they are no texts.
    let is_text = |at: usize| {
        profiles[at].width >= MIN_TEXT_WIDTH
            || profiles[at].has_sentences()
            || title.is_some_and(|title| {
                profiles[at].width >= TEXT_TO_TITLE * profiles[title].width && profiles[title].variety() > 0.5
            })
    };
    if is_text(text) {
        parts[text] = Some(Part::Body);
        title.into_iter().for_each(|title| parts[title] = Some(Part::Title));
    } else {
        parts[text] = Some(Part::Title);
    }
    Some(parts)
}
