//! Time passes, the house sweeps, crashes and is told the wrong time, people die.

use super::*;

impl World {
    pub(super) fn time_passes(&mut self) -> Step {
        let span = match self.dice.below(40) {
            0 => Span::new().days(i64::try_from(self.dice.below(300)).unwrap()),
            1..=12 => Span::new().days(i64::try_from(1 + self.dice.below(14)).unwrap()),
            _ => Span::new().minutes(i64::try_from(1 + self.dice.below(90)).unwrap()),
        };
        self.country.house.clock.pass(span);
        self.sweeps()
    }

    pub(super) fn sweeps(&mut self) -> Step {
        let report = self.country.house.register.sweep().map_err(|why| why.to_string())?;
        if report.stopped.is_some() || report.braked > 0 {
            return Err(format!("the sweep was stopped or braked: {report:?}"));
        }
        let now = self.now();
        let of_medicine =
            |model: &Model| model.orders.len() + model.prescriptions.len() + model.dispensings.len();
        let before = of_medicine(&self.model);
        self.model.sweep(now);
        let gone = (before - of_medicine(&self.model)) as u64;
        let policy = &self.country.house.policy;
        let medicine =
            ["fmk.order", "fmk.prescription", "fmk.dispensing"].map(|name| policy.register_id(name).unwrap());
        let acts = report.acts.iter().filter(|((register, _), _)| medicine.contains(register));
        let erased: u64 = acts.map(|(_, records)| records).sum();
        self.tally.erased += erased;
        if erased == gone {
            Ok(())
        } else {
            Err(format!("the sweep erased {erased} records, the model {gone}"))
        }
    }

    pub(super) fn crashes(self) -> Result<Self, String> {
        let Self { country, mut tally, mut dice, model, patients, stale, drugs } = self;
        tally.crashes += 1;
        let Country {
            house,
            nancy,
            max,
            bo,
            einer,
            doctor,
            other_doctor,
            nurse,
            pharmacist,
            practice,
            hospital,
            pharmacy,
            randomness,
        } = country;
        let house =
            house.reopen(dice.below(u64::MAX)).map_err(|why| format!("it does not open again: {why}"))?;
        house.register.confirm_clock("Anna", "Birthe").map_err(|why| why.to_string())?;
        let country = Country {
            house,
            randomness,
            nancy,
            max,
            bo,
            einer,
            doctor,
            other_doctor,
            nurse,
            pharmacist,
            practice,
            hospital,
            pharmacy,
        };
        Ok(Self { country, tally, dice, model, patients, stale, drugs })
    }

    /// The clock jumps ten years; nothing may go.
    pub(super) fn clock_jumps(&mut self) -> Step {
        let now = self.now();
        self.country.house.clock.jump_to(now + jiff::SignedDuration::from_hours(87_600));
        let report = self.country.house.register.sweep().map_err(|why| why.to_string())?;
        self.country.house.clock.jump_to(now);
        if report.stopped.is_none() || !report.acts.is_empty() {
            return Err(format!("a clock that jumps erases: {report:?}"));
        }
        let _ = self.country.house.register.sweep().map_err(|why| why.to_string())?;
        self.country.house.register.confirm_clock("Anna", "Birthe").map_err(|why| why.to_string())?;
        self.sweeps()
    }

    pub(super) fn death(&mut self) -> Step {
        let person = if self.dice.once_in(2) { self.country.nancy } else { self.country.einer };
        let now = self.now();
        let today = self.today();
        let report = match self.model.died.get(&person) {
            None if self.dice.once_in(3) => report_death::Report::Died(today),
            // Taken back as long as nothing is gone because of it.
            Some(died) if now < super::super::model::years_later(*died, 1) => {
                report_death::Report::TakenBack { reason: Personal::new("forveksling".to_owned()) }
            }
            None | Some(_) => return Ok(()),
        };
        match &report {
            report_death::Report::Died(day) => self.model.died.insert(person, day_begins(*day)),
            report_death::Report::TakenBack { .. } => self.model.died.remove(&person),
        };
        let cpr = self.country.caller("cpr", None, None);
        let (end, _) =
            self.act(&cpr, |at| report_death::run(at, report_death::Request { person, report }))?;
        self.noted(person, report_death::USE, false);
        self.noted(person, "fmk.report-death", false);
        same("a death", end, End::Done)
    }
}
