//! `hjemmel promises`: for each rule that was read out of the published notices, whether it is stated, enforced and tested.

use std::collections::{BTreeMap, BTreeSet};

use notice::Policy;
use notice::policy::Said;
use serde_json::{Value, json};

use crate::answer::{Answer, Failure};
use crate::corpus::From;
use crate::terminal::Terminal;

/// Print which promises are stated, enforced and tested
///
/// Stated: a section of the notices names the rule. Enforced: such a section is carried out by the running system, as a use that a service runs, or as a register, its clock or a purpose that such a use serves. Tested: the name, the doc or the body of a test names the rule.
#[derive(Debug, clap::Args)]
pub(crate) struct Arguments {
    /// Print a list of objects with `id`, `stated`, `enforced` and `tested`
    #[arg(long)]
    json: bool,
}

const RULES: &str = include_str!(concat!(env!("OUT_DIR"), "/rules.tsv"));
const TESTED: &str = include_str!(concat!(env!("OUT_DIR"), "/tested.tsv"));

/// One rule of the acceptance table.
struct Promise {
    id: &'static str,
    rule: &'static str,
    stated: Vec<String>,
    enforced: Vec<String>,
    tested: Vec<&'static str>,
}

pub(crate) fn run(arguments: &Arguments, terminal: &Terminal) -> Result<Answer, Failure> {
    let policy = From::BuiltIn.policy()?;
    let promises = promises(&policy);
    if arguments.json {
        terminal.json(&Value::Array(promises.iter().map(object).collect()));
    } else {
        terminal.out(&table(&promises));
    }
    Ok(Answer::Yes)
}

fn promises(policy: &Policy) -> Vec<Promise> {
    let mut stated: BTreeMap<&str, Vec<String>> = BTreeMap::new();
    for said in sections(policy) {
        for rule in &said.states {
            stated.entry(rule).or_default().push(said.id.clone());
        }
    }
    let running = running(policy);
    let tested: Vec<(&str, &str)> = TESTED.lines().filter_map(|line| line.split_once('\t')).collect();
    let columns = RULES.lines().skip(1).map(|line| line.split('\t').collect::<Vec<_>>());
    columns
        .filter_map(|row| {
            let (id, rule) = (row.first().copied()?, row.get(5).copied()?);
            let stated = stated.remove(id).unwrap_or_default();
            let enforced = stated.iter().filter(|section| running.contains(*section)).cloned().collect();
            let tested = tested.iter().filter(|(named, _)| *named == id).map(|(_, test)| *test).collect();
            Some(Promise { id, rule, stated, enforced, tested })
        })
        .collect()
}

/// The tests by the rule that they name, for the pages.
pub(crate) fn proofs() -> server::Proofs {
    server::Proofs::read(TESTED)
}

/// The tests that name a rule.
pub(crate) fn tests_of(rule: &str) -> Vec<&'static str> {
    TESTED
        .lines()
        .filter_map(|line| line.split_once('\t'))
        .filter(|(named, _)| *named == rule)
        .map(|(_, test)| test)
        .collect()
}

/// Everything in the notices that can state a rule.
fn sections(policy: &Policy) -> Vec<&Said> {
    let mut all: Vec<&Said> = Vec::new();
    all.extend(policy.parties.iter().map(|one| &one.said));
    all.extend(policy.laws.iter().map(|one| &one.said));
    all.extend(policy.roles.iter().map(|one| &one.said));
    all.extend(policy.events.iter().map(|one| &one.said));
    all.extend(policy.notices.iter().map(|one| &one.said));
    all.extend(policy.purposes.iter().map(|one| &one.said));
    all.extend(policy.registers.iter().map(|one| &one.said));
    all.extend(policy.uses.iter().map(|one| &one.said));
    all.extend(policy.shares.iter().map(|one| &one.said));
    all.extend(policy.rights.iter().map(|one| &one.said));
    all.extend(policy.measures.iter().map(|one| &one.said));
    all.extend(policy.clocks.iter().map(|one| &one.said));
    all
}

/// Full names of the sections that the running system carries out.
fn running(policy: &Policy) -> BTreeSet<String> {
    let mut names = BTreeSet::new();
    for of in policy.uses.iter().filter(|of| services::USES.contains(&of.said.id.as_str())) {
        names.insert(of.said.id.clone());
        names.insert(of.purpose.clone());
        for scope in &of.of {
            let Some(register) = policy.registers.get(scope.register.index()) else { continue };
            names.insert(register.said.id.clone());
            names.extend(policy.clocks.get(register.clock).map(|clock| clock.said.id.clone()));
        }
    }
    names
}

fn object(promise: &Promise) -> Value {
    json!({
        "id": promise.id,
        "stated": !promise.stated.is_empty(),
        "enforced": !promise.enforced.is_empty(),
        "tested": !promise.tested.is_empty(),
        "rule": promise.rule,
        "sections": promise.stated,
        "running": promise.enforced,
        "tests": promise.tested,
    })
}

fn table(promises: &[Promise]) -> String {
    let mark = |yes: bool| if yes { "yes" } else { "-" };
    let mut text = format!("{:<8} {:<7} {:<9} {:<7} rule\n", "id", "stated", "enforced", "tested");
    for promise in promises {
        let (stated, enforced, tested) =
            (!promise.stated.is_empty(), !promise.enforced.is_empty(), !promise.tested.is_empty());
        text.push_str(&format!(
            "{:<8} {:<7} {:<9} {:<7} {}\n",
            promise.id,
            mark(stated),
            mark(enforced),
            mark(tested),
            promise.rule
        ));
    }
    let count = |is: fn(&Promise) -> bool| promises.iter().filter(|promise| is(promise)).count();
    text.push_str(&format!(
        "{} rules: {} stated, {} enforced, {} tested\n",
        promises.len(),
        count(|promise| !promise.stated.is_empty()),
        count(|promise| !promise.enforced.is_empty()),
        count(|promise| !promise.tested.is_empty()),
    ));
    text
}
