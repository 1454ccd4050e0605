//! The compiled notices as Cedar policies: one a use, and one that forbids who needs an authorisation and has none.
//!
//! A fact that nobody knows is an attribute that is not there, so `not blocked` is `has` and then `!`.

use std::collections::HashSet;
use std::fmt::Write as _;

use anyhow::{Context as _, Result};
use cedar_policy::{
    Authorizer, Context, Decision, Entities, Entity, EntityId, EntityTypeName, EntityUid, PolicySet, Request,
    RestrictedExpression,
};
use notice::policy::Use;
use notice::{Fact, Mode, Policy, Reading, Writing};

use crate::decide::questions::{Asked, Kind};
use crate::decide::ways::{Wanted, authorised_roles, in_force, roles_of, spread};

/// Cedar with the notices as its policies.
pub struct Cedar {
    authorizer: Authorizer,
    policies: PolicySet,
    entities: Entities,
    resource: EntityUid,
}

impl Cedar {
    /// Loads a policy.
    ///
    /// # Errors
    /// When Cedar does not take it.
    pub fn of(policy: &Policy) -> Result<Self> {
        let policies: PolicySet = text(policy)
            .parse()
            .map_err(|error| anyhow::anyhow!("Cedar does not read the policies: {error}"))?;
        let entities = Entities::from_entities(entities(policy)?, None)?;
        Ok(Self { authorizer: Authorizer::new(), policies, entities, resource: uid("Record", "any")? })
    }

    /// Puts a question into Cedar's form; not part of what is timed.
    ///
    /// # Errors
    /// When Cedar does not take it.
    pub fn prepare(&self, asked: &Asked) -> Result<Request> {
        let kind = match asked.kind {
            Kind::Reading => "reading",
            Kind::Writing => "writing",
        };
        let facts = Fact::ALL.into_iter().filter_map(|fact| {
            let holds = asked.question.facts.get(fact)?;
            Some((fact.word().to_owned(), RestrictedExpression::new_bool(holds)))
        });
        let fixed = [
            ("kind".to_owned(), RestrictedExpression::new_string(kind.to_owned())),
            ("now".to_owned(), RestrictedExpression::new_long(asked.question.now.as_second())),
        ];
        let context = Context::from_pairs(facts.chain(fixed))?;
        let (who, what) = (uid("Role", &asked.role_name)?, uid("Action", &asked.use_name)?);
        Ok(Request::new(who, what, self.resource.clone(), context, None)?)
    }

    /// Its answer.
    #[must_use]
    pub fn allows(&self, request: &Request) -> bool {
        let response = self.authorizer.is_authorized(request, &self.policies, &self.entities);
        response.decision() == Decision::Allow
    }
}

fn uid(kind: &str, id: &str) -> Result<EntityUid> {
    let kind: EntityTypeName = kind.parse()?;
    Ok(EntityUid::from_type_name_and_id(kind, EntityId::new(id)))
}

/// Roles; those that need an authorisation belong to a group.
fn entities(policy: &Policy) -> Result<Vec<Entity>> {
    let authorised = authorised_roles(policy);
    policy
        .roles
        .iter()
        .map(|role| {
            let mut parents = HashSet::new();
            if authorised.contains(&role.said.id) {
                parents.insert(uid("Group", "authorised")?);
            }
            Ok(Entity::new_no_attrs(uid("Role", &role.said.id)?, parents))
        })
        .collect()
}

fn text(policy: &Policy) -> String {
    let mut text = String::from(
        "forbid(principal in Group::\"authorised\", action, resource)\n\
         unless { context has \"authorised\" && context[\"authorised\"] };\n",
    );
    for one in &policy.uses {
        let _ = writeln!(
            text,
            "permit(principal, action == Action::{:?}, resource)\nwhen {{ {} }};",
            one.said.id,
            conditions(policy, one).join(" && ")
        );
    }
    text
}

fn conditions(policy: &Policy, one: &Use) -> Vec<String> {
    let roles: Vec<String> =
        roles_of(policy, one).iter().map(|role| format!("principal == Role::{role:?}")).collect();
    let kinds: Vec<&str> = [("reading", Reading::VERBS), ("writing", Writing::VERBS)]
        .into_iter()
        .filter(|(_, verbs)| one.may.iter().any(|verb| verbs.contains(verb)))
        .map(|(kind, _)| kind)
        .collect();
    let (from, until) = in_force(policy, one);
    let ways: Vec<String> = spread(&one.when, Wanted::Holds).iter().map(|way| way_text(way)).collect();
    let mut all = vec![
        either(&roles),
        format!("{kinds:?}.contains(context.kind)"),
        format!("context.now >= {from} && context.now < {until}"),
        either(&ways),
    ];
    if one.step_up {
        all.push(literal(Fact::FreshLogin, true));
    }
    all
}

fn either(parts: &[String]) -> String {
    if parts.is_empty() { "false".to_owned() } else { format!("({})", parts.join(" || ")) }
}

fn way_text(way: &[(Fact, bool)]) -> String {
    if way.is_empty() {
        return "true".to_owned();
    }
    let parts: Vec<String> = way.iter().map(|(fact, holds)| literal(*fact, *holds)).collect();
    format!("({})", parts.join(" && "))
}

fn literal(fact: Fact, holds: bool) -> String {
    let (word, not) = (fact.word(), if holds { "" } else { "!" });
    format!("context has {word:?} && {not}context[{word:?}]")
}
