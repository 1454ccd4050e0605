//! People, homes, work, schools, friends, and whom they meet on a day.

use super::chance::{Chance, For};
use super::parameters::{CLASSMATES_A_DAY, COLLEAGUES_A_DAY, FRIEND_A_DAY, STRANGERS_A_DAY};

/// Number of a person in the town.
pub(super) type Who = u32;

/// A town.
#[derive(Debug)]
pub(super) struct People {
    seed: u64,
    pub(super) homes: Vec<Vec<Who>>,
    home_of: Vec<u32>,
    teams: Vec<Vec<Who>>,
    classes: Vec<Vec<Who>>,
    friends: Vec<Vec<Who>>,
    many: usize,
}

/// Where people meet.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Place {
    Home,
    Work,
    School,
    Friends,
    Street,
}

/// Two people, near each other for a while.
#[derive(Clone, Copy, Debug)]
pub(super) struct Meeting {
    pub(super) one: Who,
    pub(super) other: Who,
    pub(super) place: Place,
    /// Minute of the day.
    pub(super) from_minute: u16,
    pub(super) minutes: u16,
    pub(super) metres: f64,
}

/// Sizes of homes out of a hundred, from one to five. Statistics Denmark, households 2021 (FAM55N), rounded.
const HOMES: [usize; 5] = [44, 29, 11, 11, 5];
/// Of a hundred who live with others, so many are children.
const CHILDREN: f64 = 0.27;
const WORKS: f64 = 0.62;
const TEAM: usize = 9;
const CLASS: usize = 20;
const FRIENDS: usize = 3;

impl People {
    /// As many people as this.
    pub(super) fn new(seed: u64, many: usize) -> Self {
        let mut chance = Chance::of(seed, For::People, 0);
        let mut people = Self {
            seed,
            homes: Vec::new(),
            home_of: Vec::with_capacity(many),
            teams: vec![Vec::new()],
            classes: vec![Vec::new()],
            friends: vec![Vec::new(); many],
            many,
        };
        while people.home_of.len() < many {
            people.home(&mut chance);
        }
        for who in 0..number(many) {
            for _ in 0..FRIENDS {
                people.befriend(who, number(chance.below(many)));
            }
        }
        people
    }

    fn home(&mut self, chance: &mut Chance) {
        let mut draw = chance.below(100);
        let size = HOMES.iter().position(|share| {
            let here = draw < *share;
            draw = draw.saturating_sub(*share);
            here
        });
        let mut home = Vec::new();
        for place in 0..=size.unwrap_or(0) {
            if self.home_of.len() == self.many {
                break;
            }
            let who = number(self.home_of.len());
            self.home_of.push(number(self.homes.len()));
            home.push(who);
            if place > 0 && chance.yes(CHILDREN) {
                join(&mut self.classes, who, CLASS);
            } else if chance.yes(WORKS) {
                join(&mut self.teams, who, TEAM);
            }
        }
        self.homes.push(home);
    }

    fn befriend(&mut self, one: Who, other: Who) {
        if one != other
            && let Some(friends) = self.friends.get_mut(index(one))
        {
            friends.push(other);
        }
    }

    /// How many.
    pub(super) const fn len(&self) -> usize {
        self.many
    }

    /// Those who live with somebody.
    pub(super) fn at_home_with(&self, who: Who) -> impl Iterator<Item = Who> + '_ {
        let home = self.home_of.get(index(who)).and_then(|home| self.homes.get(index(*home)));
        home.into_iter().flatten().copied().filter(move |other| *other != who)
    }

    /// Whom people would meet on a day if nobody stayed at home, the first meeting first.
    pub(super) fn meetings(&self, day: u32) -> Vec<Meeting> {
        let mut chance = Chance::of(self.seed, For::Meetings, u64::from(day));
        let mut met = Vec::new();
        for home in &self.homes {
            for (at, one) in home.iter().enumerate() {
                for other in home.iter().skip(at + 1) {
                    met.push(Meeting {
                        one: *one,
                        other: *other,
                        place: Place::Home,
                        from_minute: 1_080,
                        minutes: 180,
                        metres: 1.5,
                    });
                }
            }
        }
        let weekend = matches!(day % 7, 5 | 6);
        if !weekend {
            among(&self.teams, COLLEAGUES_A_DAY, Place::Work, (480, 480, 25.0), &mut chance, &mut met);
            among(&self.classes, CLASSMATES_A_DAY, Place::School, (480, 360, 30.0), &mut chance, &mut met);
        }
        for (who, friends) in self.friends.iter().enumerate() {
            for friend in friends {
                if chance.yes(FRIEND_A_DAY) {
                    met.push(meeting(number(who), *friend, Place::Friends, (900, 300, 60.0), &mut chance));
                }
            }
            for _ in 0..chance.times(STRANGERS_A_DAY / 2.0) {
                let other = number(chance.below(self.many));
                if other != number(who) {
                    met.push(meeting(number(who), other, Place::Street, (420, 780, 12.0), &mut chance));
                }
            }
        }
        met.sort_by_key(|meeting| (meeting.from_minute, meeting.one, meeting.other));
        met
    }
}

fn join(groups: &mut Vec<Vec<Who>>, who: Who, most: usize) {
    if groups.last().is_none_or(|group| group.len() >= most) {
        groups.push(Vec::new());
    }
    if let Some(group) = groups.last_mut() {
        group.push(who);
    }
}

fn among(
    groups: &[Vec<Who>],
    each: f64,
    place: Place,
    when: (u16, u16, f64),
    chance: &mut Chance,
    met: &mut Vec<Meeting>,
) {
    for group in groups.iter().filter(|group| group.len() > 1) {
        for one in group {
            // Both ends of a meeting count it.
            for _ in 0..chance.times(each / 2.0) {
                if let Some(other) = group.get(chance.below(group.len())).filter(|other| *other != one) {
                    met.push(meeting(*one, *other, place, when, chance));
                }
            }
        }
    }
}

#[expect(clippy::cast_possible_truncation, clippy::cast_sign_loss, reason = "minutes of a day")]
fn meeting(
    one: Who,
    other: Who,
    place: Place,
    (from, span, mean): (u16, u16, f64),
    chance: &mut Chance,
) -> Meeting {
    let minutes = chance.waiting(mean).clamp(2.0, 240.0) as u16;
    let from_minute = from + (chance.share() * f64::from(span)) as u16;
    let metres = 0.4 + chance.waiting(0.9).min(6.0);
    Meeting { one, other, place, from_minute: from_minute.min(1_439 - minutes), minutes, metres }
}

pub(super) fn number(position: usize) -> Who {
    u32::try_from(position).unwrap_or(u32::MAX)
}

pub(super) fn index(who: Who) -> usize {
    usize::try_from(who).unwrap_or(usize::MAX)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_same_seed_gives_the_same_people_and_the_same_days() {
        let (one, other) = (People::new(7, 300), People::new(7, 300));
        assert_eq!(one.homes, other.homes);
        let days = |people: &People| format!("{:?}", people.meetings(3));
        assert_eq!(days(&one), days(&other));
        assert_ne!(days(&one), format!("{:?}", one.meetings(4)));
    }

    #[test]
    fn everybody_has_a_home_and_nobody_meets_oneself() {
        let people = People::new(1, 500);
        assert_eq!(people.homes.iter().map(Vec::len).sum::<usize>(), 500);
        for meeting in people.meetings(0) {
            assert!(meeting.one != meeting.other && meeting.minutes >= 2);
            assert!(meeting.from_minute + meeting.minutes <= 1_439);
        }
    }
}
