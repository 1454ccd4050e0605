//! What the prints ask of the policy about one notice, in the words of one language.
//!
//! Invariant: nothing here is guessed from a text; everything follows from what the program does.

use std::collections::{BTreeMap, BTreeSet};

use super::super::compose::in_order;
use super::super::document::{Document, Line};
use super::super::words::{
    citation, clock_words, country_words, list, plain, say, sentence, shared_fields, within,
};
use crate::decide::Verb;
use crate::policy::{
    Class, Clock, FROM_SUBJECT, Measure, Notice, NoticeId, Party, Policy, Purpose, Register, RegisterId,
    Right, Share, Use,
};
use crate::text::{Bilingual, Lang};

/// The right to complain, which prints name apart from the others.
pub(super) const COMPLAINT: &str = "gdpr:77";

/// One notice on the desk of whoever makes a print of it.
#[derive(Clone, Copy)]
pub(crate) struct Desk<'a> {
    pub(crate) policy: &'a Policy,
    pub(crate) id: NoticeId,
    pub(crate) notice: &'a Notice,
    pub(crate) lang: Lang,
}

impl<'a> Desk<'a> {
    /// `None` for an id of another policy.
    pub(crate) fn open(policy: &'a Policy, id: NoticeId, lang: Lang) -> Option<Self> {
        Some(Self { policy, id, notice: policy.notice(id)?, lang })
    }

    pub(crate) const fn say<'t>(&self, da: &'t str, en: &'t str) -> &'t str {
        say(self.lang, da, en)
    }

    pub(crate) fn pair(
        &self,
        da: &'static str,
        en: &'static str,
        value: impl Into<String>,
    ) -> (String, String) {
        (self.say(da, en).to_owned(), value.into())
    }

    pub(crate) fn told<'t>(&self, text: &'t Bilingual) -> &'t str {
        text.get(self.lang)
    }

    /// `a, b og c`
    pub(crate) fn and(&self, items: &[String]) -> String {
        list(self.lang, items, ("og", "and"))
    }

    pub(crate) fn title(&self) -> &'a str {
        self.notice.said.title.get(self.lang)
    }

    /// An empty print of this notice.
    pub(crate) fn document(&self, kind: &'static str, title: String, about: Option<String>) -> Document {
        Document {
            schema: "hjemmel/print/1",
            kind,
            notice: self.notice.said.id.clone(),
            lang: self.lang,
            version: self.policy.version.to_string(),
            title,
            about,
            blocks: Vec::new(),
            sheets: Vec::new(),
        }
    }

    /// This notice, and the one that bears the controller's id and holds what all its notices share.
    fn covers(&self, notice: NoticeId) -> bool {
        notice == self.id || self.policy.shared_with(self.id) == Some(notice)
    }

    pub(crate) fn registers(&self) -> Vec<(RegisterId, &'a Register)> {
        let own = self.policy.register_ids().filter(|(_, register)| register.notice == self.id);
        let mut own: Vec<_> = own.collect();
        own.sort_by_key(|(_, register)| register.said.place.span.start);
        own
    }

    pub(crate) fn purposes(&self) -> Vec<&'a Purpose> {
        in_order(self.policy.purposes.iter().filter(|it| it.notice == self.id), |it| &it.said)
    }

    pub(crate) fn uses(&self) -> Vec<&'a Use> {
        in_order(self.policy.uses.iter().filter(|it| it.notice == self.id), |it| &it.said)
    }

    pub(crate) fn shares(&self) -> Vec<&'a Share> {
        in_order(self.policy.shares.iter().filter(|it| it.notice == self.id), |it| &it.said)
    }

    /// The rights of a person towards this controller, without the right to complain.
    pub(crate) fn rights(&self) -> Vec<&'a Right> {
        let mut all = rights(self.policy, self.id);
        all.retain(|it| it.article != COMPLAINT);
        all
    }

    pub(crate) fn complaint(&self) -> Option<&'a Right> {
        rights(self.policy, self.id).into_iter().find(|it| it.article == COMPLAINT)
    }

    pub(crate) fn measures(&self) -> Vec<&'a Measure> {
        in_order(self.policy.measures.iter().filter(|it| self.covers(it.notice)), |it| &it.said)
    }

    pub(crate) fn controller(&self) -> Option<&'a Party> {
        self.policy.party(&self.notice.controller)
    }

    pub(crate) fn controller_title(&self) -> String {
        self.party_title(&self.notice.controller)
    }

    pub(crate) fn supervisor(&self) -> Option<&'a Party> {
        self.policy.parties.iter().find(|party| is(party, "supervisory-authority"))
    }

    /// Those who decide together with the controller.
    pub(crate) fn joint(&self) -> Vec<&'a Party> {
        self.notice.joint.iter().filter_map(|id| self.policy.party(id)).collect()
    }

    /// The essence of the arrangement between them.
    pub(crate) fn arrangement(&self) -> Option<&'a Bilingual> {
        self.notice.arrangement.as_ref()
    }

    /// Those who work for the controller in this notice.
    pub(crate) fn processors(&self) -> Vec<&'a Party> {
        processors(self.policy, self.notice)
    }

    pub(crate) fn party_title(&self, id: &str) -> String {
        self.policy
            .party(id)
            .map_or_else(|| sentence(&plain(id)), |party| self.told(&party.said.title).to_owned())
    }

    pub(crate) fn country(&self, party: &Party) -> String {
        country_words(&party.country, self.lang)
    }

    /// Label and value of what is known of a party.
    pub(crate) fn contact(&self, party: &Party) -> Vec<(String, String)> {
        let mut pairs: Vec<_> =
            party.contact.iter().map(|(label, value)| (self.told(label).to_owned(), value.clone())).collect();
        let known = party.contact.iter().any(|(_, value)| Some(value) == party.officer.as_ref());
        match &party.officer {
            Some(officer) if !known => {
                pairs.push(self.pair(
                    "Databeskyttelsesrådgiver",
                    "Data protection officer",
                    officer.as_str(),
                ));
            }
            Some(_) | None => {}
        }
        pairs
    }

    /// The roles of those whom a register is about.
    pub(crate) fn about(&self, register: &Register) -> Vec<String> {
        register.about.iter().map(|name| self.role_title(name)).collect()
    }

    pub(crate) fn role_title(&self, name: &str) -> String {
        let role = self.policy.role_id(name).and_then(|id| self.policy.role(id));
        role.map_or_else(|| plain(name), |role| within(self.told(&role.said.title)))
    }

    pub(crate) fn purpose_title(&self, name: &str) -> String {
        self.policy.purpose(name).map_or_else(|| plain(name), |it| self.told(&it.said.title).to_owned())
    }

    /// Titles of the fields of some classes.
    pub(crate) fn fields(&self, register: &Register, classes: &[Class]) -> Vec<String> {
        let fields = register.fields.iter().filter(|field| classes.contains(&field.class));
        fields.map(|field| self.told(&field.title).to_owned()).collect()
    }

    pub(crate) fn clock(&self, register: &Register) -> Option<&'a Clock> {
        self.policy.clocks.get(register.clock)
    }

    /// The retention rules of this notice that are no register's own.
    pub(crate) fn other_clocks(&self) -> Vec<&'a Clock> {
        other_clocks(self.policy, self.notice)
    }

    /// When the data of a register goes, as a sentence.
    pub(crate) fn keep(&self, register: &Register) -> String {
        self.clock(register).map_or_else(String::new, |clock| self.clock_sentence(clock))
    }

    pub(crate) fn clock_sentence(&self, clock: &Clock) -> String {
        format!("{}.", sentence(&clock_words(self.policy, &clock.rule, self.lang)))
    }

    pub(crate) fn law(&self, reference: &str) -> Line {
        Line::law(citation(self.policy, reference, self.lang))
    }

    /// The numbers of some grounds in law: `databeskyttelsesforordningen, artikel 6, stk. 1, litra e; ...`
    pub(crate) fn numbers(&self, references: &[String]) -> String {
        let numbers = references.iter().map(|reference| citation(self.policy, reference, self.lang).number);
        numbers.collect::<Vec<_>>().join("; ")
    }

    /// Every ground of the registers of this notice, once.
    pub(crate) fn grounds(&self) -> Vec<&'a str> {
        let mut seen = BTreeSet::new();
        let all = self.registers().into_iter().flat_map(|(_, register)| &register.basis).map(String::as_str);
        all.filter(|ground| seen.insert(*ground)).collect()
    }

    /// Whether something here rests on consent.
    pub(crate) fn on_consent(&self) -> bool {
        self.grounds().into_iter().any(|ground| matches!(ground, "gdpr:6(1)(a)" | "gdpr:9(2)(a)"))
    }

    /// Disclosures to a country outside the EEA.
    pub(crate) fn abroad(&self) -> Vec<(&'a Share, &'a Party)> {
        let to = |share: &'a Share| Some((share, self.policy.party(&share.to)?));
        self.shares()
            .into_iter()
            .filter_map(to)
            .filter(|(_, to)| crate::check::is_abroad(&to.country))
            .collect()
    }

    /// Processors outside the EEA.
    pub(crate) fn processors_abroad(&self) -> Vec<&'a Party> {
        let mut processors = self.processors();
        processors.retain(|party| crate::check::is_abroad(&party.country));
        processors
    }

    /// What a disclosure hands over: `recepter (status og dosering) og udleveringer`.
    pub(crate) fn shared(&self, share: &Share) -> String {
        let registers = share.of.iter().filter_map(|id| self.policy.register(*id));
        let parts: Vec<_> = registers.map(|it| shared_fields(share, it, self.lang)).collect();
        self.and(&parts)
    }

    /// Whom the disclosed data is about.
    pub(crate) fn shared_about(&self, share: &Share) -> String {
        let registers = share.of.iter().filter_map(|id| self.policy.register(*id));
        let mut about = Vec::new();
        for role in registers.filter_map(|register| register.about.first()) {
            let title = self.role_title(role);
            if !about.contains(&title) {
                about.push(title);
            }
        }
        self.and(&about)
    }

    /// Where the data of a register comes from: as stated, else the roles that may write it, else the system.
    pub(crate) fn from(&self, id: RegisterId, register: &Register) -> String {
        let stated = register.from.iter().map(|name| match name.as_str() {
            FROM_SUBJECT => self.say("dig selv", "yourself").to_owned(),
            party => self.party_title(party),
        });
        let stated: Vec<_> = stated.collect();
        if !stated.is_empty() {
            return self.and(&stated);
        }
        let writers = self.writers(id);
        if writers.is_empty() {
            self.say("systemet selv", "the system itself").to_owned()
        } else {
            self.and(&writers)
        }
    }

    /// The roles that may write a register.
    pub(crate) fn writers(&self, register: RegisterId) -> Vec<String> {
        let writes = |used: &&Use| {
            used.may.contains(&Verb::Create) && used.of.iter().any(|scope| scope.register == register)
        };
        let mut roles = Vec::new();
        for role in self.policy.uses.iter().filter(writes).flat_map(|used| &used.who) {
            let title = self.role_title(self.policy.role_name(*role));
            if !roles.contains(&title) {
                roles.push(title);
            }
        }
        roles
    }

    /// Registers with the same rule, under that rule.
    pub(crate) fn kept_alike(&self) -> Vec<(String, Vec<String>)> {
        let mut order = Vec::new();
        let mut alike: BTreeMap<String, Vec<String>> = BTreeMap::new();
        for (_, register) in self.registers() {
            let words = self
                .clock(register)
                .map_or_else(String::new, |clock| clock_words(self.policy, &clock.rule, self.lang));
            let titles = alike.entry(words.clone()).or_default();
            if titles.is_empty() {
                order.push(words);
            }
            titles.push(within(self.told(&register.said.title)));
        }
        order.into_iter().filter_map(|words| alike.remove(&words).map(|titles| (words, titles))).collect()
    }

    /// Where the published notice says nothing and the controller has chosen: title and words.
    pub(crate) fn chosen(&self) -> Vec<(String, String)> {
        let own = |notice: NoticeId| notice == self.id;
        let said = self.policy.registers.iter().filter(|it| own(it.notice)).map(|it| &it.said);
        let said = said.chain(self.policy.uses.iter().filter(|it| own(it.notice)).map(|it| &it.said));
        let said = said.chain(self.policy.shares.iter().filter(|it| own(it.notice)).map(|it| &it.said));
        let said = said.chain(self.policy.rights.iter().filter(|it| own(it.notice)).map(|it| &it.said));
        let said = said.chain(self.policy.measures.iter().filter(|it| own(it.notice)).map(|it| &it.said));
        let said = said.chain(self.other_clocks().into_iter().map(|it| &it.said));
        let said = said.chain(std::iter::once(&self.notice.said));
        said.filter_map(|said| {
            let words = said.unstated.as_ref()?;
            Some((self.told(&said.title).to_owned(), self.told(words).to_owned()))
        })
        .collect()
    }
}

/// The rights of a notice: its own, and of those that its controller lists for all its notices the ones that it does
/// not list itself.
pub(crate) fn rights(policy: &Policy, id: NoticeId) -> Vec<&Right> {
    let shared = policy.shared_with(id);
    let own = |right: &&Right| right.notice == id;
    let listed = |article: &str| policy.rights.iter().filter(own).any(|right| right.article == article);
    let applies = |right: &&Right| own(right) || (Some(right.notice) == shared && !listed(&right.article));
    in_order(policy.rights.iter().filter(applies), |right| &right.said)
}

/// Those who work for the controller of a notice in that notice.
pub(crate) fn processors<'a>(policy: &'a Policy, notice: &Notice) -> Vec<&'a Party> {
    let works = |party: &&Party| {
        is_processor(party) && (party.works_for.is_empty() || party.works_for.contains(&notice.said.id))
    };
    in_order(policy.parties.iter().filter(works), |party| &party.said)
}

/// The retention rules that stand in a notice's file and are no register's own, whatever notice they are named after.
pub(crate) fn other_clocks<'a>(policy: &'a Policy, notice: &Notice) -> Vec<&'a Clock> {
    let own = policy.clocks.iter().filter(|clock| {
        clock.said.place.file == notice.said.place.file
            && policy.registers.iter().all(|register| register.said.id != clock.said.id)
    });
    in_order(own, |clock| &clock.said)
}

pub(crate) fn is(party: &Party, kind: &str) -> bool {
    party.kinds.iter().any(|own| own == kind)
}

fn is_processor(party: &Party) -> bool {
    is(party, "processor") || is(party, "sub-processor")
}
