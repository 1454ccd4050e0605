//! Pages of registers that run from their notice alone: the list, a form made from the schema, an entry with its history, one's own.

use askama::Template;
use jiff::Timestamp;

use super::citizen::Happens;
use super::{Choice, Field, Problems, Shell};

/// The registers that a visitor may work with.
#[derive(Debug, Template)]
#[template(path = "registers.html")]
pub struct Registers {
    /// What stands around.
    pub p: Shell,
    /// The registers.
    pub registers: Vec<Tile>,
}

/// A register and what one may do there.
#[derive(Clone, Debug)]
pub struct Tile {
    /// The register.
    pub head: Head,
    /// What the notice says of it; empty if nothing.
    pub says: String,
}

/// Above each page of a register: which it is, and where one may go.
#[derive(Clone, Debug, Default)]
pub struct Head {
    /// Full name, for addresses.
    pub name: String,
    /// What the notice calls it.
    pub title: String,
    /// The notice that it belongs to: id and title.
    pub notice: (String, String),
    /// Where one may go.
    pub ways: Vec<Way>,
}

/// A way from a register.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Way {
    /// The list.
    List,
    /// A new entry.
    Add,
    /// What goes when.
    Due,
    /// What is kept about oneself.
    Own,
}

impl Way {
    /// Key of the text.
    #[must_use]
    pub fn key(self) -> &'static str {
        match self {
            Self::List => "registers-list",
            Self::Add => "registers-add",
            Self::Due => "registers-due",
            Self::Own => "registers-own",
        }
    }

    /// Its address below the register.
    #[must_use]
    pub fn path(self) -> &'static str {
        match self {
            Self::List => "",
            Self::Add => "/add",
            Self::Due => "/due",
            Self::Own => "/me",
        }
    }
}

impl Head {
    /// The address of a page of the register.
    #[must_use]
    pub fn to(&self, p: &Shell, path: &str) -> String {
        format!("/{}/registers/{}{path}", p.lang.tag(), self.name)
    }

    /// Whether a way is the page shown.
    #[must_use]
    pub fn is_here(&self, p: &Shell, way: &Way) -> bool {
        p.here == format!("registers/{}{}", self.name, way.path())
    }

    /// Whether there is a list to go back to.
    #[must_use]
    pub fn has_list(&self) -> bool {
        self.ways.contains(&Way::List)
    }
}

/// A row of a list.
#[derive(Clone, Debug)]
pub struct Row {
    /// The entry's own page, if the visitor may open it.
    pub href: Option<String>,
    /// What it holds, in the order of the columns.
    pub cells: Vec<String>,
    /// Key of its stage, unless it is open.
    pub stage: Option<&'static str>,
    /// When something happens to it.
    pub due_at: Option<Timestamp>,
}

impl Row {
    /// The first cell; what the entry is called in lists.
    #[must_use]
    pub fn first(&self) -> &str {
        self.cells.first().map_or("", String::as_str)
    }

    /// The other cells with the titles of their columns.
    pub fn others<'a>(&'a self, columns: &'a [String]) -> impl Iterator<Item = (&'a str, &'a str)> {
        columns.iter().map(String::as_str).zip(self.cells.iter().map(String::as_str)).skip(1)
    }
}

/// The list of a register, or the entries of one person.
#[derive(Debug, Template)]
#[template(path = "register_list.html")]
pub struct List {
    /// What stands around.
    pub p: Shell,
    /// The register.
    pub head: Head,
    /// Whose entries.
    pub of: Of,
    /// Titles of the columns.
    pub columns: Vec<String>,
    /// The entries.
    pub rows: Vec<Row>,
    /// What was typed to find somebody, if the visitor may look for one.
    pub find: Option<Field>,
    /// What is wrong with it.
    pub problems: Problems,
    /// The page before.
    pub before: Option<String>,
    /// The page after.
    pub after: Option<String>,
}

/// Whose entries a list holds.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Of {
    /// Everybody's.
    All,
    /// One person's.
    One,
}

impl Of {
    /// Whether it is one person's.
    #[must_use]
    pub fn is_one(self) -> bool {
        self == Self::One
    }
}

/// How a field is filled in.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Control {
    /// One line.
    Line,
    /// Several lines.
    Area,
    /// A number.
    Number,
    /// One of a few.
    Radios,
    /// One of many.
    Select,
    /// Any of some.
    Checks,
    /// Only shown.
    Fixed,
    /// The beginning of a row of a list.
    RowBegins,
    /// The end of a row of a list: it can be taken out.
    RowOut,
    /// The end of a list: one more row can be added.
    RowIn,
    /// The end of a list that takes no more.
    RowsFull,
}

/// A field of a form.
#[derive(Clone, Debug)]
pub struct Question {
    /// Its name in what is sent.
    pub name: String,
    /// What it is called.
    pub label: String,
    /// Help; empty if there is none.
    pub hint: String,
    /// How it is filled in.
    pub control: Control,
    /// What was typed and what is wrong.
    pub field: Field,
    /// What can be chosen.
    pub choices: Vec<Choice>,
}

/// A new entry, or a correction of one.
#[derive(Debug, Template)]
#[template(path = "register_form.html")]
pub struct Form {
    /// What stands around.
    pub p: Shell,
    /// The register.
    pub head: Head,
    /// Where it is sent.
    pub action: String,
    /// Where one goes who changes her mind.
    pub back: String,
    /// What the form is for.
    pub what: What,
    /// The fields.
    pub questions: Vec<Question>,
    /// What is wrong.
    pub problems: Problems,
}

/// What a form is for.
#[derive(Clone, Debug)]
pub enum What {
    /// A new entry: by what the person is known.
    Adding(Field),
    /// A correction: the note, the version that was read, and whether somebody else was first.
    Correcting(Field, u32, Meanwhile),
}

/// Whether somebody else changed an entry while it was being corrected.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Meanwhile {
    /// Nobody.
    Unchanged,
    /// Somebody.
    Changed,
}

impl What {
    /// Key of a text.
    #[must_use]
    pub fn key(&self, rest: &str) -> String {
        match self {
            Self::Adding(_) => format!("registers-add-{rest}"),
            Self::Correcting(..) => format!("registers-correct-{rest}"),
        }
    }

    /// Whether somebody else was first.
    #[must_use]
    pub fn is_late(&self) -> bool {
        matches!(self, Self::Correcting(_, _, Meanwhile::Changed))
    }
}

/// A version of an entry.
#[derive(Clone, Debug)]
pub struct Version {
    /// 1 for the first.
    pub number: u64,
    /// When it was written.
    pub at: Timestamp,
    /// What it holds.
    pub facts: Vec<(String, String)>,
    /// The note that came with it.
    pub note: Option<String>,
}

/// An entry with its history.
#[derive(Debug, Template)]
#[template(path = "register_entry.html")]
pub struct Entry {
    /// What stands around.
    pub p: Shell,
    /// The register.
    pub head: Head,
    /// What the entry is called.
    pub title: String,
    /// What it holds now.
    pub facts: Vec<(String, String)>,
    /// Key of its stage, unless it is open.
    pub stage: Option<&'static str>,
    /// When something happens to it.
    pub due_at: Option<Timestamp>,
    /// Its clock in words.
    pub clock: String,
    /// What has happened to it.
    pub events: Vec<(String, Timestamp)>,
    /// Earlier versions, the latest first, and the present one.
    pub versions: Vec<Version>,
    /// Where it is corrected, if the visitor may.
    pub correct: Option<String>,
    /// Events that the visitor may write: title and address.
    pub raise: Vec<(String, String)>,
    /// All entries of the same person.
    pub person: String,
}

/// An event is written.
#[derive(Debug, Template)]
#[template(path = "register_event.html")]
pub struct Event {
    /// What stands around.
    pub p: Shell,
    /// The register.
    pub head: Head,
    /// What happened, as it reads after "that".
    pub title: String,
    /// The clock in words.
    pub clock: String,
    /// On which day.
    pub day: Field,
    /// What is wrong.
    pub problems: Problems,
    /// Where it is sent.
    pub action: String,
    /// Where one goes who changes her mind.
    pub back: String,
}

/// When an entry goes.
#[derive(Clone, Debug)]
pub struct DueRow {
    /// The entry's own page.
    pub href: String,
    /// What it is called.
    pub what: String,
    /// When.
    pub at: Option<Timestamp>,
    /// What happens then.
    pub happens: Option<Happens>,
    /// Why it is kept till then.
    pub why: String,
}

/// What goes when, of a part of the list.
#[derive(Debug, Template)]
#[template(path = "register_due.html")]
pub struct Due {
    /// What stands around.
    pub p: Shell,
    /// The register.
    pub head: Head,
    /// The clock in words.
    pub clock: String,
    /// The entries, the first to go first.
    pub rows: Vec<DueRow>,
    /// The page before.
    pub before: Option<String>,
    /// The page after.
    pub after: Option<String>,
}

/// An entry about the visitor.
#[derive(Clone, Debug)]
pub struct OwnEntry {
    /// What it holds.
    pub facts: Vec<(String, String)>,
    /// Notes of correction.
    pub notes: Vec<String>,
    /// Since when.
    pub since: Timestamp,
    /// When it goes.
    pub at: Option<Timestamp>,
    /// What happens then.
    pub happens: Option<Happens>,
    /// Why it is kept till then.
    pub why: String,
}

/// A look at one's own data.
#[derive(Clone, Debug)]
pub struct Look {
    /// When.
    pub at: Timestamp,
    /// Who.
    pub who: String,
    /// In which role.
    pub role: String,
    /// Where.
    pub place: Option<String>,
    /// What was done.
    pub what: String,
    /// On what ground.
    pub ground: String,
    /// The reason that was written.
    pub reason: Option<String>,
    /// Whether the notice let it pass.
    pub passed: Passed,
    /// How often.
    pub times: usize,
}

/// Whether the notice let a look pass.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Passed {
    /// It did.
    Yes,
    /// It was refused.
    No,
}

impl Passed {
    /// Whether it was refused.
    #[must_use]
    pub fn is_refused(self) -> bool {
        self == Self::No
    }
}

/// What is kept about the visitor, who looked, what goes when.
#[derive(Debug, Template)]
#[template(path = "register_own.html")]
pub struct Own {
    /// What stands around.
    pub p: Shell,
    /// The register.
    pub head: Head,
    /// The entries.
    pub entries: Vec<OwnEntry>,
    /// The clock in words.
    pub clock: String,
    /// Who looked, the latest first.
    pub looks: Vec<Look>,
    /// Earlier looks.
    pub older: Option<String>,
}
