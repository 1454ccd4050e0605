//! What has come down since the last time: batch after batch along the chain of tags, each checked before it is kept.

use std::collections::BTreeSet;

use jiff::ToSpan as _;
use jiff::civil::Date;
use services::smittestop::gateway::{Reason, Standing, again, came_down, resume};

use super::connection::{Fetched, Found};
use super::due::Day;
use super::{Client, Failure};

/// Most batches of one run; the next goes on.
const BATCHES_MAX: usize = 2_000;

impl Client {
    /// Downloads what is new. Returns how many keys may be given to phones.
    ///
    /// # Errors
    /// [`Failure`]; the batches before it are kept, and the next run goes on after them.
    pub async fn download(&self) -> Result<u64, Failure> {
        self.download_at_most(BATCHES_MAX).await
    }

    /// The same, no more than so many batches.
    pub(crate) async fn download_at_most(&self, batches_max: usize) -> Result<u64, Failure> {
        let keys = self.follow(batches_max).await?;
        Ok(keys + self.ask_again(batches_max).await?)
    }

    /// Follows the chain of tags from where it ended.
    async fn follow(&self, batches_max: usize) -> Result<u64, Failure> {
        let shared = self.0.clone();
        let from = self.0.door.act(move |at| resume::run(at, &shared.terms).map_err(Failure::from)).await?;
        let today = Day::of(self.0.door.now()).0;
        let first = today.checked_sub(i64::from(self.0.terms.days_back).days()).unwrap_or(today);
        let (mut day, mut tag, mut known) = (from.day, from.tag, from.known);
        let (mut seen, mut keys) = (BTreeSet::new(), 0);
        for _ in 0..batches_max {
            let fetched = match self.0.connection.batch(day, tag.as_deref()).await? {
                Found::Batch(fetched) => *fetched,
                // The batch after which we would go on is gone: begin again with what there is.
                Found::Nothing | Found::TooOld if tag.is_some() && seen.is_empty() => {
                    (day, tag, known) = (first, None, false);
                    continue;
                }
                Found::TooOld if day < today => {
                    day = day.tomorrow().unwrap_or(today);
                    continue;
                }
                Found::Nothing | Found::TooOld => break,
            };
            if !seen.insert(fetched.tag.clone()) {
                break;
            }
            day = day_of_tag(&fetched.tag).unwrap_or(day);
            let next = fetched.next.clone();
            if !known {
                keys += self.keep(day, fetched).await?;
            }
            known = false;
            match next {
                // A tag that comes again would lead us round and round.
                Some(next) if !seen.contains(&next) => {
                    day = day_of_tag(&next).unwrap_or(day);
                    tag = Some(next);
                }
                Some(_) | None => break,
            }
        }
        Ok(keys)
    }

    /// Asks again for what was left out for a certificate that has been put on our list since.
    async fn ask_again(&self, batches_max: usize) -> Result<u64, Failure> {
        let shared = self.0.clone();
        let due = self.0.door.act(move |at| again::run(at, &shared.terms).map_err(Failure::from)).await?;
        let mut keys = 0;
        for again::Batch { day, tag } in due.into_iter().take(batches_max) {
            match self.0.connection.batch(day, Some(&tag)).await? {
                Found::Batch(fetched) if fetched.tag == tag => keys += self.keep(day, *fetched).await?,
                Found::Batch(_) => return Err(Failure::NotAGateway("another batch")),
                Found::Nothing => {}
                // The others are older still.
                Found::TooOld => break,
            }
        }
        Ok(keys)
    }

    async fn keep(&self, day: Date, fetched: Fetched) -> Result<u64, Failure> {
        let audit = self.0.connection.audit(day, &fetched.tag).await?;
        let Fetched { tag, next, batch } = fetched;
        let request = came_down::Request { day, tag, next, batch, audit };
        let shared = self.0.clone();
        let kept = self.0.door.act(move |at| {
            match came_down::run(at, &shared.terms, &request) {
                Ok(down) => Ok(down),
                // The app was closed meanwhile: the next run does not begin.
                Err(services::Error::Not(Reason::Closed)) => Ok(came_down::CameDown::default()),
                Err(services::Error::Not(Reason::Amounts)) => Err(Failure::Account),
                Err(other) => Err(other.into()),
            }
        });
        let mut keys = 0;
        for part in kept.await?.parts {
            let country = part.country.as_str();
            match part.standing {
                Standing::Accepted => keys += part.accepted,
                Standing::Held => {
                    tracing::warn!(target: "technical", country, keys = part.sent, "far more keys than usual; they wait for two persons");
                }
                Standing::Unsigned(why) => {
                    tracing::error!(target: "technical", country, keys = part.sent, why, "a signature was not believed; nothing of it was kept");
                }
            }
        }
        Ok(keys)
    }
}

/// The day in a tag such as `20261121-3`; gateways are free to name batches otherwise.
fn day_of_tag(tag: &str) -> Option<Date> {
    Date::strptime("%Y%m%d", tag.split_once('-')?.0).ok()
}
