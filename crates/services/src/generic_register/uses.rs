//! Which use of the notice a call goes by: that of the caller's role which covers the register and allows the verb.

use notice::policy::{ClauseId, Condition, Use};
use notice::{Fact, Refusal, Verb};

use super::Form;
use crate::Call;

/// What somebody wants to do.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Wanted<'a> {
    /// See the list.
    Search,
    /// See somebody's entry.
    Read,
    /// See one's own.
    Own,
    /// Add an entry.
    Create,
    /// Correct an entry.
    Correct,
    /// Say that this event has happened.
    Raise(&'a str),
}

impl Wanted<'_> {
    const fn verb(self) -> Verb {
        match self {
            Self::Search => Verb::Search,
            Self::Read | Self::Own => Verb::Read,
            Self::Create => Verb::Create,
            Self::Correct => Verb::Correct,
            Self::Raise(_) => Verb::Raise,
        }
    }

    fn fits(self, used: &Use) -> bool {
        let own = asks_for_self(&used.when);
        let of_the_kind = match self {
            Self::Own => own,
            Self::Search => !own,
            Self::Raise(event) => used.raises.iter().any(|raised| raised == event),
            Self::Read | Self::Create | Self::Correct => true,
        };
        of_the_kind && used.may.contains(&self.verb())
    }
}

/// The uses of the caller's role that fit, in the order of the notice, those without a condition first.
pub(super) fn in_role<'a>(
    at: &'a Call<'_>,
    form: &'a Form,
    wanted: Wanted<'a>,
) -> impl Iterator<Item = &'static str> + 'a {
    let policy = at.register.policy();
    let mine: Vec<_> = policy.uses_of(at.call.caller.actor.role).collect();
    let mut fitting: Vec<_> = form
        .uses
        .iter()
        .filter(|(id, _)| mine.contains(id))
        .filter_map(|(id, name)| policy.use_(*id).filter(|used| wanted.fits(used)).map(|used| (used, *name)))
        .collect();
    fitting.sort_by_key(|(used, _)| used.when != Condition::Always);
    fitting.into_iter().map(|(_, name)| name)
}

/// Whether the role may read an entry of somebody else.
pub(super) fn reads_others(at: &Call<'_>, form: &Form) -> bool {
    let policy = at.register.policy();
    let others = |name: &str| {
        let used = policy.use_id(name).and_then(|id| policy.use_(id));
        used.is_some_and(|used| !asks_for_self(&used.when))
    };
    in_role(at, form, Wanted::Read).any(others)
}

/// The uses to ask leave for. Who has none is refused under one that others have, so that the refusal has its line.
pub(super) fn to_ask(at: &Call<'_>, form: &Form, wanted: Wanted<'_>) -> Vec<&'static str> {
    let fitting: Vec<_> = in_role(at, form, wanted).collect();
    if !fitting.is_empty() {
        return fitting;
    }
    let policy = at.register.policy();
    let mine: Vec<_> = policy.uses_of(at.call.caller.actor.role).collect();
    let foreign = form.uses.iter().find(|(id, _)| {
        !mine.contains(id) && policy.use_(*id).is_some_and(|used| used.may.contains(&wanted.verb()))
    });
    foreign.map(|(_, name)| *name).into_iter().collect()
}

/// The refusal where the notice allows this to nobody: there is no use to ask leave for.
pub(super) fn allowed_to_nobody(at: &Call<'_>, form: &Form) -> Option<Refusal> {
    let policy = at.register.policy();
    let mine = policy.uses_of(at.call.caller.actor.role).find(|id| form.uses.iter().any(|(of, _)| of == id));
    // Threats T6: whoever has no part in the register is not told what is here.
    let clause = if mine.is_some() { ClauseId::Verb } else { ClauseId::Role };
    let use_id = mine.or_else(|| form.uses.first().map(|(id, _)| *id))?;
    Some(Refusal { use_id, clause, instead: Vec::new() })
}

/// Whether a condition speaks of the person herself.
pub(super) fn asks_for_self(condition: &Condition) -> bool {
    match condition {
        Condition::Always | Condition::Not(_) => false,
        Condition::Holds(fact) => *fact == Fact::Myself,
        Condition::All(all) => all.iter().any(asks_for_self),
        // One of several ways: the person's own look is one of them.
        Condition::Any(all) => all.iter().any(asks_for_self),
    }
}
