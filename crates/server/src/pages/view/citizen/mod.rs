//! Pages of a citizen: what we hold, who looked, what goes when, blocks, consents, children, basic data.

mod acting;
mod blocks;
mod due;
mod looks;
mod own;

use askama::Template;
use jiff::Timestamp;

use super::Shell;
use super::medicine::Card;

pub use acting::{Acts, Child, Children, Given, Representations, Whose};
pub use blocks::{Ask, Blocks, Consents, Deed, Held, Pharmacies, Step};
pub use due::{Due, Happens, When, WhenGroup};
pub use looks::{Day, KindLink, Log, Look, LookKind};
pub use own::{Basic, ContactForm, Device, Protection, SessionRow};

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
