//! A prescriber ends a pause.

use notice::Id;
use notice::id::{self, Person};

use super::edit::{Edit, Edited, Mode};
use super::{CardError, CardVersion, NotNow, Order, Preview};
use crate::Call;

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

/// A prescriber ends a pause.
///
/// # Errors
/// Refused, in conflict with somebody else's change, or not possible as the order stands.
pub fn run(at: &Call<'_>, request: Request) -> Result<Order, Error> {
    let preview = carry_out(at, &request, Mode::Write)?;
    Ok(preview.after)
}

fn carry_out(at: &Call<'_>, request: &Request, mode: Mode) -> Result<Preview, Error> {
    let edit =
        Edit { use_name: USE, patient: request.patient, version: request.version, order: request.order };
    edit.carry_out(at, mode, |before| {
        let mut content = before.content;
        if content.ended.is_some() {
            return Err(Error::Not(NotNow::AlreadyEnded));
        }
        if !content.paused.as_ref().is_some_and(|pause| pause.is_ahead(at.today())) {
            return Err(Error::Not(NotNow::NotPaused));
        }
        content.paused = None;
        content.modified_by = Some(at.my_name().to_owned());
        Ok(Edited::from(content))
    })
}
