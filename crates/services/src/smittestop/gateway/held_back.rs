//! Whether a country sends far more than it usually does: a poisoned neighbour warns a whole country.

use std::collections::BTreeMap;

use jiff::civil::Date;
use jiff::{Span, ToSpan as _};

use super::{Delivery, Listed, Standing, Terms};

/// Fewer days than this say nothing about what is usual.
const DAYS_KNOWN_MIN: usize = 3;

/// Keys that one country sent, by day: those that may be passed on, and all.
#[derive(Debug, Default)]
pub(super) struct Amounts {
    accepted: BTreeMap<Date, u64>,
    sent: BTreeMap<Date, u64>,
}

impl Amounts {
    /// Adds up the list for a country. All counts as it was sent, also what is not for phones here.
    pub(super) fn of(list: &[Listed], country: &str) -> Self {
        let (mut amounts, mut held) = (Self::default(), BTreeMap::new());
        for line in list {
            match &line.delivery {
                Delivery::Down { tag, day, parts, .. } | Delivery::Again { tag, day, parts } => {
                    for part in parts.iter().filter(|part| part.country == country) {
                        match part.standing {
                            Standing::Accepted => amounts.add(*day, part.sent, part.sent),
                            // What is held is not usual until two persons have said so.
                            Standing::Held => {
                                amounts.add(*day, 0, part.sent);
                                held.insert((*day, tag), part.sent);
                            }
                            Standing::Unsigned(_) => {}
                        }
                    }
                }
                Delivery::Decided { tag, day, country: whose, released: true, .. } if whose == country => {
                    amounts.add(*day, held.remove(&(*day, tag)).unwrap_or(0), 0);
                }
                Delivery::Decided { .. } | Delivery::Up { .. } | Delivery::Ran { .. } => {}
            }
        }
        amounts
    }

    fn add(&mut self, day: Date, accepted: u64, sent: u64) {
        *self.accepted.entry(day).or_default() += accepted;
        *self.sent.entry(day).or_default() += sent;
    }

    /// Whether so many more keys on a day must wait.
    pub(super) fn must_wait(&self, day: Date, more: u64, terms: &Terms) -> bool {
        let today = self.sent.get(&day).copied().unwrap_or(0).saturating_add(more);
        if today > terms.keys_per_day_max {
            return true;
        }
        if today <= terms.never_held_below {
            return false;
        }
        self.median(day).is_some_and(|usual| today > usual.saturating_mul(terms.median_times_max))
    }

    /// The median of the seven days before; nothing if the country has not sent on enough of them.
    fn median(&self, day: Date) -> Option<u64> {
        let week: Span = 7.days();
        let from = day.checked_sub(week).ok()?;
        let mut days: Vec<u64> =
            self.accepted.range(from..day).map(|(_, keys)| *keys).filter(|keys| *keys > 0).collect();
        days.sort_unstable();
        if days.len() < DAYS_KNOWN_MIN { None } else { days.get(days.len() / 2).copied() }
    }
}

#[cfg(test)]
mod tests {
    use jiff::Timestamp;
    use jiff::civil::date;

    use super::*;
    use crate::smittestop::gateway::Part;
    use crate::smittestop::gateway::release::Decision;

    /// Of what comes down a part only is for phones here.
    fn line(day: Date, sent: u64, standing: Standing) -> Listed {
        let accepted = sent / 20;
        let part = Part { country: "SE".to_owned(), sent, accepted, signers: Vec::new(), standing };
        let delivery = Delivery::Down { tag: "t".to_owned(), day, next: None, parts: vec![part] };
        Listed { at: Timestamp::UNIX_EPOCH, delivery }
    }

    fn decided(day: Date, keys: u64, decision: Decision) -> Listed {
        let (tag, country, released) = ("t".to_owned(), "SE".to_owned(), decision == Decision::Release);
        let by = ["a".to_owned(), "b".to_owned()];
        let delivery = Delivery::Decided { tag, day, country, keys, released, by };
        Listed { at: Timestamp::UNIX_EPOCH, delivery }
    }

    fn released(day: Date, keys: u64) -> Listed {
        decided(day, keys, Decision::Release)
    }

    fn usual(keys: u64) -> Vec<Listed> {
        (14..21).map(|day| line(date(2026, 11, day), keys, Standing::Accepted)).collect()
    }

    fn waits(list: &[Listed], more: u64) -> bool {
        Amounts::of(list, "SE").must_wait(date(2026, 11, 21), more, &Terms::of("DK", Vec::new()))
    }

    #[test]
    fn three_times_the_median_is_passed_on_and_one_more_waits() {
        assert!(!waits(&usual(1_000), 3_000));
        assert!(waits(&usual(1_000), 3_001));
    }

    #[test]
    fn many_small_batches_of_one_day_count_together() {
        let mut list = usual(1_000);
        list.push(line(date(2026, 11, 21), 2_999, Standing::Accepted));
        assert!(!waits(&list, 1));
        assert!(waits(&list, 2));
    }

    #[test]
    fn what_was_held_does_not_raise_what_is_usual_until_it_is_released() {
        let mut list = usual(1_000);
        for day in 16..21 {
            list.push(line(date(2026, 11, day), 100_000, Standing::Held));
        }
        assert!(waits(&list, 50_000));
        list.extend((16..21).map(|day| released(date(2026, 11, day), 5_000)));
        assert!(!waits(&list, 50_000));
    }

    #[test]
    fn what_is_released_counts_as_it_was_sent_even_if_nothing_of_it_was_for_phones_here() {
        let mut list = Vec::new();
        for day in 14..21 {
            list.push(line(date(2026, 11, day), 10_000, Standing::Held));
            list.push(released(date(2026, 11, day), 0));
        }
        assert!(!waits(&list, 30_000));
        assert!(waits(&list, 30_001));
    }

    #[test]
    fn what_two_persons_discarded_is_not_usual() {
        let mut list = usual(1_000);
        for day in 16..21 {
            list.push(line(date(2026, 11, day), 100_000, Standing::Held));
            list.push(decided(date(2026, 11, day), 5_000, Decision::Discard));
        }
        assert!(waits(&list, 50_000));
    }

    #[test]
    fn a_country_that_is_new_is_held_by_the_cap_alone() {
        assert!(!waits(&[], 200_000));
        assert!(waits(&[], 200_001));
        assert!(!waits(&usual(1), 500));
        assert!(waits(&usual(1), 501));
    }
}
