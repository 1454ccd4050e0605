//! Keys between countries: for anyone, and for the operator. Only a server that takes part has these pages.

use axum::response::Response;
use jiff::Timestamp;
use jiff::civil::Date;
use services::gateway_service::certificates::Usage;
use services::gateway_service::state as at_gateway;
use services::smittestop::exports::{Root, Standing};
use services::smittestop::gateway::Way;
use services::smittestop::gateway::held;
use services::smittestop::gateway::release::Decision;
use services::smittestop::gateway::state::{Moved, State};

use super::super::frame::{Frame, page};
use super::super::view::europe::{
    By, Country, Deciding, Europe, Gateway, Held, Node, Paper, Proposed, Reader, Refusal, Run,
    Standing as CountryStanding, Star, hundreds, told,
};
use super::super::view::exported::{Exported, Newest};
use super::super::view::{Bar, Bars, Shell};
use super::officer::{add, ask};
use crate::federation::{Fresh, Which};
use crate::i18n;
use crate::key_server;
use crate::problem::{Code, Problem};
use crate::session::Persona;
use crate::visitor::SignedIn;

/// Registers in which keys and deliveries lie.
const REGISTERS: [&str; 2] = ["sst.gateway", "sst.gateway-delivery"];
/// Days for which what goes is told.
const DAYS: i64 = 15;
/// Digits of a certificate by which people tell it from others.
const DIGITS: usize = 16;
/// Refusals that are shown.
const REFUSALS: usize = 20;

pub(in crate::pages) async fn anyone(frame: Frame) -> Result<Response, Problem> {
    frame.app.between().client.as_ref().ok_or(Code::NotFound)?;
    page(&show(&frame, Reader::Anyone).await?)
}

pub(in crate::pages) async fn operator(frame: Frame) -> Result<Response, Problem> {
    frame.only(&[Persona::Operator])?;
    page(&show(&frame, Reader::Operator).await?)
}

pub(super) async fn show(frame: &Frame, reader: Reader) -> Result<Europe, Problem> {
    let between = frame.app.between();
    let gateway = gateway(frame).await?;
    if between.client.is_none() && gateway.is_none() {
        return Err(Code::NotFound.into());
    }
    let fresh = match reader {
        Reader::Anyone => Fresh::AMinute,
        Reader::Operator => Fresh::Now,
    };
    let state = between.state(fresh).await?;
    let p = frame.shell_at(if reader == Reader::Anyone { "europe" } else { "operator/europe" });
    let countries = countries(frame, &state, &p);
    let own = between.client.as_ref().map(|client| i18n::country(&client.terms().own, p.lang));
    let node = |one: &Country| Node {
        name: one.name.clone(),
        words: told(&p, reader, one.sent),
        standing: one.standing,
    };
    let star = own.map(|own| Star {
        own,
        own_words: told(&p, reader, state.uploaded),
        nodes: countries.iter().map(node).collect(),
    });
    Ok(Europe {
        reader,
        sent: run(&state, Way::Up),
        fetched: run(&state, Way::Down),
        uploaded: state.uploaded,
        refused: state.refused,
        star,
        countries,
        days: days(&p, &state, reader),
        held: state.held.iter().map(|one| held(frame, one, p.lang)).collect(),
        not_done: None,
        exported: exported(frame, p.lang).await?,
        unbelieved: state
            .unbelieved
            .iter()
            .take(REFUSALS)
            .map(|one| Refusal {
                at: one.at,
                name: i18n::country(&one.country, p.lang),
                keys: one.keys,
                key: why(&one.why),
            })
            .collect(),
        goes: goes(frame).await?,
        gateway: gateway.map(|state| of_gateway(&p, state)),
        p,
    })
}

/// Something that waits, and what is proposed for it.
fn held(frame: &Frame, one: &held::Held, lang: notice::Lang) -> Held {
    let which = Which { country: one.country.clone(), day: one.day, tag: one.tag.clone() };
    let me = frame.visitor.signed_in.as_ref().map(SignedIn::account_key);
    let proposed = frame.app.between().proposed(&which).map(|proposal| Proposed {
        who: proposal.name.clone(),
        at: proposal.at,
        decision: match proposal.decision {
            Decision::Release => Deciding::Release,
            Decision::Discard => Deciding::Discard,
        },
        by: if me == Some(proposal.account) { By::Reader } else { By::Another },
    });
    Held {
        name: i18n::country(&one.country, lang),
        code: which.country,
        day: one.day,
        tag: which.tag,
        keys: one.sent,
        accepted: one.accepted,
        proposed,
    }
}

/// The newest files for phones, where this server makes them.
async fn exported(frame: &Frame, lang: notice::Lang) -> Result<Option<Exported>, Problem> {
    let Some(server) = frame.app.key_server() else { return Ok(None) };
    let mut newest = Vec::new();
    for root in Root::EACH {
        let files = key_server::newest(&frame.app, root).await.ok_or(Code::Internal)?;
        newest.extend(of_files(root, &files, lang));
    }
    Ok(Some(Exported { origin: server.origin().map(str::to_owned), newest }))
}

fn of_files(root: Root, files: &[Standing], lang: notice::Lang) -> Option<Newest> {
    let first = files.first()?;
    let moment = |second| Timestamp::from_second(second).ok();
    let many = |keys: usize| u64::try_from(keys).unwrap_or(u64::MAX);
    Some(Newest {
        key: match root {
            Root::Dk => "exported-dk",
            Root::All => "exported-all",
        },
        made: first.published,
        from: moment(first.from)?,
        until: moment(first.until)?,
        goes: first.due_at,
        files: files.iter().map(|file| (root.word(), file.name.clone())).collect(),
        keys: many(first.keys),
        abroad: first.abroad.iter().map(|(code, keys)| (i18n::country(code, lang), many(*keys))).collect(),
    })
}

/// What the gateway says of itself, where it is ours to look at.
async fn gateway(frame: &Frame) -> Result<Option<at_gateway::State>, Problem> {
    if let Some(gateway) = &frame.app.between().gateway {
        return Ok(Some(gateway.state().await?));
    }
    #[cfg(feature = "demo")]
    if let Some(neighbours) = frame.app.demo().and_then(|demo| demo.neighbours.clone()) {
        let asked = tokio::task::spawn_blocking(move || neighbours.gateway()).await;
        return Ok(Some(asked.map_err(|_| Code::Internal)??));
    }
    Ok(None)
}

fn countries(frame: &Frame, state: &State, p: &Shell) -> Vec<Country> {
    let partners = frame.app.between().client.iter().flat_map(|client| &client.terms().partners);
    let mut codes: Vec<&str> = partners.map(|one| one.country.as_str()).collect();
    codes.extend(state.countries.keys().map(String::as_str));
    codes.sort_unstable();
    codes.dedup();
    let mut found: Vec<Country> = codes
        .into_iter()
        .map(|code| {
            let one = state.countries.get(code).cloned().unwrap_or_default();
            let standing = if state.held.iter().any(|held| held.country == code) {
                CountryStanding::Held
            } else if one.unsigned > 0 {
                CountryStanding::Unbelieved
            } else if one.last.is_none() {
                CountryStanding::Nothing
            } else {
                CountryStanding::Well
            };
            Country {
                name: i18n::country(code, p.lang),
                last: one.last,
                sent: one.sent,
                accepted: one.accepted,
                standing,
            }
        })
        .collect();
    found.sort_by(|one, other| one.name.cmp(&other.name));
    found
}

fn run(state: &State, way: Way) -> Option<Run> {
    let (at, outcome) = state.runs.get(&way)?;
    let key = match outcome.as_str() {
        "done" => "europe-run-done",
        "unreachable" => "europe-run-unreachable",
        "not-admitted" => "europe-run-not-admitted",
        "all-refused" => "europe-run-all-refused",
        "over-cap" => "europe-run-over-cap",
        "signing" => "europe-run-signing",
        "account" => "europe-run-account",
        "register" => "europe-run-register",
        _ => "europe-run-not-a-gateway",
    };
    Some(Run { at: *at, key })
}

/// Key of why something was not believed or was refused.
fn why(word: &str) -> &'static str {
    match word {
        "bad-signature" => "europe-why-bad-signature",
        "unknown-certificate" => "europe-why-unknown-certificate",
        "other-country" => "europe-why-other-country",
        "signed-for-another" | "other-origin" => "europe-why-signed-for-another",
        "bad-key" => "europe-why-bad-key",
        "too-many" | "too-many-keys" => "europe-why-too-many",
        "bad-tag" => "europe-why-bad-tag",
        "over-cap" => "europe-why-over-cap",
        _ => "europe-why-other",
    }
}

fn days(p: &Shell, state: &State, reader: Reader) -> Bars {
    let shown = |keys| match reader {
        Reader::Anyone => hundreds(keys),
        Reader::Operator => keys,
    };
    let bar = |(day, moved): (&Date, &Moved)| Bar {
        label: format!("{}.{}.", day.day(), day.month()),
        name: p.plain_day(*day),
        parts: vec![shown(moved.up), shown(moved.down)],
    };
    Bars {
        series: vec!["europe-series-up", "europe-series-down"],
        bars: state.days.iter().map(bar).collect(),
    }
}

async fn goes(frame: &Frame) -> Result<Vec<(Date, u64)>, Problem> {
    let today = frame.today();
    let plan = ask(frame, move |register| register.plan(today, add(today, DAYS))).await?;
    let policy = frame.app.policy();
    let ours = |register: &notice::policy::RegisterId| REGISTERS.contains(&policy.register_name(*register));
    let counted = plan.into_iter().map(|(day, registers)| {
        let records: u64 =
            registers.iter().filter(|(register, _)| ours(register)).map(|(_, records)| records).sum();
        (day, records)
    });
    Ok(counted.filter(|(_, records)| *records > 0).collect())
}

fn of_gateway(p: &Shell, state: at_gateway::State) -> Gateway {
    let mut papers = Vec::new();
    let mut refused = Vec::new();
    for (code, country) in state.countries {
        let name = i18n::country(&code, p.lang);
        papers.extend(country.papers.into_iter().map(|paper| Paper {
            name: name.clone(),
            key: match paper.usage {
                Usage::Authentication => "europe-paper-authentication",
                Usage::Signing => "europe-paper-signing",
                Usage::Callback => "europe-paper-callback",
            },
            digits: paper.thumbprint.chars().take(DIGITS).collect(),
            expires: paper.expires,
            standing: if paper.good { "europe-paper-good" } else { "europe-paper-bad" },
        }));
        refused.extend(country.refused.into_iter().map(|one| Refusal {
            at: one.at,
            name: name.clone(),
            keys: u64::try_from(one.keys).unwrap_or(u64::MAX),
            key: why(&one.why),
        }));
    }
    refused.sort_by_key(|one| std::cmp::Reverse(one.at));
    refused.truncate(REFUSALS);
    let batches = u64::try_from(state.batches).unwrap_or(u64::MAX);
    Gateway { last_batch: state.last_batch, batches, papers, refused }
}
