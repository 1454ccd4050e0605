//! The certificate of the verification server: what it must say before anybody's IDs are taken.
//!
//! The signature was checked at the edge; here stands what it is worth.

use exposure::ReportType;
use jiff::Timestamp;

/// A certificate is valid for a quarter of an hour at most.
pub(crate) const LIFE_SECONDS: i64 = 15 * 60;
/// How far two clocks may differ.
const SKEW_SECONDS: i64 = 60;

/// What a certificate says, its signature checked.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Certificate {
    /// Its number, for which it is used once.
    pub id: String,
    /// When it was made, seconds since 1970.
    pub issued_at: i64,
    /// From when it is valid.
    pub not_before: i64,
    /// Until when.
    pub expires_at: i64,
    /// What the authority knows.
    pub report: ReportKind,
    /// The interval of the first symptoms, or of the test; absent if nobody knows.
    pub onset: Option<u32>,
    /// The code over the IDs that it was given for.
    pub keys_mac: Vec<u8>,
}

/// How sure the authority is. From here and from nowhere else: never from the phone.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum ReportKind {
    /// A positive test.
    Confirmed,
    /// A doctor's diagnosis.
    Likely,
    /// The test was negative after all.
    Negative,
    /// The person's own word.
    UserReport,
}

impl ReportKind {
    /// All of them.
    pub const ALL: [Self; 4] = [Self::Confirmed, Self::Likely, Self::Negative, Self::UserReport];

    /// Its word in certificates and in the configuration.
    #[must_use]
    pub const fn word(self) -> &'static str {
        match self {
            Self::Confirmed => "confirmed",
            Self::Likely => "likely",
            Self::Negative => "negative",
            Self::UserReport => "user-report",
        }
    }

    /// The kind of a word.
    #[must_use]
    pub fn of(word: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|kind| kind.word() == word)
    }

    /// Its number in export files.
    #[must_use]
    pub const fn published_as(self) -> ReportType {
        match self {
            Self::Confirmed => ReportType::ConfirmedTest,
            Self::Likely => ReportType::ConfirmedClinicalDiagnosis,
            Self::Negative => ReportType::Revoked,
            Self::UserReport => ReportType::SelfReport,
        }
    }

    /// The level for the older risk model where a phone sent none.
    pub(crate) const fn usual_risk(self) -> i32 {
        match self {
            Self::Confirmed | Self::UserReport => 2,
            Self::Likely => 4,
            Self::Negative => 6,
        }
    }

    /// Whether what was said first may be followed by this.
    pub(crate) const fn may_follow(self, first: ReportType) -> bool {
        match (first, self) {
            (ReportType::ConfirmedClinicalDiagnosis, Self::Confirmed | Self::Negative)
            | (ReportType::SelfReport, Self::Confirmed | Self::Likely | Self::Negative) => true,
            (
                ReportType::Unknown
                | ReportType::ConfirmedTest
                | ReportType::ConfirmedClinicalDiagnosis
                | ReportType::SelfReport
                | ReportType::Recursive
                | ReportType::Revoked,
                Self::Confirmed | Self::Likely | Self::Negative | Self::UserReport,
            ) => false,
        }
    }
}

impl Certificate {
    /// Whether it is valid now. One that is meant to live longer than a quarter of an hour never is.
    pub(crate) fn is_valid(&self, now: Timestamp) -> bool {
        let now = now.as_second();
        let life = self.expires_at.saturating_sub(self.issued_at);
        (1..=LIFE_SECONDS).contains(&life)
            && self.issued_at <= now + SKEW_SECONDS
            && self.not_before <= now + SKEW_SECONDS
            && now < self.expires_at + SKEW_SECONDS
            // Sixteen random bytes in base64, or more: a number that can be guessed is none.
            && (20..=128).contains(&self.id.len())
            && self.keys_mac.len() == 32
    }
}

#[cfg(test)]
mod tests {
    use super::{Certificate, ReportKind};

    fn certificate() -> Certificate {
        Certificate {
            id: "0123456789abcdef0123456789abcdef".to_owned(),
            issued_at: 1_000_000,
            not_before: 1_000_000,
            expires_at: 1_000_900,
            report: ReportKind::Confirmed,
            onset: None,
            keys_mac: vec![1; 32],
        }
    }

    fn at(second: i64) -> jiff::Timestamp {
        jiff::Timestamp::from_second(second).unwrap()
    }

    #[test]
    fn a_certificate_is_valid_for_its_quarter_of_an_hour() {
        let one = certificate();
        assert!(one.is_valid(at(1_000_000)) && one.is_valid(at(1_000_899)) && one.is_valid(at(999_941)));
        assert!(!one.is_valid(at(1_000_960)) && !one.is_valid(at(999_939)));
    }

    #[test]
    fn a_certificate_that_lives_long_or_has_no_number_is_none() {
        for wrong in [
            Certificate { expires_at: 1_000_901, ..certificate() },
            Certificate { expires_at: 1_000_000, ..certificate() },
            Certificate { id: "1".to_owned(), ..certificate() },
            Certificate { keys_mac: vec![1; 31], ..certificate() },
            Certificate { not_before: 1_000_500, ..certificate() },
        ] {
            assert!(!wrong.is_valid(at(1_000_100)), "{wrong:?}");
        }
    }

    #[test]
    fn a_report_may_only_become_surer_or_be_taken_back() {
        let allowed: Vec<(ReportKind, ReportKind)> = ReportKind::ALL
            .into_iter()
            .flat_map(|first| ReportKind::ALL.map(|next| (first, next)))
            .filter(|(first, next)| next.may_follow(first.published_as()))
            .collect();
        use ReportKind::{Confirmed, Likely, Negative, UserReport};
        let wanted = [
            (Likely, Confirmed),
            (Likely, Negative),
            (UserReport, Confirmed),
            (UserReport, Likely),
            (UserReport, Negative),
        ];
        assert_eq!(allowed, wanted);
    }
}
