//! A draft as its page shows it: findings at their lines, the effect in one or both languages, records on file.

use std::collections::BTreeMap;

use jiff::civil::Date;
use notice::diff::{ClockMove, Diff, Example, Move, RuleMove, Turn};
use notice::{Lang, Severity};
use register::Dated;

use super::super::super::frame::Frame;
use super::super::super::promises;
use super::super::super::view::drafts::{
    Changed, ClockMoved, DraftPage, Effect, FindingView, Gravity, Moved, OnFileView, Progress, RuleMoved,
    Tells, Waits,
};
use super::super::super::view::{Bar, Bars};
use crate::drafts::{Draft, Finding, HELD_MINUTES, OnFile};
use crate::i18n::{self, Texts};

/// From so many months on a picture shows years.
const MONTHS_MAX: usize = 48;

pub(super) fn draft(frame: &Frame, draft: &Draft, langs: &[Lang]) -> DraftPage {
    let judged = &draft.judged;
    let effect =
        judged.effect.as_ref().map(|diff| langs.iter().map(|lang| effect(frame, diff, *lang)).collect());
    DraftPage {
        p: frame.shell(),
        id: draft.id.clone(),
        files: draft.files.iter().map(|file| file.path.clone()).collect(),
        findings: judged.findings.iter().map(|one| finding(one, frame.lang())).collect(),
        more: judged.more,
        errors: judged.errors,
        mended: judged.mended,
        effect: effect.unwrap_or_default(),
        on_file: on_file(frame, draft),
        minutes: usize::try_from(HELD_MINUTES).unwrap_or_default(),
    }
}

fn finding(one: &Finding, lang: Lang) -> FindingView {
    let near = one
        .near
        .iter()
        .map(|line| (line.number, line.text.clone(), if line.is_it { Tells::It } else { Tells::Beside }));
    FindingView {
        code: one.code.id,
        title: one.code.title.get(lang),
        gravity: match one.severity {
            Severity::Error => Gravity::Error,
            Severity::Warning | Severity::Note => Gravity::Warning,
        },
        why: one.code.why.get(lang),
        sentence: one.sentence.get(lang).to_owned(),
        help: one.help.get(lang).to_owned(),
        file: one.file.clone(),
        line: one.line,
        near: near.collect(),
    }
}

fn effect(frame: &Frame, diff: &Diff, lang: Lang) -> Effect {
    let heading = |turn| match turn {
        Turn::Wider => "draft-wider",
        Turn::Other => "draft-other",
        Turn::Narrower => "draft-narrower",
    };
    let rules = |all: &[RuleMove]| all.iter().map(|rule| rule_moved(frame, rule)).collect();
    Effect {
        lang,
        turns: Turn::ALL
            .into_iter()
            .map(|turn| (heading(turn), changed(diff, turn, lang)))
            .filter(|(_, changed)| !changed.is_empty())
            .collect(),
        clocks: diff.clocks.iter().map(|clock| clock_moved(frame, clock, lang)).collect(),
        lost: rules(&diff.lost),
        gained: rules(&diff.gained),
        inform: diff.inform.iter().map(|one| one.line(lang)).collect(),
        waits: if diff.shortens_a_clock() { Waits::SevenDays } else { Waits::Signatures },
    }
}

/// The sections that change in one way, each with all that changes in it.
fn changed(diff: &Diff, turn: Turn, lang: Lang) -> Vec<Changed> {
    let mut sections: Vec<(String, Changed)> = Vec::new();
    for effect in diff.of(turn) {
        let says = effect.says.get(lang).to_owned();
        match sections.last_mut().filter(|(id, _)| *id == effect.id) {
            Some((_, section)) => section.says.push(says),
            None => sections.push((
                effect.id.clone(),
                Changed {
                    title: effect.title.get(lang).to_owned(),
                    place: format!("{}, {}", effect.id, effect.file),
                    says: vec![says],
                },
            )),
        }
    }
    sections.into_iter().map(|(_, section)| section).collect()
}

fn clock_moved(frame: &Frame, clock: &ClockMove, lang: Lang) -> ClockMoved {
    let [old, new] = &clock.in_words;
    let day = |date: Option<Date>| match date {
        Some(date) => i18n::day(date, frame.today(), lang).words,
        None => Texts::of(lang).get("draft-never", &[]),
    };
    let example = |one: &Example| (one.happened.get(lang).to_owned(), day(one.old), day(one.new));
    ClockMoved {
        title: clock.title.get(lang).to_owned(),
        id: clock.id.clone(),
        moves: match clock.moves {
            Move::Sooner => "draft-sooner",
            Move::Both => "draft-both",
            Move::Unclear => "draft-unclear",
            Move::Later => "draft-later",
        },
        old: old.get(lang).to_owned(),
        new: new.get(lang).to_owned(),
        examples: clock.examples.iter().map(example).collect(),
    }
}

fn rule_moved(frame: &Frame, moved: &RuleMove) -> RuleMoved {
    RuleMoved {
        rule: moved.rule.clone(),
        words: promises::words(&moved.rule).unwrap_or_default().to_owned(),
        tests: frame.app.proofs().of(&moved.rule).len(),
    }
}

fn on_file(frame: &Frame, draft: &Draft) -> OnFileView {
    match draft.on_file() {
        OnFile::NoneMoves => OnFileView::NoneMoves,
        OnFile::Counting { done, all } => OnFileView::Counting(Progress { done, all }),
        OnFile::Counted(dated) => OnFileView::Counted(moved(frame, &dated)),
        OnFile::Failed => OnFileView::Failed,
    }
}

fn moved(frame: &Frame, dated: &[Dated]) -> Moved {
    let lang = frame.lang();
    let policy = frame.app.policy();
    let title = |name: &str| {
        let register = policy.register_id(name).and_then(|id| policy.register(id));
        register.map_or_else(|| name.to_owned(), |register| frame.say(&register.said.title))
    };
    let month = |month: Option<&str>| match month.and_then(first_of) {
        Some(date) => i18n::month_of(date, lang),
        None => frame.t("draft-undated"),
    };
    let moving = || dated.iter().filter(|one| one.sooner + one.later > 0);
    let this = frame.today().first_of_month();
    let is_past = |one: &&Dated| one.month.as_deref().and_then(first_of).is_some_and(|first| first < this);
    // What would have been due before this month goes at once: one row a register, before the months to come.
    let mut at_once: BTreeMap<&str, (u64, u64)> = BTreeMap::new();
    for one in moving().filter(is_past) {
        let (sooner, later) = at_once.entry(&one.register).or_default();
        *sooner += one.sooner;
        *later += one.later;
    }
    let past = at_once
        .into_iter()
        .map(|(register, (sooner, later))| (title(register), frame.t("draft-at-once"), sooner, later));
    let coming = moving()
        .filter(|one| !is_past(one))
        .map(|one| (title(&one.register), month(one.month.as_deref()), one.sooner, one.later));
    Moved {
        picture: picture(frame, &moving().collect::<Vec<_>>()),
        rows: past.chain(coming).collect(),
        sooner: dated.iter().map(|one| one.sooner).sum(),
        later: dated.iter().map(|one| one.later).sum(),
        same: dated.iter().map(|one| one.same).sum(),
    }
}

fn first_of(month: &str) -> Option<Date> {
    let (year, month) = month.split_once('-')?;
    Date::new(year.parse().ok()?, month.parse().ok()?, 1).ok()
}

/// What moves, by the month of its new date; by year where the months are too many to tell apart.
fn picture(frame: &Frame, moving: &[&Dated]) -> Bars {
    let mut months: BTreeMap<Date, [u64; 2]> = BTreeMap::new();
    for one in moving {
        let Some(date) = one.month.as_deref().and_then(first_of) else { continue };
        let [sooner, later] = months.entry(date).or_default();
        *sooner += one.sooner;
        *later += one.later;
    }
    let by_year = months.len() > MONTHS_MAX;
    let mut bars: BTreeMap<Date, [u64; 2]> = BTreeMap::new();
    for (date, [sooner, later]) in months {
        let at = if by_year { Date::new(date.year(), 1, 1).unwrap_or(date) } else { date };
        let sum = bars.entry(at).or_default();
        *sum = [sum[0] + sooner, sum[1] + later];
    }
    let bar = |(date, parts): (Date, [u64; 2])| Bar {
        label: if by_year {
            date.year().to_string()
        } else {
            format!("{}/{}", date.month(), date.year().rem_euclid(100))
        },
        name: if by_year { date.year().to_string() } else { i18n::month_of(date, frame.lang()) },
        parts: parts.to_vec(),
    };
    Bars {
        series: vec!["draft-on-file-sooner", "draft-on-file-later"],
        bars: bars.into_iter().map(bar).collect(),
    }
}
