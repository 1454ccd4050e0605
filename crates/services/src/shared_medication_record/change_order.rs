//! A prescriber changes an order. The whole order is replaced; a pause that is left out ends.

use notice::Id;
use notice::id::{self, Person};

use super::edit::{Edit, Edited, Mode};
use super::{CardError, CardVersion, NewOrder, NotNow, Order, Pause, Preview, Warning, pause};
use crate::Call;
use crate::check::Check;

/// Use of the notice.
pub const USE: &str = "fmk.change-order";

/// What is asked for.
#[derive(Clone, Debug)]
pub struct Request {
    /// Whose card.
    pub patient: Id<Person>,
    /// The version of the card that was read.
    pub version: CardVersion,
    /// Which order.
    pub order: Id<id::Record>,
    /// The order as it shall be, whole.
    pub to: NewOrder,
    /// The pause as it shall be; `None` ends a pause that runs.
    pub paused: Option<pause::PauseFor>,
    /// Said beside the order ever after, if this corrects an error.
    pub note: Option<String>,
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

/// A prescriber changes an order. The whole order is replaced; a pause that is left out ends.
///
/// # Errors
/// Refused, in conflict with somebody else's change, or not possible as the order stands.
pub fn run(at: &Call<'_>, request: Request) -> Result<Order, Error> {
    let preview = carry_out(at, &request, Mode::Write)?;
    Ok(preview.after)
}

fn carry_out(at: &Call<'_>, request: &Request, mode: Mode) -> Result<Preview, Error> {
    let mut check = Check::default();
    request.to.check(&mut check);
    check.optional("note", request.note.as_deref(), 1_000);
    if let Some(pause) = &request.paused {
        pause.check(&mut check);
    }
    check.done()?;
    let edit =
        Edit { use_name: USE, patient: request.patient, version: request.version, order: request.order };
    edit.carry_out(at, mode, |before| {
        let mut warnings = Vec::new();
        if before.content.ended.is_some() {
            if mode == Mode::Write {
                return Err(Error::Not(NotNow::AlreadyEnded));
            }
            warnings.push(Warning::AlreadyEnded);
        }
        let paused =
            request.paused.clone().map(|pause| pause_of(pause, before.content.paused.as_ref(), at.my_name()));
        let content = before.content.replaced(request.to.clone(), paused, at.my_name());
        Ok(Edited { content, note: request.note.clone(), also: Vec::new(), warnings })
    })
}

/// A pause that stays as it is keeps the name of the one who made it.
fn pause_of(wanted: pause::PauseFor, standing: Option<&Pause>, by: &str) -> Pause {
    match standing {
        Some(pause) if pause.from == wanted.from && pause.until == wanted.until => {
            Pause { reason: wanted.reason, ..pause.clone() }
        }
        Some(_) | None => wanted.by(by),
    }
}
