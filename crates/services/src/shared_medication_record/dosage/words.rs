//! A dosage in one sentence, in Danish and English.

use std::collections::BTreeMap;

use notice::Lang;
use rust_decimal::Decimal;

use super::{Dosage, Dose, DoseTime, Period, Quantity, Structure, When};

/// Units that prescribers use, in Danish singular and plural and in English.
const UNITS: [(&str, &str, &str, &str); 14] = [
    ("tablet", "tabletter", "tablet", "tablets"),
    ("kapsel", "kapsler", "capsule", "capsules"),
    ("dråbe", "dråber", "drop", "drops"),
    ("pust", "pust", "puff", "puffs"),
    ("sug", "sug", "inhalation", "inhalations"),
    ("enhed", "enheder", "unit", "units"),
    ("plaster", "plastre", "patch", "patches"),
    ("stikpille", "stikpiller", "suppository", "suppositories"),
    ("brev", "breve", "sachet", "sachets"),
    ("dosis", "doser", "dose", "doses"),
    ("sprøjte", "sprøjter", "syringe", "syringes"),
    ("påsmøring", "påsmøringer", "application", "applications"),
    ("ml", "ml", "ml", "ml"),
    ("g", "g", "g", "g"),
];

impl Dosage {
    /// The dosage in one sentence.
    #[must_use]
    pub fn words(&self, lang: Lang) -> String {
        match (self, lang) {
            (Self::FreeText { text }, _) => text.clone(),
            (Self::LocalScheme, Lang::Da) => "efter skema i lokalt system".into(),
            (Self::LocalScheme, Lang::En) => "according to a scheme in the local system".into(),
            (Self::Structured { unit, units, periods }, _) => {
                let unit = Unit { one: unit, many: units, lang };
                let one = periods.len() == 1;
                periods.iter().map(|period| period.words(&unit, one)).collect::<Vec<_>>().join(then(lang))
            }
        }
    }
}

/// The unit in which doses are counted, in a language.
struct Unit<'a> {
    one: &'a str,
    many: &'a str,
    lang: Lang,
}

impl Unit<'_> {
    fn of(&self, quantity: Decimal) -> String {
        let one = quantity <= Decimal::ONE;
        let written = if one { self.one } else { self.many };
        match self.lang {
            Lang::Da => written.to_owned(),
            Lang::En => UNITS
                .iter()
                .find(|(single, plural, ..)| *single == self.one || *plural == self.many)
                .map_or(written, |(.., single, plural)| if one { single } else { plural })
                .to_owned(),
        }
    }
}

impl Period {
    fn words(&self, unit: &Unit<'_>, alone: bool) -> String {
        let fixed = self.fixed.as_ref().map(|structure| structure.words(unit));
        let needed = self.as_needed.as_ref().map(|structure| match unit.lang {
            Lang::Da => format!("{} efter behov", structure.words(unit)),
            Lang::En => format!("{} as needed", structure.words(unit)),
        });
        let both: Vec<_> = [fixed, needed].into_iter().flatten().collect();
        let what = match (both.is_empty(), unit.lang) {
            (true, Lang::Da) => "ingenting".to_owned(),
            (true, Lang::En) => "nothing".to_owned(),
            (false, Lang::Da) => both.join(" og desuden "),
            (false, Lang::En) => both.join(" and in addition "),
        };
        match (self.days, unit.lang) {
            (Some(1), Lang::Da) => format!("{what} i 1 dag"),
            (Some(1), Lang::En) => format!("{what} for 1 day"),
            (Some(days), Lang::Da) => format!("{what} i {days} dage"),
            (Some(days), Lang::En) => format!("{what} for {days} days"),
            (None, Lang::Da) if !alone => format!("{what} fremover"),
            (None, Lang::En) if !alone => format!("{what} from then on"),
            (None, Lang::Da | Lang::En) => what,
        }
    }
}

impl Structure {
    fn words(&self, unit: &Unit<'_>) -> String {
        let mut words = match (self.every_days, unit.lang) {
            (1, _) => day(&self.doses, unit),
            (0, Lang::Da) => format!("{}, kun én gang", self.days(unit)),
            (0, Lang::En) => format!("{}, once only", self.days(unit)),
            (7, Lang::Da) => format!("{} hver uge", self.days(unit)),
            (7, Lang::En) => format!("{} every week", self.days(unit)),
            (2, Lang::Da) => format!("{} hver 2. dag", self.days(unit)),
            (2, Lang::En) => format!("{} every second day", self.days(unit)),
            (days, Lang::Da) => format!("{} hver {days}. dag", self.days(unit)),
            (days, Lang::En) => format!("{} every {days} days", self.days(unit)),
        };
        match (self.apart_hours, unit.lang) {
            (Some(hours), Lang::Da) => words.push_str(&format!(", med mindst {hours} timer imellem")),
            (Some(hours), Lang::En) => words.push_str(&format!(", at least {hours} hours apart")),
            (None, _) => {}
        }
        if let Some(instruction) = &self.instruction {
            words.push_str(&format!(" ({instruction})"));
        }
        words
    }

    /// Doses day by day; a single first day is not named.
    fn days(&self, unit: &Unit<'_>) -> String {
        let mut days: BTreeMap<u32, Vec<DoseTime>> = BTreeMap::new();
        for dose in &self.doses {
            days.entry(dose.day).or_default().push(dose.clone());
        }
        let single = days.len() == 1 && days.contains_key(&1);
        let named = days.iter().map(|(number, doses)| match (single, unit.lang) {
            (true, _) => day(doses, unit),
            (false, Lang::Da) => format!("dag {number}: {}", day(doses, unit)),
            (false, Lang::En) => format!("day {number}: {}", day(doses, unit)),
        });
        named.collect::<Vec<_>>().join("; ")
    }
}

/// The doses of one day; neighbours of the same size are said together.
fn day(doses: &[DoseTime], unit: &Unit<'_>) -> String {
    let mut groups: Vec<(&Dose, Vec<String>)> = Vec::new();
    for dose in doses {
        let when = dose.when.words(unit.lang);
        match groups.last_mut() {
            Some((same, times)) if **same == dose.dose => times.push(when),
            Some(_) | None => groups.push((&dose.dose, vec![when])),
        }
    }
    let said =
        groups.into_iter().map(|(dose, times)| format!("{} {}", dose.words(unit), list(&times, unit.lang)));
    said.collect::<Vec<_>>().join(", ")
}

impl Dose {
    fn words(&self, unit: &Unit<'_>) -> String {
        match self {
            Self::Exactly { quantity } => format!("{} {}", quantity.words(unit.lang), unit.of(quantity.0)),
            Self::Between { min, max } => {
                format!("{}-{} {}", min.words(unit.lang), max.words(unit.lang), unit.of(max.0))
            }
        }
    }
}

impl Quantity {
    /// The number as it is written in a language: `1,5` in Danish, `1.5` in English.
    #[must_use]
    pub fn words(&self, lang: Lang) -> String {
        let plain = self.0.normalize().to_string();
        match lang {
            Lang::Da => plain.replace('.', ","),
            Lang::En => plain,
        }
    }
}

impl When {
    fn words(&self, lang: Lang) -> String {
        match (self, lang) {
            (Self::Time { time }, Lang::Da) => format!("kl. {:02}.{:02}", time.hour(), time.minute()),
            (Self::Time { time }, Lang::En) => format!("at {:02}:{:02}", time.hour(), time.minute()),
            (Self::Morning, Lang::Da) => "morgen".into(),
            (Self::Morning, Lang::En) => "in the morning".into(),
            (Self::Noon, Lang::Da) => "middag".into(),
            (Self::Noon, Lang::En) => "at noon".into(),
            (Self::Evening, Lang::Da) => "aften".into(),
            (Self::Evening, Lang::En) => "in the evening".into(),
            (Self::Night, Lang::Da) => "før natten".into(),
            (Self::Night, Lang::En) => "before the night".into(),
            (Self::TimesPerDay { times: 1 }, Lang::Da) => "1 gang dagligt".into(),
            (Self::TimesPerDay { times: 1 }, Lang::En) => "once a day".into(),
            (Self::TimesPerDay { times: 2 }, Lang::En) => "twice a day".into(),
            (Self::TimesPerDay { times }, Lang::Da) => format!("{times} gange dagligt"),
            (Self::TimesPerDay { times }, Lang::En) => format!("{times} times a day"),
            (Self::Unlimited { times_max: None }, Lang::Da) => "så ofte det er nødvendigt".into(),
            (Self::Unlimited { times_max: None }, Lang::En) => "as often as necessary".into(),
            (Self::Unlimited { times_max: Some(1) }, Lang::Da) => "højst 1 gang dagligt".into(),
            (Self::Unlimited { times_max: Some(1) }, Lang::En) => "at most once a day".into(),
            (Self::Unlimited { times_max: Some(times) }, Lang::Da) => format!("højst {times} gange dagligt"),
            (Self::Unlimited { times_max: Some(times) }, Lang::En) => format!("at most {times} times a day"),
        }
    }
}

fn then(lang: Lang) -> &'static str {
    match lang {
        Lang::Da => ", derefter ",
        Lang::En => ", then ",
    }
}

/// `a`, `a og b`, `a, b og c`.
fn list(items: &[String], lang: Lang) -> String {
    let and = match lang {
        Lang::Da => " og ",
        Lang::En => " and ",
    };
    match items {
        [] => String::new(),
        [one] => one.clone(),
        [rest @ .., last] => format!("{}{and}{last}", rest.join(", ")),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn every_day(doses: Vec<DoseTime>) -> Dosage {
        let fixed = Structure { every_days: 1, doses, instruction: None, apart_hours: None };
        let period = Period { days: None, fixed: Some(fixed), as_needed: None };
        Dosage::Structured { unit: "tablet".into(), units: "tabletter".into(), periods: vec![period] }
    }

    fn dose(amount: &str, when: When) -> DoseTime {
        DoseTime { day: 1, when, dose: Dose::Exactly { quantity: Quantity(amount.parse().unwrap()) } }
    }

    fn check(dosage: &Dosage, da: &str, en: &str) {
        assert_eq!(dosage.words(Lang::Da), da);
        assert_eq!(dosage.words(Lang::En), en);
    }

    #[test]
    fn doses_of_one_size_are_said_together() {
        check(
            &every_day(vec![dose("1", When::Morning), dose("1", When::Evening)]),
            "1 tablet morgen og aften",
            "1 tablet in the morning and in the evening",
        );
    }

    #[test]
    fn doses_of_different_sizes_are_said_one_by_one_with_the_decimal_mark_of_the_language() {
        check(
            &every_day(vec![dose("1.50", When::Morning), dose("0.5", When::Night)]),
            "1,5 tabletter morgen, 0,5 tablet før natten",
            "1.5 tablets in the morning, 0.5 tablet before the night",
        );
    }

    #[test]
    fn a_range_as_needed_and_its_limit_are_said() {
        let dose = DoseTime {
            day: 1,
            when: When::Unlimited { times_max: Some(4) },
            dose: Dose::Between { min: Quantity(Decimal::ONE), max: Quantity(Decimal::TWO) },
        };
        let needed = Structure { every_days: 1, doses: vec![dose], instruction: None, apart_hours: Some(6) };
        let period = Period { days: Some(10), fixed: None, as_needed: Some(needed) };
        check(
            &Dosage::Structured { unit: "tablet".into(), units: "tabletter".into(), periods: vec![period] },
            "1-2 tabletter højst 4 gange dagligt, med mindst 6 timer imellem efter behov i 10 dage",
            "1-2 tablets at most 4 times a day, at least 6 hours apart as needed for 10 days",
        );
    }

    #[test]
    fn amounts_of_a_day_are_exact_decimals() {
        let dosage = every_day(vec![dose("0.1", When::TimesPerDay { times: 3 })]);
        assert_eq!(dosage.daily_max(), Some("0.3".parse().unwrap()));
        assert_eq!(dosage.daily_least(), Some("0.3".parse().unwrap()));
    }
}
