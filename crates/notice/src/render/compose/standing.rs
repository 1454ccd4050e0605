//! What a person can demand, from whom, and how the house looks after its data: rights, measures, parties.

use super::{Composer, in_order};
use crate::policy::{Party, Right};
use crate::render::prints::desk::{processors, rights};
use crate::render::view::{Item, ItemKind, PartyView};
use crate::render::words::{citation, clock_words, plain};

/// The rights whose answers GDPR art. 12(3) gives a time: articles 15 to 22.
fn answered_in_time(article: &str) -> bool {
    let number = article.strip_prefix("gdpr:").and_then(|rest| rest.split('(').next());
    number.and_then(|number| number.parse::<u8>().ok()).is_some_and(|number| (15..=22).contains(&number))
}

impl Composer<'_> {
    pub(super) fn rights(&self, wanted: impl Fn(&str) -> bool) -> Vec<Item> {
        let rights = rights(self.policy, self.id).into_iter();
        rights.filter(|right| wanted(&right.article)).map(|right| self.right(right)).collect()
    }

    fn right(&self, right: &Right) -> Item {
        let mut item = self.item(ItemKind::Right, &right.said);
        let channels =
            right.channels.iter().map(|channel| channel.get(self.lang).to_owned()).collect::<Vec<_>>();
        item.facts.push(self.fact("Sådan gør du", "How to", channels.join("; ")));
        if matches!(right.article.as_str(), "gdpr:13" | "gdpr:14") {
            item.facts.push(self.fact("Hvornår", "When", self.informed(&right.article)));
        } else if right.promise.is_some() || answered_in_time(&right.article) {
            let words = clock_words(self.policy, &right.deadline(), self.lang);
            let words = words.trim_start_matches(self.say("gennemgås ", "reviewed ")).to_owned();
            let whose = match right.promise {
                Some(_) => "",
                None => self.say(" (lovens frist)", " (the law's time limit)"),
            };
            item.facts.push(self.fact("Svar", "Answer", format!("{words}{whose}")));
        }
        for (text, law) in &right.limits {
            item.facts.push(self.fact("Grænser", "Limits", text.get(self.lang)));
            item.laws.extend(law.split("; ").map(|law| citation(self.policy, law, self.lang)));
        }
        item.laws.insert(0, citation(self.policy, &right.article, self.lang));
        item
    }

    /// When a person is told without asking: GDPR art. 13(1) and 14(3).
    fn informed(&self, article: &str) -> &'static str {
        if article == "gdpr:13" {
            return self.say("når vi får oplysningerne fra dig", "when we get the data from you");
        }
        self.say(
            "hurtigst muligt og senest en måned efter, at vi fik oplysningerne; før, hvis vi skriver til dig eller giver dem videre",
            "as soon as possible, and within one month of our getting the data; earlier if we write to you or pass them on",
        )
    }

    pub(super) fn care(&self) -> Vec<Item> {
        let measures = self.policy.measures.iter().filter(|measure| self.covers(measure.notice));
        let measures = in_order(measures, |measure| &measure.said);
        let mut items: Vec<_> =
            measures.into_iter().map(|measure| self.item(ItemKind::Measure, &measure.said)).collect();
        let processors = processors(self.policy, self.notice).into_iter();
        items.extend(processors.map(|party| self.item(ItemKind::Party, &party.said)));
        items
    }

    pub(super) fn controller(&self) -> PartyView {
        match self.policy.party(&self.notice.controller) {
            Some(party) => self.party(party),
            None => PartyView {
                id: self.notice.controller.clone(),
                title: plain(&self.notice.controller),
                text: None,
                officer: None,
                contact: Vec::new(),
                successor: None,
                promises: Vec::new(),
            },
        }
    }

    pub(super) fn supervisor(&self) -> Option<PartyView> {
        let mut parties = self.policy.parties.iter();
        let found = parties.find(|party| party.kinds.iter().any(|kind| kind == "supervisory-authority"))?;
        Some(self.party(found))
    }

    fn party(&self, party: &Party) -> PartyView {
        let successor = party.successor.as_deref().and_then(|id| self.policy.party(id));
        PartyView {
            id: party.said.id.clone(),
            title: party.said.title.get(self.lang).to_owned(),
            text: party.said.says.as_ref().map(|says| says.get(self.lang).to_owned()),
            officer: party.officer.clone(),
            contact: party
                .contact
                .iter()
                .map(|(label, value)| (label.get(self.lang).to_owned(), value.clone()))
                .collect(),
            successor: successor.map(|party| party.said.title.get(self.lang).to_owned()),
            promises: party.said.states.clone(),
        }
    }
}
