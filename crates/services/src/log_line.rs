//! A line of the access log in plain words, for whoever may read it.

use jiff::Timestamp;
use notice::{Bilingual, Policy};
use register::{Kept, Line, Outcome};

use crate::call::civil_day;
use crate::words::same;

/// What kind of look it was.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum LookKind {
    /// The person herself, or somebody who acts for her.
    Own,
    /// For her treatment.
    Treatment,
    /// Under emergency access.
    Emergency,
    /// At a pharmacy.
    Pharmacy,
    /// By an authority or a system.
    Administration,
    /// Somebody tried and was refused.
    Refused,
}

/// One line of the log.
#[derive(Clone)]
pub struct LogLine {
    /// Its number.
    pub number: u64,
    /// When.
    pub at: Timestamp,
    /// What kind of look.
    pub kind: LookKind,
    /// Who.
    pub who: String,
    /// In which role.
    pub role: Bilingual,
    /// Where; `None` where it is withheld or not known.
    pub place: Option<String>,
    /// On whose behalf.
    pub on_behalf_of: Option<String>,
    /// The written reason.
    pub reason: Option<String>,
    /// What the notice calls it.
    pub what: Bilingual,
    /// Why the notice allows it: the purpose.
    pub ground: Bilingual,
    /// Full name of the use.
    pub use_name: String,
    /// How many records.
    pub records: u32,
    /// How often: refusals of the same kind within an hour share a line.
    pub times: u64,
    /// The clause that refused.
    pub clause: Option<String>,
    /// When the line goes.
    pub due_at: Option<Timestamp>,
    /// Why it is kept longer than other lines, if it is.
    pub kept: Option<KeptLonger>,
}

/// A decision that a line is kept longer than others.
#[derive(Clone)]
pub struct KeptLonger {
    /// When it was decided.
    pub at: Timestamp,
    /// By whom: the role.
    pub role: Bilingual,
    /// What the notice calls the case; reads after "if".
    pub case: Bilingual,
    /// The written reason; `None` where it is withheld.
    pub reason: Option<String>,
    /// For how many years the line is kept, counted from the look.
    pub years: i16,
}
crate::redacted::redacted!(LogLine, KeptLonger);

/// Which parts of a line its reader may see.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(crate) enum Shown {
    /// All of it.
    Whole,
    /// Neither who nor where: nobody finds a child or a parent through the log (threats T9).
    WithoutWhoAndWhere,
}

/// Lines as one sees them who may see all of each.
pub(crate) fn whole_lines(policy: &Policy, lines: &[Line]) -> Vec<LogLine> {
    lines.iter().map(|line| LogLine::of(policy, line, Shown::Whole)).collect()
}

impl LogLine {
    pub(crate) fn of(policy: &Policy, line: &Line, shown: Shown) -> Self {
        let trace = line.trace.reveal();
        let used = policy.use_(line.use_id);
        let whole = shown == Shown::Whole;
        let ground = used.and_then(|used| policy.purpose(&used.purpose));
        Self {
            number: line.number,
            at: line.at,
            kind: kind(policy, line, &trace.role),
            who: if whole { trace.who.clone() } else { String::new() },
            role: role_words(policy, &trace.role),
            place: trace.organisation.clone().filter(|_| whole),
            on_behalf_of: trace.on_behalf_of.clone().filter(|_| whole),
            reason: trace.reason.clone().filter(|_| whole),
            what: used.map(|used| used.said.title.clone()).unwrap_or_default(),
            ground: ground.map(|purpose| purpose.said.title.clone()).unwrap_or_default(),
            use_name: policy.use_name(line.use_id).to_owned(),
            records: trace.records,
            times: line.times,
            clause: trace.clause.clone(),
            due_at: line.due_at,
            kept: line.kept.as_ref().map(|kept| KeptLonger::of(policy, line, kept, shown)),
        }
    }
}

impl KeptLonger {
    fn of(policy: &Policy, line: &Line, kept: &Kept, shown: Shown) -> Self {
        let flag = policy.flag(&kept.flag);
        let reason = kept.reason.as_ref().filter(|_| shown == Shown::Whole);
        let due_at = line.due_at.unwrap_or(line.at);
        Self {
            at: kept.at,
            role: role_words(policy, &kept.role),
            case: flag.map_or_else(|| same(&*kept.flag), |flag| flag.said.title.clone()),
            reason: reason.map(|reason| reason.reveal().clone()),
            years: civil_day(due_at).year() - civil_day(line.at).year(),
        }
    }
}

/// What the notice calls a role.
fn role_words(policy: &Policy, name: &str) -> Bilingual {
    let role = policy.role_id(name).and_then(|role| policy.role(role));
    role.map_or_else(|| same(name), |role| role.said.title.clone())
}

fn kind(policy: &Policy, line: &Line, role: &str) -> LookKind {
    match line.outcome {
        Outcome::Refused => return LookKind::Refused,
        Outcome::Emergency => return LookKind::Emergency,
        Outcome::Granted => {}
    }
    let is = |name: &str| {
        let Some(wide) = policy.role_id(name) else { return false };
        policy.role_id(role).and_then(|id| policy.role(id)).is_some_and(|own| own.is.contains(&wide))
    };
    if is("citizen") {
        LookKind::Own
    } else if is("health-professional") {
        LookKind::Treatment
    } else if is("pharmacy-staff") {
        LookKind::Pharmacy
    } else {
        LookKind::Administration
    }
}
