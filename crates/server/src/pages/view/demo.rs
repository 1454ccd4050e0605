//! The demonstration: choose a person, move the time, take the tour. None of it is in a release.

use askama::Template;
use jiff::civil::Date;

use super::{Field, Problems, Shell};

/// Who do you want to be?
#[derive(Debug, Template)]
#[template(path = "demo.html")]
pub struct Choose {
    /// What stands around.
    pub p: Shell,
    /// The persons.
    pub persons: Vec<Person>,
    /// Whether other countries take part.
    pub countries: bool,
}

/// A person to be.
#[derive(Clone, Debug)]
pub struct Person {
    /// What is sent.
    pub key: String,
    /// Name.
    pub name: String,
    /// In a word: citizen, doctor.
    pub role: String,
    /// Who it is, in a line.
    pub line: String,
}

/// The time machine.
#[derive(Debug, Template)]
#[template(path = "demo_time.html")]
pub struct Time {
    /// What stands around.
    pub p: Shell,
    /// Days to go to: key and day.
    pub stops: Vec<(&'static str, Date)>,
    /// A day of one's own.
    pub day: Field,
    /// What is wrong.
    pub problems: Problems,
    /// What the sweeps of the last journey did.
    pub report: Option<Report>,
    /// The journey that is under way.
    pub under: Option<Under>,
}

/// A journey under way.
#[derive(Clone, Copy, Debug)]
pub struct Under {
    /// Where it goes.
    pub to: Date,
    /// How far it has come.
    pub percent: u64,
}

/// What a sweep did.
#[derive(Clone, Debug, Default)]
pub struct Report {
    /// Acts by register: title, key of what was done, how many.
    pub acts: Vec<(String, &'static str, u64)>,
    /// Held back: the key of why, how many.
    pub held: Vec<(&'static str, u64)>,
    /// The sweep did not run, in words.
    pub stopped: Option<String>,
}

impl Report {
    /// Whether nothing happened.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.acts.is_empty() && self.held.is_empty() && self.stopped.is_none()
    }
}

/// A country misbehaves.
#[derive(Debug, Template)]
#[template(path = "demo_europe.html")]
pub struct Misdeeds {
    /// What stands around.
    pub p: Shell,
    /// What it may do wrong: words of the form, ends of keys.
    pub words: Vec<&'static str>,
    /// What came of the last.
    pub seen: Option<Seen>,
}

/// What came of a misdeed.
#[derive(Clone, Debug)]
pub struct Seen {
    /// Key of what was done.
    pub title: String,
    /// How many keys were sent.
    pub keys: u64,
    /// Whether the gateway took them; nothing if it did not answer.
    pub taken: Option<bool>,
    /// The gateway's own words.
    pub words: String,
}

/// The tour.
#[derive(Debug, Template)]
#[template(path = "demo_tour.html")]
pub struct Tour {
    /// What stands around.
    pub p: Shell,
    /// Eight steps.
    pub steps: Vec<TourStep>,
}

/// One step.
#[derive(Clone, Debug)]
pub struct TourStep {
    /// Number of the step, for the keys.
    pub number: usize,
    /// Who to be, if the step needs somebody.
    pub person: Option<Person>,
    /// The page to go to.
    pub page: &'static str,
}

impl TourStep {
    /// Key of a text.
    #[must_use]
    pub fn key(&self, rest: &str) -> String {
        format!("tour-{}-{rest}", self.number)
    }
}
