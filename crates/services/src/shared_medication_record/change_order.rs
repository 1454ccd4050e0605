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

#[cfg(test)]
mod tests {
    use super::*;
    use crate::shared_medication_record::{When, mark_private};
    use crate::testing::Country;
    use crate::testing::{new_order, tablets};

    fn request(country: &Country, order: &Order, amount: &str) -> Request {
        let mut to = new_order("Amlodipin", "C08CA01");
        to.dosage = tablets(amount, When::Morning);
        let version = country.version(country.nancy);
        Request { patient: country.nancy, version, order: order.id, to, paused: None, note: None }
    }

    #[test]
    fn what_will_change_is_shown_before_and_is_what_changes() {
        let country = Country::new();
        let (order, _) = country.prescribes(country.nancy, "Amlodipin", "C08CA01");
        let asked = request(&country, &order, "3");
        let shown = country.act(&country.doctor(), |at| preview(at, &asked)).unwrap();
        let fields: Vec<_> = shown.changes.iter().map(|change| change.field).collect();
        assert_eq!(fields, ["dosage"]);
        assert_eq!(shown.changes[0].after.as_ref().unwrap().en, "3 tablets in the morning");
        assert!(matches!(shown.warnings.as_slice(), [Warning::DoseMoreThanDoubled { .. }]));
        let written = country.act(&country.doctor(), |at| run(at, asked)).unwrap();
        let stands = country.order(country.nancy, order.id);
        assert!(written.dosage == stands.dosage && stands.version == 2 && written.version == 2);
        assert_eq!(stands.modified_by.as_deref(), Some("Test doctor"));
        assert_eq!(stands.created_by.as_deref(), Some("Test doctor"));
    }

    #[test]
    fn a_pause_that_is_left_out_ends_and_the_writer_is_warned() {
        let country = Country::new();
        let (order, _) = country.prescribes(country.nancy, "Amlodipin", "C08CA01");
        let paused = pause::PauseFor { from: jiff::civil::date(2026, 11, 21), until: None, reason: None };
        let request_pause = pause::Request {
            patient: country.nancy,
            version: country.version(country.nancy),
            order: order.id,
            pause: paused.clone(),
        };
        country.act(&country.doctor(), |at| pause::run(at, request_pause)).unwrap();
        let keeps = Request { paused: Some(paused), ..request(&country, &order, "2") };
        let shown = country.act(&country.doctor(), |at| preview(at, &keeps)).unwrap();
        assert!(shown.warnings.is_empty());
        let leaves_out = request(&country, &order, "2");
        let shown = country.act(&country.doctor(), |at| preview(at, &leaves_out)).unwrap();
        assert!(shown.warnings.contains(&Warning::PauseLeftOut));
        let written = country.act(&country.doctor(), |at| run(at, leaves_out)).unwrap();
        assert!(written.paused.is_none());
    }

    #[test]
    fn a_private_order_is_changed_by_its_author_and_is_none_for_another_who_treats() {
        let country = Country::new();
        let (order, _) = country.prescribes(country.nancy, "Amlodipin", "C08CA01");
        let mark = mark_private::Request { person: country.nancy, order: order.id };
        country.act(&country.citizen(country.nancy), |at| mark_private::run(at, mark)).unwrap();
        let asked = request(&country, &order, "2");
        let colleague = country.caller("doctor", Some(country.other_doctor), Some(country.practice));
        let refused = country.act(&colleague, |at| run(at, asked.clone()));
        assert!(matches!(refused, Err(Error::Refused(_))));
        assert_eq!(country.act(&country.doctor(), |at| run(at, asked)).unwrap().version, 2);
    }

    #[test]
    fn a_correction_carries_its_note_for_ever() {
        let country = Country::new();
        let (order, _) = country.prescribes(country.nancy, "Amlodipin", "C08CA01");
        let asked =
            Request { note: Some("Dosis var tastet forkert".into()), ..request(&country, &order, "2") };
        country.act(&country.doctor(), |at| run(at, asked)).unwrap();
        assert_eq!(country.order(country.nancy, order.id).notes, ["Dosis var tastet forkert"]);
    }

    #[test]
    fn strangers_and_stale_versions_and_bad_doses_are_turned_away() {
        let country = Country::new();
        let (order, _) = country.prescribes(country.nancy, "Amlodipin", "C08CA01");
        let asked = request(&country, &order, "2");
        let stranger = country.act(&country.other_doctor(), |at| run(at, asked.clone()));
        assert!(matches!(stranger, Err(Error::Refused(_))));
        country.act(&country.doctor(), |at| run(at, asked.clone())).unwrap();
        assert!(matches!(
            country.act(&country.doctor(), |at| run(at, asked.clone())),
            Err(Error::Conflict(_))
        ));
        let bad = request(&country, &order, "-1");
        assert!(matches!(country.act(&country.doctor(), |at| run(at, bad)), Err(Error::Invalid(_))));
        let none = Request { order: Id::from_bits(9), ..request(&country, &order, "2") };
        let answer = country.act(&country.doctor(), |at| run(at, none));
        assert!(matches!(answer, Err(Error::Not(NotNow::NoSuchOrder))));
    }
}
