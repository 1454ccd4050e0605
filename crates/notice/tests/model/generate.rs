//! Random rules, events, flags and dates: leap days, month ends, the nights of summer time, any order.

use std::collections::BTreeMap;

use jiff::{Span, Timestamp};
use notice::clock::{
    Arg, Cond, Duration, History, Mode, Need, Only, Pick, Plus, Quantity, Rule, Stage, Verb, When,
};
use proptest::collection::{btree_map, vec};
use proptest::option;
use proptest::prelude::*;
use proptest::sample::select;

fn event() -> impl Strategy<Value = String> {
    select(vec!["e0", "e1", "e2.sub-event", "e3"]).prop_map(str::to_owned)
}

fn flag() -> impl Strategy<Value = String> {
    select(vec!["f0", "f1", "f2"]).prop_map(str::to_owned)
}

fn quantity_name() -> impl Strategy<Value = String> {
    select(vec!["q0", "q1"]).prop_map(str::to_owned)
}

fn duration() -> impl Strategy<Value = Duration> {
    let texts = vec![
        "P1M", "P3M", "P6M", "P1Y", "P2Y", "P3Y", "P5Y", "P14D", "P30D", "P4W", "P1Y1M1D", "PT24H", "PT36H",
        "P1DT1H", "P0D", "P1M31D", "P100Y",
    ];
    select(texts).prop_map(|text| text.parse().unwrap())
}

fn plus() -> impl Strategy<Value = Plus> {
    prop_oneof![4 => duration().prop_map(Plus::Duration), 1 => quantity_name().prop_map(Plus::Quantity)]
}

fn when() -> impl Strategy<Value = When> {
    let pick = select(vec![Pick::Unsaid, Pick::First, Pick::Last]);
    let after =
        (pick, event(), option::of(plus())).prop_map(|(pick, event, plus)| When::After { pick, event, plus });
    let leaf = prop_oneof![9 => after, 1 => Just(When::Inherit("source".to_owned()))];
    leaf.prop_recursive(3, 8, 3, |inner| {
        let need = select(vec![Need::Must, Need::Opt]);
        let arg = (need, inner.clone()).prop_map(|(need, when)| Arg { need, when });
        prop_oneof![vec(inner, 1..4).prop_map(When::Earliest), vec(arg, 1..4).prop_map(When::Latest)]
    })
}

fn cond() -> impl Strategy<Value = Cond> {
    let leaf = prop_oneof![
        4 => flag().prop_map(Cond::Flag),
        1 => event().prop_map(Cond::Happened),
        1 => (event(), duration()).prop_map(|(event, duration)| Cond::Within(event, duration)),
        1 => (quantity_name(), duration()).prop_map(|(name, duration)| Cond::Longer(name, duration)),
    ];
    leaf.prop_recursive(2, 6, 3, |inner| {
        prop_oneof![
            inner.clone().prop_map(|cond| Cond::Not(Box::new(cond))),
            vec(inner.clone(), 2..4).prop_map(Cond::All),
            vec(inner, 2..4).prop_map(Cond::Any),
        ]
    })
}

fn plain_stage() -> impl Strategy<Value = Stage> {
    let target = option::weighted(0.2, Just("rigsarkivet".to_owned()));
    (select(Verb::ALL.to_vec()), target, select(Mode::ALL.to_vec()), when())
        .prop_map(|(verb, target, mode, when)| Stage { verb, target, mode, when, only: None, unless: None })
}

fn stage() -> impl Strategy<Value = Stage> {
    let innermost = (plain_stage(), option::weighted(0.3, cond()), option::weighted(0.3, cond()));
    let innermost = innermost.prop_map(|(stage, only, unless)| {
        let only = only.map(|cond| Only { cond, otherwise: None });
        Stage { only, unless, ..stage }
    });
    innermost.prop_recursive(3, 4, 1, |inner| {
        (plain_stage(), cond(), inner).prop_map(|(stage, cond, other)| Stage {
            only: Some(Only { cond, otherwise: Some(Box::new(other)) }),
            ..stage
        })
    })
}

pub(crate) fn rule() -> impl Strategy<Value = Rule> {
    vec(stage(), 1..4).prop_map(|stages| Rule { stages, review: Duration::YEAR })
}

/// Instants with a liking for the awkward ones, all between 2018 and 2032.
pub(crate) fn instant() -> impl Strategy<Value = Timestamp> {
    let awkward = [
        "2020-02-29T00:00Z",
        "2024-02-28T23:00Z",
        "2024-02-29T12:00Z",
        "2023-12-31T23:00Z",
        "2025-01-30T23:00Z",
        "2025-08-31T10:00Z",
        "2025-03-30T00:30Z",
        "2025-03-30T01:30Z",
        "2025-10-26T00:30Z",
        "2025-10-26T01:30Z",
        "2024-03-30T01:30Z",
        "2024-10-26T00:15Z",
        "2022-03-26T01:59Z",
        "2026-05-31T22:00Z",
    ];
    let awkward = awkward.map(|text| text.replace('Z', ":00Z").parse::<Timestamp>().unwrap());
    let any = (1_514_764_800_i64..1_956_528_000).prop_map(|second| Timestamp::from_second(second).unwrap());
    let minute = any.clone().prop_map(|at| Timestamp::from_second(at.as_second() / 1800 * 1800).unwrap());
    prop_oneof![2 => select(awkward.to_vec()), 2 => minute, 1 => any]
}

fn quantity() -> impl Strategy<Value = Quantity> {
    let known = select(vec!["P1M", "P5Y", "P31D", "PT48H", "P0D"]);
    prop_oneof![3 => known.prop_map(|text| Quantity::Known(text.parse::<Span>().unwrap())), 1 => Just(Quantity::Unknown)]
}

fn interval() -> impl Strategy<Value = (Timestamp, Option<Timestamp>)> {
    (instant(), option::of(instant()))
}

pub(crate) fn history() -> impl Strategy<Value = History> {
    let events = btree_map(event(), vec(instant(), 1..4), 0..4);
    let flags = btree_map(flag(), vec(interval(), 1..3), 0..3);
    let quantities = btree_map(quantity_name(), quantity(), 0..3);
    let source = option::weighted(0.5, instant());
    let done = btree_map(0usize..3, instant(), 0..2);
    (events, flags, quantities, source, done).prop_map(|(events, flags, quantities, source, done)| History {
        events,
        flags,
        quantities,
        sources: source.map(|at| BTreeMap::from([("source".to_owned(), at)])).unwrap_or_default(),
        done,
    })
}
