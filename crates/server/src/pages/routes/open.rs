//! Pages for anyone.

use axum::extract::Path;
use axum::response::Response;
use notice::render;
use serde::Deserialize;

use super::super::frame::{Frame, page, see};
use super::super::notice_view::{self, Acted};
use super::super::promises;
use super::super::view::open::{
    Accessibility, Asks, Broker, Door, Front, KeptWork, Login, Notice, NoticeLink, Notices, Promises, Why,
    Words,
};
use crate::login as logins;
use crate::posted::Posted;
use crate::problem::{Code, Problem};
use crate::session::Persona;

pub(in crate::pages) async fn root(frame: Frame) -> Result<Response, Problem> {
    see(&frame.to(""))
}

pub(in crate::pages) async fn front(frame: Frame) -> Result<Response, Problem> {
    page(&Front { notices: links(&frame), words: words(&frame), p: frame.shell() })
}

pub(in crate::pages) async fn notices(frame: Frame) -> Result<Response, Problem> {
    page(&Notices {
        notices: links(&frame),
        version: frame.app.policy().version.to_string(),
        p: frame.shell(),
    })
}

fn links(frame: &Frame) -> Vec<NoticeLink> {
    let policy = frame.app.policy();
    let link = |notice: &notice::policy::Notice| NoticeLink {
        id: notice.said.id.clone(),
        title: frame.say(&notice.said.title),
        about: notice.said.says.as_ref().map(|says| frame.say(says)).unwrap_or_default(),
        controller: policy
            .party(&notice.controller)
            .map(|party| frame.say(&party.said.title))
            .unwrap_or_default(),
    };
    policy.notices.iter().map(link).collect()
}

pub(in crate::pages) async fn notice(
    frame: Frame,
    Path((_, id)): Path<(String, String)>,
) -> Result<Response, Problem> {
    let policy = frame.app.policy().clone();
    let notice = policy.notice_id(&id).ok_or(Code::NotFound)?;
    let view = render::view(&policy, notice, frame.lang()).ok_or(Code::NotFound)?;
    let acted = acted(&frame).await;
    page(&Notice {
        p: frame.shell(),
        title: view.title.clone(),
        intro: view.intro.clone().unwrap_or_default(),
        controller: view.controller.title.clone(),
        contact: view.controller.contact.clone(),
        officer: view.controller.officer.clone(),
        valid_from: view.valid_from,
        version: view.version.clone(),
        parts: notice_view::parts(&view, frame.app.proofs(), &acted),
    })
}

/// When the sweep last acted on each register; receipts hold no personal data. Nothing if the register cannot answer: the notice is shown all the same.
async fn acted(frame: &Frame) -> Acted {
    let app = frame.app.clone();
    let acts = tokio::task::spawn_blocking(move || app.acted().of(app.register())).await;
    acts.ok()
        .and_then(Result::ok)
        .map(|acts| notice_view::acted(frame.app.policy(), &acts))
        .unwrap_or_default()
}

pub(in crate::pages) async fn promises(frame: Frame) -> Result<Response, Problem> {
    let groups = promises::groups(frame.app.policy(), frame.lang());
    let (all, stated, tested) = promises::count(&groups);
    page(&Promises { p: frame.shell(), all, stated, tested, groups })
}

pub(in crate::pages) async fn accessibility(frame: Frame) -> Result<Response, Problem> {
    page(&Accessibility { p: frame.shell() })
}

pub(in crate::pages) async fn login(frame: Frame, uri: axum::http::Uri) -> Result<Response, Problem> {
    let query: Vec<(String, String)> =
        serde_urlencoded::from_str(uri.query().unwrap_or_default()).unwrap_or_default();
    let to = query.into_iter().find(|(name, _)| name == "to").map(|(_, to)| to).unwrap_or_default();
    let then = crate::login::ReturnPath::parse(&to).map(|path| path.as_str().to_owned()).unwrap_or_default();
    let reason = match (&frame.visitor.ended, &frame.visitor.signed_in, then.is_empty()) {
        (Some(_), _, _) => Why::Ended,
        (None, Some(_), false) => Why::Fresh,
        (None, None, false) => Why::Needed,
        (None, _, true) => Why::Asked,
    };
    let ways = frame.app.logins().choices().into_iter();
    let ways = ways.map(|way| Broker { title: frame.say(&way.title), id: way.id }).collect();
    page(&Login {
        demo: demo(&frame),
        ways,
        then,
        reason,
        words: words(&frame),
        trial: trial(&frame),
        p: frame.shell(),
    })
}

/// Medicine and MitID are spoken of where the notices know health professionals.
fn words(frame: &Frame) -> Words {
    if frame.app.role("health-professional").is_some() { Words::Health } else { Words::Any }
}

fn trial(frame: &Frame) -> Vec<Door> {
    if !frame.app.place().is_trial() {
        return Vec::new();
    }
    let door = |role: logins::TrialRole| Door {
        title: frame.say(&role.title),
        id: role.id,
        asks: match role.door {
            logins::Door::Work => Asks::Nothing,
            logins::Door::Oneself => Asks::Who,
        },
    };
    logins::doors(&frame.app).into_iter().map(door).collect()
}

#[cfg(feature = "demo")]
fn demo(frame: &Frame) -> Option<&'static str> {
    frame.app.demo().map(|_| "demo")
}

#[cfg(not(feature = "demo"))]
fn demo(_: &Frame) -> Option<&'static str> {
    None
}

/// What was kept for the visitor while she logged in, to be sent or thrown away.
pub(in crate::pages) async fn kept(frame: Frame) -> Result<Response, Problem> {
    let who = frame.only(&Persona::ALL)?;
    let work = frame.app.kept().look(who.account_key(), frame.app.clock());
    let (path, fields) = work.map(|work| (work.path, work.fields)).unzip();
    page(&KeptWork { p: frame.shell(), path, fields: fields.unwrap_or_default() })
}

/// A form without fields.
#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub(in crate::pages) struct Nothing {}

pub(in crate::pages) async fn forget_kept(
    frame: Frame,
    Posted(Nothing {}): Posted<Nothing>,
) -> Result<Response, Problem> {
    let who = frame.only(&Persona::ALL)?;
    frame.app.kept().forget(who.account_key(), None);
    frame.go(crate::pages::home(who.persona()))
}
