//! Chance that comes out the same each time: everything in the town follows from its seed.

use rand::{Rng, RngCore, SeedableRng};
use rand_chacha::ChaCha8Rng;

/// A source of chance with a beginning of its own.
#[derive(Debug)]
pub(super) struct Chance(ChaCha8Rng);

/// What chance is for. What belongs to one purpose does not move when another asks more often: two towns that differ in the app alone meet the same days.
#[derive(Clone, Copy, Debug)]
pub(super) enum For {
    People = 1,
    Meetings = 2,
    Course = 3,
    Infection = 4,
    Behaviour = 5,
    Phones = 6,
    Signals = 7,
    Import = 8,
    Servers = 9,
    Decoys = 10,
}

impl Chance {
    pub(super) fn of(seed: u64, purpose: For, number: u64) -> Self {
        let mut key = [0_u8; 32];
        let parts = [seed, purpose as u64, number, 0x746f_776e];
        for (slot, byte) in key.iter_mut().zip(parts.iter().flat_map(|part| part.to_le_bytes())) {
            *slot = byte;
        }
        Self(ChaCha8Rng::from_seed(key))
    }

    /// From 0 to 1.
    pub(super) fn share(&mut self) -> f64 {
        self.0.random()
    }

    /// Yes, with a probability.
    pub(super) fn yes(&mut self, probability: f64) -> bool {
        self.share() < probability
    }

    /// Below a number; 0 where there is none.
    pub(super) fn below(&mut self, limit: usize) -> usize {
        if limit == 0 { 0 } else { self.0.random_range(0..limit) }
    }

    /// A waiting time of a mean.
    pub(super) fn waiting(&mut self, mean: f64) -> f64 {
        -mean * (1.0 - self.share()).ln()
    }

    /// How often something happens that happens so often on average (Knuth).
    pub(super) fn times(&mut self, mean: f64) -> usize {
        let (limit, mut product, mut times) = ((-mean).exp(), self.share(), 0);
        while product > limit && times < 1_000 {
            product *= self.share();
            times += 1;
        }
        times
    }

    /// A normal deviate (Box and Muller).
    pub(super) fn normal(&mut self) -> f64 {
        let (one, other) = (1.0 - self.share(), self.share());
        (-2.0 * one.ln()).sqrt() * (std::f64::consts::TAU * other).cos()
    }

    pub(super) fn fill(&mut self, bytes: &mut [u8]) {
        self.0.fill_bytes(bytes);
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    #[expect(clippy::cast_precision_loss, reason = "small counts")]
    fn means_come_out() {
        let mut chance = Chance::of(1, For::People, 1);
        let many = 20_000;
        let times: usize = (0..many).map(|_| chance.times(2.5)).sum();
        assert!((times as f64 / f64::from(many) - 2.5).abs() < 0.1);
        let waited: f64 = (0..many).map(|_| chance.waiting(30.0)).sum();
        assert!((waited / f64::from(many) - 30.0).abs() < 1.0);
        let normal: f64 = (0..many).map(|_| chance.normal()).sum();
        assert!((normal / f64::from(many)).abs() < 0.05);
    }
}
