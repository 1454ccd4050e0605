//! Medians and percentiles.

use std::time::Duration;

/// How long each of many operations took.
#[derive(Clone, Debug, Default)]
pub struct Latencies {
    nanoseconds: Vec<u64>,
}

impl Latencies {
    /// Adds one.
    pub fn add(&mut self, time: Duration) {
        self.nanoseconds.push(u64::try_from(time.as_nanos()).unwrap_or(u64::MAX));
    }

    /// Adds all of another.
    pub fn join(&mut self, mut other: Self) {
        self.nanoseconds.append(&mut other.nanoseconds);
    }

    /// How many.
    #[must_use]
    pub fn len(&self) -> usize {
        self.nanoseconds.len()
    }

    /// Whether there is none.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.nanoseconds.is_empty()
    }

    /// The time that this share of the operations did not take longer than, in microseconds; 0 if there is none.
    #[must_use]
    pub fn percentile_us(&self, share: f64) -> f64 {
        let mut sorted = self.nanoseconds.clone();
        sorted.sort_unstable();
        let last = sorted.len().saturating_sub(1);
        let at = ((last as f64) * share).round() as usize;
        sorted.get(at).map_or(0.0, |ns| *ns as f64 / 1_000.0)
    }
}

/// The middle of some numbers; 0 if there is none.
#[must_use]
pub fn median(numbers: &[f64]) -> f64 {
    let mut sorted = numbers.to_vec();
    sorted.sort_by(f64::total_cmp);
    let middle = sorted.len() / 2;
    match (sorted.len() % 2, sorted.get(middle.wrapping_sub(1)), sorted.get(middle)) {
        (0, Some(left), Some(right)) => f64::midpoint(*left, *right),
        (1, _, Some(one)) => *one,
        (_, _, _) => 0.0,
    }
}

#[cfg(test)]
mod tests {
    use std::time::Duration;

    use super::{Latencies, median};

    #[test]
    fn the_median_of_an_even_number_lies_between() {
        assert_eq!(median(&[4.0, 1.0, 3.0, 2.0]), 2.5);
        assert_eq!(median(&[3.0, 1.0, 2.0]), 2.0);
        assert_eq!(median(&[]), 0.0);
    }

    #[test]
    fn a_percentile_is_one_of_the_times_measured() {
        let mut latencies = Latencies::default();
        (1..=100).for_each(|us| latencies.add(Duration::from_micros(us)));
        assert_eq!(latencies.percentile_us(0.0), 1.0);
        assert_eq!(latencies.percentile_us(0.99), 99.0);
        assert_eq!(latencies.percentile_us(1.0), 100.0);
    }
}
