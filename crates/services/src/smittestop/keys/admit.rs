//! Which of the IDs that a phone sends can be taken: a single wrong one is left out, a wrong set is refused.

use std::collections::BTreeSet;

use exposure::{DiagnosisKey, IntervalNumber, RollingPeriod, TemporaryExposureKey, TransmissionRisk};
use jiff::{SignedDuration, Timestamp};

use super::certificate::Certificate;
use super::publish::SentKey;

/// IDs of one upload at most.
pub(crate) const KEYS_MAX: usize = 30;
/// IDs that begin in the same interval at most.
const SAME_START_MAX: usize = 3;
/// An ID whose last use lies further back is of no use to anybody.
const AGE: SignedDuration = SignedDuration::from_hours(15 * 24);
/// An onset that lies further back is not believed.
const ONSET_DAYS_MAX: i64 = 28;
/// Where nobody knows the onset: so many days before the upload.
const ONSET_DAYS_USUAL: i64 = 4;
/// An ID further from the onset warns of nothing.
const COURSE_DAYS_MAX: i64 = 14;

/// What can be taken, and what was left out.
#[derive(Debug, PartialEq, Eq)]
pub(crate) struct Admitted {
    pub(crate) keys: Vec<DiagnosisKey>,
    /// How many were no IDs, too old or of a day to come.
    pub(crate) wrong: usize,
    /// How many lie too far from the onset.
    pub(crate) far: usize,
}

/// The set as a whole cannot be taken.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct NoSet;

/// Reads what was sent.
pub(crate) fn admit(
    sent: &[SentKey],
    certificate: &Certificate,
    onset: Option<i64>,
    now: Timestamp,
) -> Result<Admitted, NoSet> {
    if sent.is_empty() || sent.len() > KEYS_MAX {
        return Err(NoSet);
    }
    let onset = onset_day(onset, certificate.onset, now);
    let mut admitted = Admitted { keys: Vec::new(), wrong: 0, far: 0 };
    for one in sent {
        let Some(key) = one_key(one, certificate, now) else {
            admitted.wrong += 1;
            continue;
        };
        let days = i64::from(key.day().number()) - onset;
        match i32::try_from(days) {
            Ok(days) if i64::from(days).abs() <= COURSE_DAYS_MAX => {
                admitted.keys.push(DiagnosisKey { days_since_onset: Some(days), ..key });
            }
            Ok(_) | Err(_) => admitted.far += 1,
        }
    }
    if fits_together(&mut admitted.keys) { Ok(admitted) } else { Err(NoSet) }
}

fn one_key(sent: &SentKey, certificate: &Certificate, now: Timestamp) -> Option<DiagnosisKey> {
    let key = TemporaryExposureKey::from_base64(&sent.key).ok()?;
    let start = IntervalNumber::new(u32::try_from(sent.start).ok()?);
    let period = RollingPeriod::new(sent.period).ok()?;
    let risk = match i32::try_from(sent.risk).ok()? {
        0 => certificate.report.usual_risk(),
        level => level,
    };
    let risk = TransmissionRisk::new(risk).ok()?;
    let oldest = IntervalNumber::at(now.checked_sub(AGE).ok()?);
    let key = DiagnosisKey {
        key,
        start,
        period,
        report_type: Some(certificate.report.published_as()),
        days_since_onset: None,
        transmission_risk: Some(risk),
    };
    let empty = key.key.reveal().iter().all(|byte| *byte == 0);
    (!empty && key.end() >= oldest && start <= IntervalNumber::at(now)).then_some(key)
}

/// The day of the onset: the phone's word within four weeks, else the certificate's, else four days before the upload.
fn onset_day(sent: Option<i64>, certified: Option<u32>, now: Timestamp) -> i64 {
    let today = i64::from(IntervalNumber::at(now).day().number());
    let day = |interval: i64| {
        let interval = u32::try_from(interval).ok()?;
        let day = i64::from(IntervalNumber::new(interval).day().number());
        (today - ONSET_DAYS_MAX..=today).contains(&day).then_some(day)
    };
    sent.and_then(day)
        .or_else(|| certified.and_then(|interval| day(interval.into())))
        .unwrap_or(today - ONSET_DAYS_USUAL)
}

/// No ID twice, at most three that begin together, and none that overlaps one that begins elsewhere.
fn fits_together(keys: &mut [DiagnosisKey]) -> bool {
    let distinct: BTreeSet<&[u8; 16]> = keys.iter().map(|key| key.key.reveal()).collect();
    if distinct.len() != keys.len() {
        return false;
    }
    keys.sort_by_key(|key| key.start);
    let mut ended = IntervalNumber::new(0);
    for group in keys.chunk_by(|one, next| one.start == next.start) {
        let Some(first) = group.first() else { continue };
        if group.len() > SAME_START_MAX || first.start < ended {
            return false;
        }
        ended = group.iter().map(DiagnosisKey::end).max().unwrap_or(ended);
    }
    true
}

#[cfg(test)]
mod tests {
    use exposure::{IntervalNumber, ReportType};
    use jiff::Timestamp;

    use super::{NoSet, admit};
    use crate::smittestop::keys::certificate::{Certificate, ReportKind};
    use crate::smittestop::keys::publish::SentKey;

    fn now() -> Timestamp {
        "2026-11-21T09:00:00Z".parse().unwrap()
    }

    fn certificate(onset: Option<u32>) -> Certificate {
        Certificate {
            id: "0123456789abcdef0123456789abcdef".to_owned(),
            issued_at: now().as_second(),
            not_before: now().as_second(),
            expires_at: now().as_second() + 900,
            report: ReportKind::Confirmed,
            onset,
            keys_mac: vec![0; 32],
        }
    }

    fn today() -> i64 {
        IntervalNumber::at(now()).day_start().number().into()
    }

    fn key(number: u8, start: i64, period: i64) -> SentKey {
        use base64::Engine as _;
        let key = base64::engine::general_purpose::STANDARD.encode([number; 16]);
        SentKey { key, start, period, risk: 0 }
    }

    fn days(count: u8) -> Vec<SentKey> {
        (1..=count).map(|number| key(number, today() - 144 * i64::from(number), 144)).collect()
    }

    #[test]
    fn fourteen_days_are_taken_with_their_distance_from_the_onset() {
        let onset = u32::try_from(today() - 144 * 4).unwrap();
        let admitted = admit(&days(14), &certificate(Some(onset)), None, now()).unwrap();
        assert_eq!((admitted.keys.len(), admitted.wrong, admitted.far), (14, 0, 0));
        let course: Vec<_> = admitted.keys.iter().filter_map(|key| key.days_since_onset).collect();
        assert_eq!(course, (-10..=3).collect::<Vec<_>>());
        let first = &admitted.keys[0];
        assert_eq!(first.report_type, Some(ReportType::ConfirmedTest));
        assert_eq!(
            first.transmission_risk.map(|risk| risk.level()),
            Some(2),
            "the level that none was sent of"
        );
    }

    #[test]
    fn the_onset_is_the_phones_then_the_certificates_then_four_days_ago() {
        let course = |sent, certified| {
            let one = [key(1, today() - 144, 144)];
            admit(&one, &certificate(certified), sent, now()).unwrap().keys[0].days_since_onset
        };
        let certified = u32::try_from(today() - 144 * 6).ok();
        assert_eq!(course(Some(today() - 144 * 3), certified), Some(2));
        assert_eq!(course(None, certified), Some(5));
        assert_eq!(course(Some(today() - 144 * 29), certified), Some(5), "too long ago to be believed");
        assert_eq!(course(Some(today() + 144), certified), Some(5), "a day to come");
        assert_eq!(course(None, None), Some(3));
    }

    #[test]
    fn a_single_wrong_key_is_left_out_and_the_others_are_taken() {
        let wrong = [
            SentKey { key: "short".to_owned(), ..key(40, today() - 144, 144) },
            key(0, today() - 144 * 2, 144),
            key(41, today() - 144, 0),
            key(42, today() - 144, 145),
            key(43, today() - 144 * 17, 144),
            key(44, i64::from(IntervalNumber::at(now()).number()) + 1, 10),
            key(45, -1, 144),
            SentKey { risk: 9, ..key(46, today() - 144, 144) },
        ];
        for one in wrong {
            let sent = [vec![one], days(3)].concat();
            let admitted = admit(&sent, &certificate(None), None, now()).unwrap();
            assert_eq!((admitted.keys.len(), admitted.wrong), (3, 1));
        }
    }

    #[test]
    fn a_key_too_far_from_the_onset_is_left_out_with_a_warning() {
        let onset = Some(today() - 144);
        let old = [key(1, today() - 144 * 15, 144), key(2, today() - 144, 144)];
        assert_eq!(admit(&old, &certificate(None), onset, now()).unwrap().far, 0);
        let onset = Some(today());
        let admitted = admit(&old, &certificate(None), onset, now()).unwrap();
        assert_eq!((admitted.keys.len(), admitted.wrong, admitted.far), (1, 0, 1));
    }

    #[test]
    fn a_set_that_does_not_fit_together_is_refused_whole() {
        let start = today() - 144 * 3;
        let refused = [
            Vec::new(),
            (1..=31).map(|number| key(number, start, 144)).collect(),
            (1..=4).map(|number| key(number, start, 144)).collect(),
            vec![key(1, start, 144), key(2, start + 143, 144)],
            vec![key(1, start, 144), key(1, start + 144, 144)],
        ];
        for sent in refused {
            assert_eq!(admit(&sent, &certificate(None), None, now()), Err(NoSet), "{} keys", sent.len());
        }
        let taken = [
            vec![key(1, start, 100), key(2, start, 144), key(3, start, 10)],
            vec![key(1, start, 144), key(2, start + 144, 20), key(3, start + 164, 10)],
            // Nobody may insist on midnight.
            vec![key(1, start + 7, 100), key(2, start + 107, 30)],
        ];
        for sent in taken {
            assert_eq!(admit(&sent, &certificate(None), None, now()).unwrap().keys.len(), sent.len());
        }
    }
}
