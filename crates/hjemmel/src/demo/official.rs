//! The test persons that MedCom publishes for everybody who builds for the Danish health service.
//!
//! They are nobody, and their numbers are known to every test system. Their lives here are made up.

use super::person::Sex::{self, Female, Male};

/// One of them.
#[derive(Clone, Copy, Debug)]
pub(super) struct Official {
    /// The published number.
    pub(super) cpr: &'static str,
    /// Given names.
    pub(super) given: &'static str,
    /// Family name.
    pub(super) family: &'static str,
    /// Sex.
    pub(super) sex: Sex,
    /// Year, month, day of birth.
    pub(super) born: (i16, i8, i8),
    /// Numbers of those who have custody.
    pub(super) parents: &'static [&'static str],
}

/// The citizen with the rich card.
pub(super) const NANCY: &str = "2512489996";
/// The parent.
pub(super) const ELSE: &str = "0201919990";
/// The child under 15.
pub(super) const BO: &str = "0212159995";

/// Who has tested positive for COVID-19.
pub(super) const EINER: &str = "0201609995";
/// Who lives with him, and has too.
pub(super) const LONNI: &str = "0201609996";

/// All of them. MedCom publishes neither custody nor every family name; what is missing is this country's choice.
pub(super) const OFFICIAL: &[Official] = &[
    Official {
        cpr: NANCY,
        given: "Nancy Ann",
        family: "Berggren",
        sex: Female,
        born: (1948, 12, 25),
        parents: &[],
    },
    Official {
        cpr: "0107729995",
        given: "Max",
        family: "Berggren",
        sex: Male,
        born: (1972, 7, 1),
        parents: &[],
    },
    Official { cpr: EINER, given: "Einer", family: "Lauridsen", sex: Male, born: (1960, 1, 2), parents: &[] },
    Official {
        cpr: LONNI,
        given: "Lonni",
        family: "Lauridsen",
        sex: Female,
        born: (1960, 1, 2),
        parents: &[],
    },
    Official {
        cpr: "0504909995",
        given: "Magnus",
        family: "Lauridsen",
        sex: Male,
        born: (1990, 4, 5),
        parents: &[],
    },
    Official {
        cpr: "0504909989",
        given: "Rasmus",
        family: "Lauridsen",
        sex: Male,
        born: (1990, 4, 5),
        parents: &[],
    },
    Official { cpr: ELSE, given: "Else", family: "Lauridsen", sex: Female, born: (1991, 1, 2), parents: &[] },
    Official {
        cpr: "0201919996",
        given: "Ellen",
        family: "Lauridsen",
        sex: Female,
        born: (1991, 1, 2),
        parents: &[],
    },
    Official {
        cpr: "0201919995",
        given: "EK",
        family: "Lauridsen",
        sex: Male,
        born: (1991, 1, 2),
        parents: &[],
    },
    Official {
        cpr: "1502779995",
        given: "Ruddi",
        family: "Test Berggren",
        sex: Male,
        born: (1977, 2, 15),
        parents: &[],
    },
    Official {
        cpr: "0211223989",
        given: "Aage",
        family: "Berggren",
        sex: Male,
        born: (1922, 11, 2),
        parents: &[],
    },
    Official {
        cpr: "2311143995",
        given: "Cæsar",
        family: "Berggren",
        sex: Male,
        born: (1914, 11, 23),
        parents: &[],
    },
    Official {
        cpr: BO,
        given: "Bo",
        family: "Lauridsen",
        sex: Male,
        born: (2015, 12, 2),
        parents: &[ELSE, "0504909995"],
    },
    Official {
        cpr: "1306249995",
        given: "Baby",
        family: "Berggren",
        sex: Male,
        born: (2024, 6, 13),
        parents: &["0107729995"],
    },
];

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn numbers_of_official_persons_agree_with_their_birth_and_sex() {
        for official in OFFICIAL {
            let (year, month, day) = official.born;
            assert_eq!(official.cpr.get(..6), Some(format!("{day:02}{month:02}{:02}", year % 100).as_str()));
            let odd = official.cpr.bytes().last().is_some_and(|byte| byte % 2 == 1);
            assert_eq!(odd, official.sex == Male, "{}", official.given);
            assert!(register::Cpr::parse(official.cpr).is_ok());
        }
    }
}
