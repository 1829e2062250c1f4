//! Search: `searcher` answers a query: it compiles it, has the engine find and score candidates, reranks the best
//! (`rerank`, `proximity`), and reads and marks the requested ones (`hit`, `story`, and [`crate::highlight`]).
//! `explain` explains matches and scores, `suggestion` suggests another query if there is no hit
//! (a `relaxation`); all hits are counted
//! by stored values (`facets`) and over time (`timeline`; `series` for several queries). `article` reads a whole article.
//!
//! The engine is used through [`crate::engine`] alone.

pub(crate) mod article;
pub(crate) mod explain;
pub(crate) mod facets;
pub(crate) mod hit;
pub(crate) mod looser_words;
pub(crate) mod options;
pub(crate) mod proximity;
pub(crate) mod relaxation;
pub(crate) mod rerank;
pub(crate) mod searcher;
pub(crate) mod series;
mod snippet_of_hit;
pub(crate) mod stages;
pub(crate) mod story;
pub(crate) mod suggestion;
pub(crate) mod timeline;

pub use crate::engine::{Granularity, Period, ResultUnit, SortOrder};
pub use crate::search::article::{Article, ArticleParagraph, ArticlePassage};
pub use crate::search::explain::{ExplainedLeaf, Explanation, FieldExplanation, ScorePart};
pub use crate::search::facets::{Facet, FacetField, FacetValue};
pub use crate::search::hit::{Hit, HitDocument, HitPassage, SearchResults};
pub use crate::search::options::SearchOptions;
pub use crate::search::relaxation::{Change, Relaxation, Suggestion};
pub use crate::search::searcher::Searcher;
pub use crate::search::series::{Series, SeriesField, SeriesOptions, SeriesTable};
pub use crate::search::stages::{Stage, StageTimes};
pub use crate::search::story::{HitStory, OtherDocument};
pub use crate::search::timeline::{Tally, Timeline, TimelineOptions};
