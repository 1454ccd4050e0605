//! Somebody sees what is kept about herself, when it goes, and who has looked.

use jiff::Timestamp;
use notice::{Bilingual, Policy, Reading, Target};
use register::{Line, Outcome};

use super::due::Due;
use super::{Entry, Form, Wanted, due, entries, leave};
use crate::words::same;
use crate::{Call, Nothing};

/// What is asked for.
#[derive(Clone, Copy, Debug, Default)]
pub struct Request {
    /// Lines before this number; the latest if `None`.
    pub before: Option<u64>,
    /// How many lines at most, up to 500.
    pub limit: usize,
}

/// What is kept about a person in one register.
#[derive(Clone)]
pub struct Own {
    /// The entries.
    pub entries: Vec<Entry>,
    /// When each goes, and why not before.
    pub due: Vec<Due>,
    /// Who has looked or was refused, the latest first.
    pub looks: Vec<Look>,
    /// Where the next page of looks begins, if there is one.
    pub more_before: Option<u64>,
}

/// One line of the log, as the person sees it.
#[derive(Clone)]
pub struct Look {
    /// When.
    pub at: Timestamp,
    /// Who.
    pub who: String,
    /// In which role.
    pub role: Bilingual,
    /// Where.
    pub place: Option<String>,
    /// What was done, as the notice calls it.
    pub what: Bilingual,
    /// Why the notice allows it: the purpose.
    pub ground: Bilingual,
    /// The reason that was written.
    pub reason: Option<String>,
    /// How it ended.
    pub outcome: Outcome,
    /// How often: refusals of the same kind within an hour share a line.
    pub times: u64,
    /// When the line goes.
    pub due_at: Option<Timestamp>,
}
crate::redacted::redacted!(Own, Look);

/// Why not.
pub type Error = crate::Error;

/// Most lines on one page.
const LINES_MAX: usize = 500;

/// Somebody sees what is kept about herself, when it goes, and who has looked: one look, one line.
///
/// # Errors
/// Refused.
pub fn run(at: &Call<'_>, form: &Form, request: Request) -> Result<Own, Error> {
    let policy = at.register.policy();
    let target = Target::Person(at.me());
    let limit = request.limit.clamp(1, LINES_MAX);
    let grant = leave::<Reading, Nothing>(at, form, Wanted::Own, target)?;
    let register::Own { records, lines } = at.register.read_own(at.call, grant, request.before, limit)?;
    let own = records.iter().filter(|one| !one.late).map(|one| one.record.clone()).collect();
    let entries = entries(own, form.id());
    let due = due::of(policy, form, records);
    let more_before = (lines.len() == limit).then(|| lines.last().map(|line| line.number)).flatten();
    // Other registers of the notice may share the log.
    let of_this = |line: &&Line| form.uses.iter().any(|(id, _)| *id == line.use_id);
    let looks = lines.iter().filter(of_this).map(|line| Look::of(policy, line)).collect();
    Ok(Own { entries, due, looks, more_before })
}

impl Look {
    fn of(policy: &Policy, line: &Line) -> Self {
        let trace = line.trace.reveal();
        let used = policy.use_(line.use_id);
        let role = policy.role_id(&trace.role).and_then(|role| policy.role(role));
        let ground = used.and_then(|used| policy.purpose(&used.purpose));
        Self {
            at: line.at,
            who: trace.who.clone(),
            role: role.map_or_else(|| same(&*trace.role), |role| role.said.title.clone()),
            place: trace.organisation.clone(),
            what: used.map(|used| used.said.title.clone()).unwrap_or_default(),
            ground: ground.map(|purpose| purpose.said.title.clone()).unwrap_or_default(),
            reason: trace.reason.clone(),
            outcome: line.outcome,
            times: line.times,
            due_at: line.due_at,
        }
    }
}
