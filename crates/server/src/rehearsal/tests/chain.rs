//! Two meet, one falls ill, logs in, types the code in; the other is warned, and nobody who was not near.

use phone::report::Ending;

use super::house::{Land, nancy};

#[tokio::test(flavor = "multi_thread")]
async fn who_was_near_is_warned_through_our_own_servers_and_nobody_else() {
    // proves rule SS-11, rule SS-14, rule SS-20, rule SS-22
    let land = Land::new().await;
    let (mut ill, mut near, mut far) = (land.owner(1, 0.0), land.owner(2, 1.0), land.owner(3, 60.0));
    land.hour_together(&mut [&mut ill, &mut near, &mut far]);
    land.pass_until("2026-11-21T09:00:00Z").await;
    land.lists(&[&nancy()]).await;
    let code = land.code(&nancy()).await.unwrap();
    assert_eq!(land.warns(&mut ill, &code), Some(Ending::Sent));
    assert_eq!(ill.wire.answer("/v1/publish")["insertedExposures"], 1);

    // Before the embargo is over nothing is published, and nobody is warned.
    let (look, shown) = land.looks(&mut near);
    assert!(look.files == 0 && look.warning.is_none() && !shown);
    land.pass_until("2026-11-21T14:05:00Z").await;
    let (look, shown) = land.looks(&mut near);
    assert!(look.refused.is_empty(), "{:?}", look.refused);
    assert_eq!((look.files, look.warning.map(|warning| warning.days), shown), (1, Some(1), true));
    for other in [&mut far, &mut ill] {
        let (look, shown) = land.looks(other);
        assert!(look.files == 1 && look.warning.is_none() && !shown);
    }

    // What she is told says neither who nor when, and what to do about it.
    let said = format!("{:?} {:?}", near.phone.warning(land.now()), near.phone.messages(land.now()));
    assert!(!said.contains("2026-11-20") && !said.contains("12:"), "{said}");
    let guidance = near.phone.guidance();
    assert_eq!((guidance.version, guidance.da.title.as_str()), (1, "Det skal du gøre nu"), "as served today");
    let (look, shown) = land.looks(&mut near);
    assert!(look.files == 0 && !shown, "told twice");
    // She names the list by what she has of it, and our server knows it by that.
    let mut lists = near.wire.answered.iter().filter(|(path, _)| path == "/exports/dk/index.txt");
    assert_eq!(lists.next_back().map(|(_, answer)| answer.status), Some(304));

    // What was published goes after fourteen days, by the notice's clock, and new phones find nothing.
    for day in 22..=30 {
        land.pass_until(&format!("2026-11-{day}T14:00:00Z")).await;
    }
    for day in 1..=7 {
        land.pass_until(&format!("2026-12-0{day}T14:00:00Z")).await;
    }
    let mut late = land.owner(4, 1.0);
    let (look, _) = land.looks(&mut late);
    assert_eq!(look.files, 0);
    let sent = &ill.sent_keys()[0];
    assert!(
        !register::testing::stands_in(&land.standing(&land.bodies.keys), sent),
        "a key outlived its clock"
    );
}

#[tokio::test(flavor = "multi_thread")]
async fn a_second_warning_brings_the_token_of_the_first_and_only_what_is_new() {
    let land = Land::new().await;
    let mut ill = land.owner(1, 0.0);
    let settings = land.settings();
    ill.turns(&settings, land.now());
    land.pass_until("2026-11-21T09:00:00Z").await;
    ill.turns(&settings, land.now());
    land.lists(&[&nancy()]).await;
    let code = land.code(&nancy()).await.unwrap();
    assert_eq!(land.warns(&mut ill, &code), Some(Ending::Sent));
    let (first, token) = (ill.sent_keys(), ill.wire.answer("/v1/publish")["revisionToken"].clone());
    assert_eq!(first.len(), 2);
    land.pass_until("2026-11-21T20:00:00Z").await;
    ill.turns(&settings, land.now());
    let code = land.code(&nancy()).await.unwrap();
    assert_eq!(land.warns(&mut ill, &code), Some(Ending::Sent));
    let sent: serde_json::Value = serde_json::from_slice(ill.wire.last("/v1/publish")).unwrap();
    assert_eq!(sent["revisionToken"], token);
    let second = ill.sent_keys();
    assert!(second.len() == 1 && !first.contains(&second[0]), "{first:?} {second:?}");
    // The server knows both uploads as one phone's: its new token covers all three keys.
    let opened = land.standing(&land.bodies.keys);
    assert!(first.iter().chain(&second).all(|key| register::testing::stands_in(&opened, key)));
    assert_ne!(ill.wire.answer("/v1/publish")["revisionToken"], token);
}
