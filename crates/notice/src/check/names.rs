//! Every name is declared once, and every name that is used is declared.

use std::cell::RefCell;
use std::collections::HashMap;

use super::Check;
use super::codes::{self, Code};
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
            let sentence = format!("the {kind} `{}` is declared twice", said.id);
            let finding = Diagnostic::new(&codes::DUPLICATE, said.place.clone(), sentence);
            found.borrow_mut().push(finding.second((*first).clone(), "declared here first"));
            continue;
        }
        places.insert(&said.id, &said.place);
        if let Some(first) = skeletons.insert(skeleton(&said.id), said) {
            let sentence = format!("the {kind} `{}` looks like `{}`", said.id, first.id);
            let finding = Diagnostic::new(&codes::LOOKALIKE_IDS, said.place.clone(), sentence);
            found.borrow_mut().push(finding.second(first.place.clone(), "the one that it looks like"));
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
    for notice in &check.corpus.notices {
        Mentions { check, notice }.all();
    }
}

fn shared(check: &Check<'_>) {
    let (corpus, names) = (check.corpus, check.names);
    for party in &corpus.parties {
        known(check, &codes::UNKNOWN_PARTY, &names.parties, party.successor.as_ref());
        known(check, &codes::UNKNOWN_PARTY, &names.parties, party.under.as_ref());
        for word in &party.works_for {
            known(check, &codes::UNKNOWN_NOTICE, &names.notices, Some(word));
        }
        party.instrument.iter().for_each(|word| citation(check, word));
    }
    for law in &corpus.laws {
        known(check, &codes::UNKNOWN_LAW, &names.laws, law.successor.as_ref());
    }
    for word in corpus.roles.iter().flat_map(|role| &role.is) {
        known(check, &codes::UNKNOWN_ROLE, &names.roles, Some(word));
    }
    let raisers = corpus.events.iter().flat_map(|event| &event.roles);
    for word in raisers.chain(corpus.flags.iter().flat_map(|flag| &flag.roles)) {
        known(check, &codes::UNKNOWN_ROLE, &names.roles, Some(word));
    }
    for clock in &corpus.clocks {
        known(check, &codes::UNKNOWN_CLOCK, &names.clocks, clock.after.as_ref());
        for word in &clock.of {
            if resolve(&names.registers, clock.notice(), &word.text).is_none() {
                unknown(check, &codes::UNKNOWN_REGISTER, word, names.registers.keys().map(String::as_str));
            }
        }
    }
    if let Some(role) = corpus.roles.get(ROLES_MAX) {
        let sentence = format!("the corpus has more than {ROLES_MAX} roles");
        check.say(Diagnostic::new(&codes::TOO_MANY, role.said.place.clone(), sentence));
    } else {
        circles(check);
    }
    if corpus.notices.iter().map(|notice| notice.uses.len()).sum::<usize>() > usize::from(u16::MAX)
        || corpus.notices.iter().map(|notice| notice.registers.len()).sum::<usize>() > usize::from(u16::MAX)
    {
        let place = corpus.notices.first().map(|notice| notice.said.place.clone());
        place.into_iter().for_each(|place| {
            check.say(Diagnostic::new(&codes::TOO_MANY, place, "more than 65535 uses or registers"))
        });
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
            let sentence = format!("the role `{}` is wider than itself", role.said.id);
            check.say(Diagnostic::new(&codes::ROLE_CIRCLE, role.said.place.clone(), sentence));
        }
    }
}

fn known(check: &Check<'_>, code: &'static Code, map: &HashMap<String, usize>, word: Option<&Word>) {
    if let Some(word) = word.filter(|word| !map.contains_key(&word.text)) {
        unknown(check, code, word, map.keys().map(String::as_str));
    }
}

fn unknown<'a>(
    check: &Check<'_>,
    code: &'static Code,
    word: &Word,
    candidates: impl Iterator<Item = &'a str>,
) {
    let kind = code.title.split(' ').next().unwrap_or("name");
    let finding = Diagnostic::new(code, word.place.clone(), format!("no {kind} is called `{}`", word.text));
    check.say(match check.nearest(&word.text, candidates) {
        Some(meant) => finding.help(format!("did you mean `{meant}`?")),
        None => finding,
    });
}

/// Reports a citation `law:provision` that leads nowhere.
pub(super) fn citation(check: &Check<'_>, word: &Word) {
    let Some((law, provision)) = word.text.split_once(':') else {
        let sentence = format!("`{}` does not name a provision", word.text);
        check.say(
            Diagnostic::new(&codes::UNKNOWN_PROVISION, word.place.clone(), sentence)
                .help("write it like `gdpr:6(1)(e)`"),
        );
        return;
    };
    let Some(law) = check.names.laws.get(law).and_then(|at| check.corpus.laws.get(*at)) else {
        let part = Word { text: law.to_owned(), place: word.place.clone() };
        return unknown(check, &codes::UNKNOWN_LAW, &part, check.names.laws.keys().map(String::as_str));
    };
    if !law.provisions.iter().any(|known| known.name.text == provision) {
        let part = Word { text: provision.to_owned(), place: word.place.clone() };
        let known = law.provisions.iter().map(|known| known.name.text.as_str());
        unknown(check, &codes::UNKNOWN_PROVISION, &part, known);
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
        notice.joint.iter().for_each(|word| known(self.check, &codes::UNKNOWN_PARTY, parties, Some(word)));
        notice.registers.iter().for_each(|register| self.register(register));
        notice.uses.iter().for_each(|used| self.used(used));
        notice.shares.iter().for_each(|share| self.share(share));
        notice.rights.iter().for_each(|right| self.right(right));
    }

    fn controller(&self) {
        let Some(word) = &self.notice.controller else { return };
        known(self.check, &codes::UNKNOWN_PARTY, &self.check.names.parties, Some(word));
        let party =
            self.check.names.parties.get(&word.text).and_then(|at| self.check.corpus.parties.get(*at));
        if let Some(party) = party.filter(|party| !party.is_controller()) {
            let sentence = format!("`{}` is not declared as a controller", word.text);
            let finding = Diagnostic::new(&codes::NOT_A_CONTROLLER, word.place.clone(), sentence);
            self.check.say(finding.second(party.said.place.clone(), "declared here"));
        }
    }

    fn own(&self, code: &'static Code, map: &HashMap<String, usize>, word: &Word) {
        let notice = &self.notice.said.id;
        if resolve(map, notice, &word.text).is_none() {
            let prefix = format!("{notice}.");
            let candidates = map.keys().map(|name| name.strip_prefix(&prefix).unwrap_or(name));
            unknown(self.check, code, word, candidates);
        }
    }

    fn purpose(&self, word: &Word) {
        self.own(&codes::UNKNOWN_PURPOSE, &self.check.names.purposes, word);
    }

    fn registers(&self, words: &[Word]) {
        words.iter().for_each(|word| self.own(&codes::UNKNOWN_REGISTER, &self.check.names.registers, word));
    }

    fn register(&self, register: &Register) {
        let roles = &self.check.names.roles;
        register.about.iter().for_each(|word| known(self.check, &codes::UNKNOWN_ROLE, roles, Some(word)));
        register.purposes.iter().for_each(|word| self.purpose(word));
        register.grounds().for_each(|word| citation(self.check, word));
        let sources = register.from.iter().filter(|word| word.text != FROM_SUBJECT);
        let parties = &self.check.names.parties;
        sources.for_each(|word| known(self.check, &codes::UNKNOWN_PARTY, parties, Some(word)));
        register
            .clock
            .iter()
            .for_each(|word| self.own(&codes::UNKNOWN_CLOCK, &self.check.names.clocks, word));
    }

    fn used(&self, used: &Use) {
        let names = self.check.names;
        used.who.iter().for_each(|word| known(self.check, &codes::UNKNOWN_ROLE, &names.roles, Some(word)));
        used.purpose.iter().for_each(|word| self.purpose(word));
        self.registers(&used.of);
        used.log.iter().for_each(|word| self.own(&codes::UNKNOWN_REGISTER, &names.registers, word));
        used.instead.iter().for_each(|word| self.own(&codes::UNKNOWN_USE, &names.uses, word));
        used.raises
            .iter()
            .for_each(|word| known(self.check, &codes::UNKNOWN_EVENT, &names.events, Some(word)));
        used.fields.iter().flatten().for_each(|word| self.field(word, &used.of));
        if !matches!(used.private_fields.as_slice(), [all] if all.text == "all") {
            used.private_fields.iter().for_each(|word| self.field(word, &used.of));
        }
    }

    fn share(&self, share: &Share) {
        known(self.check, &codes::UNKNOWN_PARTY, &self.check.names.parties, share.to.as_ref());
        share.purpose.iter().for_each(|word| self.purpose(word));
        self.registers(&share.of);
        share.fields.iter().for_each(|word| self.field(word, &share.of));
        share.instrument.iter().for_each(|word| citation(self.check, word));
    }

    fn right(&self, right: &Right) {
        right.article.iter().for_each(|word| citation(self.check, word));
        let sent_to = right.channels.iter().filter_map(|channel| channel.to.as_ref());
        sent_to
            .for_each(|word| known(self.check, &codes::UNKNOWN_PARTY, &self.check.names.parties, Some(word)));
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
            let sentence = format!("`{}` is not a field of a register that is named in `of`", word.text);
            return self.check.say(
                Diagnostic::new(&codes::UNKNOWN_FIELD, word.place.clone(), sentence)
                    .help("write it as `register.field`"),
            );
        };
        let fields = self.check.corpus.register(position).map_or(&[][..], |register| &register.fields);
        if !fields.iter().any(|field| field.name.text == name) {
            let part = Word { text: name.to_owned(), place: word.place.clone() };
            unknown(
                self.check,
                &codes::UNKNOWN_FIELD,
                &part,
                fields.iter().map(|field| field.name.text.as_str()),
            );
        }
    }
}
