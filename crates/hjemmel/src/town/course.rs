//! How the disease goes in one person, and how it passes from one to another.

use super::chance::{Chance, For};
use super::parameters::{
    BEYOND_A_METRE, BEYOND_TWO_METRES, HOUSEHOLD_ATTACK, INCUBATION_MU, INCUBATION_SIGMA, INFECTION_A_MINUTE,
    INFECTIOUS_AFTER_DAYS, INFECTIOUS_BEFORE_DAYS, PEAK_BEFORE_DAYS, WITHOUT_SYMPTOMS,
    WITHOUT_SYMPTOMS_INFECTIVITY,
};
use super::people::{Meeting, Place, Who};

/// An infection, in days from the beginning of the town.
#[derive(Clone, Copy, Debug)]
pub(super) struct Course {
    pub(super) infected: f64,
    /// When symptoms begin, or would.
    turning: f64,
    symptoms: bool,
    /// By whom; nobody: brought in from outside.
    pub(super) by: Option<Who>,
    /// Which chain, by the number of the one who brought it in.
    pub(super) chain: u32,
}

impl Course {
    /// The course of a person is the same whenever she is infected.
    pub(super) fn new(seed: u64, who: Who, infected: f64, by: Option<Who>, chain: u32) -> Self {
        let mut chance = Chance::of(seed, For::Course, u64::from(who));
        let incubation = (INCUBATION_MU + INCUBATION_SIGMA * chance.normal()).exp();
        let symptoms = !chance.yes(WITHOUT_SYMPTOMS);
        Self { infected, turning: infected + incubation, symptoms, by, chain }
    }

    /// When symptoms begin, if ever.
    pub(super) fn onset(&self) -> Option<f64> {
        self.symptoms.then_some(self.turning)
    }

    /// From when somebody can be infected.
    pub(super) fn infects_from(&self) -> f64 {
        (self.turning - INFECTIOUS_BEFORE_DAYS).max(self.infected)
    }

    /// Until when.
    pub(super) fn infects_until(&self) -> f64 {
        self.turning + INFECTIOUS_AFTER_DAYS
    }

    /// From 0 to 1.
    pub(super) fn infectivity(&self, now: f64) -> f64 {
        let peak = self.turning - PEAK_BEFORE_DAYS;
        let rising =
            (now - (self.turning - INFECTIOUS_BEFORE_DAYS)) / (INFECTIOUS_BEFORE_DAYS - PEAK_BEFORE_DAYS);
        let falling = (self.infects_until() - now) / (self.infects_until() - peak);
        let height = if now < self.infected { 0.0 } else { rising.min(falling).clamp(0.0, 1.0) };
        if self.symptoms { height } else { height * WITHOUT_SYMPTOMS_INFECTIVITY }
    }
}

/// The area under the curve of infectiousness with symptoms, in days at its height.
const HEIGHT_DAYS: f64 = (INFECTIOUS_BEFORE_DAYS + INFECTIOUS_AFTER_DAYS) / 2.0;

/// How probable it is that a meeting infects.
pub(super) fn infects(meeting: &Meeting, infectivity: f64) -> f64 {
    let dose = match meeting.place {
        // Spread over the days so that the whole course gives the share that is known of homes.
        Place::Home => -(1.0 - HOUSEHOLD_ATTACK).ln() / HEIGHT_DAYS,
        Place::Work | Place::School | Place::Friends | Place::Street => {
            let near = match meeting.metres {
                metres if metres <= 1.0 => 1.0,
                metres if metres <= 2.0 => BEYOND_A_METRE,
                _ => BEYOND_TWO_METRES,
            };
            INFECTION_A_MINUTE * f64::from(meeting.minutes) * near
        }
    };
    1.0 - (-dose * infectivity).exp()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn incubation_and_symptoms_come_out_as_published() {
        let courses: Vec<Course> = (0..4_000).map(|who| Course::new(1, who, 0.0, None, 0)).collect();
        let mut incubations: Vec<f64> = courses.iter().map(|course| course.turning).collect();
        incubations.sort_by(f64::total_cmp);
        assert!((incubations[2_000] - 5.1).abs() < 0.25, "{}", incubations[2_000]);
        let with = courses.iter().filter(|course| course.onset().is_some()).count();
        assert!((3_050..3_350).contains(&with), "{with}");
    }

    #[test]
    fn a_home_is_infected_as_often_as_homes_are() {
        let home =
            Meeting { one: 0, other: 1, place: Place::Home, from_minute: 0, minutes: 180, metres: 1.5 };
        let (mut all, mut many) = (0.0, 0.0);
        for who in 0..500 {
            let course = Course::new(2, who, 0.0, None, 0);
            if course.onset().is_none() {
                continue;
            }
            let spared: f64 =
                (0..40).map(|day| 1.0 - infects(&home, course.infectivity(f64::from(day) + 0.75))).product();
            all += 1.0 - spared;
            many += 1.0;
        }
        assert!((all / many - HOUSEHOLD_ATTACK).abs() < 0.02, "{}", all / many);
    }

    #[test]
    fn nobody_infects_before_being_infected_or_long_after() {
        let course = Course::new(3, 5, 10.0, Some(1), 0);
        assert_eq!(course.infectivity(9.9), 0.0);
        assert_eq!(course.infectivity(course.infects_until() + 0.1), 0.0);
        assert!(course.infectivity(course.turning - PEAK_BEFORE_DAYS) > 0.34);
    }
}
