//! What an intruder, a crash of two stores or a thief of one of them can do: nothing that goes unseen.

#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic, clippy::indexing_slicing, missing_docs)]

mod support;

use std::collections::{BTreeMap, HashSet};

use register::testing::TestRegister;
use register::{Denied, OpenError, Register, Unavailable};
use rusqlite::Connection;
use support::*;

fn database(town: &TestRegister) -> Connection {
    Connection::open(town.config.database.join("register.db")).unwrap()
}

fn key_store(town: &TestRegister) -> Connection {
    Connection::open(town.config.keys.join("keys.db")).unwrap()
}

fn two_orders() -> Town {
    let town = Town::new();
    town.prescribe(town.nancy, "Panodil").unwrap();
    town.prescribe(town.nancy, "Ipren").unwrap();
    town
}

fn tampered(town: &Town) -> bool {
    town.register().forget_recent();
    matches!(town.card(town.nancy), Err(Denied::Unavailable(Unavailable::Tampered)))
}

const ORDERS: &str = "register = (select id from word where text = 'fmk.order')";

#[test]
fn t26_every_flipped_byte_of_a_sealed_record_is_seen() {
    let town = two_orders();
    let db = database(&town.at);
    let (number, sealed): (i64, Vec<u8>) = db
        .query_row(&format!("select number, sealed from record where {ORDERS} limit 1"), [], |row| {
            Ok((row.get(0)?, row.get(1)?))
        })
        .unwrap();
    for position in 0..sealed.len() {
        let mut changed = sealed.clone();
        changed[position] ^= 1;
        db.execute("update record set sealed = ?1 where number = ?2", (&changed, number)).unwrap();
        assert!(tampered(&town), "byte {position}");
    }
    db.execute("update record set sealed = ?1 where number = ?2", (&sealed, number)).unwrap();
    assert_eq!(town.card(town.nancy).unwrap().len(), 2);
}

#[test]
fn t26_no_column_can_be_changed_and_no_two_rows_swapped() {
    let town = two_orders();
    let db = database(&town.at);
    for change in [
        "version = version + 1",
        "revision = revision + 1",
        "stage = 3",
        "private = 1",
        "collected_at = collected_at - 1",
        "changed_at = 5",
        "due_at = 5",
        "closed_at = null",
        "under = 9",
    ] {
        db.execute_batch(&format!("create table kept as select * from record where {ORDERS}")).unwrap();
        db.execute(&format!("update record set {change} where {ORDERS}"), []).unwrap();
        assert!(tampered(&town), "{change}");
        db.execute_batch(&format!(
            "delete from record where {ORDERS}; insert into record select * from kept; drop table kept"
        ))
        .unwrap();
        assert_eq!(town.card(town.nancy).unwrap().len(), 2);
    }
    db.execute_batch(&format!(
        "create table kept as select number, sealed from record where {ORDERS};
         update record set sealed = (select sealed from kept where kept.number <> record.number) where {ORDERS};"
    ))
    .unwrap();
    assert!(tampered(&town));
}

#[test]
fn t26_an_old_version_of_a_row_is_not_believed() {
    let town = two_orders();
    let id = town.prescribe(town.nancy, "Kodein").unwrap();
    let db = database(&town.at);
    db.execute_batch("create table kept as select * from record").unwrap();
    let end = register::Change::Raise { record: id, event: "dispensed".to_owned(), at: town.now() };
    town.write(&town.system(), "fmk.import", town.nancy, vec![end]).unwrap();
    // The floor follows within a moment.
    std::thread::sleep(std::time::Duration::from_millis(700));
    db.execute_batch("delete from record; insert into record select * from kept; drop table kept").unwrap();
    assert!(tampered(&town));
}

#[test]
fn a_forged_fact_opens_nothing() {
    let town = Town::new();
    town.treat(town.bruno, register::Holder::Person(town.bruno));
    town.register().forget_recent();
    let db = database(&town.at);
    db.execute_batch(
        "update fact set holder_kind = 2, until_at = null where kind = 3 and subject in (select subject from fact where kind = 3)",
    )
    .unwrap();
    assert!(matches!(town.card(town.bruno), Err(Denied::Unavailable(Unavailable::Tampered))));
}

#[test]
fn t27_no_value_is_equal_across_groups_of_registers() {
    let town = two_orders();
    town.block(town.nancy, register::Holder::Everyone).unwrap();
    let db = database(&town.at);
    let mut by_group: BTreeMap<&str, HashSet<Vec<u8>>> = BTreeMap::new();
    let mut add = |group: &'static str, sql: &str| {
        let mut statement = db.prepare(sql).unwrap();
        let columns = statement.column_count();
        let mut rows = statement.query([]).unwrap();
        while let Some(row) = rows.next().unwrap() {
            for column in 0..columns {
                if let Ok(blob) = row.get_ref(column).unwrap().as_blob()
                    && blob.iter().any(|byte| *byte != 0)
                {
                    by_group.entry(group).or_default().insert(blob.to_vec());
                }
            }
        }
    };
    let of = |notice: &str| format!("register in (select id from word where text like '{notice}.%')");
    for (group, notice) in [("medicine", "fmk"), ("platform", "nsp")] {
        add(group, &format!("select * from record where {}", of(notice)));
        add(
            group,
            &format!("select subject.* from subject join record on number = record where {}", of(notice)),
        );
        add(group, &format!("select fact.* from fact join record on id = record where {}", of(notice)));
    }
    add("log", "select * from line");
    add("identity", "select * from identifier union all select owner, sealed, null from birth");
    let groups: Vec<_> = by_group.into_iter().collect();
    assert_eq!(groups.len(), 4);
    for (position, (name, values)) in groups.iter().enumerate() {
        for (other, theirs) in &groups[position + 1..] {
            assert!(values.is_disjoint(theirs), "{name} and {other} share a value");
        }
    }
}

#[test]
fn nothing_personal_lies_in_the_clear_in_any_file() {
    let town = two_orders();
    let folder = town.at.folder().to_owned();
    town.lines(town.nancy);
    for canary in ["Panodil", "Ipren", NANCY, "Name of 2", "Dr Test", "Test doctor"] {
        assert_eq!(files_with(&folder, canary), Vec::<String>::new(), "{canary}");
    }
    for id in [town.nancy, town.doctor] {
        assert_eq!(files_with_bytes(&folder, &id.to_bytes()), Vec::<String>::new());
    }
}

#[test]
fn a_key_without_a_row_and_a_row_without_a_key_are_swept_up_at_opening() {
    let town = two_orders();
    let count = |town: &TestRegister| {
        let keys: i64 = key_store(town).query_row("select count(*) from key", [], |row| row.get(0)).unwrap();
        let rows: i64 =
            database(town).query_row("select count(*) from record", [], |row| row.get(0)).unwrap();
        (keys, rows)
    };
    let before = count(&town.at);
    // One row loses its key, another key loses its row.
    let db = database(&town.at);
    db.execute_batch(&format!(
        "delete from record where number = (select min(number) from record where {ORDERS})"
    ))
    .unwrap();
    key_store(&town.at).execute("insert into key values (zeroblob(16), zeroblob(60), 0)", []).unwrap();
    let Town { at, nancy, bruno, doctor, clinic } = town;
    let town = Town { at: at.reopen(2).unwrap(), nancy, bruno, doctor, clinic };
    let after = count(&town.at);
    assert_eq!(after, (before.0 - 1, before.1 - 1), "the key without a row and the stray key are gone");
    assert_eq!(town.card(town.nancy).unwrap().len(), 1);
    key_store(&town.at).execute_batch("delete from key").unwrap();
    town.register().forget_recent();
    assert_eq!(
        town.card(town.nancy).map(|card| card.len()).unwrap_or(0),
        0,
        "without its key a record is erased"
    );
    let Town { at, .. } = town;
    let at = at.reopen(3).unwrap();
    assert_eq!(count(&at).1, 0);
}

#[test]
fn a_register_that_is_open_is_in_use() {
    let town = TestRegister::new();
    let randomness = std::sync::Arc::new(register::testing::SeededRandomness::new(3));
    let again = Register::open(
        &town.config,
        town.policy.clone(),
        town.corpus.clone(),
        town.clock.clone(),
        randomness,
    );
    assert!(matches!(again.map(drop), Err(OpenError::InUse)));
}

#[test]
fn a_database_with_foreign_or_missing_keys_does_not_open() {
    let first = TestRegister::new();
    let (policy, corpus, clock, zone) =
        (first.policy.clone(), first.corpus.clone(), first.clock.clone(), first.config.zone.clone());
    let folder = tempfile::tempdir().unwrap();
    let open = |database: &std::path::Path, keys: &std::path::Path, seed: u64| {
        let config = register::Config::new(database, keys, zone.clone());
        let randomness = std::sync::Arc::new(register::testing::SeededRandomness::new(seed));
        Register::open(&config, policy.clone(), corpus.clone(), clock.clone(), randomness)
    };
    let [database, keys, other, other_keys] =
        ["database", "keys", "other", "other-keys"].map(|it| folder.path().join(it));
    drop(open(&database, &keys, 5).unwrap());
    drop(open(&other, &other_keys, 6).unwrap());
    let mismatch = |database: &std::path::Path, keys: &std::path::Path| {
        matches!(open(database, keys, 7), Err(OpenError::Mismatch))
    };
    assert!(mismatch(&database, &other_keys) && mismatch(&other, &keys));
    assert!(mismatch(&database, &folder.path().join("nothing")));
    let master = keys.join("master.key");
    std::fs::rename(&master, folder.path().join("stolen")).unwrap();
    assert!(mismatch(&database, &keys), "a new master key is never made for an old database");
    std::fs::copy(other_keys.join("master.key"), &master).unwrap();
    assert!(mismatch(&database, &keys));
    std::fs::remove_file(&master).unwrap();
    std::fs::rename(folder.path().join("stolen"), &master).unwrap();
    assert!(open(&database, &keys, 7).is_ok());
}

#[test]
fn a_database_of_a_newer_release_is_left_alone() {
    let town = TestRegister::new();
    database(&town).execute_batch("pragma user_version = 99").unwrap();
    assert!(matches!(town.reopen(2), Err(OpenError::Newer { found: 99, .. })));
}

#[test]
fn the_master_key_is_for_its_owner_alone() {
    use std::os::unix::fs::PermissionsExt;
    let town = TestRegister::new();
    let mode = std::fs::metadata(town.config.keys.join("master.key")).unwrap().permissions().mode();
    assert_eq!(mode & 0o777, 0o400);
}

#[test]
fn after_the_sweep_no_file_holds_what_was_erased() {
    let town = Town::new();
    let canary = "CANARY-7f3a";
    town.prescribe(town.nancy, canary).unwrap();
    town.card(town.nancy).unwrap();
    let db = database(&town.at);
    let (sealed, id): (Vec<u8>, Vec<u8>) = db
        .query_row(&format!("select sealed, id from record where {ORDERS}"), [], |row| {
            Ok((row.get(0)?, row.get(1)?))
        })
        .unwrap();
    let wrapped: Vec<Vec<u8>> = {
        let keys = key_store(&town.at);
        let mut statement = keys.prepare("select wrapped from key").unwrap();
        statement.query_map([], |row| row.get(0)).unwrap().flatten().collect()
    };
    drop(db);
    let folder = town.at.folder().to_owned();
    assert_eq!(files_with_bytes(&folder, &sealed[..32]).len(), 1);
    let mut left = 30;
    while !town.card(town.nancy).unwrap().is_empty() && left > 0 {
        town.at.clock.pass(jiff::Span::new().hours(24 * 30));
        town.register().sweep().unwrap();
        left -= 1;
    }
    town.register().sweep().unwrap();
    for bytes in [&sealed[..32], &id[..], canary.as_bytes()] {
        assert_eq!(files_with_bytes(&folder, bytes), Vec::<String>::new());
    }
    let keys = key_store(&town.at);
    let standing: i64 = keys.query_row("select count(*) from key", [], |row| row.get(0)).unwrap();
    drop(keys);
    let found = wrapped.iter().filter(|key| !files_with_bytes(&folder, key).is_empty()).count();
    assert!(found as i64 <= standing, "a destroyed key is in no file");
    assert!(found < wrapped.len());
}

fn files_with(folder: &std::path::Path, text: &str) -> Vec<String> {
    files_with_bytes(folder, text.as_bytes())
}

fn files_with_bytes(folder: &std::path::Path, bytes: &[u8]) -> Vec<String> {
    let mut found = Vec::new();
    for entry in std::fs::read_dir(folder).unwrap().flatten() {
        if entry.path().is_dir() {
            found.extend(files_with_bytes(&entry.path(), bytes));
        } else if std::fs::read(entry.path()).unwrap().windows(bytes.len()).any(|window| window == bytes) {
            found.push(entry.path().display().to_string());
        }
    }
    found
}
