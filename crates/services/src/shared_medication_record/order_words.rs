//! The choices of an order as people say them.

use notice::Bilingual;

use super::{Ended, EndedReason, Handover, OrderKind, OrderStatus, Pause, PrescriptionStatus, Substitution};
use crate::call::civil_day;
use crate::words::{both, date_in_both};

impl OrderKind {
    /// In words.
    #[must_use]
    pub fn words(self) -> Bilingual {
        match self {
            Self::ByProfessional => both("ordineret", "ordered by a professional"),
            Self::ByCitizen => both("valgt af borgeren", "chosen by the person"),
        }
    }
}

impl Substitution {
    /// In words.
    #[must_use]
    pub fn words(self) -> Bilingual {
        match self {
            Self::Allowed => both("må byttes", "may be exchanged"),
            Self::NotAllowed => both("må ikke byttes", "may not be exchanged"),
        }
    }
}

impl Handover {
    /// In words.
    #[must_use]
    pub fn words(self) -> Bilingual {
        match self {
            Self::Treatment => both("gives på behandlingsstedet", "given at the treatment site"),
            Self::Prescription => both("på recept", "on prescription"),
            Self::DoseDispensed => both("dosispakket", "packed in doses"),
            Self::HospitalPharmacy => both("fra sygehusapotek", "from a hospital pharmacy"),
            Self::WithoutPrescription => both("i håndkøb", "without prescription"),
            Self::NotAssigned => both("ikke bestemt", "not decided"),
        }
    }
}

impl OrderStatus {
    /// In words.
    #[must_use]
    pub fn words(self) -> Bilingual {
        match self {
            Self::NotYet => both("ikke begyndt", "not begun"),
            Self::Current => both("tages nu", "taken now"),
            Self::Paused => both("på pause", "paused"),
            Self::Stopped => both("stoppet", "stopped"),
            Self::Expired => both("udløbet", "run out"),
        }
    }
}

impl PrescriptionStatus {
    /// In words.
    #[must_use]
    pub fn words(self) -> Bilingual {
        match self {
            Self::Open => both("åben", "open"),
            Self::Pending => both("gælder senere", "valid later"),
            Self::Closed => both("brugt op", "used up"),
            Self::Cancelled => both("annulleret", "cancelled"),
            Self::Expired => both("udløbet", "expired"),
        }
    }
}

impl Pause {
    /// In words.
    #[must_use]
    pub fn words(&self) -> Bilingual {
        let from = date_in_both(self.from);
        match self.until.map(date_in_both) {
            Some(until) => {
                both(format!("fra {} til {}", from.da, until.da), format!("from {} to {}", from.en, until.en))
            }
            None => both(format!("fra {}", from.da), format!("from {}", from.en)),
        }
    }
}

impl Ended {
    /// In words.
    #[must_use]
    pub fn words(&self) -> Bilingual {
        let day = date_in_both(civil_day(self.at));
        let mut said = match self.reason {
            EndedReason::Stopped => both(format!("stoppet {}", day.da), format!("stopped on {}", day.en)),
            EndedReason::Expired => both(format!("udløbet {}", day.da), format!("ran out on {}", day.en)),
        };
        if let Some(note) = &self.note {
            said.da.push_str(&format!(": {note}"));
            said.en.push_str(&format!(": {note}"));
        }
        said
    }
}
