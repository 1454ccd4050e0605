//! The two bodies of a rehearsal that count together: neither can read an answer, and each has a register of its own.

use statistics::TaskId;

use super::{BadRehearsal, Body, Ground, paper};
use crate::config::{StatisticsRole, StatisticsSettings};

/// What is counted.
const TASK: &str = "smittestop";

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
        let secret = paper::hex_secret(&*ground.randomness);
        let settings = |name: &str, role, address, helper| -> Result<_, BadRehearsal> {
            let folder = ground.folder.join(name);
            std::fs::create_dir_all(&folder)?;
            let (key, shared) = (folder.join("statistics.key"), folder.join("statistics.secret"));
            paper::secret(&key, &paper::hex_secret(&*ground.randomness))?;
            paper::secret(&shared, &secret)?;
            Ok(StatisticsSettings {
                role,
                address,
                task: TASK.to_owned(),
                key,
                key_id: 1,
                secret: shared,
                helper,
                reports_min,
                epsilon_thousandths: 1_000,
            })
        };
        let helper = Body::start(ground, "helper", |config, address| {
            config.statistics = Some(settings("helper", StatisticsRole::Helper, address, None)?);
            Ok(())
        })
        .await?;
        let at = Some(format!("http://{}", helper.own));
        let leader = Body::start(ground, "leader", |config, address| {
            config.statistics = Some(settings("leader", StatisticsRole::Leader, address, at)?);
            Ok(())
        })
        .await?;
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
