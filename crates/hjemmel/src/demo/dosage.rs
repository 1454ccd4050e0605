//! The usual dose of a medicine as a dosage of the medicine card.

use rust_decimal::Decimal;
use services::shared_medication_record::{
    Dosage, Dose as Amount, DoseTime, Period, Quantity, Structure, When,
};

use super::drugs::{Dose, Drug};

/// The dosage, `halves` half times as much as usual.
#[must_use]
pub(super) fn of(drug: &Drug, halves: u8) -> Dosage {
    let amount = |text: &str| {
        let usual: Decimal = text.parse().unwrap_or(Decimal::ONE);
        Amount::Exactly { quantity: Quantity((usual * Decimal::from(halves) / Decimal::TWO).normalize()) }
    };
    let (fixed, as_needed) = match drug.dose {
        Dose::Parts(morning, noon, evening, night) => {
            let parts = [
                (morning, When::Morning),
                (noon, When::Noon),
                (evening, When::Evening),
                (night, When::Night),
            ];
            let doses = parts
                .into_iter()
                .filter(|(dose, _)| *dose != "0")
                .map(|(dose, when)| time(when, amount(dose)))
                .collect();
            (Some(structure(1, doses)), None)
        }
        Dose::Times(dose, times) => {
            (Some(structure(1, vec![time(When::TimesPerDay { times: times.into() }, amount(dose))])), None)
        }
        Dose::Needed(dose, most) => {
            (None, Some(structure(1, vec![time(When::TimesPerDay { times: most.into() }, amount(dose))])))
        }
        Dose::Weekly(dose) => (Some(structure(7, vec![time(When::Morning, amount(dose))])), None),
    };
    Dosage::Structured {
        unit: drug.unit.0.to_owned(),
        units: plural(drug.unit.0).to_owned(),
        periods: vec![Period { days: None, fixed, as_needed }],
    }
}

fn time(when: When, dose: Amount) -> DoseTime {
    DoseTime { day: 1, when, dose }
}

fn structure(every_days: u32, doses: Vec<DoseTime>) -> Structure {
    Structure { every_days, doses, instruction: None, apart_hours: None }
}

/// The Danish plural of a unit.
fn plural(unit: &str) -> &str {
    match unit {
        "tablet" => "tabletter",
        "kapsel" => "kapsler",
        "brev" => "breve",
        "dråbe" => "dråber",
        "enhed" => "enheder",
        "injektion" => "injektioner",
        "påsmøring" => "påsmøringer",
        same => same,
    }
}

/// The way into the body, told from the form.
#[must_use]
pub(super) fn route(drug: &Drug) -> &'static str {
    let form = drug.form;
    if form.contains("injektion") {
        "til injektion"
    } else if form.contains("inhalation") {
        "til inhalation"
    } else if form.contains("øjen") {
        "i øjet"
    } else if form.contains("næse") {
        "i næsen"
    } else if form.contains("creme") {
        "på huden"
    } else if form.contains("vaginal") {
        "i skeden"
    } else {
        "gennem munden"
    }
}
