//! Connections that look, lent to one call each.
//!
//! A look is bound by the processor: more connections than a few for each core cost memory and win nothing, so a
//! call waits for one that is lent rather than opening its own.

use std::cell::Cell;
use std::fmt;
use std::marker::PhantomData;
use std::sync::{Condvar, Mutex, PoisonError};
use std::time::Duration;

use crate::engine::Answer;

type Open<T> = Box<dyn Fn() -> Answer<Box<T>> + Send + Sync>;

/// Connections, ready or lent.
pub(crate) struct Pool<T: ?Sized> {
    desk: Mutex<Desk<T>>,
    returned: Condvar,
    open: Open<T>,
}

struct Desk<T: ?Sized> {
    ready: Vec<Box<T>>,
    lent: usize,
}

impl<T: ?Sized> fmt::Debug for Pool<T> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("(connections)")
    }
}

/// So many are open at once.
const OPEN_MAX: usize = 32;
/// A call that has waited so long opens one more, so that calls within calls never wait for each other for ever.
const PATIENCE: Duration = Duration::from_millis(500);

/// A connection that looks at one state of its store.
pub(crate) trait Snapshot {
    /// From here on nothing changes for this connection.
    fn start(&self) -> Answer<()>;
    /// Lets go of the state.
    fn finish(&self);
}

impl<T: Snapshot + ?Sized> Pool<T> {
    pub(crate) fn new(open: impl Fn() -> Answer<Box<T>> + Send + Sync + 'static) -> Self {
        let desk = Desk { ready: Vec::new(), lent: 0 };
        Self { desk: Mutex::new(desk), returned: Condvar::new(), open: Box::new(open) }
    }

    /// A connection for the length of one call.
    pub(crate) fn with<R, E: From<crate::error::Unavailable>>(
        &self,
        call: impl FnOnce(&T) -> Result<R, E>,
    ) -> Result<R, E> {
        let lent = self.lend().map_err(E::from)?;
        call(lent.get().ok_or(crate::error::Unavailable::Engine).map_err(E::from)?)
    }

    /// A connection that looks at one state until it is given back; an answer that failed leaves no snapshot behind.
    pub(crate) fn lend(&self) -> Answer<Lent<'_, T>> {
        let lent = Lent { connection: Some(self.take()?), pool: self, _here: Here::one_more() };
        lent.get().ok_or(crate::error::Unavailable::Engine)?.start()?;
        Ok(lent)
    }

    fn take(&self) -> Answer<Box<T>> {
        let desk = self.desk.lock().unwrap_or_else(PoisonError::into_inner);
        let none_free = |desk: &mut Desk<T>| desk.ready.is_empty() && desk.lent >= OPEN_MAX;
        let (mut desk, _) = self
            .returned
            .wait_timeout_while(desk, PATIENCE, none_free)
            .unwrap_or_else(PoisonError::into_inner);
        desk.lent += 1;
        if let Some(connection) = desk.ready.pop() {
            return Ok(connection);
        }
        drop(desk);
        (self.open)().inspect_err(|_| self.give_back(None))
    }

    fn give_back(&self, connection: Option<Box<T>>) {
        let mut desk = self.desk.lock().unwrap_or_else(PoisonError::into_inner);
        desk.lent = desk.lent.saturating_sub(1);
        if desk.ready.len() < OPEN_MAX {
            desk.ready.extend(connection);
        }
        drop(desk);
        self.returned.notify_one();
    }
}

/// A connection that is on loan; it comes back also when the call panics.
pub(crate) struct Lent<'a, T: Snapshot + ?Sized> {
    connection: Option<Box<T>>,
    pool: &'a Pool<T>,
    _here: Here,
}

thread_local! {
    static LENT_HERE: Cell<usize> = const { Cell::new(0) };
}

/// Counts what is on loan to a thread, and stays with that thread.
struct Here(PhantomData<*const ()>);

impl Here {
    fn one_more() -> Self {
        LENT_HERE.set(LENT_HERE.get() + 1);
        Self(PhantomData)
    }
}

impl Drop for Here {
    fn drop(&mut self) {
        LENT_HERE.set(LENT_HERE.get() - 1);
    }
}

/// Whether this thread looks at a state of a store. It may not wait for the writer then: the writer may wait for it.
pub(crate) fn looks_here() -> bool {
    LENT_HERE.get() > 0
}

impl<T: Snapshot + ?Sized> Lent<'_, T> {
    pub(crate) fn get(&self) -> Option<&T> {
        self.connection.as_deref()
    }
}

impl<T: Snapshot + ?Sized> Drop for Lent<'_, T> {
    fn drop(&mut self) {
        if let Some(connection) = &self.connection {
            connection.finish();
        }
        self.pool.give_back(self.connection.take());
    }
}
