//! What is held, why, and for how long: registers, purposes, grounds, clocks.

use super::{Composer, in_order};
use crate::policy::{Clock, Register};
use crate::render::prints::desk::other_clocks;
use crate::render::view::{FieldView, Item, ItemKind, Time};
use crate::render::words::{citation, class_words, clock_words, within};

impl Composer<'_> {
    pub(super) fn register(&self, register: &Register) -> Item {
        let mut item = self.item(ItemKind::Register, &register.said);
        // Silence is mostly about time; it is printed once, with the rule.
        item.unstated = None;
        item.facts.push(self.fact("Om", "About", self.roles_named(&register.about)));
        item.facts.push(self.fact("Hvorfor", "Why", self.purposes(&register.purposes)));
        if register.unnamed {
            let words = self.say(
                "Ingen, heller ikke os. Vi kan derfor ikke finde dig i det, når du spørger; kan du selv vise, hvad der er dit, skal du bare skrive det (GDPR artikel 11)",
                "Nobody, not even us. So we cannot find you in it when you ask; if you can show yourself what is yours, just write it (GDPR article 11)",
            );
            item.facts.push(self.fact("Hvem kan finde dig", "Who can find you", words));
        }
        item.fields = register
            .fields
            .iter()
            .map(|field| FieldView {
                name: field.name.clone(),
                title: field.title.get(self.lang).to_owned(),
                class: class_words(field.class, self.lang).to_owned(),
            })
            .collect();
        item.laws = register.basis.iter().map(|basis| citation(self.policy, basis, self.lang)).collect();
        item
    }

    pub(super) fn why(&self) -> Vec<Item> {
        let own = self.policy.purposes.iter().filter(|purpose| purpose.notice == self.id);
        let mut items: Vec<_> = in_order(own, |purpose| &purpose.said)
            .into_iter()
            .map(|purpose| self.item(ItemKind::Purpose, &purpose.said))
            .collect();
        if !self.notice.laws.is_empty() {
            let mut law = self.item(ItemKind::Law, &self.notice.said);
            law.title = self.say("Det bygger vi på", "What we rest on").to_owned();
            law.text = None;
            law.laws = self.notice.laws.iter().map(|law| citation(self.policy, law, self.lang)).collect();
            items.push(law);
        }
        items
    }

    pub(super) fn keep(&self, register: &Register) -> Option<Item> {
        let clock = self.policy.clocks.get(register.clock)?;
        let mut item = self.item(ItemKind::Clock, &register.said);
        // The sentence stands with the register; here stands what the clock does.
        item.text = None;
        if clock.said.id != register.said.id {
            let rule = within(clock.said.title.get(self.lang));
            item.facts.push(self.fact("Følger reglen om", "Follows the rule on", rule));
        }
        item.time = Some(self.time(clock));
        Some(item)
    }

    /// The rules that are no register's own: those that several registers share, or the end of a whole system.
    pub(super) fn other_clocks(&self) -> Vec<Item> {
        let item = |clock| Item { time: Some(self.time(clock)), ..self.item(ItemKind::Clock, &clock.said) };
        other_clocks(self.policy, self.notice).into_iter().map(item).collect()
    }

    fn time(&self, clock: &Clock) -> Time {
        Time {
            words: clock_words(self.policy, &clock.rule, self.lang),
            rule: clock.rule.to_string(),
            seed: clock.seed.clone(),
        }
    }
}
