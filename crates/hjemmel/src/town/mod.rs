//! A town with and without the app: people, phones and infection, day by day, the same for the same seed.
//!
//! The phones are those of `phone`, the files those of `exposure`, and the two bodies of the private statistics are
//! real servers over loopback, each with its register. What is assumed stands in `parameters`, with its source.

mod chance;
mod course;
mod life;
mod parameters;
mod people;
mod phones;
mod picture;
mod servers;
mod tally;

use jiff::Timestamp;

use life::{NoApp, live};
use people::People;
use phones::Phones;
use picture::Head;
use tally::Rate;

/// What town is asked for.
#[derive(Clone, Debug)]
pub(crate) struct Asked {
    pub(crate) people: usize,
    pub(crate) days: u32,
    pub(crate) seed: u64,
    /// Out of a hundred; none without the app.
    pub(crate) adoptions: Vec<u8>,
}

/// A town that was lived through.
#[derive(Debug)]
pub(crate) struct Lived {
    head: Head,
    rates: Vec<Rate>,
}

/// The first morning: a day of the autumn in which the app was new.
const BEGIN: &str = "2020-10-01T00:00:00Z";

/// Lives through the town once for each rate of adoption.
pub(crate) fn live_through(asked: &Asked, told: &mut dyn FnMut(u8, u32)) -> Result<Lived, String> {
    let people = People::new(asked.seed, asked.people);
    let begin: Timestamp = BEGIN.parse().map_err(|problem: jiff::Error| problem.to_string())?;
    let mut rates = Vec::new();
    for adoption in &asked.adoptions {
        let mut tell = |day| told(*adoption, day);
        let (outcome, counted) = if *adoption == 0 {
            let Ok(outcome) = live(&people, asked.seed, asked.days, &mut NoApp, &mut tell);
            (outcome, None)
        } else {
            let phones = Phones::new(asked.seed, asked.people, *adoption, begin);
            let mut phones = phones.map_err(|problem| problem.to_string())?;
            let outcome = live(&people, asked.seed, asked.days, &mut phones, &mut tell)
                .map_err(|problem| problem.to_string())?;
            (outcome, phones.counted())
        };
        rates.push(Rate { adoption: *adoption, outcome, counted });
    }
    Ok(Lived { head: Head { people: asked.people, days: asked.days, seed: asked.seed }, rates })
}

impl Lived {
    /// What came of it, as a table.
    pub(crate) fn table(&self) -> String {
        picture::table(self.head, &self.rates)
    }

    /// What the private statistics said, with noise that differs each time.
    pub(crate) fn counted(&self) -> String {
        picture::counted(&self.rates)
    }

    /// What came of it, as a picture.
    pub(crate) fn svg(&self) -> String {
        picture::svg(self.head, &self.rates)
    }
}
