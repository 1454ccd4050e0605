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
    pub(crate) fn job(&self, job: &'static str, how: &'static str) {
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
