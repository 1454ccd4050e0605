//! Changing the database; only the writer's connection does.

use rusqlite::{Params, params};

use super::filing::{Entry, Filed};
use super::look::hold;
use super::{Store, ask};
use crate::engine::{Act, Answer, FactRow, HoldRow, KeptRow, LineRow, ReceiptRow, Row, SubjectRow};
use crate::envelope::Micros;
use crate::secrets::Pseudonym;

impl Store {
    pub(super) fn run(&self, sql: &str, params: impl Params) -> Answer<usize> {
        let mut statement = ask(self.connection.prepare_cached(sql))?;
        ask(statement.execute(params))
    }

    fn number(&self) -> i64 {
        self.connection.last_insert_rowid()
    }

    /// The number of the next line. A number is never used twice, not even when the latest lines have gone.
    pub(super) fn next_line(&self) -> Answer<i64> {
        if let Some(next) = self.next_line.get() {
            return Ok(next);
        }
        let sql = "select max(coalesce((select max(number) from line), 0), last) from line_filed";
        let next = self.one(sql, [], |row| row.get::<_, i64>(0))?.unwrap_or_default() + 1;
        self.next_line.set(Some(next));
        Ok(next)
    }

    /// Files every line that an older layout had filed in its own way.
    pub(super) fn file_all(&mut self) -> Answer<()> {
        self.begin()?;
        self.gather()?;
        self.commit()
    }
}

impl Act for Store {
    fn begin(&mut self) -> Answer<()> {
        self.run("begin immediate", []).map(drop)
    }

    fn commit(&mut self) -> Answer<()> {
        self.run("commit", []).map(drop)
    }

    fn rollback(&mut self) {
        self.next_line.set(None);
        // After a full disk the engine has rolled back by itself.
        if !self.connection.is_autocommit() {
            let _ = self.run("rollback", []);
        }
    }

    fn mark(&mut self) -> Answer<()> {
        self.run("savepoint job", []).map(drop)
    }

    fn keep_mark(&mut self) -> Answer<()> {
        self.run("release job", []).map(drop)
    }

    fn back_to_mark(&mut self) -> Answer<()> {
        self.next_line.set(None);
        self.run("rollback to job", [])?;
        self.keep_mark()
    }

    fn put_record(&self, row: &Row) -> Answer<i64> {
        let sql = "insert into record (id, register, subject, version, revision, stage, private, braked, collected_at, \
                   changed_at, under, due_at, closed_at, look_at, sealed) \
                   values (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10, ?11, ?12, ?13, ?14, ?15)";
        self.run(
            sql,
            params![
                row.id,
                row.register,
                row.subject,
                row.version,
                row.revision,
                row.stage,
                row.private,
                row.braked,
                row.collected_at,
                row.changed_at,
                row.under,
                row.due_at,
                row.closed_at,
                row.look_at,
                row.sealed
            ],
        )?;
        Ok(self.number())
    }

    fn update_record(&self, row: &Row) -> Answer<()> {
        let sql = "update record set version = ?2, revision = ?3, stage = ?4, private = ?5, braked = ?6, changed_at = ?7, \
                   due_at = ?8, closed_at = ?9, look_at = ?10, sealed = ?11 where number = ?1";
        self.run(
            sql,
            params![
                row.number,
                row.version,
                row.revision,
                row.stage,
                row.private,
                row.braked,
                row.changed_at,
                row.due_at,
                row.closed_at,
                row.look_at,
                row.sealed
            ],
        )
        .map(drop)
    }

    fn set_look(&self, number: i64, look_at: Option<Micros>) -> Answer<()> {
        self.run("update record set look_at = ?2 where number = ?1", params![number, look_at]).map(drop)
    }

    fn wake_register(&self, register: i64, now: Micros) -> Answer<()> {
        let sql = "update record set look_at = ?2 where register = ?1 and (look_at is null or look_at > ?2)";
        self.run(sql, params![register, now]).map(drop)
    }

    fn wake(&self, subject: &Pseudonym, now: Micros) -> Answer<()> {
        let sql = "update record set look_at = ?2 where subject = ?1 and due_at <= ?2";
        self.run(sql, params![subject, now]).map(drop)
    }

    fn wake_braked(&self, now: Micros) -> Answer<()> {
        self.run("update record set look_at = ?1 where braked = 1", [now]).map(drop)
    }

    fn remove_record(&self, row: &Row) -> Answer<()> {
        self.run("delete from fact where record = ?1", [row.id])?;
        self.run("delete from subject where record = ?1", [row.number])?;
        self.run("delete from version where record = ?1", [row.number])?;
        self.run("delete from hold where record = ?1", [row.id])?;
        self.run("delete from record where number = ?1", [row.number]).map(drop)
    }

    fn keep_version(&self, number: i64) -> Answer<()> {
        let sql = "insert into version (record, revision, id, register, subject, version, stage, private, braked, \
                   collected_at, changed_at, under, due_at, closed_at, sealed) select number, revision, id, register, \
                   subject, version, stage, private, braked, collected_at, changed_at, under, due_at, closed_at, sealed \
                   from record where number = ?1";
        self.run(sql, [number]).map(drop)
    }

    fn put_subject(&self, record: i64, subject: &SubjectRow) -> Answer<()> {
        let sql = "insert or ignore into subject (pseudonym, role, record) values (?1, ?2, ?3)";
        self.run(sql, params![subject.pseudonym, subject.role, record]).map(drop)
    }

    fn put_fact(&self, fact: &FactRow) -> Answer<()> {
        let sql = "insert into fact (subject, kind, holder_kind, holder, role, from_at, until_at, strong, record, mac) \
                   values (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10)";
        self.run(
            sql,
            params![
                fact.subject,
                fact.kind,
                fact.holder_kind,
                fact.holder,
                fact.role,
                fact.from,
                fact.until,
                fact.strong,
                fact.record,
                fact.mac
            ],
        )
        .map(drop)
    }

    fn end_fact(&self, fact: &FactRow) -> Answer<()> {
        let sql = "update fact set until_at = ?2, mac = ?3 where number = ?1";
        self.run(sql, params![fact.number, fact.until, fact.mac]).map(drop)
    }

    fn put_person_event(&self, subject: &Pseudonym, sealed: &[u8]) -> Answer<()> {
        self.run("insert into person_event (subject, sealed) values (?1, ?2)", params![subject, sealed])
            .map(drop)
    }

    fn remove_person_event(&self, number: i64) -> Answer<()> {
        self.run("delete from person_event where number = ?1", [number]).map(drop)
    }

    fn remove_person_events(&self, subject: &Pseudonym) -> Answer<()> {
        self.run("delete from person_event where subject = ?1", [subject]).map(drop)
    }

    fn put_line(&self, line: &LineRow) -> Answer<i64> {
        let sql = "insert into line (number, at, subject, actor, use_name, outcome, key_day, salt, hash, due_at, sealed) \
                   values (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10, ?11)";
        let number = self.next_line()?;
        self.run(
            sql,
            params![
                number,
                line.at,
                line.subject,
                line.actor,
                line.use_name,
                line.outcome,
                line.key_day,
                line.salt,
                line.hash,
                line.due_at,
                line.sealed
            ],
        )?;
        self.next_line.set(Some(number + 1));
        Ok(number)
    }

    fn gather(&self) -> Answer<()> {
        self.file(self.next_line()? - 1)
    }

    fn fold_line(&self, number: i64, more: u64) -> Answer<()> {
        let more = i64::try_from(more).unwrap_or(i64::MAX);
        let sql = "insert into folded (line, times) select ?1, 1 + ?2 where exists (select 1 from line where number = ?1) \
                   on conflict (line) do update set times = times + ?2";
        self.run(sql, params![number, more]).map(drop)
    }

    fn keep_line(&self, number: i64, kept: &KeptRow, due_at: Micros) -> Answer<bool> {
        let sql = "update line set due_at = ?3 where number = ?1 and due_at = ?2 \
                   and not exists (select 1 from line_kept where line_kept.line = ?1)";
        if self.run(sql, params![number, kept.first_due_at, due_at])? == 0 {
            return Ok(false);
        }
        let sql = "insert into line_kept (line, first_due_at, sealed) values (?1, ?2, ?3)";
        self.run(sql, params![number, kept.first_due_at, kept.sealed])?;
        Ok(true)
    }

    fn remove_lines(&self, until: Micros, limit: usize) -> Answer<Vec<(i64, Micros, i64)>> {
        let limit = i64::try_from(limit).unwrap_or(i64::MAX);
        let sql = "delete from line where number in (select number from line where due_at <= ?1 order by due_at limit ?2) \
                   returning key_day, due_at, use_name, number, subject, actor, at";
        type Gone = (i64, Micros, i64, i64, Option<Pseudonym>, Option<Pseudonym>, Micros);
        let gone: Vec<Gone> = self.all(sql, params![until, limit], |row| {
            let about = (row.get(3)?, row.get(4)?, row.get(5)?, row.get(6)?);
            Ok((row.get(0)?, row.get(1)?, row.get(2)?, about.0, about.1, about.2, about.3))
        })?;
        let filed = self.filed()?;
        let (mut subjects, mut actors) = (Vec::new(), Vec::new());
        for (day, _, _, number, subject, actor, at) in &gone {
            self.run("delete from folded where line = ?1", [number])?;
            self.run("delete from line_kept where line = ?1", [number])?;
            if *number <= filed {
                subjects.extend(subject.map(|subject| Entry::new(&subject, *at, *number)));
                actors.extend(actor.map(|actor| Entry::new(&actor, *at, *number)));
                self.run("update line_day set lines = lines - 1 where day = ?1", [day])?;
            }
        }
        self.unfile(Filed::Subject, subjects)?;
        self.unfile(Filed::Actor, actors)?;
        let last = gone.iter().map(|(.., number, _, _, _)| *number).max().unwrap_or_default();
        self.run("update line_filed set last = max(last, ?1)", [last])?;
        self.run("delete from line_day where lines <= 0", [])?;
        Ok(gone.into_iter().map(|(day, due_at, use_name, ..)| (day, due_at, use_name)).collect())
    }

    fn put_identifier(&self, lookup: &[u8; 32], owner: &Pseudonym, sealed: &[u8]) -> Answer<()> {
        let sql = "insert into identifier (lookup, owner, sealed) values (?1, ?2, ?3) \
                   on conflict (lookup) do update set owner = ?2, sealed = ?3";
        self.run(sql, params![lookup, owner, sealed]).map(drop)
    }

    fn put_birth(&self, owner: &Pseudonym, sealed: &[u8]) -> Answer<()> {
        let sql =
            "insert into birth (owner, sealed) values (?1, ?2) on conflict (owner) do update set sealed = ?2";
        self.run(sql, params![owner, sealed]).map(drop)
    }

    fn forget(&self, owner: &Pseudonym) -> Answer<()> {
        self.run("delete from identifier where owner = ?1", [owner])?;
        self.run("delete from birth where owner = ?1", [owner]).map(drop)
    }

    fn put_hold(&self, hold: &HoldRow) -> Answer<i64> {
        let sql = "insert into hold (subject, record, kind, review, sealed) values (?1, ?2, ?3, ?4, ?5)";
        self.run(sql, params![hold.subject, hold.record, hold.kind, hold.review, hold.sealed])?;
        Ok(self.number())
    }

    fn remove_hold(&self, number: i64) -> Answer<Option<HoldRow>> {
        let sql =
            "delete from hold where number = ?1 returning number, subject, record, kind, review, sealed";
        Ok(self.all(sql, [number], hold)?.pop())
    }

    fn put_receipt(&self, receipt: &ReceiptRow) -> Answer<()> {
        let sql = "insert into receipt (at, register, verb, due_at, records) values (?1, ?2, ?3, ?4, ?5)";
        self.run(sql, params![receipt.at, receipt.register, receipt.verb, receipt.due_at, receipt.records])
            .map(drop)
    }

    fn put_plan(&self, made_at: Micros, by_hour: &[(Micros, u64)]) -> Answer<()> {
        for (hour, records) in by_hour {
            let records = i64::try_from(*records).unwrap_or(i64::MAX);
            let sql = "insert or replace into plan (made_at, hour, records) values (?1, ?2, ?3)";
            self.run(sql, params![made_at, hour, records])?;
        }
        Ok(())
    }

    fn forget_plans(&self, before: Micros) -> Answer<()> {
        let sql = "delete from plan where made_at < (select max(made_at) from plan where made_at <= ?1)";
        self.run(sql, [before]).map(drop)
    }

    fn set_meta(&self, name: &str, value: &[u8]) -> Answer<()> {
        let sql =
            "insert into meta (name, value) values (?1, ?2) on conflict (name) do update set value = ?2";
        self.run(sql, params![name, value]).map(drop)
    }

    fn put_word(&self, id: i64, text: &str, mac: &[u8; 16]) -> Answer<()> {
        self.run("insert into word (id, text, mac) values (?1, ?2, ?3)", params![id, text, mac]).map(drop)
    }

    fn put_corpus(&self, version: &[u8; 32], first_run: Micros, files: &str) -> Answer<i64> {
        let sql = "insert into corpus (version, first_run, files) values (?1, ?2, ?3)";
        self.run(sql, params![version, first_run, files])?;
        Ok(self.number())
    }

    fn settle(&self) -> Answer<()> {
        super::empty_log(&self.connection)
    }
}
