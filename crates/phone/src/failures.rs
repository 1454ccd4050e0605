//! What went wrong, in words for the owner in both languages. The English ones are those of the errors themselves, where
//! an owner can make something of them.

use std::io;

use crate::exports::{FetchError, FileError};
use crate::language::Bilingual;
use crate::network::NetworkError;
use crate::phone::PhoneError;
use crate::radio::RadioError;
use crate::report::BeginError;
use crate::vault::VaultError;

/// Something that is told to the owner in both languages.
pub trait InBoth {
    /// In both.
    fn in_both(&self) -> Bilingual<String>;
}

fn both(da: impl Into<String>, en: impl ToString) -> Bilingual<String> {
    Bilingual { da: da.into(), en: en.to_string() }
}

impl InBoth for PhoneError {
    fn in_both(&self) -> Bilingual<String> {
        match self {
            Self::NoConsent => both("ejeren har ikke givet samtykke, eller har trukket det tilbage", self),
            Self::AskAnew => {
                both("ejeren har sagt ja til andre ord end dem, der gælder nu, og skal spørges igen", self)
            }
            Self::OtherWords => both("det er ikke de ord, der spørges under nu", self),
            Self::Vault(error) => error.in_both(),
            Self::Export(_) => not_signed(),
        }
    }
}

impl InBoth for VaultError {
    fn in_both(&self) -> Bilingual<String> {
        match self {
            Self::Disk(error) => {
                both(format!("telefonens mappe kan ikke læses eller skrives: {error}"), self)
            }
            Self::Broken => {
                both("det, telefonen gemmer, er ændret udefra eller hører til en anden nøgle", self)
            }
            Self::ChangedElsewhere => {
                both("et andet program har ændret det, telefonen gemmer; prøv igen", self)
            }
        }
    }
}

impl InBoth for BeginError {
    fn in_both(&self) -> Bilingual<String> {
        match self {
            Self::Code => both("en kode er 8 cifre, eller 16 tal og bogstaver", self),
            Self::Symptoms => both("første dag med symptomer er i dag eller højst 28 dage siden", self),
            Self::Country => {
                both("skriv et land i EU, EØS eller Schweiz med dets to bogstaver, for eksempel `SE`", self)
            }
            Self::OnItsWay => both("en advarsel er allerede på vej", self),
            Self::Phone(error) => error.in_both(),
        }
    }
}

impl InBoth for RadioError {
    fn in_both(&self) -> Bilingual<String> {
        match self {
            Self::Unusable(why) => both(format!("radioen kan ikke bruges: {why}"), self),
            Self::Simulated(error) => both(format!("den simulerede radio fejlede: {error}"), self),
        }
    }
}

impl InBoth for NetworkError {
    fn in_both(&self) -> Bilingual<String> {
        match self {
            Self::Unreachable => both("serveren kan ikke nås", self),
            Self::TooLong => both("svaret er længere, end det må være", self),
            Self::SomebodyElse => both("det, der svarer, er ikke serveren, men en side imellem", self),
            Self::NotNow(status) => both(format!("serveren kan ikke svare nu (status {status})"), self),
            Self::Refused(status) => both(format!("serveren siger nej (status {status})"), self),
        }
    }
}

impl InBoth for FetchError {
    fn in_both(&self) -> Bilingual<String> {
        match self {
            Self::Network(error) => error.in_both(),
            Self::Phone(error) => error.in_both(),
        }
    }
}

impl InBoth for FileError {
    fn in_both(&self) -> Bilingual<String> {
        match self {
            Self::Network(error) => error.in_both(),
            Self::Read(_) => both("filen er ingen fil med nøgler", "the file is no file of keys"),
            Self::Verify(_) => not_signed(),
            Self::Region => both("filen er fra et andet område", self),
            Self::Window => both("filen er fra en anden tid, end dens navn siger", self),
        }
    }
}

impl InBoth for io::Error {
    fn in_both(&self) -> Bilingual<String> {
        both(format!("maskinen siger nej: {self}"), format!("the machine refuses: {self}"))
    }
}

fn not_signed() -> Bilingual<String> {
    both(
        "filen er ikke underskrevet af nogen, som telefonen stoler på, eller hører sammen med filer, der mangler",
        "the file is not signed by anybody whom the phone trusts, or belongs together with files that are missing",
    )
}
