//! `hjemmel explain`: one decision of the notices, with every fact that it leans on.

use std::path::PathBuf;

use notice::diagnostic::position;
use notice::explain::{Demand, Explanation, Found, Step};
use notice::policy::{ClauseId, Use};
use notice::{
    Actor, Decision, Fact, Facts, Id, Lang, Mode, Policy, Question, Reading, SourceFile, Target, Writing,
};
use serde_json::{Value, json};

use super::opened::zone;
use super::when::instant;
use crate::answer::{Answer, Failure};
use crate::corpus::From;
use crate::near;
use crate::terminal::Terminal;

/// Explain one decision: may this role do this, when these facts hold
///
/// A fact that is not named is unknown, and a condition that leans on it is refused. Exit code 1 if it is refused.
#[derive(Debug, clap::Args)]
#[command(after_help = EXAMPLES)]
pub(crate) struct Arguments {
    /// Full name of the use, such as `fmk.read-card`
    #[arg(long = "use", value_name = "USE")]
    use_name: String,
    /// The role in which somebody acts, such as `doctor`
    #[arg(long)]
    role: String,
    /// A fact that holds, such as `treats`; may be given again
    #[arg(long = "fact", value_name = "FACT")]
    holds: Vec<String>,
    /// A fact that does not hold, such as `blocked`; may be given again
    #[arg(long = "not", value_name = "FACT")]
    fails: Vec<String>,
    /// The day or instant of asking; without it today
    #[arg(long, value_name = "DATE")]
    on: Option<String>,
    /// Language of the sentences
    #[arg(long, value_parser = ["da", "en"], default_value = "en")]
    lang: String,
    /// Print an object with `use`, `role`, `granted`, `clause`, `steps`, `condition`, `told` and `instead`
    #[arg(long)]
    json: bool,
    /// A file or folder of notices; without it those in this program
    #[arg(long)]
    notices: Option<PathBuf>,
}

const EXAMPLES: &str = "\
Examples:
  hjemmel explain --use fmk.read-card --role doctor --fact authorised --fact treats --not blocked
  hjemmel explain --use fmk.read-card --role doctor --fact authorised --fact treats --fact blocked";

pub(crate) fn run(arguments: &Arguments, terminal: &Terminal) -> Result<Answer, Failure> {
    let files = From::given(arguments.notices.as_deref()).read()?;
    let policy = crate::corpus::compile(&files)?;
    let lang = Lang::from_tag(&arguments.lang).unwrap_or(Lang::En);
    let (question, of) = question(arguments, &policy)?;
    let looks = of.may.iter().any(|verb| Reading::VERBS.contains(verb));
    let explained =
        if looks { decided::<Reading>(&policy, &question) } else { decided::<Writing>(&policy, &question) };
    let Some((explanation, clause)) = explained else {
        return Err(unknown_use(arguments, &policy));
    };
    if arguments.json {
        terminal.json(&object(arguments, &explanation, clause, &files, lang));
    } else {
        terminal.line(&explanation.text(lang, &files));
    }
    Ok(if explanation.granted { Answer::Yes } else { Answer::No })
}

fn unknown_use(arguments: &Arguments, policy: &Policy) -> Failure {
    let known: Vec<&str> = policy.uses.iter().map(|one| one.said.id.as_str()).collect();
    Failure::usage(
        format!("there is no use `{}`", arguments.use_name),
        near::help_beside(&arguments.use_name, &known, arguments.notices.as_deref()),
    )
}

/// The question of the command line. Nobody in particular asks about nobody in particular.
fn question<'a>(arguments: &Arguments, policy: &'a Policy) -> Result<(Question, &'a Use), Failure> {
    let use_id = policy.use_id(&arguments.use_name).ok_or_else(|| unknown_use(arguments, policy))?;
    let of = policy.use_(use_id).ok_or_else(|| unknown_use(arguments, policy))?;
    let role = policy.role_id(&arguments.role).ok_or_else(|| {
        let roles: Vec<&str> = policy.roles.iter().map(|role| role.said.id.as_str()).collect();
        Failure::usage(format!("there is no role `{}`", arguments.role), near::help(&arguments.role, &roles))
    })?;
    let now = match &arguments.on {
        Some(text) => instant(text, &zone())?,
        None => {
            crate::corpus::today().to_zoned(zone()).map_or(jiff::Timestamp::UNIX_EPOCH, |at| at.timestamp())
        }
    };
    let actor = Actor { person: Some(Id::from_bits(2)), role, organisation: Some(Id::from_bits(3)) };
    let target = Target::Person(Id::from_bits(1));
    Ok((Question { now, actor, use_id, target, facts: facts(arguments)? }, of))
}

fn facts(arguments: &Arguments) -> Result<Facts, Failure> {
    let words: Vec<&str> = Fact::ALL.iter().map(|fact| fact.word()).collect();
    let find = |word: &String| {
        let fact = Fact::ALL.into_iter().find(|fact| fact.word() == word);
        fact.ok_or_else(|| Failure::usage(format!("there is no fact `{word}`"), near::help(word, &words)))
    };
    let mut facts = Facts::default();
    for word in &arguments.holds {
        facts = facts.with(find(word)?, true);
    }
    for word in &arguments.fails {
        let fact = find(word)?;
        if facts.get(fact) == Some(true) {
            return Err(Failure::usage(
                format!("`{word}` is said to hold and not to hold"),
                "name each fact once, with --fact or with --not",
            ));
        }
        facts = facts.with(fact, false);
    }
    Ok(facts)
}

/// The explanation, and the clause that refused.
fn decided<M: Mode>(policy: &Policy, question: &Question) -> Option<(Explanation, Option<ClauseId>)> {
    let clause = match policy.decide::<M>(question) {
        // The grant is let go: this explains and opens nothing.
        Decision::Granted(_) => None,
        Decision::Refused(refusal) => Some(refusal.clause),
    };
    Some((policy.explain::<M>(question)?, clause))
}

fn object(
    arguments: &Arguments,
    explained: &Explanation,
    clause: Option<ClauseId>,
    files: &[SourceFile],
    lang: Lang,
) -> Value {
    let steps: Vec<Value> = explained.steps.iter().map(|one| step(one, files, lang)).collect();
    let told = explained.refused.as_ref().filter(|_| !explained.granted).map(|text| text.get(lang));
    let ways = explained.instead.iter().filter(|_| !explained.granted);
    let instead: Vec<Value> =
        ways.map(|(name, title)| json!({ "use": name, "title": title.get(lang) })).collect();
    json!({
        "use": explained.use_name,
        "title": explained.title.get(lang),
        "role": arguments.role,
        "granted": explained.granted,
        "clause": clause.map(clause_word),
        "steps": steps,
        "condition": explained.condition.to_string(),
        "told": told,
        "instead": instead,
    })
}

fn step(step: &Step, files: &[SourceFile], lang: Lang) -> Value {
    let (line, _) = position(files, &step.place);
    let (demand, of) = match &step.demand {
        Demand::Role { titles, .. } => {
            ("role", titles.iter().map(|title| title.get(lang).to_owned()).collect())
        }
        Demand::Verb => ("verb", Vec::new()),
        Demand::InForce => ("in-force", Vec::new()),
        Demand::Holds(fact) => ("holds", vec![fact.word().to_owned()]),
        Demand::HoldsNot(fact) => ("does-not-hold", vec![fact.word().to_owned()]),
    };
    let found = match step.found {
        Found::Yes => "yes",
        Found::No => "no",
        Found::Unknown => "unknown",
    };
    json!({ "demand": demand, "of": of, "found": found, "met": step.met, "file": step.place.file.as_ref(), "line": line })
}

/// The clause in one word, or two with its fact.
fn clause_word(clause: ClauseId) -> String {
    match clause {
        ClauseId::Role => "role".to_owned(),
        ClauseId::Verb => "verb".to_owned(),
        ClauseId::Missing(fact) => format!("missing {}", fact.word()),
        ClauseId::Against(fact) => format!("against {}", fact.word()),
        ClauseId::NotInForce => "not-in-force".to_owned(),
        ClauseId::StepUp => "step-up".to_owned(),
    }
}
