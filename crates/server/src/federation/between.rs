//! What of the exchange between countries a server runs, as its configuration says.

use std::sync::Arc;

use jiff::Timestamp;
use tokio::sync::watch;

use super::client::{Client, Source};
use super::gateway::{BadListener, Gateway, Listener};
use super::{BadPem, Door};
use crate::config::Config;

/// Our side of the gateway, the gateway itself, both or neither.
#[derive(Clone, Debug)]
pub(crate) struct Between {
    pub(crate) client: Option<Client>,
    pub(crate) gateway: Option<Gateway>,
    door: Door,
}

impl Between {
    /// # Errors
    /// A file that cannot be used.
    pub(crate) fn of(config: &Config, door: Door) -> Result<Self, BadPem> {
        let source: Arc<Source> = Arc::new(ours);
        let client = config.federation.as_ref().map(|it| Client::of(door.clone(), it, source)).transpose()?;
        let gateway = config.gateway.as_ref().map(|it| Gateway::of(door.clone(), it)).transpose()?;
        Ok(Self { client, gateway, door })
    }

    /// Takes the address of the gateway.
    ///
    /// # Errors
    /// [`BadListener`].
    pub(crate) async fn listen(&self, config: &Config) -> Result<Option<Listener>, BadListener> {
        match &config.gateway {
            Some(settings) => Ok(Some(Listener::bind(settings, self.door.clock()).await?)),
            None => Ok(None),
        }
    }

    /// What is due; called each minute.
    pub(crate) async fn run_due(&self) {
        if let Some(gateway) = &self.gateway {
            gateway.run_due().await;
        }
        if let Some(client) = &self.client {
            client.run_due().await;
        }
    }

    /// Serves until told to stop.
    pub(crate) async fn serve(self, listener: Option<Listener>, stop: watch::Receiver<()>) {
        if let (Some(listener), Some(gateway)) = (listener, self.gateway) {
            listener.serve(gateway, stop).await;
        }
    }
}

/// Keys of ours for other countries, as the key server has them.
fn ours(
    at: &services::Call<'_>,
    from: Timestamp,
    until: Timestamp,
) -> Result<Vec<exposure::gateway::FederatedKey>, register::Unavailable> {
    use services::smittestop::keys::for_gateway::{Request, run};
    run(at, Request { from, until }).map_err(|error| match error {
        services::Error::Unavailable(why) => why,
        other => register::Unavailable::Undeclared(other.to_string()),
    })
}
