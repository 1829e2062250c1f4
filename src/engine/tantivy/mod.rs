//! The tantivy engine: patterns as tantivy queries (`lookup`, `materialized`, `sequence`, `fuzzy`, `frequencies`, `terms`), their
//! scores by the statistics of one field (`statistics`), and collectors (`top`, `newest`, `grouped`, `values`, `documents`).

pub(crate) mod documents;
pub(crate) mod frequencies;
pub(crate) mod fuzzy;
pub(crate) mod grouped;
pub(crate) mod grouping;
pub(crate) mod lookup;
pub(crate) mod materialized;
pub(crate) mod newest;
pub(crate) mod sequence;
pub(crate) mod statistics;
pub(crate) mod terms;
pub(crate) mod top;
pub(crate) mod values;

pub(crate) use crate::engine::tantivy::lookup::find_pattern;
pub(crate) use crate::engine::tantivy::terms::Terms;
