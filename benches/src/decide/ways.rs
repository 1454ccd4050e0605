//! What other engines must be told in their own words: who, when, and all ways in which a condition is met.

use std::collections::BTreeSet;

use jiff::civil::Date;
use jiff::tz::TimeZone;
use notice::policy::{Condition, Use};
use notice::{Fact, Policy};

/// Names of the roles that a use is for, the narrower ones among them.
pub(crate) fn roles_of(policy: &Policy, one: &Use) -> Vec<String> {
    let fitting = policy.roles.iter().filter(|role| role.is.iter().any(|wider| one.who.contains(wider)));
    fitting.map(|role| role.said.id.clone()).collect()
}

/// Names of the roles for which an authorisation must be known to hold.
pub(crate) fn authorised_roles(policy: &Policy) -> BTreeSet<String> {
    let wider =
        |id: &notice::policy::RoleId| policy.roles.get(id.index()).is_some_and(|wider| wider.authorised);
    let needing = policy.roles.iter().filter(|role| role.is.iter().any(wider));
    needing.map(|role| role.said.id.clone()).collect()
}

/// First second of the notice, and the first after it, in Danish civil time.
pub(crate) fn in_force(policy: &Policy, one: &Use) -> (i64, i64) {
    let valid = policy.notices.get(one.notice.index()).map(|notice| notice.valid).unwrap_or_default();
    let second = |date: Date| {
        let zoned = TimeZone::posix("CET-1CEST,M3.5.0,M10.5.0/3").and_then(|zone| date.to_zoned(zone)).ok();
        zoned.map(|zoned| zoned.timestamp().as_second())
    };
    (
        valid.from.and_then(second).unwrap_or(i64::MIN / 4),
        valid.until.and_then(second).unwrap_or(i64::MAX / 4),
    )
}

/// Whether a part of a condition stands under a `not`.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(crate) enum Wanted {
    Holds,
    HoldsNot,
}

impl Wanted {
    const fn other(self) -> Self {
        match self {
            Self::Holds => Self::HoldsNot,
            Self::HoldsNot => Self::Holds,
        }
    }
}

/// All ways in which a condition is met.
pub(crate) fn spread(condition: &Condition, wanted: Wanted) -> Vec<Vec<(Fact, bool)>> {
    match (condition, wanted) {
        (Condition::Always, Wanted::Holds) => vec![Vec::new()],
        (Condition::Always, Wanted::HoldsNot) => Vec::new(),
        (Condition::Holds(fact), _) => vec![vec![(*fact, wanted == Wanted::Holds)]],
        (Condition::Not(inner), _) => spread(inner, wanted.other()),
        (Condition::All(parts), Wanted::Holds) | (Condition::Any(parts), Wanted::HoldsNot) => {
            parts.iter().fold(vec![Vec::new()], |ways, part| {
                let more = spread(part, wanted);
                ways.iter()
                    .flat_map(|way| more.iter().map(|next| [way.clone(), next.clone()].concat()))
                    .collect()
            })
        }
        (Condition::Any(parts), Wanted::Holds) | (Condition::All(parts), Wanted::HoldsNot) => {
            parts.iter().flat_map(|part| spread(part, wanted)).collect()
        }
    }
}
