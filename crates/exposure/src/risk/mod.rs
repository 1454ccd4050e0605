//! From what was heard to whether somebody is warned: the model of daily summaries and the older one of scores.
//!
//! Both are those of the field's reference; the numbers with which a country runs them stand in [`denmark`].

pub mod denmark;
mod score;
mod summary;

pub use score::{
    BucketWeights, ExposureConfiguration, ExposureRecord, ExposureResult, Interpolation, evaluate,
};
pub use summary::{
    AttenuationWeights, DailySummariesConfig, DailySummary, Infectiousness, InfectiousnessTable,
    ReportTypeWeights, Scores, daily_summaries,
};
