//! How far the country has grown: bars on a terminal, plain lines elsewhere.

use std::io::IsTerminal;

use indicatif::{ProgressBar, ProgressStyle};

use crate::demo::Told;
use crate::terminal::Terminal;

/// Shows how far it is.
#[derive(Debug)]
pub(super) struct Progress<'a> {
    terminal: &'a Terminal,
    bar: Option<ProgressBar>,
    bars: bool,
    step: (&'static str, usize),
}

impl<'a> Progress<'a> {
    pub(super) fn of(terminal: &'a Terminal) -> Self {
        Self { terminal, bar: None, bars: std::io::stderr().is_terminal(), step: ("", 0) }
    }

    /// Takes what the growth tells.
    pub(super) fn tell(&mut self, told: Told) {
        match told {
            Told::Begins(step, many) => self.begins(step, many),
            Told::Done(more) => {
                if let Some(bar) = &self.bar {
                    bar.inc(u64::try_from(more).unwrap_or(0));
                }
            }
            Told::Ends => self.ends(),
        }
    }

    fn begins(&mut self, step: &'static str, many: usize) {
        self.step = (step, many);
        if !self.bars {
            return;
        }
        let style = ProgressStyle::with_template("{msg:<14} {bar:30} {pos:>7}/{len} {elapsed}");
        let bar = ProgressBar::new(u64::try_from(many).unwrap_or(u64::MAX));
        if let Ok(style) = style {
            bar.set_style(style);
        }
        bar.set_message(step);
        self.bar = Some(bar);
    }

    fn ends(&mut self) {
        match self.bar.take() {
            Some(bar) => bar.finish(),
            None => self.terminal.error_line(&format!("{}: {}", self.step.0, self.step.1)),
        }
    }
}
