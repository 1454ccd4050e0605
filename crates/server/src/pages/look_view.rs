//! Lines of the log as a page shows them, and the picture of looks by day.

use jiff::ToSpan as _;
use jiff::civil::Date;
use notice::Lang;
use services::my_log::{self, LogLine};

use super::frame::Frame;
use super::view::citizen::{Day, Look, LookKind};
use super::view::{Bar, Bars};
use crate::i18n;

/// How many days the picture covers.
const DAYS: usize = 30;
/// More of one's own looks than this on one day stand between the looks of others, and are folded away.
const OWN_SHOWN: usize = 2;

fn kind(kind: my_log::LookKind) -> LookKind {
    match kind {
        my_log::LookKind::Own => LookKind::Own,
        my_log::LookKind::Treatment => LookKind::Treatment,
        my_log::LookKind::Emergency => LookKind::Emergency,
        my_log::LookKind::Pharmacy => LookKind::Pharmacy,
        my_log::LookKind::Administration => LookKind::Administration,
        my_log::LookKind::Refused => LookKind::Refused,
    }
}

/// A line.
pub(super) fn look(frame: &Frame, line: &LogLine) -> Look {
    Look {
        at: line.at,
        kind: kind(line.kind),
        who: line.who.clone(),
        role: frame.say(&line.role),
        place: line.place.clone(),
        on_behalf_of: line.on_behalf_of.clone(),
        what: frame.say(&line.what),
        ground: frame.say(&line.ground),
        reason: line.reason.clone(),
        clause: line.clause.clone(),
        records: usize::try_from(line.records).unwrap_or(usize::MAX),
        times: usize::try_from(line.times).unwrap_or(usize::MAX),
        due_at: line.due_at,
        kept: line.kept.as_ref().map(|kept| kept.words(frame.lang())),
    }
}

/// The days with the lines of one kind, or of all.
pub(super) fn days(frame: &Frame, log: &my_log::Log, only: Option<LookKind>) -> Vec<Day> {
    let day = |day: &my_log::Day| {
        let looks = day.lines.iter().map(|line| look(frame, line));
        let asked = looks.filter(|look| only.is_none_or(|only| look.kind == only)).collect();
        let (looks, folded) = if only.is_none() { fold(asked) } else { (asked, Vec::new()) };
        Day { date: day.date, looks, folded }
    };
    log.days.iter().map(day).filter(|day| !(day.looks.is_empty() && day.folded.is_empty())).collect()
}

/// The looks of others, and apart from them one's own where there are many.
fn fold(looks: Vec<Look>) -> (Vec<Look>, Vec<Look>) {
    let is_own = |look: &Look| look.kind == LookKind::Own;
    if looks.iter().filter(|look| is_own(look)).count() <= OWN_SHOWN {
        return (looks, Vec::new());
    }
    looks.into_iter().partition(|look| !is_own(look))
}

/// Looks by day over the last thirty days; one's own are left out.
pub(super) fn picture(log: &my_log::Log, today: Date, lang: Lang) -> Bars {
    let bar = |back: usize| {
        let date =
            i64::try_from(back).ok().and_then(|back| today.checked_sub(back.days()).ok()).unwrap_or(today);
        let kinds = log
            .days
            .iter()
            .filter(|day| day.date == date)
            .flat_map(|day| &day.lines)
            .map(|line| kind(line.kind));
        let kinds: Vec<LookKind> = kinds.collect();
        let count = |wanted: &[LookKind]| {
            u64::try_from(kinds.iter().filter(|kind| wanted.contains(kind)).count()).unwrap_or(u64::MAX)
        };
        Bar {
            label: format!("{}/{}", date.day(), date.month()),
            name: i18n::day(date, today, lang).words,
            parts: vec![
                count(&[LookKind::Treatment, LookKind::Pharmacy]),
                count(&[LookKind::Administration]),
                count(&[LookKind::Emergency]),
                count(&[LookKind::Refused]),
            ],
        }
    };
    Bars {
        series: vec!["look-treatment", "look-administration", "look-emergency", "look-refused"],
        bars: (0..DAYS).rev().map(bar).collect(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn look(kind: LookKind, minute: i64) -> Look {
        Look {
            at: jiff::Timestamp::from_second(60 * minute).unwrap(),
            kind,
            who: String::new(),
            role: String::new(),
            place: None,
            on_behalf_of: None,
            what: String::new(),
            ground: String::new(),
            reason: None,
            clause: None,
            records: 1,
            times: 1,
            due_at: None,
            kept: None,
        }
    }

    fn kinds(looks: &[Look]) -> Vec<LookKind> {
        looks.iter().map(|look| look.kind).collect()
    }

    #[test]
    fn many_own_looks_do_not_hide_those_of_others_and_none_is_left_out() {
        use LookKind::{Emergency, Own, Treatment};
        let day = |kinds: &[LookKind]| (0..).zip(kinds).map(|(minute, kind)| look(*kind, minute)).collect();
        let (looks, folded) = fold(day(&[Own, Treatment, Own, Emergency, Own]));
        assert_eq!(kinds(&looks), [Treatment, Emergency]);
        assert_eq!(kinds(&folded), [Own; 3]);
        let (looks, folded) = fold(day(&[Own, Treatment, Own]));
        assert_eq!(kinds(&looks), [Own, Treatment, Own], "a few stand where they were");
        assert!(folded.is_empty());
    }
}
