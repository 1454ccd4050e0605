//! The form about one medicine: from what was typed to what the service takes, and back.

use jiff::civil::Date;
use rust_decimal::Decimal;
use serde::{Deserialize, Serialize};
use services::shared_medication_record::{
    ActivePeriod, Dosage, Dose, DoseTime, Drug, Handover, NewOrder, NewPrescription, Order, OrderKind,
    Period, Quantity, Structure, Substitution, When,
};

use super::super::dates;
use super::super::frame::Frame;
use super::super::view::care::OrderFields;
use super::super::view::{Choice, Chosen, Field, Problems};

/// Letters in a field of one line.
const LINE_MAX: usize = 300;
/// Letters in a text.
const TEXT_MAX: usize = 2000;

/// What was typed. Carried from form to preview to the change, and shown again as it was.
#[derive(Clone, Default, Serialize, Deserialize)]
#[serde(deny_unknown_fields, default)]
pub(in crate::pages) struct Sent {
    pub(super) version: String,
    pub(super) drug: String,
    strength: String,
    form: String,
    atc: String,
    indication: String,
    route: String,
    dosage_kind: String,
    unit: String,
    units: String,
    morning: String,
    noon: String,
    evening: String,
    night: String,
    every_days: String,
    needed: String,
    needed_times: String,
    dosage_text: String,
    from: String,
    until: String,
    prescription_kind: String,
    package_number: String,
    package_size: String,
    packages: String,
    iterations: String,
    reason: String,
}

/// Whether the form changes an order that stands, whose dosage may stay as it is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Basis {
    /// A new order.
    New,
    /// An order that stands.
    Standing,
}

/// What is wrong with what was typed: field and key of the text, or words of the service.
#[derive(Clone, Default)]
pub(super) struct Wrong(Vec<(&'static str, String)>);

impl Wrong {
    pub(super) fn is_empty(&self) -> bool {
        self.0.is_empty()
    }

    fn add(&mut self, frame: &Frame, field: &'static str, key: &str) {
        self.0.push((field, frame.t(key)));
    }

    /// What the service could not take.
    pub(super) fn of(frame: &Frame, problems: &[services::Problem]) -> Self {
        Self(problems.iter().map(|one| (field_of(&one.field), frame.say(&one.words))).collect())
    }

    /// A reason of the service that belongs to no field.
    pub(super) fn words(words: String) -> Self {
        Self(vec![("reason", words)])
    }

    /// The summary, each field once, in the order of the form.
    pub(super) fn problems(&self) -> Problems {
        Problems(self.0.iter().map(|(field, words)| ((*field).to_owned(), words.clone())).collect())
    }

    fn on(&self, field: &str) -> Option<String> {
        self.0.iter().find(|(one, _)| *one == field).map(|(_, words)| words.clone())
    }
}

/// The field of the form that a field of a request is typed into.
fn field_of(path: &str) -> &'static str {
    let has = |word: &str| path.contains(word);
    match () {
        () if has("package-number") || has("package_number") => "package_number",
        () if has("package-size") || has("package_size") => "package_size",
        () if has("packages") => "packages",
        () if has("iterations") => "iterations",
        () if has("strength") => "strength",
        () if has("atc") => "atc",
        () if has("drug") => "drug",
        () if has("indication") => "indication",
        () if has("route") => "route",
        () if has("units") => "units",
        () if has("unit") => "unit",
        () if has("as-needed") || has("as_needed") => "needed",
        () if has("every") => "every_days",
        () if has("text") => "dosage_text",
        () if has("dos") || has("period") => "morning",
        () if has("from") => "from",
        () if has("until") => "until",
        () => "reason",
    }
}

fn given(text: &str) -> Option<String> {
    Some(text.trim().to_owned()).filter(|text| !text.is_empty())
}

fn quantity(text: &str) -> Option<Decimal> {
    text.trim().replace(',', ".").parse().ok().filter(|number: &Decimal| *number > Decimal::ZERO)
}

impl Sent {
    /// What an order that stands looks like in the form.
    pub(super) fn of(order: &Order, version: String) -> Self {
        let text = |text: &Option<String>| text.clone().unwrap_or_default();
        Self {
            version,
            drug: order.drug.name.clone(),
            strength: text(&order.drug.strength),
            form: text(&order.drug.form),
            atc: text(&order.drug.atc),
            indication: text(&order.indication),
            route: text(&order.route),
            dosage_kind: "as-is".to_owned(),
            every_days: "1".to_owned(),
            from: dates::typed(order.active.from),
            until: order.active.until.map(dates::typed).unwrap_or_default(),
            ..Self::default()
        }
    }

    /// An empty form.
    pub(super) fn new(today: Date, version: String) -> Self {
        Self {
            version,
            dosage_kind: "daily".to_owned(),
            every_days: "1".to_owned(),
            from: dates::typed(today),
            prescription_kind: "with".to_owned(),
            packages: "1".to_owned(),
            iterations: "1".to_owned(),
            ..Self::default()
        }
    }

    /// The same, on another version of the card.
    pub(super) fn at(self, version: String) -> Self {
        Self { version, ..self }
    }

    /// All fields, to carry along.
    pub(super) fn carried(&self) -> Vec<(String, String)> {
        let pairs = serde_urlencoded::to_string(self).unwrap_or_default();
        serde_urlencoded::from_str(&pairs).unwrap_or_default()
    }

    /// Why, for a pause or a stop.
    pub(super) fn reason(&self) -> Option<String> {
        given(&self.reason)
    }

    /// The first and the last day of a pause.
    pub(super) fn days(&self, frame: &Frame, wrong: &mut Wrong) -> (Date, Option<Date>) {
        let from = dates::parse(&self.from);
        let until = given(&self.until).map(|until| dates::parse(&until));
        if from.is_none() {
            wrong.add(frame, "from", "problem-day");
        }
        match until {
            Some(None) => wrong.add(frame, "until", "problem-day"),
            Some(Some(until)) if from.is_some_and(|from| until < from) => {
                wrong.add(frame, "until", "problem-order")
            }
            Some(Some(_)) | None => {}
        }
        (from.unwrap_or_else(|| frame.today()), until.flatten())
    }

    /// The order as it shall be. What the form does not ask for stays as it stands.
    pub(super) fn order(&self, frame: &Frame, standing: Option<&Order>, wrong: &mut Wrong) -> NewOrder {
        let name = given(&self.drug);
        if name.is_none() {
            wrong.add(frame, "drug", "problem-needed");
        }
        self.lengths(frame, wrong);
        let (from, until) = self.days(frame, wrong);
        let same_drug = standing.filter(|order| Some(&order.drug.name) == name.as_ref());
        NewOrder {
            kind: standing.map_or(OrderKind::ByProfessional, |order| order.kind),
            drug: Drug {
                name: name.unwrap_or_default(),
                drug_id: same_drug.and_then(|order| order.drug.drug_id.clone()),
                atc: given(&self.atc).map(|atc| atc.to_ascii_uppercase()),
                form: given(&self.form),
                strength: given(&self.strength),
            },
            route: given(&self.route),
            indication: given(&self.indication),
            dosage: self.dosage(frame, standing, wrong),
            active: ActivePeriod { from, until },
            substitution: standing.map_or(Substitution::Allowed, |order| order.substitution),
            handover: standing.map_or(
                if self.prescription_kind == "with" { Handover::Prescription } else { Handover::NotAssigned },
                |order| order.handover,
            ),
        }
    }

    fn lengths(&self, frame: &Frame, wrong: &mut Wrong) {
        let lines = [
            ("drug", &self.drug),
            ("strength", &self.strength),
            ("form", &self.form),
            ("indication", &self.indication),
            ("route", &self.route),
            ("unit", &self.unit),
            ("units", &self.units),
        ];
        for (field, text) in lines {
            if text.chars().count() > LINE_MAX {
                wrong.add(frame, field, "problem-too-long");
            }
        }
        if self.dosage_text.chars().count() > TEXT_MAX {
            wrong.add(frame, "dosage_text", "problem-too-long");
        }
    }

    fn dosage(&self, frame: &Frame, standing: Option<&Order>, wrong: &mut Wrong) -> Dosage {
        let as_it_is = standing.and_then(|order| order.dosage.clone());
        match (self.dosage_kind.as_str(), as_it_is) {
            ("as-is", Some(dosage)) => dosage,
            ("daily", _) => self.structured(frame, Some(self.fixed(frame, wrong)), None, wrong),
            ("as-needed", _) => self.structured(frame, None, Some(self.as_needed(frame, wrong)), wrong),
            ("own-words", _) => {
                if given(&self.dosage_text).is_none() {
                    wrong.add(frame, "dosage_text", "problem-needed");
                }
                Dosage::FreeText { text: self.dosage_text.trim().to_owned() }
            }
            (_, _) => {
                wrong.add(frame, "dosage_kind", "problem-choose");
                Dosage::LocalScheme
            }
        }
    }

    fn structured(
        &self,
        frame: &Frame,
        fixed: Option<Structure>,
        as_needed: Option<Structure>,
        wrong: &mut Wrong,
    ) -> Dosage {
        for (field, text) in [("unit", &self.unit), ("units", &self.units)] {
            if given(text).is_none() {
                wrong.add(frame, field, "problem-needed");
            }
        }
        Dosage::Structured {
            unit: self.unit.trim().to_owned(),
            units: self.units.trim().to_owned(),
            periods: vec![Period { days: None, fixed, as_needed }],
        }
    }

    fn fixed(&self, frame: &Frame, wrong: &mut Wrong) -> Structure {
        let times = [
            ("morning", &self.morning, When::Morning),
            ("noon", &self.noon, When::Noon),
            ("evening", &self.evening, When::Evening),
            ("night", &self.night, When::Night),
        ];
        let mut doses = Vec::new();
        let mut is_any = false;
        for (field, text, when) in times {
            if given(text).is_none() {
                continue;
            }
            is_any = true;
            match quantity(text) {
                Some(number) => {
                    doses.push(DoseTime { day: 1, when, dose: Dose::Exactly { quantity: Quantity(number) } })
                }
                None => wrong.add(frame, field, "problem-number"),
            }
        }
        if !is_any {
            wrong.add(frame, "morning", "problem-dose");
        }
        let every_days = self.every_days.trim().parse().ok().filter(|days| (1..=365).contains(days));
        if every_days.is_none() {
            wrong.add(frame, "every_days", "problem-number");
        }
        Structure { every_days: every_days.unwrap_or(1), doses, instruction: None, apart_hours: None }
    }

    fn as_needed(&self, frame: &Frame, wrong: &mut Wrong) -> Structure {
        let number = quantity(&self.needed);
        if number.is_none() {
            wrong.add(frame, "needed", "problem-number");
        }
        let times =
            given(&self.needed_times).map(|text| text.parse().ok().filter(|times| (1..=99).contains(times)));
        if times == Some(None) {
            wrong.add(frame, "needed_times", "problem-number");
        }
        let dose = Dose::Exactly { quantity: Quantity(number.unwrap_or_default()) };
        let when = When::Unlimited { times_max: times.flatten() };
        Structure {
            every_days: 1,
            doses: vec![DoseTime { day: 1, when, dose }],
            instruction: None,
            apart_hours: None,
        }
    }

    /// The prescription to issue, if one is.
    pub(super) fn prescription(&self, frame: &Frame, wrong: &mut Wrong) -> Option<NewPrescription> {
        if self.prescription_kind != "with" {
            return None;
        }
        let number = self.package_number.trim();
        if number.len() != 6 || !number.bytes().all(|digit| digit.is_ascii_digit()) {
            wrong.add(frame, "package_number", "problem-package");
        }
        let size = given(&self.package_size).map(|text| text.parse().ok().filter(|size| *size > 0_u32));
        if size == Some(None) {
            wrong.add(frame, "package_size", "problem-number");
        }
        let mut count = |field, text: &str| {
            let number = text.trim().parse().ok().filter(|number| (1..=99).contains(number));
            if number.is_none() {
                wrong.add(frame, field, "problem-number");
            }
            number.unwrap_or(1)
        };
        Some(NewPrescription {
            package_number: number.to_owned(),
            package_size: size.flatten(),
            packages: count("packages", &self.packages),
            iterations: count("iterations", &self.iterations),
            valid_from: None,
            valid_until: None,
        })
    }

    /// The fields as the form shows them.
    pub(super) fn fields(&self, frame: &Frame, basis: Basis, wrong: &Wrong) -> OrderFields {
        let field = |name: &str, value: &str| Field { value: value.to_owned(), problem: wrong.on(name) };
        let choice = |value: &str, key: &str, chosen: &str| Choice {
            value: value.to_owned(),
            label: frame.t(key),
            chosen: if value == chosen { Chosen::Yes } else { Chosen::No },
        };
        let mut dosage_kinds = match basis {
            Basis::New => Vec::new(),
            Basis::Standing => vec![choice("as-is", "dosage-as-is", &self.dosage_kind)],
        };
        dosage_kinds.push(choice("daily", "dosage-daily", &self.dosage_kind));
        dosage_kinds.push(choice("as-needed", "dosage-as-needed", &self.dosage_kind));
        dosage_kinds.push(choice("own-words", "dosage-own-words", &self.dosage_kind));
        OrderFields {
            drug: field("drug", &self.drug),
            strength: field("strength", &self.strength),
            form: field("form", &self.form),
            atc: field("atc", &self.atc),
            indication: field("indication", &self.indication),
            route: field("route", &self.route),
            dosage_kinds,
            dosage_kind: field("dosage_kind", &self.dosage_kind),
            unit: field("unit", &self.unit),
            units: field("units", &self.units),
            morning: field("morning", &self.morning),
            noon: field("noon", &self.noon),
            evening: field("evening", &self.evening),
            night: field("night", &self.night),
            every_days: field("every_days", &self.every_days),
            needed: field("needed", &self.needed),
            needed_times: field("needed_times", &self.needed_times),
            dosage_text: field("dosage_text", &self.dosage_text),
            from: field("from", &self.from),
            until: field("until", &self.until),
            prescription_kinds: vec![
                choice("with", "prescription-with", &self.prescription_kind),
                choice("without", "prescription-without", &self.prescription_kind),
            ],
            prescription_kind: field("prescription_kind", &self.prescription_kind),
            package_number: field("package_number", &self.package_number),
            package_size: field("package_size", &self.package_size),
            packages: field("packages", &self.packages),
            iterations: field("iterations", &self.iterations),
            reason: field("reason", &self.reason),
        }
    }
}
