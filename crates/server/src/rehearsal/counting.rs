//! The two bodies of a rehearsal that count together: neither can read an answer, and each has a register of its own.

use std::net::SocketAddr;
use std::path::{Path, PathBuf};

use register::Randomness;
use statistics::split::Bodies;
use statistics::{PrivateKey, TaskId};

use super::{BadRehearsal, Body, Ground, paper};
use crate::config::{StatisticsRole, StatisticsSettings};

/// What is counted.
const TASK: &str = "smittestop";
/// By which number the key of a body is known.
const KEY_ID: u8 = 1;

/// The keys of both bodies and the secret that they share. Those that lie in the folder already are used again.
#[derive(Debug)]
pub struct CountingPapers {
    leader: [PathBuf; 2],
    helper: [PathBuf; 2],
    bodies: Bodies,
    reports_min: u64,
}

impl CountingPapers {
    /// Those of a folder; what is not there is made. Fewer reports than this are never revealed.
    ///
    /// # Errors
    /// [`BadRehearsal`]: a key cannot be made, read or written.
    pub fn of(folder: &Path, reports_min: u64, randomness: &dyn Randomness) -> Result<Self, BadRehearsal> {
        let secret = paper::hex_secret(randomness);
        let of = |name: &str| -> Result<_, BadRehearsal> {
            let folder = folder.join(name);
            std::fs::create_dir_all(&folder)?;
            let files = [folder.join("statistics.key"), folder.join("statistics.secret")];
            for (file, text) in files.iter().zip([paper::hex_secret(randomness), secret.clone()]) {
                if !file.is_file() {
                    paper::secret(file, &text)?;
                }
            }
            let key = exposure::key::from_hex(std::fs::read_to_string(&files[0])?.trim());
            let key: Option<[u8; 32]> = key.and_then(|bytes| bytes.try_into().ok());
            let config = key.and_then(|bytes| PrivateKey::from_bytes(KEY_ID, bytes).config().ok());
            Ok((files, config.ok_or(BadRehearsal::Counting)?))
        };
        let ((leader, of_leader), (helper, of_helper)) = (of("leader")?, of("helper")?);
        let bodies = Bodies { task: TaskId::named(TASK), leader: of_leader, helper: of_helper };
        Ok(Self { leader, helper, bodies, reports_min })
    }

    /// What phones split their answers for.
    #[must_use]
    pub const fn bodies(&self) -> &Bodies {
        &self.bodies
    }

    /// The body that takes the reports of phones, at an address, and asks the helper at another.
    #[must_use]
    pub fn leader(&self, address: SocketAddr, helper: String) -> StatisticsSettings {
        self.settings(StatisticsRole::Leader, &self.leader, address, Some(helper))
    }

    fn settings(
        &self,
        role: StatisticsRole,
        [key, secret]: &[PathBuf; 2],
        address: SocketAddr,
        helper: Option<String>,
    ) -> StatisticsSettings {
        StatisticsSettings {
            role,
            address,
            task: TASK.to_owned(),
            key: key.clone(),
            key_id: KEY_ID,
            secret: secret.clone(),
            helper,
            reports_min: self.reports_min,
            epsilon_thousandths: 1_000,
        }
    }

    /// Opens the register of the helper and starts it.
    ///
    /// # Errors
    /// [`BadRehearsal`].
    pub async fn start_helper(&self, ground: &Ground) -> Result<Body, BadRehearsal> {
        Body::start(ground, "helper", |config, address| {
            config.statistics = Some(self.settings(StatisticsRole::Helper, &self.helper, address, None));
            Ok(())
        })
        .await
    }

    async fn start_leader(&self, ground: &Ground, helper: &Body) -> Result<Body, BadRehearsal> {
        Body::start(ground, "leader", |config, address| {
            config.statistics = Some(self.leader(address, format!("http://{}", helper.own)));
            Ok(())
        })
        .await
    }
}

/// Leader and helper, running.
#[derive(Debug)]
pub struct Counting {
    /// Takes the reports of phones, and publishes.
    pub leader: Body,
    /// Checks with it.
    pub helper: Body,
}

impl Counting {
    /// Makes keys, opens two registers and starts both bodies. Fewer reports than this are never revealed.
    ///
    /// # Errors
    /// [`BadRehearsal`].
    pub async fn start(ground: &Ground, reports_min: u64) -> Result<Self, BadRehearsal> {
        let papers = CountingPapers::of(&ground.folder, reports_min, &*ground.randomness)?;
        let helper = papers.start_helper(ground).await?;
        let leader = papers.start_leader(ground, &helper).await?;
        Ok(Self { leader, helper })
    }

    /// Where phones send their reports.
    #[must_use]
    pub fn leader_address(&self) -> String {
        format!("http://{}", self.leader.own)
    }

    /// Where phones fetch the key of the helper.
    #[must_use]
    pub fn helper_address(&self) -> String {
        format!("http://{}", self.helper.own)
    }

    /// What phones name the count.
    #[must_use]
    pub fn task() -> TaskId {
        TaskId::named(TASK)
    }

    /// What both do by the clock: jobs, and the sweep.
    ///
    /// # Errors
    /// A register does not answer.
    pub async fn run_due(&self) -> Result<(), register::Unavailable> {
        self.helper.run_due().await?;
        self.leader.run_due().await
    }
}
