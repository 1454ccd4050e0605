//! Rules of retention that changed, tried on sample histories: what ends sooner, what later.

use std::cmp::Ordering;
use std::collections::{BTreeMap, BTreeSet};

use jiff::civil::Date;
use jiff::tz::TimeZone;
use jiff::{Span, Timestamp};
use serde_json::{Value, json};

use super::Sides;
use super::words::{each, event, say};
use crate::clock::{History, Mode, Quantity, Rule, SOURCE_ERASED, StageStatus, Status, Verb};
use crate::policy::{Clock, Policy};
use crate::render::clock_words;
use crate::text::{Bilingual, Lang};

/// How a changed rule moves the end of data.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Move {
    /// Never later, and sooner in some history.
    Sooner,
    /// Sooner in some history and later in another.
    Both,
    /// The rule is another, and no sample tells how.
    Unclear,
    /// Never sooner, and later in some history.
    Later,
}

impl Move {
    /// The word for programs.
    #[must_use]
    pub const fn word(self) -> &'static str {
        match self {
            Self::Sooner => "sooner",
            Self::Both => "both",
            Self::Unclear => "unclear",
            Self::Later => "later",
        }
    }
}

/// A history and what the two rules make of it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Example {
    /// What has happened, in words.
    pub happened: Bilingual,
    /// When the data ends by itself under the old rule; nothing: it does not.
    pub old: Option<Date>,
    /// The same under the new rule.
    pub new: Option<Date>,
    /// How the end moves.
    pub order: Ordering,
}

/// A rule that changed.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ClockMove {
    /// Its id, by the new notices.
    pub id: String,
    /// Its title.
    pub title: Bilingual,
    /// The registers that go by it.
    pub registers: Vec<String>,
    /// The rule before, as written in short.
    pub old: String,
    /// The rule after.
    pub new: String,
    /// The rule before and after in words.
    pub in_words: [Bilingual; 2],
    /// How it moves the end of data.
    pub moves: Move,
    /// Histories that show it.
    pub examples: Vec<Example>,
}

impl ClockMove {
    pub(super) fn json(&self, lang: Lang) -> Value {
        let day = |date: Option<Date>| date.map(|date| date.to_string());
        let examples: Vec<_> = self
            .examples
            .iter()
            .map(|it| json!({ "happened": it.happened.get(lang), "old": day(it.old), "new": day(it.new) }))
            .collect();
        json!({
            "id": self.id,
            "title": self.title.get(lang),
            "registers": self.registers,
            "old": self.old,
            "new": self.new,
            "moves": self.moves.word(),
            "examples": examples,
        })
    }
}

/// Most examples that are shown of one rule.
const EXAMPLES_MAX: usize = 3;
/// Most events, flags or quantities that are tried one by one.
const NAMES_MAX: usize = 24;

pub(super) fn compare(sides: Sides<'_>, zone: &TimeZone) -> Vec<ClockMove> {
    let mut moves: Vec<_> = pairs(sides)
        .into_iter()
        .filter_map(|((old, new), registers)| {
            let (before, now) = (sides.old.clock(&old)?, sides.new.clock(&new)?);
            one(sides, [before, now], registers, zone)
        })
        .collect();
    moves.sort_by(|a, b| (a.moves, &a.id).cmp(&(b.moves, &b.id)));
    moves
}

/// Rules that take each other's place, with the registers for which they do.
fn pairs(sides: Sides<'_>) -> BTreeMap<(String, String), Vec<String>> {
    let Sides { old, new } = sides;
    let mut pairs: BTreeMap<(String, String), Vec<String>> = BTreeMap::new();
    for (id, register) in new.register_ids() {
        let before = old.register_id(&register.said.id).and_then(|id| old.clock_of(id));
        if let (Some(before), Some(now)) = (before, new.clock_of(id)) {
            let key = (before.said.id.clone(), now.said.id.clone());
            pairs.entry(key).or_default().push(register.said.id.clone());
        }
    }
    // Rules of a section of their own, which no register in the notices goes by.
    for clock in &new.clocks {
        if old.clock(&clock.said.id).is_some() {
            pairs.entry((clock.said.id.clone(), clock.said.id.clone())).or_default();
        }
    }
    pairs
}

fn one(sides: Sides<'_>, clocks: [&Clock; 2], registers: Vec<String>, zone: &TimeZone) -> Option<ClockMove> {
    let [before, now] = clocks;
    let same = before.rule.stages == now.rule.stages && before.after == now.after;
    let flags = flag_ends(sides, &now.rule);
    if same && flags.is_none() {
        return None;
    }
    let mut examples = examples(sides, [&before.rule, &now.rule], zone);
    let sooner = examples.iter().any(|it| it.order == Ordering::Less) || flags == Some(Ordering::Less);
    let later = examples.iter().any(|it| it.order == Ordering::Greater) || flags == Some(Ordering::Greater);
    let moves = match (sooner, later) {
        (true, true) => Move::Both,
        (true, false) => Move::Sooner,
        (false, true) => Move::Later,
        (false, false) => Move::Unclear,
    };
    examples.retain(|it| it.order != Ordering::Equal);
    examples.sort_by_key(|it| it.order);
    let latest = examples.iter().rposition(|it| it.order == Ordering::Greater);
    if let Some(last) = latest.filter(|last| *last >= EXAMPLES_MAX) {
        // Where it moves both ways, both are shown.
        examples.swap(last, EXAMPLES_MAX - 1);
    }
    examples.truncate(EXAMPLES_MAX);
    Some(ClockMove {
        id: now.said.id.clone(),
        title: now.said.title.clone(),
        registers,
        old: before.rule.to_string(),
        new: now.rule.to_string(),
        in_words: [
            each(|lang| clock_words(sides.old, &before.rule, lang)),
            each(|lang| clock_words(sides.new, &now.rule, lang)),
        ],
        moves,
        examples,
    })
}

/// A named decision that holds a stage and may now stand for a shorter or longer time.
fn flag_ends(sides: Sides<'_>, rule: &Rule) -> Option<Ordering> {
    let days = |policy: &Policy, name: &String| {
        policy.flag(name).map(|flag| flag.ends.map_or(u64::MAX, crate::clock::Duration::days_at_most))
    };
    let names = rule.names();
    let moved = names.flags.iter().filter_map(|name| {
        let (old, new) = (days(sides.old, name)?, days(sides.new, name)?);
        (old != new).then(|| new.cmp(&old))
    });
    moved.min()
}

/// A history to try, with its words.
struct Sample {
    history: History,
    happened: Bilingual,
    now: Timestamp,
}

fn examples(sides: Sides<'_>, rules: [&Rule; 2], zone: &TimeZone) -> Vec<Example> {
    let [old, new] = rules;
    let mut found: Vec<Example> = Vec::new();
    for sample in samples(sides, rules, zone) {
        let ends = |rule: &Rule| ends(rule, &sample.history, sample.now, zone);
        let (before, now) = (ends(old), ends(new));
        let day = |at: Option<End>| at.map(|end| end.at.to_zoned(zone.clone()).date());
        let example = Example {
            happened: sample.happened.clone(),
            old: day(before.gone.or(before.closed)),
            new: day(now.gone.or(now.closed)),
            order: moved(before.gone, now.gone).then_with(|| moved(before.closed, now.closed)),
        };
        // A move in either of the two counts, sooner first.
        let order = moved(before.gone, now.gone).min(moved(before.closed, now.closed));
        let order = if order == Ordering::Less { order } else { example.order };
        if !found.iter().any(|it| it.happened == example.happened && it.order == order) {
            found.push(Example { order, ..example });
        }
    }
    found
}

/// When something ends by itself, and how the date binds.
#[derive(Clone, Copy, PartialEq, Eq)]
struct End {
    at: Timestamp,
    mode: Mode,
}

/// The ends of one history.
struct Ends {
    /// The data is gone from its register.
    gone: Option<End>,
    /// Ordinary uses see it no longer.
    closed: Option<End>,
}

fn ends(rule: &Rule, history: &History, now: Timestamp, zone: &TimeZone) -> Ends {
    let statuses = rule.statuses(history, now, zone);
    let first = |is: &dyn Fn(Verb) -> bool| statuses.iter().filter(|it| is(it.verb)).find_map(end);
    Ends { gone: first(&Verb::ends), closed: first(&|verb| verb.ends() || verb == Verb::Block) }
}

/// The date of a stage that will come by itself.
fn end(stage: &StageStatus) -> Option<End> {
    match stage.status {
        Status::Pending(at) | Status::Due(at) => Some(End { at, mode: stage.mode }),
        Status::Waiting { .. } | Status::Held { .. } | Status::Done(_) | Status::NotApplicable => None,
    }
}

/// `Less` when the new end comes sooner; no end comes last.
fn moved(old: Option<End>, new: Option<End>) -> Ordering {
    // Of the same date, one that needs a decision comes later than one that does not, and a ceiling may be undercut.
    let rank = |mode| match mode {
        Mode::By => 0,
        Mode::At => 1,
        Mode::From => 2,
    };
    match (old, new) {
        (None, None) => Ordering::Equal,
        (None, Some(_)) => Ordering::Less,
        (Some(_), None) => Ordering::Greater,
        (Some(old), Some(new)) => (new.at, rank(new.mode)).cmp(&(old.at, rank(old.mode))),
    }
}

/// Nothing has happened; each event alone; all of them, on one day and years apart; then each decision and quantity.
fn samples(sides: Sides<'_>, rules: [&Rule; 2], zone: &TimeZone) -> Vec<Sample> {
    let all = rules.map(Rule::names);
    let union = |pick: &dyn Fn(&crate::clock::Names) -> BTreeSet<String>| -> Vec<String> {
        let names: BTreeSet<String> = all.iter().flat_map(pick).collect();
        names.into_iter().take(NAMES_MAX).collect()
    };
    let events: Vec<String> =
        union(&|names| names.events.clone()).into_iter().filter(|it| it != SOURCE_ERASED).collect();
    let (flags, quantities) = (union(&|names| names.flags.clone()), union(&|names| names.quantities.clone()));
    let sources = union(&|names| names.sources.clone());
    let Ok(base) = jiff::civil::date(2026, 3, 1).to_zoned(zone.clone()) else { return Vec::new() };
    let year = |years: usize| {
        let span = Span::new().years(i64::try_from(years).unwrap_or(0));
        base.checked_add(span).map_or(base.timestamp(), |at| at.timestamp())
    };
    let history = |at: &dyn Fn(usize) -> usize, some: &[String]| History {
        events: some.iter().enumerate().map(|(place, name)| (name.clone(), vec![year(at(place))])).collect(),
        sources: sources.iter().map(|name| (name.clone(), year(1))).collect(),
        ..History::default()
    };
    let count = events.len();
    let on_one_day = |some: &[String]| history(&|_| 0, some);
    let mut tried = vec![(on_one_day(&[]), told(sides, &[], [("intet er sket", "nothing has happened"); 1]))];
    for name in &events {
        let one = std::slice::from_ref(name);
        tried.push((on_one_day(one), told(sides, one, [("", "")])));
    }
    tried.push((on_one_day(&events), told(sides, &events, [("", "")])));
    if count > 1 {
        let apart = [("i den rækkefølge, et år imellem", "in this order, a year between them")];
        tried.push((history(&|place| place, &events), told(sides, &events, apart)));
        let back = [("i omvendt rækkefølge, et år imellem", "in the reverse order, a year between them")];
        tried.push((history(&|place| count - 1 - place, &events), told(sides, &events, back)));
    }
    for flag in &flags {
        let mut with = on_one_day(&events);
        with.flags.insert(flag.clone(), vec![(base.timestamp(), None)]);
        let words = told(sides, &events, [("", "")]);
        tried.push((with, and(&words, &format!("«{flag}» er besluttet"), &format!("«{flag}» is decided"))));
    }
    for name in &quantities {
        let known = [1, 10].map(|years| (Quantity::Known(Span::new().years(years)), format!("P{years}Y")));
        for (quantity, length) in known.into_iter().chain([(Quantity::Unknown, "?".to_owned())]) {
            let mut with = on_one_day(&events);
            with.quantities.insert(name.clone(), quantity);
            let words = told(sides, &events, [("", "")]);
            tried.push((with, and(&words, &format!("{name} = {length}"), &format!("{name} = {length}"))));
        }
    }
    let mut samples = Vec::new();
    for (history, happened) in tried {
        // Asked the day after, and a lifetime after: some conditions look back from the day of asking.
        for now in [year(0), year(120)] {
            samples.push(Sample { history: history.clone(), happened: happened.clone(), now });
        }
    }
    samples
}

fn and(words: &Bilingual, da: &str, en: &str) -> Bilingual {
    Bilingual { da: format!("{}; {da}", words.da), en: format!("{}; {en}", words.en) }
}

/// `the member has left (2026-03-01)`.
fn told(sides: Sides<'_>, events: &[String], note: [(&str, &str); 1]) -> Bilingual {
    let words = |lang: Lang| {
        let [(da, en)] = note;
        let note = say(lang, da, en);
        let titles: Vec<_> = events
            .iter()
            .map(|name| {
                let policy = if sides.new.event(name).is_some() { sides.new } else { sides.old };
                event(policy, name, lang)
            })
            .collect();
        match (titles.is_empty(), note.is_empty()) {
            (true, _) => note.to_owned(),
            (false, true) => format!("{} ({})", titles.join(", "), "2026-03-01"),
            (false, false) => format!("{} (2026-03-01, {note})", titles.join(", ")),
        }
    };
    Bilingual { da: words(Lang::Da), en: words(Lang::En) }
}
