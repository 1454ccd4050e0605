//! A body adds up all drawers of a day. What comes out does not leave the body as it is.

use statistics::report::Drawer;
use statistics::{Day, Sum};

use super::counted::not_alike;
use super::{Answers, NotCounted, drawer, found, to_bytes};
use crate::Call;

/// What is asked for.
#[derive(Clone, Copy, Debug)]
pub struct Request {
    /// Which day.
    pub day: Day,
}

/// Why not.
pub type Error = crate::Error<NotCounted>;

/// The sum of a body over a day, without noise.
///
/// # Errors
/// The register cannot answer.
pub fn run(at: &Call<'_>, request: Request) -> Result<Sum, Error> {
    let mut sum = Sum::new().map_err(not_alike)?;
    for lies_in in Drawer::all() {
        for kept in found::<NotCounted>(at, drawer(at, request.day, lies_in)?)?.sums {
            match kept.answers {
                Answers::Counted(_) | Answers::Job { .. } => {
                    let one = Sum::decode(&to_bytes(&kept.sum)?)
                        .map_err(|_| Error::Unavailable(register::Unavailable::Tampered))?;
                    sum.merge(&one).map_err(not_alike)?;
                }
                Answers::Released { .. } => {}
            }
        }
    }
    Ok(sum)
}
