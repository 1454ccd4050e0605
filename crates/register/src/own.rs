//! One look at everything that is kept about a person, when each of it goes, and who has looked: one look, one line.

use notice::{Grant, Reading};

use crate::call::Call;
use crate::error::Denied;
use crate::line::Line;
use crate::record::Clocked;
use crate::register::{Register, page};

/// What a look at oneself shows.
#[derive(Clone, Debug)]
pub struct Own {
    /// The records with what their clocks say.
    pub records: Vec<Clocked>,
    /// Who has looked or was refused, the latest first; nobody where the use covers no log.
    pub lines: Vec<Line>,
}

impl Register {
    pub(crate) fn read_own_of(
        &self,
        call: &Call,
        grant: Grant<Reading>,
        before: Option<u64>,
        limit: usize,
    ) -> Result<Own, Denied> {
        let logs = self.logs_of(&grant);
        let page = page(call, before, limit);
        self.look(call, grant, |view, grant| {
            let found = self.found(view, grant.question())?;
            let found = self.judged::<Reading>(view, call, grant.question(), found)?;
            let records = self.clocked(view, call, grant, found)?;
            let lines = self.lines_in(view, grant, &logs, |store, about| store.lines_about(about, page))?;
            let count = records.len();
            Ok((Own { records, lines }, count))
        })
    }
}
