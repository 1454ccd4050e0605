//! The end of the app: two who assess it agree that it is no longer needed, and everything that was collected goes (rules SS-44, SS-45).

use notice::Id;
use notice::id::Person;
use register::identifier::OwnId;
use register::{Identifier, Register, Unavailable};

pub mod close;
pub mod is_closed;
pub mod what_goes;

/// Full name of the register of the decision.
const REGISTER: &str = "sst.closing";
/// The use of those who assess the app.
const CLOSE_USE: &str = "sst.close-the-app";
/// Their use for what nobody can be found in: codes, keys, files.
const CLOSE_UNNAMED_USE: &str = "sst.close-the-exchange";
/// Their use for what was counted.
const CLOSE_STATISTICS_USE: &str = "sst.close-the-statistics";

/// The decision is one, and everybody finds it by the same name.
fn decision(register: &Register) -> Result<Id<Person>, Unavailable> {
    let own = OwnId::parse("sst", "closing").map_err(|_| Unavailable::Engine)?;
    Ok(register.person(&Identifier::Own(own)))
}
