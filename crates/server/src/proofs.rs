//! Which tests hold which rule of the acceptance table: found out when the program is built, handed in by it.

use std::collections::BTreeMap;

/// The tests by the rule that they name.
#[derive(Clone, Debug, Default)]
pub struct Proofs(BTreeMap<String, Vec<String>>);

impl Proofs {
    /// Reads lines of a rule, a tab and a test.
    #[must_use]
    pub fn read(lines: &str) -> Self {
        let mut tests: BTreeMap<String, Vec<String>> = BTreeMap::new();
        for (rule, test) in lines.lines().filter_map(|line| line.split_once('\t')) {
            tests.entry(rule.to_owned()).or_default().push(test.to_owned());
        }
        Self(tests)
    }

    /// The tests that name a rule: the file, and the name of the test, which is a sentence.
    #[must_use]
    pub fn of(&self, rule: &str) -> &[String] {
        self.0.get(rule).map(Vec::as_slice).unwrap_or_default()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_rule_has_the_tests_that_name_it_and_an_unknown_one_has_none() {
        let proofs = Proofs::read("F-17\ta.rs: x\nF-17\tb.rs: y\nrubbish\n");
        assert_eq!(proofs.of("F-17"), ["a.rs: x", "b.rs: y"]);
        assert!(proofs.of("F-18").is_empty() && proofs.of("rubbish").is_empty());
    }
}
