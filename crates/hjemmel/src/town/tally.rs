//! What came of it, in numbers.

use std::collections::BTreeMap;

/// What came of a town at one rate of adoption.
#[derive(Clone, Debug, Default)]
pub(super) struct Outcome {
    /// How many have been infected, by day.
    pub(super) infected: Vec<usize>,
    /// Infected in the town and warned before they could infect.
    pub(super) warned_in_time: usize,
    /// Warned while they could infect.
    pub(super) warned_late: usize,
    /// Not warned, or when it was over.
    pub(super) not_warned: usize,
    /// Warned and not infected.
    pub(super) warned_in_vain: usize,
    /// Tested positive and warned others with the app.
    pub(super) warned_others: usize,
    /// Chains of infection that were brought in.
    pub(super) chains: usize,
    /// Of these, so many had nobody left who infects.
    pub(super) chains_ended: usize,
    /// People in the longest.
    pub(super) longest_chain: usize,
    /// How many others somebody infected who is over it.
    pub(super) reproduction: f64,
    /// What the servers held, by day.
    pub(super) held: Vec<Held>,
}

/// What the servers hold on an evening: records by register, and keys in published files.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(super) struct Held {
    /// Records by register.
    pub(super) records: BTreeMap<String, u64>,
    /// Keys in published files, those made up among them.
    pub(super) keys: u64,
    /// Sightings on all phones.
    pub(super) sightings: u64,
}

/// A rate of adoption with what came of it.
#[derive(Clone, Debug)]
pub(super) struct Rate {
    /// Out of a hundred; none without the app.
    pub(super) adoption: u8,
    /// What came of it.
    pub(super) outcome: Outcome,
    /// What the private statistics say of it.
    pub(super) counted: Option<Counted>,
}

/// What the private statistics say of the last day that was counted, beside what is true.
#[derive(Clone, Copy, Debug)]
pub(super) struct Counted {
    /// Phones, with noise.
    pub(super) phones: u64,
    /// Phones in truth.
    pub(super) truly: usize,
    /// Reports that were not taken.
    pub(super) not_taken: usize,
    /// Records that the sweep held back.
    pub(super) held_back: u64,
}
