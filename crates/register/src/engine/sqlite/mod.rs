//! The embedded engine: SQLite, one writer that commits in groups, readers that never wait for it.
//!
//! Invariant: no SQL stands outside this folder.

mod act;
mod filing;
mod keys;
mod look;
mod schema;

use std::cell::Cell;
use std::path::Path;
use std::time::Duration;

use rusqlite::config::DbConfig;
use rusqlite::{Connection, ErrorCode, OpenFlags};

pub(crate) use keys::KeyStore;
pub(crate) use schema::LAYOUT;

use crate::engine::Answer;
use crate::error::Unavailable;
use crate::pool::Snapshot;

/// A connection to the database.
#[derive(Debug)]
pub(crate) struct Store {
    connection: Connection,
    /// Number of the next line, once the writer has looked it up.
    next_line: Cell<Option<i64>>,
}

/// Whether a connection may write.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Access {
    Write,
    Look,
}

/// How long a connection waits for one that writes.
const PATIENCE: Duration = Duration::from_secs(10);
/// How long the writer waits for looks before it empties the log.
const LOOK: Duration = Duration::from_millis(100);
/// Beyond so many bytes in all connections of the process each takes its own oldest pages anew: a connection may keep 8 MiB,
/// and hundreds of them would in time.
const CACHED_BYTES: i64 = 128 * 1_024 * 1_024;
/// Pages of 4 KiB.
const PAGE_BYTES: u64 = 4_096;

impl Store {
    /// The connection of the writer; makes the tables of a new database.
    pub(crate) fn writer(path: &Path, bytes_max: Option<u64>) -> Answer<Self> {
        let connection = connect(path, Access::Write)?;
        let found: u32 = ask(connection.query_row("pragma user_version", [], |row| row.get(0)))?;
        if found == 0 {
            let made = format!("begin;{}pragma user_version = {LAYOUT};commit;", schema::DATABASE);
            ask(connection.execute_batch(&made))?;
        }
        let steps = [schema::FROM_1_TO_2, schema::FROM_2_TO_3, schema::FROM_3_TO_4];
        let steps = (found as usize).checked_sub(1).and_then(|made| steps.get(made..));
        let is_older = steps.is_some_and(|steps| !steps.is_empty());
        if let Some(steps) = steps.filter(|_| is_older) {
            let raised = format!("begin;{}pragma user_version = {LAYOUT};commit;", steps.concat());
            ask(connection.execute_batch(&raised))?;
        }
        if let Some(bytes) = bytes_max {
            let pages = i64::try_from((bytes / PAGE_BYTES).max(64)).unwrap_or(i64::MAX);
            ask(connection.pragma_update(None, "max_page_count", pages))?;
        }
        let mut store = Self { connection, next_line: Cell::new(None) };
        if is_older {
            store.file_all()?;
        }
        Ok(store)
    }

    /// A connection that looks.
    pub(crate) fn reader(path: &Path) -> Answer<Self> {
        connect(path, Access::Look).map(|connection| Self { connection, next_line: Cell::new(None) })
    }

    /// Layout of the database, 0 if it is new.
    pub(crate) fn layout(path: &Path) -> Answer<u32> {
        let connection = connect(path, Access::Write)?;
        ask(connection.query_row("pragma user_version", [], |row| row.get(0)))
    }
}

impl Snapshot for Store {
    fn start(&self) -> Answer<()> {
        start(&self.connection)
    }

    fn finish(&self) {
        finish(&self.connection);
    }
}

impl Snapshot for KeyStore {
    fn start(&self) -> Answer<()> {
        start(self.connection())
    }

    fn finish(&self) {
        finish(self.connection());
    }
}

fn start(connection: &Connection) -> Answer<()> {
    ask(ask(connection.prepare_cached("begin deferred"))?.execute([])).map(drop)
}

fn finish(connection: &Connection) {
    let ended = connection.prepare_cached("commit").and_then(|mut statement| statement.execute([]));
    if ended.is_err() && !connection.is_autocommit() {
        let _ = connection.execute_batch("rollback");
    }
}

/// Empties the write-ahead log. Looks that are under way are waited for as long as they commonly take: whoever looks for
/// minutes, such as a copy that is made, holds up no commit.
fn empty_log(connection: &Connection) -> Answer<()> {
    ask(connection.busy_timeout(LOOK))?;
    let busy = connection
        .prepare_cached("pragma wal_checkpoint(truncate)")
        .and_then(|mut statement| statement.query_row([], |row| row.get::<_, i64>(0)));
    ask(connection.busy_timeout(PATIENCE))?;
    if ask(busy)? == 0 { Ok(()) } else { Err(crate::error::Unavailable::Engine) }
}

fn connect(path: &Path, access: Access) -> Answer<Connection> {
    let flags =
        OpenFlags::SQLITE_OPEN_READ_WRITE | OpenFlags::SQLITE_OPEN_CREATE | OpenFlags::SQLITE_OPEN_NO_MUTEX;
    let connection = ask(Connection::open_with_flags(path, flags))?;
    ask(connection.busy_timeout(PATIENCE))?;
    // What is erased is overwritten; what is acknowledged is on the disk.
    ask(connection.execute_batch(
        "pragma page_size = 4096; pragma journal_mode = wal; pragma synchronous = full; pragma secure_delete = on;
         pragma temp_store = memory; pragma cache_size = -8192; pragma trusted_schema = off;",
    ))?;
    ask(connection.pragma_update(None, "soft_heap_limit", CACHED_BYTES))?;
    // Statements are planned once: a value that is bound anew would else have them planned anew.
    ask(connection.set_db_config(DbConfig::SQLITE_DBCONFIG_ENABLE_QPSG, true))?;
    if access == Access::Look {
        ask(connection.pragma_update(None, "query_only", true))?;
    }
    connection.set_prepared_statement_cache_capacity(128);
    Ok(connection)
}

/// A write or the growth of the shared index failed: a quota or a largest size of files shows so. A flush or a truncation that fails is a fault of the disk, not want of room.
const NO_ROOM: [i32; 2] = [rusqlite::ffi::SQLITE_IOERR_WRITE, rusqlite::ffi::SQLITE_IOERR_SHMSIZE];

/// The engine's error as the register says it; its own words go to the technical log and hold no values.
fn ask<T>(result: rusqlite::Result<T>) -> Answer<T> {
    result.map_err(|error| {
        let code = error.sqlite_error().map(|error| error.extended_code);
        tracing::error!(target: "register.engine", ?code, "the database refused");
        match error.sqlite_error_code() {
            Some(ErrorCode::DiskFull) => Unavailable::DiskFull,
            Some(ErrorCode::SystemIoFailure) if code.is_some_and(|code| NO_ROOM.contains(&code)) => {
                Unavailable::DiskFull
            }
            Some(_) | None => Unavailable::Engine,
        }
    })
}

/// A pseudonym or id out of a column.
fn bytes<const N: usize>(row: &rusqlite::Row<'_>, column: usize) -> rusqlite::Result<[u8; N]> {
    let blob = row.get_ref(column)?.as_blob()?;
    blob.try_into()
        .map_err(|_| rusqlite::Error::InvalidColumnType(column, String::new(), rusqlite::types::Type::Blob))
}

#[cfg(test)]
mod tests {
    use super::*;
    use rusqlite::ffi;

    #[test]
    fn only_want_of_room_is_called_a_full_disk() {
        let said = |code: i32| {
            let failed = rusqlite::Error::SqliteFailure(ffi::Error::new(code), None);
            ask::<()>(Err(failed)).unwrap_err()
        };
        for code in [ffi::SQLITE_FULL, ffi::SQLITE_IOERR_WRITE, ffi::SQLITE_IOERR_SHMSIZE] {
            assert_eq!(said(code), Unavailable::DiskFull, "{code}");
        }
        for code in [ffi::SQLITE_IOERR_READ, ffi::SQLITE_IOERR_FSYNC, ffi::SQLITE_IOERR, ffi::SQLITE_CORRUPT]
        {
            assert_eq!(said(code), Unavailable::Engine, "{code}");
        }
    }

    #[test]
    #[cfg(target_os = "linux")]
    fn connections_that_have_seen_much_share_one_bound_of_memory() {
        let resident = || {
            let pages = std::fs::read_to_string("/proc/self/statm").unwrap();
            pages.split(' ').nth(1).unwrap().parse::<i64>().unwrap() * 4_096
        };
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("register.db");
        let writer = Store::writer(&path, None).unwrap();
        let filled = "create table seen (page blob);
                      with recursive number(n) as (select 1 union all select n + 1 from number where n < 3000)
                      insert into seen select zeroblob(3900) from number;";
        writer.connection.execute_batch(filled).unwrap();
        let before = resident();
        let seen = |reader: &Store| -> i64 {
            reader.connection.query_row("select sum(length(page)) from seen", [], |row| row.get(0)).unwrap()
        };
        // Each alone keeps 8 MiB of the 12: three times what all may keep.
        let readers: Vec<Store> = (0..48).map(|_| Store::reader(&path).unwrap()).collect();
        assert!(readers.iter().all(|reader| seen(reader) == 3000 * 3900));
        let grown = resident() - before;
        assert!(grown < CACHED_BYTES + CACHED_BYTES / 4, "{grown} bytes");
    }

    #[test]
    fn a_database_of_layout_1_is_raised() {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("register.db");
        drop(Store::writer(&path, None).unwrap());
        let connection = Connection::open(&path).unwrap();
        connection
            .execute_batch(
                "drop table line_kept; drop table line_filed; drop table line_run; drop table line_of; drop table line_day; drop table line;
                 create table line (number integer primary key autoincrement, at integer not null, subject blob, actor blob,
                     use_name integer not null, outcome integer not null, key_day integer not null, salt blob not null,
                     hash blob not null, due_at integer not null, sealed blob not null);
                 create index line_due on line (due_at, key_day);
                 create index line_subject on line (subject, number) where subject is not null;
                 create index line_actor on line (actor, number) where actor is not null;
                 create index line_day on line (key_day);
                 insert into line (at, subject, use_name, outcome, key_day, salt, hash, due_at, sealed)
                 values (5, zeroblob(16), 1, 0, 7, zeroblob(32), zeroblob(32), 9, x''), (5, null, 1, 0, 7, zeroblob(32), zeroblob(32), 9, x'');
                 delete from line where subject is null;
                 pragma user_version = 1;",
            )
            .unwrap();
        drop(connection);
        drop(Store::writer(&path, None).unwrap());
        assert_eq!(Store::layout(&path).unwrap(), LAYOUT);
        let reader = Store::reader(&path).unwrap();
        let lines_of = |subject: u8| {
            let page = crate::engine::Page { before: None, now: 0, limit: 5 };
            crate::engine::Look::lines_about(&reader, &[subject; 16], page).unwrap().len()
        };
        assert_eq!((lines_of(0), lines_of(1)), (1, 0));
        assert_eq!(crate::engine::Look::key_days(&reader).unwrap(), [7]);
        let writer = Store::writer(&path, None).unwrap();
        assert_eq!(writer.next_line().unwrap(), 3, "the number of a line that has gone is not used again");
    }
}
