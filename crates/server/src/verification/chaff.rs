//! Decoys: a phone that has nothing to ask asks too, so that nobody on the way knows which question is real. The answer takes as long and is as large as those of late.

use std::collections::VecDeque;
use std::sync::{Mutex, PoisonError};
use std::time::Duration;

use axum::http::HeaderMap;
use register::Randomness;

/// How many times are remembered.
const SAMPLES: usize = 64;
/// No decoy waits longer.
const SECONDS_MAX: f64 = 1.0;
/// Before anybody has asked: the time that a disk takes.
const USUAL: Duration = Duration::from_millis(10);

/// How long real answers took of late, in seconds.
#[derive(Debug, Default)]
pub(crate) struct Recent(Mutex<VecDeque<f64>>);

impl Recent {
    /// A real answer took so long.
    pub(crate) fn took(&self, seconds: f64) {
        let mut samples = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        samples.push_back(seconds.clamp(0.0, SECONDS_MAX));
        if samples.len() > SAMPLES {
            samples.pop_front();
        }
    }

    /// One of those times, drawn at random.
    fn drawn(&self, randomness: &dyn Randomness) -> Duration {
        let samples = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        let mut byte = [0_u8; 1];
        randomness.fill(&mut byte);
        let [byte] = byte;
        let place = usize::from(byte) % samples.len().max(1);
        samples.get(place).map_or(USUAL, |seconds| Duration::from_secs_f64(*seconds))
    }

    /// Waits as long as a real answer would take.
    pub(crate) async fn wait(&self, randomness: &dyn Randomness) {
        tokio::time::sleep(self.drawn(randomness)).await;
    }
}

/// Whether a request is a decoy: the header says so, whatever its value.
pub(crate) fn is_decoy(headers: &HeaderMap) -> bool {
    headers.contains_key("x-chaff")
}

#[cfg(test)]
mod tests {
    use register::testing::SeededRandomness;

    use super::*;

    #[test]
    fn a_decoy_takes_as_long_as_a_real_answer_of_late_and_a_second_at_most() {
        let (recent, dice) = (Recent::default(), SeededRandomness::new(1));
        assert_eq!(recent.drawn(&dice), USUAL);
        recent.took(0.25);
        assert_eq!(recent.drawn(&dice), Duration::from_millis(250));
        (0..2 * SAMPLES).for_each(|_| recent.took(90.0));
        assert_eq!(recent.drawn(&dice), Duration::from_secs(1));
    }
}
