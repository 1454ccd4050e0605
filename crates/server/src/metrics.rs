//! Numbers for operations. No label names a person, a route with values, or an organisation.

use metrics::{Key, Label, Level, Metadata, Recorder};
use metrics_exporter_prometheus::{PrometheusBuilder, PrometheusHandle, PrometheusRecorder};

/// The counts of one server.
pub struct Metrics {
    recorder: PrometheusRecorder,
    handle: PrometheusHandle,
}

impl std::fmt::Debug for Metrics {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str("Metrics")
    }
}

const METADATA: Metadata<'static> = Metadata::new("server", Level::INFO, None);

impl Default for Metrics {
    fn default() -> Self {
        let recorder = PrometheusBuilder::new().build_recorder();
        let handle = recorder.handle();
        Self { recorder, handle }
    }
}

impl Metrics {
    /// One request was answered.
    pub(crate) fn request(&self, surface: &'static str, status: u16, seconds: f64) {
        let class = match status {
            100..=199 => "1xx",
            200..=299 => "2xx",
            300..=399 => "3xx",
            400..=499 => "4xx",
            _ => "5xx",
        };
        let labels =
            vec![Label::from_static_parts("surface", surface), Label::from_static_parts("status", class)];
        self.recorder
            .register_counter(&Key::from_parts("hjemmel_requests_total", labels), &METADATA)
            .increment(1);
        let of_surface = vec![Label::from_static_parts("surface", surface)];
        self.recorder
            .register_histogram(&Key::from_parts("hjemmel_request_seconds", of_surface), &METADATA)
            .record(seconds);
    }

    /// Somebody has to look: an alarm of the security log, without whom it concerns.
    pub(crate) fn alarm(&self, word: &'static str) {
        let labels = vec![Label::from_static_parts("alarm", word)];
        self.recorder
            .register_counter(&Key::from_parts("hjemmel_alarms_total", labels), &METADATA)
            .increment(1);
    }

    /// A run of a job ended.
    ///
    /// Jobs end each minute: what was recorded since is summed up then, or it would lie there until somebody asks for the page.
    pub(crate) fn job(&self, job: &'static str, how: &'static str) {
        self.handle.run_upkeep();
        let labels = vec![Label::from_static_parts("job", job), Label::from_static_parts("ended", how)];
        self.recorder
            .register_counter(&Key::from_parts("hjemmel_job_runs_total", labels), &METADATA)
            .increment(1);
    }

    /// A number as it stands.
    pub fn gauge(&self, name: &'static str, value: f64) {
        self.recorder.register_gauge(&Key::from_static_name(name), &METADATA).set(value);
    }

    /// The page that a scraper reads.
    pub(crate) fn page(&self) -> String {
        self.handle.run_upkeep();
        self.handle.render()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    #[cfg(target_os = "linux")]
    fn what_nobody_asks_for_does_not_pile_up() {
        let resident = || {
            let pages = std::fs::read_to_string("/proc/self/statm").unwrap();
            pages.split(' ').nth(1).unwrap().parse::<usize>().unwrap() * 4_096
        };
        let metrics = Metrics::default();
        let minute = || {
            (0..20_000).for_each(|_| metrics.request("pages", 200, 0.01));
            metrics.job("sweep", "well");
        };
        minute();
        // Other tests of this process may take memory meanwhile, but not each time.
        let grows = (0..8).map(|_| {
            let before = resident();
            (0..20).for_each(|_| minute());
            resident().saturating_sub(before)
        });
        let grown: Vec<usize> = grows.take_while(|grown| *grown >= 4 * 1_024 * 1_024).collect();
        assert!(grown.len() < 8, "{grown:?} bytes of 400,000 answers each");
        let told = 20_000 + 400_000 * (grown.len() + 1);
        assert!(
            metrics.page().contains(&format!("hjemmel_request_seconds_count{{surface=\"pages\"}} {told}"))
        );
    }
}
