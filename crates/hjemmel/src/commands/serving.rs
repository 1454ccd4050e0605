//! A server that runs until it is told to stop, with a sweep and the other jobs each minute beside it.

use std::sync::mpsc::{Receiver, RecvTimeoutError, Sender, channel};
use std::thread::JoinHandle;
use std::time::Duration;

use register::{Register, Stopped};
use server::federation::gateway::BadListener;
use server::{App, Listeners, NotListening};

use super::sweep::acts;
use crate::answer::Failure;

/// Seconds between two sweeps.
const SWEEP_SECONDS: u64 = 60;

/// Listens, says that it is ready, and serves until the process is told to stop.
pub(crate) fn serve_until_stopped(app: App, ready: impl FnOnce()) -> Result<(), Failure> {
    let runtime = tokio::runtime::Builder::new_multi_thread().enable_all().build();
    let runtime = runtime.map_err(|problem| {
        Failure::cannot(format!("the server cannot start: {problem}"), "see the limits of this user")
    })?;
    let sweeper = Sweeper::start(app.register().clone());
    let served = runtime.block_on(async {
        let stop = stop_signal().map_err(|problem| {
            Failure::cannot(format!("signals cannot be heard: {problem}"), "see the limits of this user")
        })?;
        let listeners = Listeners::bind(&app).await.map_err(|problem| {
            let help = match &problem {
                NotListening::Address { .. } | NotListening::Gateway(BadListener::Listen { .. }) => {
                    "stop what uses the port, or choose another"
                }
                NotListening::Gateway(BadListener::Pem(_) | BadListener::Tls(_)) => {
                    "see the section `[gateway]` of the configuration"
                }
            };
            Failure::cannot(problem.to_string(), help)
        })?;
        ready();
        server::serve(app, listeners, stop).await;
        Ok(())
    });
    sweeper.stop();
    served
}

/// Comes when the process is told to stop.
#[cfg(unix)]
pub(super) fn stop_signal() -> std::io::Result<impl Future<Output = ()> + Send> {
    use tokio::signal::unix::{SignalKind, signal};
    let mut terminate = signal(SignalKind::terminate())?;
    let mut interrupt = signal(SignalKind::interrupt())?;
    Ok(async move {
        tokio::select! {
            _ = terminate.recv() => {}
            _ = interrupt.recv() => {}
        }
    })
}

/// Comes when the process is told to stop.
#[cfg(not(unix))]
pub(super) fn stop_signal() -> std::io::Result<impl Future<Output = ()> + Send> {
    Ok(async {
        // Without a way to hear it the process ends with the terminal.
        let _ = tokio::signal::ctrl_c().await;
    })
}

/// The thread that sweeps.
#[derive(Debug)]
struct Sweeper {
    tell: Sender<()>,
    thread: Option<JoinHandle<()>>,
}

impl Sweeper {
    fn start(register: Register) -> Self {
        let (tell, told) = channel();
        let thread = std::thread::Builder::new()
            .name("sweep".to_owned())
            .spawn(move || sweep_each_minute(&register, &told));
        if thread.is_err() {
            tracing::error!(target: "technical", "the sweep could not be started; nothing is erased until the server runs again");
        }
        Self { tell, thread: thread.ok() }
    }

    fn stop(self) {
        // A sweep that runs is finished first.
        drop(self.tell);
        if let Some(thread) = self.thread {
            let _ = thread.join();
        }
    }
}

fn sweep_each_minute(register: &Register, told: &Receiver<()>) {
    loop {
        sweep(register);
        match told.recv_timeout(Duration::from_secs(SWEEP_SECONDS)) {
            Err(RecvTimeoutError::Timeout) => {}
            Ok(()) | Err(RecvTimeoutError::Disconnected) => return,
        }
    }
}

/// One sweep, told in the technical log by counts.
fn sweep(register: &Register) {
    match register.sweep() {
        Ok(report) => {
            for (of, verb, records) in acts(register.policy(), &report) {
                tracing::info!(target: "technical", register = of, act = verb, records, "sweep");
            }
            if report.braked > 0 {
                tracing::warn!(target: "technical", records = report.braked, "the brake holds back more than was planned; two persons release it");
            }
            if let Some(Stopped::ClockStepped { by_seconds }) = report.stopped {
                tracing::error!(target: "technical", by_seconds, "the clock jumped; two persons confirm it before anything is erased");
            }
        }
        Err(problem) => {
            tracing::error!(target: "technical", problem = %problem, "the sweep failed; it is tried again in a minute")
        }
    }
}
