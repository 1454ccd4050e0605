//! Whether the phone does what it is there for: when it last looked at what was published, when it last listened, and
//! what its owner can do where it does neither.
//!
//! It tells what the phone did, and nothing of what it heard or found.

use exposure::Random;
use jiff::{SignedDuration, Timestamp};

use crate::consent::Standing;
use crate::language::Text;
use crate::phone::{Phone, PhoneError};

/// A phone that looks every four hours has failed several times by then.
pub const LOOKS_WITHIN: SignedDuration = SignedDuration::from_hours(24);
/// A phone that listens every five minutes has failed many times by then.
pub const LISTENS_WITHIN: SignedDuration = SignedDuration::from_hours(1);
/// In place of a moment that is not known: the phone keeps such moments for fourteen days.
pub const NOT_LATELY: Text = Text { da: "ikke de seneste 14 dage", en: "not in the last 14 days" };

/// What a phone whose owner consents did last, and what is wrong.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Working {
    /// When it last looked at all that was published and could believe all of it, in the last fourteen days.
    pub looked: Option<Timestamp>,
    /// When it last listened and kept what it heard.
    pub listened: Option<Timestamp>,
    /// What is wrong; nothing, if all is well.
    pub troubles: Vec<Trouble>,
}

/// Why the phone cannot do what it is there for.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Trouble {
    /// The clock lies behind what is known to have passed; nothing that is heard is believed.
    ClockIsBehind,
    /// It has not listened for more than [`LISTENS_WITHIN`].
    DoesNotListen,
    /// It has not seen all that was published for more than [`LOOKS_WITHIN`].
    DoesNotLook,
}

impl Trouble {
    /// What is wrong.
    #[must_use]
    pub const fn title(self) -> Text {
        match self {
            Self::ClockIsBehind => Text { da: "Uret går forkert", en: "The clock is wrong" },
            Self::DoesNotListen => Text {
                da: "Telefonen har ikke lyttet i over en time",
                en: "The phone has not listened for more than an hour",
            },
            Self::DoesNotLook => Text {
                da: "Telefonen har ikke hentet nøgler i over et døgn",
                en: "The phone has fetched no keys for more than a day",
            },
        }
    }

    /// What follows, and what the owner can do.
    #[must_use]
    pub const fn what_to_do(self) -> Text {
        match self {
            Self::ClockIsBehind => Text {
                da: "Telefonen gemmer ikke noget af det, den hører, før uret går rigtigt. Lad det stille sig selv.",
                en: "The phone keeps nothing of what it hears until the clock is right. Let it set itself.",
            },
            Self::DoesNotListen => Text {
                da: "Den opdager ikke, hvem der er i nærheden. Slå Bluetooth til, og lad programmet køre.",
                en: "It does not notice who is nearby. Turn Bluetooth on, and let the program run.",
            },
            Self::DoesNotLook => Text {
                da: "Den kan ikke advare dig. Se efter, om maskinen har net, og lad programmet køre. Bliver det ved, er nøglerne i indstillingerne måske for gamle.",
                en: "It cannot warn you. See whether the machine is on the net, and let the program run. If it goes on, the keys in the settings may be too old.",
            },
        }
    }
}

impl Phone {
    /// What it did last and what is wrong; `None` while there is no consent, when it has nothing to do.
    #[must_use]
    pub fn working(&self, now: Timestamp) -> Option<Working> {
        let Standing::Agreed(consent) = self.standing() else { return None };
        let state = self.kept()?;
        // A moment in the future was told by a clock that has been set right since, and says nothing.
        let is_long_ago = |moment: Option<Timestamp>, within: SignedDuration| {
            now.duration_since(moment.unwrap_or(consent.given)).abs() > within
        };
        let mut troubles = Vec::new();
        if state.clock_is_behind(now) {
            troubles.push(Trouble::ClockIsBehind);
        } else if is_long_ago(state.listened, LISTENS_WITHIN) {
            troubles.push(Trouble::DoesNotListen);
        }
        if is_long_ago(state.looked, LOOKS_WITHIN) {
            troubles.push(Trouble::DoesNotLook);
        }
        Some(Working { looked: state.looked, listened: state.listened, troubles })
    }

    /// The phone has looked at all that was published, and could believe all of it.
    pub(crate) fn has_looked(&mut self, now: Timestamp, random: &mut Random<'_>) -> Result<(), PhoneError> {
        self.state()?.looked = Some(now);
        self.keep(random)
    }
}
