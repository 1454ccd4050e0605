//! From the compiled policy to the document: every construct of the notice becomes one item.

use super::view::{FieldView, Item, ItemKind, NoticeView, PartyView, Section, SectionId, Time};
use super::words::{
    citation, class_words, clock_words, condition_words, event, list, plain, say, sentence, verb_words,
    within,
};
use crate::decide::Verb;
use crate::policy::{
    FieldId, FieldMask, Notice, NoticeId, Party, Policy, Register, Right, Said, Scope, Share, Use,
};
use crate::text::Lang;

/// The article of the right to complain, which has a section of its own.
const COMPLAINT: &str = "gdpr:77";

/// A notice in one language; `None` for an id of another policy.
#[must_use]
pub fn view(policy: &Policy, id: NoticeId, lang: Lang) -> Option<NoticeView> {
    let notice = policy.notice(id)?;
    let composer = Composer { policy, id, notice, lang };
    let said = &notice.said;
    Some(NoticeView {
        schema: "hjemmel/notice/1",
        id: said.id.clone(),
        lang,
        version: policy.version.to_string(),
        title: said.title.get(lang).to_owned(),
        intro: said.says.as_ref().map(|says| says.get(lang).to_owned()),
        promises: said.states.clone(),
        valid_from: notice.valid.from,
        valid_until: notice.valid.until,
        source: notice.source.clone(),
        controller: composer.controller(),
        supervisor: composer.supervisor(),
        sections: composer.sections(),
    })
}

struct Composer<'a> {
    policy: &'a Policy,
    id: NoticeId,
    notice: &'a Notice,
    lang: Lang,
}

impl<'a> Composer<'a> {
    const fn say(&self, da: &'static str, en: &'static str) -> &'static str {
        say(self.lang, da, en)
    }

    /// This notice, and the one that bears the controller's id and holds what all its notices share.
    fn covers(&self, notice: NoticeId) -> bool {
        notice == self.id || self.policy.notice_id(&self.notice.controller) == Some(notice)
    }

    fn sections(&self) -> Vec<Section> {
        let section =
            |id: SectionId| Section { id, title: id.title(self.lang).to_owned(), items: self.items(id) };
        SectionId::ALL.into_iter().map(section).filter(|section| !section.items.is_empty()).collect()
    }

    fn items(&self, section: SectionId) -> Vec<Item> {
        let mut items = match section {
            SectionId::What => {
                self.registers().into_iter().map(|register| self.register(register)).collect::<Vec<_>>()
            }
            SectionId::Why => self.why(),
            SectionId::Who => self.who(),
            SectionId::Yourself => self.uses(Audience::Citizen),
            SectionId::HowLong => {
                self.registers().into_iter().filter_map(|register| self.keep(register)).collect()
            }
            SectionId::Rights => self.rights(|article| article != COMPLAINT),
            SectionId::Care => self.care(),
            SectionId::Complaint => self.rights(|article| article == COMPLAINT),
        };
        items.iter_mut().for_each(|item| item.promises.dedup());
        items
    }

    fn item(&self, kind: ItemKind, said: &Said) -> Item {
        Item {
            anchor: format!("{}-{}", kind.word(), said.id),
            kind,
            id: said.id.clone(),
            title: said.title.get(self.lang).to_owned(),
            text: said.says.as_ref().map(|says| says.get(self.lang).to_owned()),
            facts: Vec::new(),
            fields: Vec::new(),
            laws: Vec::new(),
            time: None,
            condition: None,
            unstated: said.unstated.as_ref().map(|unstated| unstated.get(self.lang).to_owned()),
            promises: said.states.clone(),
            file: said.place.file.to_string(),
        }
    }

    fn fact(&self, da: &'static str, en: &'static str, value: impl Into<String>) -> (String, String) {
        (self.say(da, en).to_owned(), value.into())
    }

    fn registers(&self) -> Vec<&'a Register> {
        let id = self.id;
        in_order(self.policy.registers.iter().filter(move |register| register.notice == id), |register| {
            &register.said
        })
    }

    fn register(&self, register: &Register) -> Item {
        let mut item = self.item(ItemKind::Register, &register.said);
        // Silence is mostly about time; it is printed once, with the rule.
        item.unstated = None;
        item.facts.push(self.fact("Om", "About", self.roles_named(&register.about)));
        item.facts.push(self.fact("Hvorfor", "Why", self.purposes(&register.purposes)));
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

    fn roles_named(&self, names: &[String]) -> String {
        let title = |name: &String| match self.policy.role_id(name).and_then(|id| self.policy.role(id)) {
            Some(role) => within(role.said.title.get(self.lang)),
            None => plain(name),
        };
        list(self.lang, &names.iter().map(title).collect::<Vec<_>>(), ("og", "and"))
    }

    fn purposes(&self, names: &[String]) -> String {
        let title = |name: &String| match self.policy.purpose(name) {
            Some(purpose) => within(purpose.said.title.get(self.lang)),
            None => plain(name),
        };
        names.iter().map(title).collect::<Vec<_>>().join("; ")
    }

    fn why(&self) -> Vec<Item> {
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

    fn who(&self) -> Vec<Item> {
        let mut items = self.uses(Audience::Others);
        let shares = self.policy.shares.iter().filter(|share| share.notice == self.id);
        items.extend(in_order(shares, |share| &share.said).into_iter().map(|share| self.share(share)));
        items
    }

    fn uses(&self, audience: Audience) -> Vec<Item> {
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
        item.condition = condition_words(&used.when, self.lang);
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
        if !looks {
            return;
        }
        let whole = used.of.iter().all(|scope| scope.private_fields == scope.fields);
        let none = used.of.iter().all(|scope| scope.private_fields.is_empty());
        let value = if whole {
            self.say("vises også", "is shown too").to_owned()
        } else if none {
            self.say("vises ikke", "is not shown").to_owned()
        } else {
            let shown = used.of.iter().filter(|scope| !scope.private_fields.is_empty());
            let shown: Vec<_> = shown.map(|scope| self.scope(scope, scope.private_fields)).collect();
            format!("{} {}", self.say("kun", "only"), list(self.lang, &shown, ("og", "and")))
        };
        item.facts.push(self.fact("Det, der er gjort privat", "What was made private", value));
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
        let of: Vec<_> = registers.map(|register| self.shared_fields(share, register)).collect();
        item.facts.push(self.fact("Til", "To", to));
        item.facts.push(self.fact("Hvad", "What", list(self.lang, &of, ("og", "and"))));
        item.facts.push(self.fact("Hvorfor", "Why", self.purposes(std::slice::from_ref(&share.purpose))));
        if let Some(condition) = &share.condition {
            item.facts.push(self.fact("Når", "When", condition.get(self.lang)));
        }
        item.laws = share.instrument.iter().map(|law| citation(self.policy, law, self.lang)).collect();
        item
    }

    fn shared_fields(&self, share: &Share, register: &Register) -> String {
        let title = within(register.said.title.get(self.lang));
        let own = register.said.id.rsplit('.').next().unwrap_or_default();
        let named = |name: &str| {
            share.fields.iter().any(|field| {
                field.rsplit_once('.').is_some_and(|(owner, field)| {
                    field == name && (owner == own || owner == register.said.id)
                })
            })
        };
        let fields = register.fields.iter().filter(|field| named(&field.name));
        let fields: Vec<_> = fields.map(|field| within(field.title.get(self.lang))).collect();
        if fields.is_empty() {
            title
        } else {
            format!("{title} ({})", list(self.lang, &fields, ("og", "and")))
        }
    }

    fn keep(&self, register: &Register) -> Option<Item> {
        let clock = self.policy.clocks.get(register.clock)?;
        let mut item = self.item(ItemKind::Clock, &clock.said);
        item.time = Some(Time {
            words: clock_words(self.policy, &clock.rule, self.lang),
            rule: clock.rule.to_string(),
            seed: clock.seed.clone(),
        });
        Some(item)
    }

    fn rights(&self, wanted: impl Fn(&str) -> bool) -> Vec<Item> {
        let rights =
            self.policy.rights.iter().filter(|right| self.covers(right.notice) && wanted(&right.article));
        in_order(rights, |right| &right.said).into_iter().map(|right| self.right(right)).collect()
    }

    fn right(&self, right: &Right) -> Item {
        let mut item = self.item(ItemKind::Right, &right.said);
        let channels =
            right.channels.iter().map(|channel| channel.get(self.lang).to_owned()).collect::<Vec<_>>();
        item.facts.push(self.fact("Sådan gør du", "How to", channels.join("; ")));
        if right.article != COMPLAINT {
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
            item.laws.push(citation(self.policy, law, self.lang));
        }
        item.laws.insert(0, citation(self.policy, &right.article, self.lang));
        item
    }

    fn care(&self) -> Vec<Item> {
        let measures = self.policy.measures.iter().filter(|measure| self.covers(measure.notice));
        let measures = in_order(measures, |measure| &measure.said);
        let mut items: Vec<_> =
            measures.into_iter().map(|measure| self.item(ItemKind::Measure, &measure.said)).collect();
        let processors = self
            .policy
            .parties
            .iter()
            .filter(|party| party.kinds.iter().any(|kind| kind.ends_with("processor")));
        items.extend(
            in_order(processors, |party| &party.said)
                .into_iter()
                .map(|party| self.item(ItemKind::Party, &party.said)),
        );
        items
    }

    fn controller(&self) -> PartyView {
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

    fn supervisor(&self) -> Option<PartyView> {
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

/// For whom a use is.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Audience {
    Citizen,
    Others,
}

/// In the order in which they stand in their files.
fn in_order<'a, T: 'a>(items: impl Iterator<Item = &'a T>, said: impl Fn(&T) -> &Said) -> Vec<&'a T> {
    let mut items: Vec<_> = items.collect();
    items.sort_by(|a, b| {
        let (a, b) = (said(a), said(b));
        a.place.file.cmp(&b.place.file).then(a.place.span.start.cmp(&b.place.span.start))
    });
    items
}
