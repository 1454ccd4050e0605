//! Under whom lines of the log are filed: sorted runs, each written once for many lines.
//!
//! New lines lie at the end of the log. Once enough wait, their people are sorted and written as one run, and runs that
//! lie side by side are merged as they grow in number. A tree with a place for every person would have a page of it
//! written for each line; a run costs a page for a hundred lines.
//!
//! Invariant: every line up to the mark is filed under its subject and its actor, and nothing that has gone is.

use std::collections::BTreeMap;

use rusqlite::params;

use super::{Store, ask, bytes};
use crate::engine::Answer;
use crate::envelope::Micros;
use crate::secrets::Pseudonym;

/// Lines that wait at most to be filed: each of them is looked at when a log is read.
pub(super) const TAIL_MAX: i64 = 1_024;
/// Lines filed at once at most; more wait only when an older layout is raised.
const RUN_MAX: i64 = 65_536;
/// So many runs of a size become one.
const FAN: usize = 8;
/// The largest run that is made by merging, in lines: more would keep the writer from its work for too long.
const MERGED_MAX: i64 = 131_072;
/// Bytes of one entry: whose, when, which line.
const ENTRY_BYTES: usize = 32;
/// Entries of one row: as many as lie in a page without an overflow.
const ROW_ENTRIES: usize = 120;

/// Under whom lines are filed.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum Filed {
    Subject = 0,
    Actor = 1,
}

impl Filed {
    const ALL: [Self; 2] = [Self::Subject, Self::Actor];
}

/// One line of one person, as bytes that sort by person, time and number.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(super) struct Entry([u8; ENTRY_BYTES]);

impl Entry {
    pub(super) fn new(whose: &Pseudonym, at: Micros, number: i64) -> Self {
        let mut entry = [0; ENTRY_BYTES];
        let (person, rest) = entry.split_at_mut(whose.len());
        let (time, line) = rest.split_at_mut(size_of::<Micros>());
        person.copy_from_slice(whose);
        // Times before 1970 sort before those after it.
        time.copy_from_slice(&(at ^ Micros::MIN).to_be_bytes());
        line.copy_from_slice(&number.to_be_bytes());
        Self(entry)
    }

    fn part<const N: usize>(&self, from: usize) -> [u8; N] {
        let mut part = [0; N];
        part.iter_mut().zip(self.0.iter().skip(from)).for_each(|(to, from)| *to = *from);
        part
    }

    pub(super) fn is_of(&self, whose: &Pseudonym) -> bool {
        self.0.starts_with(whose)
    }

    pub(super) fn at(&self) -> Micros {
        Micros::from_be_bytes(self.part(16)) ^ Micros::MIN
    }

    pub(super) fn number(&self) -> i64 {
        i64::from_be_bytes(self.part(24))
    }
}

/// The entries of a row.
fn entries(row: &[u8]) -> Vec<Entry> {
    row.chunks_exact(ENTRY_BYTES).filter_map(|entry| entry.try_into().ok().map(Entry)).collect()
}

/// A run: the lines from one number to another.
#[derive(Clone, Copy, Debug)]
pub(super) struct Run {
    first: i64,
    last: i64,
}

impl Run {
    const fn lines(self) -> i64 {
        self.last - self.first + 1
    }

    /// How often runs of the smallest size have been merged to give this one.
    fn class(self) -> u32 {
        let (mut class, mut lines) = (0, self.lines() / TAIL_MAX);
        while lines >= FAN as i64 {
            lines /= FAN as i64;
            class += 1;
        }
        class
    }
}

/// A row of a run from which entries are taken.
struct Taken {
    run: i64,
    row: i64,
    left: Vec<Entry>,
}

impl Store {
    /// The number up to which lines are filed under their people.
    pub(super) fn filed(&self) -> Answer<i64> {
        self.one("select up_to from line_filed", [], |row| row.get(0)).map(Option::unwrap_or_default)
    }

    /// All runs, the latest first.
    pub(super) fn runs(&self) -> Answer<Vec<Run>> {
        self.all("select first, last from line_run order by first desc", [], |row| {
            Ok(Run { first: row.get(0)?, last: row.get(1)? })
        })
    }

    /// Files the lines that wait, if enough do.
    pub(super) fn file(&self, last: i64) -> Answer<()> {
        let mut filed = self.filed()?;
        while last - filed >= TAIL_MAX {
            let up_to = last.min(filed + RUN_MAX);
            self.file_run(Run { first: filed + 1, last: up_to })?;
            filed = up_to;
            self.merge()?;
        }
        Ok(())
    }

    fn file_run(&self, run: Run) -> Answer<()> {
        let mut sorted = [Vec::new(), Vec::new()];
        let mut days: BTreeMap<i64, i64> = BTreeMap::new();
        let sql = "select number, at, subject, actor, key_day from line where number between ?1 and ?2";
        let mut statement = ask(self.connection.prepare_cached(sql))?;
        let mut rows = ask(statement.query([run.first, run.last]))?;
        while let Some(row) = ask(rows.next())? {
            let (number, at) = (ask(row.get(0))?, ask(row.get(1))?);
            for (column, sorted) in (2..).zip(&mut sorted) {
                if ask(row.get_ref(column))? != rusqlite::types::ValueRef::Null {
                    sorted.push(Entry::new(&ask(bytes(row, column))?, at, number));
                }
            }
            *days.entry(ask(row.get(4))?).or_default() += 1;
        }
        for (of, sorted) in Filed::ALL.into_iter().zip(&mut sorted) {
            sorted.sort_unstable();
            self.write_run(of, run.first, sorted)?;
        }
        for (day, lines) in days {
            let sql = "insert into line_day (day, lines) values (?1, ?2) \
                       on conflict (day) do update set lines = lines + excluded.lines";
            self.run(sql, [day, lines])?;
        }
        self.run("insert into line_run (first, last) values (?1, ?2)", [run.first, run.last])?;
        self.run("update line_filed set up_to = ?1", [run.last]).map(drop)
    }

    fn write_run(&self, of: Filed, run: i64, sorted: &[Entry]) -> Answer<()> {
        let mut row = Vec::with_capacity(ROW_ENTRIES * ENTRY_BYTES);
        for entries in sorted.chunks(ROW_ENTRIES) {
            row.clear();
            entries.iter().for_each(|entry| row.extend_from_slice(&entry.0));
            let first = entries.first().map(|entry| entry.0);
            let sql = "insert into line_of (kind, run, first, entries) values (?1, ?2, ?3, ?4)";
            self.run(sql, params![of as i64, run, first, row])?;
        }
        Ok(())
    }

    /// Makes one run of the latest ones as long as enough of a size lie side by side.
    fn merge(&self) -> Answer<()> {
        loop {
            let runs = self.runs()?;
            let Some(latest) = runs.get(..FAN) else { return Ok(()) };
            let class = latest.first().map_or(0, |run| run.class());
            let lines: i64 = latest.iter().map(|run| run.lines()).sum();
            if lines > MERGED_MAX || !latest.iter().all(|run| run.class() == class) {
                return Ok(());
            }
            self.merge_all(latest)?;
        }
    }

    fn merge_all(&self, latest: &[Run]) -> Answer<()> {
        let first = latest.iter().map(|run| run.first).min().unwrap_or_default();
        let last = latest.iter().map(|run| run.last).max().unwrap_or_default();
        for of in Filed::ALL {
            let mut all = Vec::new();
            for run in latest.iter().rev() {
                let sql = "select entries from line_of where kind = ?1 and run = ?2 order by first";
                let mut statement = ask(self.connection.prepare_cached(sql))?;
                let mut rows = ask(statement.query([of as i64, run.first]))?;
                while let Some(row) = ask(rows.next())? {
                    all.extend(entries(ask(ask(row.get_ref(0))?.as_blob().map_err(Into::into))?));
                }
                drop(rows);
                self.run("delete from line_of where kind = ?1 and run = ?2", [of as i64, run.first])?;
            }
            // Sorted pieces one after the other: a stable sort only merges them.
            all.sort();
            self.write_run(of, first, &all)?;
        }
        self.run("delete from line_run where first between ?1 and ?2", [first, last])?;
        self.run("insert into line_run (first, last) values (?1, ?2)", [first, last]).map(drop)
    }

    /// The row of a run in which an entry stands if it stands anywhere.
    fn row_with(&self, of: Filed, run: i64, entry: &Entry) -> Answer<Option<Taken>> {
        let sql = "select number, entries from line_of where kind = ?1 and run = ?2 and first <= ?3 order by first desc limit 1";
        self.one(sql, params![of as i64, run, entry.0], |row| {
            Ok(Taken { run, row: row.get(0)?, left: entries(row.get_ref(1)?.as_blob()?) })
        })
    }

    /// Hands over the entries of somebody in a run that stand before another, the latest first, as long as they are wanted.
    pub(super) fn entries_before(
        &self,
        of: Filed,
        run: Run,
        whose: &Pseudonym,
        before: (Micros, i64),
        mut wanted: impl FnMut(Entry) -> Answer<bool>,
    ) -> Answer<()> {
        let end = Entry::new(whose, before.0, before.1);
        let sql =
            "select entries from line_of where kind = ?1 and run = ?2 and first < ?3 order by first desc";
        let mut statement = ask(self.connection.prepare_cached(sql))?;
        let mut rows = ask(statement.query(params![of as i64, run.first, end.0]))?;
        while let Some(row) = ask(rows.next())? {
            let row = ask(ask(row.get_ref(0))?.as_blob().map_err(Into::into))?;
            for entry in entries(row).into_iter().rev().filter(|entry| *entry < end) {
                if !entry.is_of(whose) || !wanted(entry)? {
                    return Ok(());
                }
            }
        }
        Ok(())
    }

    /// The time of the latest filed line of somebody that was written no later than another.
    pub(super) fn latest_filed(&self, of: Filed, whose: &Pseudonym, number: i64) -> Answer<Option<Micros>> {
        for run in self.runs()?.into_iter().filter(|run| run.first <= number) {
            let mut latest: Option<Entry> = None;
            self.entries_before(of, run, whose, (Micros::MAX, i64::MAX), |entry| {
                let later = latest.is_none_or(|latest| latest.number() < entry.number());
                if entry.number() <= number && later {
                    latest = Some(entry);
                }
                Ok(true)
            })?;
            if let Some(latest) = latest {
                return Ok(Some(latest.at()));
            }
        }
        Ok(None)
    }

    /// Takes lines out of the runs in which they are filed; a run without any goes.
    pub(super) fn unfile(&self, of: Filed, mut gone: Vec<Entry>) -> Answer<()> {
        let runs = self.runs()?;
        let run_of = |entry: &Entry| {
            runs.iter().find(|run| (run.first..=run.last).contains(&entry.number())).map(|run| run.first)
        };
        gone.sort_unstable_by_key(|entry| (run_of(entry), *entry));
        let mut open: Option<Taken> = None;
        for entry in gone {
            let Some(run) = run_of(&entry) else { continue };
            if !open.as_ref().is_some_and(|open| open.run == run && open.left.contains(&entry)) {
                self.put_back(of, open.take())?;
                open = self.row_with(of, run, &entry)?;
            }
            if let Some(open) = &mut open {
                open.left.retain(|other| *other != entry);
            }
        }
        self.put_back(of, open)
    }

    /// A row without those that have gone from it.
    fn put_back(&self, of: Filed, taken: Option<Taken>) -> Answer<()> {
        let Some(Taken { run, row, left }) = taken else { return Ok(()) };
        self.run("delete from line_of where number = ?1", [row])?;
        if !left.is_empty() {
            return self.write_run(of, run, &left);
        }
        let sql = "delete from line_run where first = ?1 and not exists (select 1 from line_of where kind = 0 and run = ?1) \
                   and not exists (select 1 from line_of where kind = 1 and run = ?1)";
        self.run(sql, [run]).map(drop)
    }
}

#[cfg(test)]
mod tests {
    use crate::engine::sqlite::Store;
    use crate::engine::{Act, LineRow, Look, Page};
    use crate::secrets::Pseudonym;

    const LINES: i64 = 12_000;

    fn whose(number: i64) -> Pseudonym {
        [u8::try_from(number % 7).unwrap(); 16]
    }

    fn line(number: i64) -> LineRow {
        LineRow {
            number: 0,
            // Calls overlap: a later line may tell of an earlier time.
            at: number * 10 - (number % 3) * 25 - 1_000,
            subject: (number % 5 != 0).then(|| whose(number)),
            actor: (number % 4 != 0).then_some([9; 16]),
            use_name: 1,
            outcome: 0,
            key_day: number / 5_000,
            salt: [0; 32],
            hash: [0; 32],
            due_at: 1_000_000 + number,
            sealed: vec![1, 2, 3],
            times: 1,
            kept: None,
        }
    }

    fn page(before: Option<i64>, limit: usize) -> Page {
        Page { before, now: 0, limit }
    }

    /// Numbers of the lines of somebody, by time, the latest first, as a plain list has them.
    fn plain(from: i64, of: impl Fn(&LineRow) -> bool) -> Vec<i64> {
        let mut lines: Vec<_> = (from..=LINES).map(|number| (line(number).at, number)).collect();
        lines.retain(|(_, number)| of(&line(*number)));
        lines.sort_unstable();
        lines.into_iter().rev().map(|(_, number)| number).collect()
    }

    #[test]
    fn every_line_is_found_page_by_page_under_both_its_people_until_it_goes() {
        let folder = tempfile::tempdir().unwrap();
        let mut store = Store::writer(&folder.path().join("register.db"), None).unwrap();
        for start in (1..=LINES).step_by(300) {
            store.begin().unwrap();
            for number in start..(start + 300).min(LINES + 1) {
                assert_eq!(store.put_line(&line(number)).unwrap(), number);
            }
            store.gather().unwrap();
            store.commit().unwrap();
        }
        assert!(store.runs().unwrap().len() < 8, "eight runs of a size are one");
        let numbers = |lines: Vec<LineRow>| lines.into_iter().map(|line| line.number).collect::<Vec<_>>();
        let check = |store: &Store, from: i64| {
            let wanted = plain(from, |line| line.subject == Some(whose(3)));
            let (mut found, mut before) = (Vec::new(), None);
            loop {
                let lines = numbers(store.lines_about(&whose(3), page(before, 50)).unwrap());
                let Some(last) = lines.last() else { break };
                before = Some(*last);
                found.extend(lines);
            }
            assert_eq!(found, wanted);
            let by = numbers(store.lines_by(&[9; 16], page(None, 20_000)).unwrap());
            assert_eq!(by, plain(from, |line| line.actor.is_some()));
        };
        check(&store, 1);
        let gone = 7_000;
        store.begin().unwrap();
        assert_eq!(store.remove_lines(1_000_000 + gone, 20_000).unwrap().len(), 7_000);
        store.commit().unwrap();
        check(&store, gone + 1);
        assert_eq!(store.key_days().unwrap(), [1, 2]);
        let entries: i64 = store
            .one("select sum(length(entries)) / 32 from line_of", [], |row| row.get(0))
            .unwrap()
            .unwrap();
        let left = plain(gone + 1, |line| line.subject.is_some()).len()
            + plain(gone + 1, |line| line.actor.is_some()).len();
        assert!(entries <= i64::try_from(left).unwrap(), "nothing that has gone is filed");
        // A page goes on although the line from which it goes on has gone.
        assert_eq!(numbers(store.lines_about(&whose(3), page(Some(10), 5)).unwrap()), [0_i64; 0]);
        store.begin().unwrap();
        assert_eq!(store.remove_lines(i64::MAX, 20_000).unwrap().len(), 5_000);
        store.commit().unwrap();
        assert!(store.runs().unwrap().is_empty());
        store.rollback();
        assert_eq!(store.next_line().unwrap(), LINES + 1, "no number is used twice");
    }
}
