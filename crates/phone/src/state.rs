//! All that a phone keeps, and what is dropped when it is too old.

use std::collections::{BTreeMap, VecDeque};
use std::fmt;

use exposure::sighting::Sighting;
use exposure::window::ExposureWindow;
use exposure::{Day, IntervalNumber, TemporaryExposureKey};
use jiff::{SignedDuration, Timestamp};

use crate::consent::Consent;
use crate::guidance::Guidance;
use crate::keys::{KEPT_DAYS, OwnKeys};
use crate::phone::CLOCK_TOLERANCE;
use crate::report::{Outcome, Report};
use crate::statistics::Part;
use crate::warnings::Message;

/// A published key that was heard, and what that amounted to. It is kept because keys of one day are published on
/// different days, and count together; and so that a key that is taken back later no longer counts.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Exposure {
    pub(crate) key: TemporaryExposureKey,
    pub(crate) windows: Vec<ExposureWindow>,
}

/// What is kept while there is a consent.
#[derive(Clone)]
pub(crate) struct State {
    pub(crate) consent: Consent,
    /// When the first consent was given; it may have been given anew.
    pub(crate) installed: Timestamp,
    pub(crate) keys: OwnKeys,
    /// By time.
    pub(crate) sightings: VecDeque<Sighting>,
    /// When the phone listened last.
    pub(crate) listened: Option<Timestamp>,
    /// When it last looked at all that was published, and could believe all of it.
    pub(crate) looked: Option<Timestamp>,
    pub(crate) exposures: Vec<Exposure>,
    /// When a published key that was heard was last found.
    pub(crate) found: Option<Timestamp>,
    /// Days of which somebody was warned.
    pub(crate) warned: Vec<Day>,
    pub(crate) messages: Vec<Message>,
    /// The latest moment that is known to have passed.
    pub(crate) passed: Timestamp,
    /// Files of keys that were looked through, and when the window of each ended.
    pub(crate) looked_through: BTreeMap<String, Timestamp>,
    /// The mark of the list of files that was read last, as the phone worked it out.
    pub(crate) list_mark: Option<String>,
    pub(crate) guidance: Option<Guidance>,
    pub(crate) report: Option<Report>,
    pub(crate) outcome: Option<Outcome>,
    /// Own keys that ended by then were published, and are not sent again.
    pub(crate) sent_until: Option<IntervalNumber>,
    /// Own keys that ended by then may have been published, each of these times: what came of it was never learnt. The
    /// earliest first.
    pub(crate) maybe_sent_until: Vec<IntervalNumber>,
    /// When keys were last known to be published.
    pub(crate) sent_at: Option<Timestamp>,
    /// With it the server knows that keys are of the same phone as those of the upload before.
    pub(crate) revision_token: Option<String>,
    /// Taking part in the statistics, if the owner does.
    pub(crate) part: Option<Part>,
}

impl fmt::Debug for State {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("(what the phone keeps)")
    }
}

impl State {
    pub(crate) const fn new(consent: Consent) -> Self {
        Self {
            passed: consent.given,
            installed: consent.given,
            consent,
            keys: OwnKeys::new(Vec::new()),
            sightings: VecDeque::new(),
            listened: None,
            looked: None,
            exposures: Vec::new(),
            found: None,
            warned: Vec::new(),
            messages: Vec::new(),
            looked_through: BTreeMap::new(),
            list_mark: None,
            guidance: None,
            report: None,
            outcome: None,
            sent_until: None,
            maybe_sent_until: Vec::new(),
            sent_at: None,
            revision_token: None,
            part: None,
        }
    }

    /// Keeps a sighting in its place by time, so that dropping the old ones looks only at those that go.
    pub(crate) fn add(&mut self, sighting: Sighting) {
        let at = self.sightings.partition_point(|kept| kept.seen <= sighting.seen);
        self.sightings.insert(at, sighting);
    }

    /// Drops what is older than fourteen days; of files that everybody can fetch the names go a day later. And what is
    /// yet to come.
    pub(crate) fn drop_old(&mut self, now: Timestamp) {
        let days = i64::from(KEPT_DAYS);
        let oldest = now.checked_sub(SignedDuration::from_hours(24 * days)).unwrap_or(Timestamp::MIN);
        while self.sightings.front().is_some_and(|sighting| sighting.seen < oldest) {
            self.sightings.pop_front();
        }
        let today = Day::at(now);
        self.warned.retain(|day| today.since(*day) <= days);
        self.messages.retain(|message| message.goes() > now);
        self.exposures.retain(|one| one.windows.iter().any(|window| window.start >= oldest));
        // A file is listed for fourteen days from when it was published, some hours after its window ended.
        let listed = oldest.checked_sub(SignedDuration::from_hours(24)).unwrap_or(oldest);
        self.looked_through.retain(|_, ended| *ended >= listed);
        self.found = self.found.filter(|found| *found >= oldest);
        self.looked = self.looked.filter(|looked| *looked >= oldest);
        // Keys that ended by then are not sent any more anyway.
        let ended = IntervalNumber::at(oldest);
        self.sent_until = self.sent_until.filter(|until| *until > ended);
        self.maybe_sent_until.retain(|until| *until > ended);
        self.outcome = self.outcome.filter(|outcome| outcome.at >= oldest);
        self.sent_at = self.sent_at.filter(|sent| *sent >= oldest);
        if self.sent_at.is_none() {
            self.revision_token = None;
        }
        self.keys.drop_old(IntervalNumber::at(now));
        let latest = now.checked_add(CLOCK_TOLERANCE).unwrap_or(Timestamp::MAX);
        // A clock that lies behind what has passed knows nothing of what is to come.
        if self.passed <= latest {
            self.drop_to_come(latest);
        }
    }

    /// Drops what was written down while the clock was ahead. It would not get old for as long as the clock was ahead.
    fn drop_to_come(&mut self, latest: Timestamp) {
        while self.sightings.back().is_some_and(|sighting| sighting.seen > latest) {
            self.sightings.pop_back();
        }
        self.listened = self.listened.filter(|listened| *listened <= latest);
        self.exposures.retain(|one| one.windows.iter().all(|window| window.start <= latest));
        self.warned.retain(|day| *day <= Day::at(latest));
        self.messages.retain(|message| message.arrived <= latest);
        self.looked_through.retain(|_, ended| *ended <= latest);
        self.looked = self.looked.filter(|looked| *looked <= latest);
        self.found = self.found.filter(|found| *found <= latest);
        self.outcome = self.outcome.filter(|outcome| outcome.at <= latest);
        let interval = IntervalNumber::at(latest);
        self.keys.drop_to_come(interval);
        self.sent_until = self.sent_until.filter(|sent| *sent <= interval);
        self.maybe_sent_until.retain(|until| *until <= interval);
        self.sent_at = self.sent_at.filter(|sent| *sent <= latest);
        if self.sent_at.is_none() {
            self.revision_token = None;
        }
    }
}
