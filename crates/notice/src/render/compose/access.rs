//! Who sees it: uses and disclosures.

use super::{Composer, MADE_PRIVATE, in_order};
use crate::decide::Verb;
use crate::policy::{FieldId, FieldMask, RegisterId, Scope, Share, Use};
use crate::render::view::{Item, ItemKind};
use crate::render::words::{
    citation, condition_words, event, list, own_condition_words, plain, sentence, shared_fields, verb_words,
    within,
};

/// For whom a use is.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(super) enum Audience {
    Citizen,
    Others,
}

impl Composer<'_> {
    pub(super) fn who(&self) -> Vec<Item> {
        let mut items = self.uses(Audience::Others);
        let shares = self.policy.shares.iter().filter(|share| share.notice == self.id);
        items.extend(in_order(shares, |share| &share.said).into_iter().map(|share| self.share(share)));
        items
    }

    pub(super) fn uses(&self, audience: Audience) -> Vec<Item> {
        let own =
            self.policy.uses.iter().filter(|used| used.notice == self.id && self.audience(used) == audience);
        in_order(own, |used| &used.said).into_iter().map(|used| self.used(used)).collect()
    }

    /// A use that only citizens have is something that people do themselves.
    fn audience(&self, used: &Use) -> Audience {
        let citizen = self.policy.role_id("citizen");
        if used.who.iter().all(|role| Some(*role) == citizen) { Audience::Citizen } else { Audience::Others }
    }

    fn used(&self, used: &Use) -> Item {
        let mut item = self.item(ItemKind::Use, &used.said);
        let who: Vec<_> = used
            .who
            .iter()
            .filter_map(|role| self.policy.role(*role))
            .map(|role| within(role.said.title.get(self.lang)))
            .collect();
        let said = used.may.iter().filter(|verb| **verb != Verb::Raise || used.may.len() == 1);
        let may: Vec<_> = said.map(|verb| verb_words(*verb, self.lang).to_owned()).collect();
        item.facts.push(self.fact("Hvem", "Who", sentence(&list(self.lang, &who, ("eller", "or")))));
        item.facts.push(self.fact("Må", "May", list(self.lang, &may, ("og", "and"))));
        item.facts.push(self.fact("Hvad", "What", self.scopes(&used.of)));
        item.condition = match self.audience(used) {
            Audience::Citizen => own_condition_words(&used.when, self.lang),
            Audience::Others => condition_words(&used.when, self.lang),
        };
        if let Some(condition) = &item.condition {
            item.facts.push(self.fact("Når", "When", condition.clone()));
        }
        item.facts.push(self.fact("Hvorfor", "Why", self.purposes(std::slice::from_ref(&used.purpose))));
        let events: Vec<_> = used.raises.iter().map(|name| event(self.policy, name, self.lang)).collect();
        if !events.is_empty() {
            item.facts.push(self.fact("Kan melde, at", "Can report that", events.join("; ")));
        }
        self.private(used, &mut item);
        self.trace(used, &mut item);
        item
    }

    /// What a use shows of a record that the person has made private.
    fn private(&self, used: &Use, item: &mut Item) {
        let looks = used.may.iter().any(|verb| matches!(verb, Verb::Read | Verb::Search | Verb::Disclose));
        let of: Vec<_> = used.of.iter().filter(|scope| self.can_be_private(scope.register)).collect();
        if !looks || of.is_empty() {
            return;
        }
        let whole = of.iter().all(|scope| scope.private_fields == scope.fields);
        let none = of.iter().all(|scope| scope.private_fields.is_empty());
        let value = if whole {
            self.say("vises også", "is shown too").to_owned()
        } else if none {
            self.say("vises ikke", "is not shown").to_owned()
        } else {
            let shown = of.iter().filter(|scope| !scope.private_fields.is_empty());
            let shown: Vec<_> = shown.map(|scope| self.scope(scope, scope.private_fields)).collect();
            format!("{} {}", self.say("kun", "only"), list(self.lang, &shown, ("og", "and")))
        };
        item.facts.push(self.fact("Det, der er gjort privat", "What was made private", value));
    }

    fn can_be_private(&self, register: RegisterId) -> bool {
        self.policy.uses.iter().any(|used| {
            used.raises.iter().any(|event| event == MADE_PRIVATE)
                && used.of.iter().any(|scope| scope.register == register)
        })
    }

    fn trace(&self, used: &Use, item: &mut Item) {
        if used.step_up {
            let login = self.say("højst fem minutter gammelt", "at most five minutes old");
            item.facts.push(self.fact("Login", "Login", login));
        }
        if let Some(log) = used.log.and_then(|id| self.policy.register(id)) {
            let log = log.said.title.get(self.lang).to_owned();
            item.facts.push(self.fact("Bliver skrevet i", "Is written in", log));
        }
        if let Some(refused) = &used.refused {
            item.facts.push(self.fact(
                "Den, der bliver afvist, får at vide",
                "Who is refused is told",
                refused.get(self.lang),
            ));
        }
        let ways = used.instead.iter().filter_map(|id| self.policy.use_(*id));
        let ways: Vec<_> = ways.map(|way| within(way.said.title.get(self.lang))).collect();
        if !ways.is_empty() {
            item.facts.push(self.fact("Og kan i stedet", "And may instead", ways.join("; ")));
        }
    }

    fn scopes(&self, scopes: &[Scope]) -> String {
        let parts: Vec<_> = scopes.iter().map(|scope| self.scope(scope, scope.fields)).collect();
        list(self.lang, &parts, ("og", "and"))
    }

    /// `recepter`, or `recepter (status og dosering)` where only some fields are covered.
    fn scope(&self, scope: &Scope, mask: FieldMask) -> String {
        let Some(register) = self.policy.register(scope.register) else { return String::new() };
        let title = within(register.said.title.get(self.lang));
        let covered = (0..).map(FieldId).zip(&register.fields).filter(|(id, _)| mask.contains(*id));
        let names: Vec<_> = covered.map(|(_, field)| within(field.title.get(self.lang))).collect();
        if names.len() == register.fields.len() {
            return title;
        }
        format!("{title} ({})", list(self.lang, &names, ("og", "and")))
    }

    fn share(&self, share: &Share) -> Item {
        let mut item = self.item(ItemKind::Share, &share.said);
        let to = self
            .policy
            .party(&share.to)
            .map_or_else(|| plain(&share.to), |to| to.said.title.get(self.lang).to_owned());
        let registers = share.of.iter().filter_map(|id| self.policy.register(*id));
        let of: Vec<_> = registers.map(|register| shared_fields(share, register, self.lang)).collect();
        item.facts.push(self.fact("Til", "To", to));
        item.facts.push(self.fact("Hvad", "What", list(self.lang, &of, ("og", "and"))));
        item.facts.push(self.fact("Hvorfor", "Why", self.purposes(std::slice::from_ref(&share.purpose))));
        if let Some(condition) = &share.condition {
            item.facts.push(self.fact("Når", "When", condition.get(self.lang)));
        }
        item.laws = share.instrument.iter().map(|law| citation(self.policy, law, self.lang)).collect();
        item
    }
}
