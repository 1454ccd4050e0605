//! Login by OpenID Connect: code flow, PKCE, state and nonce bound to a cookie, single use, ten minutes. Threats 4.4.
//!
//! Invariant: there is no password, and no way in when the broker is down.

mod by_notice;
mod callback;
mod choose;
mod identity;
mod logout;
mod pending;
mod provider;
mod return_path;
mod start;
mod token;
mod trial;

use axum::Router;
use axum::routing::{get, post};

use crate::app::App;
use crate::config::{Config, People};

#[cfg(feature = "demo")]
pub(crate) use callback::settle;
pub use identity::persona_of;
pub use provider::BadKey;
pub use return_path::ReturnPath;
pub(crate) use token::{Fault, check_times, checked_claims};
pub(crate) use trial::{Door, TrialRole, doors};

use choose::Choosing;
use pending::{Pending, Waiting};
use provider::Provider;

/// The brokers and the logins under way.
#[derive(Debug, Default)]
pub struct Logins {
    providers: Vec<Provider>,
    pending: Waiting<Pending>,
    choosing: Waiting<Choosing>,
}

/// A broker as the login page shows it.
#[derive(Clone, Debug)]
pub struct Choice {
    /// For the address of the form: `POST /{lang}/login/{id}`.
    pub id: String,
    /// For people.
    pub title: notice::Bilingual,
    /// Who logs in here.
    pub people: People,
}

impl Logins {
    /// Reads the keys of all brokers.
    ///
    /// # Errors
    /// [`BadKey`].
    pub fn new(config: &Config) -> Result<Self, BadKey> {
        let providers = config.brokers.iter().cloned().map(Provider::new).collect::<Result<_, _>>()?;
        Ok(Self { providers, pending: Waiting::default(), choosing: Waiting::default() })
    }

    /// The brokers, for the login page.
    #[must_use]
    pub fn choices(&self) -> Vec<Choice> {
        let of = |provider: &Provider| Choice {
            id: provider.settings.id.clone(),
            title: provider.settings.title.clone(),
            people: provider.settings.people,
        };
        self.providers.iter().map(of).collect()
    }

    fn provider(&self, id: &str) -> Option<&Provider> {
        self.providers.iter().find(|provider| provider.settings.id == id)
    }
}

/// The addresses of login and logout; the login page itself is one of the pages.
pub(crate) fn routes() -> Router<App> {
    Router::new()
        .route("/{lang}/login/role", get(choose::ask).post(choose::chosen))
        .route("/{lang}/login/trial", post(trial::be))
        .route("/{lang}/login/{broker}", post(start::start))
        .route("/login/{broker}/callback", get(callback::callback))
        .route("/{lang}/logout", post(logout::logout))
        .route("/{lang}/sessions/{handle}/end", post(logout::end_one))
}

/// The exact address to which a broker sends the browser back.
fn redirect_uri(app: &App, broker: &str) -> String {
    format!("{}/login/{broker}/callback", app.config().site.origin)
}
