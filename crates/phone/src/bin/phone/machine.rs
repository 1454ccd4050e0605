//! The machine's clock, its randomness and its terminal. The rest of the crate takes them as arguments.

use std::io::Write as _;

use aws_lc_rs::rand::{SecureRandom, SystemRandom};
use jiff::Timestamp;

/// The clock of the machine.
#[expect(clippy::disallowed_methods, reason = "the one place of this program that reads the clock")]
pub(crate) fn now() -> Timestamp {
    Timestamp::now()
}

/// The randomness of the machine.
#[expect(clippy::disallowed_methods, reason = "the one place of this program that rolls the dice")]
pub(crate) fn random() -> impl FnMut(&mut [u8]) {
    let source = SystemRandom::new();
    move |bytes: &mut [u8]| {
        // Keys without randomness would be worse than no phone.
        if source.fill(bytes).is_err() {
            std::process::abort();
        }
    }
}

/// Says something. A terminal that is gone is no reason to stop.
pub(crate) fn say(text: &str) {
    let _ = writeln!(std::io::stdout(), "{text}");
    let _ = std::io::stdout().flush();
}

/// Says what went wrong.
pub(crate) fn complain(text: &str) {
    let _ = writeln!(std::io::stderr(), "phone: {text}");
}
