//! The page with the figures of the app: how many phones, how many warnings, and why nobody can be seen in them.

use askama::Template;
use jiff::civil::Date;

use super::{Bars, Shell};

/// The figures of the app.
#[derive(Debug, Template)]
#[template(path = "statistics.html")]
pub struct Statistics {
    /// What stands around.
    pub p: Shell,
    /// The last day with figures.
    pub latest: Option<Latest>,
    /// Fewer reports than this are never shown.
    pub reports_min: u64,
    /// On how many phones the app ran.
    pub phones: Bars,
    /// How many were warned, and how many warned others.
    pub warnings: Bars,
    /// Days on which too few reported to show anything.
    pub hidden: Vec<Date>,
}

/// The last day with figures.
#[derive(Clone, Copy, Debug)]
pub struct Latest {
    /// Which.
    pub day: Date,
    /// Phones with the app.
    pub phones: u64,
    /// New ones.
    pub installed: u64,
    /// Owners who were warned.
    pub warned: u64,
    /// Owners who warned others.
    pub warned_others: u64,
}
