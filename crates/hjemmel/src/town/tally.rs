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
    /// What the servers were asked, in earnest and as a decoy.
    pub(super) asked: Asked,
}

/// Questions of phones that warn, and of phones that only seem to.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(super) struct Asked {
    /// Of those who warned.
    pub(super) real: Questions,
    /// Of those who did not.
    pub(super) decoys: Questions,
    /// Decoys that were not answered like the others; none, if all is well.
    pub(super) not_answered: u64,
}

/// Questions by what is asked: each a step of a warning.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(super) struct Questions {
    /// A code is redeemed.
    pub(super) codes: Lengths,
    /// A certificate is asked for.
    pub(super) certificates: Lengths,
    /// Keys are sent.
    pub(super) uploads: Lengths,
}

impl Questions {
    /// All of them.
    pub(super) const fn many(&self) -> u64 {
        self.codes.many + self.certificates.many + self.uploads.many
    }
}

/// How many questions there were, and how long they were in bytes.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(super) struct Lengths {
    /// How many.
    pub(super) many: u64,
    /// The shortest, and the longest.
    pub(super) bytes: Option<(usize, usize)>,
}

impl Lengths {
    /// One more.
    pub(super) fn add(&mut self, bytes: usize) {
        self.many += 1;
        let (least, most) = self.bytes.unwrap_or((bytes, bytes));
        self.bytes = Some((least.min(bytes), most.max(bytes)));
    }
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

/// What the private statistics published, beside what is true and only the town knows.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Counted {
    /// Days that were told about, the first first.
    pub(super) days: Vec<CountedDay>,
    /// Reports that were not taken.
    pub(super) not_taken: usize,
    /// Records that the sweep held back.
    pub(super) held_back: u64,
}

/// One day.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct CountedDay {
    /// Of the town.
    pub(super) day: u32,
    /// What was published: with noise, and nothing before a day is closed.
    pub(super) said: Option<Told>,
    /// What is true.
    pub(super) truly: Told,
}

/// What phones told of a day, added up. Noise can take a small figure below zero.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(super) struct Told {
    /// Phones.
    pub(super) phones: i64,
    /// Owners who were warned.
    pub(super) warned: i64,
    /// Owners who warned others.
    pub(super) warned_others: i64,
}
