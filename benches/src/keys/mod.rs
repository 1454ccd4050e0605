//! The key server under load: the export of half a million keys straight from the register, and a town's day of reports
//! and polls over HTTP at both bodies of smitte|stop.

#[cfg(feature = "demo")]
mod account;
#[cfg(feature = "demo")]
mod bare;
#[cfg(feature = "demo")]
mod bill;
#[cfg(feature = "demo")]
pub mod day;
pub mod exported;
mod house;
#[cfg(feature = "demo")]
mod looks;
mod phones;
#[cfg(feature = "demo")]
mod reports;
#[cfg(feature = "demo")]
mod told;
#[cfg(feature = "demo")]
mod town;

/// Who asks at the same time.
#[cfg(feature = "demo")]
const THREADS: usize = 64;
/// Phones that fetch at the same time: each holds a file while it does, and here all of them live in one process.
#[cfg(feature = "demo")]
const FETCHING: usize = 8;

/// A share of the work on each of so many threads, each with something of its own to work with, as each phone has its network.
#[cfg(feature = "demo")]
fn on_all<T: Send, R: Send, Own>(
    threads: usize,
    work: &mut [T],
    own: impl Fn() -> anyhow::Result<Own> + Sync,
    each: impl Fn(&mut Own, &mut T) -> anyhow::Result<R> + Sync,
) -> anyhow::Result<Vec<R>> {
    let share = work.len().div_ceil(threads).max(1);
    let (own, each) = (&own, &each);
    let parts: Vec<anyhow::Result<Vec<R>>> = std::thread::scope(|scope| {
        let threads: Vec<_> = work
            .chunks_mut(share)
            .map(|part| {
                scope.spawn(move || {
                    let mut own = own()?;
                    part.iter_mut().map(|one| each(&mut own, one)).collect()
                })
            })
            .collect();
        let joined = threads.into_iter().map(std::thread::ScopedJoinHandle::join);
        joined.map(|part| part.unwrap_or_else(|_| anyhow::bail!("panicked"))).collect()
    });
    let mut all = Vec::new();
    for part in parts {
        all.extend(part?);
    }
    Ok(all)
}
