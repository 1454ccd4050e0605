//! What the server does by itself, for the operator: each job, how its last run ended, and since when it fails.

use super::super::frame::Frame;
use super::super::view::Shell;
use super::super::view::officer::{Check, Health};
use crate::jobs::{Job, Standing};

/// So many runs in a row that did not do all are more than a bad minute.
const WRONG_FROM: u64 = 5;

/// Each job of this server.
pub(super) fn checks(frame: &Frame) -> Vec<Check> {
    let shell = frame.shell();
    let here = Job::ALL.into_iter().filter(|job| job.is_of(&frame.app));
    here.map(|job| check(&shell, job, frame.app.jobs().of(job))).collect()
}

fn check(shell: &Shell, job: Job, standing: Standing) -> Check {
    let key = match job {
        Job::Exports => "check-job-exports",
        Job::Statistics => "check-job-statistics",
        Job::Exchange => "check-job-exchange",
        Job::Gateway => "check-job-gateway",
        Job::Callbacks => "check-job-callbacks",
    };
    let health = match standing.in_a_row {
        0 => Health::Well,
        1..WRONG_FROM => Health::Watch,
        _ => Health::Wrong,
    };
    let words = match standing.last {
        None => shell.t("check-job-not-yet"),
        Some((at, _)) if standing.in_a_row == 0 => shell.t1("check-job-well", "when", shell.plain_moment(at)),
        Some((_, well)) => {
            let since = well.map_or_else(|| shell.t("check-job-never"), |at| shell.plain_moment(at));
            let times = standing.in_a_row.to_string();
            shell.t2("check-job-fails", "n", times, "when", since)
        }
    };
    Check { key, health, words }
}

#[cfg(test)]
mod tests {
    use jiff::Timestamp;
    use notice::Lang;

    use super::*;
    use crate::pages::view::Area;

    #[test]
    fn a_job_that_fails_again_and_again_is_wrong_and_says_since_when() {
        let shell = crate::pages::view::sample_shell(Lang::En, Area::Operator, "operator");
        let at = |text: &str| text.parse::<Timestamp>().unwrap();
        let well = (at("2026-11-21T19:59:00Z"), Some(at("2026-11-21T19:59:00Z")));
        let standing = Standing { last: Some(well), well: 9, ..Standing::default() };
        assert_eq!(check(&shell, Job::Exports, standing).health, Health::Well);
        let last = Some((at("2026-11-21T19:59:00Z"), Some(at("2026-11-21T18:00:00Z"))));
        let failing = |in_a_row| Standing { last, in_a_row, not_done: in_a_row, ..Standing::default() };
        assert_eq!(check(&shell, Job::Exchange, failing(1)).health, Health::Watch);
        let wrong = check(&shell, Job::Exchange, failing(5));
        assert_eq!(wrong.health, Health::Wrong);
        assert!(wrong.words.contains("19:00") && wrong.words.contains('5'), "{}", wrong.words);
        assert_eq!(check(&shell, Job::Gateway, Standing::default()).health, Health::Well);
    }
}
