//! Changed notices that an officer tries out before anybody signs them: compiled against what runs, held in memory for a while.
//!
//! Invariant: one draft an account, few in all, for half an hour; nothing of it is written, signed or run.
//!
//! Invariant: one compilation and one count at a time, on threads of their own; whoever asks has an answer in time.

mod judge;

use std::ops::ControlFlow;
use std::sync::{Arc, Mutex, PoisonError, Weak};
use std::time::Duration;

use jiff::civil::Date;
use notice::{Policy, SourceFile};
use register::{Clock, Dated, Register};
use tokio::sync::Semaphore;

use crate::app::App;
use crate::session::SecretKey;

pub(crate) use judge::{Finding, Judged};

/// How long a draft is held, in minutes.
pub(crate) const HELD_MINUTES: u32 = 30;
/// Most drafts at a time; the oldest makes room.
const DRAFTS_MAX: usize = 16;
/// How long somebody waits until the draft before is compiled, in seconds.
const WAIT_SECONDS: u64 = 3;
/// How long somebody waits for a compilation, in seconds. Threats 4.10.
const COMPILE_SECONDS: u64 = 5;

/// A draft and what it comes to.
#[derive(Debug)]
pub(crate) struct Draft {
    pub(crate) id: String,
    account: SecretKey,
    /// On the clock that is never set.
    began: f64,
    /// The files that differ from what runs, or are new.
    pub(crate) files: Vec<SourceFile>,
    pub(crate) judged: Judged,
    on_file: Mutex<OnFile>,
}

/// How many records on file move.
#[derive(Clone, Debug)]
pub(crate) enum OnFile {
    /// No rule changes, so none does.
    NoneMoves,
    /// So many of so many are counted; nothing yet while others count.
    Counting {
        /// How many are counted.
        done: usize,
        /// Of how many.
        all: usize,
    },
    /// The count.
    Counted(Arc<Vec<Dated>>),
    /// The register did not answer.
    Failed,
}

impl Draft {
    /// How far the count is.
    pub(crate) fn on_file(&self) -> OnFile {
        self.on_file.lock().unwrap_or_else(PoisonError::into_inner).clone()
    }

    fn put(&self, on_file: OnFile) {
        *self.on_file.lock().unwrap_or_else(PoisonError::into_inner) = on_file;
    }
}

/// A draft was not tried.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum NotTried {
    /// Others are at it.
    Busy,
    /// It is still being compiled when nobody waits any longer.
    TooLong,
    /// The register did not answer.
    Unavailable,
}

/// The drafts that are held.
#[derive(Debug)]
pub(crate) struct Drafts {
    all: Mutex<Vec<Arc<Draft>>>,
    compiling: Arc<Semaphore>,
    counting: Arc<Semaphore>,
}

impl Default for Drafts {
    fn default() -> Self {
        let one = || Arc::new(Semaphore::new(1));
        Self { all: Mutex::default(), compiling: one(), counting: one() }
    }
}

impl Drafts {
    /// The draft of an account; another's looks as if it were not there.
    pub(crate) fn of(&self, account: SecretKey, id: &str, clock: &dyn Clock) -> Option<Arc<Draft>> {
        let mut all = self.all.lock().unwrap_or_else(PoisonError::into_inner);
        drop_old(&mut all, clock);
        all.iter().find(|draft| draft.account == account && draft.id == id).cloned()
    }

    /// Throws the draft of an account away, and with it a count under way.
    pub(crate) fn forget(&self, account: SecretKey) {
        self.all.lock().unwrap_or_else(PoisonError::into_inner).retain(|draft| draft.account != account);
    }

    fn hold(&self, draft: Arc<Draft>, clock: &dyn Clock) {
        let mut all = self.all.lock().unwrap_or_else(PoisonError::into_inner);
        drop_old(&mut all, clock);
        all.retain(|one| one.account != draft.account);
        if all.len() >= DRAFTS_MAX {
            all.remove(0);
        }
        all.push(draft);
    }

    /// Compiles a draft over what runs and holds it; the count of records on file goes on behind it.
    ///
    /// # Errors
    /// [`NotTried`].
    pub(crate) async fn try_out(
        &self,
        app: &App,
        account: SecretKey,
        files: Vec<SourceFile>,
        today: Date,
    ) -> Result<Arc<Draft>, NotTried> {
        let room = self.compiling.clone().acquire_owned();
        let room = tokio::time::timeout(Duration::from_secs(WAIT_SECONDS), room).await;
        // Closed never: the semaphore lives as long as the app.
        let room = room.map_err(|_| NotTried::Busy)?.map_err(|_| NotTried::Busy)?;
        let (register, changed) = (app.register().clone(), files.clone());
        let work = tokio::task::spawn_blocking(move || {
            let judged = judge::judge(&register, &changed, today);
            // Held until the work ends, also when nobody waits any longer.
            drop(room);
            judged
        });
        let judged = tokio::time::timeout(Duration::from_secs(COMPILE_SECONDS), work).await;
        let judged = judged.map_err(|_| NotTried::TooLong)?.map_err(|_| NotTried::Unavailable)?;
        let (judged, policy) = judged.map_err(|_| NotTried::Unavailable)?;
        let moves = judged.effect.as_ref().is_some_and(|diff| !diff.clocks.is_empty());
        let draft = Arc::new(Draft {
            id: new_id(app),
            account,
            began: app.clock().monotonic_seconds(),
            files,
            judged,
            on_file: Mutex::new(if moves { OnFile::Counting { done: 0, all: 0 } } else { OnFile::NoneMoves }),
        });
        self.hold(draft.clone(), app.clock());
        if let Some(policy) = policy.filter(|_| moves) {
            self.count(app.register().clone(), policy, Arc::downgrade(&draft));
        }
        Ok(draft)
    }

    /// Counts as long as somebody holds the draft.
    fn count(&self, register: Register, policy: Policy, draft: Weak<Draft>) {
        let counting = self.counting.clone();
        tokio::spawn(async move {
            let Ok(room) = counting.acquire_owned().await else { return };
            tokio::task::spawn_blocking(move || {
                let mut watch = |done, all| match draft.upgrade() {
                    Some(draft) => {
                        draft.put(OnFile::Counting { done, all });
                        ControlFlow::Continue(())
                    }
                    None => ControlFlow::Break(()),
                };
                let counted = register.dated_while(&policy, &mut watch);
                if let Some(draft) = draft.upgrade() {
                    draft.put(match counted {
                        Ok(Some(dated)) => OnFile::Counted(Arc::new(dated)),
                        Ok(None) | Err(_) => OnFile::Failed,
                    });
                }
                drop(room);
            });
        });
    }
}

fn drop_old(all: &mut Vec<Arc<Draft>>, clock: &dyn Clock) {
    let now = clock.monotonic_seconds();
    all.retain(|draft| now - draft.began < f64::from(HELD_MINUTES * 60));
}

fn new_id(app: &App) -> String {
    let mut bytes = [0_u8; 16];
    app.randomness().fill(&mut bytes);
    bytes.iter().map(|byte| format!("{byte:02x}")).collect()
}
