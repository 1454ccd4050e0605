//! What stands around every page: language, who is here, where one may go, who answers for it.

use askama::filters::Safe;
use fluent_bundle::FluentValue;
use jiff::Timestamp;
use jiff::civil::Date;
use notice::Lang;
use notice::render::words::time_of_day;
use rust_decimal::Decimal;

use crate::app::Place;
use crate::i18n::{self, Texts};
use crate::pages::assets;

/// The part of the house in which a visitor stands; it decides the menu.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Area {
    /// Nobody is signed in.
    Open,
    /// A citizen.
    Citizen,
    /// A health professional.
    Professional,
    /// A pharmacy.
    Pharmacy,
    /// The data protection officer.
    Officer,
    /// The reviewer of emergency access.
    Reviewer,
    /// The operator.
    Operator,
    /// Who works with registers that a notice of any controller declares.
    Staff,
    /// Whom such a register is about.
    Person,
}

/// Who is signed in, as the header says it.
#[derive(Clone, Debug)]
pub struct Who {
    /// Name.
    pub name: String,
    /// Role and organisation in words.
    pub role: String,
}

/// The authority that answers for the page.
#[derive(Clone, Debug, Default)]
pub struct Controller {
    /// Name.
    pub name: String,
    /// The data protection officer, by function and address.
    pub officer: Option<String>,
}

/// How serious a message is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Tone {
    /// Done as asked.
    Success,
    /// Good to know.
    Info,
    /// Look here.
    Warning,
    /// It did not work.
    Error,
}

impl Tone {
    /// The ending of the style class.
    #[must_use]
    pub fn class(self) -> &'static str {
        match self {
            Self::Success => "success",
            Self::Info => "info",
            Self::Warning => "warning",
            Self::Error => "error",
        }
    }
}

/// A message at the head of a page about what was just done.
#[derive(Clone, Debug)]
pub struct Flash {
    /// How serious.
    pub tone: Tone,
    /// Key of the text.
    pub key: &'static str,
}

/// The time machine at the edge of every page of the demonstration.
#[derive(Clone, Debug)]
pub struct Edge {
    /// How far the time stands from the real one, in days.
    pub days_ahead: i64,
}

impl Edge {
    /// How far the time is from the real one, in words.
    #[must_use]
    pub fn words(&self, p: &Shell) -> String {
        let days = usize::try_from(self.days_ahead.unsigned_abs()).unwrap_or(usize::MAX);
        p.tn("edge-ahead", days)
    }
}

/// What every template is handed.
#[derive(Clone, Debug)]
pub struct Shell {
    /// Language.
    pub lang: Lang,
    /// Now.
    pub now: Timestamp,
    /// Path after the language, without a leading slash; the other language is at the same.
    pub here: String,
    /// The part of the house.
    pub area: Area,
    /// Who is signed in.
    pub who: Option<Who>,
    /// Token that each form carries.
    pub csrf: String,
    /// Who answers for the page.
    pub controller: Controller,
    /// What was just done.
    pub flash: Option<Flash>,
    /// The time machine.
    pub edge: Option<Edge>,
    /// Whether one can warn others here (smitte|stop).
    pub warns: bool,
    /// Whether this is the real thing.
    pub place: Place,
}

/// A value, however often a template borrows it.
pub trait Given<T> {
    /// The value.
    fn given(&self) -> T;
}

macro_rules! given {
    ($($kind:ty),+) => {
        $(
            impl Given<$kind> for $kind {
                fn given(&self) -> $kind {
                    *self
                }
            }
            impl<G: Given<$kind>> Given<$kind> for &G {
                fn given(&self) -> $kind {
                    (**self).given()
                }
            }
        )+
    };
}
given!(u64, usize, Date, Timestamp);

/// A link of the menu.
#[derive(Clone, Debug)]
pub struct Link {
    /// Where to.
    pub href: String,
    /// Key of the text.
    pub key: &'static str,
    /// Whether the page is the one shown, or below it.
    pub current: bool,
}

const OPEN: &[(&str, &str)] =
    &[("notices", "nav-notices"), ("promises", "nav-promises"), ("login", "nav-login")];
const CITIZEN: &[(&str, &str)] = &[
    ("me", "nav-me"),
    ("me/medicine", "nav-medicine"),
    ("me/log", "nav-log"),
    ("me/when", "nav-when"),
    ("me/blocks", "nav-blocks"),
    ("me/consents", "nav-consents"),
    ("me/children", "nav-children"),
    ("me/represented", "nav-represented"),
    ("me/pharmacies", "nav-pharmacies"),
    ("me/basic", "nav-basic"),
];
const PROFESSIONAL: &[(&str, &str)] =
    &[("patients", "nav-patients"), ("looks", "nav-looks"), ("notices", "nav-notices")];
const PHARMACY: &[(&str, &str)] =
    &[("pharmacy", "nav-pharmacy"), ("looks", "nav-looks"), ("notices", "nav-notices")];
const OFFICER: &[(&str, &str)] = &[
    ("officer", "nav-officer"),
    ("officer/due", "nav-due"),
    ("officer/clocks", "nav-clocks"),
    ("officer/promises", "nav-promises"),
    ("officer/notices", "nav-matrix"),
    ("officer/draft", "nav-draft"),
];
const REVIEWER: &[(&str, &str)] = &[("officer/emergencies", "nav-emergencies"), ("notices", "nav-notices")];
const OPERATOR: &[(&str, &str)] =
    &[("operator", "nav-operator"), ("promises", "nav-promises"), ("notices", "nav-notices")];
const STAFF: &[(&str, &str)] = &[("registers", "nav-registers"), ("notices", "nav-notices")];
const PERSON: &[(&str, &str)] = &[("registers", "nav-own"), ("notices", "nav-notices")];

impl Area {
    /// Its first page, below the language.
    #[must_use]
    pub fn home(self) -> &'static str {
        match self {
            Self::Open => "",
            Self::Citizen => "me",
            Self::Professional => "patients",
            Self::Pharmacy => "pharmacy",
            Self::Officer => "officer",
            Self::Reviewer => "officer/emergencies",
            Self::Operator => "operator",
            Self::Staff | Self::Person => "registers",
        }
    }
}

impl Shell {
    /// What the site is called: after the controller whose notice runs. The demonstration has several, and its own name.
    #[must_use]
    pub fn site(&self) -> String {
        if self.controller.name.is_empty() || self.edge.is_some() {
            return self.t("site-name");
        }
        self.controller.name.clone()
    }

    /// A text.
    #[must_use]
    pub fn t(&self, key: impl AsRef<str>) -> String {
        Texts::of(self.lang).get(key.as_ref(), &[])
    }

    /// A text with one value in it.
    #[must_use]
    pub fn t1(&self, key: &str, name: &str, value: impl AsRef<str>) -> String {
        Texts::of(self.lang).get(key, &[(name, FluentValue::from(value.as_ref()))])
    }

    /// A text with two values in it.
    #[must_use]
    pub fn t2(
        &self,
        key: &str,
        first: &str,
        one: impl AsRef<str>,
        second: &str,
        two: impl AsRef<str>,
    ) -> String {
        Texts::of(self.lang)
            .get(key, &[(first, FluentValue::from(one.as_ref())), (second, FluentValue::from(two.as_ref()))])
    }

    /// A text that counts `n`.
    #[must_use]
    pub fn tn(&self, key: &str, n: impl Given<usize>) -> String {
        let n = i64::try_from(n.given()).unwrap_or(i64::MAX);
        Texts::of(self.lang).get(key, &[("n", FluentValue::from(n))])
    }

    /// A whole number.
    #[must_use]
    pub fn n(&self, number: impl Given<u64>) -> String {
        i18n::whole(number.given(), self.lang)
    }

    /// A whole number that counts things at hand.
    #[must_use]
    pub fn size(&self, number: impl Given<usize>) -> String {
        i18n::whole(i128::try_from(number.given()).unwrap_or(i128::MAX), self.lang)
    }

    /// A decimal number.
    #[must_use]
    pub fn dec(&self, number: &Decimal) -> String {
        i18n::decimal(*number, self.lang)
    }

    /// The address of a page in the language of this one.
    #[must_use]
    pub fn to(&self, path: &str) -> String {
        format!("/{}/{path}", self.lang.tag())
    }

    /// The address below another part: `under("patients", id, "card")`.
    #[must_use]
    pub fn under(&self, before: &str, id: &str, after: &str) -> String {
        format!("/{}/{before}/{id}/{after}", self.lang.tag())
    }

    /// The address of a file.
    #[must_use]
    pub fn asset(&self, path: &str) -> String {
        assets::address(path)
    }

    /// A moment in words, the exact time behind it.
    #[must_use]
    pub fn when(&self, at: impl Given<Timestamp>) -> Safe<String> {
        time(&i18n::moment(at.given(), self.now, self.lang))
    }

    /// A moment with its date in full.
    #[must_use]
    pub fn in_full(&self, at: impl Given<Timestamp>) -> Safe<String> {
        time(&i18n::in_full(at.given(), self.lang))
    }

    /// The day of a moment in words.
    #[must_use]
    pub fn day_of(&self, at: impl Given<Timestamp>) -> Safe<String> {
        self.day(at.given().to_zoned(i18n::ZONE.clone()).date())
    }

    /// The time of day of a moment.
    #[must_use]
    pub fn clock(&self, at: impl Given<Timestamp>) -> Safe<String> {
        let at = at.given();
        let mut told = i18n::moment(at, self.now, self.lang);
        told.words = time_of_day(at.to_zoned(i18n::ZONE.clone()).time(), self.lang);
        time(&told)
    }

    /// A day in words.
    #[must_use]
    pub fn day(&self, date: impl Given<Date>) -> Safe<String> {
        time(&i18n::day(date.given(), self.today(), self.lang))
    }

    /// A day in words without markup, for attributes and pictures.
    #[must_use]
    pub fn plain_day(&self, date: impl Given<Date>) -> String {
        i18n::day(date.given(), self.today(), self.lang).words
    }

    /// A moment in words without markup.
    #[must_use]
    pub fn plain_moment(&self, at: impl Given<Timestamp>) -> String {
        i18n::moment(at.given(), self.now, self.lang).words
    }

    /// Today, in Danish time.
    #[must_use]
    pub fn today(&self) -> Date {
        self.now.to_zoned(i18n::ZONE.clone()).date()
    }

    /// The other language.
    #[must_use]
    pub fn other(&self) -> Lang {
        match self.lang {
            Lang::Da => Lang::En,
            Lang::En => Lang::Da,
        }
    }

    /// The same page in the other language.
    #[must_use]
    pub fn switched(&self) -> String {
        format!("/{}/{}", self.other().tag(), self.here)
    }

    /// The menu of the part of the house.
    #[must_use]
    pub fn menu(&self) -> Vec<Link> {
        let links = match self.area {
            Area::Open => OPEN,
            Area::Citizen => CITIZEN,
            Area::Professional => PROFESSIONAL,
            Area::Pharmacy => PHARMACY,
            Area::Officer => OFFICER,
            Area::Reviewer => REVIEWER,
            Area::Operator => OPERATOR,
            Area::Staff => STAFF,
            Area::Person => PERSON,
        };
        // The longest address that the page lies at or below is the current one.
        let at = links
            .iter()
            .map(|(path, _)| *path)
            .filter(|path| self.lies_below(path))
            .max_by_key(|path| path.len());
        let link = |(path, key): &(&'static str, &'static str)| Link {
            href: self.to(path),
            key,
            current: at == Some(*path),
        };
        let mut menu: Vec<Link> = links.iter().map(link).collect();
        let warn = match self.area {
            Area::Open => Some("warn"),
            Area::Citizen => Some("me/warn"),
            Area::Professional
            | Area::Pharmacy
            | Area::Officer
            | Area::Reviewer
            | Area::Operator
            | Area::Staff
            | Area::Person => None,
        };
        if let Some(path) = warn.filter(|_| self.warns) {
            let current = self.lies_below(path);
            menu.iter_mut().for_each(|link| link.current &= !current);
            menu.push(Link { href: self.to(path), key: "nav-warn", current });
        }
        menu
    }

    /// The first page of the part of the house.
    #[must_use]
    pub fn home(&self) -> String {
        self.to(self.area.home())
    }

    fn lies_below(&self, path: &str) -> bool {
        self.here.strip_prefix(path).is_some_and(|rest| rest.is_empty() || rest.starts_with(['/', '?']))
    }
}

/// Our own markup around texts of [`i18n`], which hold nothing that a visitor wrote.
fn time(moment: &i18n::Moment) -> Safe<String> {
    Safe(format!("<time datetime=\"{}\" title=\"{}\">{}</time>", moment.machine, moment.exact, moment.words))
}
