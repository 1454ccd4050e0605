//! The notice in the Transparency Information Language (TILT), for programs that compare notices.
//!
//! The schema demands a value everywhere. Where the notice has none, the value is empty and nothing is made up.

use jiff::civil::Date;
use serde_json::{Value, json};

use crate::clock::{Plus, Rule, When};
use crate::policy::{NoticeId, Party, Policy, Register, RegisterId};
use crate::render::prints::desk::Desk;
use crate::render::words::{citation, clock_words, duration};
use crate::text::Lang;

/// The notice as TILT, as of a day; empty for an id of another policy.
#[must_use]
pub fn json(policy: &Policy, notice: NoticeId, lang: Lang, day: Date) -> String {
    let Some(desk) = Desk::open(policy, notice, lang) else { return String::new() };
    // Texts, numbers and lists always have a JSON form.
    serde_json::to_string_pretty(&document(desk, day)).unwrap_or_default()
}

fn document(desk: Desk<'_>, day: Date) -> Value {
    let disclosed: Vec<_> = desk.registers().into_iter().map(|(id, it)| disclosed(desk, id, it)).collect();
    let sources: Vec<_> = desk.registers().into_iter().map(|(id, it)| source(desk, id, it)).collect();
    json!({
        "meta": meta(desk, day),
        "controller": controller(desk),
        "dataProtectionOfficer": officer(desk),
        "dataDisclosed": disclosed,
        "thirdCountryTransfers": transfers(desk),
        "accessAndDataPortability": access(desk),
        "sources": sources,
        "rightToInformation": right(desk, &["15"]),
        "rightToRectificationOrDeletion": right(desk, &["16", "17"]),
        "rightToDataPortability": right(desk, &["20"]),
        "rightToWithdrawConsent": right(desk, &["7"]),
        "rightToComplain": complain(desk),
        "automatedDecisionMaking": automated(desk),
        "changesOfPurpose": [],
    })
}

fn meta(desk: Desk<'_>, day: Date) -> Value {
    let valid = desk.notice.valid;
    let ended = valid.until.is_some_and(|until| day >= until) || valid.from.is_some_and(|from| day < from);
    let version = desk.policy.version.to_string();
    json!({
        "_id": format!("{}-{}", desk.notice.said.id, desk.lang.tag()),
        "name": desk.controller_title(),
        "created": valid.from.unwrap_or(day).to_string(),
        "modified": day.to_string(),
        "version": 1,
        "language": desk.lang.tag(),
        "status": if ended { "inactive" } else { "active" },
        "url": format!("urn:hjemmel:notice:{}", desk.notice.said.id),
        "_hash": version,
    })
}

/// The first value of a contact that has a sign, such as `@`.
fn with(party: Option<&Party>, sign: char) -> Option<&str> {
    party?.contact.iter().map(|(_, value)| value.as_str()).find(|value| value.contains(sign))
}

/// A contact that is neither an address on a net nor a number.
fn address(party: Option<&Party>) -> &str {
    let post = |value: &&str| {
        !value.contains('@') && !value.contains("://") && value.chars().any(char::is_alphabetic)
    };
    party
        .and_then(|party| party.contact.iter().map(|(_, value)| value.as_str()).find(post))
        .unwrap_or_default()
}

fn controller(desk: Desk<'_>) -> Value {
    let party = desk.controller();
    let officer = party.and_then(|it| it.officer.as_deref()).filter(|it| it.contains('@'));
    json!({
        "name": desk.controller_title(),
        "division": desk.title(),
        "address": address(party),
        "country": party.map_or("", |it| it.country.as_str()),
        // Nobody is named here: a notice names functions.
        "representative": { "name": desk.controller_title(), "email": with(party, '@').or(officer).unwrap_or_default() },
    })
}

fn officer(desk: Desk<'_>) -> Value {
    let party = desk.controller();
    let officer = party.and_then(|it| it.officer.as_deref()).unwrap_or_default();
    let (email, elsewhere) = if officer.contains('@') { (officer, "") } else { ("", officer) };
    json!({
        "name": desk.say("Databeskyttelsesrådgiver", "Data protection officer"),
        "address": elsewhere,
        "country": party.map_or("", |it| it.country.as_str()),
        "email": email,
    })
}

fn disclosed(desk: Desk<'_>, id: RegisterId, register: &Register) -> Value {
    let purposes: Vec<_> = register.purposes.iter().map(|it| purpose(desk, it)).collect();
    let bases: Vec<_> = register
        .basis
        .iter()
        .map(|it| {
            let law = citation(desk.policy, it, desk.lang);
            json!({ "reference": reference(it), "description": format!("{} ({})", law.words, law.number) })
        })
        .collect();
    let legitimate = register.basis.iter().any(|it| it == "gdpr:6(1)(f)");
    let shares = desk.shares().into_iter().filter(|share| share.of.contains(&id));
    let mut recipients: Vec<_> =
        shares.map(|share| recipient(desk, &share.to, desk.say("Modtager", "Recipient"))).collect();
    let processor = desk.say("Databehandler", "Processor");
    recipients.extend(desk.processors().iter().map(|it| recipient(desk, &it.said.id, processor)));
    json!({
        "_id": register.said.id,
        "category": desk.told(&register.said.title),
        "purposes": purposes,
        "legalBases": bases,
        "legitimateInterests": [{ "exists": legitimate, "reasoning": "" }],
        "recipients": recipients,
        "storage": [storage(desk, register)],
        "nonDisclosure": {
            "legalRequirement": false,
            "contractualRegulation": false,
            "obligationToProvide": register.duty.is_some(),
            "consequences": register.duty.as_ref().map_or("", |duty| desk.told(duty)),
        },
    })
}

fn purpose(desk: Desk<'_>, name: &str) -> Value {
    let says = desk.policy.purpose(name).and_then(|it| it.said.says.as_ref());
    json!({ "purpose": desk.purpose_title(name), "description": says.map_or("", |says| desk.told(says)) })
}

/// `gdpr:6(1)(e)` is written `GDPR-6-1-e`.
fn reference(law: &str) -> String {
    let (act, name) = law.split_once(':').unwrap_or((law, ""));
    let name = name.replace(")(", "-").replace('(', "-").replace(')', "");
    format!("{}-{name}", act.to_uppercase())
}

fn recipient(desk: Desk<'_>, id: &str, category: &str) -> Value {
    let party = desk.policy.party(id);
    json!({
        "name": desk.party_title(id),
        "address": address(party),
        "country": party.map_or("", |it| it.country.as_str()),
        "category": category,
    })
}

/// Each period of the rule, and the rule in words as the condition that binds them.
fn storage(desk: Desk<'_>, register: &Register) -> Value {
    let Some(clock) = desk.clock(register) else {
        return json!({ "temporal": [], "purposeConditional": [], "legalBasisConditional": [], "aggregationFunction": "max" });
    };
    let temporal: Vec<_> = periods(&clock.rule)
        .into_iter()
        .map(|length| json!({ "description": duration(length, desk.lang), "ttl": length.to_string() }))
        .collect();
    let earliest = clock.rule.branches().any(|stage| matches!(stage.when, When::Earliest(_)));
    json!({
        "temporal": temporal,
        "purposeConditional": [clock_words(desk.policy, &clock.rule, desk.lang)],
        "legalBasisConditional": [],
        "aggregationFunction": if earliest { "min" } else { "max" },
    })
}

fn periods(rule: &Rule) -> Vec<crate::clock::Duration> {
    let mut periods = Vec::new();
    rule.branches().for_each(|stage| collect(&stage.when, &mut periods));
    periods
}

fn collect(when: &When, periods: &mut Vec<crate::clock::Duration>) {
    match when {
        When::Earliest(all) => all.iter().for_each(|when| collect(when, periods)),
        When::Latest(all) => all.iter().for_each(|arg| collect(&arg.when, periods)),
        When::Inherit(_) | When::After { plus: None | Some(Plus::Quantity(_)), .. } => {}
        When::After { plus: Some(Plus::Duration(length)), .. } => periods.push(*length),
    }
}

fn transfers(desk: Desk<'_>) -> Vec<Value> {
    let shares = desk.abroad().into_iter().map(|(share, to)| (to, share.instrument.as_deref()));
    let processors = desk.processors_abroad().into_iter().map(|to| (to, to.instrument.as_deref()));
    shares.chain(processors).map(|(to, instrument)| transfer(desk, to, instrument)).collect()
}

fn transfer(desk: Desk<'_>, to: &Party, instrument: Option<&str>) -> Value {
    let rests_on = |article: &str| instrument.is_some_and(|it| it.starts_with(article));
    let words = instrument.map_or(String::new(), |it| citation(desk.policy, it, desk.lang).words);
    let part = |available: bool| json!({ "available": available, "description": if available { words.as_str() } else { "" } });
    json!({
        "country": to.country,
        "adequacyDecision": part(rests_on("gdpr:45")),
        "appropriateGuarantees": part(rests_on("gdpr:46")),
        "presenceOfEnforceableRightsAndEffectiveRemedies": part(rests_on("gdpr:45")),
        "standardDataProtectionClause": part(rests_on("gdpr:46(2)(c)") || rests_on("gdpr:46(2)(d)")),
    })
}

fn source(desk: Desk<'_>, id: RegisterId, register: &Register) -> Value {
    json!({
        "_id": register.said.id,
        "dataCategory": desk.told(&register.said.title),
        "sources": [{ "description": desk.from(id, register), "url": "", "publiclyAvailable": register.public }],
    })
}

/// Whether and how a right of one of some articles can be used.
fn right(desk: Desk<'_>, articles: &[&str]) -> Value {
    let number =
        |article: &str| article.strip_prefix("gdpr:").map(|it| it.split('(').next().unwrap_or(it).to_owned());
    let found: Vec<_> = desk
        .rights()
        .into_iter()
        .filter(|it| number(&it.article).is_some_and(|it| articles.contains(&it.as_str())))
        .collect();
    let texts: Vec<_> =
        found.iter().filter_map(|it| it.said.says.as_ref()).map(|says| desk.told(says).to_owned()).collect();
    let channels = found.iter().flat_map(|it| &it.channels).map(|channel| desk.told(channel).to_owned());
    let word = |text: &str, part: fn(&str) -> bool| {
        text.split_whitespace().find(|word| part(word)).map(|word| word.trim_matches(',').to_owned())
    };
    let channels: Vec<_> = channels.collect();
    let url = channels.iter().find_map(|it| word(it, |word| word.starts_with("https://")));
    let email = channels.iter().find_map(|it| word(it, |word| word.contains('@')));
    let words = [texts, channels].concat().join(" ");
    json!({
        "available": !found.is_empty(),
        "description": words,
        "url": url.unwrap_or_default(),
        "email": email.or_else(|| with(desk.controller(), '@').map(str::to_owned)).unwrap_or_default(),
        "identificationEvidences": [],
    })
}

fn access(desk: Desk<'_>) -> Value {
    let mut access = right(desk, &["15", "20"]);
    if let Some(access) = access.as_object_mut() {
        // GDPR art. 12(5): free of charge.
        access.insert("administrativeFee".to_owned(), json!({ "amount": 0, "currency": "DKK" }));
        access.insert("dataFormat".to_owned(), json!("json"));
    }
    access
}

fn complain(desk: Desk<'_>) -> Value {
    let says = desk.complaint().and_then(|it| it.said.says.as_ref()).map_or("", |says| desk.told(says));
    let supervisor = desk.supervisor();
    json!({
        "available": true,
        "description": says,
        "url": with(supervisor, '/').unwrap_or_default(),
        "email": with(supervisor, '@').unwrap_or_default(),
        "identificationEvidences": [],
        "supervisoryAuthority": {
            "name": supervisor.map_or("", |it| desk.told(&it.said.title)),
            "address": address(supervisor),
            "country": supervisor.map_or("", |it| it.country.as_str()),
            "email": with(supervisor, '@').unwrap_or_default(),
            "phone": "",
        },
    })
}

fn automated(desk: Desk<'_>) -> Value {
    let says = desk.notice.automated.as_ref();
    json!({
        "inUse": says.is_some(),
        "logicInvolved": says.map_or("", |says| desk.told(says)),
        "scopeAndIntendedEffects": "",
    })
}
