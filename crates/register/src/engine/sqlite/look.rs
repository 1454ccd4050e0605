//! Looking into the database.

use std::collections::BTreeMap;

use rusqlite::{OptionalExtension, Params, Row as SqlRow, params};

use super::filing::Filed;
use super::{PAGE_BYTES, Store, ask, bytes};
use crate::engine::{
    Answer, CorpusRow, FactRow, HoldRow, IdentifierRow, KeptRow, LineRow, Look, Page, PersonEventRow,
    ReceiptRow, Row,
};
use crate::envelope::Micros;
use crate::secrets::Pseudonym;

const RECORD: &str = "select number, id, register, subject, version, revision, stage, private, braked, collected_at, \
                      changed_at, under, due_at, closed_at, look_at, sealed from record";
const FACT: &str = "select number, subject, kind, holder_kind, holder, role, from_at, until_at, strong, record, mac from fact";
const LINE: &str = "select number, line.at, line.subject, line.actor, use_name, outcome, key_day, salt, hash, due_at, line.sealed, \
                    coalesce((select times from folded where folded.line = number), 1), line_kept.first_due_at, \
                    line_kept.sealed";
const ONE_LINE: &str = "from line left join line_kept on line_kept.line = number where number = ?1";
const HOUR_MICROS: i64 = 3_600_000_000;

fn record(row: &SqlRow<'_>) -> rusqlite::Result<Row> {
    Ok(Row {
        number: row.get(0)?,
        id: bytes(row, 1)?,
        register: row.get(2)?,
        subject: bytes(row, 3)?,
        version: row.get(4)?,
        revision: row.get(5)?,
        stage: row.get(6)?,
        private: row.get(7)?,
        braked: row.get(8)?,
        collected_at: row.get(9)?,
        changed_at: row.get(10)?,
        under: row.get(11)?,
        due_at: row.get(12)?,
        closed_at: row.get(13)?,
        look_at: row.get(14)?,
        sealed: row.get(15)?,
    })
}

fn fact(row: &SqlRow<'_>) -> rusqlite::Result<FactRow> {
    Ok(FactRow {
        number: row.get(0)?,
        subject: bytes(row, 1)?,
        kind: row.get(2)?,
        holder_kind: row.get(3)?,
        holder: bytes(row, 4)?,
        role: row.get(5)?,
        from: row.get(6)?,
        until: row.get(7)?,
        strong: row.get(8)?,
        record: bytes(row, 9)?,
        mac: bytes(row, 10)?,
    })
}

fn line(row: &SqlRow<'_>) -> rusqlite::Result<LineRow> {
    let optional = |column: usize| match row.get_ref(column)? {
        rusqlite::types::ValueRef::Null => Ok(None),
        _ => bytes(row, column).map(Some),
    };
    Ok(LineRow {
        number: row.get(0)?,
        at: row.get(1)?,
        subject: optional(2)?,
        actor: optional(3)?,
        use_name: row.get(4)?,
        outcome: row.get(5)?,
        key_day: row.get(6)?,
        salt: bytes(row, 7)?,
        hash: bytes(row, 8)?,
        due_at: row.get(9)?,
        sealed: row.get(10)?,
        times: row.get(11)?,
        kept: match row.get(12)? {
            Some(first_due_at) => Some(KeptRow { first_due_at, sealed: row.get(13)? }),
            None => None,
        },
    })
}

pub(super) fn hold(row: &SqlRow<'_>) -> rusqlite::Result<HoldRow> {
    Ok(HoldRow {
        number: row.get(0)?,
        subject: bytes(row, 1)?,
        record: match row.get_ref(2)? {
            rusqlite::types::ValueRef::Null => None,
            _ => Some(bytes(row, 2)?),
        },
        kind: row.get(3)?,
        review: row.get(4)?,
        sealed: row.get(5)?,
    })
}

impl Store {
    pub(super) fn all<T>(
        &self,
        sql: &str,
        params: impl Params,
        read: impl FnMut(&SqlRow<'_>) -> rusqlite::Result<T>,
    ) -> Answer<Vec<T>> {
        let mut statement = ask(self.connection.prepare_cached(sql))?;
        let rows = ask(statement.query_map(params, read))?;
        ask(rows.collect())
    }

    pub(super) fn one<T>(
        &self,
        sql: &str,
        params: impl Params,
        read: impl FnOnce(&SqlRow<'_>) -> rusqlite::Result<T>,
    ) -> Answer<Option<T>> {
        let mut statement = ask(self.connection.prepare_cached(sql))?;
        ask(statement.query_row(params, read).optional())
    }
}

/// The statements that find lines of somebody among those that are not filed yet.
const fn unfiled(of: Filed) -> (&'static str, &'static str) {
    match of {
        Filed::Subject => (
            "from line left join line_kept on line_kept.line = number where number > ?6 and subject = ?1",
            "select at from line where number > ?3 and number <= ?2 and subject = ?1 order by number desc limit 1",
        ),
        Filed::Actor => (
            "from line left join line_kept on line_kept.line = number where number > ?6 and actor = ?1",
            "select at from line where number > ?3 and number <= ?2 and actor = ?1 order by number desc limit 1",
        ),
    }
}

impl Store {
    /// A page of the lines of somebody, newest first by time.
    fn lines(&self, of: Filed, pseudonym: &Pseudonym, page: Page) -> Answer<Vec<LineRow>> {
        let filed = self.filed()?;
        let Some((at, number)) = self.before(of, filed, pseudonym, page)? else { return Ok(Vec::new()) };
        let from = unfiled(of).0;
        let sql = format!(
            "{LINE} {from} and (line.at, number) < (?2, ?3) and due_at > ?4 order by line.at desc, number desc limit ?5"
        );
        let asked = params![pseudonym, at, number, page.now, limit(page.limit), filed];
        let latest = self.all(&sql, asked, line)?;
        let mut lines: BTreeMap<_, _> =
            latest.into_iter().map(|line| ((line.at, line.number), line)).collect();
        for run in self.runs()? {
            self.entries_before(of, run, pseudonym, (at, number), |entry| {
                let key = (entry.at(), entry.number());
                let is_full = lines.len() >= page.limit;
                if is_full && lines.first_key_value().is_none_or(|(earliest, _)| *earliest > key) {
                    return Ok(false);
                }
                if let Some(line) = self.line(entry.number())?.filter(|line| line.due_at > page.now) {
                    lines.insert(key, line);
                    if is_full {
                        lines.pop_first();
                    }
                }
                Ok(true)
            })?;
        }
        Ok(lines.into_values().rev().collect())
    }

    /// Time and number before which a page begins. A page goes on from a line of the same person; if that line has gone meanwhile, from the one that was written before it.
    fn before(
        &self,
        of: Filed,
        filed: i64,
        pseudonym: &Pseudonym,
        page: Page,
    ) -> Answer<Option<(Micros, i64)>> {
        let Some(before) = page.before else { return Ok(Some((Micros::MAX, i64::MAX))) };
        let known = "select at from line where number = ?2 and (subject = ?1 or actor = ?1)";
        let mut at = self.one(known, params![pseudonym, before], |row| row.get(0))?;
        if at.is_none() {
            at = self.one(unfiled(of).1, params![pseudonym, before, filed], |row| row.get(0))?;
        }
        if at.is_none() {
            at = self.latest_filed(of, pseudonym, before)?;
        }
        Ok(at.map(|at| (at, before)))
    }
}

fn limit(limit: usize) -> i64 {
    i64::try_from(limit).unwrap_or(i64::MAX)
}

impl Look for Store {
    fn identifier(&self, lookup: &[u8; 32]) -> Answer<Option<IdentifierRow>> {
        let sql = "select sealed from identifier where lookup = ?1";
        self.one(sql, [lookup], |row| Ok(IdentifierRow { sealed: row.get(0)? }))
    }

    fn birth(&self, owner: &Pseudonym) -> Answer<Option<Vec<u8>>> {
        self.one("select sealed from birth where owner = ?1", [owner], |row| row.get(0))
    }

    fn facts_about(&self, subject: &Pseudonym) -> Answer<Vec<FactRow>> {
        self.all(&format!("{FACT} where subject = ?1"), [subject], fact)
    }

    fn facts_of_record(&self, record: &[u8; 16]) -> Answer<Vec<FactRow>> {
        self.all(&format!("{FACT} where record = ?1"), [record], fact)
    }

    fn records_held_by(
        &self,
        holder: &Pseudonym,
        kind: u8,
        at: Micros,
        passing: Option<Micros>,
    ) -> Answer<Vec<[u8; 16]>> {
        let sql = "select record from fact where holder = ?1 and kind = ?2 and from_at <= ?3 \
                   and (until_at is null or until_at > ?3) \
                   and (?4 is null or until_at is not null or from_at >= ?4) order by number";
        self.all(sql, params![holder, kind, at, passing], |row| bytes(row, 0))
    }

    fn records_about(&self, subject: &Pseudonym, register: i64) -> Answer<Vec<Row>> {
        let sql = format!("{RECORD} where subject = ?1 and register = ?2 order by number");
        self.all(&sql, params![subject, register], record)
    }

    fn records_of(&self, subject: &Pseudonym) -> Answer<Vec<Row>> {
        self.all(&format!("{RECORD} where subject = ?1 order by number"), [subject], record)
    }

    fn record(&self, id: &[u8; 16]) -> Answer<Option<Row>> {
        self.one(&format!("{RECORD} where id = ?1"), [id], record)
    }

    fn records_in_role(&self, pseudonym: &Pseudonym, role: i64, register: i64) -> Answer<Vec<Row>> {
        let sql = format!(
            "{RECORD} where register = ?3 and number in (select record from subject where pseudonym = ?1 and role = ?2) \
             order by number"
        );
        self.all(&sql, params![pseudonym, role, register], record)
    }

    fn records_collected(&self, register: i64, from: Micros, until: Micros) -> Answer<Vec<Row>> {
        let sql = format!(
            "{RECORD} where register = ?1 and collected_at >= ?2 and collected_at < ?3 order by collected_at, number"
        );
        self.all(&sql, params![register, from, until], record)
    }

    fn records_after(&self, register: i64, after: (Micros, i64), limit: usize) -> Answer<Vec<Row>> {
        let sql = format!(
            "{RECORD} where register = ?1 and (collected_at, number) > (?2, ?3) order by collected_at, number limit ?4"
        );
        let limit = i64::try_from(limit).unwrap_or(i64::MAX);
        self.all(&sql, params![register, after.0, after.1, limit], record)
    }

    fn each_collected(
        &self,
        register: i64,
        from: Micros,
        until: Micros,
        each: &mut dyn FnMut(Row) -> Answer<()>,
    ) -> Answer<()> {
        let sql = format!(
            "{RECORD} where register = ?1 and collected_at >= ?2 and collected_at < ?3 order by collected_at, number"
        );
        let mut statement = ask(self.connection.prepare_cached(&sql))?;
        let mut rows = ask(statement.query(params![register, from, until]))?;
        while let Some(row) = ask(rows.next())? {
            each(ask(record(row))?)?;
        }
        Ok(())
    }

    fn has_records(&self, subject: &Pseudonym) -> Answer<bool> {
        let sql = "select exists (select 1 from record where subject = ?1) or exists (select 1 from subject where pseudonym = ?1)";
        self.one(sql, [subject], |row| row.get(0)).map(|found| found.unwrap_or(false))
    }

    fn versions(&self, number: i64) -> Answer<Vec<Row>> {
        let sql = "select record, id, register, subject, version, revision, stage, private, braked, collected_at, changed_at, \
                   under, due_at, closed_at, null, sealed from version where record = ?1 order by revision";
        self.all(sql, [number], record)
    }

    fn person_events(&self, subject: &Pseudonym) -> Answer<Vec<PersonEventRow>> {
        let sql = "select number, sealed from person_event where subject = ?1 order by number";
        self.all(sql, [subject], |row| Ok(PersonEventRow { number: row.get(0)?, sealed: row.get(1)? }))
    }

    fn lines_about(&self, subject: &Pseudonym, page: Page) -> Answer<Vec<LineRow>> {
        self.lines(Filed::Subject, subject, page)
    }

    fn lines_by(&self, actor: &Pseudonym, page: Page) -> Answer<Vec<LineRow>> {
        self.lines(Filed::Actor, actor, page)
    }

    fn line(&self, number: i64) -> Answer<Option<LineRow>> {
        self.one(&format!("{LINE} {ONE_LINE}"), [number], line)
    }

    fn to_look_at(&self, until: Micros, count: usize) -> Answer<Vec<Row>> {
        let sql = format!("{RECORD} where look_at <= ?1 order by look_at, number limit ?2");
        self.all(&sql, params![until, limit(count)], record)
    }

    fn next_look(&self) -> Answer<Option<Micros>> {
        let sql = "select min(at) from (select min(look_at) as at from record where look_at is not null \
                   union all select min(due_at) from line)";
        self.one(sql, [], |row| row.get(0)).map(Option::flatten)
    }

    fn anything_ends(&self, now: Micros) -> Answer<bool> {
        let sql = "select exists (select 1 from record where look_at <= ?1 and closed_at <= ?1) \
                   or exists (select 1 from line where due_at <= ?1)";
        self.one(sql, [now], |row| row.get(0)).map(|found| found.unwrap_or(false))
    }

    fn due_by_hour(&self, from: Micros, until: Micros) -> Answer<Vec<(i64, i64, u64)>> {
        let sql = format!(
            "select register, due_at / {HOUR_MICROS}, count(*) from record where due_at >= ?1 and due_at < ?2 group by 1, 2"
        );
        self.all(&sql, params![from, until], |row| {
            Ok((row.get(0)?, row.get::<_, i64>(1)? * HOUR_MICROS, row.get::<_, i64>(2)?.unsigned_abs()))
        })
    }

    fn lines_due_by_hour(&self, from: Micros, until: Micros) -> Answer<Vec<(i64, i64, u64)>> {
        let sql = format!(
            "select use_name, due_at / {HOUR_MICROS}, count(*) from line where due_at >= ?1 and due_at < ?2 group by 1, 2"
        );
        self.all(&sql, params![from, until], |row| {
            Ok((row.get(0)?, row.get::<_, i64>(1)? * HOUR_MICROS, row.get::<_, i64>(2)?.unsigned_abs()))
        })
    }

    fn braked(&self) -> Answer<Vec<(i64, u64)>> {
        let sql = "select register, count(*) from record where braked = 1 group by 1";
        self.all(sql, [], |row| Ok((row.get(0)?, row.get::<_, i64>(1)?.unsigned_abs())))
    }

    fn receipts(&self, count: usize) -> Answer<Vec<ReceiptRow>> {
        let sql =
            "select number, at, register, verb, due_at, records from receipt order by number desc limit ?1";
        self.all(sql, [limit(count)], |row| {
            Ok(ReceiptRow {
                number: row.get(0)?,
                at: row.get(1)?,
                register: row.get(2)?,
                verb: row.get(3)?,
                due_at: row.get(4)?,
                records: row.get(5)?,
            })
        })
    }

    fn last_acts(&self) -> Answer<Vec<(i64, u8, Micros, u64)>> {
        let sql = "select register, verb, max(at), sum(records) from receipt group by 1, 2";
        self.all(sql, [], |row| {
            Ok((row.get(0)?, row.get(1)?, row.get(2)?, row.get::<_, i64>(3)?.unsigned_abs()))
        })
    }

    fn holds_on(&self, subject: &Pseudonym) -> Answer<Vec<HoldRow>> {
        self.all(
            "select number, subject, record, kind, review, sealed from hold where subject = ?1",
            [subject],
            hold,
        )
    }

    fn holds(&self) -> Answer<Vec<HoldRow>> {
        self.all(
            "select number, subject, record, kind, review, sealed from hold order by review, number",
            [],
            hold,
        )
    }

    fn meta(&self, name: &str) -> Answer<Option<Vec<u8>>> {
        self.one("select value from meta where name = ?1", [name], |row| row.get(0))
    }

    fn words(&self) -> Answer<Vec<(i64, String, [u8; 16])>> {
        self.all("select id, text, mac from word", [], |row| Ok((row.get(0)?, row.get(1)?, bytes(row, 2)?)))
    }

    fn corpora(&self) -> Answer<Vec<CorpusRow>> {
        let sql = "select number, version, first_run, files from corpus order by number";
        self.all(sql, [], |row| Ok((row.get(0)?, bytes(row, 1)?, row.get(2)?, row.get(3)?)))
    }

    fn record_ids(&self) -> Answer<Vec<[u8; 16]>> {
        self.all("select id from record", [], |row| bytes(row, 0))
    }

    fn key_days(&self) -> Answer<Vec<i64>> {
        let sql = "select day from line_day union select key_day from line where number > (select up_to from line_filed)";
        self.all(sql, [], |row| row.get(0))
    }

    fn planned(&self, made_before: Micros, due_until: Micros) -> Answer<Option<(Micros, u64)>> {
        let sql = "select made_at, sum(case when hour <= ?2 then records else 0 end) from plan where made_at = \
                   (select max(made_at) from plan where made_at <= ?1) group by made_at";
        self.one(sql, params![made_before, due_until], |row| {
            Ok((row.get(0)?, row.get::<_, i64>(1)?.unsigned_abs()))
        })
    }

    fn acted_since(&self, since: Micros) -> Answer<Vec<(i64, u64)>> {
        let sql = "select register, sum(records) from receipt where at > ?1 group by register";
        self.all(sql, [since], |row| Ok((row.get(0)?, row.get::<_, i64>(1)?.unsigned_abs())))
    }

    fn bytes(&self) -> Answer<u64> {
        let pages: Option<i64> = self.one("pragma page_count", [], |row| row.get(0))?;
        let free: Option<i64> = self.one("pragma freelist_count", [], |row| row.get(0))?;
        Ok(pages.unwrap_or(0).abs_diff(free.unwrap_or(0)) * PAGE_BYTES)
    }
}
