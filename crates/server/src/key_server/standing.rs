//! Which files may be fetched: asked of the register at most once a minute, and never beyond a file's last moment.

use std::sync::{Arc, PoisonError, RwLock};

use axum::body::Bytes;
use jiff::{SignedDuration, Timestamp};
use services::Call;
use services::smittestop::exports::{self, Foreign, Root, Standing};
use services::smittestop::gateway::downloaded;

use super::caller;
use crate::app::App;

/// How long what was asked is believed.
const BELIEVED_SECONDS: f64 = 60.0;

/// The files that stood when somebody last looked.
#[derive(Debug, Default)]
pub(crate) struct Shown {
    listed: RwLock<Option<Arc<Listed>>>,
    /// Held by the one who asks: whoever comes meanwhile is told the same.
    asking: tokio::sync::Mutex<()>,
}

/// The files that may be fetched, and the lists of them as phones read them.
#[derive(Debug)]
pub(crate) struct Listed {
    asked: f64,
    /// When the first of them is gone.
    until: Option<Timestamp>,
    pub(crate) files: Vec<Standing>,
    texts: Vec<(Root, List)>,
}

/// A list of files, and the mark by which a phone knows that it has it already.
#[derive(Clone, Debug)]
pub(crate) struct List {
    pub(crate) text: Bytes,
    pub(crate) tag: String,
}

impl Listed {
    fn new(asked: f64, files: Vec<Standing>) -> Self {
        let until = files.iter().filter_map(|file| file.due_at).min();
        let texts = Root::EACH.into_iter().map(|root| (root, List::of(root, &files))).collect();
        Self { asked, until, files, texts }
    }

    /// The list of a root.
    pub(crate) fn list(&self, root: Root) -> Option<&List> {
        self.texts.iter().find(|(of, _)| *of == root).map(|(_, list)| list)
    }
}

impl List {
    fn of(root: Root, files: &[Standing]) -> Self {
        let of_root = files.iter().filter(|file| file.root == root);
        let paths: Vec<String> = of_root.map(|file| format!("{}/{}", root.word(), file.name)).collect();
        let text = exposure::export::index(paths.iter().map(String::as_str));
        let digest = aws_lc_rs::digest::digest(&aws_lc_rs::digest::SHA256, text.as_bytes());
        Self { tag: exposure::key::to_hex(digest.as_ref()), text: Bytes::from(text) }
    }
}

impl Shown {
    fn fresh(&self, app: &App) -> Option<Arc<Listed>> {
        let listed = self.listed.read().unwrap_or_else(PoisonError::into_inner).clone()?;
        let is_fresh = app.clock().monotonic_seconds() - listed.asked < BELIEVED_SECONDS
            && listed.until.is_none_or(|until| app.now() < until);
        is_fresh.then_some(listed)
    }
}

/// The files that stand now.
pub(crate) async fn standing(app: &App) -> Option<Arc<Listed>> {
    let shown = &app.key_server()?.shown;
    if let Some(listed) = shown.fresh(app) {
        return Some(listed);
    }
    let _asking = shown.asking.lock().await;
    match shown.fresh(app) {
        Some(listed) => Some(listed),
        None => look_again(app).await,
    }
}

/// Asks the register.
pub(crate) async fn look_again(app: &App) -> Option<Arc<Listed>> {
    let caller = caller(app, "device", "phones")?;
    let found = app.act_as(caller, exports::standing::run).await;
    let server = app.key_server()?;
    match found {
        Ok(mut files) => {
            let at = app.now();
            files.retain(|file| file.due_at.is_some_and(|due| at < due));
            server.at_hand.keep_only(&files);
            let listed = Arc::new(Listed::new(app.clock().monotonic_seconds(), files));
            *server.shown.listed.write().unwrap_or_else(PoisonError::into_inner) = Some(listed.clone());
            Some(listed)
        }
        Err(problem) => {
            tracing::error!(target: "technical", problem = %problem, "the list of export files cannot be read");
            None
        }
    }
}

/// The keys of other countries that came down in a span of hours, with the hour of each.
pub(crate) fn abroad(
    at: &Call<'_>,
    from: Timestamp,
    until: Timestamp,
) -> Result<Vec<Foreign>, exports::Error> {
    let mut all = Vec::new();
    let mut hour = from;
    while hour < until {
        let next = hour.checked_add(SignedDuration::from_hours(1)).unwrap_or(until).min(until);
        let came = downloaded::run(at, downloaded::Request { from: hour, until: next });
        let came = came.map_err(|error| match error {
            services::Error::Refused(refusal) => exports::Error::Refused(refusal),
            services::Error::Unavailable(why) => exports::Error::Unavailable(why),
            services::Error::Conflict(_) | services::Error::Invalid(_) | services::Error::Not(_) => {
                exports::Error::Unavailable(register::Unavailable::Closing)
            }
        })?;
        all.extend(came.into_iter().map(|(key, country, _)| Foreign { key, country, came: hour }));
        hour = next;
    }
    Ok(all)
}

/// A file that stands, by its name.
pub(crate) async fn find(app: &App, root: Root, name: &str) -> Option<Standing> {
    standing(app).await?.files.iter().find(|file| file.root == root && file.name == name).cloned()
}
