//! Analysed documents: the terms of each passage by each of its chains, its bounds, its numbers and amounts, the countries that it
//! names, the concepts that the document names, its length, and a sketch of the body.

use std::collections::BTreeSet;
use std::sync::Arc;

use anyhow::Result;

use crate::index::cut_document::CutDocument;
use crate::index::schema::{TITLE_GAP, bounds};
use crate::index::settings::Settings;
use crate::index::stories::Sketcher;
use crate::index::terms::{MIXED_WRITING, PackedTerms, writing_term};
use crate::text::analysis::{Analyzer, Chain, Segmented, TokenSink, WordForm, Writing, words_with_capitals};
use crate::text::bounds::Bounds;
use crate::text::country::CountryCode;
use crate::text::document::{ByteRange, Passage};
use crate::text::glossary::GlossaryNames;
use crate::text::language::Language;
use crate::text::passage::chains::{chains_of, has_hanja_readings};

/// The tools that documents are analysed with.
pub(super) struct IndexingTools {
    pub(super) settings: Settings,
    pub(super) analyzer: Analyzer,
    pub(super) names: GlossaryNames,
}

impl IndexingTools {
    /// Prepares what the settings say. Dictionaries and names are read when a text first needs them.
    pub(super) fn new(settings: &Settings) -> IndexingTools {
        let analyzer = Analyzer::for_indexing(&settings.analysis);
        let names = GlossaryNames::new(&settings.glossary, &settings.analysis);
        IndexingTools { settings: settings.clone(), analyzer, names }
    }
}

/// A document's passages, analysed.
pub(super) struct AnalysedDocument {
    /// The passages in their order.
    pub(super) passages: Vec<AnalysedPassage>,
    /// Length of the body in words, and in single characters of Korean and Chinese.
    pub(super) words: u64,
    /// Ids of the concepts that title or body name, in order.
    pub(super) concepts: Vec<String>,
    /// A sample of the body's shingles (see `stories/sketch.rs`).
    pub(super) sketch: Vec<u32>,
}

/// A passage, analysed together with the document's title.
pub(super) struct AnalysedPassage {
    pub(super) place: ArticlePlace,
    /// Countries that the passage or the title names.
    pub(super) countries: BTreeSet<CountryCode>,
    pub(super) chains: Vec<ChainTerms>,
    /// Where sentences and paragraphs begin, and the quantities in title and text.
    pub(super) bounds: PackedTerms,
    pub(super) quantities: PackedTerms,
}

/// The place of a passage in its article. Positions are those of its fields, in which the text follows the title.
#[derive(Clone, Copy)]
pub(super) struct ArticlePlace {
    /// The position of the text's first unit.
    pub(super) text_start: u32,
    /// The number of units of the article's text before the passage.
    pub(super) units_before: u32,
    /// The position at which the lead ends: `text_start` for a passage that has nothing of it.
    pub(super) lead_end: u32,
}

/// The terms of one chain, by the field that they are for.
pub(super) struct ChainTerms {
    pub(super) chain: Chain,
    /// Terms of title and text.
    pub(super) text: PackedTerms,
    /// Terms of the title alone.
    pub(super) title: PackedTerms,
    /// Surface forms of words that differ from their terms.
    pub(super) surfaces: PackedTerms,
    /// Prefixes of words.
    pub(super) prefixes: PackedTerms,
}

impl AnalysedDocument {
    /// Analyses the passages of a document.
    ///
    /// # Errors
    ///
    /// When an embedded dictionary cannot be read.
    pub(super) fn new(cut: &CutDocument<'_>, tools: &IndexingTools) -> Result<AnalysedDocument> {
        let mut title = AnalysedTitle::new(&cut.document.title, tools);
        let mut sketcher = Sketcher::new(&tools.settings.stories, cut.lang);
        let mut passages = Vec::with_capacity(cut.passages.len());
        let mut lead = cut.lead.clone();
        let mut units_before = 0;
        for passage in &cut.passages {
            let text = passage.range.slice(&cut.document.body);
            let body = Segmented::of_paragraphs(text);
            sketcher.read(&body);
            let (text_start, in_lead) = (title.text_start(), lead.units_in(passage, &body));
            let place =
                ArticlePlace { text_start, units_before, lead_end: text_start + body.position_after(in_lead as usize) };
            units_before += body.units().len() as u32;
            passages.push(title.with_passage(passage, text, &body, place)?);
        }
        let concepts = title.concepts.into_iter().map(str::to_owned).collect();
        Ok(AnalysedDocument { passages, words: u64::from(units_before), concepts, sketch: sketcher.finish() })
    }
}

/// A title, read once by each chain and in each language that the passages need.
struct AnalysedTitle<'a> {
    tools: &'a IndexingTools,
    text: &'a str,
    segmented: Segmented,
    /// The terms of the title by chain, and whether with readings.
    terms: Vec<(Chain, bool, TermCollector<'static>)>,
    countries: Vec<(Language, BTreeSet<CountryCode>)>,
    quantities: Vec<(Language, PackedTerms)>,
    /// The concepts that the title, and the passages read so far, name.
    concepts: BTreeSet<&'a str>,
}

impl<'a> AnalysedTitle<'a> {
    fn new(text: &'a str, tools: &'a IndexingTools) -> AnalysedTitle<'a> {
        let segmented = Segmented::new(text);
        let (terms, countries, quantities, concepts) = Default::default();
        AnalysedTitle { tools, text, segmented, terms, countries, quantities, concepts }
    }

    /// The position of the first unit of a text behind the title.
    fn text_start(&self) -> u32 {
        self.segmented.units().len() as u32 + TITLE_GAP
    }

    /// Analyses a passage behind the title.
    fn with_passage(
        &mut self,
        passage: &Passage,
        text: &str,
        body: &Segmented,
        place: ArticlePlace,
    ) -> Result<AnalysedPassage> {
        let IndexingTools { analyzer, names, .. } = self.tools;
        let mut countries = self.countries_in(passage.lang).clone();
        countries.extend(names.find_in(body, text, passage.lang, analyzer, &mut self.concepts));
        let bounds = packed_bounds(&Bounds::of(text, body, analyzer), place.text_start);
        let capitals: Arc<[(u32, Writing)]> = words_with_capitals(body, text).into();
        let mut chains = Vec::new();
        for chain in chains_of(passage.lang, &self.segmented, body) {
            let readings = has_hanja_readings(chain, passage.lang);
            let title = self.terms_by(chain, readings)?;
            let mut collector = title.continued(place.text_start, body, Arc::clone(&capitals));
            let title = title.terms.clone();
            analyzer.each_token(chain, body, readings, &mut collector)?;
            collector.write_up_to(u32::MAX);
            let TermCollector { terms: text, surfaces, prefixes, .. } = collector;
            chains.push(ChainTerms { chain, text, title, surfaces, prefixes });
        }
        let mut quantities = self.quantities_in(passage.lang).clone();
        for quantity in self.tools.analyzer.quantities(body, text, passage.lang) {
            quantities.push(&[&quantity.term(false)], place.text_start + body.position(quantity.units.0 as usize));
        }
        Ok(AnalysedPassage { place, countries, chains, bounds, quantities })
    }

    /// The terms of the quantities in the title, as a language reads it.
    fn quantities_in(&mut self, lang: Language) -> &PackedTerms {
        let known = self.quantities.iter().position(|(read_in, _)| *read_in == lang).unwrap_or_else(|| {
            let mut terms = PackedTerms::default();
            for quantity in self.tools.analyzer.quantities(&self.segmented, self.text, lang) {
                terms.push(&[&quantity.term(true)], quantity.units.0);
            }
            self.quantities.push((lang, terms));
            self.quantities.len() - 1
        });
        &self.quantities[known].1
    }

    /// The countries that the title names, as a language reads it.
    fn countries_in(&mut self, lang: Language) -> &BTreeSet<CountryCode> {
        let known = self.countries.iter().position(|(read_in, _)| *read_in == lang).unwrap_or_else(|| {
            let IndexingTools { analyzer, names, .. } = self.tools;
            let found = names.find_in(&self.segmented, self.text, lang, analyzer, &mut self.concepts);
            self.countries.push((lang, found));
            self.countries.len() - 1
        });
        &self.countries[known].1
    }

    fn terms_by(&mut self, chain: Chain, readings: bool) -> Result<&TermCollector<'static>> {
        let known = self.terms.iter().position(|&(read_by, with, _)| (read_by, with) == (chain, readings));
        let known = match known {
            Some(known) => known,
            None => {
                let capitals = words_with_capitals(&self.segmented, self.text);
                let mut collector = TermCollector::new(chain, capitals.into());
                self.tools.analyzer.each_token(chain, &self.segmented, readings, &mut collector)?;
                collector.write_up_to(u32::MAX);
                self.terms.push((chain, readings, collector));
                self.terms.len() - 1
            }
        };
        Ok(&self.terms[known].2)
    }
}

/// The bounds of a text whose first unit is at `start`, as terms.
fn packed_bounds(of_text: &Bounds, start: u32) -> PackedTerms {
    let of = |term: &'static str, positions: &[u32]| positions.iter().map(move |&at| (at, term)).collect::<Vec<_>>();
    let mut all = of(bounds::PARAGRAPH, &of_text.paragraphs);
    all.extend(of(bounds::SENTENCE, &of_text.sentences));
    all.sort_unstable();
    let mut packed = PackedTerms::default();
    all.into_iter().for_each(|(at, term)| packed.push(&[term], start + at));
    packed
}

/// The terms that one chain makes of a title, and then of a text after it.
struct TermCollector<'a> {
    chain: Chain,
    /// The text after the title, once that is read.
    body: Option<&'a Segmented>,
    /// The number that is added to positions.
    start: u32,
    terms: PackedTerms,
    surfaces: PackedTerms,
    prefixes: PackedTerms,
    /// The words with capitals, and how many of them are in `surfaces` already.
    capitals: Arc<[(u32, Writing)]>,
    written: usize,
}

impl<'a> TermCollector<'a> {
    fn new(chain: Chain, capitals: Arc<[(u32, Writing)]>) -> TermCollector<'a> {
        let [terms, surfaces, prefixes] = Default::default();
        TermCollector { chain, body: None, start: 0, terms, surfaces, prefixes, capitals, written: 0 }
    }

    /// A copy that goes on with a text from a position.
    fn continued<'b>(&self, start: u32, body: &'b Segmented, capitals: Arc<[(u32, Writing)]>) -> TermCollector<'b> {
        // About what it will take, so that it need not grow: a pair of characters has nine bytes with its position.
        let of_a_unit = if self.chain.keeps_characters() { 6 } else { 2 };
        let (bytes, units) = (body.text().len(), body.units().len());
        let terms = self.terms.continued(bytes + of_a_unit * units);
        let surfaces = self.surfaces.continued(if self.chain.has_positions() { bytes / 2 } else { 0 });
        let prefixes = self.prefixes.continued(if self.chain.has_prefixes() { bytes / 2 } else { 0 });
        let (chain, body) = (self.chain, Some(body));
        TermCollector { chain, body, start, terms, surfaces, prefixes, capitals, written: 0 }
    }

    /// The position in the index of a unit, given by its index.
    fn position(&self, unit: u32) -> u32 {
        self.start + self.body.map_or(unit, |body| body.position(unit as usize))
    }

    /// Adds how the words up to a unit are written.
    fn write_up_to(&mut self, unit: u32) {
        if !self.chain.has_positions() {
            return;
        }
        while let Some((at, writing)) = self.capitals.get(self.written).filter(|(at, _)| *at <= unit) {
            let position = self.position(*at);
            if let Some(term) = writing_term(writing) {
                self.surfaces.push(&[&term], position);
            }
            if matches!(writing, Writing::Mixed(_)) {
                self.surfaces.push(&[MIXED_WRITING], position);
            }
            self.written += 1;
        }
    }
}

impl TokenSink for TermCollector<'_> {
    fn token(&mut self, term: &str, position: u32, _: ByteRange) {
        self.terms.push(&[term], if self.chain.has_positions() { self.position(position) } else { 0 });
    }

    fn form(&mut self, form: &WordForm, position: u32) {
        if self.chain.has_positions() {
            self.write_up_to(position);
            self.surfaces.push_form(&form.term, &form.surface, form.second.as_deref(), self.position(position));
        }
    }

    fn prefix(&mut self, prefix: &str) {
        if self.chain.has_prefixes() {
            self.prefixes.push(&[prefix], 0);
        }
    }
}
