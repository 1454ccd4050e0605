//! The record of processing as JSON-LD in the Data Privacy Vocabulary 2.3, for machines of supervisory authorities.
//!
//! One graph: the record, its controller and other parties, and a process for each register with its purposes, data,
//! persons, legal basis, recipients, transfers, storage and measures. Texts stand in both languages at once.

use serde_json::{Map, Value, json};

use super::vocabulary::{self, PREFIXES};
use crate::policy::{NoticeId, Party, Policy, Register, RegisterId, Said, Share};
use crate::render::Scope;
use crate::render::prints::desk::Desk;
use crate::render::words::{citation, clock_words};
use crate::text::{Bilingual, Lang};

/// The record of a notice, or of all notices of its controller; empty for an id of another policy.
#[must_use]
pub fn json_ld(policy: &Policy, notice: NoticeId, scope: Scope) -> String {
    let Some(desk) = Desk::open(policy, notice, Lang::Da) else { return String::new() };
    let desks: Vec<_> = match scope {
        Scope::Notice => vec![desk],
        Scope::Controller => {
            let own = policy.notices.iter().filter(|it| it.controller == desk.notice.controller);
            let ids = own.filter_map(|it| policy.notice_id(&it.said.id));
            ids.filter_map(|id| Desk::open(policy, id, Lang::Da)).collect()
        }
    };
    let graph = graph(desk, &desks);
    let context: Map<_, _> =
        PREFIXES.iter().map(|(name, address)| ((*name).to_owned(), json!(address))).collect();
    // Texts and lists always have a JSON form.
    serde_json::to_string_pretty(&json!({ "@context": context, "@graph": graph })).unwrap_or_default()
}

/// Names of ours, as addresses that are good anywhere.
fn name(kind: &str, id: &str) -> String {
    let safe: String = id
        .chars()
        .map(|sign| if sign.is_ascii_alphanumeric() || ".-_:()".contains(sign) { sign } else { '-' })
        .collect();
    format!("urn:hjemmel:{kind}:{safe}")
}

fn reference(kind: &str, id: &str) -> Value {
    json!({ "@id": name(kind, id) })
}

/// A text in both languages.
fn both(text: &Bilingual) -> Value {
    json!([{ "@value": text.da, "@language": "da" }, { "@value": text.en, "@language": "en" }])
}

fn titled(said: &Said, kind: &str, types: Value) -> Map<String, Value> {
    let mut node = Map::new();
    node.insert("@id".to_owned(), json!(name(kind, &said.id)));
    node.insert("@type".to_owned(), types);
    node.insert("dct:title".to_owned(), both(&said.title));
    if let Some(says) = &said.says {
        node.insert("dct:description".to_owned(), both(says));
    }
    node
}

fn graph(desk: Desk<'_>, desks: &[Desk<'_>]) -> Vec<Value> {
    let mut graph = vec![record(desk, desks)];
    let mut seen = Vec::new();
    for activity in desks {
        let mut parties: Vec<&Party> = activity.controller().into_iter().chain(activity.joint()).collect();
        parties.extend(activity.processors());
        parties.extend(activity.shares().into_iter().filter_map(|share| desk.policy.party(&share.to)));
        parties.extend(activity.supervisor());
        for own in parties {
            if !seen.contains(&own.said.id) {
                seen.push(own.said.id.clone());
                graph.push(party(own));
            }
        }
        for (id, register) in activity.registers() {
            graph.push(process(*activity, id, register));
        }
    }
    graph
}

fn record(desk: Desk<'_>, desks: &[Desk<'_>]) -> Value {
    let processes = desks.iter().flat_map(|it| it.registers());
    let processes: Vec<_> = processes.map(|(_, register)| reference("process", &register.said.id)).collect();
    let mut node = titled(&desk.notice.said, "record", json!(["dpv:ROPA", "dpv:DataProcessingRecord"]));
    node.insert("dct:hasVersion".to_owned(), json!(desk.policy.version.to_string()));
    node.insert("dpv:hasDataController".to_owned(), reference("party", &desk.notice.controller));
    let joint: Vec<_> = desk.notice.joint.iter().map(|id| reference("party", id)).collect();
    some(&mut node, "dpv:hasJointDataControllers", joint);
    if let Some(supervisor) = desk.supervisor() {
        node.insert("dpv:hasAuthority".to_owned(), reference("party", &supervisor.said.id));
    }
    let rights = desk.rights().into_iter().filter_map(|right| vocabulary::provision(&right.article));
    let mut rights: Vec<_> = rights.map(|word| json!({ "@id": word })).collect();
    rights.dedup();
    some(&mut node, "dpv:hasRight", rights);
    node.insert(
        "dpv:hasNotice".to_owned(),
        json!({ "@id": name("notice", &desk.notice.said.id), "@type": "dpv:PrivacyNotice" }),
    );
    some(&mut node, "dpv:hasProcess", processes);
    Value::Object(node)
}

/// A list under a key, if there is anything in it.
fn some(node: &mut Map<String, Value>, key: &str, list: Vec<Value>) {
    if !list.is_empty() {
        node.insert(key.to_owned(), Value::Array(list));
    }
}

fn party(party: &Party) -> Value {
    let word = |kind: &String| match kind.as_str() {
        "controller" => Some("dpv:DataController"),
        "joint-controller" => Some("dpv:JointDataControllers"),
        "processor" => Some("dpv:DataProcessor"),
        "sub-processor" => Some("dpv:DataSubProcessor"),
        "authority" => {
            Some(if party.country == "EU" { "dpv:SupraNationalAuthority" } else { "dpv:NationalAuthority" })
        }
        "recipient" => Some("dpv:Recipient"),
        "source" => Some("dpv:DataSource"),
        _supervisory => None,
    };
    let mut kinds: Vec<_> = party.kinds.iter().filter_map(word).map(|word| json!(word)).collect();
    if party.kinds.iter().any(|kind| kind == "supervisory-authority") && party.country == "DK" {
        kinds.push(json!("legal-dk:DPA-DK"));
    }
    let mut node = titled(&party.said, "party", Value::Array(kinds));
    node.insert("dpv:hasName".to_owned(), both(&party.said.title));
    let contact =
        party.contact.iter().map(|(label, value)| json!(format!("{}: {value}", label.en))).collect();
    some(&mut node, "dpv:hasContact", contact);
    match vocabulary::country(&party.country) {
        Some(country) => node.insert("dpv:hasCountry".to_owned(), json!({ "@id": country })),
        None => node.insert(
            "dpv:hasThirdCountry".to_owned(),
            json!({ "@id": "urn:hjemmel:term:any-country", "@type": "dpv:ThirdCountry" }),
        ),
    };
    if let Some(officer) = &party.officer {
        let officer = json!({ "@id": name("officer", &party.said.id), "@type": "dpv:DataProtectionOfficer", "dpv:hasContact": officer });
        node.insert("dpv:hasDataProtectionOfficer".to_owned(), officer);
    }
    Value::Object(node)
}

fn process(desk: Desk<'_>, id: RegisterId, register: &Register) -> Value {
    let mut node = titled(&register.said, "process", json!("dpv:Process"));
    node.insert("dpv:hasDataController".to_owned(), reference("party", &desk.notice.controller));
    some(
        &mut node,
        "dpv:hasPurpose",
        register.purposes.iter().filter_map(|it| purpose(desk.policy, it)).collect(),
    );
    some(&mut node, "dpv:hasPersonalData", data(register));
    let persons = register.about.iter().map(|role| {
        json!({ "@id": name("person", role), "@type": vocabulary::person(desk.policy, role), "dct:title": role_title(desk.policy, role) })
    });
    some(&mut node, "dpv:hasDataSubject", persons.collect());
    some(&mut node, "dpv:hasLegalBasis", register.basis.iter().map(|it| ground(desk.policy, it)).collect());
    let shares: Vec<_> = desk.shares().into_iter().filter(|share| share.of.contains(&id)).collect();
    let mut recipients: Vec<_> = shares.iter().map(|share| reference("party", &share.to)).collect();
    recipients.dedup();
    some(&mut node, "dpv:hasRecipient", recipients);
    some(
        &mut node,
        "dpv:hasDataProcessor",
        desk.processors().iter().map(|it| reference("party", &it.said.id)).collect(),
    );
    let abroad = desk.abroad().into_iter().filter(|(share, _)| share.of.contains(&id));
    some(
        &mut node,
        "dpv:hasProcessing",
        abroad.map(|(share, to)| transfer(desk.policy, share, to)).collect(),
    );
    node.insert("dpv:hasStorageCondition".to_owned(), storage(desk, register));
    let measures = desk
        .measures()
        .into_iter()
        .map(|it| Value::Object(titled(&it.said, "measure", json!("dpv:OrganisationalMeasure"))));
    some(&mut node, "dpv:hasTechnicalOrganisationalMeasure", measures.collect());
    Value::Object(node)
}

fn role_title(policy: &Policy, role: &str) -> Value {
    match policy.role_id(role).and_then(|id| policy.role(id)) {
        Some(role) => both(&role.said.title),
        None => json!(role),
    }
}

/// A purpose is of the kind that the notice names, and a purpose of ours.
fn purpose(policy: &Policy, name: &str) -> Option<Value> {
    let purpose = policy.purpose(name)?;
    let kind = purpose.vocabulary.as_deref().unwrap_or("dpv:Purpose");
    Some(Value::Object(titled(&purpose.said, "purpose", json!(kind))))
}

fn data(register: &Register) -> Vec<Value> {
    let field = |field: &crate::policy::Field| {
        json!({
            "@id": name("data", &format!("{}.{}", register.said.id, field.name)),
            "@type": vocabulary::field(&field.name, field.class),
            "dct:title": both(&field.title),
        })
    };
    register.fields.iter().map(field).collect()
}

/// A ground by its word, or as a law of ours with its address.
fn ground(policy: &Policy, reference: &str) -> Value {
    if let Some(word) = vocabulary::provision(reference) {
        return json!({ "@id": word });
    }
    let (da, en) = (citation(policy, reference, Lang::Da), citation(policy, reference, Lang::En));
    let mut node = Map::new();
    node.insert("@id".to_owned(), json!(name("law", reference)));
    node.insert("@type".to_owned(), json!("dpv:LegalBasis"));
    node.insert("dct:title".to_owned(), both(&Bilingual { da: da.number, en: en.number }));
    node.insert("dct:description".to_owned(), both(&Bilingual { da: da.words, en: en.words }));
    if let Some(eli) = en.eli {
        node.insert("dct:source".to_owned(), json!({ "@id": eli }));
    }
    Value::Object(node)
}

fn transfer(policy: &Policy, share: &Share, to: &Party) -> Value {
    let mut node = titled(&share.said, "transfer", json!("dpv:Transfer"));
    node.insert("dpv:hasDataImporter".to_owned(), reference("party", &to.said.id));
    if let Some(country) = vocabulary::country(&to.country) {
        node.insert("dpv:hasThirdCountry".to_owned(), json!({ "@id": country }));
    }
    if let Some(instrument) = &share.instrument {
        node.insert("dpv:hasLegalBasis".to_owned(), ground(policy, instrument));
    }
    Value::Object(node)
}

/// Until which event, in words and as the rule that runs.
fn storage(desk: Desk<'_>, register: &Register) -> Value {
    let Some(clock) = desk.clock(register) else { return Value::Null };
    let words = |lang: Lang| clock_words(desk.policy, &clock.rule, lang);
    let until = Bilingual { da: words(Lang::Da), en: words(Lang::En) };
    json!({
        "@id": name("storage", &register.said.id),
        "@type": ["dpv:StorageDuration", "dpv:StorageDeletion"],
        "dpv:hasDuration": {
            "@id": name("duration", &register.said.id),
            "@type": "dpv:UntilEventDuration",
            "dct:description": both(&until),
            "hjemmel:rule": clock.rule.to_string(),
        },
    })
}
