//! The opponent: the same engine, nothing lawful. Reads one row, inserts one row durably, answers after the commit.
//!
//! One writer thread that commits in groups, one connection a reader that stays open, the same journal, cache and flush
//! as the register uses. The row is found by a key of 16 bytes, since people are not known by small numbers.

use std::path::{Path, PathBuf};
use std::sync::mpsc::{self, Receiver, Sender, SyncSender};
use std::thread::JoinHandle;

use anyhow::{Context, Result};
use rusqlite::{Connection, OpenFlags, params};

/// At most this many inserts in one commit.
const GROUP: usize = 512;

/// A row to be inserted, and who waits for it.
struct Insert {
    body: Vec<u8>,
    done: SyncSender<bool>,
}

/// A database with rows to read and a table of lines to append to.
pub struct Bare {
    path: PathBuf,
    sender: Option<Sender<Insert>>,
    writer: Option<JoinHandle<()>>,
}

impl Bare {
    /// Makes it with as many rows of so many bytes.
    ///
    /// # Errors
    /// When the database cannot be made.
    pub fn make(folder: &Path, rows: u64, row_bytes: usize) -> Result<Self> {
        let path = folder.join("bare.db");
        let mut connection = Connection::open(&path)?;
        connection.execute_batch(
            "PRAGMA journal_mode = WAL; PRAGMA synchronous = FULL; PRAGMA cache_size = -8192;
             CREATE TABLE record (number INTEGER PRIMARY KEY, id BLOB NOT NULL UNIQUE, body BLOB NOT NULL);
             CREATE TABLE line (number INTEGER PRIMARY KEY, body BLOB NOT NULL);",
        )?;
        let transaction = connection.transaction()?;
        for id in 0..rows {
            transaction
                .prepare_cached("INSERT INTO record (id, body) VALUES (?1, ?2)")?
                .execute(params![key(id), vec![id as u8; row_bytes]])?;
        }
        transaction.commit()?;
        let (sender, receiver) = mpsc::channel();
        let writer = std::thread::spawn(move || write_all(&mut connection, &receiver));
        Ok(Self { path, sender: Some(sender), writer: Some(writer) })
    }

    /// A client with a connection of its own.
    ///
    /// # Errors
    /// When the database cannot be opened.
    pub fn client(&self) -> Result<Client> {
        let flags = OpenFlags::SQLITE_OPEN_READ_ONLY | OpenFlags::SQLITE_OPEN_NO_MUTEX;
        let sender = self.sender.clone().context("the writer has gone")?;
        let connection = Connection::open_with_flags(&self.path, flags)?;
        connection.execute_batch("PRAGMA cache_size = -8192")?;
        Ok(Client { connection, sender })
    }
}

/// What a person is known by, spread over all bits.
fn key(number: u64) -> [u8; 16] {
    u128::from(number + 1).wrapping_mul(0x9E37_79B9_7F4A_7C15_F39C_C060_5CED_C835).to_be_bytes()
}

impl Drop for Bare {
    fn drop(&mut self) {
        drop(self.sender.take());
        if let Some(writer) = self.writer.take() {
            let _ = writer.join();
        }
    }
}

/// One who reads and leaves a line.
pub struct Client {
    connection: Connection,
    sender: Sender<Insert>,
}

impl Client {
    /// Reads a row and answers when the line that says so is durable.
    ///
    /// # Errors
    /// When the engine fails.
    pub fn read(&self, id: u64, line: Vec<u8>) -> Result<Vec<u8>> {
        let body = self
            .connection
            .prepare_cached("SELECT body FROM record WHERE id = ?1")?
            .query_row([key(id)], |row| row.get(0))?;
        let (done, wait) = mpsc::sync_channel(1);
        self.sender.send(Insert { body: line, done }).context("the writer has gone")?;
        anyhow::ensure!(wait.recv()?, "the line was not written");
        Ok(body)
    }
}

/// Takes what has come, commits it at once, answers all.
fn write_all(connection: &mut Connection, receiver: &Receiver<Insert>) {
    while let Ok(first) = receiver.recv() {
        let mut group = vec![first];
        group.extend(receiver.try_iter().take(GROUP - 1));
        let good = write(connection, &group).is_ok();
        for insert in group {
            let _ = insert.done.send(good);
        }
    }
}

fn write(connection: &mut Connection, group: &[Insert]) -> rusqlite::Result<()> {
    let transaction = connection.transaction()?;
    {
        let mut statement = transaction.prepare_cached("INSERT INTO line (body) VALUES (?1)")?;
        for insert in group {
            statement.execute([&insert.body])?;
        }
    }
    transaction.commit()
}
