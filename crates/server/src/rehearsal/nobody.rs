//! People of a rehearsal, by numbers that nobody bears.

use jiff::ToSpan;
use jiff::civil::Date;

/// The day of birth has not come.
const BORN_IN: i16 = 2057;
const DAYS: u32 = 365;

/// The civil registration number of the n-th of more than a million people who do not exist.
#[must_use]
pub fn number_of_nobody(n: u32) -> String {
    let first = Date::constant(BORN_IN, 1, 1);
    let day = first.checked_add(i64::from(n % DAYS).days()).unwrap_or(first);
    format!("{:02}{:02}{:02}{:04}", day.day(), day.month(), day.year() % 100, 5_000 + n / DAYS)
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeSet;

    use register::Cpr;

    use super::*;

    #[test]
    fn everybody_has_a_number_of_her_own_that_nobody_bears() {
        let numbers: BTreeSet<String> = (0..20_000).map(number_of_nobody).collect();
        assert_eq!(numbers.len(), 20_000);
        for text in numbers {
            let born = Cpr::parse(&text).unwrap().birth_date();
            assert_eq!(born.year(), BORN_IN, "a day that has not come");
        }
    }
}
