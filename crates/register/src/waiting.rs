//! A caller that waits for one answer of the writer.
//!
//! Callers sleep at once: with more of them than cores, one that spins keeps the writer from its work.

use std::sync::{Arc, Mutex, PoisonError};
use std::thread::Thread;

#[derive(Debug)]
enum State<T> {
    Waiting,
    Answered(T),
    /// Whoever should have answered has gone.
    Gone,
}

#[derive(Debug)]
struct Desk<T> {
    state: Mutex<State<T>>,
    caller: Thread,
}

impl<T> Desk<T> {
    fn set(&self, state: State<T>) {
        *self.state.lock().unwrap_or_else(PoisonError::into_inner) = state;
        self.caller.unpark();
    }
}

/// The half that answers, once. Dropped without an answer it lets the caller go.
#[derive(Debug)]
pub(crate) struct Answering<T>(Option<Arc<Desk<T>>>);

impl<T> Answering<T> {
    pub(crate) fn answer(mut self, answer: T) {
        if let Some(desk) = self.0.take() {
            desk.set(State::Answered(answer));
        }
    }
}

impl<T> Drop for Answering<T> {
    fn drop(&mut self) {
        if let Some(desk) = self.0.take() {
            desk.set(State::Gone);
        }
    }
}

/// The half that waits, on the thread that made it.
#[derive(Debug)]
pub(crate) struct Waiting<T>(Arc<Desk<T>>);

impl<T> Waiting<T> {
    /// The answer; `None` if nobody will answer.
    pub(crate) fn wait(self) -> Option<T> {
        loop {
            let state = {
                let mut state = self.0.state.lock().unwrap_or_else(PoisonError::into_inner);
                std::mem::replace(&mut *state, State::Waiting)
            };
            match state {
                State::Waiting => std::thread::park(),
                State::Answered(answer) => return Some(answer),
                State::Gone => return None,
            }
        }
    }
}

/// Both halves.
pub(crate) fn answer<T>() -> (Answering<T>, Waiting<T>) {
    let desk = Arc::new(Desk { state: Mutex::new(State::Waiting), caller: std::thread::current() });
    (Answering(Some(Arc::clone(&desk))), Waiting(desk))
}

#[cfg(test)]
mod tests {
    use super::answer;

    #[test]
    fn an_answer_comes_before_or_after_the_caller_waits() {
        let (answering, waiting) = answer();
        answering.answer(1);
        assert_eq!(waiting.wait(), Some(1));
        let (answering, waiting) = answer();
        let other = std::thread::spawn(move || answering.answer(2));
        assert_eq!(waiting.wait(), Some(2));
        other.join().unwrap();
    }

    #[test]
    fn a_caller_is_let_go_when_nobody_will_answer() {
        let (answering, waiting) = answer::<u8>();
        let other = std::thread::spawn(move || drop(answering));
        assert_eq!(waiting.wait(), None);
        other.join().unwrap();
    }
}
