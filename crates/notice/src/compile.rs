//! From files to a policy: read, check, build. All problems are found in one run.

use std::cell::RefCell;
use std::ops::Range;

use jiff::Timestamp;
use jiff::civil::Date;
use jiff::tz::TimeZone;
use sha2::{Digest, Sha256};

use crate::check::{self, Budget, Check, GUESSES_MAX, STEPS_MAX, field_of, resolve};
use crate::clock::{Duration, Mode, Pick, Plus, Rule, Stage, Verb, When};
use crate::decide::Fact;
use crate::diagnostic::{Diagnostic, Severity};
use crate::policy::{
    Clauses, Clock, Condition, Event, Field, FieldMask, Flag, Law, Measure, Names, Notice, NoticeId, Party,
    Place, Policy, Provision, Purpose, REQUEST_RECEIVED, Register, RegisterId, Right, Role, RoleId, Schema,
    Scope, Share, Use, UseId, Valid, Version,
};
use crate::source::{self, SourceFile, Word};
use crate::text::Bilingual;
use crate::written::{self, Corpus};

/// What a compilation comes to.
#[derive(Debug)]
pub struct Compiled {
    /// The policy, if there is no error.
    pub policy: Option<Policy>,
    /// All findings, by file and place.
    pub diagnostics: Vec<Diagnostic>,
}

/// Compiles a corpus as of a day; the day only decides which law counts as stale.
#[must_use]
pub fn compile(files: &[SourceFile], as_of: Date) -> Compiled {
    let (corpus, names, diagnostics) = judged(files, as_of);
    let failed = diagnostics.iter().any(|diagnostic| diagnostic.severity == Severity::Error);
    Compiled { policy: (!failed).then(|| built(files, &corpus, names)), diagnostics }
}

/// What could be read, errors or not, for an editor that tells what a half-written notice means.
/// Never to be run: nothing holds it to be right.
pub(crate) fn draft(files: &[SourceFile], as_of: Date) -> (Policy, Vec<Diagnostic>) {
    let (corpus, names, diagnostics) = judged(files, as_of);
    (built(files, &corpus, names), diagnostics)
}

/// Reads and checks, and puts the findings in order.
fn judged(files: &[SourceFile], as_of: Date) -> (Corpus, Names, Vec<Diagnostic>) {
    let mut early = Vec::new();
    let documents = source::read(files, &mut early);
    let found = RefCell::new(early);
    let corpus = written::corpus(&documents, &found);
    let names = check::gather(&corpus, &found);
    let (steps, guesses) = (Budget::of(STEPS_MAX), Budget::of(GUESSES_MAX));
    check::all(&Check { corpus: &corpus, names: &names, as_of, found: &found, steps, guesses }, files);
    let mut diagnostics = found.into_inner();
    diagnostics.sort_by(|a, b| {
        let key = |it: &Diagnostic| (it.place.file.clone(), it.place.span.start, it.severity, it.code.id);
        key(a).cmp(&key(b)).then_with(|| a.sentence.en.cmp(&b.sentence.en))
    });
    diagnostics.dedup();
    (corpus, names, diagnostics)
}

fn built(files: &[SourceFile], corpus: &Corpus, names: Names) -> Policy {
    let policy = Builder { corpus, names: &names, files }.policy(version(files));
    Policy { names, ..policy }
}

/// SHA-256 over path and text of every file, each with its length before it.
fn version(files: &[SourceFile]) -> Version {
    let mut sorted: Vec<_> = files.iter().collect();
    sorted.sort_by(|a, b| a.path.cmp(&b.path));
    let mut hash = Sha256::new();
    for part in sorted.iter().flat_map(|file| [&file.path, &file.text]) {
        hash.update((part.len() as u64).to_be_bytes());
        hash.update(part.as_bytes());
    }
    Version(hash.finalize().into())
}

/// The time to answer: the earlier of a promise and Article 12(3).
pub(crate) fn answer_rule(promise: Option<Duration>) -> Rule {
    let after = |duration| When::After {
        pick: Pick::Unsaid,
        event: REQUEST_RECEIVED.to_owned(),
        plus: Some(Plus::Duration(duration)),
    };
    let when = match promise {
        Some(promise) if promise != Duration::MONTH => {
            When::Earliest(vec![after(promise), after(Duration::MONTH)])
        }
        Some(_) | None => after(Duration::MONTH),
    };
    let stage = Stage { verb: Verb::Review, target: None, mode: Mode::By, when, only: None, unless: None };
    Rule { stages: vec![stage], review: Duration::YEAR }
}

/// Builds a policy from a corpus in which every name is known.
struct Builder<'a> {
    corpus: &'a Corpus,
    names: &'a Names,
    files: &'a [SourceFile],
}

impl Builder<'_> {
    fn policy(&self, version: Version) -> Policy {
        let corpus = self.corpus;
        let roles = self.roles();
        let mut policy = Policy {
            version,
            parties: corpus.parties.iter().map(party).collect(),
            laws: corpus.laws.iter().map(law).collect(),
            events: corpus.events.iter().map(|event| self.event(event)).collect(),
            flags: corpus.flags.iter().map(|flag| self.flag(flag)).collect(),
            notices: corpus.notices.iter().map(notice).collect(),
            purposes: Vec::new(),
            registers: Vec::new(),
            uses: Vec::new(),
            shares: Vec::new(),
            rights: Vec::new(),
            measures: Vec::new(),
            clocks: corpus.clocks.iter().filter_map(|clock| self.clock(clock)).collect(),
            roles,
            names: Names::default(),
        };
        for (id, written) in (0..).map(NoticeId).zip(&corpus.notices) {
            self.own(id, written, &mut policy);
        }
        policy
    }

    fn own(&self, notice: NoticeId, written: &written::Notice, policy: &mut Policy) {
        let name = written.said.id.as_str();
        policy.purposes.extend(written.purposes.iter().map(|purpose| Purpose {
            said: purpose.said.clone(),
            notice,
            vocabulary: purpose.vocabulary.clone(),
        }));
        for register in &written.registers {
            let rule = register.keep.as_ref().and_then(|line| line.rule.clone());
            let shared =
                register.clock.as_ref().and_then(|word| resolve(&self.names.clocks, name, &word.text));
            let clock = shared.unwrap_or(policy.clocks.len());
            policy.registers.push(self.register(notice, name, register, clock));
            policy.clocks.extend(rule.map(|rule| Clock {
                said: register.said.clone(),
                rule,
                seed: register.seed.clone(),
                hard: texts(&register.hard),
                of: Vec::new(),
                after: None,
            }));
        }
        policy.uses.extend(written.uses.iter().map(|used| self.used(notice, name, used, &policy.roles)));
        policy.shares.extend(written.shares.iter().map(|share| self.share(notice, name, share)));
        policy.rights.extend(written.rights.iter().map(|right| right_of(notice, right)));
        policy.measures.extend(written.measures.iter().map(|it| Measure { said: it.said.clone(), notice }));
    }

    fn role_id(&self, word: &Word) -> Option<RoleId> {
        self.names.roles.get(&word.text).and_then(|at| u16::try_from(*at).ok()).map(RoleId)
    }

    fn role_ids(&self, words: &[Word]) -> Vec<RoleId> {
        words.iter().filter_map(|word| self.role_id(word)).collect()
    }

    fn roles(&self) -> Vec<Role> {
        let written = &self.corpus.roles;
        let build = |(own, role): (u16, &written::Role)| {
            let mut is = vec![RoleId(own)];
            let mut next = 0;
            while let Some(wider) = is.get(next).and_then(|id| written.get(id.index())) {
                for id in self.role_ids(&wider.is) {
                    if !is.contains(&id) {
                        is.push(id);
                    }
                }
                next += 1;
            }
            let authorised = |id: &RoleId| written.get(id.index()).is_some_and(|role| role.authorised);
            Role {
                said: role.said.clone(),
                reach: mask(&is),
                needs_authorisation: is.iter().any(authorised),
                is,
                authorised: role.authorised,
            }
        };
        (0..).zip(written).map(build).collect()
    }

    fn schema(&self, register: &written::Register) -> Option<Schema> {
        let path = check::beside(&register.said.place.file, register.schema.as_ref()?);
        let text = self.files.iter().find(|file| file.path == path)?.text.clone();
        Some(Schema { path, text })
    }

    fn event(&self, event: &written::Event) -> Event {
        Event { said: event.said.clone(), by: event.by.clone(), roles: self.role_ids(&event.roles) }
    }

    fn flag(&self, flag: &written::Flag) -> Flag {
        Flag {
            said: flag.said.clone(),
            by: flag.by.clone(),
            roles: self.role_ids(&flag.roles),
            ends: flag.ends,
        }
    }

    fn register(&self, notice: NoticeId, name: &str, register: &written::Register, clock: usize) -> Register {
        let field = |field: &written::Field| {
            Some(Field { name: field.name.text.clone(), title: field.title.clone(), class: field.class? })
        };
        Register {
            said: register.said.clone(),
            notice,
            about: texts(&register.about),
            purposes: register.purposes.iter().map(|word| self.purpose(name, word)).collect(),
            fields: register.fields.iter().filter_map(field).collect(),
            basis: register.grounds().map(|word| word.text.clone()).collect(),
            basis_unstated: texts(&register.basis_unstated),
            gives: register.gives,
            clock,
            public: register.public,
            unnamed: register.unnamed,
            from: texts(&register.from),
            duty: register.duty.clone(),
            schema: self.schema(register),
        }
    }

    /// The full name of a purpose.
    fn purpose(&self, notice: &str, word: &Word) -> String {
        let own = format!("{notice}.{}", word.text);
        if self.names.purposes.contains_key(&own) { own } else { word.text.clone() }
    }

    fn register_id(&self, notice: &str, name: &str) -> Option<RegisterId> {
        resolve(&self.names.registers, notice, name).and_then(|at| u16::try_from(at).ok()).map(RegisterId)
    }

    fn used(&self, notice: NoticeId, name: &str, used: &written::Use, roles: &[Role]) -> Use {
        let who = self.role_ids(&used.who);
        let instead = used.instead.iter().filter_map(|word| resolve(&self.names.uses, name, &word.text));
        let who_mask = mask(&who);
        let authorised = roles.iter().any(|role| role.reach & who_mask != 0 && role.needs_authorisation);
        Use {
            said: used.said.clone(),
            notice,
            may: used.may.clone(),
            of: self.scopes(name, used),
            purpose: used.purpose.as_ref().map(|word| self.purpose(name, word)).unwrap_or_default(),
            when: used.when.clone(),
            log: used.log.as_ref().and_then(|word| self.register_id(name, &word.text)),
            refused: used.refused.clone(),
            instead: instead.filter_map(|at| u16::try_from(at).ok()).map(UseId).collect(),
            raises: texts(&used.raises),
            step_up: used.step_up,
            needs: needs(&used.when, authorised),
            who_mask,
            clauses: clauses(used),
            verbs: used.may.iter().fold(0, |mask, verb| mask | verb.bit()),
            who,
        }
    }

    fn scopes(&self, notice: &str, used: &written::Use) -> Vec<Scope> {
        let scope = |word: &Word| {
            let register = self.register_id(notice, &word.text)?;
            let all = self.all_fields(register);
            let named = used.fields.as_deref().unwrap_or_default();
            let cut = self.fields(notice, register, named, &used.of);
            let fields = if cut.is_empty() { all } else { cut };
            let private_fields = match used.private_fields.as_slice() {
                [word] if word.text == "all" => fields,
                words => FieldMask(self.fields(notice, register, words, &used.of).0 & fields.0),
            };
            Some(Scope { register, fields, private_fields })
        };
        used.of.iter().filter_map(scope).collect()
    }

    fn clock(&self, clock: &written::Clock) -> Option<Clock> {
        let full = |word: &Word| {
            let position = resolve(&self.names.registers, clock.notice(), &word.text)?;
            self.corpus.register(position).map(|register| register.said.id.clone())
        };
        Some(Clock {
            said: clock.said.clone(),
            rule: clock.line.as_ref()?.rule.clone()?,
            seed: clock.seed.clone(),
            hard: texts(&clock.hard),
            of: clock.of.iter().filter_map(full).collect(),
            after: clock.after.as_ref().map(|word| word.text.clone()),
        })
    }

    fn written_register(&self, id: RegisterId) -> Option<&written::Register> {
        self.corpus.register(id.index())
    }

    fn all_fields(&self, register: RegisterId) -> FieldMask {
        let count = self.written_register(register).map_or(0, |register| register.fields.len());
        FieldMask(1_u64.checked_shl(u32::try_from(count).unwrap_or(64)).map_or(u64::MAX, |bit| bit - 1))
    }

    /// Those of the named fields that belong to one register.
    fn fields(&self, notice: &str, register: RegisterId, words: &[Word], of: &[Word]) -> FieldMask {
        let known = self.written_register(register).map_or(&[][..], |register| &register.fields);
        let bit = |word: &Word| {
            let (owner, name) = field_of(&word.text, of)?;
            let position = known.iter().position(|field| field.name.text == name)?;
            (self.register_id(notice, owner)? == register).then_some(1_u64 << position)
        };
        FieldMask(words.iter().filter_map(bit).fold(0, |mask, bit| mask | bit))
    }

    fn share(&self, notice: NoticeId, name: &str, share: &written::Share) -> Share {
        Share {
            said: share.said.clone(),
            notice,
            to: share.to.as_ref().map(|word| word.text.clone()).unwrap_or_default(),
            of: share.of.iter().filter_map(|word| self.register_id(name, &word.text)).collect(),
            fields: texts(&share.fields),
            purpose: share.purpose.as_ref().map(|word| self.purpose(name, word)).unwrap_or_default(),
            condition: share.condition.clone(),
            instrument: share.instrument.as_ref().map(|word| word.text.clone()),
        }
    }
}

fn clauses(used: &written::Use) -> Clauses {
    let or_whole = |place: Option<&Place>| place.unwrap_or(&used.said.place).clone();
    Clauses {
        who: or_whole(used.who.first().map(|word| &word.place)),
        may: or_whole(used.may_place.as_ref()),
        when: or_whole(used.when_word.as_ref().map(|word| &word.place)),
    }
}

fn needs(when: &Condition, authorised: bool) -> u32 {
    let extra = if authorised { Fact::Authorised.bit() } else { 0 };
    when.facts().into_iter().fold(extra, |mask, fact| mask | fact.bit())
}

fn mask(roles: &[RoleId]) -> u128 {
    roles.iter().fold(0, |mask, role| mask | 1_u128.checked_shl(u32::from(role.0)).unwrap_or(0))
}

fn texts(words: &[Word]) -> Vec<String> {
    words.iter().map(|word| word.text.clone()).collect()
}

fn party(party: &written::Party) -> Party {
    Party {
        said: party.said.clone(),
        kinds: texts(&party.kinds),
        country: party.country.as_ref().map(|word| word.text.clone()).unwrap_or_default(),
        contact: party.contact.clone(),
        officer: party.officer.clone(),
        public_authority: party.public_authority,
        valid: party.valid,
        successor: text(party.successor.as_ref()),
        works_for: texts(&party.works_for),
        under: text(party.under.as_ref()),
        agreement: party.agreement.clone(),
        instrument: text(party.instrument.as_ref()),
        also: texts(&party.also),
    }
}

fn text(word: Option<&Word>) -> Option<String> {
    word.map(|word| word.text.clone())
}

fn law(law: &written::Law) -> Law {
    let provision = |it: &written::Provision| Provision {
        name: it.name.text.clone(),
        title: it.title.clone(),
        covers: it.covers.clone(),
        consent: it.consent,
    };
    Law {
        said: law.said.clone(),
        eli: law.eli.clone(),
        valid: law.valid,
        successor: law.successor.as_ref().map(|word| word.text.clone()),
        also: texts(&law.also),
        provisions: law.provisions.iter().map(provision).collect(),
    }
}

fn notice(notice: &written::Notice) -> Notice {
    Notice {
        said: notice.said.clone(),
        controller: notice.controller.as_ref().map(|word| word.text.clone()).unwrap_or_default(),
        joint: texts(&notice.joint),
        arrangement: notice.arrangement.clone(),
        automated: notice.automated.clone(),
        alone: notice.alone,
        group: notice.group.clone(),
        source: notice.source.clone(),
        valid: notice.valid,
        laws: texts(&notice.laws),
        in_force: in_force(notice.valid),
    }
}

/// The instants between which a period runs, from midnight to midnight in Denmark.
fn in_force(valid: Valid) -> Range<Timestamp> {
    // Written out as a rule, so that it needs no table of zones: one hour ahead, two in summer.
    let zone = TimeZone::posix("CET-1CEST,M3.5.0,M10.5.0/3").unwrap_or(TimeZone::UTC);
    let midnight = |day: Date| day.to_zoned(zone.clone()).ok().map(|start| start.timestamp());
    let from = valid.from.and_then(midnight).unwrap_or(Timestamp::MIN);
    from..valid.until.and_then(midnight).unwrap_or(Timestamp::MAX)
}

fn right_of(notice: NoticeId, right: &written::Right) -> Right {
    let promise = right.promise.as_ref().map(|(_, promise)| *promise);
    let limit = |limit: &written::Limit| -> (Bilingual, String) {
        (limit.text.clone(), texts(&limit.laws).join("; "))
    };
    Right {
        said: right.said.clone(),
        notice,
        article: right.article.as_ref().map(|word| word.text.clone()).unwrap_or_default(),
        channels: right.channels.iter().map(|channel| channel.text.clone()).collect(),
        answer: promise.map(|promise| answer_rule(Some(promise))),
        promise,
        limits: right.limits.iter().map(limit).collect(),
    }
}
