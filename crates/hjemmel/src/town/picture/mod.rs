//! The town as a picture: who was warned in time and what became of the chains first, then what the servers held and what was
//! seen of it from outside. All of it also stands in words, for those who do not see it.

mod counted;
mod held;
mod lines;
mod outcome;
mod paper;
mod words;

use notice::Lang;

use super::MADE_BY;
use super::tally::Rate;
use paper::{EDGE, Paper, Side};
use words::number;

/// What stands above the picture.
#[derive(Clone, Copy, Debug)]
pub(super) struct Head {
    pub(super) people: usize,
    pub(super) days: u32,
    pub(super) seed: u64,
}

/// The picture, a whole file.
pub(super) fn svg(head: Head, rates: &[Rate], lang: Lang) -> String {
    let mut paper = Paper::blank();
    paper.down += 18.0;
    paper.text(EDGE, paper.down, "t", Side::Right, words::TITLE.of(lang));
    let about = words::HEAD
        .with(lang, &[&written(head.people, lang), &written(days(head), lang), &head.seed.to_string()]);
    paper.lines("s", &about);
    paper.down += 4.0;
    let takeaway = takeaway(rates, lang);
    paper.lines("n", &takeaway);
    outcome::warned(&mut paper, rates, lang);
    outcome::chains(&mut paper, rates, lang);
    outcome::infected(&mut paper, rates, lang);
    if let Some(most) = rates.iter().filter(|rate| rate.adoption > 0).max_by_key(|rate| rate.adoption) {
        held::draw(&mut paper, most, lang);
        held::decoys(&mut paper, most, lang);
        counted::draw(&mut paper, most, lang);
    }
    let said = format!("{about}. {takeaway} {}", outcome::in_words(rates, lang));
    paper.file(MADE_BY, lang.tag(), words::TITLE.of(lang), &said)
}

/// What a stranger should take away, in two sentences.
fn takeaway(rates: &[Rate], lang: Lang) -> String {
    let without = rates.iter().find(|rate| rate.adoption == 0);
    let with = rates.iter().filter(|rate| rate.adoption > 0).max_by_key(|rate| rate.adoption);
    let mut said = Vec::new();
    if let Some(with) = with {
        let outcome = &with.outcome;
        let warned = outcome.warned_in_time + outcome.warned_late;
        let gaps = [
            with.adoption.to_string(),
            written(warned, lang),
            written(warned + outcome.not_warned, lang),
            written(outcome.warned_in_time, lang),
        ];
        said.push(words::TAKEAWAY.with(lang, &gaps.each_ref().map(String::as_str)));
    }
    if let (Some(without), Some(with)) = (without, with) {
        let gaps = [without, with].map(|rate| written(ever_infected(rate), lang));
        said.push(words::SPARED.with(lang, &gaps.each_ref().map(String::as_str)));
    }
    said.join(" ")
}

fn ever_infected(rate: &Rate) -> usize {
    rate.outcome.infected.last().copied().unwrap_or(0)
}

/// What a town is called in the picture.
fn name(rate: &Rate, lang: Lang) -> String {
    match rate.adoption {
        0 => words::NO_APP.of(lang).to_owned(),
        adoption => words::APP.with(lang, &[&adoption.to_string()]),
    }
}

fn days(head: Head) -> usize {
    usize::try_from(head.days).unwrap_or(usize::MAX)
}

fn written(many: usize, lang: Lang) -> String {
    number(i64::try_from(many).unwrap_or(i64::MAX), lang)
}

#[expect(clippy::cast_precision_loss, reason = "a place in a drawing")]
const fn place(number: u64) -> f64 {
    number as f64
}

#[cfg(test)]
mod tests {
    use super::super::tally::{Asked, Counted, CountedDay, Held, Outcome, Told};
    use super::*;

    fn rate(adoption: u8) -> Rate {
        let mut held = Held::default();
        held.records.insert("backend-keys (keys)".to_owned(), 19_342);
        held.records.insert("ssi-infected (verification)".to_owned(), 35);
        held.records.insert("statistics-report (leader)".to_owned(), 5_975);
        let mut asked = Asked::default();
        asked.real.uploads.add(8_300);
        asked.decoys.uploads.add(9_100);
        let truly = Told { phones: 120, warned: 3, warned_others: 1 };
        let said = Some(Told { phones: 118, warned: -1, warned_others: 2 });
        let days = (0..9).map(|day| CountedDay { day, said, truly }).collect();
        let outcome = Outcome {
            infected: (0..9).map(|day| 4 + day).collect(),
            warned_in_time: 2,
            warned_late: 1,
            not_warned: 6,
            chains: 5,
            chains_ended: 3,
            held: vec![Held::default(), held],
            asked,
            ..Outcome::default()
        };
        let counted = (adoption > 0).then_some(Counted { days, not_taken: 0, held_back: 0 });
        Rate { adoption, outcome, counted }
    }

    fn drawn(lang: Lang) -> String {
        let head = Head { people: 2_000, days: 9, seed: 1 };
        svg(head, &[rate(0), rate(20), rate(40), rate(60)], lang)
    }

    #[test]
    fn a_stranger_reads_in_both_languages_what_came_of_the_town() {
        let english = drawn(Lang::En);
        for said in [
            "With the app at 60 %, 3 of 9 infected people were warned by it, 2 of them",
            "3 of 5 ended",
            "2,000 people",
            "19,342",
            "positive tests on the list",
            "dots were published",
            "8,300",
        ] {
            assert!(english.contains(said), "{said}: {english}");
        }
        let danish = drawn(Lang::Da);
        for said in
            ["Med appen hos 60 % blev 3 af 9 smittede advaret", "3 af 5 endte", "19.342", "lang=\"da\""]
        {
            assert!(danish.contains(said), "{said}: {danish}");
        }
        assert!(!danish.contains(" of ") && !english.contains('ø'));
    }

    #[test]
    fn nothing_is_drawn_beside_the_sheet_and_no_text_on_another() {
        let drawn = drawn(Lang::Da);
        let mut placed: Vec<(f64, f64, f64)> = Vec::new();
        for text in drawn.split("<text ").skip(1) {
            let read = |name: &str| -> f64 {
                let from = text.split_once(&format!("{name}=\"")).unwrap().1;
                from.split_once('"').unwrap().0.parse().unwrap()
            };
            let said = text.split_once('>').unwrap().1.split_once('<').unwrap().0;
            let letter = match () {
                () if text.contains("class=\"t\"") => 12.8,
                () if text.contains("class=\"h\"") => 9.5,
                () if text.contains("class=\"s\"") => 6.2,
                () if text.contains("class=\"n\"") => 7.7,
                () => 6.8,
            };
            let wide = said.chars().count() as f64 * letter;
            let left = match () {
                () if text.contains("anchor=\"end\"") => read("x") - wide,
                () if text.contains("anchor=\"middle\"") => read("x") - wide / 2.0,
                () => read("x"),
            };
            assert!(left >= 0.0 && left + wide <= paper::WIDTH + 1.0, "{said}: {left} to {}", left + wide);
            let foot = read("y");
            let lies_on = placed.iter().find(|(other, from, to)| {
                (foot - other).abs() < 9.0 && left < *to - 1.0 && left + wide > *from + 1.0
            });
            assert!(lies_on.is_none(), "{said} lies on another: {lies_on:?}");
            placed.push((foot, left, left + wide));
        }
        assert!(placed.len() > 30);
    }
}
