//! Lines of the log that are kept longer: who may decide it, of which lines, and until when the notice then says.

use notice::Verb;

use super::{Preparing, Ready};
use crate::open::micros;

impl Preparing<'_> {
    /// Rule N-18: before the shorter period is over, by the role that the notice names, with a reason. A line that carries the flag already stays as it is: the first decision counts.
    pub(super) fn flag_line(&mut self, line: u64, flag: &str, reason: &str) -> Ready<()> {
        self.verb(Verb::Raise, "")?;
        self.may_flag(flag)?;
        self.may_raise(&format!("{flag}.found"), "")?;
        if reason.trim().is_empty() {
            return self.unfit("", "a line is kept longer for a reason");
        }
        let house = self.house;
        // Nobody learns from the answer whether a line is another's, gone, or never was.
        let none = || "there is no such line about this person".to_owned();
        if self.only.is_some() {
            return self.unfit("", "the grant is for one record");
        }
        let found = i64::try_from(line).ok().map(|number| self.store.line(number)).transpose()?.flatten();
        let about = house.secrets.log().person(self.about);
        let now = micros(self.call.now);
        let Some(row) = found.filter(|row| row.subject == Some(about) && row.due_at > now) else {
            return self.unfit("", none());
        };
        let Some(read) = house.read_line(&row)? else { return self.unfit("", none()) };
        let log = house.policy.use_(read.use_id).and_then(|used| used.log);
        if !log.is_some_and(|log| self.used.of.iter().any(|scope| scope.register == log)) {
            return self.unfit("", none());
        }
        match read.kept {
            Some(kept) if kept.flag == flag => return Ok(()),
            Some(_) => return self.unfit("", "the line is kept longer already, for another reason"),
            None => {}
        }
        if self.out.kept.iter().any(|(kept, _, _)| *kept == row.number) {
            return Ok(());
        }
        match house.keep_line(&row, self.call, flag, reason)? {
            Some((kept, due_at)) => self.out.kept.push((row.number, kept, due_at)),
            None => return self.unfit("", format!("`{flag}` does not change when the line goes")),
        }
        Ok(())
    }
}
