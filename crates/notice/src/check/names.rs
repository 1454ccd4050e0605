//! Every name is declared once, and every name that is used is declared.

use std::cell::RefCell;
use std::collections::HashMap;

use super::Check;
use super::codes::{self, Message, Part};
use crate::diagnostic::Diagnostic;
use crate::policy::{FROM_SUBJECT, Names, Place, ROLES_MAX, Said};
use crate::source::Word;
use crate::written::{Corpus, Notice, Register, Right, Share, Use};

/// Gathers the names of each kind.
pub(super) fn gather(corpus: &Corpus, found: &RefCell<Vec<Diagnostic>>) -> Names {
    let notices = &corpus.notices;
    let registers = || notices.iter().flat_map(|notice| &notice.registers).map(|register| &register.said);
    let keeps =
        notices.iter().flat_map(|notice| &notice.registers).filter(|register| register.keep.is_some());
    let list = |kind, all: &mut dyn Iterator<Item = &Said>| table(kind, all, found);
    let names = Names {
        parties: list("party", &mut corpus.parties.iter().map(|it| &it.said)),
        laws: list("law", &mut corpus.laws.iter().map(|it| &it.said)),
        roles: list("role", &mut corpus.roles.iter().map(|it| &it.said)),
        events: list("event", &mut corpus.events.iter().map(|it| &it.said)),
        flags: list("flag", &mut corpus.flags.iter().map(|it| &it.said)),
        notices: list("notice", &mut notices.iter().map(|it| &it.said)),
        purposes: list("purpose", &mut notices.iter().flat_map(|it| &it.purposes).map(|it| &it.said)),
        registers: list("register", &mut registers()),
        uses: list("use", &mut notices.iter().flat_map(|it| &it.uses).map(|it| &it.said)),
        clocks: list("clock", &mut corpus.clocks.iter().map(|it| &it.said).chain(keeps.map(|it| &it.said))),
    };
    list("share", &mut notices.iter().flat_map(|it| &it.shares).map(|it| &it.said));
    list("right", &mut notices.iter().flat_map(|it| &it.rights).map(|it| &it.said));
    list("measure", &mut notices.iter().flat_map(|it| &it.measures).map(|it| &it.said));
    names
}

fn table(
    kind: &str,
    all: &mut dyn Iterator<Item = &Said>,
    found: &RefCell<Vec<Diagnostic>>,
) -> HashMap<String, usize> {
    let mut names = HashMap::new();
    let mut places: HashMap<&str, &Place> = HashMap::new();
    let mut skeletons: HashMap<String, &Said> = HashMap::new();
    for (position, said) in all.enumerate() {
        // A section without an id has been reported.
        if said.id.is_empty() || said.id.ends_with('.') {
            continue;
        }
        if let Some(first) = places.get(said.id.as_str()) {
            let twice = codes::declared_twice(&codes::kind(kind), &said.id);
            let finding = Diagnostic::new(twice, said.place.clone());
            found.borrow_mut().push(finding.second((*first).clone(), codes::declared_here_first()));
            continue;
        }
        places.insert(&said.id, &said.place);
        if let Some(first) = skeletons.insert(skeleton(&said.id), said) {
            let alike = codes::looks_like(&codes::kind(kind), &said.id, &first.id);
            let finding = Diagnostic::new(alike, said.place.clone());
            let label = codes::the_one_that_it_looks_like();
            found.borrow_mut().push(finding.second(first.place.clone(), label));
        }
        names.insert(said.id.clone(), position);
    }
    names
}

/// What a name looks like: names that only a careful eye tells apart have one skeleton (Unicode TR39, within ASCII).
fn skeleton(id: &str) -> String {
    id.replace('0', "o").replace('1', "l").replace("rn", "m").replace("vv", "w")
}

/// The position of a name as a notice writes it: its own, else another's in full.
pub(crate) fn resolve(map: &HashMap<String, usize>, notice: &str, name: &str) -> Option<usize> {
    map.get(&format!("{notice}.{name}")).or_else(|| map.get(name)).copied()
}

/// The register and the field of `register.field`; a field alone belongs to the only register of the section.
pub(crate) fn field_of<'a>(word: &'a str, of: &'a [Word]) -> Option<(&'a str, &'a str)> {
    match (word.rsplit_once('.'), of) {
        (Some(pair), _) => Some(pair),
        (None, [only]) => Some((&only.text, word)),
        (None, _) => None,
    }
}

/// Reports every name that leads nowhere.
pub(super) fn check(check: &Check<'_>) {
    shared(check);
    something_is_said(check);
    for notice in &check.corpus.notices {
        Mentions { check, notice }.all();
    }
}

/// A file that was saved by half leaves a corpus that is in order and says nothing.
fn something_is_said(check: &Check<'_>) {
    if let (true, Some(first)) = (check.corpus.notices.is_empty(), check.corpus.said().next()) {
        check.tell(codes::none_is_a_notice(), &first.place);
    }
    for notice in check.corpus.notices.iter().filter(|notice| notice.is_empty()) {
        check.tell(codes::empty_notice(&notice.said.id), &notice.said.place);
    }
}

fn shared(check: &Check<'_>) {
    let (corpus, names) = (check.corpus, check.names);
    for party in &corpus.parties {
        known(check, codes::no_party, &names.parties, party.successor.as_ref());
        known(check, codes::no_party, &names.parties, party.under.as_ref());
        for word in &party.works_for {
            known(check, codes::no_notice, &names.notices, Some(word));
        }
        party.instrument.iter().for_each(|word| citation(check, word));
    }
    for law in &corpus.laws {
        known(check, codes::no_law, &names.laws, law.successor.as_ref());
    }
    for word in corpus.roles.iter().flat_map(|role| &role.is) {
        known(check, codes::no_role, &names.roles, Some(word));
    }
    let raisers = corpus.events.iter().flat_map(|event| &event.roles);
    for word in raisers.chain(corpus.flags.iter().flat_map(|flag| &flag.roles)) {
        known(check, codes::no_role, &names.roles, Some(word));
    }
    for clock in &corpus.clocks {
        known(check, codes::no_shared_clock, &names.clocks, clock.after.as_ref());
        for word in &clock.of {
            if resolve(&names.registers, clock.notice(), &word.text).is_none() {
                unknown(check, codes::no_register, word, names.registers.keys().map(String::as_str));
            }
        }
    }
    if let Some(role) = corpus.roles.get(ROLES_MAX) {
        check.tell(codes::too_many_roles(&ROLES_MAX), &role.said.place);
    } else {
        circles(check);
    }
    if corpus.notices.iter().map(|notice| notice.uses.len()).sum::<usize>() > usize::from(u16::MAX)
        || corpus.notices.iter().map(|notice| notice.registers.len()).sum::<usize>() > usize::from(u16::MAX)
    {
        let place = corpus.notices.first().map(|notice| &notice.said.place);
        place.into_iter().for_each(|place| check.tell(codes::too_many_uses(&u16::MAX), place));
    }
}

/// A role that is wider than itself.
fn circles(check: &Check<'_>) {
    let wider = |name: &str| {
        let role = check.names.roles.get(name).and_then(|at| check.corpus.roles.get(*at));
        role.into_iter().flat_map(|role| role.is.iter().map(|word| word.text.as_str())).collect::<Vec<_>>()
    };
    for role in &check.corpus.roles {
        let mut reached = Vec::new();
        let mut open = wider(&role.said.id);
        while let Some(next) = open.pop() {
            if !reached.contains(&next) {
                reached.push(next);
                open.extend(wider(next));
            }
        }
        if reached.contains(&role.said.id.as_str()) {
            check.tell(codes::role_circle(&role.said.id), &role.said.place);
        }
    }
}

/// What is said of a name that leads nowhere.
type Nowhere = fn(&dyn Part) -> Message;

fn known(check: &Check<'_>, says: Nowhere, map: &HashMap<String, usize>, word: Option<&Word>) {
    if let Some(word) = word.filter(|word| !map.contains_key(&word.text)) {
        unknown(check, says, word, map.keys().map(String::as_str));
    }
}

fn unknown<'a>(check: &Check<'_>, says: Nowhere, word: &Word, candidates: impl Iterator<Item = &'a str>) {
    let finding = Diagnostic::new(says(&word.text), word.place.clone());
    check.say(finding.meant(check.nearest(&word.text, candidates)));
}

/// Reports a citation `law:provision` that leads nowhere.
pub(super) fn citation(check: &Check<'_>, word: &Word) {
    let Some((law, provision)) = word.text.split_once(':') else {
        let finding = Diagnostic::new(codes::names_no_provision(&word.text), word.place.clone());
        return check.say(finding.help(codes::write_it_like(&"gdpr:6(1)(e)")));
    };
    let Some(law) = check.names.laws.get(law).and_then(|at| check.corpus.laws.get(*at)) else {
        let part = Word { text: law.to_owned(), place: word.place.clone() };
        return unknown(check, codes::no_law, &part, check.names.laws.keys().map(String::as_str));
    };
    if !law.provisions.iter().any(|known| known.name.text == provision) {
        let part = Word { text: provision.to_owned(), place: word.place.clone() };
        let known = law.provisions.iter().map(|known| known.name.text.as_str());
        unknown(check, codes::no_provision, &part, known);
    }
}

/// The names that one notice uses.
struct Mentions<'a> {
    check: &'a Check<'a>,
    notice: &'a Notice,
}

impl Mentions<'_> {
    fn all(&self) {
        self.controller();
        let notice = self.notice;
        notice.laws.iter().for_each(|word| citation(self.check, word));
        let parties = &self.check.names.parties;
        notice.joint.iter().for_each(|word| known(self.check, codes::no_party, parties, Some(word)));
        notice.registers.iter().for_each(|register| self.register(register));
        notice.uses.iter().for_each(|used| self.used(used));
        notice.shares.iter().for_each(|share| self.share(share));
        notice.rights.iter().for_each(|right| self.right(right));
    }

    fn controller(&self) {
        let Some(word) = &self.notice.controller else { return };
        known(self.check, codes::no_party, &self.check.names.parties, Some(word));
        let party =
            self.check.names.parties.get(&word.text).and_then(|at| self.check.corpus.parties.get(*at));
        if let Some(party) = party.filter(|party| !party.is_controller()) {
            let finding = Diagnostic::new(codes::not_a_controller(&word.text), word.place.clone());
            self.check.say(finding.second(party.said.place.clone(), codes::declared_here()));
        }
    }

    fn own(&self, says: Nowhere, map: &HashMap<String, usize>, word: &Word) {
        let notice = &self.notice.said.id;
        if resolve(map, notice, &word.text).is_none() {
            let prefix = format!("{notice}.");
            let candidates = map.keys().map(|name| name.strip_prefix(&prefix).unwrap_or(name));
            unknown(self.check, says, word, candidates);
        }
    }

    fn purpose(&self, word: &Word) {
        self.own(codes::no_purpose, &self.check.names.purposes, word);
    }

    fn registers(&self, words: &[Word]) {
        words.iter().for_each(|word| self.own(codes::no_register, &self.check.names.registers, word));
    }

    fn register(&self, register: &Register) {
        let roles = &self.check.names.roles;
        register.about.iter().for_each(|word| known(self.check, codes::no_role, roles, Some(word)));
        register.purposes.iter().for_each(|word| self.purpose(word));
        register.grounds().for_each(|word| citation(self.check, word));
        let sources = register.from.iter().filter(|word| word.text != FROM_SUBJECT);
        let parties = &self.check.names.parties;
        sources.for_each(|word| known(self.check, codes::no_party, parties, Some(word)));
        register
            .clock
            .iter()
            .for_each(|word| self.own(codes::no_shared_clock, &self.check.names.clocks, word));
    }

    fn used(&self, used: &Use) {
        let names = self.check.names;
        let fields = used.fields.iter().flatten().count() + used.private_fields.len();
        if !self.check.steps.spend(fields * used.of.len() * 4) {
            return;
        }
        used.who.iter().for_each(|word| known(self.check, codes::no_role, &names.roles, Some(word)));
        used.purpose.iter().for_each(|word| self.purpose(word));
        self.registers(&used.of);
        used.log.iter().for_each(|word| self.own(codes::no_register, &names.registers, word));
        used.instead.iter().for_each(|word| self.own(codes::no_use, &names.uses, word));
        used.raises.iter().for_each(|word| known(self.check, codes::no_event, &names.events, Some(word)));
        used.fields.iter().flatten().for_each(|word| self.field(word, &used.of));
        if !matches!(used.private_fields.as_slice(), [all] if all.text == "all") {
            used.private_fields.iter().for_each(|word| self.field(word, &used.of));
        }
    }

    fn share(&self, share: &Share) {
        if !self.check.steps.spend(share.fields.len() * share.of.len() * 4) {
            return;
        }
        known(self.check, codes::no_party, &self.check.names.parties, share.to.as_ref());
        share.purpose.iter().for_each(|word| self.purpose(word));
        self.registers(&share.of);
        share.fields.iter().for_each(|word| self.field(word, &share.of));
        share.instrument.iter().for_each(|word| citation(self.check, word));
    }

    fn right(&self, right: &Right) {
        right.article.iter().for_each(|word| citation(self.check, word));
        let sent_to = right.channels.iter().filter_map(|channel| channel.to.as_ref());
        sent_to.for_each(|word| known(self.check, codes::no_party, &self.check.names.parties, Some(word)));
        right.limits.iter().flat_map(|limit| &limit.laws).for_each(|word| citation(self.check, word));
    }

    /// A field must be declared, in a register that the section names.
    fn field(&self, word: &Word, of: &[Word]) {
        let found = field_of(&word.text, of);
        let same = |register: &str| {
            let map = &self.check.names.registers;
            let wanted = resolve(map, &self.notice.said.id, register)?;
            of.iter()
                .any(|word| resolve(map, &self.notice.said.id, &word.text) == Some(wanted))
                .then_some(wanted)
        };
        let Some((position, name)) = found.and_then(|(register, name)| Some((same(register)?, name))) else {
            let finding = Diagnostic::new(codes::not_a_field_of(&word.text), word.place.clone());
            return self.check.say(finding.help(codes::as_register_field()));
        };
        let fields = self.check.corpus.register(position).map_or(&[][..], |register| &register.fields);
        if !fields.iter().any(|field| field.name.text == name) {
            let part = Word { text: name.to_owned(), place: word.place.clone() };
            unknown(self.check, codes::no_field, &part, fields.iter().map(|field| field.name.text.as_str()));
        }
    }
}
