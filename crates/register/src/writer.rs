//! The one writer: takes what comes, commits it together, answers when it is durable.
//!
//! Invariant: a key is durable before the row that needs it, and destroyed before the row goes.
//! Invariant: nothing is answered before its commit, and a group that cannot be committed is answered as not done.

use std::panic::{AssertUnwindSafe, catch_unwind};
use std::sync::atomic::Ordering;
use std::sync::{Arc, PoisonError};
use std::time::Duration;

use crossbeam_channel::{Receiver, RecvTimeoutError, Sender, bounded};

use crate::engine::{Act, Answer, KeyChange, Keys};
use crate::error::Unavailable;
use crate::guard::SEEN;
use crate::house::House;
use crate::pool::looks_here;
use crate::waiting::{Answering, answer};

/// Most jobs of one commit.
const GROUP_MAX: usize = 512;
/// How long the writer waits before it tidies up.
const IDLE: Duration = Duration::from_millis(200);
/// How long jobs may follow each other before it does so between two of them.
const TIDY_SECONDS: f64 = 1.0;

/// Microseconds of a minute.
const MINUTE_MICROS: u64 = 60_000_000;

/// Why a job came to nothing.
#[derive(Debug)]
pub(crate) enum Stop<E> {
    /// The register cannot.
    Unavailable(Unavailable),
    /// The job called itself off; nothing of it stays.
    Called(E),
}

impl<E> From<Unavailable> for Stop<E> {
    fn from(unavailable: Unavailable) -> Self {
        Self::Unavailable(unavailable)
    }
}

/// What a job may use of the disk.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Room {
    /// Lines of granted looks, and the sweep: also the last tenth.
    All,
    /// Everything else leaves the last tenth to them.
    Ordinary,
}

/// What a job works with. Its key changes and touched stripes count only if it succeeds.
pub(crate) struct Work<'a> {
    pub(crate) house: &'a House,
    pub(crate) store: &'a dyn Act,
    pub(crate) keys: Vec<KeyChange>,
    /// Lowest revisions to be believed once this is committed.
    pub(crate) floors: Vec<KeyChange>,
    touched: Vec<usize>,
}

impl Work<'_> {
    /// Says that something about a person changes; readers notice.
    pub(crate) fn touch(&mut self, stripe: usize) {
        if !self.touched.contains(&stripe) {
            self.touched.push(stripe);
            self.house.stripes.step(stripe);
        }
    }
}

/// How a job went.
enum Ran {
    /// To be answered after the commit.
    Done(Box<dyn FnOnce(Answer<()>) + Send>),
    /// Answered, nothing of it stays.
    Off,
    /// The engine failed: the whole group fails.
    Broken(Unavailable, Box<dyn FnOnce(Answer<()>) + Send>),
}

trait Task: Send {
    fn run(self: Box<Self>, work: &mut Work<'_>) -> Ran;
    fn fail(self: Box<Self>, why: Unavailable);
    fn room(&self) -> Room;
    fn marked(&self) -> bool;
}

struct Job<T, E, F> {
    act: F,
    room: Room,
    marked: bool,
    answer: Answering<Result<T, Stop<E>>>,
}

impl<T, E, F> Task for Job<T, E, F>
where
    T: Send + 'static,
    E: Send + 'static,
    F: FnOnce(&mut Work<'_>) -> Result<T, Stop<E>> + Send,
{
    fn run(self: Box<Self>, work: &mut Work<'_>) -> Ran {
        let Self { act, answer, .. } = *self;
        // The message of a panic may hold anything; only its place was printed.
        let ran = catch_unwind(AssertUnwindSafe(|| act(work)))
            .unwrap_or(Err(Stop::Unavailable(Unavailable::Engine)));
        match ran {
            Ok(value) => Ran::Done(Box::new(move |commit| {
                answer.answer(commit.map(|()| value).map_err(Stop::Unavailable));
            })),
            Err(Stop::Unavailable(why @ (Unavailable::DiskFull | Unavailable::Engine))) => Ran::Broken(
                why,
                Box::new(move |commit| {
                    let why = commit.err().unwrap_or(Unavailable::Engine);
                    answer.answer(Err(Stop::Unavailable(why)));
                }),
            ),
            Err(stop) => {
                answer.answer(Err(stop));
                Ran::Off
            }
        }
    }

    fn fail(self: Box<Self>, why: Unavailable) {
        self.answer.answer(Err(Stop::Unavailable(why)));
    }

    fn room(&self) -> Room {
        self.room
    }

    fn marked(&self) -> bool {
        self.marked
    }
}

/// The way to the writer.
#[derive(Debug)]
pub(crate) struct Writer {
    jobs: Option<Sender<Box<dyn Task>>>,
    thread: Option<std::thread::JoinHandle<()>>,
}

impl Writer {
    pub(crate) fn start(
        house: Arc<House>,
        store: Box<dyn Act>,
        keys: Box<dyn Keys>,
    ) -> Result<Self, Unavailable> {
        let (jobs, inbox) = bounded(4_096);
        let thread = std::thread::Builder::new()
            .name("register-writer".to_owned())
            .spawn(move || Desk::new(house, store, keys, inbox).run())
            .map_err(|_| Unavailable::Engine)?;
        Ok(Self { jobs: Some(jobs), thread: Some(thread) })
    }

    /// A change: all of it stays or nothing.
    pub(crate) fn change<T: Send + 'static, E: Send + 'static>(
        &self,
        room: Room,
        act: impl FnOnce(&mut Work<'_>) -> Result<T, Stop<E>> + Send + 'static,
    ) -> Result<T, Stop<E>> {
        self.submit(room, true, act)
    }

    /// A line: checked first, then one row.
    pub(crate) fn line<T: Send + 'static, E: Send + 'static>(
        &self,
        room: Room,
        act: impl FnOnce(&mut Work<'_>) -> Result<T, Stop<E>> + Send + 'static,
    ) -> Result<T, Stop<E>> {
        self.submit(room, false, act)
    }

    fn submit<T: Send + 'static, E: Send + 'static>(
        &self,
        room: Room,
        marked: bool,
        act: impl FnOnce(&mut Work<'_>) -> Result<T, Stop<E>> + Send + 'static,
    ) -> Result<T, Stop<E>> {
        debug_assert!(!looks_here(), "a look that waits for the writer, and the writer for the look");
        let (answer, waiting) = answer();
        let jobs = self.jobs.as_ref().ok_or(Unavailable::Closing)?;
        jobs.send(Box::new(Job { act, room, marked, answer })).map_err(|_| Unavailable::Closing)?;
        waiting.wait().unwrap_or(Err(Stop::Unavailable(Unavailable::Closing)))
    }
}

impl Drop for Writer {
    fn drop(&mut self) {
        self.jobs = None;
        if let Some(thread) = self.thread.take() {
            let _ = thread.join();
        }
    }
}

/// Where the writer sits.
struct Desk {
    house: Arc<House>,
    store: Box<dyn Act>,
    keys: Box<dyn Keys>,
    inbox: Receiver<Box<dyn Task>>,
    /// Revisions that are committed and not yet the lowest to be believed.
    floors: Vec<KeyChange>,
    /// The last heartbeat.
    seen: i64,
    /// What was erased still stands in the files beside the stores: somebody looked at it.
    put_off: bool,
    /// When it was tidied last, in seconds that pass.
    tidied: f64,
}

impl Desk {
    fn new(
        house: Arc<House>,
        store: Box<dyn Act>,
        keys: Box<dyn Keys>,
        inbox: Receiver<Box<dyn Task>>,
    ) -> Self {
        Self { house, store, keys, inbox, floors: Vec::new(), seen: 0, put_off: false, tidied: 0.0 }
    }

    fn run(mut self) {
        loop {
            match self.inbox.recv_timeout(IDLE) {
                Ok(first) => self.group(first),
                Err(RecvTimeoutError::Timeout) => self.tidy(),
                Err(RecvTimeoutError::Disconnected) => break,
            }
        }
        self.tidy();
        let _ = self.store.settle();
        let _ = self.keys.settle();
    }

    /// Raises floors, empties files, and writes counts of folded refusals.
    fn tidy(&mut self) {
        self.tidied = self.house.clock.monotonic_seconds();
        let floors = std::mem::take(&mut self.floors);
        let _ = self.keys.apply(&floors);
        self.settle();
        self.heartbeat();
        let folded = self.house.refusals.take_counts();
        if folded.is_empty() {
            return;
        }
        let written = self.store.begin().and_then(|()| {
            folded.iter().try_for_each(|(line, more)| self.store.fold_line(*line, *more))?;
            self.store.commit()
        });
        if written.is_err() {
            self.store.rollback();
            self.house.refusals.give_back(folded);
        }
    }

    fn group(&mut self, first: Box<dyn Task>) {
        if let Err(why) = self.store.begin() {
            return first.fail(why);
        }
        let mut keys = Vec::new();
        let mut floors = Vec::new();
        let mut touched: Vec<usize> = Vec::new();
        let mut answers: Vec<Box<dyn FnOnce(Answer<()>) + Send>> = Vec::new();
        let mut broken = None;
        let mut next = Some(first);
        while let Some(task) = next.take() {
            if let Err(why) = self.one(task, &mut keys, &mut floors, &mut touched, &mut answers) {
                broken = Some(why);
                break;
            }
            if answers.len() < GROUP_MAX {
                next = self.inbox.try_recv().ok();
            }
        }
        let done = match broken {
            Some(why) => Err(why),
            None => self.store.gather().and_then(|()| self.commit(&keys)),
        };
        if done.is_err() {
            self.store.rollback();
        } else {
            self.floors.append(&mut floors);
        }
        if done.is_ok() && self.house.settle.load(Ordering::SeqCst) {
            self.settle();
        }
        for stripe in touched {
            self.house.stripes.step(stripe);
            self.house.recent.forget(stripe);
        }
        // Who has set no limit has none to come near to.
        if self.house.config.bytes_max.is_some()
            && let Ok(bytes) = self.store.bytes()
        {
            self.house.bytes_used.store(bytes, Ordering::Relaxed);
        }
        answers.into_iter().for_each(|answer| answer(done.clone()));
        // Where jobs never cease there is no idle moment.
        let since = self.house.clock.monotonic_seconds() - self.tidied;
        if self.floors.len() >= GROUP_MAX || since >= TIDY_SECONDS {
            self.tidy();
        }
    }

    /// Writes once a minute what time it was, so that the next opening can tell how long the house lay closed. A time that nobody believes is not written.
    fn heartbeat(&mut self) {
        let house = &self.house;
        let stopped = {
            let mut seen = house.time.lock().unwrap_or_else(PoisonError::into_inner);
            seen.look(&*house.clock, house.config.guard)
        };
        let now = house.now().as_microsecond();
        if stopped.is_none() && now.abs_diff(self.seen) >= MINUTE_MICROS {
            self.seen = now;
            let _ = self.store.set_meta(SEEN, &now.to_be_bytes());
        }
    }

    /// Empties the files beside the stores if something was erased; a look that takes long puts it off.
    fn settle(&mut self) {
        let asked = self.house.settle.swap(false, Ordering::SeqCst);
        if asked || self.put_off {
            // A copy of the one holds up nothing in the other: without its key a row says nothing.
            let (keys, store) = (self.keys.settle(), self.store.settle());
            self.put_off = keys.is_err() || store.is_err();
        }
    }

    fn commit(&mut self, keys: &[KeyChange]) -> Answer<()> {
        self.keys
            .apply(keys)
            .map_err(|why| if why == Unavailable::DiskFull { why } else { Unavailable::Keys })?;
        self.store.commit()
    }

    fn one(
        &mut self,
        task: Box<dyn Task>,
        keys: &mut Vec<KeyChange>,
        floors: &mut Vec<KeyChange>,
        touched: &mut Vec<usize>,
        answers: &mut Vec<Box<dyn FnOnce(Answer<()>) + Send>>,
    ) -> Answer<()> {
        if task.room() == Room::Ordinary && self.house.is_nearly_full() {
            task.fail(Unavailable::DiskFull);
            return Ok(());
        }
        let marked = task.marked();
        if marked && let Err(why) = self.store.mark() {
            task.fail(why.clone());
            return Err(why);
        }
        let mut work = Work {
            house: &self.house,
            store: &*self.store,
            keys: Vec::new(),
            floors: Vec::new(),
            touched: std::mem::take(touched),
        };
        let ran = task.run(&mut work);
        *touched = work.touched;
        let (mut own_keys, mut own_floors) = (work.keys, work.floors);
        match ran {
            Ran::Done(answer) => {
                keys.append(&mut own_keys);
                floors.append(&mut own_floors);
                answers.push(answer);
                if marked { self.store.keep_mark() } else { Ok(()) }
            }
            Ran::Off if marked => self.store.back_to_mark(),
            Ran::Off => Ok(()),
            Ran::Broken(why, answer) => {
                answers.push(answer);
                Err(why)
            }
        }
    }
}
