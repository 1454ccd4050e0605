//! The two bodies of the town that count together, each with its register, on the town's clock.

use std::collections::BTreeMap;
use std::net::{Ipv4Addr, SocketAddr};
use std::path::Path;
use std::sync::Arc;

use jiff::Timestamp;
use notice::Actor;
use phone::network::{Answer, Network, NetworkError, Question, Server};
use phone::statistics::{CONTENT_TYPE, Heard, KEY_PATH, understood};
use register::{Caller, Clock as _, Personal, Randomness, Register};
use server::config::{StatisticsRole, StatisticsSettings};
use server::{App, Config, Parts, SecurityLog};
use services::smittestop::statistics::figures;
use statistics::{Day, Figures, PrivateKey, TaskId};

use super::chance::{Chance, For};
use super::machine::{self, NotServing, TownClock, TownRandomness, stopped};
use crate::commands::opened::{to_keep, zone};
use crate::corpus;

/// Fewer phones than this are never shown: the least that a body may be set to.
pub(super) const REPORTS_MIN: u64 = 100;
/// Reports under way at once.
const AT_ONCE: usize = 64;

struct Body {
    app: App,
    register: Register,
}

/// Both bodies.
pub(super) struct Counting {
    runtime: tokio::runtime::Runtime,
    clock: Arc<TownClock>,
    leader: Body,
    helper: Body,
    pub(super) task: TaskId,
    client: reqwest::Client,
    /// Leader and helper.
    addresses: [String; 2],
    _tell: tokio::sync::watch::Sender<()>,
    /// Reports that the leader did not take.
    pub(super) not_taken: usize,
    /// Records that the sweep held back because they were more than planned.
    pub(super) braked: u64,
}

impl Counting {
    /// Opens both, on files below a folder.
    pub(super) fn open(seed: u64, clock: Arc<TownClock>, folder: &Path) -> Result<Self, NotServing> {
        let runtime = tokio::runtime::Builder::new_multi_thread().enable_all().build().map_err(stopped)?;
        let mut chance = Chance::of(seed, For::Servers, 0);
        let keys = [(); 2].map(|()| PrivateKey::make(1, &mut |bytes| chance.fill(bytes)));
        let mut secret = [0; 32];
        chance.fill(&mut secret);
        let [of_leader, of_helper] = &keys;
        let listener = runtime
            .block_on(tokio::net::TcpListener::bind(SocketAddr::from((Ipv4Addr::LOCALHOST, 0))))
            .map_err(stopped)?;
        let address = listener.local_addr().map_err(stopped)?;
        let open = |role, key: &PrivateKey, helper, number| {
            body(
                &folder.join(name(role)),
                role,
                (key, &secret),
                helper,
                clock.clone(),
                seed.wrapping_add(number),
            )
        };
        let leader = open(StatisticsRole::Leader, of_leader, Some(format!("http://{address}")), 1)?;
        let helper = open(StatisticsRole::Helper, of_helper, None, 2)?;
        let (tell, told) = tokio::sync::watch::channel(());
        let of_helper_app = server::statistics::router(helper.app.clone());
        runtime.spawn(server::door(listener, of_helper_app, told.clone()));
        let phones = runtime
            .block_on(tokio::net::TcpListener::bind(SocketAddr::from((Ipv4Addr::LOCALHOST, 0))))
            .map_err(stopped)?;
        let for_phones = phones.local_addr().map_err(stopped)?;
        let of_leader_app = server::statistics::router(leader.app.clone());
        runtime.spawn(server::door(phones, of_leader_app, told));
        Ok(Self {
            runtime,
            clock,
            leader,
            helper,
            task: TaskId::named("smittestop"),
            client: machine::client()?,
            addresses: [for_phones, address].map(|address| format!("http://{address}")),
            not_taken: 0,
            braked: 0,
            _tell: tell,
        })
    }

    /// The keys of both, as each answers a phone: asked for once for all phones of the town.
    pub(super) fn keys(&self, now: Timestamp) -> Result<[Answer; 2], NotServing> {
        self.clock.advance(now);
        let [leader, helper] = self.addresses.each_ref().map(|address| format!("{address}{KEY_PATH}"));
        let both = async { tokio::try_join!(key(&self.client, leader), key(&self.client, helper)) };
        self.runtime.block_on(both).map(Into::into).map_err(stopped)
    }

    /// The phones of the town send their reports of the day, some at a time. Says what the leader answered to each.
    pub(super) fn take(
        &mut self,
        now: Timestamp,
        reports: Vec<Vec<u8>>,
    ) -> Result<Vec<Option<u16>>, NotServing> {
        self.clock.advance(now);
        let [leader, _] = &self.addresses;
        let url = format!("{leader}{}", phone::statistics::reports_path(&self.task));
        let (client, url) = (&self.client, &url);
        let heard = self.runtime.block_on(async move {
            let mut heard = Vec::with_capacity(reports.len());
            let mut reports = reports.into_iter().peekable();
            while reports.peek().is_some() {
                let some: Vec<_> = reports
                    .by_ref()
                    .take(AT_ONCE)
                    .map(|report| send(client.clone(), url.clone(), report))
                    .map(tokio::spawn)
                    .collect();
                for one in some {
                    heard.push(one.await.ok().flatten());
                }
            }
            heard
        });
        let is_taken = |status: &u16| understood(*status) == Heard::Taken;
        self.not_taken += heard.iter().filter(|status| !status.as_ref().is_some_and(is_taken)).count();
        Ok(heard)
    }

    /// What the servers do by themselves in an evening.
    pub(super) fn evening(&mut self, now: Timestamp) -> Result<(), NotServing> {
        self.clock.advance(now);
        self.runtime.block_on(server::jobs::run_due(&self.leader.app));
        for body in [&self.leader, &self.helper] {
            self.braked += body.register.sweep().map_err(stopped)?.braked;
        }
        Ok(())
    }

    /// Records by register: what will go on some day, which is everything.
    pub(super) fn held(&self) -> Result<BTreeMap<String, u64>, NotServing> {
        let mut held = BTreeMap::new();
        let today = self.clock.now().to_zoned(zone()).date();
        let last = today.saturating_add(jiff::Span::new().years(50));
        for (who, body) in [("leader", &self.leader), ("helper", &self.helper)] {
            let policy = body.register.policy();
            for registers in body.register.plan(today, last).map_err(stopped)?.values() {
                for (register, records) in registers {
                    let register = policy.register_name(*register).trim_start_matches("sst.");
                    *held.entry(format!("{register} ({who})")).or_default() += records;
                }
            }
        }
        Ok(held)
    }

    /// The figures that were published, by day; none of a day with too few reports.
    pub(super) fn figures(&self, days: u16) -> Option<BTreeMap<Day, Figures>> {
        let app = &self.leader.app;
        let caller = Caller {
            actor: Actor { person: None, role: app.role("system")?, organisation: None },
            name: Personal::new("town".to_owned()),
            organisation_name: None,
            on_behalf_of: None,
            authenticated_at: None,
        };
        let request = figures::Request { days };
        let shown = self.runtime.block_on(app.act_as(caller, move |at| figures::run(at, request))).ok()?;
        Some(shown.into_iter().filter_map(|counted| Some((counted.day, counted.figures?))).collect())
    }
}

async fn send(client: reqwest::Client, url: String, report: Vec<u8>) -> Option<u16> {
    let sent = client.post(url).header("content-type", CONTENT_TYPE).body(report).send().await;
    sent.ok().map(|answer| answer.status().as_u16())
}

async fn key(client: &reqwest::Client, url: String) -> Result<Answer, reqwest::Error> {
    let answer = client.get(url).send().await?;
    let status = answer.status().as_u16();
    let content_type = answer.headers().get("content-type").and_then(|value| value.to_str().ok());
    let content_type = content_type.unwrap_or_default().to_owned();
    Ok(Answer { status, content_type, tag: None, body: answer.bytes().await?.to_vec() })
}

/// The network of a phone that tells. Its report is left, to be sent with those of others; it hears nothing then, and
/// keeps it. When it tries again it is told what the leader said to it.
pub(super) struct Way<'a> {
    pub(super) keys: &'a [Answer; 2],
    pub(super) said: Option<u16>,
    pub(super) left: Option<Vec<u8>>,
}

impl Network for Way<'_> {
    fn ask(&mut self, question: &Question<'_>) -> Result<Answer, NetworkError> {
        let [leader, helper] = self.keys;
        match (question.server, question.body) {
            (Server::Leader, None) => Ok(leader.clone()),
            (Server::Helper, None) => Ok(helper.clone()),
            (Server::Leader, Some(report)) => {
                self.left = Some(report.to_vec());
                let status = self.said.ok_or(NetworkError::Unreachable)?;
                Ok(Answer { status, content_type: String::new(), tag: None, body: Vec::new() })
            }
            (Server::Keys | Server::Verification | Server::Helper, _) => Err(NetworkError::Unreachable),
        }
    }
}

const fn name(role: StatisticsRole) -> &'static str {
    match role {
        StatisticsRole::Leader => "leader",
        StatisticsRole::Helper => "helper",
    }
}

fn body(
    folder: &Path,
    role: StatisticsRole,
    (key, secret): (&PrivateKey, &[u8; 32]),
    helper: Option<String>,
    clock: Arc<TownClock>,
    seed: u64,
) -> Result<Body, NotServing> {
    std::fs::create_dir_all(folder).map_err(stopped)?;
    let file = |name: &str, bytes: &[u8]| {
        let path = folder.join(name);
        let text: String = bytes.iter().map(|byte| format!("{byte:02x}")).collect();
        std::fs::write(&path, text).map(|()| path).map_err(stopped)
    };
    let anywhere = SocketAddr::from((Ipv4Addr::LOCALHOST, 0));
    let mut config = Config::loopback(anywhere, anywhere, "sds");
    config.statistics = Some(StatisticsSettings {
        role,
        address: anywhere,
        task: "smittestop".to_owned(),
        key: file("key", key.reveal())?,
        key_id: 1,
        secret: file("secret", secret)?,
        helper,
        reports_min: REPORTS_MIN,
        epsilon_thousandths: 1_000,
    });
    let files = corpus::built_in();
    let policy = Arc::new(corpus::compile(&files).map_err(|problem| stopped(format!("{problem:?}")))?);
    let settings = register::Config::new(folder.join("data"), folder.join("keys"), zone());
    let randomness: Arc<dyn Randomness> = Arc::new(TownRandomness::new(Chance::of(seed, For::Servers, 1)));
    let register = Register::open(&settings, policy, to_keep(&files), clock.clone(), randomness.clone())
        .map_err(stopped)?;
    let parts = Parts {
        register: register.clone(),
        clock,
        randomness,
        config,
        security_log: SecurityLog::default(),
        proofs: server::Proofs::default(),
        demo: None,
    };
    Ok(Body { app: App::new(parts).map_err(stopped)?, register })
}
