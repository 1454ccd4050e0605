//! Ten years of a person's medicine: what was ordered, prescribed, dispensed, changed, paused and stopped.

use jiff::civil::{Date, DateTime};
use jiff::{Span, ToSpan};

use super::country::Country;
use super::dice::Dice;
use super::drugs::{ACUTE, CHRONIC, DRUGS, Dose, Drug, Illness};
use super::official::NANCY;
use super::person::Person;
use super::staff::Profession;

/// A life as the medicine card saw it.
#[derive(Clone, Debug, Default)]
pub struct Life {
    /// Oldest first.
    pub treatments: Vec<Treatment>,
}

/// One medicine over time.
#[derive(Clone, Debug)]
pub struct Treatment {
    /// Position in [`DRUGS`].
    pub drug: usize,
    /// Who ordered it, by position among the staff.
    pub prescriber: usize,
    /// When it was ordered.
    pub ordered: DateTime,
    /// First day.
    pub from: Date,
    /// Last day, if it has one.
    pub until: Option<Date>,
    /// When the dose was changed last, and how many times as much it is now, in halves.
    pub changed: Option<(DateTime, u8)>,
    /// Paused since.
    pub paused: Option<DateTime>,
    /// Stopped by a doctor, when.
    pub stopped: Option<DateTime>,
    /// Marked private by the person.
    pub private: bool,
    /// Prescriptions, oldest first.
    pub prescriptions: Vec<Prescription>,
}

/// A prescription and what was dispensed on it.
#[derive(Clone, Debug)]
pub struct Prescription {
    /// When it was issued.
    pub issued: DateTime,
    /// By whom.
    pub prescriber: usize,
    /// Which package, by position in the drug's list.
    pub pack: usize,
    /// How many times it may be dispensed.
    pub iterations: u8,
    /// Dispensings, oldest first.
    pub dispensed: Vec<Dispensed>,
}

/// A dispensing.
#[derive(Clone, Copy, Debug)]
pub struct Dispensed {
    /// When.
    pub at: DateTime,
    /// By which pharmacist.
    pub pharmacist: usize,
}

/// Who looks after a person.
struct Carers {
    practitioner: usize,
    hospital: Option<usize>,
    pharmacists: Vec<usize>,
}

/// Tells the life of a person.
#[must_use]
pub(super) fn tell(country: &Country, person: &Person) -> Life {
    let mut dice = Dice::of(country.origin.seed, 4, person.index as u64);
    let Some(carers) = carers(country, person, &mut dice) else { return Life::default() };
    let mut teller =
        Teller { person, until: person.until(country.origin.today), carers, dice, life: Life::default() };
    if person.number.text() == NANCY {
        teller.rich_card();
    }
    CHRONIC.iter().for_each(|illness| teller.chronic(illness));
    teller.acute();
    let mut life = teller.life;
    life.treatments.sort_by_key(|treatment| (treatment.ordered, treatment.drug));
    life
}

fn carers(country: &Country, person: &Person, dice: &mut Dice) -> Option<Carers> {
    let practitioner = country.practitioner(person)?.index;
    let department = dice.pick(&country.departments()).map(|place| place.index);
    let hospital =
        department.and_then(|place| country.at(place, Profession::Doctor).next()).map(|doctor| doctor.index);
    let pharmacies = country.pharmacies();
    let pharmacy = pharmacies.get((person.practice + person.index % 2) % pharmacies.len().max(1))?;
    let pharmacists = country.at(pharmacy.index, Profession::Pharmacist).map(|one| one.index).collect();
    Some(Carers { practitioner, hospital, pharmacists })
}

struct Teller<'a> {
    person: &'a Person,
    until: Date,
    carers: Carers,
    dice: Dice,
    life: Life,
}

impl Teller<'_> {
    /// The card that the demo shows first: many medicines, and one of each thing that can happen to them.
    fn rich_card(&mut self) {
        let years_ago =
            |years: i64, days: i64| self.until.saturating_sub(Span::new().years(years).days(days));
        let starts = [
            ("C10AA01", years_ago(8, 40)),
            ("C09AA02", years_ago(6, 11)),
            ("A10BA02", years_ago(5, 200)),
            ("N02BE01", years_ago(2, 30)),
            ("B01AC06", years_ago(4, 3)),
            ("N05CF01", years_ago(0, 160)),
            ("M05BA04", years_ago(1, 90)),
            ("N06AB04", years_ago(1, 20)),
            ("J01CE02", years_ago(0, 75)),
        ];
        for (place, (atc, start)) in starts.into_iter().enumerate() {
            let end = (atc == "J01CE02").then(|| start.saturating_add(7.days()));
            self.treat(atc, start, end);
            let Some(last) = self.life.treatments.last_mut() else { continue };
            last.stopped = None;
            last.paused = None;
            last.private = atc == "N06AB04";
            match place {
                1 => last.changed = Some((self.until.saturating_sub(40.days()).at(10, 15, 0, 0), 3)),
                5 => last.paused = Some(self.until.saturating_sub(9.days()).at(9, 30, 0, 0)),
                6 => last.stopped = Some(self.until.saturating_sub(21.days()).at(13, 5, 0, 0)),
                _ => {}
            }
        }
    }

    fn fits(&self, illness: &Illness) -> bool {
        illness.sex.is_none_or(|sex| sex == self.person.sex)
    }

    /// A lasting illness begins at some age and is treated from then on.
    fn chronic(&mut self, illness: &Illness) {
        let begins_at = self.dice.between(i64::from(illness.ages.0), i64::from(illness.ages.1));
        let struck = self.dice.thousandths(illness.of_thousand);
        let within = self.dice.between(0, 364);
        let start = self.person.born.saturating_add(Span::new().years(begins_at).days(within));
        if !struck || !self.fits(illness) || start >= self.until {
            return;
        }
        let medicines = self.dice.some(illness.medicines, illness.together);
        let mut begins = start;
        for atc in medicines {
            let lasts = self.dice.thousandths(250).then(|| self.dice.between(200, 2_500));
            let end = lasts.map(|days| begins.saturating_add(days.days())).filter(|end| *end < self.until);
            self.treat(atc, begins, end);
            begins = begins.saturating_add(self.dice.between(60, 900).days());
        }
    }

    /// What comes and goes, year by year.
    fn acute(&mut self) {
        for year in 0..10 {
            let first = self
                .until
                .saturating_sub(Span::new().years(year + 1))
                .saturating_add(1.days())
                .max(self.person.born);
            let last = self.until.saturating_sub(Span::new().years(year));
            let age = self.person.age(last);
            for illness in ACUTE {
                let struck = self.dice.thousandths(illness.of_thousand);
                let of_age = (i64::from(illness.ages.0)..=i64::from(illness.ages.1)).contains(&age);
                if !struck || !of_age || !self.fits(illness) || first > last {
                    continue;
                }
                let start = self.dice.day(first, last);
                let atc = self.dice.word(illness.medicines);
                let days = self.dice.between(5, 21);
                self.treat(atc, start, Some(start.saturating_add(days.days())));
            }
        }
    }

    fn treat(&mut self, atc: &str, from: Date, until: Option<Date>) {
        let Some(number) = Drug::number(atc) else { return };
        let Some(drug) = DRUGS.get(number) else { return };
        if from > self.until {
            return;
        }
        // Most orders of what is taken as needed end on a day; of the others nobody knows how long a package lasts.
        let days_ahead = self.dice.between(100, 600);
        let ends = matches!(drug.dose, Dose::Needed(..)) && self.dice.thousandths(950);
        let until = until.or(ends.then(|| self.until.saturating_add(days_ahead.days())));
        let in_hospital = self.dice.thousandths(150);
        let prescriber = self.carers.hospital.filter(|_| in_hospital).unwrap_or(self.carers.practitioner);
        let ordered = self.dice.opening_hours(from);
        let end = until.unwrap_or(self.until).min(self.until);
        let changed = self.change(ordered, end);
        let paused =
            (until.is_none() && self.dice.thousandths(30)).then(|| self.dice.opening_hours(self.until));
        let stopped =
            until.filter(|day| *day < self.until && from.until(*day).is_ok_and(|span| span.get_days() > 60));
        let stopped = stopped.map(|day| self.dice.opening_hours(day));
        let private = self.dice.thousandths(12);
        let prescriptions = self.prescriptions(drug, ordered, until, end, prescriber);
        self.life.treatments.push(Treatment {
            drug: number,
            prescriber,
            ordered,
            from,
            until,
            changed,
            paused: paused.filter(|at| *at > ordered && at.date() < self.until),
            stopped,
            private,
            prescriptions,
        });
    }

    /// One treatment in five has its dose changed on the way.
    fn change(&mut self, ordered: DateTime, end: Date) -> Option<(DateTime, u8)> {
        let first = ordered.date().saturating_add(60.days());
        if !self.dice.thousandths(200) || first >= end {
            return None;
        }
        let day = self.dice.day(first, end.saturating_sub(1.days()).max(first));
        let halves = if self.dice.thousandths(600) { 3 } else { 1 };
        Some((self.dice.opening_hours(day), halves))
    }

    fn prescriptions(
        &mut self,
        drug: &Drug,
        ordered: DateTime,
        until: Option<Date>,
        end: Date,
        prescriber: usize,
    ) -> Vec<Prescription> {
        let lasting =
            until.is_none_or(|until| ordered.date().until(until).is_ok_and(|span| span.get_days() > 60));
        let pack = if lasting { 0 } else { drug.packs.len().saturating_sub(1) };
        let iterations = if lasting { 4 } else { 1 };
        let days = if lasting { days_of_pack(drug, pack) } else { 30 };
        let mut found = Vec::new();
        let mut issued = ordered;
        while issued.date() <= end {
            let dispensed = self.dispensings(issued, iterations, days, end);
            let by = if found.is_empty() { prescriber } else { self.carers.practitioner };
            found.push(Prescription { issued, prescriber: by, pack, iterations, dispensed });
            if !lasting {
                break;
            }
            let next = issued.date().saturating_add((days * i64::from(iterations)).days());
            issued = self.dice.opening_hours(next);
        }
        found
    }

    fn dispensings(&mut self, issued: DateTime, times: u8, days: i64, end: Date) -> Vec<Dispensed> {
        let mut found = Vec::new();
        // One prescription in twenty is never fetched.
        if self.dice.thousandths(50) {
            return found;
        }
        let mut day = issued.date();
        for _ in 0..times {
            let late = self.dice.between(0, 3);
            let fetched = day.saturating_add(late.days());
            if fetched > end {
                break;
            }
            let opening = self.dice.between(0, 90);
            let at = fetched.at(17, 0, 0, 0).saturating_add(opening.minutes()).max(issued);
            let Some(pharmacist) = self.dice.pick(&self.carers.pharmacists).copied() else { break };
            found.push(Dispensed { at, pharmacist });
            day = day.saturating_add(days.days());
        }
        found
    }
}

/// For how many days a package lasts, within what a doctor lets a patient have at home.
fn days_of_pack(drug: &Drug, pack: usize) -> i64 {
    let size = drug.packs.get(pack).copied().unwrap_or(30);
    let daily = match drug.dose {
        Dose::Parts(morning, noon, evening, night) => [morning, noon, evening, night]
            .iter()
            .filter_map(|part| part.parse::<f32>().ok())
            .sum::<f32>()
            .max(1.0),
        Dose::Times(_, times) => f32::from(times),
        Dose::Needed(_, most) => f32::from(most) / 2.0,
        Dose::Weekly(_) => 1.0 / 7.0,
    };
    #[expect(clippy::cast_possible_truncation, reason = "a few hundred at most")]
    let days = (f32::from(size) / daily) as i64;
    days.clamp(60, 120)
}
