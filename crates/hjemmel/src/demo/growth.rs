//! The country grows into a register, step by step, and tells how far it is.

use std::collections::BTreeMap;

use jiff::{Span, Timestamp};
use register::{Randomness, Register, Unavailable};
use services::treatment_relation::register_relation;

use super::country::Country;
use super::dice::Dice;
use super::import::{BATCH, Importer};
use super::official::NANCY;
use super::person::Person;
use super::staff::Profession;

/// How far the country is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Told {
    /// A step begins, with so many things to do.
    Begins(&'static str, usize),
    /// So many more are done.
    Done(usize),
    /// The step is over.
    Ends,
}

/// The country did not grow.
#[derive(Debug, thiserror::Error)]
pub enum GrowError {
    /// A feed was not taken.
    #[error("the register did not take a feed: {0}")]
    Feed(String),
    /// The register cannot answer.
    #[error(transparent)]
    Unavailable(#[from] Unavailable),
    /// The notices have no such role.
    #[error("the notices have no role `{0}`")]
    Role(String),
    /// A number of the country is not of its form.
    #[error("a number of the country is not of its form")]
    Number,
    /// A look that must be refused was granted.
    #[error("a doctor who treats nobody opened a card")]
    NotRefused,
    /// Something was due at once.
    #[error("{0} records were due on the day of the country")]
    DueAtOnce(u64),
}

impl From<services::Error> for GrowError {
    fn from(error: services::Error) -> Self {
        match error {
            services::Error::Unavailable(unavailable) => Self::Unavailable(unavailable),
            services::Error::Invalid(problems) => {
                let fields: Vec<String> = problems
                    .into_iter()
                    .map(|problem| format!("{}: {}", problem.field, problem.code))
                    .collect();
                Self::Feed(fields.join(", "))
            }
            services::Error::Refused(refusal) => Self::Feed(format!("refused, {:?}", refusal.clause)),
            services::Error::Conflict(_) => Self::Feed("somebody else was first".to_owned()),
            services::Error::Not(nothing) => match nothing {},
        }
    }
}

/// Grows a country into a register; returns how many records its cards have.
///
/// # Errors
/// A feed was not taken, or something that was imported was due at once.
pub fn grow(
    country: &Country,
    register: &Register,
    randomness: &dyn Randomness,
    now: Timestamp,
    tell: &mut dyn FnMut(Told),
) -> Result<usize, GrowError> {
    let importer = Importer::new(country, register, randomness, now);
    let held: Vec<&Person> = country.people.iter().filter(|person| importer.is_held(person)).collect();
    in_batches("people", &held, tell, |people| importer.import_people(people))?;
    tell(Told::Begins("professionals", country.staff.len()));
    importer.import_staff(&country.staff)?;
    tell(Told::Done(country.staff.len()));
    tell(Told::Ends);
    relations(&importer, &held, tell)?;
    let children: Vec<&Person> =
        held.iter().copied().filter(|person| person.age(country.origin.today) < 15).collect();
    in_batches("custody", &children, tell, |children| {
        importer.import_custody(children.iter().flat_map(|child| importer.custody(child)).collect())
    })?;
    let mut records = 0;
    in_batches("medicine", &held, tell, |people| {
        records += importer.import_cards(people)?;
        Ok(())
    })?;
    let dead: Vec<&Person> = held.iter().copied().filter(|person| person.died.is_some()).collect();
    in_batches("deaths", &dead, tell, |people| {
        people
            .iter()
            .filter_map(|person| Some((person, person.died?)))
            .try_for_each(|(person, died)| importer.report_death(person, died))
    })?;
    tell(Told::Begins("infected", 1));
    super::infected::send(&importer)?;
    tell(Told::Done(1));
    tell(Told::Ends);
    tell(Told::Begins("looks", 1));
    importer.look()?;
    tell(Told::Done(1));
    tell(Told::Ends);
    nothing_is_due(register)?;
    Ok(records)
}

/// What the clocks would have erased was not imported: the first sweep has nothing to do.
fn nothing_is_due(register: &Register) -> Result<(), GrowError> {
    let report = register.sweep()?;
    let acts: u64 = report.acts.values().sum::<u64>() + report.braked;
    if acts == 0 { Ok(()) } else { Err(GrowError::DueAtOnce(acts)) }
}

fn in_batches<'p>(
    name: &'static str,
    people: &[&'p Person],
    tell: &mut dyn FnMut(Told),
    mut take: impl FnMut(&[&'p Person]) -> Result<(), GrowError>,
) -> Result<(), GrowError> {
    tell(Told::Begins(name, people.len()));
    for batch in people.chunks(BATCH) {
        take(batch)?;
        tell(Told::Done(batch.len()));
    }
    tell(Told::Ends);
    Ok(())
}

/// Visits to a practice on a day.
const VISITS_A_PRACTICE: usize = 8;

/// Everybody's own practice, who is in hospital today, and who sees the doctor today.
fn relations(importer: &Importer<'_>, held: &[&Person], tell: &mut dyn FnMut(Told)) -> Result<(), GrowError> {
    let alive: Vec<&Person> = held.iter().copied().filter(|person| person.died.is_none()).collect();
    in_batches("practices", &alive, tell, |people| {
        importer.import_relations(people.iter().filter_map(|person| importer.own_practice(person)).collect())
    })?;
    let mut dice = Dice::of(importer.country.origin.seed, 5, 0);
    let mut visits = Vec::new();
    // The official test persons stand first and are in no department.
    let generated = alive.get(super::official::OFFICIAL.len()..).unwrap_or_default();
    for place in importer.country.departments() {
        if importer.country.at(place.index, Profession::Doctor).next().is_none() {
            continue;
        }
        for _ in 0..6 {
            let Some(person) = dice.pick(generated) else { continue };
            let from =
                importer.now.saturating_sub(Span::new().hours(dice.between(2, 60))).unwrap_or(importer.now);
            let until =
                importer.now.saturating_add(Span::new().hours(dice.between(6, 96))).unwrap_or(importer.now);
            visits.extend(importer.visit(person, place, from, until));
        }
    }
    visits.extend(visits_of_today(importer, generated));
    tell(Told::Begins("visits", visits.len()));
    let many = visits.len();
    importer.import_relations(visits)?;
    tell(Told::Done(many));
    tell(Told::Ends);
    Ok(())
}

/// Who comes to each practice today: the citizen with the rich card to hers, and some of its list.
fn visits_of_today(importer: &Importer<'_>, generated: &[&Person]) -> Vec<register_relation::Request> {
    let country = importer.country;
    let mut lists: BTreeMap<usize, Vec<&Person>> = BTreeMap::new();
    for person in generated {
        lists.entry(person.practice).or_default().push(person);
    }
    let rich = country.by_number(NANCY);
    let mut visits = Vec::new();
    for (practice, list) in lists {
        let Some(place) = importer.place(practice) else { continue };
        let mut dice = Dice::of(country.origin.seed, 7, practice as u64);
        let mut coming: Vec<&Person> =
            rich.into_iter().filter(|person| person.practice == practice).collect();
        for _ in 0..VISITS_A_PRACTICE * 4 {
            let Some(person) = dice.pick(&list).filter(|_| coming.len() < VISITS_A_PRACTICE) else { break };
            if coming.iter().all(|other| other.index != person.index) {
                coming.push(person);
            }
        }
        visits
            .extend(coming.into_iter().filter_map(|person| importer.consultation(person, place, &mut dice)));
    }
    visits
}
