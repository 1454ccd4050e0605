//! A town with and without the app: people, phones and infection, day by day, the same for the same seed.
//!
//! The phones are those of `phone`; verification, the key server and the two bodies of the private statistics are real
//! servers over loopback, each with its register. What is assumed stands in `parameters`, with its source.

mod bars;
mod bodies;
mod chance;
mod counting;
mod course;
mod life;
mod machine;
mod parameters;
mod people;
mod phones;
mod picture;
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

/// Lives through the town once for each rate of adoption, several at a time: none of them knows of the others.
pub(crate) fn live_through(asked: &Asked) -> Result<Lived, String> {
    let people = People::new(asked.seed, asked.people);
    let lived: Vec<Result<Rate, String>> = std::thread::scope(|scope| {
        let people = &people;
        let rates = asked.adoptions.iter().copied();
        let running: Vec<_> =
            rates.map(|adoption| scope.spawn(move || lived_at(asked, people, adoption))).collect();
        running
            .into_iter()
            .map(|thread| thread.join().unwrap_or_else(|panic| std::panic::resume_unwind(panic)))
            .collect()
    });
    let rates = lived.into_iter().collect::<Result<_, _>>()?;
    Ok(Lived { head: Head { people: asked.people, days: asked.days, seed: asked.seed }, rates })
}

fn lived_at(asked: &Asked, people: &People, adoption: u8) -> Result<Rate, String> {
    if adoption == 0 {
        let Ok(outcome) = live(people, asked.seed, asked.days, &mut NoApp, &mut |_| {});
        return Ok(Rate { adoption, outcome, counted: None });
    }
    let begin: Timestamp = BEGIN.parse().map_err(|problem: jiff::Error| problem.to_string())?;
    let stopped = |problem: phones::Stopped| problem.to_string();
    let mut phones = Phones::new(asked.seed, asked.people, adoption, begin).map_err(stopped)?;
    let outcome = live(people, asked.seed, asked.days, &mut phones, &mut |_| {}).map_err(stopped)?;
    let outcome = tally::Outcome { warned_others: phones.warned_others(), ..outcome };
    Ok(Rate { adoption, outcome, counted: phones.counted() })
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
