//! The leader puts both sums of a day together and publishes the figures, or says that there were too few.

use statistics::sum::Terms;
use statistics::{Day, Figures, Sum};

use super::release::withheld;
use super::{FIGURES, KeptFigures, NotCounted, PUBLISH, PUBLISHED};
use super::{draft, named, once, sum_of_day, written};
use crate::Call;
use crate::smittestop::closing::is_closed;

/// What is asked for.
#[derive(Clone, Debug)]
pub struct Request {
    /// Which day.
    pub day: Day,
    /// The sum of the helper with its noise; none if there were too few reports.
    pub helper: Option<Vec<u8>>,
    /// On which terms the leader gives its own away.
    pub terms: Terms,
}

/// Why not.
pub type Error = crate::Error<NotCounted>;

/// The leader publishes a day, once.
///
/// # Errors
/// The sums do not fit, the day is published, or the app is closed.
pub fn run(at: &Call<'_>, request: Request) -> Result<Option<Figures>, Error> {
    // Rule SS-45: a day of which everything is gone would be published as one of too few.
    if is_closed::run::<NotCounted>(at)? {
        return Err(Error::Not(NotCounted::Closed));
    }
    let figures = match request.helper {
        None => None,
        Some(bytes) => {
            let helper = Sum::decode(&bytes).map_err(|_| Error::Not(NotCounted::Malformed))?;
            let leader = sum_of_day::run(at, sum_of_day::Request { day: request.day })?;
            let leader = leader.released(request.terms).map_err(withheld)?;
            Some(Figures::of(&leader, &helper).map_err(|_| Error::Not(NotCounted::Mismatch))?)
        }
    };
    let day = written(request.day).to_string();
    let kept = KeptFigures { day: day.clone(), figures: figures.map(|figures| figures.to_array().to_vec()) };
    let about = named(at, &format!("statistics figures {day}"))?;
    let id = once(FIGURES, &[day.as_bytes()]);
    let change = draft(FIGURES, id, about, (PUBLISHED, at.now()), &kept);
    match at.import::<NotCounted>(PUBLISH, vec![(about, vec![change])]) {
        Ok(_) => Ok(figures),
        Err(Error::Conflict(_)) => Err(Error::Not(NotCounted::WrongDay)),
        Err(other) => Err(other),
    }
}
