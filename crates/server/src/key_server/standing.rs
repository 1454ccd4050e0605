//! Which files may be fetched: asked of the register at most once a minute, and never beyond a file's last moment.

use std::sync::{Arc, PoisonError, RwLock};

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
pub(crate) struct Shown(RwLock<Option<(f64, Arc<Vec<Standing>>)>>);

/// The files that stand now.
pub(crate) async fn standing(app: &App) -> Option<Vec<Standing>> {
    let server = app.key_server()?;
    let held = server.shown.0.read().unwrap_or_else(PoisonError::into_inner).clone();
    let now = app.clock().monotonic_seconds();
    let fresh = held.filter(|(asked, _)| now - asked < BELIEVED_SECONDS).map(|(_, all)| all);
    let all = match fresh {
        Some(all) => all,
        None => look_again(app).await?,
    };
    let at = app.now();
    Some(all.iter().filter(|file| file.due_at.is_some_and(|due| at < due)).cloned().collect())
}

/// Asks the register.
pub(crate) async fn look_again(app: &App) -> Option<Arc<Vec<Standing>>> {
    let caller = caller(app, "device", "phones")?;
    let found = app.act_as(caller, exports::standing::run).await;
    let server = app.key_server()?;
    match found {
        Ok(all) => {
            let all = Arc::new(all);
            let now = app.clock().monotonic_seconds();
            *server.shown.0.write().unwrap_or_else(PoisonError::into_inner) = Some((now, all.clone()));
            Some(all)
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
        all.extend(came.into_iter().map(|(key, _, _)| (key, hour)));
        hour = next;
    }
    Ok(all)
}

/// A file that stands, by its name.
pub(crate) async fn find(app: &App, root: Root, name: &str) -> Option<Standing> {
    standing(app).await?.into_iter().find(|file| file.root == root && file.name == name)
}

/// Its bytes, if they are those that were written down.
pub(crate) async fn bytes(app: &App, file: Standing) -> Option<Vec<u8>> {
    let app = app.clone();
    let read = tokio::task::spawn_blocking(move || {
        use services::smittestop::exports::Folder as _;
        let bytes = app.key_server()?.files.get(file.root, &file.name)?;
        let digest = aws_lc_rs::digest::digest(&aws_lc_rs::digest::SHA256, &bytes);
        (exposure::key::to_hex(digest.as_ref()) == file.sha256).then_some(bytes)
    });
    read.await.ok().flatten()
}
