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
    let (real, decoys) = (last(&one, "questions of warnings"), last(&one, "questions of decoys"));
    assert!(real > 0 && decoys > 20 * real, "{real} {decoys}");
    assert_eq!(last(&one, "decoys not answered like the others"), 0, "{one:?}");
    assert!(one.err.contains("24 of 24 days lived"), "{one:?}");
}

#[test]
fn numbers_out_of_bounds_are_wrong_use() {
    let wrongs =
        [["--people", "0"], ["--people", "5"], ["--days", "1"], ["--adoption", "101"], ["--seed", "-1"]];
    for wrong in wrongs {
        assert_eq!(hjemmel(&["town", wrong[0], wrong[1]]).code, 2, "{wrong:?}");
    }
}

#[test]
fn a_picture_without_a_place_is_told_before_the_town_begins_and_nothing_of_others_is_lost() {
    let folder = TempDir::new().unwrap();
    let letter = folder.path().join("letter.svg");
    std::fs::write(&letter, "<svg>dear mother</svg>").unwrap();
    let nowhere = folder.path().join("none/town.svg");
    for (place, why) in [
        (&letter, "is no picture of a town"),
        (&nowhere, "there is no folder"),
        (&folder.path().to_owned(), "no picture"),
    ] {
        let said = town(place);
        assert!(said.code == 3 && said.err.contains(why) && said.out.is_empty(), "{said:?}");
        assert!(!said.err.contains("lived"), "{said:?}");
    }
    assert_eq!(std::fs::read(&letter).unwrap(), b"<svg>dear mother</svg>");
    assert_eq!(std::fs::read_dir(folder.path()).unwrap().count(), 1);
}

#[cfg(unix)]
#[test]
fn a_town_that_is_stopped_leaves_nothing_behind() {
    let folder = TempDir::new().unwrap();
    let (scratch, picture) = (folder.path().join("scratch"), folder.path().join("town.svg"));
    std::fs::create_dir(&scratch).unwrap();
    let files = |at: &std::path::Path| std::fs::read_dir(at).unwrap().count();
    let mut running = program();
    running.args(["town", "--people", "50", "--days", "300", "--adoption", "40", "--picture"]).arg(&picture);
    running.env("TMPDIR", &scratch).stdout(std::process::Stdio::piped()).stderr(std::process::Stdio::piped());
    let running = running.spawn().unwrap();
    let begun = (0..600).any(|_| {
        std::thread::sleep(std::time::Duration::from_millis(50));
        files(&scratch) > 0
    });
    assert!(begun);
    let interrupt = std::process::Command::new("kill").args(["-INT", &running.id().to_string()]).status();
    assert!(interrupt.unwrap().success());
    let said = said(running.wait_with_output().unwrap());
    assert!(said.code == 3 && said.err.contains("stopped before its end"), "{said:?}");
    assert_eq!((files(&scratch), files(folder.path())), (0, 1), "scratch alone is left, and it is empty");
}
