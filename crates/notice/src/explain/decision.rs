//! Why a use was granted or refused: every demand in reading order, what was wanted, what was found.

use crate::decide::{Fact, Facts, Mode, Question};
use crate::diagnostic::position;
use crate::policy::{Condition, Place, Policy, RoleId, Use, UseId};
use crate::source::SourceFile;
use crate::text::{Bilingual, Lang};

use super::words;

/// The explanation of one decision.
#[derive(Clone, Debug)]
pub struct Explanation {
    /// The use, by its full name.
    pub use_name: String,
    /// Its title.
    pub title: Bilingual,
    /// Whether it was granted.
    pub granted: bool,
    /// Every demand, in reading order.
    pub steps: Vec<Step>,
    /// The condition as a whole.
    pub condition: Condition,
    /// What a person who is refused is told.
    pub refused: Option<Bilingual>,
    /// Lawful ways forward: full name and title.
    pub instead: Vec<(String, Bilingual)>,
}

/// One demand of a use.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Step {
    /// What is demanded.
    pub demand: Demand,
    /// What was found of the role, the verb, the day or the fact.
    pub found: Found,
    /// Whether the demand is met as far as it goes; in a condition with `or` not every step must be.
    pub met: bool,
    /// Where the clause stands.
    pub place: Place,
}

/// What a use demands.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Demand {
    /// One of these roles.
    Role {
        /// The roles of the use.
        any_of: Vec<RoleId>,
        /// Their titles.
        titles: Vec<Bilingual>,
    },
    /// That the use may do what is asked for.
    Verb,
    /// That the notice is in force on the day.
    InForce,
    /// That a fact holds.
    Holds(Fact),
    /// That a fact does not hold.
    HoldsNot(Fact),
}

/// What was found.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Found {
    /// It is so.
    Yes,
    /// It is not so.
    No,
    /// Nobody knows, which counts as not met.
    Unknown,
}

impl From<Option<bool>> for Found {
    fn from(known: Option<bool>) -> Self {
        match known {
            Some(true) => Self::Yes,
            Some(false) => Self::No,
            None => Self::Unknown,
        }
    }
}

impl Step {
    /// Whether the demand is so: for a fact that must not hold the reverse of what was found of the fact.
    #[must_use]
    pub const fn answer(&self) -> Found {
        match (&self.demand, self.found) {
            (Demand::HoldsNot(_), Found::Yes) => Found::No,
            (Demand::HoldsNot(_), Found::No) => Found::Yes,
            (_, found) => found,
        }
    }
}

impl Policy {
    /// Why a question is answered as it is; `None` for a use of another policy.
    #[must_use]
    pub fn explain<M: Mode>(&self, question: &Question) -> Option<Explanation> {
        let used = self.use_(question.use_id)?;
        let granted = match self.decide::<M>(question) {
            crate::Decision::Granted(_) => true,
            crate::Decision::Refused(_) => false,
        };
        let mut steps = self.standing_steps::<M>(question, used);
        condition_steps(&used.when, Polarity::Holds, question.facts, &used.clauses.when, &mut steps);
        if used.step_up {
            steps.push(fact_step(Fact::FreshLogin, Polarity::Holds, question.facts, &used.said.place));
        }
        Some(Explanation {
            use_name: used.said.id.clone(),
            title: used.said.title.clone(),
            granted,
            steps,
            condition: used.when.clone(),
            refused: used.refused.clone(),
            instead: used.instead.iter().filter_map(|id| self.way(*id)).collect(),
        })
    }

    fn way(&self, id: UseId) -> Option<(String, Bilingual)> {
        self.use_(id).map(|used| (used.said.id.clone(), used.said.title.clone()))
    }

    /// Role, verb, day, authorisation.
    fn standing_steps<M: Mode>(&self, question: &Question, used: &Use) -> Vec<Step> {
        let yes_no = |demand, met: bool, place: &Place| Step {
            demand,
            found: Found::from(Some(met)),
            met,
            place: place.clone(),
        };
        let role = self.role(question.actor.role);
        let titles =
            used.who.iter().filter_map(|id| self.role(*id)).map(|role| role.said.title.clone()).collect();
        let demand = Demand::Role { any_of: used.who.clone(), titles };
        let has_role = role.is_some_and(|role| role.reach & used.who_mask != 0);
        let verb = used.may.iter().any(|verb| M::VERBS.contains(verb));
        let notice = self.notice(used.notice);
        let in_force = notice.is_some_and(|notice| notice.in_force.contains(&question.now));
        let notice_place = notice.map_or(&used.said.place, |notice| &notice.said.place);
        let mut steps = vec![
            yes_no(demand, has_role, &used.clauses.who),
            yes_no(Demand::Verb, verb, &used.clauses.may),
            yes_no(Demand::InForce, in_force, notice_place),
        ];
        if let Some(role) = role.filter(|role| role.needs_authorisation) {
            steps.push(fact_step(Fact::Authorised, Polarity::Holds, question.facts, &role.said.place));
        }
        steps
    }
}

/// Whether a part of a condition must hold or must not.
#[derive(Clone, Copy)]
enum Polarity {
    Holds,
    HoldsNot,
}

fn condition_steps(
    condition: &Condition,
    polarity: Polarity,
    facts: Facts,
    place: &Place,
    steps: &mut Vec<Step>,
) {
    match condition {
        Condition::Always => {}
        Condition::Holds(fact) => steps.push(fact_step(*fact, polarity, facts, place)),
        Condition::Not(inner) => {
            let other = match polarity {
                Polarity::Holds => Polarity::HoldsNot,
                Polarity::HoldsNot => Polarity::Holds,
            };
            condition_steps(inner, other, facts, place, steps);
        }
        Condition::All(all) | Condition::Any(all) => {
            all.iter().for_each(|part| condition_steps(part, polarity, facts, place, steps));
        }
    }
}

fn fact_step(fact: Fact, polarity: Polarity, facts: Facts, place: &Place) -> Step {
    let known = facts.get(fact);
    let (demand, met) = match polarity {
        Polarity::Holds => (Demand::Holds(fact), known == Some(true)),
        Polarity::HoldsNot => (Demand::HoldsNot(fact), known == Some(false)),
    };
    Step { demand, found: Found::from(known), met, place: place.clone() }
}

impl Explanation {
    /// The explanation as lines of text; `files` give the numbers of lines.
    #[must_use]
    pub fn text(&self, lang: Lang, files: &[SourceFile]) -> String {
        let mut lines = vec![words::verdict(self.granted, &self.use_name, self.title.get(lang), lang)];
        for step in &self.steps {
            let (line, _) = position(files, &step.place);
            let mark = if step.met { "+" } else { "-" };
            let wanted = words::demand(&step.demand, lang);
            let found = words::found(step.answer(), lang);
            lines.push(format!("  {mark} {wanted}: {found} ({}:{line})", step.place.file));
        }
        if self.condition != Condition::Always {
            lines.push(format!("  {}: {}", words::condition(lang), self.condition));
        }
        if !self.granted {
            lines.extend(self.refused.iter().map(|told| told.get(lang).to_owned()));
            let ways = self.instead.iter().map(|(name, title)| words::way(name, title.get(lang), lang));
            lines.extend(ways);
        }
        lines.join("\n")
    }
}
