//! `hjemmel gateway`: which countries take part in the European gateway that this server runs.

use std::path::PathBuf;
use std::sync::Arc;

use notice::Lang;
use register::Register;
use server::config::GatewaySettings;
use server::federation::{Door, gateway};
use services::Explain as _;
use services::gateway_service::certificates::{self, Signed, Usage};
use services::gateway_service::{Reason, onboard, revoke};

use super::opened::Configured;
use super::two_persons::{NOT_TWO, TwoPersons};
use crate::answer::{Answer, Failure};
use crate::machine::{SystemClock, SystemRandomness};
use crate::terminal::Terminal;

/// Admit a country to the European gateway, revoke a certificate, list them
#[derive(Debug, clap::Args)]
pub(crate) struct Arguments {
    #[command(flatten)]
    pub(crate) configured: Configured,
    #[command(subcommand)]
    act: Act,
}

#[derive(Debug, clap::Subcommand)]
enum Act {
    /// Admit a certificate of a country for one use; two persons agree
    Onboard {
        /// The country, two capital letters
        #[arg(long)]
        country: String,
        /// What the certificate is for
        #[arg(long, value_enum)]
        usage: ForWhat,
        /// The certificate, PEM
        #[arg(long, value_name = "FILE")]
        certificate: PathBuf,
        #[command(flatten)]
        persons: TwoPersons,
    },
    /// Believe a certificate no longer, at once; one person is enough
    Revoke {
        /// SHA-256 of the certificate, in hexadecimal digits
        thumbprint: String,
    },
    /// List the certificates
    List,
}

#[derive(Clone, Copy, Debug, clap::ValueEnum)]
enum ForWhat {
    /// To connect
    Authentication,
    /// To sign batches
    Signing,
    /// To be called back
    Callback,
}

pub(crate) fn run(
    arguments: &Arguments,
    register: &Register,
    terminal: &Terminal,
) -> Result<Answer, Failure> {
    let config = arguments.configured.read()?;
    let settings = config.gateway.as_ref().ok_or_else(|| {
        Failure::cannot("this server runs no gateway", "add the section `[gateway]` to the configuration")
    })?;
    let rules = gateway::rules(settings).map_err(|problem| bad_file(&problem))?;
    let clock = Arc::new(SystemClock::start());
    let door = Door::new(register.clone(), clock, Arc::new(SystemRandomness::new()));
    match &arguments.act {
        Act::Onboard { country, usage, certificate, persons } => {
            let pem = std::fs::read_to_string(certificate).map_err(|problem| {
                Failure::cannot(
                    format!("`{}` cannot be read: {problem}", certificate.display()),
                    "name a certificate in PEM",
                )
            })?;
            let operator = operator(settings)?;
            let usage = match usage {
                ForWhat::Authentication => Usage::Authentication,
                ForWhat::Signing => Usage::Signing,
                ForWhat::Callback => Usage::Callback,
            };
            let by = persons.names();
            let request = onboard::Request { pem: &pem, country, usage, by, operator: &operator };
            let thumbprint = door.act_here(|at| onboard::run(at, &rules, &request)).map_err(not_done)?;
            terminal.line(&format!("{country} is admitted for {}: {thumbprint}", usage.name()));
        }
        Act::Revoke { thumbprint } => {
            let rows = door.act_here(|at| revoke::run(at, &rules, thumbprint)).map_err(not_done)?;
            terminal.line(&format!("{rows} rows of the certificate are revoked from now on"));
        }
        Act::List => {
            for row in door.act_here(|at| certificates::run(at, &rules)).map_err(not_done)? {
                let standing = match (row.signed, row.revoked, row.expires) {
                    (Signed::NotByOperator, _, _) => "NOT SIGNED BY THE OPERATOR".to_owned(),
                    (Signed::InOldForm | Signed::ByOperator, Some(at), _) => format!("revoked {at}"),
                    (Signed::InOldForm, None, _) => "SIGNED IN THE OLD FORM: onboard it again".to_owned(),
                    (Signed::ByOperator, None, Some(end)) => format!("until {end}"),
                    (Signed::ByOperator, None, None) => "without an end".to_owned(),
                };
                terminal.line(&format!(
                    "{} {:<14} {} {standing}",
                    row.country,
                    row.usage.name(),
                    row.thumbprint
                ));
            }
        }
    }
    Ok(Answer::Yes)
}

fn operator(settings: &GatewaySettings) -> Result<exposure::gateway::cms::KeyPairSigner, Failure> {
    gateway::operator(settings).map_err(|problem| bad_file(&problem))
}

fn bad_file(problem: &server::federation::BadPem) -> Failure {
    Failure::cannot(problem.to_string(), "see the section `[gateway]` of the configuration")
}

fn not_done(error: services::Error<Reason>) -> Failure {
    match error {
        services::Error::Not(Reason::NotTwo) => Failure::usage(Reason::NotTwo.words(Lang::En), NOT_TWO),
        services::Error::Not(reason) => {
            Failure::cannot(reason.words(Lang::En), "nothing was changed; see the book, `Between countries`")
        }
        other => Failure::cannot(other.to_string(), "nothing was changed"),
    }
}
