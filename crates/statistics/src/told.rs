//! What a phone tells of its day: one answer of five. Nothing else is ever told.

/// The answers, in the order in which they are counted.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum Told {
    /// The app ran; nothing happened.
    Ran,
    /// The app was installed on this day; nothing else happened.
    Installed,
    /// The phone warned its owner.
    Warned,
    /// The owner warned others.
    WarnedOthers,
    /// Both.
    WarnedAndWarnedOthers,
}

/// How many answers there are.
pub const ANSWERS: usize = 5;

impl Told {
    /// Every answer.
    pub const ALL: [Self; ANSWERS] =
        [Self::Ran, Self::Installed, Self::Warned, Self::WarnedOthers, Self::WarnedAndWarnedOthers];

    /// The answer to three questions about a day.
    #[must_use]
    pub const fn of(day: Happened) -> Self {
        match (day.installed, day.warned, day.warned_others) {
            (_, true, true) => Self::WarnedAndWarnedOthers,
            (_, true, false) => Self::Warned,
            (_, false, true) => Self::WarnedOthers,
            (true, false, false) => Self::Installed,
            (false, false, false) => Self::Ran,
        }
    }

    /// Where it is counted.
    pub(crate) const fn position(self) -> usize {
        match self {
            Self::Ran => 0,
            Self::Installed => 1,
            Self::Warned => 2,
            Self::WarnedOthers => 3,
            Self::WarnedAndWarnedOthers => 4,
        }
    }
}

/// What happened to a phone on one day.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Happened {
    /// The app was installed.
    pub installed: bool,
    /// The phone warned its owner.
    pub warned: bool,
    /// The owner warned others.
    pub warned_others: bool,
}
