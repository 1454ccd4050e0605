//! A citizen sees what is held about her, when it goes, and why it is kept till then.

use notice::clock::StageStatus;
use notice::policy::RegisterId;
use notice::{Bilingual, Policy, Reading, Target};
use register::{Clocked, Line, Stage};

use super::{Group, Item, PlanOfErasure, Standing, what};
use crate::call::civil_day;
use crate::words::both;
use crate::{Call, Nothing, why};

/// Use of the notice.
pub const USE: &str = "nsp.read-own-plan-of-erasure";

/// The use of the medicine record.
const MEDICINE_USE: &str = "fmk.read-own-plan-of-erasure";
/// The register of the lines of the log.
const LOG: &str = "nsp.mylog";
/// Lines are counted by pages, up to so many pages.
const LINES_PAGE: usize = 500;
const PAGES_MAX: usize = 40;

/// What is asked for.
#[derive(Clone, Debug)]
pub struct Request {}

/// Why not.
pub type Error = crate::Error;

/// A citizen sees what is held about her, when it goes, and why it is kept till then.
///
/// # Errors
/// Refused, or what was sent cannot be taken.
pub fn run(at: &Call<'_>, Request {}: Request) -> Result<PlanOfErasure, Error> {
    let mut clocked = Vec::new();
    for use_name in [USE, MEDICINE_USE] {
        let grant = at.ask::<Reading, Nothing>(use_name, Target::Person(at.me()), None)?;
        clocked.extend(at.register.read_clocks(at.call, grant)?);
    }
    let lines = lines(at)?;
    let policy = at.register.policy();
    let names = covered(policy);
    let groups: Vec<Group> =
        names.into_iter().map(|register| group(policy, register, &clocked, &lines)).collect();
    let next = groups.iter().flat_map(|group| &group.items).filter_map(|item| item.due_at).min();
    Ok(PlanOfErasure { groups, next: next.map(civil_day) })
}

/// Every register that the two uses cover, in the order of the notices.
fn covered(policy: &Policy) -> Vec<RegisterId> {
    let scopes = [MEDICINE_USE, USE].into_iter().filter_map(|name| policy.use_(policy.use_id(name)?));
    scopes.flat_map(|used| used.of.iter().map(|scope| scope.register)).collect()
}

fn group(policy: &Policy, id: RegisterId, clocked: &[Clocked], lines: &[Line]) -> Group {
    let name = policy.register_name(id);
    let clock = policy.clock_of(id);
    let mut items: Vec<Item> = clocked
        .iter()
        .filter(|clocked| clocked.record.register == id)
        .map(|clocked| item(policy, clocked))
        .collect();
    if name == LOG {
        items.extend(log_item(lines));
    }
    items.sort_by_key(|item| (item.due_at.is_none(), item.due_at));
    let said = policy.register(id).map(|register| &register.said);
    Group {
        register: name.to_owned(),
        title: said.map(|said| said.title.clone()).unwrap_or_default(),
        says: said.and_then(|said| said.says.clone()),
        rule: clock.map(|clock| clock.rule.to_string()).unwrap_or_default(),
        states: said.map(|said| said.states.clone()).unwrap_or_default(),
        unstated: said.and_then(|said| said.unstated.clone()),
        items,
    }
}

fn item(policy: &Policy, clocked: &Clocked) -> Item {
    // The stage that comes next says what happens and why not before.
    let next = clocked.stages.iter().find(|stage| !stage.status.is_over());
    Item {
        record: Some(clocked.record.id),
        records: 1,
        what: what::of(policy, &clocked.record),
        standing: standing(clocked),
        due_at: next.and_then(|stage: &StageStatus| stage.status.date()),
        happens: next.map(|stage| stage.verb),
        why: why::of(policy, clocked, next),
    }
}

fn standing(clocked: &Clocked) -> Standing {
    match clocked.record.stage {
        _late if clocked.late => Standing::Late,
        Stage::Open => Standing::InUse,
        Stage::Restricted => Standing::Restricted,
        Stage::Blocked => Standing::Blocked,
        // What is erased is not read: the word stands for what is only on its way.
        Stage::Archived | Stage::Erased => Standing::Archived,
    }
}

/// The lines of the log stand for one entry: each goes on its own day.
fn log_item(lines: &[Line]) -> Option<Item> {
    let first = lines.iter().filter_map(|line| line.due_at).min()?;
    Some(Item {
        record: None,
        records: lines.len(),
        what: what_lines(lines.len()),
        standing: Standing::InUse,
        due_at: Some(first),
        happens: Some(notice::clock::Verb::Erase),
        why: both(
            "hver linje slettes 2 år efter, at den er skrevet; et særligt tilfælde efter 5 år",
            "each line is erased 2 years after it was written; a special case after 5 years",
        ),
    })
}

fn what_lines(lines: usize) -> Bilingual {
    both(
        format!("{lines} linjer om, hvem der har set dine oplysninger"),
        format!("{lines} lines on who has seen your data"),
    )
}

fn lines(at: &Call<'_>) -> Result<Vec<Line>, Error> {
    let mut lines: Vec<Line> = Vec::new();
    for _ in 0..PAGES_MAX {
        let grant = at.ask::<Reading, Nothing>(USE, Target::Person(at.me()), None)?;
        let before = lines.last().map(|line| line.number);
        let page = at.register.lines_about(at.call, grant, before, LINES_PAGE)?;
        let last = page.len() < LINES_PAGE;
        lines.extend(page);
        if last {
            break;
        }
    }
    Ok(lines)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::testing::Country;

    #[test]
    fn each_group_says_when_it_goes_and_why_not_before() {
        // proves rule F-15, rule F-16
        let country = Country::new();
        country.prescribes(country.nancy, "Amlodipin", "C08CA01");
        let plan = country.act(&country.citizen(country.nancy), |at| run(at, Request {})).unwrap();
        let group = |name: &str| plan.groups.iter().find(|group| group.register == name).unwrap();
        let order = &group("fmk.order").items[0];
        assert!(order.what.en.starts_with("Amlodipin, from "));
        assert_eq!(order.due_at, Some("2028-11-21T09:00:00Z".parse().unwrap()));
        assert_eq!(order.why.en, "erased 2 years after the medicine was ordered");
        assert!(group("nsp.basic").items[0].why.en.contains("has not happened"));
        assert!(group("nsp.mylog").items[0].records > 0);
        assert!(group("fmk.order").states.contains(&"F-15".to_owned()));
    }

    #[test]
    fn what_is_past_its_day_is_in_the_plan_no_more_swept_or_not() {
        let country = Country::new();
        country.prescribes(country.nancy, "Amlodipin", "C08CA01");
        let orders = || {
            let plan = country.act(&country.citizen(country.nancy), |at| run(at, Request {})).unwrap();
            plan.groups.iter().find(|group| group.register == "fmk.order").unwrap().items.len()
        };
        country.house.clock.pass_until("2028-11-21T08:59:59Z".parse().unwrap());
        assert_eq!(orders(), 1);
        country.house.clock.pass_until("2028-11-21T09:00:00Z".parse().unwrap());
        assert_eq!(orders(), 0);
    }

    #[test]
    fn nobody_else_sees_it() {
        let country = Country::new();
        let doctor = country.act(&country.doctor(), |at| run(at, Request {}));
        assert!(matches!(doctor, Err(Error::Refused(_))));
    }
}
