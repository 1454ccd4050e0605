//! A citizen's own pages.

use axum::extract::Path;
use axum::response::Response;
use jiff::{Timestamp, ToSpan as _};
use notice::clock::Verb;
use serde::Deserialize;
use services::basic_data::{
    self, Contact, Relative, TemporaryAddress, change_own_contact, my_children, see_own,
};
use services::my_log::see_own_log;
use services::shared_medication_record::{mark_private, see_child_card, see_own_card, unmark_private};
use services::what_goes_when::{self, PlanOfErasure, Standing};

use super::super::frame::{Frame, again, day, page};
use super::super::gone::or_gone;
use super::super::view::citizen::{
    Basic, Child, Children, ContactForm, Device, Due, Group, Happens, Look, LookKind, Me, Medicine,
    Protection, SessionRow, When, WhenGroup, Whose,
};
use super::super::view::states::Kind;
use super::super::view::{Field, Mark, Problems, Timeline};
use super::super::{card_view, dates, look_view};
use super::id;
use crate::posted::Posted;
use crate::problem::{Code, Problem};
use crate::session::{Current, Persona};

/// How many lines of each list stand on the first page.
const FEW: usize = 5;
/// How many log lines the first page looks through.
const LINES: usize = 200;

pub(in crate::pages) async fn me(frame: Frame) -> Result<Response, Problem> {
    let who = frame.only(&[Persona::Citizen])?;
    let answer = frame.app.act(who, |at| {
        let plan = what_goes_when::see_own::run(at, what_goes_when::see_own::Request {})?;
        let log = see_own_log::run(at, see_own_log::Request { before: None, limit: LINES })?;
        Ok::<_, services::Error>((plan, log))
    });
    let (plan, log) = answer.await?;
    let looks: Vec<_> =
        log.days.iter().flat_map(|day| &day.lines).map(|line| look_view::look(&frame, line)).collect();
    let lately = frame.app.now().checked_sub((30 * 24).hours()).unwrap_or(Timestamp::MIN);
    let emergencies = looks.iter().filter(|look| look.kind == LookKind::Emergency && look.at > lately);
    page(&Me {
        emergencies: with_reasons(one_of_each(emergencies.cloned().collect()), &looks),
        groups: groups(&frame, &plan),
        empty: empty(&frame, &plan),
        looks: looks.iter().filter(|look| look.kind != LookKind::Own).take(FEW).cloned().collect(),
        soon: soon(&frame, &plan),
        p: frame.shell(),
    })
}

/// The steps of one emergency access are several lines; a person is told once a day for each who took it.
fn one_of_each(looks: Vec<Look>) -> Vec<Look> {
    let mut told: Vec<Look> = Vec::new();
    for look in looks {
        match told.iter_mut().find(|other| other.who == look.who && day(other.at) == day(look.at)) {
            Some(other) if other.reason.is_none() => *other = look,
            Some(_) => {}
            None => told.push(look),
        }
    }
    told
}

/// The reason stands on the line on which the access was taken, not on the looks that followed.
fn with_reasons(told: Vec<Look>, all: &[Look]) -> Vec<Look> {
    let reason = |one: &Look| {
        let same = |look: &&Look| look.who == one.who && day(look.at) == day(one.at) && look.reason.is_some();
        all.iter().find(same).and_then(|look| look.reason.clone())
    };
    told.into_iter().map(|one| Look { reason: one.reason.clone().or_else(|| reason(&one)), ..one }).collect()
}

fn groups(frame: &Frame, plan: &PlanOfErasure) -> Vec<Group> {
    let group = |group: &what_goes_when::Group| Group {
        title: title(frame, plan, group),
        records: group.items.iter().map(|item| u64::try_from(item.records).unwrap_or(u64::MAX)).sum(),
        page: page_of(&group.register),
        next: group.items.iter().filter_map(|item| item.due_at).min(),
    };
    plan.groups.iter().filter(|group| !group.items.is_empty()).map(group).collect()
}

/// The title of a group; where two notices call theirs the same, with the notice.
fn title(frame: &Frame, plan: &PlanOfErasure, group: &what_goes_when::Group) -> String {
    let title = frame.say(&group.title);
    let twins = plan.groups.iter().filter(|other| !other.items.is_empty() && other.title == group.title);
    let policy = frame.app.policy();
    let register = policy.register_id(&group.register).and_then(|id| policy.register(id));
    match register.and_then(|register| policy.notice(register.notice)) {
        Some(notice) if twins.count() > 1 => format!("{title} ({})", frame.say(&notice.said.title)),
        Some(_) | None => title,
    }
}

/// Titles of the groups in which there is nothing, each once.
fn empty(frame: &Frame, plan: &PlanOfErasure) -> Vec<String> {
    let mut titles: Vec<String> = Vec::new();
    for group in plan.groups.iter().filter(|group| group.items.is_empty()) {
        let title = frame.say(&group.title);
        if !titles.contains(&title) {
            titles.push(title);
        }
    }
    titles
}

/// Where a citizen sees the content of a register.
fn page_of(register: &str) -> Option<&'static str> {
    match register.split_once('.')? {
        ("fmk", _) => Some("me/medicine"),
        ("nsp", "opt-out" | "block") => Some("me/blocks"),
        ("nsp", "consent") => Some("me/consents"),
        ("nsp", "mylog" | "log" | "emergency-access") => Some("me/log"),
        ("nsp", "basic" | "contact") => Some("me/basic"),
        (_, _) => None,
    }
}

fn due(frame: &Frame, item: &what_goes_when::Item) -> Due {
    Due {
        what: frame.say(&item.what),
        state: match item.standing {
            Standing::InUse => None,
            Standing::Restricted => Some(Kind::Restricted),
            Standing::Blocked => Some(Kind::Blocked),
            Standing::Archived => Some(Kind::Archived),
            Standing::Late => Some(Kind::Late),
        },
        records: item.records,
        at: item.due_at,
        happens: item.happens.map(happens),
        why: frame.say(&item.why),
    }
}

pub(super) fn happens(verb: Verb) -> Happens {
    match verb {
        Verb::Block | Verb::Review => Happens::Blocked,
        Verb::Archive | Verb::Move => Happens::Archived,
        Verb::Erase | Verb::Anonymise | Verb::Destroy => Happens::Erased,
    }
}

fn soon(frame: &Frame, plan: &PlanOfErasure) -> Vec<Due> {
    let mut all: Vec<Due> =
        plan.groups.iter().flat_map(|group| &group.items).map(|item| due(frame, item)).collect();
    all.retain(|due| due.at.is_some());
    all.sort_by_key(|due| due.at);
    all.truncate(FEW);
    all
}

pub(in crate::pages) async fn when(frame: Frame) -> Result<Response, Problem> {
    let who = frame.only(&[Persona::Citizen])?;
    let plan = frame
        .app
        .act(who, |at| what_goes_when::see_own::run(at, what_goes_when::see_own::Request {}))
        .await?;
    let items = plan.groups.iter().flat_map(|group| &group.items);
    let mut marks: Vec<Mark> = Vec::new();
    for item in items {
        let (Some(at), Some(verb)) = (item.due_at, item.happens) else { continue };
        let (on, series, records) =
            (day(at), happens(verb).series(), u64::try_from(item.records).unwrap_or(u64::MAX));
        match marks.iter_mut().find(|mark| mark.day == on && mark.series == series) {
            Some(mark) => mark.records = mark.records.saturating_add(records),
            None => marks.push(Mark { day: on, series, records }),
        }
    }
    let group = |group: &what_goes_when::Group| WhenGroup {
        title: title(&frame, &plan, group),
        says: group.says.as_ref().map(|says| frame.say(says)),
        unstated: group.unstated.as_ref().map(|unstated| frame.say(unstated)),
        rules: group.states.clone(),
        items: group.items.iter().map(|item| due(&frame, item)).collect(),
    };
    page(&When {
        line: Timeline::new(frame.today(), marks),
        groups: plan.groups.iter().filter(|group| !group.items.is_empty()).map(group).collect(),
        empty: empty(&frame, &plan),
        p: frame.shell(),
    })
}

pub(in crate::pages) async fn medicine(frame: Frame) -> Result<Response, Problem> {
    let who = frame.only(&[Persona::Citizen])?;
    let card = frame.app.act(who, |at| see_own_card::run(at, see_own_card::Request {})).await?;
    let card = card_view::card(&card, frame.today(), None, frame.lang());
    page(&Medicine { p: frame.shell(), whose: Whose::Mine, card })
}

/// Private or open again.
#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub(in crate::pages) struct Marked {
    marking: String,
}

pub(in crate::pages) async fn mark(
    frame: Frame,
    Path((_, order)): Path<(String, String)>,
    Posted(marked): Posted<Marked>,
) -> Result<Response, Problem> {
    let who = frame.only(&[Persona::Citizen])?;
    let (order, person) = (id(&order)?, who.person().ok_or(Code::NotFound)?);
    if marked.marking == "private" {
        let marked = frame
            .app
            .act(who, move |at| mark_private::run(at, mark_private::Request { person, order }))
            .await;
        if let Err(problem) = marked {
            return Err(or_gone(&frame, "fmk.order", problem.into()).await);
        }
        return frame.go("me/medicine?done=private");
    }
    let opened = frame
        .app
        .act(who, move |at| unmark_private::run(at, unmark_private::Request { person, order }))
        .await;
    if let Err(problem) = opened {
        return Err(or_gone(&frame, "fmk.order", problem.into()).await);
    }
    frame.go("me/medicine?done=open")
}

pub(in crate::pages) async fn children(frame: Frame) -> Result<Response, Problem> {
    let who = frame.only(&[Persona::Citizen])?;
    let children = frame.app.act(who, |at| my_children::run(at, my_children::Request {})).await?;
    let child = |child: my_children::Child| Child {
        id: child.person.to_string(),
        name: child.name,
        until: child.until,
    };
    page(&Children { children: children.into_iter().map(child).collect(), p: frame.shell() })
}

pub(in crate::pages) async fn child_medicine(
    frame: Frame,
    Path((_, child)): Path<(String, String)>,
) -> Result<Response, Problem> {
    let who = frame.only(&[Persona::Citizen])?;
    let child = id(&child)?;
    let answer = frame.app.act(who, move |at| {
        let children = my_children::run(at, my_children::Request {})?;
        let card = see_child_card::run(at, see_child_card::Request { child })?;
        Ok::<_, services::Error>((children, card))
    });
    let (children, card) = answer.await?;
    let name = children.into_iter().find(|one| one.person == child).ok_or(Code::NotFound)?.name;
    let card = card_view::card(&card, frame.today(), None, frame.lang());
    page(&Medicine { p: frame.shell(), whose: Whose::Child { id: child.to_string(), name }, card })
}

pub(in crate::pages) async fn device(frame: Frame) -> Result<Response, Problem> {
    let who = frame.only(&Persona::ALL)?;
    let life = who.persona().life();
    let row = |one: crate::session::SessionView| SessionRow {
        handle: one.handle,
        minutes: one.age_seconds / 60,
        idle_minutes: one.idle_seconds / 60,
        current: one.this_one == Current::This,
    };
    page(&Device {
        idle_minutes: life.idle_seconds / 60,
        absolute_hours: life.absolute_seconds / 3600,
        sessions: frame.app.sessions().list_own(&who.key(), frame.app.clock()).into_iter().map(row).collect(),
        p: frame.shell(),
    })
}

pub(in crate::pages) async fn basic(frame: Frame) -> Result<Response, Problem> {
    let who = frame.only(&[Persona::Citizen])?;
    let basic = frame.app.act(who, |at| see_own::run(at, see_own::Request {})).await?;
    let form = form_of(&basic.contact);
    page(&basic_page(&frame, &basic, form, Problems::default()))
}

fn basic_page(frame: &Frame, basic: &basic_data::Basic, form: ContactForm, problems: Problems) -> Basic {
    let born = basic.birth_date.map(dates::typed);
    let rows = [
        ("basic-name", basic.name.clone()),
        ("basic-cpr", basic.cpr.as_deref().map(with_hyphen)),
        ("basic-born", born),
        ("basic-address", basic.address.clone()),
        ("basic-practice", basic.general_practitioner.clone()),
        ("basic-insurance", basic.insurance_group.clone()),
    ];
    Basic {
        p: frame.shell(),
        rows: rows.into_iter().filter_map(|(key, value)| Some((key, value?))).collect(),
        protection: if basic.protected_address { Protection::Protected } else { Protection::None },
        form,
        problems,
    }
}

/// A civil registration number as people read it.
pub(super) fn with_hyphen(cpr: &str) -> String {
    match cpr.split_at_checked(6) {
        Some((day, rest)) if cpr.len() == 10 => format!("{day}-{rest}"),
        Some(_) | None => cpr.to_owned(),
    }
}

fn form_of(contact: &Contact) -> ContactForm {
    let relative = contact.relatives.first();
    let temporary = contact.temporary_address.as_ref();
    let field = |text: Option<String>| Field::holding(text.unwrap_or_default());
    ContactForm {
        phone: field(contact.phone.clone()),
        relative_first_name: field(relative.map(|one| one.first_name.clone())),
        relative_last_name: field(relative.and_then(|one| one.last_name.clone())),
        relative_phone: field(relative.and_then(|one| one.phone.clone())),
        temporary_address: field(temporary.map(|one| one.address.clone())),
        temporary_until: field(temporary.and_then(|one| one.until).map(dates::typed)),
        languages: field(Some(contact.languages.join(", "))),
    }
}

/// What citizens say of themselves, as sent.
#[derive(Clone, Debug, Default, Deserialize)]
#[serde(deny_unknown_fields, default)]
pub(in crate::pages) struct ContactSent {
    phone: String,
    relative_first_name: String,
    relative_last_name: String,
    relative_phone: String,
    temporary_address: String,
    temporary_until: String,
    languages: String,
}

pub(in crate::pages) async fn change_contact(
    frame: Frame,
    Posted(sent): Posted<ContactSent>,
) -> Result<Response, Problem> {
    let who = frame.only(&[Persona::Citizen])?;
    let person = who.person().ok_or(Code::NotFound)?;
    let mut form = checked(&frame, &sent);
    let mut problems = contact_problems(&form);
    if problems.0.is_empty() {
        let before = frame.app.act(who, |at| see_own::run(at, see_own::Request {})).await?.contact;
        let contact = contact_of(&sent, &before);
        let change = move |at: &services::Call<'_>| {
            change_own_contact::run(at, change_own_contact::Request { person, contact })
        };
        match frame.app.act(who, change).await {
            Ok(_) => return frame.go("me/basic?done=saved"),
            Err(services::Error::Invalid(wrong)) => {
                for one in &wrong {
                    let words = frame.say(&one.words);
                    *field_of(&mut form, &one.field) =
                        Field::wrong(field_of(&mut form, &one.field).value.clone(), words);
                }
                problems = contact_problems(&form);
            }
            Err(other) => return Err(other.into()),
        }
    }
    let basic = frame.app.act(who, |at| see_own::run(at, see_own::Request {})).await?;
    again(&basic_page(&frame, &basic, form, problems))
}

fn field_of<'a>(form: &'a mut ContactForm, field: &str) -> &'a mut Field {
    match field {
        field if field.contains("first-name") => &mut form.relative_first_name,
        field if field.contains("last-name") => &mut form.relative_last_name,
        field if field.contains("relative") => &mut form.relative_phone,
        field if field.contains("until") => &mut form.temporary_until,
        field if field.contains("address") => &mut form.temporary_address,
        field if field.contains("language") => &mut form.languages,
        _ => &mut form.phone,
    }
}

fn checked(frame: &Frame, sent: &ContactSent) -> ContactForm {
    let judge = |value: &str, fits: bool, key: &str| {
        if fits { Field::holding(value) } else { Field::wrong(value, frame.t(key)) }
    };
    let has_relative = !sent.relative_last_name.trim().is_empty() || !sent.relative_phone.trim().is_empty();
    let names_relative = !sent.relative_first_name.trim().is_empty();
    let until = sent.temporary_until.trim();
    ContactForm {
        phone: judge(&sent.phone, is_phone(&sent.phone), "basic-problem-phone"),
        relative_first_name: judge(
            &sent.relative_first_name,
            names_relative || !has_relative,
            "basic-problem-first-name",
        ),
        relative_last_name: Field::holding(&sent.relative_last_name),
        relative_phone: judge(&sent.relative_phone, is_phone(&sent.relative_phone), "basic-problem-phone"),
        temporary_address: Field::holding(&sent.temporary_address),
        temporary_until: judge(
            until,
            until.is_empty() || dates::parse(until).is_some(),
            "basic-problem-until",
        ),
        languages: judge(
            &sent.languages,
            languages(&sent.languages).iter().all(|tag| tag.len() == 2),
            "basic-problem-languages",
        ),
    }
}

fn contact_problems(form: &ContactForm) -> Problems {
    Problems::of(&[
        ("phone", &form.phone),
        ("relative_first_name", &form.relative_first_name),
        ("relative_last_name", &form.relative_last_name),
        ("relative_phone", &form.relative_phone),
        ("temporary_address", &form.temporary_address),
        ("temporary_until", &form.temporary_until),
        ("languages", &form.languages),
    ])
}

fn is_phone(text: &str) -> bool {
    let text = text.trim();
    text.len() <= 24
        && text.chars().all(|sign| sign.is_ascii_digit() || matches!(sign, ' ' | '+' | '-' | '(' | ')'))
}

fn languages(text: &str) -> Vec<String> {
    text.split([',', ' ']).map(|tag| tag.trim().to_ascii_lowercase()).filter(|tag| !tag.is_empty()).collect()
}

/// The form shows the first relative; the others stay as they are.
fn contact_of(sent: &ContactSent, before: &Contact) -> Contact {
    let given = |text: &str| Some(text.trim().to_owned()).filter(|text| !text.is_empty());
    let first = given(&sent.relative_first_name).map(|first_name| Relative {
        first_name,
        last_name: given(&sent.relative_last_name),
        phone: given(&sent.relative_phone),
    });
    let address = given(&sent.temporary_address);
    Contact {
        phone: given(&sent.phone),
        relatives: first.into_iter().chain(before.relatives.iter().skip(1).cloned()).collect(),
        temporary_address: address
            .map(|address| TemporaryAddress { address, until: dates::parse(&sent.temporary_until) }),
        languages: languages(&sent.languages),
    }
}
