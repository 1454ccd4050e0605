//! Our decisions, and those of engines that we did not write: the same answer to every question.
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic, clippy::indexing_slicing)]

use benches::decide::cedar::Cedar;
use benches::decide::corpus;
use benches::decide::questions::{Questions, ours};
use benches::decide::rego::Rego;
use notice::Policy;

/// Notices made by chance, each from its own seed: (seed, uses).
const MADE: [(u64, usize); 4] = [(1, 10), (2, 40), (3, 100), (4, 250)];

fn policies() -> Vec<(String, Policy)> {
    let house = corpus::compiled(&corpus::of_the_house().unwrap()).unwrap();
    let made = MADE.map(|(seed, uses)| {
        (format!("seed {seed}, {uses} uses"), corpus::compiled(&corpus::made(seed, uses)).unwrap())
    });
    std::iter::once(("the notices of the house".to_owned(), house)).chain(made).collect()
}

/// Questions to Cedar, over all notices.
const ASKED_OF_CEDAR: usize = 100_000;

#[test]
fn cedar_answers_every_question_as_we_do() {
    let policies = policies();
    for (name, policy) in &policies {
        let cedar = Cedar::of(policy).unwrap();
        let mut questions = Questions::new(policy, 7).unwrap();
        let mut granted = 0;
        for _ in 0..ASKED_OF_CEDAR.div_ceil(policies.len()) {
            let asked = questions.next_one().unwrap();
            let answer = ours(policy, &asked);
            let theirs = cedar.allows(&Cedar::prepare(policy, &asked).unwrap());
            assert_eq!(answer, theirs, "{name}: {asked:?}");
            granted += u32::from(answer);
        }
        assert!(granted > 500, "{name}: only {granted} were granted, which proves little");
    }
}

#[test]
fn rego_answers_every_question_as_we_do() {
    for (name, policy) in policies() {
        let mut rego = Rego::of(&policy).unwrap();
        let mut questions = Questions::new(&policy, 11).unwrap();
        let mut granted = 0;
        for _ in 0..2_000 {
            let asked = questions.next_one().unwrap();
            let answer = ours(&policy, &asked);
            let theirs = rego.allows(Rego::prepare(&asked).unwrap()).unwrap();
            assert_eq!(answer, theirs, "{name}: {asked:?}");
            granted += u32::from(answer);
        }
        assert!(granted > 50, "{name}: only {granted} were granted, which proves little");
    }
}
