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

#[cfg(test)]
mod tests {
    use super::*;
    use crate::shared_medication_record::{OrderStatus, resume};
    use crate::testing::Country;

    fn request(country: &Country, order: Id<id::Record>) -> Request {
        let pause =
            PauseFor { from: jiff::civil::date(2026, 11, 21), until: None, reason: Some("kløe".into()) };
        Request { patient: country.nancy, version: country.version(country.nancy), order, pause }
    }

    #[test]
    fn a_paused_medicine_stays_on_the_card_and_a_second_pause_is_none() {
        let country = Country::new();
        let (order, _) = country.prescribes(country.nancy, "Amlodipin", "C08CA01");
        let nurse = country.caller("nurse", Some(country.nurse), Some(country.practice));
        let paused = country.act(&nurse, |at| run(at, request(&country, order.id))).unwrap();
        let today = jiff::civil::date(2026, 11, 21);
        assert_eq!(paused.status(today), OrderStatus::Paused);
        assert!(paused.status(today).is_current());
        let again = country.act(&nurse, |at| run(at, request(&country, order.id)));
        assert!(matches!(again, Err(Error::Not(NotNow::AlreadyPaused))));
    }

    #[test]
    fn strangers_are_refused_and_a_pause_does_not_end_before_it_begins() {
        let country = Country::new();
        let (order, _) = country.prescribes(country.nancy, "Amlodipin", "C08CA01");
        let answer = country.act(&country.other_doctor(), |at| run(at, request(&country, order.id)));
        assert!(matches!(answer, Err(Error::Refused(_))));
        let mut bad = request(&country, order.id);
        bad.pause.until = Some(jiff::civil::date(2026, 11, 20));
        assert!(matches!(country.act(&country.doctor(), |at| run(at, bad)), Err(Error::Invalid(_))));
    }

    #[test]
    fn a_pause_is_ended_once() {
        let country = Country::new();
        let (order, _) = country.prescribes(country.nancy, "Amlodipin", "C08CA01");
        country.act(&country.doctor(), |at| run(at, request(&country, order.id))).unwrap();
        let resume = || resume::Request {
            patient: country.nancy,
            version: country.version(country.nancy),
            order: order.id,
        };
        let resumed = country.act(&country.doctor(), |at| resume::run(at, resume())).unwrap();
        assert!(resumed.paused.is_none());
        let twice = country.act(&country.doctor(), |at| resume::run(at, resume()));
        assert!(matches!(twice, Err(Error::Not(NotNow::NotPaused))));
        let stranger = country.act(&country.other_doctor(), |at| resume::run(at, resume()));
        assert!(matches!(stranger, Err(Error::Refused(_))));
    }
}
