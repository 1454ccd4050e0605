//! Sets or lifts the private mark of an order and of all that hangs on it.

use notice::id::{self, Person};
use notice::{Id, Target};
use register::{Change, Record};

use super::import::Mark;
use super::records::CardRecords;
use super::{CardError, NotNow};
use crate::{Call, content};

/// Sets the mark; says how many records carry a new one. Twice is once, and no version is looked at.
pub(super) fn set(
    at: &Call<'_>,
    use_name: &'static str,
    person: Id<Person>,
    order: Id<id::Record>,
    mark: Mark,
) -> Result<usize, CardError> {
    let private = mark == Mark::Private;
    at.change(use_name, Target::Person(person), None, |records| {
        let card = CardRecords::of(at, records);
        let found = card.orders.iter().find(|record| record.id == order);
        let order = found.ok_or(CardError::Not(NotNow::NoSuchOrder))?;
        let number = content::text(order, "identifier").ok_or(CardError::Not(NotNow::NoSuchOrder))?;
        let belongs = |record: &&&Record| content::text(record, "order").as_deref() == Some(number.as_str());
        let hangs_on_it = card.prescriptions.iter().chain(&card.dispensings).filter(belongs);
        let changed: Vec<_> =
            std::iter::once(order).chain(hangs_on_it).filter(|record| record.private != private).collect();
        let changes = changed.iter().flat_map(|record| marked(at, record, mark)).collect();
        Ok((changes, changed.len()))
    })
}

/// The mark and the event that says when it was set.
fn marked(at: &Call<'_>, record: &Record, mark: Mark) -> [Change; 2] {
    let (private, event) = match mark {
        Mark::Private => (true, "private.marked"),
        Mark::Plain => (false, "private.unmarked"),
    };
    [
        Change::MarkPrivate { record: record.id, private },
        Change::Raise { record: record.id, event: event.to_owned(), at: at.now() },
    ]
}
