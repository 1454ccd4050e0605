//! Tells the countries that asked for it that there is a new batch: the countries beside each other, the addresses of one
//! country one after the other, so that whoever is slow holds up itself and nobody else.

use std::collections::BTreeMap;
use std::time::Duration;

use services::gateway_service::callbacks::{self, Due};
use tokio::task::JoinSet;

use super::address::Target;
use super::{Gateway, pinned};
use crate::jobs::NotDone;

/// Of one call, the look-up of its name and all.
const SECONDS_MAX: u64 = 10;

/// Tells everybody who is to be told now; what failed is tried again after a while, five times. No more calls lie beside
/// each other than there are countries.
///
/// A country that does not answer is its own trouble; an error is a register that does not.
pub(super) async fn all(gateway: &Gateway) -> Result<(), NotDone> {
    let rules = gateway.0.rules.clone();
    let due = match gateway.0.door.act(move |at| callbacks::due(at, &rules)).await {
        Ok(due) => due,
        Err(problem) => {
            tracing::error!(target: "technical", problem = %problem, "callbacks could not be read");
            return Err(NotDone);
        }
    };
    let mut countries: BTreeMap<String, Vec<Due>> = BTreeMap::new();
    for one in due {
        countries.entry(one.callback.country.clone()).or_default().push(one);
    }
    let mut turns: JoinSet<_> = countries.into_values().map(|due| country(gateway.clone(), due)).collect();
    let mut done = Ok(());
    while let Some(turn) = turns.join_next().await {
        done = done.and(turn.unwrap_or(Err(NotDone)));
    }
    done
}

/// One address of a country after the other.
async fn country(gateway: Gateway, due: Vec<Due>) -> Result<(), NotDone> {
    let mut done = Ok(());
    for one in due {
        let limit = Duration::from_secs(SECONDS_MAX);
        let went_well =
            tokio::time::timeout(limit, call(&gateway, &one)).await.is_ok_and(|told| told.is_some());
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
        .build()
        .ok()?;
    let mut url = target.url.clone();
    url.query_pairs_mut().append_pair("batchTag", &due.tag).append_pair("date", &due.day.to_string());
    let answer = client.get(url).send().await.ok()?;
    answer.status().is_success().then_some(())
}
