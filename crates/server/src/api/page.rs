//! One page of a long list.

use serde::Deserialize;

use super::caller::Caller;
use crate::app::App;
use crate::problem::{Code, Problem};

const LINES: usize = 50;
const LINES_MAX: usize = 100;

/// Which page.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct Page {
    #[serde(default)]
    cursor: Option<String>,
    #[serde(default)]
    limit: Option<usize>,
}

impl Page {
    /// Before which line, and how many.
    pub(crate) fn read(
        &self,
        app: &App,
        list: &str,
        caller: &Caller,
    ) -> Result<(Option<u64>, usize), Problem> {
        let open = |cursor: &String| app.cursors().open(list, cursor, caller.account());
        let before = self.cursor.as_ref().map(open).transpose()?;
        let limit = self.limit.unwrap_or(LINES);
        if limit == 0 || limit > LINES_MAX {
            return Err(Problem::new(Code::Unfit).field(
                "limit",
                "out-of-range",
                "Mellem 1 og 100.",
                "Between 1 and 100.",
            ));
        }
        Ok((before, limit))
    }
}

/// The cursor of the next page.
pub(crate) fn next(app: &App, list: &str, caller: &Caller, before: Option<u64>) -> Option<String> {
    app.cursors().seal(list, before?, caller.account(), app.randomness())
}
