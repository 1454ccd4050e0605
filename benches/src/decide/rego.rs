//! The compiled notices as a Rego policy with data, for regorus.
//!
//! Conditions are spread out into ways, each a list of facts that must be known to hold or known not to. Under
//! three values this says the same, for the spreading-out laws hold there too.

use anyhow::{Context, Result};
use notice::policy::Use;
use notice::{Fact, Policy};
use regorus::{Engine, Value};
use serde_json::{Map, json};

use crate::decide::questions::{Asked, Kind};
use crate::decide::ways::{Wanted, authorised_roles, in_force, roles_of, spread};

const POLICY: &str = r#"
package hjemmel

default allow := false

allow if {
    use := data.uses[input.use]
    use.roles[input.role]
    use.kinds[input.kind]
    input.now >= use.from
    input.now < use.until
    authorised
    fresh(use)
    some way in use.ways
    every literal in way {
        input.facts[literal.fact] == literal.holds
    }
}

authorised if not data.authorised[input.role]

authorised if input.facts.authorised == true

fresh(use) if not use.step_up

fresh(use) if {
    use.step_up
    input.facts["fresh-login"] == true
}
"#;

/// Rego with the notices as its data.
pub struct Rego(Engine);

impl Rego {
    /// Loads a policy.
    ///
    /// # Errors
    /// When the engine does not take it.
    pub fn of(policy: &Policy) -> Result<Self> {
        let mut engine = Engine::new();
        engine.add_policy("hjemmel.rego".to_owned(), POLICY.to_owned())?;
        engine.add_data(Value::from_json_str(&data(policy).to_string())?)?;
        Ok(Self(engine))
    }

    /// Puts a question in place; not part of what is timed.
    ///
    /// # Errors
    /// When the engine does not take it.
    pub fn prepare(asked: &Asked) -> Result<Value> {
        let facts: Map<String, serde_json::Value> = Fact::ALL
            .into_iter()
            .filter_map(|fact| Some((fact.word().to_owned(), asked.question.facts.get(fact)?.into())))
            .collect();
        let input = json!({
            "use": asked.use_name,
            "role": asked.role_name,
            "kind": match asked.kind { Kind::Reading => "reading", Kind::Writing => "writing" },
            "now": asked.question.now.as_second(),
            "facts": facts,
        });
        Value::from_json_str(&input.to_string())
    }

    /// Its answer.
    ///
    /// # Errors
    /// When the engine fails.
    pub fn allows(&mut self, input: Value) -> Result<bool> {
        self.0.set_input(input);
        let answer = self.0.eval_rule("data.hjemmel.allow".to_owned())?;
        answer.as_bool().copied().context("not a yes or no")
    }
}

fn data(policy: &Policy) -> serde_json::Value {
    let uses: Map<String, serde_json::Value> =
        policy.uses.iter().map(|one| (one.said.id.clone(), use_data(policy, one))).collect();
    let authorised: Map<String, serde_json::Value> =
        authorised_roles(policy).into_iter().map(|role| (role, true.into())).collect();
    json!({ "uses": uses, "authorised": authorised })
}

fn use_data(policy: &Policy, one: &Use) -> serde_json::Value {
    let roles: Map<String, serde_json::Value> =
        roles_of(policy, one).into_iter().map(|role| (role, true.into())).collect();
    let mut kinds = Map::new();
    let has = |verbs: &[notice::Verb]| one.may.iter().any(|verb| verbs.contains(verb));
    if has(<notice::Reading as notice::Mode>::VERBS) {
        kinds.insert("reading".to_owned(), true.into());
    }
    if has(<notice::Writing as notice::Mode>::VERBS) {
        kinds.insert("writing".to_owned(), true.into());
    }
    let ways: Vec<serde_json::Value> =
        spread(&one.when, Wanted::Holds).iter().map(|way| literals(way)).collect();
    let (from, until) = in_force(policy, one);
    json!({
        "roles": roles, "kinds": kinds, "ways": ways, "from": from, "until": until, "step_up": one.step_up,
    })
}

fn literals(way: &[(Fact, bool)]) -> serde_json::Value {
    way.iter().map(|(fact, holds)| json!({ "fact": fact.word(), "holds": holds })).collect()
}
