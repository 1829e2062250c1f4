//! Snapshots of the plans of queries over a few texts in four languages, written for reading.

use std::fmt::Write as _;
use std::sync::OnceLock;

use crate::config::Config;
use crate::query::compile::compiler::compile_query;
use crate::query::compile::memory_lexicon::MemoryLexicon;
use crate::query::plan::field_id::FieldId;
use crate::query::plan::highlight_plan::{HighlightNode, HighlightPlan};
use crate::query::plan::query_plan::{MatchNode, QueryPlan, ScoringClause};
use crate::query::syntax::{Filters, QueryOptions, parse_query};
use crate::text::analysis::{Analyzer, Chain};
use crate::text::language::Language;

const PASSAGES: [(Language, &str, &str); 6] = [
    (Language::English, "Steel tariffs", "The European Union raised tariffs on steel. Anti-dumping duties follow."),
    (Language::English, "", "Korea and the EU signed a free trade agreement on supply chains."),
    (Language::German, "Stahlzölle", "Die Europäische Union erhöht die Zölle auf Stahl. Der Stahlhandel leidet."),
    (Language::Korean, "관세", "한국은 유럽연합과 자유무역협정에 서명했다. 철강 관세를 인상했다."),
    (Language::Chinese, "钢铁关税", "中国提高钢铁关税。欧盟与韩国的自由贸易协定生效。"),
    (Language::Undetermined, "", "関税の引き上げ"),
];

struct Compiled {
    config: Config,
    analyzer: Analyzer,
    lexicon: MemoryLexicon,
}

fn compiled() -> &'static Compiled {
    static COMPILED: OnceLock<Compiled> = OnceLock::new();
    COMPILED.get_or_init(|| {
        let config = Config::builtin().unwrap();
        let analyzer = Analyzer::for_queries(&config.analysis);
        let lexicon = MemoryLexicon::of(&analyzer, &PASSAGES);
        Compiled { config, analyzer, lexicon }
    })
}

fn plan_with(query: &str, options: &QueryOptions) -> Option<QueryPlan> {
    let Compiled { config, analyzer, lexicon } = compiled();
    let (ranking, glossary) = (&config.ranking, &config.glossary);
    compile_query(&parse_query(query).unwrap(), options, false, lexicon, analyzer, ranking, glossary).unwrap()
}

/// The plan of a query without query expansion.
fn plan(query: &str) -> String {
    let as_typed = QueryOptions { expand: false, ..QueryOptions::default() };
    shown(&plan_with(query, &as_typed).unwrap())
}

fn shown(plan: &QueryPlan) -> String {
    let mut text = String::new();
    show_matches(&plan.matches, 0, "matches: ", &mut text);
    plan.filters.iter().for_each(|filter| show_matches(filter, 0, "filter: ", &mut text));
    let _ = writeln!(text, "{}", if plan.is_union { "scoring, which is all that matches:" } else { "scoring:" });
    plan.scoring.iter().for_each(|clause| show_clause(clause, &mut text));
    if !plan.rerank.is_empty() {
        let _ = writeln!(text, "rerank:");
        plan.rerank.prefixes.iter().for_each(|clause| show_clause(clause, &mut text));
        for proximity in &plan.rerank.proximity {
            let terms: Vec<String> =
                proximity.terms.iter().map(|(term, weight)| format!("{term} {weight:.3}")).collect();
            let _ = writeln!(text, "  within {} in {}: {}", proximity.window, proximity.field, terms.join(", "));
        }
    }
    show_marked(&plan.highlight.root, &plan.highlight, 0, "marked: ", &mut text);
    for leaf in &plan.leaves {
        let of = leaf.expansion_of.as_ref().map(|typed| format!(" for {typed}")).unwrap_or_default();
        let excluded = if leaf.is_excluded { ", excluded" } else { "" };
        let title = if leaf.in_title { ", in the title" } else { "" };
        let patterns = leaf.patterns.len();
        let _ = writeln!(text, "leaf: {}{of}{title}{excluded}, by {patterns} patterns", leaf.text);
    }
    for expansion in &plan.expansions {
        let _ = writeln!(text, "expanded: {} by {}", expansion.typed, expansion.names.join(", "));
    }
    text
}

fn show_matches(node: &MatchNode, depth: usize, label: &str, text: &mut String) {
    let _ = write!(text, "{:1$}{label}", "", 2 * depth);
    match node {
        MatchNode::Nothing => text.push_str("nothing\n"),
        MatchNode::All => text.push_str("everything\n"),
        MatchNode::Filter(filter) => text.push_str(&format!("{filter}\n")),
        MatchNode::Pattern { field, pattern } => text.push_str(&format!("{field} [{pattern}]\n")),
        MatchNode::AnyOf(nodes) => {
            text.push_str("any of\n");
            nodes.iter().for_each(|node| show_matches(node, depth + 1, "", text));
        }
        MatchNode::AllOf { required, excluded } => {
            text.push_str("all of\n");
            required.iter().for_each(|node| show_matches(node, depth + 1, "", text));
            excluded.iter().for_each(|node| show_matches(node, depth + 1, "not ", text));
        }
        MatchNode::AtLeast { branch, times, patterns } => {
            let patterns: Vec<String> =
                patterns.iter().map(|(field, pattern)| format!("{field} [{pattern}]")).collect();
            let _ = writeln!(text, "{times} times in the article, condition {branch}: {}", patterns.join(" "));
        }
        MatchNode::InArticle { branch, required, excluded, optional } => {
            let _ = writeln!(text, "in the article, condition {branch}: all of");
            required.iter().for_each(|node| show_matches(node, depth + 1, "", text));
            excluded.iter().for_each(|node| show_matches(node, depth + 1, "not ", text));
            optional.iter().for_each(|node| show_matches(node, depth + 1, "maybe ", text));
        }
    }
}

fn show_clause(clause: &ScoringClause, text: &mut String) {
    let ScoringClause { field, pattern, weight, length, passages } = clause;
    let passages = passages.map(|passages| format!(" in {passages}")).unwrap_or_default();
    let _ = writeln!(text, "  {field} [{pattern}] × {weight:.3}, length {length}{passages}");
}

fn show_marked(node: &HighlightNode, plan: &HighlightPlan, depth: usize, label: &str, text: &mut String) {
    let _ = write!(text, "{:1$}{label}", "", 2 * depth);
    match node {
        HighlightNode::Leaf { in_title, is_expanded, patterns } => {
            let patterns: Vec<String> = patterns
                .iter()
                .map(|&at| format!("{} [{}]", plan.patterns[at].0.name(), plan.patterns[at].1))
                .collect();
            let of = if *is_expanded { "added " } else { "" };
            let title = if *in_title { "in the title " } else { "" };
            let _ = writeln!(text, "{of}{title}{}", patterns.join(" "));
        }
        HighlightNode::Clauses { required, optional, excluded, branch } => {
            let article = branch.map(|branch| format!(" of article condition {branch}")).unwrap_or_default();
            let _ = writeln!(text, "clauses{article}");
            required.iter().for_each(|node| show_marked(node, plan, depth + 1, "all: ", text));
            optional.iter().for_each(|node| show_marked(node, plan, depth + 1, "any: ", text));
            excluded.iter().for_each(|node| show_marked(node, plan, depth + 1, "none: ", text));
        }
        HighlightNode::Article(branch) => {
            let _ = writeln!(text, "article condition {branch}");
        }
        HighlightNode::Filter(filter) => {
            let _ = writeln!(text, "{filter}");
        }
    }
}

#[test]
fn words() {
    insta::assert_snapshot!("english_words", plan("steel tariffs"));
    insta::assert_snapshot!("german_words", plan("Zölle auf Stahl"));
    insta::assert_snapshot!("korean_words", plan("철강 관세"));
    insta::assert_snapshot!("korean_question", plan("관세를 인상했다"));
    insta::assert_snapshot!("chinese_run", plan("钢铁关税"));
    insta::assert_snapshot!("german_compound", plan("Stahlhandel"));
    insta::assert_snapshot!("hyphenated_word", plan("antidumping"));
    insta::assert_snapshot!("unknown_word", plan("harbour"));
}

#[test]
fn words_that_only_ask() {
    let asking = |query: &str| plan_with(query, &QueryOptions { expand: false, ..QueryOptions::default() }).unwrap();
    let ranks =
        |plan: &QueryPlan| -> Vec<String> { plan.scoring.iter().map(|clause| clause.pattern.to_string()).collect() };
    // What is found and marked is the same.
    let question = asking("Which of the following tariffs");
    assert_eq!(ranks(&question), ranks(&asking("tariffs")));
    assert!(question.leaves.iter().any(|leaf| leaf.text == "following"), "{:?}", question.leaves);
    insta::assert_snapshot!("korean_question_word", plan("EU란 무엇인가"));
    insta::assert_snapshot!("chinese_question_word", plan("什么是钢铁关税"));
}

/// Words that only ask are no part of the share of known words by which the fields are calibrated. What asks in CJK characters
/// halves the weight of English and German, as function words of another language do.
#[test]
fn a_question_weighs_as_its_keywords() {
    let of_words = |query: &str| -> Vec<(FieldId, String, f32)> {
        let as_typed = QueryOptions { expand: false, ..QueryOptions::default() };
        let scoring = plan_with(query, &as_typed).unwrap().scoring;
        let of_words = scoring.iter().filter(|clause| clause.field.chain() != Some(Chain::Characters));
        of_words.map(|clause| (clause.field, clause.pattern.to_string(), clause.weight)).collect()
    };
    let questions = [
        ("Which of the following tariffs", "tariffs", 1.0),
        ("Welche Zölle", "Zölle", 1.0),
        ("EU란 무엇인가", "EU", 0.5),
        ("EU是什么", "EU", 0.5),
    ];
    for (question, keyword, share) in questions {
        let mut expected = of_words(keyword);
        expected.iter_mut().for_each(|(_, _, weight)| *weight *= share);
        assert_eq!(of_words(question), expected, "{question}");
    }
    // What has nothing else ranks by what it has.
    assert!(!of_words("of the following").is_empty());
}

#[test]
fn phrases_among_other_words_rank_by_their_words() {
    insta::assert_snapshot!("phrase_in_a_bag", plan("steel \"free trade\""));
}

#[test]
fn positional_operators() {
    insta::assert_snapshot!("english_phrase", plan("\"supply chain\""));
    insta::assert_snapshot!("chinese_phrase", plan("\"贸易协定\""));
    insta::assert_snapshot!("near", plan("Korea NEAR/5 agreement"));
    insta::assert_snapshot!("sentence", plan("Korea SENTENCE agreement"));
    insta::assert_snapshot!("not_near", plan("Korea NOT NEAR/5 (agreement OR 협정)"));
    insta::assert_snapshot!("prefix", plan("tarif*"));
    insta::assert_snapshot!("fuzzy_word", plan("tarifs~"));
    insta::assert_snapshot!("exact_word", plan("=tariffs"));
}

#[test]
fn boolean_operators_and_fields() {
    insta::assert_snapshot!("and_not", plan("steel AND tariffs NOT duties"));
    insta::assert_snapshot!("or_across_languages", plan("관세 OR 关税"));
    insta::assert_snapshot!("signs", plan("+steel -duties tariffs"));
    insta::assert_snapshot!("title", plan("title:(steel tariffs)"));
    insta::assert_snapshot!("filters_in_a_query", plan("tariffs lang:en,de date:2025"));
}

#[test]
fn operators_over_the_article() {
    insta::assert_snapshot!("lead", plan("lead:(steel AND 关税)"));
    insta::assert_snapshot!("first_words", plan("FIRST/9 lead:tariffs"));
    insta::assert_snapshot!("so_often", plan("ATLEAST/2 (Zoll OR 关税) NOT title:ATLEAST/3 \"on steel\""));
}

#[test]
fn options_beside_a_query() {
    let expanded = plan_with("EU 关税", &QueryOptions::default()).unwrap();
    insta::assert_snapshot!("expansion", shown(&expanded));
    let all = QueryOptions { require_all: true, expand: false, ..QueryOptions::default() };
    insta::assert_snapshot!("require_all", shown(&plan_with("the steel 관세", &all).unwrap()));
    let filters = Filters {
        languages: vec![Language::Korean, Language::Chinese],
        sources: vec!["Yonhap".to_owned(), "Xinhua".to_owned()],
        ..Filters::default()
    };
    let filtered = QueryOptions { filters: filters.clone(), expand: false, ..QueryOptions::default() };
    insta::assert_snapshot!("filters", shown(&plan_with("관세", &filtered).unwrap()));
    insta::assert_snapshot!("filters_alone", shown(&QueryPlan::of_filters(&filters)));
}

#[test]
fn what_was_typed_decides_alone() {
    let as_typed = QueryOptions { expand: false, ..QueryOptions::default() };
    assert_eq!(plan_with("…", &as_typed), None);
    // A repeated word counts once, and an excluded one scores nothing.
    assert_eq!(plan("steel steel"), plan("steel"));
    let without = plan_with("steel NOT duties", &as_typed).unwrap();
    assert_eq!(without.scoring, plan_with("steel AND steel NOT tariffs", &as_typed).unwrap().scoring);
}

#[test]
fn a_plan_can_be_sent() {
    let plan = plan_with("(EU NEAR/3 tariffs) lang:en", &QueryOptions::default()).unwrap();
    let sent = serde_json::to_value(&plan).unwrap();
    assert!(sent["scoring"].as_array().is_some_and(|clauses| !clauses.is_empty()), "{sent}");
    assert!(sent.to_string().contains("\"lang:en\""), "{sent}");
}
