//! Guessing is hopeless: wrong codes are counted, from each address and in all. Nothing of it says who guessed.
//!
//! Eight digits are 100 million. With at most 1,000 wrong codes a quarter of an hour (twice as many in the first), and
//! so many codes alive at the same time, one guess in a quarter of an hour succeeds with a chance of a hundred-thousandth
//! for each code alive. Then eight digits are closed for everybody for a while; links of sixteen characters go on.

use jiff::SignedDuration;

use crate::limits::{Limit, Window};

/// Wrong codes in all: beyond it eight digits are closed.
const IN_ALL: Limit = Limit { count: 1_000, seconds: 900 };

/// Wrong codes of late.
#[derive(Debug, Default)]
pub(crate) struct Guesses {
    in_all: Window<()>,
}

/// Too many wrong codes: how long to wait.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Closed(pub(crate) SignedDuration);

impl Guesses {
    /// Whether eight digits are taken now.
    pub(crate) fn open(&self, now: f64) -> Result<(), Closed> {
        if self.in_all.is_over(&(), IN_ALL, now) {
            Err(Closed(SignedDuration::from_secs(60)))
        } else {
            Ok(())
        }
    }

    /// One more wrong code of eight digits. Says whether this one closed them.
    pub(crate) fn wrong(&self, now: f64) -> bool {
        self.in_all.count((), IN_ALL, now).is_ok() && self.in_all.is_over(&(), IN_ALL, now)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn after_a_thousand_wrong_codes_in_all_eight_digits_are_closed_for_a_while() {
        let guesses = Guesses::default();
        let closed = (0..1_000).filter(|_| guesses.wrong(0.0)).count();
        assert_eq!(closed, 1, "the security log hears of it once");
        assert!(guesses.open(0.0).is_err());
        assert!(guesses.open(60.0).is_ok());
    }
}
