//! The end of the app: two who assess it agree that it is no longer needed, and everything that was collected goes (rules SS-44, SS-45).

use notice::id::Person;
use notice::{Id, Lang};
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

/// Stable code of every refusal because the app is closed, but where a wire format has its own.
pub(crate) const CLOSED: &str = "app-closed";

/// What whoever still sends something is told.
pub(crate) fn closed(lang: Lang) -> String {
    match lang {
        Lang::Da => "Appen er lukket, og der tages ikke imod mere. Send ikke flere oplysninger.",
        Lang::En => "The app is closed and nothing more is taken in. Send no more data.",
    }
    .to_owned()
}

/// The decision is one, and everybody finds it by the same name.
fn decision(register: &Register) -> Result<Id<Person>, Unavailable> {
    let own = OwnId::parse("sst", "closing").map_err(|_| Unavailable::Engine)?;
    Ok(register.person(&Identifier::Own(own)))
}
