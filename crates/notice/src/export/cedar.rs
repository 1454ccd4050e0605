//! The compiled policy as Cedar policies, so that an engine that we did not write can check our decisions.
//!
//! | here | in Cedar |
//! |---|---|
//! | role | `Role::"doctor"`, in its wider roles as parents |
//! | use | `Action::"fmk.read-card"` |
//! | person, record, query | `Resource::"any"`: conditions speak of facts, never of a row |
//! | mode of the call | `context.mode`, `"reading"` or `"writing"` |
//! | time | `context.now`, seconds since 1970 in UTC |
//! | fact that holds | a member of `context.holds` |
//! | fact that does not hold | a member of `context.fails` |
//! | fact that is not known | in neither set |
//!
//! Conditions have three values and Cedar's have two. So each condition is written as *it holds for certain*:
//! `treats` becomes `context.holds.contains("treats")`, `not treats` becomes `context.fails.contains("treats")`,
//! and `not` is pushed down to the facts. A question that our engine grants is one that Cedar allows, and no other.

use std::fmt::Write as _;

use jiff::Timestamp;

use crate::decide::{Fact, Mode, Question, Verb};
use crate::policy::{Condition, Policy, Use};

/// An entity of the hierarchy: `Role::"doctor"` and its parents.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct RoleEntity {
    /// The role.
    pub id: String,
    /// Every wider role.
    pub parents: Vec<String>,
}

/// A request in plain data.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Request {
    /// `Role::"..."`
    pub principal: String,
    /// `Action::"..."`
    pub action: String,
    /// `Resource::"any"`
    pub resource: &'static str,
    /// `context.mode`
    pub mode: &'static str,
    /// `context.now`
    pub now: i64,
    /// `context.holds`
    pub holds: Vec<&'static str>,
    /// `context.fails`
    pub fails: Vec<&'static str>,
}

/// The name of the only resource.
pub const ANY: &str = "any";

const READING: &str = "reading";
const WRITING: &str = "writing";

/// The name of a mode.
fn mode_name(verbs: &[Verb]) -> &'static str {
    if verbs.contains(&Verb::Read) { READING } else { WRITING }
}

/// The whole policy as text; one `permit` for each use and role.
#[must_use]
pub fn policies(policy: &Policy) -> String {
    let mut text = String::new();
    for used in &policy.uses {
        for role in used.who.iter().map(|id| policy.role_name(*id)) {
            let (name, demands) = (&used.said.id, demands(policy, used).join(" &&\n  "));
            // Writing to a string does not fail.
            let _ = writeln!(
                text,
                "permit(principal in Role::\"{role}\", action == Action::\"{name}\", resource) when {{\n  {demands}\n}};"
            );
        }
    }
    text + &authorisations(policy)
}

/// Whoever acts in a role that needs an authorisation must have one.
fn authorisations(policy: &Policy) -> String {
    let authorised = policy.roles.iter().filter(|role| role.authorised);
    let forbid = |role: &crate::policy::Role| {
        format!(
            "forbid(principal in Role::\"{}\", action, resource) unless {{ {} }};\n",
            role.said.id,
            certain(&Condition::Holds(Fact::Authorised))
        )
    };
    authorised.map(forbid).collect()
}

/// The hierarchy of roles.
#[must_use]
pub fn roles(policy: &Policy) -> Vec<RoleEntity> {
    let name = |id: &crate::policy::RoleId| policy.role_name(*id).to_owned();
    let entity = |role: &crate::policy::Role| RoleEntity {
        id: role.said.id.clone(),
        parents: role.is.iter().map(name).filter(|id| *id != role.said.id).collect(),
    };
    policy.roles.iter().map(entity).collect()
}

/// A question as a request.
#[must_use]
pub fn request<M: Mode>(policy: &Policy, question: &Question) -> Request {
    let known = |wanted: bool| {
        let facts = Fact::ALL.into_iter().filter(move |fact| question.facts.get(*fact) == Some(wanted));
        facts.map(Fact::word).collect()
    };
    Request {
        principal: policy.role_name(question.actor.role).to_owned(),
        action: policy.use_name(question.use_id).to_owned(),
        resource: ANY,
        mode: mode_name(M::VERBS),
        now: question.now.as_second(),
        holds: known(true),
        fails: known(false),
    }
}

fn demands(policy: &Policy, used: &Use) -> Vec<String> {
    let reading = used.may.iter().any(|verb| <crate::Reading as Mode>::VERBS.contains(verb));
    let writing = used.may.iter().any(|verb| <crate::Writing as Mode>::VERBS.contains(verb));
    let mode = match (reading, writing) {
        (true, true) => None,
        (true, false) => Some(format!("context.mode == \"{READING}\"")),
        (false, _) => Some(format!("context.mode == \"{WRITING}\"")),
    };
    let mut demands: Vec<_> = mode.into_iter().collect();
    if let Some(notice) = policy.notice(used.notice) {
        let bounds = &notice.in_force;
        if bounds.start != Timestamp::MIN {
            demands.push(format!("context.now >= {}", bounds.start.as_second()));
        }
        if bounds.end != Timestamp::MAX {
            demands.push(format!("context.now < {}", bounds.end.as_second()));
        }
    }
    demands.push(certain(&used.when));
    if used.step_up {
        demands.push(certain(&Condition::Holds(Fact::FreshLogin)));
    }
    demands
}

/// The condition holds for certain.
fn certain(condition: &Condition) -> String {
    match condition {
        Condition::Always => "true".to_owned(),
        Condition::Holds(fact) => format!("context.holds.contains(\"{}\")", fact.word()),
        Condition::Not(inner) => impossible(inner),
        Condition::All(all) => joined(all, " && ", "true", certain),
        Condition::Any(all) => joined(all, " || ", "false", certain),
    }
}

/// The condition fails for certain.
fn impossible(condition: &Condition) -> String {
    match condition {
        Condition::Always => "false".to_owned(),
        Condition::Holds(fact) => format!("context.fails.contains(\"{}\")", fact.word()),
        Condition::Not(inner) => certain(inner),
        Condition::All(all) => joined(all, " || ", "false", impossible),
        Condition::Any(all) => joined(all, " && ", "true", impossible),
    }
}

fn joined(all: &[Condition], sign: &str, empty: &str, write: fn(&Condition) -> String) -> String {
    if all.is_empty() {
        return empty.to_owned();
    }
    format!("({})", all.iter().map(write).collect::<Vec<_>>().join(sign))
}
