//! What the texts promise is what the rules do: periods in words against periods in rules, in both languages.

use std::collections::BTreeSet;
use std::fmt;

use super::{Check, codes};
use crate::clock::{Duration, Plus, Rule, When};
use crate::diagnostic::Diagnostic;
use crate::policy::{Place, Said};

pub(super) fn check(check: &Check<'_>) {
    for (notice, register) in check.corpus.registers() {
        let rule = check.rule(notice, register);
        held(check, &register.said, rule.map(|(word, rule)| (&word.place, periods_of(rule))));
    }
    for clock in &check.corpus.clocks {
        let line = clock.line.as_ref();
        let rule = line.and_then(|line| Some((&line.word.place, periods_of(line.rule.as_ref()?))));
        held(check, &clock.said, rule);
    }
    for right in check.corpus.notices.iter().flat_map(|notice| &notice.rights) {
        // A text that also tells of other periods is about more than the time to answer.
        let says = right.said.says.as_ref().map(|says| periods_in(&says.da));
        let is_plain = says.is_none_or(|periods| periods.len() < 2);
        let promise = right.promise.as_ref().filter(|_| is_plain);
        held(
            check,
            &right.said,
            promise.map(|(word, promise)| (&word.place, BTreeSet::from([Period::of(*promise)]))),
        );
    }
}

/// Compares the text of a section with itself in the other language, and with its rule.
fn held(check: &Check<'_>, said: &Said, rule: Option<(&Place, BTreeSet<Period>)>) {
    let Some(says) = &said.says else { return };
    let (danish, english) = (periods_in(&says.da), periods_in(&says.en));
    if !danish.is_empty() && !english.is_empty() && danish != english {
        let (danish, english) = (codes::all_of(&danish), codes::all_of(&english));
        return check.tell(codes::languages_differ(&said.id, &danish, &english), &said.place);
    }
    let promised = if danish.is_empty() { english } else { danish };
    let Some((place, runs)) = rule else { return };
    // A text may leave a period out, and a rule may round one; each saying what the other does not is a contradiction.
    if promised.difference(&runs).next().is_some() && runs.difference(&promised).next().is_some() {
        let message = codes::says_otherwise(&said.id, &codes::all_of(&promised), &codes::all_of(&runs));
        let finding = Diagnostic::new(message, place.clone());
        check.say(finding.second(said.place.clone(), codes::the_text_stands_here()));
    }
}

/// A length of time however it is written: twelve months are a year, fourteen days are two weeks.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
struct Period {
    months: u32,
    days: u32,
    seconds: u64,
}

impl Period {
    fn of(duration: Duration) -> Self {
        let [years, months, weeks, days, hours, minutes, seconds] = duration.units();
        let seconds = u64::from(hours) * 3600 + u64::from(minutes) * 60 + u64::from(seconds);
        Self { months: years * 12 + months, days: weeks * 7 + days, seconds }.in_days()
    }

    /// Whole days that are written in hours.
    fn in_days(mut self) -> Self {
        const DAY_SECONDS: u64 = 86_400;
        let days = self.seconds / DAY_SECONDS;
        self.days += u32::try_from(days).unwrap_or(u32::MAX);
        self.seconds -= days * DAY_SECONDS;
        self
    }
}

impl fmt::Display for Period {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match (self.months, self.days, self.seconds) {
            (months, 0, 0) if months > 0 && months % 12 == 0 => write!(f, "P{}Y", months / 12),
            (months, 0, 0) if months > 0 => write!(f, "P{months}M"),
            (0, days, 0) => write!(f, "P{days}D"),
            (0, 0, seconds) if seconds % 3600 == 0 => write!(f, "PT{}H", seconds / 3600),
            (months, days, seconds) => write!(f, "P{months}M{days}DT{seconds}S"),
        }
    }
}

fn periods_of(rule: &Rule) -> BTreeSet<Period> {
    let mut periods = BTreeSet::new();
    rule.branches().for_each(|stage| collect(&stage.when, &mut periods));
    periods
}

fn collect(when: &When, periods: &mut BTreeSet<Period>) {
    match when {
        When::Earliest(all) => all.iter().for_each(|when| collect(when, periods)),
        When::Latest(args) => args.iter().for_each(|arg| collect(&arg.when, periods)),
        When::Inherit(_) => {}
        When::After { plus, .. } => {
            if let Some(Plus::Duration(duration)) = plus {
                periods.insert(Period::of(*duration));
            }
        }
    }
}

const NUMBERS: [(&str, u32); 46] = [
    ("et", 1),
    ("ét", 1),
    ("en", 1),
    ("én", 1),
    ("one", 1),
    ("a", 1),
    ("to", 2),
    ("two", 2),
    ("tre", 3),
    ("three", 3),
    ("fire", 4),
    ("four", 4),
    ("fem", 5),
    ("five", 5),
    ("seks", 6),
    ("six", 6),
    ("syv", 7),
    ("seven", 7),
    ("otte", 8),
    ("eight", 8),
    ("ni", 9),
    ("nine", 9),
    ("ti", 10),
    ("ten", 10),
    ("elleve", 11),
    ("eleven", 11),
    ("tolv", 12),
    ("twelve", 12),
    ("tretten", 13),
    ("thirteen", 13),
    ("fjorten", 14),
    ("fourteen", 14),
    ("femten", 15),
    ("fifteen", 15),
    ("atten", 18),
    ("eighteen", 18),
    ("tyve", 20),
    ("twenty", 20),
    ("fireogtyve", 24),
    ("tredive", 30),
    ("thirty", 30),
    ("femogfyrre", 45),
    ("hundrede", 100),
    ("hundred", 100),
    ("halvt", 0),
    ("half", 0),
];

/// The periods that a text names in digits or words, Danish or English.
fn periods_in(text: &str) -> BTreeSet<Period> {
    let lower = text.to_lowercase();
    let words: Vec<_> =
        lower.split(|sign: char| !sign.is_alphanumeric()).filter(|word| !word.is_empty()).collect();
    let mut periods = BTreeSet::new();
    for (at, word) in words.iter().enumerate() {
        let before = at.checked_sub(1).and_then(|at| words.get(at)).copied().unwrap_or_default();
        // `half a year`: the article stands between.
        let (unit, after) = match (words.get(at + 1), words.get(at + 2)) {
            (Some(&"a"), Some(unit)) if *word == "half" => (*unit, words.get(at + 3)),
            (Some(unit), after) => (*unit, after),
            (None, _) => continue,
        };
        let is_age = matches!(unit, "år" | "years" | "year")
            && matches!(before, "under" | "over" | "fyldt" | "fyldte" | "aged")
            || before == "half"
            || after.is_some_and(|word| matches!(*word, "gammel" | "gamle" | "old" | "of"));
        if !is_age && let Some(period) = number(word).and_then(|number| period(number, unit, word)) {
            periods.insert(period);
        }
    }
    periods
}

fn number(word: &str) -> Option<u32> {
    let spelled = NUMBERS.iter().find(|(name, _)| *name == word).map(|(_, number)| *number);
    spelled.or_else(|| word.parse().ok())
}

/// A number and a unit; `a day` and `en dag` are no periods, and nought is the half of a year.
fn period(number: u32, unit: &str, word: &str) -> Option<Period> {
    let nothing = Period { months: 0, days: 0, seconds: 0 };
    let article = matches!(word, "en" | "et" | "a");
    let period = match unit {
        "år" | "års" | "year" | "years" if number == 0 => Period { months: 6, ..nothing },
        "år" | "års" | "year" | "years" => Period { months: number.checked_mul(12)?, ..nothing },
        "måned" | "måneder" | "måneders" | "month" | "months" => Period { months: number, ..nothing },
        "uge" | "uger" | "ugers" | "week" | "weeks" => Period { days: number.checked_mul(7)?, ..nothing },
        "døgn" => Period { days: number, ..nothing },
        "dag" | "dage" | "dages" | "day" | "days" if !article => Period { days: number, ..nothing },
        "time" | "timer" | "timers" | "hour" | "hours" if !article => {
            Period { seconds: u64::from(number) * 3600, ..nothing }
        }
        _other => return None,
    };
    (period != nothing).then(|| period.in_days())
}

#[cfg(test)]
mod tests {
    use super::*;

    fn found(text: &str) -> String {
        periods_in(text).iter().map(ToString::to_string).collect::<Vec<_>>().join(" ")
    }

    #[test]
    fn periods_are_read_in_danish_and_in_english() {
        for (text, periods) in [
            ("slettes to år efter, at aftalen er holdt, eller et år efter", "P1Y P2Y"),
            ("erased two years after, or one year after", "P1Y P2Y"),
            ("senest inden for 30 dage", "P30D"),
            ("inden for fire uger", "P28D"),
            ("after 24 hours", "P1D"),
            ("et halvt år efter", "P6M"),
            ("half a year after, or six months", "P6M"),
            ("a 14-day limit", "P14D"),
            ("du vælger selv en dag", ""),
            ("børn under 15 år", ""),
            ("for under 6 måneder siden", "P6M"),
            ("who is 15 years old", ""),
            ("§ 14 og 6 nøgler", ""),
        ] {
            assert_eq!(found(text), periods, "{text}");
        }
    }

    #[test]
    fn a_year_is_twelve_months_however_it_is_written() {
        assert_eq!(Period::of("P12M".parse().unwrap()), Period::of(Duration::YEAR));
        assert_eq!(Period::of("PT48H".parse().unwrap()), Period::of("P2D".parse().unwrap()));
        assert_ne!(Period::of("P30D".parse().unwrap()), Period::of(Duration::MONTH));
    }
}
