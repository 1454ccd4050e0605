//! A prescriber pauses an order: it stays on the card, nothing is taken.

use jiff::civil::Date;
use notice::Id;
use notice::id::{self, Person};

use super::edit::{Edit, Edited, Mode};
use super::{CardError, CardVersion, NotNow, Order, Pause, Preview};
use crate::check::Check;
use crate::{Call, Problem};

/// Use of the notice.
pub const USE: &str = "fmk.pause-order";

/// What is asked for.
#[derive(Clone, Debug)]
pub struct Request {
    /// Whose card.
    pub patient: Id<Person>,
    /// The version of the card that was read.
    pub version: CardVersion,
    /// Which order.
    pub order: Id<id::Record>,
    /// From when to when, and why.
    pub pause: PauseFor,
}

/// A pause as its writer decides it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct PauseFor {
    /// First day without the medicine.
    pub from: Date,
    /// Last day without it; open if `None`.
    pub until: Option<Date>,
    /// Why.
    pub reason: Option<String>,
}

/// Why not.
pub type Error = CardError;

/// What the change would do; nothing is written.
///
/// # Errors
/// As [`run`].
pub fn preview(at: &Call<'_>, request: &Request) -> Result<Preview, Error> {
    carry_out(at, request, Mode::Show)
}

/// A prescriber pauses an order: it stays on the card, nothing is taken.
///
/// # Errors
/// Refused, in conflict with somebody else's change, or not possible as the order stands.
pub fn run(at: &Call<'_>, request: Request) -> Result<Order, Error> {
    let preview = carry_out(at, &request, Mode::Write)?;
    Ok(preview.after)
}

fn carry_out(at: &Call<'_>, request: &Request, mode: Mode) -> Result<Preview, Error> {
    let mut check = Check::default();
    request.pause.check(&mut check);
    check.done()?;
    let edit =
        Edit { use_name: USE, patient: request.patient, version: request.version, order: request.order };
    edit.carry_out(at, mode, |before| {
        let mut content = before.content;
        if content.ended.is_some() {
            return Err(Error::Not(NotNow::AlreadyEnded));
        }
        if content.paused.as_ref().is_some_and(|pause| pause.is_ahead(at.today())) {
            return Err(Error::Not(NotNow::AlreadyPaused));
        }
        content.paused = Some(request.pause.clone().by(at.my_name()));
        content.modified_by = Some(at.my_name().to_owned());
        Ok(Edited::from(content))
    })
}

impl PauseFor {
    pub(super) fn check(&self, check: &mut Check) {
        check.optional("pause.reason", self.reason.as_deref(), 300);
        check.that(self.until.is_none_or(|until| self.from <= until), || {
            Problem::new(
                "pause.until",
                "ends-before-it-begins",
                "Pausens sidste dag ligger før den første. Ret en af dem.",
                "The last day of the pause lies before the first. Correct one of them.",
            )
        });
    }

    /// The pause as it is kept, with the name of the one who made it.
    pub(super) fn by(self, name: &str) -> Pause {
        Pause { from: self.from, until: self.until, by: name.to_owned(), reason: self.reason }
    }
}
