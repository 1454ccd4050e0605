//! How many people one member of staff reads about in a day, beside what is usual for her. Threats 4.5.
//!
//! Invariant: held in memory only, and only as salted hashes: nothing here says whom anybody looked at.
//! Invariant: the alarm stops nobody; a doctor in a catastrophe has many patients.

use std::collections::{HashMap, HashSet, VecDeque};
use std::sync::{Mutex, PoisonError};

use jiff::civil::Date;
use notice::Id;
use notice::id::Person;
use register::Randomness;

use crate::session::SecretKey;

/// So many in a day are an alarm, whoever it is.
pub const PEOPLE_A_DAY: usize = 100;
/// So many times what is usual for her.
const TIMES_USUAL: usize = 3;
/// How far back what is usual goes.
const USUAL_DAYS: i32 = 30;
/// Nothing is usual before so many days of work.
const DAYS_OF_WORK_MIN: usize = 7;
/// Fewer than these say nothing: three times a median of one is a morning.
const PEOPLE_MIN: usize = 15;
const ACCOUNTS_BEFORE_FORGETTING: usize = 50_000;

/// Whom each member of staff has read about today, and how many on the days before.
pub struct Subjects {
    salt: [u8; 32],
    accounts: Mutex<HashMap<SecretKey, Account>>,
}

impl std::fmt::Debug for Subjects {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str("Subjects")
    }
}

struct Account {
    day: Date,
    people: HashSet<SecretKey>,
    told: Told,
    before: VecDeque<(Date, usize)>,
}

#[derive(Clone, Copy, PartialEq, Eq)]
enum Told {
    NotToday,
    Today,
}

/// Whether what one member of staff reads today is as usual.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Looked {
    /// As usual, or said already today.
    Usual,
    /// A hundred people in a day.
    VeryMany,
    /// Three times what is usual for her.
    ManyForHer,
}

impl Subjects {
    /// Nobody has read about anybody.
    #[must_use]
    pub fn new(randomness: &dyn Randomness) -> Self {
        let mut salt = [0; 32];
        randomness.fill(&mut salt);
        Self { salt, accounts: Mutex::default() }
    }

    /// Counts a look at a person; an alarm is given once a day.
    pub fn count(&self, account: SecretKey, person: Id<Person>, today: Date) -> Looked {
        let person = SecretKey::of(&[self.salt.as_slice(), person.to_string().as_bytes()].concat());
        let mut accounts = self.accounts.lock().unwrap_or_else(PoisonError::into_inner);
        if accounts.len() >= ACCOUNTS_BEFORE_FORGETTING {
            accounts.retain(|_, one| is_recent(one.day, today));
        }
        let one = accounts.entry(account).or_insert_with(|| Account::new(today));
        one.turn_to(today);
        one.people.insert(person);
        one.look()
    }
}

impl Account {
    fn new(day: Date) -> Self {
        Self { day, people: HashSet::new(), told: Told::NotToday, before: VecDeque::new() }
    }

    fn turn_to(&mut self, today: Date) {
        if self.day == today {
            return;
        }
        self.before.push_back((self.day, self.people.len()));
        self.before.retain(|(day, _)| is_recent(*day, today));
        self.people.clear();
        self.told = Told::NotToday;
        self.day = today;
    }

    fn look(&mut self) -> Looked {
        let count = self.people.len();
        let looked = if count >= PEOPLE_A_DAY {
            Looked::VeryMany
        } else if self.usual().is_some_and(|usual| count >= (TIMES_USUAL * usual).max(PEOPLE_MIN)) {
            Looked::ManyForHer
        } else {
            Looked::Usual
        };
        if looked == Looked::Usual || self.told == Told::Today {
            return Looked::Usual;
        }
        self.told = Told::Today;
        looked
    }

    /// The median of the days on which she read about anybody.
    fn usual(&self) -> Option<usize> {
        let mut counts: Vec<usize> = self.before.iter().map(|(_, count)| *count).collect();
        if counts.len() < DAYS_OF_WORK_MIN {
            return None;
        }
        counts.sort_unstable();
        counts.get(counts.len() / 2).copied()
    }
}

fn is_recent(day: Date, today: Date) -> bool {
    today.since(day).is_ok_and(|passed| passed.get_days() <= USUAL_DAYS)
}

#[cfg(test)]
mod tests {
    use super::*;
    use jiff::ToSpan;
    use register::testing::SeededRandomness;

    const DAY: Date = jiff::civil::date(2026, 11, 2);

    fn alarms(subjects: &Subjects, day: i64, people: u128) -> Vec<(u128, Looked)> {
        let today = DAY.checked_add(day.days()).unwrap();
        (1..=people)
            .map(|number| (number, subjects.count(SecretKey::of(b"a"), Id::from_bits(number), today)))
            .filter(|(_, looked)| *looked != Looked::Usual)
            .collect()
    }

    #[test]
    fn a_hundred_people_in_a_day_are_one_alarm_and_the_next_day_another() {
        let subjects = Subjects::new(&SeededRandomness::new(1));
        assert_eq!(alarms(&subjects, 0, 99), []);
        // The same people again are no more people.
        assert_eq!(alarms(&subjects, 0, 99), []);
        assert_eq!(alarms(&subjects, 0, 120), [(100, Looked::VeryMany)]);
        assert_eq!(alarms(&subjects, 1, 120), [(100, Looked::VeryMany)]);
        // Another is not counted with her.
        assert_eq!(subjects.count(SecretKey::of(b"b"), Id::from_bits(500), DAY), Looked::Usual);
    }

    #[test]
    fn three_times_what_is_usual_for_her_is_an_alarm_once_she_has_worked_a_week() {
        let subjects = Subjects::new(&SeededRandomness::new(1));
        for day in 0..6 {
            assert_eq!(alarms(&subjects, day, 8), []);
        }
        assert_eq!(alarms(&subjects, 6, 40), [], "nothing is usual yet");
        assert_eq!(alarms(&subjects, 7, 40), [(24, Looked::ManyForHer)]);
        // What lies more than thirty days back is forgotten.
        assert_eq!(alarms(&subjects, 60, 40), []);
    }
}
