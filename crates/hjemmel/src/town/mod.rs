//! A town with and without the app: people, phones and infection, day by day, the same for the same seed.
//!
//! The phones are those of `phone`; verification, the key server and the two bodies of the private statistics are real
//! servers over loopback, each with its register. What is assumed stands in `parameters`, with its source.

mod bodies;
mod chance;
mod counting;
mod course;
mod decoys;
mod life;
mod machine;
mod parameters;
mod people;
mod phones;
mod picture;
mod scratch;
mod table;
mod tally;

use std::path::Path;
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::mpsc;

use jiff::Timestamp;
use notice::Lang;

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

/// What a picture of a town is known by.
pub(crate) const MADE_BY: &str = "hjemmel town";

/// The first morning: a day of the autumn in which the app was new.
const BEGIN: &str = "2020-10-01T00:00:00Z";

/// Why a town was not lived through.
#[derive(Debug, thiserror::Error)]
pub(crate) enum NotLived {
    /// Somebody wanted it to stop.
    #[error("the town was stopped before its end")]
    Stopped,
    /// A phone or a server failed.
    #[error("the town stopped: {0}")]
    Failed(String),
}

/// Lives through the town once for each rate of adoption, several at a time: none of them knows of the others. `told` hears of
/// each day that one of them has lived.
pub(crate) fn live_through(
    asked: &Asked,
    stop: &Arc<AtomicBool>,
    told: &mut dyn FnMut(),
) -> Result<Lived, NotLived> {
    let people = People::new(asked.seed, asked.people);
    let place = scratch::place(asked.people, asked.adoptions.len());
    let (tell, days) = mpsc::channel();
    let lived: Vec<Result<Rate, NotLived>> = std::thread::scope(|scope| {
        let (people, place) = (&people, place.as_path());
        let live = |adoption| {
            let tell = tell.clone();
            scope.spawn(move || {
                // Nobody hears it any more only when another has failed.
                let mut told = |_| {
                    let _ = tell.send(());
                };
                let lived = lived_at(asked, (people, place), adoption, stop, &mut told);
                // One that failed is no picture: the others need not live on.
                if lived.is_err() {
                    stop.store(true, Ordering::Relaxed);
                }
                lived
            })
        };
        // The largest first: the others fit beside it.
        let mut order: Vec<(usize, u8)> = asked.adoptions.iter().copied().enumerate().collect();
        order.sort_by_key(|(_, adoption)| std::cmp::Reverse(*adoption));
        let mut running: Vec<_> =
            order.into_iter().map(|(place, adoption)| (place, live(adoption))).collect();
        drop(tell);
        days.iter().for_each(|()| told());
        running.sort_by_key(|(place, _)| *place);
        running
            .into_iter()
            .map(|(_, thread)| thread.join().unwrap_or_else(|panic| std::panic::resume_unwind(panic)))
            .collect()
    });
    let (mut rates, mut stopped) = (Vec::new(), false);
    for one in lived {
        match one {
            Ok(rate) => rates.push(rate),
            Err(NotLived::Stopped) => stopped = true,
            Err(failed @ NotLived::Failed(_)) => return Err(failed),
        }
    }
    if stopped {
        return Err(NotLived::Stopped);
    }
    Ok(Lived { head: Head { people: asked.people, days: asked.days, seed: asked.seed }, rates })
}

fn lived_at(
    asked: &Asked,
    (people, place): (&People, &Path),
    adoption: u8,
    stop: &Arc<AtomicBool>,
    told: &mut dyn FnMut(u32),
) -> Result<Rate, NotLived> {
    if adoption == 0 {
        let Ok(outcome) = live(people, asked.seed, asked.days, &mut NoApp, told);
        return Ok(Rate { adoption, outcome, counted: None });
    }
    let begin: Timestamp =
        BEGIN.parse().map_err(|problem: jiff::Error| NotLived::Failed(problem.to_string()))?;
    let mut phones =
        Phones::new(asked.seed, asked.people, adoption, begin, place, stop.clone()).map_err(why)?;
    let outcome = live(people, asked.seed, asked.days, &mut phones, told).map_err(why)?;
    let outcome = tally::Outcome { warned_others: phones.warned_others(), asked: phones.asked(), ..outcome };
    Ok(Rate { adoption, outcome, counted: phones.counted() })
}

fn why(stopped: phones::Stopped) -> NotLived {
    match stopped {
        phones::Stopped::ByOwner => NotLived::Stopped,
        failed => NotLived::Failed(failed.to_string()),
    }
}

impl Lived {
    /// What came of it, as a table.
    pub(crate) fn table(&self) -> String {
        table::table(self.head, &self.rates)
    }

    /// What the private statistics said, with noise that differs each time.
    pub(crate) fn counted(&self) -> String {
        table::counted(&self.rates)
    }

    /// What came of it, as a picture. Its last part has the noise of the private statistics.
    pub(crate) fn svg(&self, lang: Lang) -> String {
        picture::svg(self.head, &self.rates, lang)
    }
}
