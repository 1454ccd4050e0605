//! Tells the countries that asked for it that there is a new batch.

use std::time::Duration;

use services::gateway_service::callbacks::{self, Due};

use super::address::Target;
use super::{Gateway, pinned};
use crate::jobs::NotDone;

const SECONDS_MAX: u64 = 10;

/// Tells everybody who is to be told now; what failed is tried again after a while, five times.
///
/// A country that does not answer is its own trouble; an error is a register that does not.
pub(super) async fn all(gateway: &Gateway) -> Result<(), NotDone> {
    let mut done = Ok(());
    let rules = gateway.0.rules.clone();
    let due = match gateway.0.door.act(move |at| callbacks::due(at, &rules)).await {
        Ok(due) => due,
        Err(problem) => {
            tracing::error!(target: "technical", problem = %problem, "callbacks could not be read");
            return Err(NotDone);
        }
    };
    for one in due {
        let went_well = call(gateway, &one).await.is_some();
        let country = one.callback.country.clone();
        if !went_well {
            tracing::warn!(target: "technical", country, "a callback was not answered");
        }
        if let Err(problem) = gateway.0.door.act(move |at| callbacks::told(at, &one, went_well)).await {
            tracing::error!(target: "technical", problem = %problem, "a callback could not be written down");
            done = Err(NotDone);
        }
    }
    done
}

/// One call: to the address that was looked up and found public just now, and to no other.
async fn call(gateway: &Gateway, due: &Due) -> Option<()> {
    let target = Target::parse(&due.callback.url)?;
    let address = target.resolved(&*gateway.0.resolver, gateway.0.addresses).await?;
    if due.pinned.is_empty() {
        return None;
    }
    let client = reqwest::Client::builder()
        .use_preconfigured_tls(pinned::config(due.pinned.clone()).ok()?)
        .resolve(&target.host, address)
        .redirect(reqwest::redirect::Policy::none())
        .no_proxy()
        .https_only(true)
        .timeout(Duration::from_secs(SECONDS_MAX))
        .build()
        .ok()?;
    let mut url = target.url.clone();
    url.query_pairs_mut().append_pair("batchTag", &due.tag).append_pair("date", &due.day.to_string());
    let answer = client.get(url).send().await.ok()?;
    answer.status().is_success().then_some(())
}
