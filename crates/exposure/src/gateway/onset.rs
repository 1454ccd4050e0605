//! How countries tell each other what they know of the first symptoms: one number for five kinds of knowledge.

/// What is known of the first symptoms, and the days from there to the day of a key.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Onset {
    /// The day is known.
    Exact {
        /// Days since then, -14 to 21.
        days: i32,
    },
    /// It lies within some days.
    Range {
        /// Days since the last of them, -14 to 14.
        days: i32,
        /// How many days, 1 to 18.
        length_days: i32,
    },
    /// There were symptoms, nobody knows since when.
    Symptomatic {
        /// Days since the keys were handed in, -14 to 14.
        since_submission: i32,
    },
    /// There were none.
    Asymptomatic {
        /// Days since the keys were handed in, -14 to 14.
        since_submission: i32,
    },
    /// Nothing is known. A country that sends 0 may mean this too: the two look alike on the wire.
    Unknown {
        /// Days since the keys were handed in, -14 to 14.
        since_submission: i32,
    },
}

/// Why a number says nothing about the first symptoms.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
#[error("{0} is no number of days since the first symptoms")]
pub struct OnsetError(pub i32);

/// Days either side of the middle of each kind.
const SPAN: i32 = 14;
const EXACT_LAST: i32 = 21;
const RANGES: i32 = 18;
const SYMPTOMATIC: i32 = 2_000;
const ASYMPTOMATIC: i32 = 3_000;
const UNKNOWN: i32 = 4_000;

impl Onset {
    /// What a number says.
    ///
    /// # Errors
    /// When it lies between the kinds.
    pub fn decode(number: i32) -> Result<Self, OnsetError> {
        if (-SPAN..=EXACT_LAST).contains(&number) {
            return Ok(Self::Exact { days: number });
        }
        let around = |middle: i32| Some(number.checked_sub(middle)?).filter(|days| days.abs() <= SPAN);
        let kind = if let Some(since_submission) = around(SYMPTOMATIC) {
            Self::Symptomatic { since_submission }
        } else if let Some(since_submission) = around(ASYMPTOMATIC) {
            Self::Asymptomatic { since_submission }
        } else if let Some(since_submission) = around(UNKNOWN) {
            Self::Unknown { since_submission }
        } else {
            let length_days = number.saturating_add(SPAN).div_euclid(100);
            let days = around(length_days.saturating_mul(100)).ok_or(OnsetError(number))?;
            if !(1..=RANGES).contains(&length_days) {
                return Err(OnsetError(number));
            }
            Self::Range { days, length_days }
        };
        Ok(kind)
    }

    /// The number of it. Days beyond what a kind can say are brought to its edge.
    #[must_use]
    pub fn encode(self) -> i32 {
        let within = |days: i32| days.clamp(-SPAN, SPAN);
        match self {
            Self::Exact { days } => days.clamp(-SPAN, EXACT_LAST),
            Self::Range { days, length_days } => length_days.clamp(1, RANGES) * 100 + within(days),
            Self::Symptomatic { since_submission } => SYMPTOMATIC + within(since_submission),
            Self::Asymptomatic { since_submission } => ASYMPTOMATIC + within(since_submission),
            Self::Unknown { since_submission } => UNKNOWN + within(since_submission),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::{Onset, OnsetError};

    #[test]
    fn each_kind_begins_and_ends_where_the_field_says() {
        let table = [
            (-14, Onset::Exact { days: -14 }),
            (21, Onset::Exact { days: 21 }),
            (86, Onset::Range { days: -14, length_days: 1 }),
            (114, Onset::Range { days: 14, length_days: 1 }),
            (1_814, Onset::Range { days: 14, length_days: 18 }),
            (1_986, Onset::Symptomatic { since_submission: -14 }),
            (2_014, Onset::Symptomatic { since_submission: 14 }),
            (2_986, Onset::Asymptomatic { since_submission: -14 }),
            (3_014, Onset::Asymptomatic { since_submission: 14 }),
            (3_986, Onset::Unknown { since_submission: -14 }),
            (4_014, Onset::Unknown { since_submission: 14 }),
        ];
        for (number, onset) in table {
            assert_eq!(Onset::decode(number), Ok(onset));
            assert_eq!(onset.encode(), number);
        }
    }

    #[test]
    fn every_number_is_one_kind_or_none_and_comes_back() {
        for number in -10_000..10_000 {
            match Onset::decode(number) {
                Ok(onset) => assert_eq!(onset.encode(), number),
                Err(error) => assert_eq!(error, OnsetError(number)),
            }
        }
        for number in [i32::MIN, i32::MAX, -15, 22, 85, 115, 1_815, 1_900, 1_985, 2_015, 4_015] {
            assert_eq!(Onset::decode(number), Err(OnsetError(number)));
        }
    }
}
