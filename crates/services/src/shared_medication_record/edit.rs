//! One way to change one order: read the card, hold its version against the writer's, work the change out, write it or show it.

use std::cell::Cell;

use notice::id::{self, Person};
use notice::{Id, Target};
use register::{Change, Personal, Record};

use super::diff::{self, Preview, Warning};
use super::order::OrderContent;
use super::records::CardRecords;
use super::{CardError, CardVersion, NotNow, Order};
use crate::{Call, content};

/// The use under which a private order is changed: with consent, or by its author.
pub(super) const PRIVATE_USE: &str = "fmk.change-private-order";

/// Which order is changed, and at which version of the card.
#[derive(Clone, Copy)]
pub(super) struct Edit {
    pub(super) use_name: &'static str,
    pub(super) patient: Id<Person>,
    pub(super) version: CardVersion,
    pub(super) order: Id<id::Record>,
}

/// Whether the change is made or only shown.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(super) enum Mode {
    Write,
    Show,
}

/// The order after the change, and what changes with it.
pub(super) struct Edited {
    pub(super) content: OrderContent,
    pub(super) note: Option<String>,
    pub(super) also: Vec<Change>,
    pub(super) warnings: Vec<Warning>,
}

impl From<OrderContent> for Edited {
    fn from(content: OrderContent) -> Self {
        Self { content, note: None, also: Vec::new(), warnings: Vec::new() }
    }
}

/// What a change is worked out from.
pub(super) struct Before<'a> {
    pub(super) record: &'a Record,
    pub(super) records: &'a CardRecords<'a>,
    pub(super) content: OrderContent,
}

impl Edit {
    /// Makes the change or shows it.
    pub(super) fn carry_out(
        self,
        at: &Call<'_>,
        mode: Mode,
        work_out: impl Fn(Before<'_>) -> Result<Edited, CardError>,
    ) -> Result<Preview, CardError> {
        let private = Cell::new(None);
        let person = Target::Person(self.patient);
        let done = at.change(self.use_name, person, None, |records| {
            let card = CardRecords::of(at, records);
            self.version.must_be_of(&card.orders)?;
            let seen = card.orders.iter().find(|record| record.id == self.order);
            private.set(seen.filter(|record| is_hidden(record)).map(|record| record.version));
            self.worked_out(at, mode, &card, &work_out)
        });
        match (done, private.get()) {
            (Err(CardError::Not(NotNow::NoSuchOrder)), Some(version)) => {
                self.carry_out_on_private(at, mode, version, &work_out)
            }
            (done, _) => done,
        }
    }

    /// The order is there and private: the same change under the use that a consent or authorship opens.
    fn carry_out_on_private(
        self,
        at: &Call<'_>,
        mode: Mode,
        version: u32,
        work_out: &impl Fn(Before<'_>) -> Result<Edited, CardError>,
    ) -> Result<Preview, CardError> {
        let record = Target::Record { person: self.patient, record: self.order };
        at.change(PRIVATE_USE, record, None, |records| {
            let card = CardRecords::of(at, records);
            // The card was at the writer's version a moment ago; the order must still be at its own.
            if card.orders.iter().any(|record| record.version != version) {
                return Err(CardError::Conflict(Personal::new(Vec::new())));
            }
            self.worked_out(at, mode, &card, work_out)
        })
    }

    fn worked_out(
        self,
        at: &Call<'_>,
        mode: Mode,
        card: &CardRecords<'_>,
        work_out: &impl Fn(Before<'_>) -> Result<Edited, CardError>,
    ) -> Result<(Vec<Change>, Preview), CardError> {
        let (record, content) = card.order(self.order)?;
        let before = content.clone().into_order(record);
        let edited = work_out(Before { record, records: card, content })?;
        let after = next_version(at, edited.content.clone(), record);
        let preview = self.preview(at, card, before, after, edited.warnings)?;
        if mode == Mode::Show {
            return Ok((Vec::new(), preview));
        }
        let mut changes = edited.also;
        changes.push(Change::Correct {
            record: record.id,
            version: record.version,
            content: content::write(&edited.content),
            note: edited.note.map(Personal::new),
        });
        Ok((changes, preview))
    }

    fn preview(
        self,
        at: &Call<'_>,
        card: &CardRecords<'_>,
        before: Order,
        after: Order,
        mut warnings: Vec<Warning>,
    ) -> Result<Preview, CardError> {
        let (others, hidden) = card.visible_orders()?;
        warnings.extend(diff::warnings(Some(&before), &after, &others, hidden, at.today()));
        Ok(Preview {
            version: self.version,
            changes: diff::changes(at.register.policy(), Some(&before), &after),
            before: Some(before),
            after,
            warnings,
        })
    }
}

/// Whether a private mark keeps the content from the writer.
fn is_hidden(record: &Record) -> bool {
    record.private && content::read::<OrderContent>(record).is_none()
}

/// The order as it stands once the change is written.
pub(super) fn next_version(at: &Call<'_>, content: OrderContent, record: &Record) -> Order {
    let order = content.into_order(record);
    Order { version: record.version.saturating_add(1), modified_at: at.now(), ..order }
}
