//! What a place means, in words: the rule, who may see it, when it goes; and every name, key and word.

use std::ops::Range;

use super::grammar::{self, Key, Kind, Shape};
use super::line;
use super::scan::Text;
use super::workspace::{Pointed, Sheet, Workspace};
use crate::clock::Rule;
use crate::condition;
use crate::decide::{Fact, Verb};
use crate::policy::{Class, Condition, Policy, Register, RegisterId, RoleId, Said, Valid};
use crate::render::words::{
    citation, class_words, clock_words, condition_words, day, duration, use_sentence, verb_words,
};
use crate::text::Lang;

/// What is told about a place.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Hover {
    /// Markdown.
    pub text: String,
    /// The bytes that it is about.
    pub span: Range<usize>,
}

/// Lines of a list that are told; the rest are counted.
const TOLD_MAX: usize = 12;

impl Workspace {
    /// What an offset of a file means.
    #[must_use]
    pub fn hover(&self, path: &str, offset: usize, lang: Lang) -> Option<Hover> {
        let sheet = self.sheet(path)?;
        let teller = Teller { policy: self.policy(), lang };
        let found = self.pointed(sheet, offset);
        let line = self.line_at(sheet, offset, &teller);
        match (found, line) {
            (Some((pointed, span)), line) => {
                let own = self.told(sheet, offset, &pointed, &teller);
                let parts: Vec<String> = line.map(|(words, _)| words).into_iter().chain(own).collect();
                (!parts.is_empty()).then(|| Hover { text: parts.join("\n\n---\n\n"), span })
            }
            (None, Some((text, span))) => Some(Hover { text, span }),
            (None, None) => None,
        }
    }

    fn told(&self, sheet: &Sheet, offset: usize, pointed: &Pointed, teller: &Teller<'_>) -> Option<String> {
        match pointed {
            Pointed::Name(kind, name) => teller.name(*kind, name),
            Pointed::Key(key) => Some(teller.key(key)),
            Pointed::Word(text) => {
                let key = self.text_at(sheet, offset).and_then(key_of)?;
                word(text, key, teller.lang).map(|says| format!("`{text}`: {says}"))
            }
        }
    }

    fn text_at<'a>(&self, sheet: &'a Sheet, offset: usize) -> Option<&'a Text> {
        sheet.scan.texts.iter().find(|text| text.inside.start <= offset && offset <= text.inside.end)
    }

    /// The whole rule or condition that an offset lies in, as a sentence.
    fn line_at(&self, sheet: &Sheet, offset: usize, teller: &Teller<'_>) -> Option<(String, Range<usize>)> {
        let text = self.text_at(sheet, offset)?;
        let written = self.slice(sheet, &text.inside);
        let words = match key_of(text)?.shape {
            Shape::Clock => {
                let rule = Rule::parse(written).ok()?;
                format!("**{}.**", large(&clock_words(teller.policy, &rule, teller.lang)))
            }
            Shape::Condition => {
                let condition = condition::parse(written).ok()?;
                let words = condition_words(&condition, teller.lang)?;
                format!("**{} {words}.**", teller.say("Når", "When"))
            }
            Shape::Duration | Shape::Answer => {
                format!("**{}**", duration(written.parse().ok()?, teller.lang))
            }
            _other => return None,
        };
        Some((words, text.inside.clone()))
    }
}

fn key_of(text: &Text) -> Option<&'static Key> {
    let path: Vec<&str> = text.path.iter().map(|name| name.text.as_str()).collect();
    grammar::key_at(&path)
}

/// What a word of a closed vocabulary or of a line means.
pub(super) fn word(word: &str, key: &Key, lang: Lang) -> Option<String> {
    if let Some(verb) = Verb::ALL.into_iter().find(|verb| verb.word() == word)
        && matches!(key.shape, Shape::Many(grammar::Vocabulary::Verbs))
    {
        return Some(verb_words(verb, lang).to_owned());
    }
    if let Some(class) = class(word)
        && matches!(
            key.shape,
            Shape::One(grammar::Vocabulary::Classes) | Shape::Many(grammar::Vocabulary::Classes)
        )
    {
        return Some(class_words(class, lang).to_owned());
    }
    if let Some(fact) = Fact::in_conditions().find(|fact| fact.word() == word)
        && matches!(key.shape, Shape::Condition | Shape::One(grammar::Vocabulary::Facts))
    {
        return condition_words(&Condition::Holds(fact), lang);
    }
    if let Ok(length) = word.parse() {
        return Some(duration(length, lang));
    }
    let of_a_line = matches!(key.shape, Shape::Clock | Shape::Answer | Shape::Condition);
    if of_a_line {
        line::meaning(word, lang).map(str::to_owned)
    } else {
        party(word, lang).map(str::to_owned)
    }
}

fn class(word: &str) -> Option<Class> {
    crate::written::CLASSES.iter().find(|(name, _)| *name == word).map(|(_, class)| *class)
}

/// What a kind of party is.
fn party(word: &str, lang: Lang) -> Option<&'static str> {
    let (da, en) = match word {
        "controller" => ("dataansvarlig: bestemmer hvorfor og hvordan", "controller: decides why and how"),
        "joint-controller" => (
            "fælles dataansvarlig: bestemmer sammen med andre",
            "joint controller: decides together with others",
        ),
        "processor" => (
            "databehandler: arbejder for den dataansvarlige, efter aftale",
            "processor: works for the controller, under an agreement",
        ),
        "sub-processor" => {
            ("underdatabehandler: arbejder for en databehandler", "sub-processor: works for a processor")
        }
        "recipient" => ("modtager: får oplysninger", "recipient: receives data"),
        "source" => ("kilde: giver oplysninger", "source: gives data"),
        "authority" => ("myndighed", "authority"),
        "supervisory-authority" => {
            ("tilsynsmyndighed: behandler klager", "supervisory authority: handles complaints")
        }
        _name => return None,
    };
    Some(match lang {
        Lang::Da => da,
        Lang::En => en,
    })
}

/// The title of something declared.
pub(super) fn title(policy: &Policy, kind: Kind, name: &str, lang: Lang) -> Option<String> {
    let teller = Teller { policy, lang };
    match kind {
        Kind::Provision => Some(citation(policy, name, lang).words),
        Kind::Field => teller.field(name).map(|(_, field)| field.title.get(lang).to_owned()),
        kind => teller.said(kind, name).map(|said| said.title.get(lang).to_owned()),
    }
}

fn large(text: &str) -> String {
    let mut signs = text.chars();
    signs.next().map_or(String::new(), |first| format!("{}{}", first.to_uppercase(), signs.as_str()))
}

struct Teller<'a> {
    policy: &'a Policy,
    lang: Lang,
}

impl<'a> Teller<'a> {
    const fn say<'b>(&self, da: &'b str, en: &'b str) -> &'b str {
        match self.lang {
            Lang::Da => da,
            Lang::En => en,
        }
    }

    fn key(&self, key: &Key) -> String {
        let form = match key.shape {
            Shape::One(words) | Shape::Many(words) => {
                words.words().iter().map(|word| format!("`{word}`")).collect::<Vec<_>>().join(", ")
            }
            _other => String::new(),
        };
        let needed = match key.need {
            grammar::Need::Must => self.say(" Skal være der.", " It must be there."),
            grammar::Need::May => "",
        };
        let mut text = format!("`{}`: {}{needed}", key.name, key.says.get(self.lang));
        if !form.is_empty() {
            text.push_str("\n\n");
            text.push_str(&form);
        }
        text
    }

    fn kind(&self, kind: Kind) -> &'static str {
        let (da, en) = match kind {
            Kind::Notice => ("erklæring", "notice"),
            Kind::Party => ("part", "party"),
            Kind::Law => ("lov", "law"),
            Kind::Provision => ("bestemmelse", "provision"),
            Kind::Role => ("rolle", "role"),
            Kind::Event => ("hændelse", "event"),
            Kind::Flag => ("beslutning", "flag"),
            Kind::Clock => ("frist", "retention rule"),
            Kind::Purpose => ("formål", "purpose"),
            Kind::Register => ("register", "register"),
            Kind::Field => ("felt", "field"),
            Kind::Use => ("brug", "use"),
            Kind::Share => ("videregivelse", "disclosure"),
            Kind::Right => ("rettighed", "right"),
            Kind::Measure => ("foranstaltning", "measure"),
        };
        match self.lang {
            Lang::Da => da,
            Lang::En => en,
        }
    }

    fn said(&self, kind: Kind, name: &str) -> Option<&'a Said> {
        let policy = self.policy;
        match kind {
            Kind::Notice => own(policy.notices.iter().map(|it| &it.said), name),
            Kind::Party => policy.party(name).map(|it| &it.said),
            Kind::Law => policy.law(name).map(|it| &it.said),
            Kind::Role => own(policy.roles.iter().map(|it| &it.said), name),
            Kind::Event => policy.event(name).map(|it| &it.said),
            Kind::Flag => policy.flag(name).map(|it| &it.said),
            Kind::Clock => own(policy.clocks.iter().map(|it| &it.said), name),
            Kind::Purpose => policy.purpose(name).map(|it| &it.said),
            Kind::Register => own(policy.registers.iter().map(|it| &it.said), name),
            Kind::Use => own(policy.uses.iter().map(|it| &it.said), name),
            Kind::Share => own(policy.shares.iter().map(|it| &it.said), name),
            Kind::Right => own(policy.rights.iter().map(|it| &it.said), name),
            Kind::Measure => own(policy.measures.iter().map(|it| &it.said), name),
            Kind::Provision | Kind::Field => None,
        }
    }

    fn name(&self, kind: Kind, name: &str) -> Option<String> {
        match kind {
            Kind::Provision => return self.provision(name),
            Kind::Field => return self.about_field(name),
            _declared => {}
        }
        let said = self.said(kind, name)?;
        let mut parts = vec![format!("**{}** · {} `{name}`", said.title.get(self.lang), self.kind(kind))];
        parts.extend(said.says.as_ref().map(|says| says.get(self.lang).to_owned()));
        parts.extend(self.more(kind, name));
        parts.extend(said.unstated.as_ref().map(|text| {
            format!(
                "*{}:* {}",
                self.say("Ikke sagt i erklæringen", "Not said in the notice"),
                text.get(self.lang)
            )
        }));
        if !said.states.is_empty() {
            parts.push(format!("{} {}", self.say("Siger", "States"), said.states.join(", ")));
        }
        Some(parts.into_iter().filter(|part| !part.is_empty()).collect::<Vec<_>>().join("\n\n"))
    }

    /// What a kind of name has to tell beside title and sentence.
    fn more(&self, kind: Kind, name: &str) -> Vec<String> {
        let policy = self.policy;
        match kind {
            Kind::Register => policy
                .register_ids()
                .find(|(_, it)| it.said.id == name)
                .map(|(id, register)| self.register(id, register))
                .unwrap_or_default(),
            Kind::Use => {
                let found = policy.use_ids().find(|(_, it)| it.said.id == name);
                found.map(|(id, _)| vec![use_sentence(policy, id, self.lang)]).unwrap_or_default()
            }
            Kind::Role => policy
                .role_ids()
                .find(|(_, it)| it.said.id == name)
                .map(|(id, _)| self.role(id))
                .unwrap_or_default(),
            Kind::Party => self.party(name),
            Kind::Event => self.event(name),
            Kind::Flag => self.flag(name),
            Kind::Clock => {
                let clock = policy.clocks.iter().find(|clock| clock.said.id == name);
                clock.map(|clock| vec![self.goes(&clock.rule)]).unwrap_or_default()
            }
            Kind::Law => policy
                .law(name)
                .map(|law| {
                    let mut parts: Vec<String> = self.valid(law.valid).into_iter().collect();
                    parts.extend(law.eli.as_ref().map(|eli| format!("<{eli}>")));
                    parts
                })
                .unwrap_or_default(),
            Kind::Purpose => {
                let with =
                    policy.registers.iter().filter(|register| register.purposes.iter().any(|it| it == name));
                vec![self.listed(("Registre", "Registers"), with.map(|it| self.titled(&it.said)).collect())]
            }
            Kind::Notice => policy
                .notices
                .iter()
                .find(|notice| notice.said.id == name)
                .map(|notice| {
                    let controller = title(policy, Kind::Party, &notice.controller, self.lang)
                        .unwrap_or_else(|| notice.controller.clone());
                    let mut parts =
                        vec![format!("{}: {controller}", self.say("Dataansvarlig", "Controller"))];
                    parts.extend(self.valid(notice.valid));
                    parts
                })
                .unwrap_or_default(),
            Kind::Share => policy
                .shares
                .iter()
                .find(|share| share.said.id == name)
                .map(|share| vec![self.share(share)])
                .unwrap_or_default(),
            Kind::Right => policy
                .rights
                .iter()
                .find(|right| right.said.id == name)
                .map(|right| {
                    let article = citation(policy, &right.article, self.lang);
                    vec![format!("{} ({})", article.words, article.number), self.goes(&right.deadline())]
                })
                .unwrap_or_default(),
            Kind::Measure | Kind::Provision | Kind::Field => Vec::new(),
        }
    }

    fn titled(&self, said: &Said) -> String {
        format!("{} `{}`", said.title.get(self.lang), said.id)
    }

    /// When something goes, as a sentence.
    fn goes(&self, rule: &Rule) -> String {
        format!("{}.", large(&clock_words(self.policy, rule, self.lang)))
    }

    fn listed(&self, head: (&str, &str), items: Vec<String>) -> String {
        let head = self.say(head.0, head.1);
        if items.is_empty() {
            return String::new();
        }
        let more = items.len().saturating_sub(TOLD_MAX);
        let mut lines: Vec<String> =
            items.into_iter().take(TOLD_MAX).map(|item| format!("- {item}")).collect();
        if more > 0 {
            lines.push(format!("- {} {more} {}", self.say("og", "and"), self.say("til", "more")));
        }
        format!("{head}:\n{}", lines.join("\n"))
    }

    fn register(&self, id: RegisterId, register: &Register) -> Vec<String> {
        let policy = self.policy;
        let fields: Vec<String> = register
            .fields
            .iter()
            .map(|field| format!("{} ({})", field.title.get(self.lang), class_words(field.class, self.lang)))
            .collect();
        let basis = register.basis.iter().map(|ground| {
            let ground = citation(policy, ground, self.lang);
            format!("{} ({})", ground.words, ground.number)
        });
        // The index of a register whose rule could not be read leads to another register's.
        let clock = policy.clock_of(id).filter(|clock| {
            clock.said.id == register.said.id || policy.register_id(&clock.said.id).is_none()
        });
        let uses = policy.use_ids().filter(|(_, used)| used.of.iter().any(|scope| scope.register == id));
        let who: Vec<String> = uses.map(|(at, _)| use_sentence(policy, at, self.lang)).collect();
        let shares =
            policy.shares.iter().filter(|share| share.of.contains(&id)).map(|share| self.share(share));
        let mut parts = Vec::new();
        parts.extend(clock.map(|clock| self.goes(&clock.rule)));
        if register.public {
            parts.push(self.say("Alle må se det.", "Everybody may see it.").to_owned());
        }
        if register.unnamed {
            parts.push(
                self.say(
                    "Ingen kan findes i det (GDPR art. 11).",
                    "Nobody can be found in it (GDPR art. 11).",
                )
                .to_owned(),
            );
        }
        parts.push(self.listed(("Hvem må", "Who may"), who));
        parts.push(self.listed(("Gives videre", "Passed on"), shares.collect()));
        parts.push(self.listed(("Hjemmel", "Legal basis"), basis.collect()));
        parts.push(format!("{}: {}", self.say("Felter", "Fields"), fields.join(", ")));
        parts
    }

    fn share(&self, share: &crate::policy::Share) -> String {
        let to = title(self.policy, Kind::Party, &share.to, self.lang).unwrap_or_else(|| share.to.clone());
        match &share.condition {
            Some(condition) => format!("{to}: {}", condition.get(self.lang)),
            None => to,
        }
    }

    fn role(&self, id: RoleId) -> Vec<String> {
        let policy = self.policy;
        let wider = policy.role(id).map_or(&[][..], |role| &role.is);
        let wider =
            wider.iter().skip(1).filter_map(|id| policy.role(*id)).map(|role| self.titled(&role.said));
        let uses = policy.uses_of(id).map(|at| use_sentence(policy, at, self.lang));
        let events = policy
            .events
            .iter()
            .filter(|event| event.roles.contains(&id))
            .map(|event| self.titled(&event.said));
        let authorised = policy.role(id).is_some_and(|role| role.needs_authorisation);
        let mut parts = vec![self.listed(("Er også", "Is also"), wider.collect())];
        if authorised {
            parts.push(
                self.say(
                    "Autorisationen slås op ved hver afgørelse.",
                    "The authorisation is looked up at each decision.",
                )
                .to_owned(),
            );
        }
        parts.push(self.listed(("Må", "May"), uses.collect()));
        parts.push(self.listed(("Må melde", "May raise"), events.collect()));
        parts
    }

    fn party(&self, name: &str) -> Vec<String> {
        let Some(party) = self.policy.party(name) else { return Vec::new() };
        let kinds: Vec<String> = party.kinds.iter().map(|kind| word_of_party(kind, self.lang)).collect();
        let contact = party.contact.iter().map(|(label, value)| format!("{}: {value}", label.get(self.lang)));
        let notices = self
            .policy
            .notices
            .iter()
            .filter(|notice| notice.controller == name)
            .map(|it| self.titled(&it.said));
        let given =
            self.policy.shares.iter().filter(|share| share.to == name).map(|it| self.titled(&it.said));
        let mut parts = vec![format!("{} ({})", kinds.join("; "), party.country)];
        parts.extend(self.valid(party.valid));
        parts.extend(party.successor.as_ref().map(|next| {
            let next = title(self.policy, Kind::Party, next, self.lang).unwrap_or_else(|| next.clone());
            format!("{} {next}", self.say("Afløses af", "Succeeded by"))
        }));
        parts.push(self.listed(("Kontakt", "Contact"), contact.collect()));
        parts.push(self.listed(("Dataansvarlig for", "Controller of"), notices.collect()));
        parts.push(self.listed(("Modtager", "Receives"), given.collect()));
        parts
    }

    fn event(&self, name: &str) -> Vec<String> {
        let Some(event) = self.policy.event(name) else { return Vec::new() };
        let roles = event
            .roles
            .iter()
            .filter_map(|id| self.policy.role(*id))
            .map(|role| role.said.title.get(self.lang).to_owned());
        let roles: Vec<String> = roles.collect();
        let by = event.by.as_ref().map(|by| by.get(self.lang).to_owned());
        let who = by.filter(|_| roles.is_empty()).unwrap_or_else(|| roles.join(", "));
        let clocks = self.policy.clocks.iter().filter(|clock| clock.rule.names().events.contains(name));
        vec![
            format!("{}: {who}", self.say("Meldes af", "Raised by")),
            self.listed(
                ("Frister, der ser på den", "Clocks that look at it"),
                clocks.map(|clock| self.titled(&clock.said)).collect(),
            ),
        ]
    }

    fn flag(&self, name: &str) -> Vec<String> {
        let Some(flag) = self.policy.flag(name) else { return Vec::new() };
        let by =
            flag.by.as_ref().map(|by| format!("{}: {}", self.say("Træffes af", "Set by"), by.get(self.lang)));
        let mut parts: Vec<String> = by.into_iter().collect();
        parts.extend(flag.ends.map(|ends| {
            format!("{} {}", self.say("Står højst i", "Stands for at most"), duration(ends, self.lang))
        }));
        parts
    }

    fn provision(&self, name: &str) -> Option<String> {
        let (_, provision) = self.policy.provision(name)?;
        let words = citation(self.policy, name, self.lang);
        let covers: Vec<&str> = provision.covers.iter().map(|class| class_words(*class, self.lang)).collect();
        let mut parts = vec![format!("**{}**", large(&words.words)), format!("{} · `{name}`", words.number)];
        parts.push(if covers.is_empty() {
            self.say("Er ingen hjemmel for at behandle oplysninger.", "Is no ground for processing.")
                .to_owned()
        } else {
            format!("{}: {}", self.say("Hjemmel for", "Ground for"), covers.join(", "))
        });
        parts.extend(words.eli.map(|eli| format!("<{eli}>")));
        Some(parts.join("\n\n"))
    }

    fn field(&self, name: &str) -> Option<(RegisterId, &'a crate::policy::Field)> {
        let (register, field) = name.rsplit_once('.')?;
        let (id, register) = self.policy.register_ids().find(|(_, it)| it.said.id == register)?;
        register.fields.iter().find(|it| it.name == field).map(|field| (id, field))
    }

    fn about_field(&self, name: &str) -> Option<String> {
        let (register, field) = self.field(name)?;
        let id = self.policy.field_id(register, &field.name);
        let sees = |used: &crate::policy::Use| {
            used.of
                .iter()
                .any(|scope| scope.register == register && id.is_some_and(|id| scope.fields.contains(id)))
        };
        let uses = self
            .policy
            .use_ids()
            .filter(|(_, used)| sees(used))
            .map(|(at, _)| use_sentence(self.policy, at, self.lang));
        let head = format!(
            "**{}** · {} `{name}` · {}",
            field.title.get(self.lang),
            self.kind(Kind::Field),
            class_words(field.class, self.lang)
        );
        let who = self.listed(("Hvem må", "Who may"), uses.collect());
        Some([head, who].into_iter().filter(|part| !part.is_empty()).collect::<Vec<_>>().join("\n\n"))
    }

    fn valid(&self, valid: Valid) -> Option<String> {
        let from = valid.from.map(|date| format!("{} {}", self.say("Fra", "From"), day(date, self.lang)));
        let last = valid.until.and_then(|date| date.yesterday().ok());
        let last = last.map(|date| {
            format!("{} {}", self.say("til og med", "until and including"), day(date, self.lang))
        });
        let parts: Vec<String> = from.into_iter().chain(last).collect();
        (!parts.is_empty()).then(|| large(&parts.join(" ")))
    }
}

fn own<'a>(mut all: impl Iterator<Item = &'a Said>, name: &str) -> Option<&'a Said> {
    all.find(|said| said.id == name)
}

fn word_of_party(kind: &str, lang: Lang) -> String {
    party(kind, lang)
        .map_or_else(|| kind.to_owned(), |words| words.split(':').next().unwrap_or(words).to_owned())
}
