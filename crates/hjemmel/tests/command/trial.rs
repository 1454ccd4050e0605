//! `hjemmel try`: what it refuses, and that nothing real is opened as a trial nor a trial as real. Decision 012.

use std::fs;
use std::path::Path;

use crate::browser::{Server, free_port};
use crate::run::{Said, hjemmel, program, root, said};

fn club() -> String {
    root().join("crates/services/fixtures/club").to_str().unwrap().to_owned()
}

fn tries(notices: &str, data: &Path) -> Said {
    let port = free_port().to_string();
    hjemmel(&["try", notices, "--port", &port, "--data", data.to_str().unwrap()])
}

#[test]
fn a_database_of_a_trial_is_opened_by_no_real_server_and_goes_on_as_a_trial() {
    let folder = tempfile::tempdir().unwrap();
    let line = format!("hjemmel try {} --data data", club());
    drop(Server::start(folder.path(), &line));
    let data = folder.path().join("data");
    assert!(data.join("database/this-is-a-trial.txt").is_file());
    let config = folder.path().join("hjemmel.toml");
    let port = free_port();
    let text = format!(
        "[site]\norigin = \"http://localhost:{port}\"\ncontroller = \"club\"\n\
         [listen]\naddress = \"127.0.0.1:{port}\"\noperations = \"127.0.0.1:{}\"\ntls = \"loopback\"\n\
         [register]\nnotices = {:?}\ndatabase = \"data/database\"\nkeys = \"data/keys\"\nsignatures = \"none\"\n",
        port + 1,
        club()
    );
    fs::write(&config, text).unwrap();
    for command in ["serve", "sweep", "due"] {
        let said = said(program().args([command, "--config", config.to_str().unwrap()]).output().unwrap());
        assert_eq!(said.code, 3, "{command}: {said:?}");
        assert!(said.err.contains("a trial") && said.err.contains("help:"), "{command}: {said:?}");
    }
    drop(Server::start(folder.path(), &line));
}

#[test]
fn a_folder_that_holds_something_else_is_never_opened_for_a_trial() {
    let folder = tempfile::tempdir().unwrap();
    let database = folder.path().join("database");
    fs::create_dir(&database).unwrap();
    fs::write(database.join("register.db"), "real").unwrap();
    let said = tries(&club(), folder.path());
    assert_eq!(said.code, 2, "{said:?}");
    assert!(said.err.contains("holds something that is no trial"), "{said:?}");
    assert!(!database.join("this-is-a-trial.txt").exists());
}

#[test]
fn notices_without_a_form_and_notices_with_errors_are_not_tried() {
    let folder = tempfile::tempdir().unwrap();
    let house = root().join("notices");
    let said = tries(house.to_str().unwrap(), &folder.path().join("data"));
    assert_eq!(said.code, 3, "{said:?}");
    assert!(said.err.contains("names the form of its entries") && said.err.contains("schema ="), "{said:?}");
    let said = tries("no/such/folder", &folder.path().join("data"));
    assert_eq!(said.code, 3, "{said:?}");
    assert!(!folder.path().join("data").exists(), "nothing is written when it does not work");
}
