//! Cedar, with the policies that the notice exports for it.

use std::collections::HashSet;

use anyhow::{Result, anyhow};
use cedar_policy::{
    Authorizer, Context, Decision, Entities, Entity, EntityId, EntityTypeName, EntityUid, PolicySet, Request,
    RestrictedExpression,
};
use notice::export::cedar as export;
use notice::{Policy, Reading, Writing};

use crate::decide::questions::{Asked, Kind};

/// Cedar with the notices as its policies.
pub struct Cedar {
    authorizer: Authorizer,
    policies: PolicySet,
    entities: Entities,
}

impl Cedar {
    /// Loads the export of a policy.
    ///
    /// # Errors
    /// When Cedar does not take it.
    pub fn of(policy: &Policy) -> Result<Self> {
        let policies = export::policies(policy)
            .parse()
            .map_err(|error| anyhow!("Cedar does not read the exported policies: {error}"))?;
        let entities = export::roles(policy)
            .into_iter()
            .map(|role| {
                let parents =
                    role.parents.iter().map(|parent| uid("Role", parent)).collect::<Result<HashSet<_>>>();
                Ok(Entity::new_no_attrs(uid("Role", &role.id)?, parents?))
            })
            .collect::<Result<Vec<_>>>()?;
        let entities = Entities::from_entities(entities, None)?;
        Ok(Self { authorizer: Authorizer::new(), policies, entities })
    }

    /// Puts a question into Cedar's form; not part of what is timed.
    ///
    /// # Errors
    /// When Cedar does not take it.
    pub fn prepare(policy: &Policy, asked: &Asked) -> Result<Request> {
        let request = match asked.kind {
            Kind::Reading => export::request::<Reading>(policy, &asked.question),
            Kind::Writing => export::request::<Writing>(policy, &asked.question),
        };
        let set = |words: Vec<&str>| {
            let words = words.into_iter().map(|word| RestrictedExpression::new_string(word.to_owned()));
            RestrictedExpression::new_set(words)
        };
        let context = Context::from_pairs([
            ("mode".to_owned(), RestrictedExpression::new_string(request.mode.to_owned())),
            ("now".to_owned(), RestrictedExpression::new_long(request.now)),
            ("holds".to_owned(), set(request.holds)),
            ("fails".to_owned(), set(request.fails)),
        ])?;
        let (who, what) = (uid("Role", &request.principal)?, uid("Action", &request.action)?);
        Ok(Request::new(who, what, uid("Resource", request.resource)?, context, None)?)
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
