//! Is what we say true, and is it well? The officer and the operator.

use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;

use axum::extract::Path;
use axum::response::Response;
use jiff::ToSpan as _;
use jiff::civil::Date;
use notice::clock::Verb;
use notice::policy::{NoticeId, RegisterId, Said, Use};
use notice::render::{clock_words, condition_words};
use notice::{Lang, Policy};
use register::Unavailable;

use super::super::frame::{Frame, day, page};
use super::super::view::officer::{
    self as officer, Check, Due, DueRow, Health, Late, NoticePage, NoticeRow, Notices, Officer, Operator,
    Promises, Receipt,
};
use super::super::view::prints::Laid;
use super::super::view::{Bar, Bars, Cell, Matrix, Row};
use super::super::{notice_view, promises};
use super::prints;
use crate::i18n;
use crate::problem::{Code, Problem};
use crate::security_log::{Alarm, Happened};
use crate::session::Persona;
use crate::warnings::Warning;

/// How many receipts are shown.
const RECEIPTS: usize = 50;
/// How many alarms are shown.
const ODD: usize = 50;
/// Weeks of the picture.
const WEEKS: i64 = 52;

/// Asks the register for what holds no personal data.
pub(super) async fn ask<T: Send + 'static>(
    frame: &Frame,
    question: impl FnOnce(&register::Register) -> Result<T, Unavailable> + Send + 'static,
) -> Result<T, Problem> {
    let app = frame.app.clone();
    let answer =
        tokio::task::spawn_blocking(move || question(app.register())).await.map_err(|_| Code::Internal)?;
    Ok(answer?)
}

fn title(frame: &Frame, register: RegisterId) -> String {
    let found = frame.app.policy().register(register);
    found.map(|register| frame.say(&register.said.title)).unwrap_or_default()
}

/// Key of what the sweep did.
pub(super) fn done(verb: Verb) -> &'static str {
    match verb {
        Verb::Block | Verb::Review => "done-blocked",
        Verb::Archive | Verb::Move => "done-archived",
        Verb::Erase | Verb::Anonymise | Verb::Destroy => "done-erased",
    }
}

pub(super) fn add(today: Date, days: i64) -> Date {
    today.checked_add(days.days()).unwrap_or(today)
}

pub(in crate::pages) async fn front(frame: Frame) -> Result<Response, Problem> {
    frame.only(&[Persona::Officer])?;
    let today = frame.today();
    let warned = warnings(&frame).await?;
    let answer = ask(&frame, move |register| {
        Ok((register.late()?, register.receipts(RECEIPTS)?, register.plan(today, add(today, 7))?))
    });
    let (late, receipts, plan) = answer.await?;
    let late = late.into_iter().filter(|(_, records)| *records > 0).map(|(register, records)| Late {
        register: title(&frame, register),
        records,
        since: None,
        why: frame.t("officer-waits-brake"),
    });
    let receipt = |one: register::sweep::Receipt| Receipt {
        number: one.number,
        at: one.at,
        register: title(&frame, one.register),
        done: done(one.verb),
        due_at: one.due_at,
        records: one.records,
    };
    let (all, stated, tested) = promises::count(&promises::groups(frame.app.policy(), frame.lang()));
    page(&Officer {
        p: frame.shell(),
        all,
        stated,
        tested,
        late: late.collect(),
        next_week: plan.values().flat_map(BTreeMap::values).sum(),
        warnings: u64::try_from(warned.len()).unwrap_or_default(),
        odd: frame.app.alarms().into_iter().take(ODD).map(alarm).collect(),
        receipts: receipts.into_iter().map(receipt).collect(),
        unstated: u64::try_from(silent(frame.app.policy()).count()).unwrap_or_default(),
    })
}

pub(in crate::pages) async fn due(frame: Frame) -> Result<Response, Problem> {
    frame.only(&[Persona::Officer])?;
    let today = frame.today();
    let plan = ask(&frame, move |register| register.plan(today, add(today, WEEKS * 7))).await?;
    let mut weeks = vec![0_u64; usize::try_from(WEEKS).unwrap_or_default()];
    let mut rows: BTreeMap<RegisterId, DueRow> = BTreeMap::new();
    for (date, registers) in &plan {
        let ahead = i64::from((*date - today).get_days());
        for (register, records) in registers {
            if let Some(week) = usize::try_from(ahead.max(0) / 7).ok().and_then(|week| weeks.get_mut(week)) {
                *week += records;
            }
            let row = rows.entry(*register).or_insert_with(|| due_row(&frame, *register));
            row.year += records;
            row.month += if ahead < 30 { *records } else { 0 };
            row.week += if ahead < 7 { *records } else { 0 };
        }
    }
    let bar = |(week, records): (usize, u64)| {
        let monday = add(today, i64::try_from(week).unwrap_or_default() * 7);
        let name = i18n::day(monday, today, frame.lang()).words;
        Bar { label: format!("{}/{}", monday.day(), monday.month()), name, parts: vec![records] }
    };
    let bars = weeks.into_iter().enumerate().map(bar).collect();
    page(&Due {
        p: frame.shell(),
        picture: Bars { series: vec!["due-series"], bars },
        rows: rows.into_values().collect(),
    })
}

fn due_row(frame: &Frame, register: RegisterId) -> DueRow {
    let policy = frame.app.policy();
    let rule = policy.clock_of(register).map(|clock| clock_words(policy, &clock.rule, frame.lang()));
    DueRow { register: title(frame, register), rule: rule.unwrap_or_default(), week: 0, month: 0, year: 0 }
}

pub(in crate::pages) async fn promises(frame: Frame) -> Result<Response, Problem> {
    frame.only(&[Persona::Officer])?;
    let app = frame.app.clone();
    let acts = ask(&frame, move |register| app.acted().of(register)).await?;
    let policy = frame.app.policy();
    let acted = notice_view::acted(policy, &acts);
    let groups = promises::proven(policy, frame.lang(), frame.app.proofs(), |id| acted.get(id).copied());
    page(&Promises { groups, p: frame.shell() })
}

pub(in crate::pages) async fn notices(frame: Frame) -> Result<Response, Problem> {
    frame.only(&[Persona::Officer])?;
    let warnings = warnings(&frame).await?;
    let policy = frame.app.policy();
    let row = |notice: &notice::policy::Notice| {
        let id = policy.notice_id(&notice.said.id);
        NoticeRow {
            id: notice.said.id.clone(),
            title: frame.say(&notice.said.title),
            uses: policy.uses.iter().filter(|one| Some(one.notice) == id).count(),
            registers: policy.registers.iter().filter(|one| Some(one.notice) == id).count(),
            unstated: unstated(policy, notice).count(),
            warnings: warnings.iter().filter(|one| one.file == *notice.said.place.file).count(),
        }
    };
    let of_a_notice = |one: &&Warning| policy.notices.iter().any(|it| *it.said.place.file == one.file);
    page(&Notices {
        p: frame.shell(),
        notices: policy.notices.iter().map(row).collect(),
        records: prints::records(&frame),
        common: warnings
            .iter()
            .filter(|one| !of_a_notice(one))
            .map(|one| warning(one, frame.lang()))
            .collect(),
        version: policy.version.to_string(),
    })
}

pub(in crate::pages) async fn notice(
    frame: Frame,
    Path((_, id)): Path<(String, String)>,
) -> Result<Response, Problem> {
    frame.only(&[Persona::Officer])?;
    let warnings = warnings(&frame).await?;
    let policy = frame.app.policy();
    let found = policy.notice_id(&id).ok_or(Code::NotFound)?;
    let notice = policy.notice(found).ok_or(Code::NotFound)?;
    let chosen = |said: &Said| {
        let words = said.unstated.as_ref().map(|words| frame.say(words)).unwrap_or_default();
        (frame.say(&said.title), words)
    };
    page(&NoticePage {
        p: frame.shell(),
        title: frame.say(&notice.said.title),
        matrix: of_notice(&frame, found),
        picture: notice::render::picture(policy, found, frame.lang()).map(|picture| Laid::picture(&picture)),
        prints: prints::all(&frame, found, &id),
        unstated: unstated(policy, notice).map(chosen).collect(),
        warnings: warnings
            .iter()
            .filter(|one| one.file == *notice.said.place.file)
            .map(|one| warning(one, frame.lang()))
            .collect(),
        id,
    })
}

/// What the controller chose where the published notice is silent.
fn unstated<'a>(policy: &'a Policy, notice: &'a notice::policy::Notice) -> impl Iterator<Item = &'a Said> {
    let file = &notice.said.place.file;
    silent(policy).filter(move |said| said.place.file == *file)
}

/// The same in all notices. A register and the clock that is its own are one section, told once.
fn silent(policy: &Policy) -> impl Iterator<Item = &Said> {
    let mut told = BTreeSet::new();
    policy.all_said().filter(move |said| said.unstated.is_some() && told.insert(&said.id))
}

async fn warnings(frame: &Frame) -> Result<Arc<Vec<Warning>>, Problem> {
    let (app, today) = (frame.app.clone(), frame.today());
    ask(frame, move |register| app.warnings().of(register, today)).await
}

fn warning(one: &Warning, lang: Lang) -> officer::Warning {
    officer::Warning {
        code: one.code.id,
        title: one.code.title.get(lang),
        sentence: one.sentence.get(lang).to_owned(),
        help: one.help.get(lang).to_owned(),
        place: format!("{}:{}", one.file, one.line),
    }
}

/// What somebody must look at: told by account, for the account leads back to a person only for those who know the login.
fn alarm(one: Alarm) -> officer::Alarm {
    officer::Alarm {
        at: one.at,
        key: match one.happened {
            Happened::ManySubjects if one.why.as_deref() == Some("three-times-her-usual") => "alarm-usual",
            Happened::ManySubjects => "alarm-subjects",
            Happened::ManyRefusals => "alarm-refusals",
            Happened::ManyEmergencies => "alarm-emergencies",
            Happened::EmergencyNotJustified => "alarm-not-justified",
            Happened::SealBroken
            | Happened::LoggedIn
            | Happened::LoginFailed
            | Happened::TokenRefused
            | Happened::LoggedOut
            | Happened::SessionEnded
            | Happened::SessionCrowdedOut
            | Happened::CrossSite
            | Happened::LimitReached
            | Happened::SystemRefused
            | Happened::SystemToken => "alarm-seal",
        },
        account: one.account,
    }
}

/// Uses down, roles across; roles that may nothing under the notice are left out.
fn of_notice(frame: &Frame, notice: NoticeId) -> Matrix {
    let policy = frame.app.policy();
    let uses: Vec<&Use> = policy.uses.iter().filter(|one| one.notice == notice).collect();
    // A role stands for itself and not for the narrower ones, or the picture would say everything many times.
    let roles: Vec<_> =
        policy.role_ids().filter(|(id, _)| uses.iter().any(|one| one.who.contains(id))).collect();
    let row = |one: &&Use| Row {
        name: frame.say(&one.said.title),
        key: one.said.id.clone(),
        cells: roles
            .iter()
            .map(|(role, _)| match (one.who.contains(role), condition_words(&one.when, frame.lang())) {
                (false, _) => Cell::No,
                (true, None) => Cell::Yes,
                (true, Some(condition)) => Cell::If(condition),
            })
            .collect(),
    };
    Matrix {
        columns: roles.iter().map(|(_, role)| frame.say(&role.said.title)).collect(),
        rows: uses.iter().map(row).collect(),
    }
}

pub(in crate::pages) async fn operator(frame: Frame) -> Result<Response, Problem> {
    frame.only(&[Persona::Operator])?;
    let app = frame.app.clone();
    let asked = tokio::task::spawn_blocking(move || {
        Ok::<_, Unavailable>((app.register().late()?, app.register().receipts(1)?))
    });
    let (register, sweep) = match asked.await {
        Ok(Ok((late, receipts))) => (
            well(&frame, "check-register", frame.t("check-register-well")),
            swept(&frame, late.values().sum(), &receipts),
        ),
        Ok(Err(_)) | Err(_) => {
            let wrong = Check {
                key: "check-register",
                health: Health::Wrong,
                words: frame.t("check-register-wrong"),
            };
            (wrong, Check { key: "check-sweep", health: Health::Watch, words: "–".to_owned() })
        }
    };
    let policy = frame.app.policy();
    let shell = frame.shell();
    let notices = shell.t2(
        "check-notices-words",
        "notices",
        policy.notices.len().to_string(),
        "uses",
        policy.uses.len().to_string(),
    );
    let sessions = frame.app.sessions().count();
    let clock = shell.plain_moment(frame.app.now());
    let config = frame.app.config();
    let settings = [
        ("site.origin", config.site.origin.clone()),
        ("site.controller", config.site.controller.clone()),
        ("listen.address", config.listen.address.to_string()),
        ("listen.operations", config.listen.operations.to_string()),
        ("register.notices", config.register.notices.display().to_string()),
        ("register.database", config.register.database.display().to_string()),
        ("register.keys", config.register.keys.display().to_string()),
        ("register.zone", config.register.zone.clone()),
        ("limits.requests_per_minute", config.limits.requests_per_minute.to_string()),
    ];
    let mut checks = vec![
        register,
        sweep,
        well(&frame, "check-notices", notices),
        well(
            &frame,
            "check-sessions",
            i18n::whole(i128::try_from(sessions).unwrap_or_default(), frame.lang()),
        ),
        well(&frame, "check-clock", clock),
    ];
    checks.extend(super::jobs::checks(&frame));
    page(&Operator {
        checks,
        countries: frame.app.between().is_something(),
        settings: settings.into_iter().map(|(name, value)| (name.to_owned(), value)).collect(),
        version: policy.version.to_string(),
        p: shell,
    })
}

fn well(_: &Frame, key: &'static str, words: String) -> Check {
    Check { key, health: Health::Well, words }
}

fn swept(frame: &Frame, late: u64, receipts: &[register::sweep::Receipt]) -> Check {
    let shell = frame.shell();
    if late > 0 {
        return Check {
            key: "check-sweep",
            health: Health::Watch,
            words: shell.t1("check-sweep-late", "n", i18n::whole(late, frame.lang())),
        };
    }
    let last = receipts.first().map(|one| shell.t1("check-sweep-last", "when", shell.plain_day(day(one.at))));
    let words = [Some(shell.t("check-sweep-well")), last];
    Check {
        key: "check-sweep",
        health: Health::Well,
        words: words.into_iter().flatten().collect::<Vec<_>>().join(" "),
    }
}
