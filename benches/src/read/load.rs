//! Clients that each do one thing after another for a while.

use std::sync::Barrier;
use std::time::{Duration, Instant};

use anyhow::Result;

use crate::report::Latencies;

/// What came of it.
pub struct Load {
    /// Operations a second, all clients together.
    pub per_second: f64,
    /// How long each took.
    pub latencies: Latencies,
}

/// Runs all clients for `time`, all starting together.
///
/// # Errors
/// The first error of a client: a run that answers one question wrongly has no time.
pub fn load<C, F>(clients: &mut [C], time: Duration, operate: F) -> Result<Load>
where
    C: Send,
    F: Fn(&C, u64) -> Result<()> + Sync,
{
    let barrier = Barrier::new(clients.len());
    let begin = Instant::now();
    let results = std::thread::scope(|scope| {
        let threads: Vec<_> = clients
            .iter_mut()
            .enumerate()
            .map(|(index, client)| {
                let (barrier, operate) = (&barrier, &operate);
                scope.spawn(move || {
                    barrier.wait();
                    one(client, index as u64, time, operate)
                })
            })
            .collect();
        threads.into_iter().map(std::thread::ScopedJoinHandle::join).collect::<Vec<_>>()
    });
    let elapsed = begin.elapsed().as_secs_f64();
    let mut latencies = Latencies::default();
    for result in results {
        latencies.join(result.map_err(|_| anyhow::anyhow!("a client broke off"))??);
    }
    Ok(Load { per_second: latencies.len() as f64 / elapsed, latencies })
}

fn one<C>(
    client: &mut C,
    index: u64,
    time: Duration,
    operate: &impl Fn(&C, u64) -> Result<()>,
) -> Result<Latencies> {
    let mut latencies = Latencies::default();
    let end = Instant::now() + time;
    let mut number = index.wrapping_mul(0x9E37_79B9_7F4A_7C15);
    while Instant::now() < end {
        number = number.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
        let begin = Instant::now();
        operate(client, number >> 33)?;
        latencies.add(begin.elapsed());
    }
    Ok(latencies)
}
