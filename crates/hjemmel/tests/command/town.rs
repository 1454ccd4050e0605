//! `hjemmel town`: it lives, draws, and is the same for the same seed.

use tempfile::TempDir;

use crate::run::{Said, hjemmel, program, said};

fn town(picture: &std::path::Path) -> Said {
    let arguments = ["town", "--people", "50", "--days", "12", "--adoption", "0,40", "--picture"];
    said(program().args(arguments).arg(picture).output().unwrap())
}

/// The table alone: the noise of the private statistics below it differs each time.
fn table(said: &Said) -> &str {
    assert_eq!(said.code, 0, "{said:?}");
    said.out.split("\n\napp ").next().unwrap()
}

/// The last cell of a row.
fn last(said: &Said, row: &str) -> u64 {
    let line = said.out.lines().find(|line| line.starts_with(row)).unwrap();
    line.split_whitespace().last().unwrap().parse().unwrap()
}

#[test]
fn a_tiny_town_is_the_same_for_the_same_seed() {
    let folder = TempDir::new().unwrap();
    let picture = |name: &str| folder.path().join(name);
    let [one, again] = std::thread::scope(|scope| {
        let lived = ["one.svg", "again.svg"].map(|name| {
            let at = picture(name);
            scope.spawn(move || town(&at))
        });
        lived.map(|lived| lived.join().unwrap())
    });
    assert_eq!(table(&one), table(&again));
    let [drawn, drawn_again] = ["one.svg", "again.svg"].map(|name| std::fs::read(picture(name)).unwrap());
    assert!(drawn.starts_with(b"<svg") && drawn == drawn_again);
    assert!(last(&one, "infected ") >= 4, "{one:?}");
    assert!(last(&one, "most sightings") > 0, "phones heard each other: {one:?}");
    assert!(last(&one, "most keys") >= 1_000, "a file is never small: {one:?}");
    assert!(
        last(&one, "tested positive and warned others") > 0,
        "an upload went through both servers: {one:?}"
    );
    for register in ["ssi-infected", "nemid-login", "verification-count"] {
        let row = format!("most records of {register} (verification) at once");
        assert!(last(&one, &row) > 0, "{row}: {one:?}");
    }
    for register in ["backend-keys", "used-certificate", "export"] {
        let row = format!("most records of {register} (keys) at once");
        assert!(last(&one, &row) > 0, "{row}: {one:?}");
    }
    assert!(one.out.contains("too few phones"), "{one:?}");
}

#[test]
fn numbers_out_of_bounds_are_wrong_use() {
    for wrong in [["--people", "0"], ["--days", "0"], ["--adoption", "101"], ["--seed", "-1"]] {
        assert_eq!(hjemmel(&["town", wrong[0], wrong[1]]).code, 2, "{wrong:?}");
    }
}
