//! The simulation in the test run: random operations of all services over the real register, beside a plain model.
//!
//! What counts as a failure stands at the top of `services::testing::simulation`. A failure names its seed and the
//! command that shows it again. For hours of it: `cargo run --release -p services --example simulate -- --seed S --operations N`.

#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::panic,
    clippy::indexing_slicing,
    clippy::print_stdout
)]

use services::testing::simulation::{Tally, run};

/// Two threads share the operations, each with worlds of its own.
#[test]
fn nothing_forbidden_happens_in_a_hundred_thousand_operations() {
    // proves rule N-18, rule F-15, rule F-16, rule F-17
    let seeds = [1_000_u64, 2_000];
    println!("worlds from the seeds {seeds:?} on, 50,000 operations from each");
    let halves = seeds.map(|seed| std::thread::spawn(move || run(seed, 50_000)));
    let tallies: Vec<Tally> = halves
        .into_iter()
        .map(|half| half.join().unwrap().unwrap_or_else(|failure| panic!("{failure}")))
        .collect();
    let total = |of: fn(&Tally) -> u64| tallies.iter().map(of).sum::<u64>();
    assert_eq!(total(|tally| tally.operations), 100_000);
    assert!(total(|tally| tally.refused) > 1_000, "{tallies:?}");
    assert!(total(|tally| tally.called_off) > 1_000, "{tallies:?}");
    assert!(total(|tally| tally.erased) > 1_000, "{tallies:?}");
    assert!(total(|tally| tally.crashes) > 100, "{tallies:?}");
}
