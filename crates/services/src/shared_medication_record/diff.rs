//! What a change would change, in words, before it is made; and what the writer should think of first.

use jiff::civil::Date;
use notice::id;
use notice::render::words::day;
use notice::{Bilingual, Id, Lang, Policy};

use super::dosage::Quantity;
use super::records::ORDER;
use super::{CardVersion, Order};
use crate::words;

/// A change as it would be: nothing is written.
#[derive(Clone, PartialEq, Eq)]
pub struct Preview {
    /// The version of the card on which this was worked out; the change itself must carry it.
    pub version: CardVersion,
    /// The order as it stands; `None` if it is new.
    pub before: Option<Order>,
    /// The order as it would be.
    pub after: Order,
    /// What changes, field by field; empty if nothing does.
    pub changes: Vec<FieldChange>,
    /// What to think of first. Nothing is forbidden by a warning.
    pub warnings: Vec<Warning>,
}

/// One field that changes.
#[derive(Clone, PartialEq, Eq)]
pub struct FieldChange {
    /// The field by its name in the register, such as `dosage`.
    pub field: &'static str,
    /// Its title.
    pub title: Bilingual,
    /// What stands now; `None` if nothing does.
    pub before: Option<Bilingual>,
    /// What would stand; `None` if nothing would.
    pub after: Option<Bilingual>,
}

/// Something to think of before the change is made.
#[derive(Clone, PartialEq, Eq)]
pub enum Warning {
    /// Another current order has the same ATC code.
    DuplicateAtc {
        /// That order.
        order: Id<id::Record>,
        /// The name of its medicine.
        drug: String,
        /// The code.
        atc: String,
    },
    /// Current orders are hidden by private marking, so a duplicate cannot be ruled out.
    PrivateHidden {
        /// How many.
        records: usize,
    },
    /// The order is stopped or has ended already.
    AlreadyEnded,
    /// The largest daily amount more than doubles.
    DoseMoreThanDoubled {
        /// In words, now.
        before: String,
        /// In words, after.
        after: String,
    },
    /// The order is paused and the new content leaves the pause out: it is taken again at once.
    PauseLeftOut,
    /// The order ends before its last day and prescriptions of it stay open.
    OpenPrescriptions {
        /// How many.
        prescriptions: usize,
    },
    /// The last day lies in the past.
    EndsInThePast {
        /// The last day.
        until: Date,
    },
}
crate::redacted::redacted!(Preview, FieldChange, Warning);

impl Warning {
    /// Stable code, such as `duplicate-atc`.
    #[must_use]
    pub const fn code(&self) -> &'static str {
        match self {
            Self::DuplicateAtc { .. } => "duplicate-atc",
            Self::PrivateHidden { .. } => "private-hidden",
            Self::AlreadyEnded => "already-ended",
            Self::DoseMoreThanDoubled { .. } => "dose-more-than-doubled",
            Self::PauseLeftOut => "pause-left-out",
            Self::OpenPrescriptions { .. } => "open-prescriptions",
            Self::EndsInThePast { .. } => "ends-in-the-past",
        }
    }

    /// The warning in one sentence.
    #[must_use]
    pub fn words(&self, lang: Lang) -> String {
        match (self, lang) {
            (Self::DuplicateAtc { drug, atc, .. }, Lang::Da) => {
                format!("{drug} på kortet har samme ATC-kode ({atc}). Skal begge tages?")
            }
            (Self::DuplicateAtc { drug, atc, .. }, Lang::En) => {
                format!("{drug} on the card has the same ATC code ({atc}). Are both to be taken?")
            }
            (Self::PrivateHidden { records }, Lang::Da) => {
                format!("{records} privat medicin vises ikke. Spørg, om der tages andet.")
            }
            (Self::PrivateHidden { records }, Lang::En) => {
                format!("{records} private medicine not shown. Ask whether something else is taken.")
            }
            (Self::AlreadyEnded, Lang::Da) => "Ordinationen er allerede stoppet.".into(),
            (Self::AlreadyEnded, Lang::En) => "The order is stopped already.".into(),
            (Self::DoseMoreThanDoubled { before, after }, Lang::Da) => {
                format!("Den højeste dosis på en dag bliver mere end fordoblet: fra {before} til {after}.")
            }
            (Self::DoseMoreThanDoubled { before, after }, Lang::En) => {
                format!("The largest dose in a day more than doubles: from {before} to {after}.")
            }
            (Self::PauseLeftOut, Lang::Da) => {
                "Pausen er udeladt: medicinen skal tages igen med det samme.".into()
            }
            (Self::PauseLeftOut, Lang::En) => {
                "The pause is left out: the medicine is to be taken again at once.".into()
            }
            (Self::OpenPrescriptions { prescriptions: 1 }, Lang::Da) => {
                "1 åben recept bliver annulleret.".into()
            }
            (Self::OpenPrescriptions { prescriptions: 1 }, Lang::En) => {
                "1 open prescription will be cancelled.".into()
            }
            (Self::OpenPrescriptions { prescriptions }, Lang::Da) => {
                format!("{prescriptions} åbne recepter bliver annulleret.")
            }
            (Self::OpenPrescriptions { prescriptions }, Lang::En) => {
                format!("{prescriptions} open prescriptions will be cancelled.")
            }
            (Self::EndsInThePast { until }, Lang::Da) => {
                format!("Sidste dag, {}, er allerede gået.", day(*until, lang))
            }
            (Self::EndsInThePast { until }, Lang::En) => {
                format!("The last day, {}, is over already.", day(*until, lang))
            }
        }
    }
}

/// What changes between two states of an order, field by field, with the titles of the notice.
pub(super) fn changes(policy: &Policy, before: Option<&Order>, after: &Order) -> Vec<FieldChange> {
    FIELDS
        .iter()
        .filter_map(|(field, value)| {
            let (before, after) = (before.and_then(value), value(after));
            (before != after).then(|| FieldChange { field, title: title(policy, field), before, after })
        })
        .collect()
}

/// What the writer should think of, given the rest of the card.
pub(super) fn warnings(
    before: Option<&Order>,
    after: &Order,
    others: &[Order],
    hidden: usize,
    today: Date,
) -> Vec<Warning> {
    let mut warnings = Vec::new();
    let newly_taken =
        before.is_none_or(|before| !before.status(today).is_current() || before.drug.atc != after.drug.atc);
    if after.status(today).is_current() && newly_taken {
        warnings.extend(duplicates(after, others, today));
        if hidden > 0 {
            warnings.push(Warning::PrivateHidden { records: hidden });
        }
    }
    if let Some(before) = before {
        warnings.extend(more_than_doubled(before, after));
        let ran = before.paused.as_ref().is_some_and(|pause| pause.is_ahead(today));
        if ran && after.paused.is_none() && after.ended.is_none() {
            warnings.push(Warning::PauseLeftOut);
        }
    }
    if let Some(until) = after.active.until.filter(|until| *until < today) {
        warnings.push(Warning::EndsInThePast { until });
    }
    warnings
}

fn duplicates<'a>(after: &'a Order, others: &'a [Order], today: Date) -> impl Iterator<Item = Warning> + 'a {
    let same = move |other: &&Order| {
        other.id != after.id && other.status(today).is_current() && other.drug.atc == after.drug.atc
    };
    after.drug.atc.iter().flat_map(move |atc| {
        others.iter().filter(same).map(|other| Warning::DuplicateAtc {
            order: other.id,
            drug: other.drug.name.clone(),
            atc: atc.clone(),
        })
    })
}

fn more_than_doubled(before: &Order, after: &Order) -> Option<Warning> {
    let (was, becomes) = (before.dosage.as_ref()?, after.dosage.as_ref()?);
    let (least, most) = (was.daily_max()?, becomes.daily_max()?);
    let doubled = least.checked_mul(rust_decimal::Decimal::TWO)?;
    // Tablets of another strength cannot be compared by number.
    let comparable = before.drug.strength == after.drug.strength && before.drug.form == after.drug.form;
    (comparable && most > doubled).then(|| Warning::DoseMoreThanDoubled {
        before: Quantity(least).words(Lang::Da),
        after: Quantity(most).words(Lang::Da),
    })
}

fn title(policy: &Policy, field: &str) -> Bilingual {
    policy
        .register_id(ORDER)
        .and_then(|id| policy.registers.get(id.index()))
        .and_then(|register| register.fields.iter().find(|known| known.name == field))
        .map_or_else(|| words::same(field), |known| known.title.clone())
}

type Value = fn(&Order) -> Option<Bilingual>;

/// The fields that a writer decides, and how each is said.
const FIELDS: [(&str, Value); 15] = [
    ("type", |order| Some(order.kind.words())),
    ("drug-name", |order| Some(words::same(&*order.drug.name))),
    ("drug-id", |order| order.drug.drug_id.clone().map(words::same)),
    ("atc", |order| order.drug.atc.clone().map(words::same)),
    ("form", |order| order.drug.form.clone().map(words::same)),
    ("strength", |order| order.drug.strength.clone().map(words::same)),
    ("route", |order| order.route.clone().map(words::same)),
    ("indication", |order| order.indication.clone().map(words::same)),
    ("dosage", |order| {
        order.dosage.as_ref().map(|dosage| words::both(dosage.words(Lang::Da), dosage.words(Lang::En)))
    }),
    ("active-from", |order| Some(words::date_in_both(order.active.from))),
    ("active-until", |order| order.active.until.map(words::date_in_both)),
    ("paused", |order| order.paused.as_ref().map(super::Pause::words)),
    ("ended", |order| order.ended.as_ref().map(super::Ended::words)),
    ("substitution", |order| Some(order.substitution.words())),
    ("handover", |order| Some(order.handover.words())),
];
