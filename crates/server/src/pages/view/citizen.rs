//! Pages of a citizen: what we hold, who looked, what goes when, blocks, consents, children, basic data.

use askama::Template;
use jiff::Timestamp;
use jiff::civil::Date;

use super::emergencies::Access;
use super::medicine::Card;
use super::states::Kind;
use super::{Bars, Choice, Field, Problems, Shell, Timeline};

/// *Your data today*.
#[derive(Debug, Template)]
#[template(path = "me.html")]
pub struct Me {
    /// What stands around.
    pub p: Shell,
    /// Emergency accesses of the last thirty days, newest first.
    pub emergencies: Vec<Look>,
    /// What we hold, in plain groups.
    pub groups: Vec<Group>,
    /// Titles of groups in which there is nothing.
    pub empty: Vec<String>,
    /// Who looked lately.
    pub looks: Vec<Look>,
    /// What goes soon.
    pub soon: Vec<Due>,
}

/// A plain group of what we hold.
#[derive(Clone, Debug)]
pub struct Group {
    /// Title.
    pub title: String,
    /// How much.
    pub records: u64,
    /// Page below the language, if there is one.
    pub page: Option<&'static str>,
    /// When the first of it goes.
    pub next: Option<Timestamp>,
}

/// A look, told in plain words.
#[derive(Clone, Debug)]
pub struct Look {
    /// When.
    pub at: Timestamp,
    /// What kind.
    pub kind: LookKind,
    /// Who.
    pub who: String,
    /// In which role.
    pub role: String,
    /// Where.
    pub place: Option<String>,
    /// On whose behalf.
    pub on_behalf_of: Option<String>,
    /// What was done, in the words of the notice.
    pub what: String,
    /// On what ground.
    pub ground: String,
    /// The written reason.
    pub reason: Option<String>,
    /// Why it was refused, in words.
    pub clause: Option<String>,
    /// How many records.
    pub records: usize,
    /// How often: refusals of the same kind within an hour share a line.
    pub times: usize,
    /// When the line goes.
    pub due_at: Option<Timestamp>,
    /// That and why it is kept longer than other lines (rule N-18), in words.
    pub kept: Option<String>,
}

/// What kind of look it was.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum LookKind {
    /// For treatment.
    Treatment,
    /// At a pharmacy.
    Pharmacy,
    /// Under emergency access.
    Emergency,
    /// By an authority or a system.
    Administration,
    /// The person herself, or who acts for her.
    Own,
    /// Refused.
    Refused,
}

impl LookKind {
    /// All, in the order of the page.
    pub const ALL: [Self; 6] =
        [Self::Treatment, Self::Pharmacy, Self::Emergency, Self::Administration, Self::Own, Self::Refused];

    /// Key of the word.
    #[must_use]
    pub fn key(self) -> &'static str {
        match self {
            Self::Treatment => "look-treatment",
            Self::Pharmacy => "look-pharmacy",
            Self::Emergency => "look-emergency",
            Self::Administration => "look-administration",
            Self::Own => "look-own",
            Self::Refused => "look-refused",
        }
    }

    /// The word in an address.
    #[must_use]
    pub fn word(self) -> &'static str {
        self.key().trim_start_matches("look-")
    }

    /// Class of the badge.
    #[must_use]
    pub fn badge(self) -> &'static str {
        match self {
            Self::Treatment | Self::Pharmacy => "badge-info",
            Self::Emergency => "badge-warning",
            Self::Administration | Self::Own => "badge-plain",
            Self::Refused => "badge-error",
        }
    }
}

/// Something that goes.
#[derive(Clone, Debug)]
pub struct Due {
    /// What it is.
    pub what: String,
    /// The state in which it is, where it is not simply in use.
    pub state: Option<Kind>,
    /// How many records it stands for.
    pub records: usize,
    /// When; none while an event is waited for.
    pub at: Option<Timestamp>,
    /// What happens then.
    pub happens: Option<Happens>,
    /// Why it is kept till then.
    pub why: String,
}

/// What happens on the day.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Happens {
    /// It is only stored.
    Blocked,
    /// It is gone.
    Erased,
    /// The archive takes it over.
    Archived,
}

impl Happens {
    /// Key of the word.
    #[must_use]
    pub fn key(self) -> &'static str {
        match self {
            Self::Blocked => "happens-blocked",
            Self::Erased => "happens-erased",
            Self::Archived => "happens-archived",
        }
    }

    /// Its series in a picture.
    #[must_use]
    pub fn series(self) -> usize {
        match self {
            Self::Blocked => 0,
            Self::Erased => 1,
            Self::Archived => 2,
        }
    }
}

/// Whose page it is.
#[derive(Clone, Debug)]
pub enum Whose {
    /// One's own.
    Mine,
    /// A child's.
    Child {
        /// Id.
        id: String,
        /// Name.
        name: String,
    },
    /// Of a person for whom one acts.
    Represented {
        /// Id.
        id: String,
        /// Name.
        name: String,
    },
}

impl Whose {
    /// Key of what stands above a log.
    #[must_use]
    pub fn log_lead(&self) -> &'static str {
        match self {
            Self::Mine => "log-lead",
            Self::Child { .. } => "log-child-lead",
            Self::Represented { .. } => "log-represented-lead",
        }
    }

    /// Whether it is one's own.
    #[must_use]
    pub fn is_mine(&self) -> bool {
        matches!(self, Self::Mine)
    }

    /// The other's name.
    #[must_use]
    pub fn name(&self) -> &str {
        match self {
            Self::Mine => "",
            Self::Child { name, .. } | Self::Represented { name, .. } => name,
        }
    }
}

/// The medicine card of oneself or a child.
#[derive(Debug, Template)]
#[template(path = "me_medicine.html")]
pub struct Medicine {
    /// What stands around.
    pub p: Shell,
    /// Whose.
    pub whose: Whose,
    /// The card.
    pub card: Card,
}

/// Who has looked.
#[derive(Debug, Template)]
#[template(path = "me_log.html")]
pub struct Log {
    /// What stands around.
    pub p: Shell,
    /// Whose.
    pub whose: Whose,
    /// Emergency accesses to one's own data, the latest first, and what their review found.
    pub emergencies: Vec<Access>,
    /// Looks by day.
    pub picture: Bars,
    /// Kinds to choose from: word, key, whether chosen.
    pub kinds: Vec<KindLink>,
    /// The days.
    pub days: Vec<Day>,
    /// Where older lines are.
    pub older: Option<String>,
}

/// A link that shows one kind of look.
#[derive(Clone, Debug)]
pub struct KindLink {
    /// Where to.
    pub href: String,
    /// Key of the text.
    pub key: &'static str,
    /// Whether it is the one shown.
    pub current: bool,
}

/// One day of the log.
#[derive(Clone, Debug)]
pub struct Day {
    /// The day.
    pub date: Date,
    /// Its lines.
    pub looks: Vec<Look>,
    /// Of one's own looks those that are folded away: nobody searches for herself.
    pub folded: Vec<Look>,
}

/// What goes when.
#[derive(Debug, Template)]
#[template(path = "me_when.html")]
pub struct When {
    /// What stands around.
    pub p: Shell,
    /// The line of time.
    pub line: Timeline,
    /// By group.
    pub groups: Vec<WhenGroup>,
    /// Titles of groups in which there is nothing.
    pub empty: Vec<String>,
}

/// How many rows of a group are shown before the others are folded away.
const ROWS: usize = 6;

impl WhenGroup {
    /// The rows that are shown at once.
    #[must_use]
    pub fn first(&self) -> &[Due] {
        self.items.get(..ROWS).unwrap_or(&self.items)
    }

    /// The rows that are folded away.
    #[must_use]
    pub fn others(&self) -> &[Due] {
        self.items.get(ROWS..).unwrap_or_default()
    }
}

/// One group of what goes when.
#[derive(Clone, Debug)]
pub struct WhenGroup {
    /// Title.
    pub title: String,
    /// What the notice says of how long it is kept.
    pub says: Option<String>,
    /// Chosen by the controller where the published notice is silent.
    pub unstated: Option<String>,
    /// Numbers of the rules, small behind.
    pub rules: Vec<String>,
    /// What there is.
    pub items: Vec<Due>,
}

/// Blocks in force and ended.
#[derive(Debug, Template)]
#[template(path = "me_blocks.html")]
pub struct Blocks {
    /// What stands around.
    pub p: Shell,
    /// In force.
    pub active: Vec<Held>,
    /// Over.
    pub ended: Vec<Held>,
}

/// A block or a consent in a list.
#[derive(Clone, Debug)]
pub struct Held {
    /// Id.
    pub id: String,
    /// Whom it concerns; none for everyone.
    pub whom: Option<String>,
    /// From when.
    pub from: Timestamp,
    /// Until when.
    pub until: Option<Timestamp>,
}

/// One question of the way to a block or a consent.
#[derive(Debug, Template)]
#[template(path = "ask.html")]
pub struct Ask {
    /// What stands around.
    pub p: Shell,
    /// Block or consent.
    pub deed: Deed,
    /// Which question.
    pub step: Step,
    /// What was answered before, carried along: name and value.
    pub carried: Vec<(&'static str, String)>,
    /// What is wrong.
    pub problems: Problems,
}

/// What the questions lead to.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Deed {
    /// A block.
    Block,
    /// A consent.
    Consent,
}

impl Deed {
    /// Start of the keys.
    #[must_use]
    pub fn word(self) -> &'static str {
        match self {
            Self::Block => "block",
            Self::Consent => "consent",
        }
    }

    /// Page below the language.
    #[must_use]
    pub fn page(self) -> &'static str {
        match self {
            Self::Block => "me/blocks",
            Self::Consent => "me/consents",
        }
    }

    /// Key of a text of this deed.
    #[must_use]
    pub fn key(self, rest: &str) -> String {
        format!("{}-{rest}", self.word())
    }
}

/// A question.
#[derive(Clone, Debug)]
pub enum Step {
    /// A person, an organisation, everyone?
    Whom {
        /// The choices.
        choices: Vec<Choice>,
        /// The answer.
        field: Field,
    },
    /// Which one?
    Which {
        /// Those who have looked lately.
        choices: Vec<Choice>,
        /// The answer.
        field: Field,
        /// A number of one's own: authorisation id, or number of the organisation.
        number: Field,
        /// Whether an organisation is asked for.
        organisation: bool,
    },
    /// Until when?
    Until {
        /// Choices.
        choices: Vec<Choice>,
        /// The answer.
        field: Field,
        /// A day of one's own.
        day: Field,
    },
    /// Is this right?
    Review {
        /// Whom; none for everyone.
        whom: Option<String>,
        /// Until when.
        until: Option<Date>,
    },
}

impl Step {
    /// Its number.
    #[must_use]
    pub fn number(&self) -> usize {
        match self {
            Self::Whom { .. } => 1,
            Self::Which { .. } => 2,
            Self::Until { .. } => 3,
            Self::Review { .. } => 4,
        }
    }
}

/// Consents in force and ended.
#[derive(Debug, Template)]
#[template(path = "me_consents.html")]
pub struct Consents {
    /// What stands around.
    pub p: Shell,
    /// In force.
    pub active: Vec<Held>,
    /// Over.
    pub ended: Vec<Held>,
}

/// Children under 15.
#[derive(Debug, Template)]
#[template(path = "me_children.html")]
pub struct Children {
    /// What stands around.
    pub p: Shell,
    /// The children.
    pub children: Vec<Child>,
}

/// A child.
#[derive(Clone, Debug)]
pub struct Child {
    /// Id.
    pub id: String,
    /// Name.
    pub name: String,
    /// Until when one may look.
    pub until: Option<Timestamp>,
}

/// Basic data and what one says of oneself.
#[derive(Debug, Template)]
#[template(path = "me_basic.html")]
pub struct Basic {
    /// What stands around.
    pub p: Shell,
    /// Rows from the civil register: key and value.
    pub rows: Vec<(&'static str, String)>,
    /// Whether name and address are protected.
    pub protection: Protection,
    /// The form.
    pub form: ContactForm,
    /// What is wrong.
    pub problems: Problems,
}

/// Whether name and address are protected.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Protection {
    /// They are.
    Protected,
    /// They are not.
    None,
}

impl Protection {
    /// Whether they are.
    #[must_use]
    pub fn is_on(self) -> bool {
        self == Self::Protected
    }
}

/// What citizens say of themselves, as a form.
#[derive(Clone, Debug, Default)]
pub struct ContactForm {
    /// Telephone.
    pub phone: Field,
    /// First name of a relative.
    pub relative_first_name: Field,
    /// Last name of a relative.
    pub relative_last_name: Field,
    /// Telephone of a relative.
    pub relative_phone: Field,
    /// Where one stays for a time.
    pub temporary_address: Field,
    /// Until when.
    pub temporary_until: Field,
    /// Languages.
    pub languages: Field,
}

/// What this browser stores.
#[derive(Debug, Template)]
#[template(path = "me_device.html")]
pub struct Device {
    /// What stands around.
    pub p: Shell,
    /// Minutes without use until the session ends.
    pub idle_minutes: u64,
    /// Hours until it ends in any case.
    pub absolute_hours: u64,
    /// Where the person is logged in.
    pub sessions: Vec<SessionRow>,
}

/// One place where the person is logged in.
#[derive(Clone, Debug)]
pub struct SessionRow {
    /// To end it by.
    pub handle: String,
    /// Minutes since it began.
    pub minutes: u64,
    /// Minutes since it was used.
    pub idle_minutes: u64,
    /// Whether it is this browser.
    pub current: bool,
}

/// For whom one acts, and who acts for oneself.
#[derive(Debug, Template)]
#[template(path = "me_represented.html")]
pub struct Representations {
    /// What stands around.
    pub p: Shell,
    /// For whom one acts.
    pub for_whom: Vec<Acts>,
    /// Who acts for oneself, over or not.
    pub given: Vec<Given>,
    /// Number of the one who is to act.
    pub cpr: Field,
    /// Name of the one who is to act.
    pub named: Field,
    /// Last day.
    pub until: Field,
    /// What is wrong.
    pub problems: Problems,
}

/// A person for whom one acts.
#[derive(Clone, Debug)]
pub struct Acts {
    /// Id.
    pub person: String,
    /// Name.
    pub name: String,
    /// Until when.
    pub until: Option<Timestamp>,
}

/// One who acts for oneself.
#[derive(Clone, Debug)]
pub struct Given {
    /// Id of the power of attorney.
    pub id: String,
    /// Name.
    pub name: String,
    /// Key of the kind.
    pub kind: &'static str,
    /// From when.
    pub from: Timestamp,
    /// Until when.
    pub until: Option<Timestamp>,
    /// Whether one can end it oneself.
    pub ends: bool,
}

/// Which pharmacies may see the prescriptions.
#[derive(Debug, Template)]
#[template(path = "me_pharmacies.html")]
pub struct Pharmacies {
    /// What stands around.
    pub p: Shell,
    /// Those that may now.
    pub active: Vec<Held>,
    /// Number of the pharmacy.
    pub number: Field,
    /// Its name.
    pub named: Field,
    /// What is wrong.
    pub problems: Problems,
}
