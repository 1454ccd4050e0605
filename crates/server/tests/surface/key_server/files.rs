//! The files that phones fetch: until when, and only as they were written down.

use super::*;

#[tokio::test]
async fn a_file_is_gone_in_the_moment_in_which_its_fourteen_days_are_over() {
    let land = Land::new();
    land.publish(&land.upload(&land.phone(3))).await;
    land.pass(5).await;
    let path = land.get("/exports/dk/index.txt").await.text().trim().to_owned();
    let file = format!("/exports/{path}");
    land.house.clock.pass(jiff::Span::new().hours(14 * 24 - 1));
    assert_eq!(land.get(&file).await.status, StatusCode::OK);
    land.house.clock.pass(jiff::Span::new().hours(2));
    assert_eq!(land.get(&file).await.status, StatusCode::NOT_FOUND, "nobody swept yet");
}

/// Threat T17: nothing on the way keeps a file longer than we may.
#[tokio::test]
async fn no_cache_is_told_to_keep_a_file_past_the_day_of_its_erasure() {
    let land = Land::new();
    land.publish(&land.upload(&land.phone(3))).await;
    land.pass(5).await;
    let path = land.get("/exports/dk/index.txt").await.text().trim().to_owned();
    let file = format!("/exports/{path}");
    let danish = "/v2/diagnostickeys/2026-11-21_1_dk.zip";
    let kept = async |path: &str| -> i64 {
        let answer = land.get(path).await;
        assert_eq!(answer.status, StatusCode::OK, "{path}");
        answer.header("cache-control").strip_prefix("public, max-age=").unwrap().parse().unwrap()
    };
    let all = kept(&file).await;
    assert_eq!(kept(danish).await, 7_200, "more of today may come");
    land.house.clock.pass(jiff::Span::new().hours(13 * 24));
    let left = all - 13 * 86_400;
    assert!((1..=86_400).contains(&left), "{left}");
    assert_eq!([kept(&file).await, kept(danish).await], [left, left]);
    // Who has it is told no more.
    let tag = land.get(danish).await.header("etag").to_owned();
    let again = Request::get(danish).header("if-none-match", tag);
    let again = send(land.router.clone(), again.body(Body::empty()).unwrap()).await;
    assert_eq!(again.status, StatusCode::NOT_MODIFIED);
    assert_eq!(again.header("cache-control"), format!("public, max-age={left}"));
}

#[tokio::test]
async fn a_file_whose_bytes_are_not_those_that_were_written_down_is_given_to_nobody() {
    let land = Land::new();
    land.publish(&land.upload(&land.phone(3))).await;
    land.pass(5).await;
    let path = land.get("/exports/dk/index.txt").await.text().trim().to_owned();
    let file = format!("/exports/{path}");
    let place = land.app.config().key_server.as_ref().unwrap().exports.join(&path);
    let right = std::fs::read(&place).unwrap();
    let mut wrong = right.clone();
    wrong[40] ^= 1;
    std::fs::write(&place, &wrong).unwrap();
    assert_eq!(land.get(&file).await.status, StatusCode::SERVICE_UNAVAILABLE);
    std::fs::write(&place, &right).unwrap();
    let given = land.get(&file).await;
    assert_eq!((given.status, &given.body[..]), (StatusCode::OK, &right[..]));
    // It is read once: the next phones get what was found to be right, whatever becomes of the folder.
    std::fs::write(&place, &wrong).unwrap();
    assert_eq!(&land.get(&file).await.body[..], &right[..]);
}
