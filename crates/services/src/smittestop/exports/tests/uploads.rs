//! What is taken from a phone and what is not, and that nothing tells more of it than its hour.

use super::*;

/// Threats T17: whoever saw somebody with a phone in hand at a quarter to ten must not find that minute again.
#[test]
fn neither_the_register_nor_a_file_says_in_which_minute_of_the_hour_somebody_warned() {
    let land = Land::new();
    land.house.clock.pass(Span::new().minutes(37).seconds(13));
    let keys = land.phone(4);
    let before = land.lines();
    let token = land.take(land.request(&keys, ReportKind::Likely)).unwrap().revision_token;
    let lines = land.lines().split_off(before.len());
    assert!(lines.len() >= 2 && lines.iter().all(|at| at % 3_600_000_000 == 0), "{lines:?}");
    let whole = |at: Timestamp| at.as_second() % 3_600 == 0 && at.subsec_nanosecond() == 0;
    let held = |use_name, register| land.held(use_name, register);
    // A certificate is remembered for twenty minutes, so its event tells the minute; that it came tells the hour alone.
    let certificates = held(publish::USE, CERTIFICATES);
    assert_eq!(certificates.len(), 1);
    assert!(certificates.iter().all(|one| whole(one.collected_at) && whole(one.changed_at)));
    // A while later in the day the authority takes it back, and a window is published.
    land.pass(5);
    land.export();
    let request = Request { revision_token: token, ..land.request(&keys, ReportKind::Negative) };
    assert_eq!(land.take(request).unwrap().inserted, 4);
    land.pass(4);
    land.export();
    let (ready, waiting) = (held(publish::USE, READY), held(publish::USE, WAITING));
    assert!(ready.len() > 1_000 && waiting.len() == 5, "{} and {}", ready.len(), waiting.len());
    for record in ready.iter().chain(&waiting).chain(&held(publish_due::USE, REGISTER)) {
        assert!(whole(record.collected_at) && whole(record.changed_at), "{}", record.collected_at);
        assert!(!record.events.is_empty() && record.events.iter().all(|(_, at)| whole(*at)));
    }
    for record in ready.iter().chain(&waiting) {
        let place = read(record).unwrap().place;
        assert!([Some(place.from), place.revises].into_iter().flatten().all(|from| from % 3_600 == 0));
    }
    for root in Root::EACH {
        let exports = land.read(root);
        assert_eq!(exports.len(), 2);
        assert!(exports.iter().all(|one| whole(one.start) && whole(one.end)));
    }
}

#[test]
fn a_certificate_is_worth_one_upload() {
    let land = Land::new();
    let keys = land.phone(3);
    let request = land.request(&keys, ReportKind::Confirmed);
    land.take(request.clone()).unwrap();
    // Other keys under the same number.
    let other = land.phone(3);
    let mut swapped = land.request(&other, ReportKind::Confirmed);
    swapped.certificate.id = request.certificate.id;
    assert_eq!(reason(land.take(swapped)), Not::Certificate);
}

#[test]
fn an_upload_whose_answer_was_lost_is_answered_again_and_stores_nothing() {
    let land = Land::new();
    let keys = land.phone(3);
    let request = land.request(&keys, ReportKind::Confirmed);
    let told = land.take(request.clone()).unwrap();
    let stored = land.kept(READY).len() + land.kept(WAITING).len();
    land.house.clock.pass(Span::new().minutes(10));
    let again = land.take(request.clone()).unwrap();
    assert_eq!((again.inserted, again.wrong, again.far), (told.inserted, told.wrong, told.far));
    assert_eq!(again.revision_token.len(), told.revision_token.len());
    assert_eq!(land.kept(READY).len() + land.kept(WAITING).len(), stored);
    land.house.clock.pass(Span::new().minutes(7));
    assert_eq!(reason(land.take(request)), Not::Certificate, "when it is over nobody can tell any more");
}

#[test]
fn keys_that_were_swapped_after_the_verification_are_refused_and_change_nothing() {
    let land = Land::new();
    let mut request = land.request(&land.phone(14), ReportKind::Confirmed);
    request.keys = land.phone(14).iter().map(sent).collect();
    assert_eq!(reason(land.take(request)), Not::Certificate);
    // One interval more, one key less, another secret.
    let keys = land.phone(3);
    let right = land.request(&keys, ReportKind::Confirmed);
    let mut longer = right.clone();
    longer.keys[0].period -= 1;
    let mut fewer = right.clone();
    fewer.keys.pop();
    let mut other = right.clone();
    other.hmac_key = Zeroizing::new(vec![1; 16]);
    for wrong in [longer, fewer, other] {
        assert_eq!(reason(land.take(wrong)), Not::Certificate);
    }
    assert_eq!(land.take(right).unwrap().inserted, 3, "the certificate was not used up by the attempts");
}

#[test]
fn a_certificate_that_is_over_or_says_what_is_not_accepted_here_is_refused() {
    let mut land = Land::new();
    let keys = land.phone(3);
    let request = land.request(&keys, ReportKind::Confirmed);
    land.house.clock.pass(Span::new().minutes(17));
    assert_eq!(reason(land.take(request)), Not::Certificate);
    land.taking.accepts = vec![ReportKind::Confirmed];
    for report in [ReportKind::Likely, ReportKind::Negative, ReportKind::UserReport] {
        assert_eq!(reason(land.take(land.request(&keys, report))), Not::Certificate);
    }
}

#[test]
fn the_certificate_of_a_negative_test_publishes_nothing() {
    let land = Land::new();
    let request = land.request(&land.phone(14), ReportKind::Negative);
    assert_eq!(reason(land.take(request)), Not::ReportTypeTransition);
    land.pass(5);
    land.export();
    assert_eq!(land.standing(), []);
}

#[test]
fn a_known_key_is_revised_by_whoever_has_its_token_and_by_nobody_else() {
    let land = Land::new();
    let keys = land.phone(4);
    let token = land.take(land.request(&keys, ReportKind::Likely)).unwrap().revision_token;
    land.pass(5);
    land.export();

    let again = |report, token: &[u8]| {
        let request = Request { revision_token: token.to_vec(), ..land.request(&keys, report) };
        land.take(request)
    };
    assert_eq!(reason(again(ReportKind::Negative, &[])), Not::MissingRevisionToken);
    assert_eq!(reason(again(ReportKind::Negative, b"no token")), Not::MissingRevisionToken);
    let foreign = land.upload(&land.phone(4)).revision_token;
    assert_eq!(reason(again(ReportKind::Negative, &foreign)), Not::InvalidRevisionToken);
    assert_eq!(reason(again(ReportKind::UserReport, &token)), Not::ReportTypeTransition);
    assert_eq!(again(ReportKind::Likely, &token).unwrap().inserted, 0, "the same again changes nothing");

    assert_eq!(again(ReportKind::Negative, &token).unwrap().inserted, 4);
    assert_eq!(reason(again(ReportKind::Confirmed, &token)), Not::AlreadyRevised);
    land.pass(5);
    land.export();
    let last = land.read(Root::Dk).pop().unwrap();
    // Three were published and are taken back; the key of that day never was and never is.
    let revoked: Vec<_> = last.revised_keys.iter().map(|key| key.report_type).collect();
    assert_eq!(revoked, [Some(ReportType::Revoked); 3]);
    land.pass(30);
    land.export();
    let all: Vec<_> = land.read(Root::Dk).into_iter().flat_map(|export| export.keys).collect();
    assert!(!bytes(&all).contains(keys[0].key.reveal()));
}

#[test]
fn a_made_up_key_is_nobodys_to_revise() {
    let land = Land::new();
    land.upload(&land.phone(2));
    land.pass(5);
    land.export();
    let published = land.read(Root::Dk).remove(0).keys;
    let taken = land.take(land.request(&published[..1], ReportKind::Negative));
    assert_eq!(reason(taken), Not::MissingRevisionToken, "as for a real one");
}
