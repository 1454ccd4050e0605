//! One body of a rehearsal: a server over a register of its own, behind doors of its own.

use std::collections::BTreeMap;
use std::net::{Ipv4Addr, SocketAddr};
use std::path::PathBuf;
use std::sync::Arc;

use jiff::tz::TimeZone;
use register::{Caller, Personal, Register, Unavailable};
use tokio::net::TcpListener;
use tokio::sync::watch;

use super::{BadRehearsal, Ground};
use crate::app::{App, Parts};
use crate::config::{Config, Network};
use crate::security_log::SecurityLog;
use crate::serve::door;

/// The authority that answers for smitte|stop.
const CONTROLLER: &str = "stps";

/// A server that listens until this value goes.
#[derive(Debug)]
pub struct Body {
    /// The server, for jobs, numbers and its register.
    pub app: App,
    /// The door for people.
    pub public: SocketAddr,
    /// The door for health and metrics.
    pub operations: SocketAddr,
    /// The door of its own surface, if it has one.
    pub own: SocketAddr,
    /// All that it has written: database, keys, logs, exports.
    pub folder: PathBuf,
    _stop: watch::Sender<()>,
}

impl Body {
    /// Opens a register in a folder of this name and serves what the configuration switches on. `configure` is handed the
    /// address of the surface that has a door of its own.
    pub(super) async fn start(
        ground: &Ground,
        name: &str,
        configure: impl FnOnce(&mut Config, SocketAddr) -> Result<(), BadRehearsal> + Send,
    ) -> Result<Self, BadRehearsal> {
        let folder = ground.folder.join(name);
        std::fs::create_dir_all(&folder)?;
        let [public, operations, own] = [free_port().await?, free_port().await?, free_port().await?];
        let addresses = [public.local_addr()?, operations.local_addr()?, own.local_addr()?];
        let mut config = Config::loopback(addresses[0], addresses[1], CONTROLLER);
        config.site.origin = format!("http://{}", addresses[0]);
        config.register.database = folder.join("database");
        config.register.keys = folder.join("secrets");
        config.log.security = Some(folder.join("security.log"));
        // Everybody of a rehearsal comes from one address, as people behind one mobile carrier do.
        config.limits.shared_addresses.extend("127.0.0.1/32".parse::<Network>());
        config.limits.shared_factor = 100;
        configure(&mut config, addresses[2])?;
        if let Some(found) = config.check().into_iter().next() {
            return Err(BadRehearsal::Unsafe(found));
        }
        let app = open(ground, config)?;
        let (stop, stopped) = watch::channel(());
        tokio::spawn(door(public, crate::router(app.clone()), stopped.clone()));
        tokio::spawn(door(operations, crate::operations(app.clone()), stopped.clone()));
        if app.config().key_server.is_some() {
            tokio::spawn(door(own, crate::key_server::router(app.clone()), stopped));
        } else if app.config().statistics.is_some() {
            tokio::spawn(door(own, crate::statistics::router(app.clone()), stopped));
        }
        let [public, operations, own] = addresses;
        Ok(Self { app, public, operations, own, folder, _stop: stop })
    }

    /// The address that browsers see.
    #[must_use]
    pub fn origin(&self) -> String {
        format!("http://{}", self.public)
    }

    /// How many records stand in the registers that these uses reach, by the name of the register.
    ///
    /// # Errors
    /// The register does not answer, or there is no such use.
    pub fn holds(&self, uses: &[&str]) -> Result<BTreeMap<String, u64>, Unavailable> {
        let role = self.app.role("system").ok_or_else(|| Unavailable::Undeclared("system".to_owned()))?;
        let register = self.app.register();
        let call = register.call(Caller {
            actor: notice::Actor { person: None, role, organisation: None },
            name: Personal::new("rehearsal".to_owned()),
            organisation_name: None,
            on_behalf_of: None,
            authenticated_at: None,
        });
        let mut all = BTreeMap::new();
        for name in uses {
            for (of, records) in register.standing(&call, name)? {
                all.insert(register.policy().register_name(of).to_owned(), records);
            }
        }
        Ok(all)
    }

    /// What it does by the clock: its jobs, and the sweep.
    ///
    /// # Errors
    /// The register does not answer.
    pub async fn run_due(&self) -> Result<(), Unavailable> {
        crate::jobs::run_due(&self.app).await;
        let register = self.app.register().clone();
        match tokio::task::spawn_blocking(move || register.sweep()).await {
            Ok(swept) => swept.map(|_| ()),
            // The runtime is being torn down.
            Err(_) => Err(Unavailable::Closing),
        }
    }
}

async fn free_port() -> std::io::Result<TcpListener> {
    TcpListener::bind((Ipv4Addr::LOCALHOST, 0)).await
}

fn open(ground: &Ground, config: Config) -> Result<App, BadRehearsal> {
    let zone = TimeZone::get(&config.register.zone).unwrap_or(TimeZone::UTC);
    let register = Register::open(
        &config.register.config(zone),
        ground.policy.clone(),
        ground.corpus.clone(),
        Arc::clone(&ground.clock),
        Arc::clone(&ground.randomness),
    )?;
    let security_log = SecurityLog::open(config.log.security.as_deref())?;
    Ok(App::new(Parts {
        register,
        clock: Arc::clone(&ground.clock),
        randomness: Arc::clone(&ground.randomness),
        config,
        security_log,
        proofs: crate::Proofs::read(""),
        #[cfg(feature = "demo")]
        demo: None,
    })?)
}
