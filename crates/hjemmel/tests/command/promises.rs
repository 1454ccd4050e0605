//! `hjemmel promises`: each of the 328 rules, once.

use std::collections::BTreeSet;

use crate::run::hjemmel;

#[test]
fn each_rule_is_listed_once_with_its_three_answers() {
    let said = hjemmel(&["promises", "--json"]);
    assert_eq!(said.code, 0, "{said:?}");
    let list = said.json();
    let rules = list.as_array().unwrap();
    let ids: BTreeSet<_> = rules.iter().map(|rule| rule["id"].as_str().unwrap()).collect();
    assert_eq!((rules.len(), ids.len()), (328, 328));
    for rule in rules {
        assert!(
            rule["stated"].is_boolean() && rule["enforced"].is_boolean() && rule["tested"].is_boolean(),
            "{rule}"
        );
        assert!(
            rule["stated"] == true || rule["enforced"] == false,
            "nothing is enforced that is not stated: {rule}"
        );
    }
}

// The rules of this step: F-01 to F-18 and N-01 to N-18.
#[test]
fn the_rules_of_the_medicine_record_and_the_platform_are_stated() {
    let list = hjemmel(&["promises", "--json"]).json();
    let ours = |id: &str| id.starts_with("F-") || id.starts_with("N-");
    let silent: Vec<_> = list
        .as_array()
        .unwrap()
        .iter()
        .filter(|rule| ours(rule["id"].as_str().unwrap()) && rule["stated"] == false)
        .map(|rule| rule["id"].clone())
        .collect();
    assert!(silent.is_empty(), "{silent:?}");
}

#[test]
fn people_get_a_table_with_a_sum() {
    let said = hjemmel(&["promises"]);
    assert_eq!(said.code, 0);
    assert!(
        said.out.lines().count() == 330 && said.out.contains("328 rules:"),
        "{}",
        said.out.lines().last().unwrap()
    );
}
