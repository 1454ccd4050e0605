//! The key store: a database of its own, kept apart from the first, with a backup that keeps no history.

use std::path::Path;

use rusqlite::{Connection, OptionalExtension, params};

use super::{Access, ask, connect, schema};
use crate::engine::{Answer, KeyChange, Keys, Told, WrappedKey};
use crate::error::Unavailable;

/// A connection to the key store.
#[derive(Debug)]
pub(crate) struct KeyStore {
    connection: Connection,
}

impl KeyStore {
    /// The connection of the writer; makes the tables of a new store.
    pub(crate) fn writer(path: &Path) -> Answer<Self> {
        let connection = connect(path, Access::Write)?;
        let found: u32 = ask(connection.query_row("pragma user_version", [], |row| row.get(0)))?;
        if found == 0 {
            let made = format!("begin;{}pragma user_version = {};commit;", schema::KEYS, schema::LAYOUT);
            ask(connection.execute_batch(&made))?;
        }
        Ok(Self { connection })
    }

    /// A connection that looks.
    pub(crate) fn reader(path: &Path) -> Answer<Self> {
        connect(path, Access::Look).map(|connection| Self { connection })
    }

    pub(super) const fn connection(&self) -> &Connection {
        &self.connection
    }

    fn change(&self, change: &KeyChange) -> Answer<()> {
        let run = |sql: &str, params: &[&dyn rusqlite::ToSql]| {
            ask(ask(self.connection.prepare_cached(sql))?.execute(params)).map(drop)
        };
        match change {
            KeyChange::Put(name, wrapped) => run(
                "insert or replace into key (name, wrapped, floor) values (?1, ?2, 0)",
                params![name, wrapped],
            ),
            KeyChange::Destroy(name) => run("delete from key where name = ?1", params![name]),
            KeyChange::Floor(name, floor) => {
                run("update key set floor = ?2 where name = ?1 and floor < ?2", params![name, floor])
            }
        }
    }
}

impl Keys for KeyStore {
    fn key(&self, name: &[u8; 16]) -> Answer<Option<WrappedKey>> {
        let mut statement =
            ask(self.connection.prepare_cached("select wrapped, floor from key where name = ?1"))?;
        ask(statement.query_row([name], |row| Ok((row.get(0)?, row.get(1)?))).optional())
    }

    fn each_key(&self, names: &[[u8; 16]], tell: &mut Told<'_>) -> Answer<()> {
        let mut statement =
            ask(self.connection.prepare_cached("select wrapped, floor from key where name = ?1"))?;
        for name in names {
            let mut rows = ask(statement.query([name]))?;
            match ask(rows.next())? {
                Some(row) => {
                    let wrapped = ask(row.get_ref(0))?.as_blob().map_err(|_| Unavailable::Engine)?;
                    tell(Some((wrapped, ask(row.get(1))?)))?;
                }
                None => tell(None)?,
            }
        }
        Ok(())
    }

    fn apply(&mut self, changes: &[KeyChange]) -> Answer<()> {
        if changes.is_empty() {
            return Ok(());
        }
        ask(self.connection.execute_batch("begin immediate"))?;
        let done = changes.iter().try_for_each(|change| self.change(change));
        let done = done.and_then(|()| ask(self.connection.execute_batch("commit")));
        if done.is_err() && !self.connection.is_autocommit() {
            let _ = self.connection.execute_batch("rollback");
        }
        done
    }

    fn names(&self) -> Answer<Vec<[u8; 16]>> {
        let mut statement = ask(self.connection.prepare_cached("select name from key"))?;
        let rows = ask(statement.query_map([], |row| super::bytes(row, 0)))?;
        ask(rows.collect())
    }

    fn meta(&self, name: &str) -> Answer<Option<Vec<u8>>> {
        let mut statement = ask(self.connection.prepare_cached("select value from meta where name = ?1"))?;
        ask(statement.query_row([name], |row| row.get(0)).optional())
    }

    fn set_meta(&self, name: &str, value: &[u8]) -> Answer<()> {
        let sql =
            "insert into meta (name, value) values (?1, ?2) on conflict (name) do update set value = ?2";
        ask(ask(self.connection.prepare_cached(sql))?.execute(params![name, value])).map(drop)
    }

    fn settle(&self) -> Answer<()> {
        super::empty_log(&self.connection)
    }
}
