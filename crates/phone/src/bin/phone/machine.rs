//! The machine's clock, its randomness and its terminal. The rest of the crate takes them as arguments.

use std::io::Write as _;
use std::path::Path;
use std::sync::atomic::{AtomicI64, Ordering};

use aws_lc_rs::rand::{SecureRandom, SystemRandom};
use jiff::{SignedDuration, Timestamp};

/// How far the phone's clock is ahead of the machine's. Nothing but in a simulation.
static AHEAD_SECONDS: AtomicI64 = AtomicI64::new(0);

/// The clock of the machine, or of a simulation on it.
#[expect(clippy::disallowed_methods, reason = "the one place of this program that reads the clock")]
pub(crate) fn now() -> Timestamp {
    let ahead = SignedDuration::from_secs(AHEAD_SECONDS.load(Ordering::Relaxed));
    let now = Timestamp::now();
    now.checked_add(ahead).unwrap_or(now)
}

/// Follows the clock of a simulation: a file with the seconds by which it is ahead of the machine's. What cannot be read
/// changes nothing; it is read again.
pub(crate) fn follow(file: &Path) {
    let ahead = std::fs::read_to_string(file).ok().and_then(|text| text.trim().parse().ok());
    if let Some(ahead) = ahead {
        AHEAD_SECONDS.store(ahead, Ordering::Relaxed);
    }
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

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_clock_follows_a_simulation_and_keeps_its_pace_when_the_file_cannot_be_read() {
        let folder = tempfile::tempdir().unwrap();
        let file = folder.path().join("ahead");
        let machine = now();
        let days_ahead = || now().duration_since(machine).as_hours() / 24;
        follow(&file);
        assert_eq!(days_ahead(), 0, "there is no file");
        std::fs::write(&file, "172800\n").unwrap();
        follow(&file);
        assert_eq!(days_ahead(), 2);
        std::fs::write(&file, "soon").unwrap();
        follow(&file);
        assert_eq!(days_ahead(), 2);
        std::fs::write(&file, "0").unwrap();
        follow(&file);
        assert_eq!(days_ahead(), 0);
    }
}
