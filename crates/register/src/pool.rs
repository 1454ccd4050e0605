//! Connections that look, lent to one call each.

use std::fmt;
use std::sync::{Mutex, PoisonError};

use crate::engine::Answer;

type Open<T> = Box<dyn Fn() -> Answer<Box<T>> + Send + Sync>;

/// Connections that lie ready.
pub(crate) struct Pool<T: ?Sized> {
    ready: Mutex<Vec<Box<T>>>,
    open: Open<T>,
}

impl<T: ?Sized> fmt::Debug for Pool<T> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("(connections)")
    }
}

/// So many are kept open.
const KEPT: usize = 32;

/// A connection that looks at one state of its store.
pub(crate) trait Snapshot {
    /// From here on nothing changes for this connection.
    fn start(&self) -> Answer<()>;
    /// Lets go of the state.
    fn finish(&self);
}

impl<T: Snapshot + ?Sized> Pool<T> {
    pub(crate) fn new(open: impl Fn() -> Answer<Box<T>> + Send + Sync + 'static) -> Self {
        Self { ready: Mutex::new(Vec::new()), open: Box::new(open) }
    }

    /// A connection for the length of one call.
    pub(crate) fn with<R, E: From<crate::error::Unavailable>>(
        &self,
        call: impl FnOnce(&T) -> Result<R, E>,
    ) -> Result<R, E> {
        let ready = self.ready.lock().unwrap_or_else(PoisonError::into_inner).pop();
        let connection = match ready {
            Some(connection) => connection,
            None => (self.open)().map_err(E::from)?,
        };
        // One snapshot for the whole call; an answer that failed leaves no snapshot behind.
        connection.start().map_err(E::from)?;
        let answer = call(&connection);
        connection.finish();
        let mut ready = self.ready.lock().unwrap_or_else(PoisonError::into_inner);
        if ready.len() < KEPT {
            ready.push(connection);
        }
        answer
    }
}
