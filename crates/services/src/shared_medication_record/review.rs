//! A professional has gone through the card, or some orders of it, and found it right.

use notice::id::{self, Person};
use notice::{Id, Target};

use register::{Change, Personal, Record};

use super::edit::Mode;
use super::records::CardRecords;
use super::{CardError, CardVersion, FieldChange, NotNow, Reviewed};
use crate::{Call, Problem, words};

/// Use of the notice.
pub const USE: &str = "fmk.review-order";

/// What is asked for.
#[derive(Clone, Debug)]
pub struct Request {
    /// Whose card.
    pub patient: Id<Person>,
    /// The version of the card that was read.
    pub version: CardVersion,
    /// Which orders were gone through; at least one.
    pub orders: Vec<Id<id::Record>>,
}

/// What was, or would be, marked as gone through.
#[derive(Clone, Debug)]
pub struct Output {
    /// The orders.
    pub orders: Vec<Id<id::Record>>,
    /// What changes on them.
    pub changes: Vec<FieldChange>,
}

/// Why not.
pub type Error = CardError;

/// What it would do; nothing is written.
///
/// # Errors
/// As [`run`].
pub fn preview(at: &Call<'_>, request: &Request) -> Result<Output, Error> {
    carry_out(at, request, Mode::Show)
}

/// Marks the orders as gone through, by this caller and now.
///
/// # Errors
/// Refused, in conflict with somebody else's change, or no such order.
pub fn run(at: &Call<'_>, request: Request) -> Result<Output, Error> {
    carry_out(at, &request, Mode::Write)
}

fn carry_out(at: &Call<'_>, request: &Request, mode: Mode) -> Result<Output, Error> {
    if request.orders.is_empty() {
        let (da, en) = ("Vælg mindst én ordination.", "Choose at least one order.");
        return Err(Error::Invalid(vec![Problem::new("orders", "empty", da, en)]));
    }
    let reviewed = Reviewed { at: at.now(), by: at.my_name().to_owned() };
    at.change(USE, Target::Person(request.patient), None, |records| {
        let card = CardRecords::of(at, records);
        request.version.must_be_of(&card.orders)?;
        let chosen: Result<Vec<&Record>, _> = request.orders.iter().map(|id| chosen(&card, *id)).collect();
        let chosen = chosen?;
        let output = Output {
            orders: request.orders.clone(),
            changes: chosen.iter().map(|record| field_change(record, &reviewed)).collect(),
        };
        if mode == Mode::Show {
            return Ok((Vec::new(), output));
        }
        let changes = chosen.into_iter().map(|record| correct(record, &reviewed)).collect();
        Ok((changes, output))
    })
}

/// An order that the reviewer may mark; a private one looks like none.
fn chosen<'a>(card: &CardRecords<'a>, id: Id<id::Record>) -> Result<&'a Record, Error> {
    let found = card.orders.iter().find(|record| record.id == id && !record.private);
    found.copied().ok_or(Error::Not(NotNow::NoSuchOrder))
}

/// Only the review is written; the use covers no other field, and the rest of the order stays as it is.
fn correct(record: &Record, reviewed: &Reviewed) -> Change {
    let mut fields = record.content.reveal().clone();
    if let Ok(value) = serde_json::to_value(reviewed) {
        fields.insert("reviewed".to_owned(), value);
    }
    Change::Correct { record: record.id, version: record.version, content: Personal::new(fields), note: None }
}

fn field_change(record: &Record, reviewed: &Reviewed) -> FieldChange {
    let said = |reviewed: &Reviewed| {
        let day = words::date_in_both(crate::call::civil_day(reviewed.at));
        words::both(format!("{}, {}", day.da, reviewed.by), format!("{}, {}", day.en, reviewed.by))
    };
    let before =
        record.content.reveal().get("reviewed").and_then(|value| serde_json::from_value(value.clone()).ok());
    FieldChange {
        field: "reviewed",
        title: words::both("Senest gennemgået", "Last reviewed"),
        before: before.as_ref().map(said),
        after: Some(said(reviewed)),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::testing::Country;

    #[test]
    fn a_review_marks_the_order_and_leaves_the_rest_of_it_alone() {
        let country = Country::new();
        let (order, _) = country.prescribes(country.nancy, "Amlodipin", "C08CA01");
        let request = Request {
            patient: country.nancy,
            version: country.version(country.nancy),
            orders: vec![order.id],
        };
        let shown = country.act(&country.doctor(), |at| preview(at, &request)).unwrap();
        assert!(shown.changes[0].before.is_none());
        country.act(&country.doctor(), |at| run(at, request)).unwrap();
        let stands = country.order(country.nancy, order.id);
        assert_eq!(stands.reviewed.as_ref().unwrap().by, "Test doctor");
        assert!(stands.dosage == order.dosage && stands.drug == order.drug);
        assert!(country.opens(&country.doctor(), country.nancy).unwrap().reviewed.is_some());
    }

    #[test]
    fn strangers_empty_lists_and_unknown_orders_are_turned_away() {
        let country = Country::new();
        let version = country.version(country.nancy);
        let asked = |orders| Request { patient: country.nancy, version, orders };
        let one = vec![Id::from_bits(1)];
        let stranger = country.act(&country.other_doctor(), |at| run(at, asked(one.clone())));
        assert!(matches!(stranger, Err(Error::Refused(_))));
        assert!(matches!(
            country.act(&country.doctor(), |at| run(at, asked(Vec::new()))),
            Err(Error::Invalid(_))
        ));
        let unknown = country.act(&country.doctor(), |at| run(at, asked(one)));
        assert!(matches!(unknown, Err(Error::Not(NotNow::NoSuchOrder))));
    }
}
