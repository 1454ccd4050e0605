//! What a body adds up: its halves of many answers. One sum is noise; two sums and enough reports are the figures.
//!
//! Invariant: a sum leaves its body once, with noise of that body, and only if it holds enough reports.

use prio::codec::{Encode as _, ParameterizedDecode as _};
use prio::dp::distributions::PureDpDiscreteLaplace;
use prio::dp::{DifferentialPrivacyStrategy as _, PureDpBudget, Rational};
use prio::field::{Field128, FieldElementWithInteger as _};
use prio::vdaf::{
    Aggregatable as _, AggregateShare, Aggregator as _, AggregatorWithNoise as _, Collector as _, OutputShare,
};
use sha2::{Digest as _, Sha256};

use crate::ReportId;
use crate::task::histogram;
use crate::told::{ANSWERS, Told};
use crate::wire::{Malformed, Reader, put16};

/// One body's half of an answer that was found to be one.
#[derive(Clone, Debug)]
pub struct Counted {
    /// Of which report.
    pub id: ReportId,
    pub(crate) share: OutputShare<Field128>,
}

/// A body's sum over some reports of a day.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Sum {
    /// How many reports.
    pub reports: u64,
    /// Which reports: equal on both sides if both counted the same.
    pub checksum: [u8; 32],
    share: AggregateShare<Field128>,
}

/// The sum cannot be made; never with sums of ours.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
#[error("sums of different kinds")]
pub struct NotAlike;

impl Sum {
    /// Of nothing yet.
    ///
    /// # Errors
    /// Never with the answers that we have.
    pub fn new() -> Result<Self, NotAlike> {
        let vdaf = histogram().map_err(|_| NotAlike)?;
        Ok(Self { reports: 0, checksum: [0; 32], share: vdaf.aggregate_init(&()) })
    }

    /// One report more.
    ///
    /// # Errors
    /// Never with shares of ours.
    pub fn add(&mut self, counted: &Counted) -> Result<(), NotAlike> {
        self.share.accumulate(&counted.share).map_err(|_| NotAlike)?;
        self.reports += 1;
        let digest: [u8; 32] = Sha256::digest(counted.id.bytes()).into();
        self.mix(&digest);
        Ok(())
    }

    /// The reports of another drawer.
    ///
    /// # Errors
    /// Never with sums of ours.
    pub fn merge(&mut self, other: &Self) -> Result<(), NotAlike> {
        self.share.merge(&other.share).map_err(|_| NotAlike)?;
        self.reports += other.reports;
        self.mix(&other.checksum);
        Ok(())
    }

    fn mix(&mut self, digest: &[u8; 32]) {
        self.checksum.iter_mut().zip(digest).for_each(|(ours, other)| *ours ^= other);
    }

    /// As it is kept and sent.
    ///
    /// # Errors
    /// Never with sums of ours.
    pub fn encode(&self) -> Result<Vec<u8>, NotAlike> {
        let mut to = self.reports.to_be_bytes().to_vec();
        to.extend(self.checksum);
        put16(&mut to, &self.share.get_encoded().map_err(|_| NotAlike)?);
        Ok(to)
    }

    /// Reads what was kept or sent.
    ///
    /// # Errors
    /// It is no sum.
    pub fn decode(bytes: &[u8]) -> Result<Self, Malformed> {
        let vdaf = histogram().map_err(|_| Malformed)?;
        let mut from = Reader::new(bytes);
        let (reports, checksum) = (from.u64()?, from.array()?);
        let share =
            AggregateShare::get_decoded_with_param(&(&vdaf, &()), from.string16()?).map_err(|_| Malformed)?;
        from.end()?;
        Ok(Self { reports, checksum, share })
    }

    /// What a body gives away: its sum with noise of its own, or nothing if there are too few.
    ///
    /// # Errors
    /// [`Withheld`].
    pub fn released(mut self, terms: Terms) -> Result<Self, Withheld> {
        if self.reports < terms.reports_min {
            return Err(Withheld::TooFew);
        }
        let vdaf = histogram().map_err(|_| Withheld::NoNoise)?;
        let epsilon = Rational::from_unsigned(u128::from(terms.epsilon_thousandths), 1_000)
            .and_then(PureDpBudget::new)
            .map_err(|_| Withheld::NoNoise)?;
        let reports = usize::try_from(self.reports).map_err(|_| Withheld::NoNoise)?;
        let noise = PureDpDiscreteLaplace::from_budget(epsilon);
        vdaf.add_noise_to_agg_share(&noise, &(), &mut self.share, reports).map_err(|_| Withheld::NoNoise)?;
        Ok(self)
    }
}

/// On which terms a body gives its sum away.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Terms {
    /// Fewer reports than this are never revealed.
    pub reports_min: u64,
    /// How little one report may change what is revealed: the epsilon of differential privacy, in thousandths.
    pub epsilon_thousandths: u32,
}

impl Terms {
    /// No body may be set to fewer.
    pub const REPORTS_MIN_FLOOR: u64 = 100;
    /// No body may be set to less noise.
    pub const EPSILON_THOUSANDTHS_MAX: u32 = 2_000;
}

impl Default for Terms {
    fn default() -> Self {
        Self { reports_min: 1_000, epsilon_thousandths: 1_000 }
    }
}

/// Why a sum is not given away.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
pub enum Withheld {
    /// Too few reports.
    #[error("too few reports to reveal anything")]
    TooFew,
    /// Noise could not be made.
    #[error("no noise, no figures")]
    NoNoise,
}

/// The figures of a day, with noise; a small one may be negative.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Figures([i64; ANSWERS]);

impl Figures {
    /// Both sums together, each with its noise.
    ///
    /// # Errors
    /// They are not over the same reports.
    pub fn of(leader: &Sum, helper: &Sum) -> Result<Self, NotAlike> {
        if (leader.reports, leader.checksum) != (helper.reports, helper.checksum) {
            return Err(NotAlike);
        }
        let vdaf = histogram().map_err(|_| NotAlike)?;
        let reports = usize::try_from(leader.reports).map_err(|_| NotAlike)?;
        let counts =
            vdaf.unshard(&(), [leader.share.clone(), helper.share.clone()], reports).map_err(|_| NotAlike)?;
        let signed: Vec<i64> = counts.into_iter().map(signed).collect();
        signed.try_into().map(Self).map_err(|_| NotAlike)
    }

    /// From what was kept.
    #[must_use]
    pub const fn from_array(figures: [i64; ANSWERS]) -> Self {
        Self(figures)
    }

    /// To be kept.
    #[must_use]
    pub const fn to_array(self) -> [i64; ANSWERS] {
        self.0
    }

    /// How many told this, with noise.
    #[must_use]
    pub fn of_answer(&self, told: Told) -> i64 {
        self.0.get(told.position()).copied().unwrap_or(0)
    }

    /// How many phones ran the app, as one shows it: never below zero.
    #[must_use]
    pub fn phones(&self) -> u64 {
        shown(self.0.iter().sum())
    }

    /// How many were new, as one shows it.
    #[must_use]
    pub fn installed(&self) -> u64 {
        shown(self.of_answer(Told::Installed))
    }

    /// How many owners were warned, as one shows it.
    #[must_use]
    pub fn warned(&self) -> u64 {
        shown(self.of_answer(Told::Warned) + self.of_answer(Told::WarnedAndWarnedOthers))
    }

    /// How many owners warned others, as one shows it.
    #[must_use]
    pub fn warned_others(&self) -> u64 {
        shown(self.of_answer(Told::WarnedOthers) + self.of_answer(Told::WarnedAndWarnedOthers))
    }
}

fn shown(figure: i64) -> u64 {
    u64::try_from(figure).unwrap_or(0)
}

/// Noise can take a count below zero, which the field writes as just below its size.
fn signed(count: u128) -> i64 {
    let size = Field128::modulus();
    let below = size.saturating_sub(count);
    if count <= below {
        i64::try_from(count).unwrap_or(i64::MAX)
    } else {
        i64::try_from(below).map_or(i64::MIN, |below| -below)
    }
}
