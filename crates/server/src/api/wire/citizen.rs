//! What a citizen sees of the house itself, as it travels: who looked, and what goes when.

use jiff::Timestamp;
use jiff::civil::Date;
use notice::id::Record;
use serde::Serialize;
use services::{my_log, what_goes_when};
use utoipa::ToSchema;

use super::{WireId, Words};

/// A page of the log.
#[derive(Serialize, ToSchema)]
pub(crate) struct Log {
    /// By day, the latest first.
    days: Vec<Day>,
    /// Send it as `cursor` for the next page; absent on the last.
    #[serde(skip_serializing_if = "Option::is_none")]
    next: Option<String>,
}

/// The lines of a day.
#[derive(Serialize, ToSchema)]
struct Day {
    /// The day.
    date: Date,
    /// The lines, the latest first.
    lines: Vec<LogLine>,
}

/// One look, or one refusal.
#[derive(Serialize, ToSchema)]
pub(super) struct LogLine {
    /// When.
    at: Timestamp,
    /// `own`, `treatment`, `emergency`, `pharmacy`, `administration`, `refused`.
    kind: &'static str,
    /// Who.
    who: String,
    /// In which role.
    role: Words,
    /// Where.
    #[serde(skip_serializing_if = "Option::is_none")]
    place: Option<String>,
    /// On whose behalf.
    #[serde(skip_serializing_if = "Option::is_none")]
    on_behalf_of: Option<String>,
    /// The reason that was written.
    #[serde(skip_serializing_if = "Option::is_none")]
    reason: Option<String>,
    /// What was looked at or done.
    what: Words,
    /// On what ground.
    ground: Words,
    /// The use of the notice.
    r#use: String,
    /// How many records.
    records: u32,
    /// The clause that refused.
    #[serde(skip_serializing_if = "Option::is_none")]
    clause: Option<String>,
    /// When the line goes.
    #[serde(skip_serializing_if = "Option::is_none")]
    due_at: Option<Timestamp>,
    /// How often: refusals of the same kind within an hour share a line.
    times: u64,
    /// Why the line is kept longer than others, if it is.
    #[serde(skip_serializing_if = "Option::is_none")]
    kept: Option<Kept>,
}

/// A decision that a line is kept longer than others.
#[derive(Serialize, ToSchema)]
struct Kept {
    /// When it was decided.
    at: Timestamp,
    /// In which role.
    role: Words,
    /// What kind of case it is.
    case: Words,
    /// The reason that was written.
    #[serde(skip_serializing_if = "Option::is_none")]
    reason: Option<String>,
    /// For how many years, counted from the look.
    years: i16,
}

impl Log {
    /// A page with its sealed cursor.
    pub(crate) fn of(log: my_log::Log, next: Option<String>) -> Self {
        let day =
            |day: my_log::Day| Day { date: day.date, lines: day.lines.into_iter().map(Into::into).collect() };
        Self { days: log.days.into_iter().map(day).collect(), next }
    }
}

impl From<my_log::LogLine> for LogLine {
    fn from(line: my_log::LogLine) -> Self {
        let kind = match line.kind {
            my_log::LookKind::Own => "own",
            my_log::LookKind::Treatment => "treatment",
            my_log::LookKind::Emergency => "emergency",
            my_log::LookKind::Pharmacy => "pharmacy",
            my_log::LookKind::Administration => "administration",
            my_log::LookKind::Refused => "refused",
        };
        Self {
            at: line.at,
            kind,
            who: line.who,
            role: line.role.into(),
            place: line.place,
            on_behalf_of: line.on_behalf_of,
            reason: line.reason,
            what: line.what.into(),
            ground: line.ground.into(),
            r#use: line.use_name,
            records: line.records,
            clause: line.clause,
            due_at: line.due_at,
            times: line.times,
            kept: line.kept.map(Into::into),
        }
    }
}

impl From<my_log::KeptLonger> for Kept {
    fn from(kept: my_log::KeptLonger) -> Self {
        let my_log::KeptLonger { at, role, case, reason, years } = kept;
        Self { at, role: role.into(), case: case.into(), reason, years }
    }
}

/// What is kept, till when, and why.
#[derive(Serialize, ToSchema)]
pub(crate) struct PlanOfErasure {
    /// In plain groups.
    groups: Vec<Group>,
    /// The next day on which something goes.
    #[serde(skip_serializing_if = "Option::is_none")]
    next: Option<Date>,
}

/// The records of one register.
#[derive(Serialize, ToSchema)]
struct Group {
    /// The register.
    register: String,
    /// Its title.
    title: Words,
    /// What the notice says.
    #[serde(skip_serializing_if = "Option::is_none")]
    says: Option<Words>,
    /// The rule as it is run.
    rule: String,
    /// Rules of the acceptance table.
    states: Vec<String>,
    /// The controller's own choice, where the notice is silent.
    #[serde(skip_serializing_if = "Option::is_none")]
    unstated: Option<Words>,
    /// What is kept.
    items: Vec<Item>,
}

/// A record, or some that share their day.
#[derive(Serialize, ToSchema)]
struct Item {
    /// The record, if it is one.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[schema(value_type = Option<String>)]
    record: Option<WireId<Record>>,
    /// How many.
    records: usize,
    /// What it is.
    what: Words,
    /// When it goes.
    #[serde(skip_serializing_if = "Option::is_none")]
    due_at: Option<Timestamp>,
    /// What happens then.
    #[serde(skip_serializing_if = "Option::is_none")]
    happens: Option<&'static str>,
    /// Why it is kept till then.
    why: Words,
}

impl From<what_goes_when::PlanOfErasure> for PlanOfErasure {
    fn from(plan: what_goes_when::PlanOfErasure) -> Self {
        Self { groups: plan.groups.into_iter().map(Into::into).collect(), next: plan.next }
    }
}

impl From<what_goes_when::Group> for Group {
    fn from(group: what_goes_when::Group) -> Self {
        Self {
            register: group.register,
            title: group.title.into(),
            says: group.says.map(Into::into),
            rule: group.rule,
            states: group.states,
            unstated: group.unstated.map(Into::into),
            items: group.items.into_iter().map(Into::into).collect(),
        }
    }
}

impl From<what_goes_when::Item> for Item {
    fn from(item: what_goes_when::Item) -> Self {
        Self {
            record: item.record.map(Into::into),
            records: item.records,
            what: item.what.into(),
            due_at: item.due_at,
            happens: item.happens.map(notice::clock::Verb::word),
            why: item.why.into(),
        }
    }
}
