//! The servers that a phone asks, each over HTTPS, one question at a time.

use phone::network::HttpNetwork;

use crate::{SmittestopError, form};

/// The two bodies of the statistics.
#[derive(Clone, Debug, uniffi::Record)]
pub struct Counting {
    /// Address of the leader.
    pub leader: String,
    /// Address of the helper.
    pub helper: String,
}

/// The servers that a phone asks. Whoever calls with it waits for the answer, a minute at most.
#[derive(Debug, uniffi::Object)]
pub struct SmittestopServers {
    network: HttpNetwork,
}

#[uniffi::export]
impl SmittestopServers {
    /// Servers at these addresses. `roots` are certificates in PEM that are believed in place of those of the web.
    ///
    /// # Errors
    /// When an address is not `https`, unless it is on this machine, or a certificate cannot be read.
    #[uniffi::constructor]
    pub fn new(
        keys: String,
        verification: String,
        roots: Vec<String>,
        counting: Option<Counting>,
    ) -> Result<Self, SmittestopError> {
        let mut network = HttpNetwork::new(&keys, &verification, &roots).map_err(|_| form("servers"))?;
        if let Some(Counting { leader, helper }) = counting {
            network = network.counting_at(&leader, &helper).map_err(|_| form("counting"))?;
        }
        Ok(Self { network })
    }
}

impl SmittestopServers {
    pub(crate) fn network(&self) -> HttpNetwork {
        self.network.clone()
    }
}
