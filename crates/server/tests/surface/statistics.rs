//! Two bodies that count, over real sockets: phones send, the helper answers, figures come out; strangers and rubbish do not.

use std::net::SocketAddr;
use std::sync::Arc;

use axum::Router;
use axum::body::{Body, to_bytes};
use axum::http::{Request, StatusCode};
use axum::middleware::{Next, from_fn};
use axum::response::IntoResponse as _;
use jiff::Span;
use register::testing::{SeededRandomness, TestRegister};
use register::{Clock as _, Randomness as _};
use server::config::{StatisticsRole, StatisticsSettings};
use server::{App, Parts, SecurityLog};
use services::smittestop::closing::{close, what_goes};
use services::smittestop::statistics::day_of;
use statistics::check::Checker;
use statistics::split::{self, Bodies};
use statistics::{Config, PrivateKey, Report, Secret, TaskId, Told, Whose};
use tokio::net::TcpListener;

use crate::town::{Answer, config, request, send};

struct Both {
    _folder: tempfile::TempDir,
    leader: (TestRegister, App),
    helper: (TestRegister, App),
    bodies: Bodies,
    helper_address: SocketAddr,
}

const SECRET: &str = "0707070707070707070707070707070707070707070707070707070707070707";

fn hex(bytes: &[u8]) -> String {
    bytes.iter().map(|byte| format!("{byte:02x}")).collect()
}

impl Both {
    async fn new(reports_min: u64) -> (Self, TcpListener) {
        let folder = tempfile::tempdir().unwrap();
        let dice = SeededRandomness::new(5);
        let mut random = |bytes: &mut [u8]| dice.fill(bytes);
        let keys = [PrivateKey::make(1, &mut random), PrivateKey::make(1, &mut random)];
        let file = |name: &str, text: &str| {
            let path = folder.path().join(name);
            std::fs::write(&path, text).unwrap();
            path
        };
        let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
        let helper_address = listener.local_addr().unwrap();
        let settings = |role, key: &PrivateKey, name: &str, helper| StatisticsSettings {
            role,
            address: "127.0.0.1:0".parse().unwrap(),
            task: "smittestop".to_owned(),
            key: file(name, &hex(key.reveal())),
            key_id: 1,
            secret: file("secret", SECRET),
            helper,
            reports_min,
            epsilon_thousandths: 1_000,
        };
        let app = |settings| {
            let house = TestRegister::new();
            let mut config = config();
            config.statistics = Some(settings);
            let parts = Parts {
                register: house.register.clone(),
                clock: house.clock.clone(),
                randomness: Arc::new(SeededRandomness::new(11)),
                config,
                security_log: SecurityLog::default(),
                proofs: server::Proofs::default(),
                #[cfg(feature = "demo")]
                demo: None,
            };
            let app = App::new(parts).unwrap();
            (house, app)
        };
        let [first, second] = &keys;
        let helper_url = Some(format!("http://{helper_address}"));
        let leader = app(settings(StatisticsRole::Leader, first, "leader", helper_url));
        let helper = app(settings(StatisticsRole::Helper, second, "helper", None));
        let bodies = Bodies {
            task: TaskId::named("smittestop"),
            leader: key_of(&leader.1).await,
            helper: key_of(&helper.1).await,
        };
        (Self { _folder: folder, leader, helper, bodies, helper_address }, listener)
    }

    fn report(&self, told: Told, seed: u64) -> Vec<u8> {
        let day = day_of(self.leader.0.clock.now()).minus(1);
        let dice = SeededRandomness::new(1_000 + seed);
        split::report(&self.bodies, day, told, &mut |bytes| dice.fill(bytes)).unwrap().encode()
    }

    async fn posts(&self, body: Vec<u8>) -> Answer {
        let path = format!("/tasks/{}/reports", self.bodies.task.text());
        let sent = request("POST", &path, None).body(Body::from(body)).unwrap();
        send(server::statistics::router(self.leader.1.clone()), sent).await
    }

    async fn asks_helper(&self, method: &str, path: &str, token: &str, body: Vec<u8>) -> Answer {
        let path = format!("/tasks/{}/{path}", self.bodies.task.text());
        let sent = request(method, &path, None).header("authorization", token);
        send(server::statistics::router(self.helper.1.clone()), sent.body(Body::from(body)).unwrap()).await
    }

    fn pass(&self, span: Span) {
        self.leader.0.clock.pass(span);
        self.helper.0.clock.pass(span);
    }

    async fn page(&self, lang: &str) -> String {
        let sent = request("GET", &format!("/{lang}/statistics"), None).body(Body::empty()).unwrap();
        let answer = send(server::router(self.leader.1.clone()), sent).await;
        assert_eq!(answer.status, StatusCode::OK, "{}", answer.text());
        answer.text()
    }
}

async fn key_of(app: &App) -> Config {
    let sent = request("GET", "/hpke_config", None).body(Body::empty()).unwrap();
    let answer = send(server::statistics::router(app.clone()), sent).await;
    assert_eq!(answer.header("content-type"), "application/dap-hpke-config-list");
    Config::from_list(&answer.body).unwrap()
}

fn serves(listener: TcpListener, router: Router) -> tokio::task::JoinHandle<()> {
    tokio::spawn(async move { axum::serve(listener, router).await.unwrap() })
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn phones_send_two_bodies_count_and_everybody_sees_the_figures() {
    // proves rule SS-25
    let (both, listener) = Both::new(100).await;
    for phone in 0..130 {
        let told = if phone % 4 == 0 { Told::Warned } else { Told::Ran };
        assert_eq!(both.posts(both.report(told, phone)).await.status, StatusCode::CREATED);
    }
    assert!(both.page("en").await.contains("There are no figures yet"));
    both.pass(Span::new().days(2));
    // The helper does not answer yet: nothing is published, and nothing is lost.
    drop(listener);
    let _ = server::statistics::count_due(&both.leader.1).await;
    assert!(both.page("en").await.contains("There are no figures yet"));
    let listener = TcpListener::bind(both.helper_address).await.unwrap();
    let serving = serves(listener, server::statistics::router(both.helper.1.clone()));
    let _ = server::statistics::count_due(&both.leader.1).await;
    serving.abort();
    let page = both.page("en").await;
    assert!(page.contains("phones with the app") && page.contains("<svg"), "{page}");
    assert!(both.page("da").await.contains("telefoner med appen"));
    // Counted once: again, without a helper, nothing changes.
    let _ = server::statistics::count_due(&both.leader.1).await;
    assert_eq!(both.page("en").await, page);
}

#[tokio::test]
async fn too_few_are_not_shown_and_the_helper_is_not_even_asked() {
    // proves rule SS-26
    let (both, listener) = Both::new(100).await;
    let serving = serves(listener, server::statistics::router(both.helper.1.clone()));
    for phone in 0..99 {
        both.posts(both.report(Told::WarnedOthers, phone)).await;
    }
    both.pass(Span::new().days(2));
    let _ = server::statistics::count_due(&both.leader.1).await;
    serving.abort();
    let page = both.page("en").await;
    assert!(page.contains("Days without figures") && !page.contains("warned others</li>"), "{page}");
}

#[tokio::test]
async fn replays_rubbish_strangers_and_other_counts_get_the_codes_of_the_protocol() {
    let (both, _) = Both::new(100).await;
    let report = both.report(Told::Ran, 1);
    assert_eq!(both.posts(report.clone()).await.status, StatusCode::CREATED);
    let says = |answer: &Answer, status: u16, code: &str| {
        assert_eq!(answer.status.as_u16(), status, "{}", answer.text());
        assert_eq!(answer.json()["type"], format!("urn:ietf:params:ppm:dap:error:{code}"));
        assert_eq!(answer.header("content-type"), "application/problem+json");
    };
    says(&both.posts(report.clone()).await, 409, "reportReplayed");
    says(&both.posts(vec![7; 100]).await, 400, "invalidMessage");
    for longer in [report.len() + 1, 3_400, 10_000] {
        assert_eq!(both.posts(vec![7; longer]).await.status, StatusCode::PAYLOAD_TOO_LARGE);
    }
    both.pass(Span::new().days(3));
    says(&both.posts(report).await, 400, "reportRejected");
    let sent = request("POST", "/tasks/another/reports", None).body(Body::empty()).unwrap();
    let answer = send(server::statistics::router(both.leader.1.clone()), sent).await;
    says(&answer, 404, "unrecognizedTask");
    for token in ["", "Bearer ", "Bearer AAAA", "Basic x"] {
        let answer = both.asks_helper("POST", "aggregate_shares", token, vec![0; 48]).await;
        says(&answer, 403, "unauthorizedRequest");
        let answer = both.asks_helper("PUT", "aggregation_jobs/AAAAAAAAAAAAAAAAAAAAAA", token, vec![]).await;
        says(&answer, 403, "unauthorizedRequest");
    }
    // The helper takes no reports, and the leader answers no jobs.
    let path = format!("/tasks/{}/reports", both.bodies.task.text());
    let sent = request("POST", &path, None).body(Body::empty()).unwrap();
    let answer = send(server::statistics::router(both.helper.1.clone()), sent).await;
    assert_eq!(answer.status, StatusCode::NOT_FOUND);
}

/// A helper that takes no job in which there is one of these reports.
fn takes_not(both: &Both, refused: Vec<Vec<u8>>) -> Router {
    server::statistics::router(both.helper.1.clone()).layer(from_fn(
        move |request: Request<Body>, next: Next| {
            let refused = refused.clone();
            async move {
                let (parts, body) = request.into_parts();
                let body = to_bytes(body, usize::MAX).await.unwrap();
                let is_in = |number: &[u8]| body.windows(number.len()).any(|part| part == number);
                if refused.iter().any(|report| is_in(&report[..16])) {
                    return (StatusCode::BAD_REQUEST, "urn:ietf:params:ppm:dap:error:invalidMessage")
                        .into_response();
                }
                next.run(Request::from_parts(parts, Body::from(body))).await
            }
        },
    ))
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_report_that_the_helper_does_not_take_is_left_and_the_day_is_counted_without_it() {
    let (both, listener) = Both::new(100).await;
    // Three that lie in one drawer, so that they come in one job.
    let key = PrivateKey::make(1, &mut |bytes: &mut [u8]| bytes.fill(9));
    let checker = Checker::new(both.bodies.task, Whose::Leader, key, &Secret::new([7; 32])).unwrap();
    let mut lying = std::collections::BTreeMap::<_, Vec<Vec<u8>>>::new();
    let together = (1_000..)
        .find_map(|seed| {
            let report = both.report(Told::Ran, seed);
            let drawer = checker.drawer(Report::decode(&report).unwrap().head.id);
            let one = lying.entry(drawer).or_default();
            one.push(report);
            (one.len() == 3).then(|| one.clone())
        })
        .unwrap();
    for phone in 0..120 {
        both.posts(both.report(Told::Ran, phone)).await;
    }
    for report in &together {
        assert_eq!(both.posts(report.clone()).await.status, StatusCode::CREATED);
    }
    both.pass(Span::new().days(2));
    let serving = serves(listener, takes_not(&both, together[1..2].to_vec()));
    server::statistics::count_due(&both.leader.1).await.unwrap();
    serving.abort();
    let page = both.page("en").await;
    assert!(page.contains("phones with the app") && page.contains("<svg"), "{page}");
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_helper_that_takes_nothing_at_all_does_not_make_a_day_one_of_too_few() {
    let (both, listener) = Both::new(100).await;
    let reports: Vec<Vec<u8>> = (0..110).map(|phone| both.report(Told::Ran, phone)).collect();
    for report in &reports {
        both.posts(report.clone()).await;
    }
    both.pass(Span::new().days(2));
    let serving = serves(listener, takes_not(&both, reports));
    assert!(server::statistics::count_due(&both.leader.1).await.is_err());
    serving.abort();
    assert!(both.page("en").await.contains("There are no figures yet"));
    let listener = TcpListener::bind(both.helper_address).await.unwrap();
    let serving = serves(listener, server::statistics::router(both.helper.1.clone()));
    server::statistics::count_due(&both.leader.1).await.unwrap();
    serving.abort();
    assert!(both.page("en").await.contains("phones with the app"), "nothing was lost");
}

#[tokio::test]
async fn when_the_app_is_closed_phones_are_told_so_and_the_count_ends_quietly() {
    // proves rule SS-45
    let (both, _) = Both::new(100).await;
    assert_eq!(both.posts(both.report(Told::Ran, 1)).await.status, StatusCode::CREATED);
    let house = &both.leader.0;
    let call = house.call("app-evaluation", None, None);
    let randomness = SeededRandomness::new(4);
    let at = services::Call { register: &house.register, call: &call, randomness: &randomness };
    let request = close::Request { first: "Anna".into(), second: "Bent".into(), reason: "forbi".into() };
    close::run(&at, request).unwrap();
    let answer = both.posts(both.report(Told::Ran, 2)).await;
    assert_eq!(answer.status, StatusCode::GONE);
    assert_eq!(answer.json()["type"], "urn:ietf:params:ppm:dap:error:appClosed");
    both.pass(Span::new().days(2));
    server::statistics::count_due(&both.leader.1).await.unwrap();
    assert_eq!(what_goes::run(&at).unwrap().iter().map(|one| one.records).sum::<u64>(), 0);
}

#[tokio::test]
async fn a_server_that_counts_nothing_has_no_such_page_and_no_such_addresses() {
    let town = crate::town::Town::new();
    let sent = request("GET", "/en/statistics", None).body(Body::empty()).unwrap();
    assert_eq!(town.send(sent).await.status, StatusCode::NOT_FOUND);
    let sent = request("GET", "/hpke_config", None).body(Body::empty()).unwrap();
    let answer = send(server::statistics::router(town.app.clone()), sent).await;
    assert_eq!(answer.status, StatusCode::NOT_FOUND);
}
