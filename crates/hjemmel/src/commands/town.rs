//! `hjemmel town`: a town with and without the app, in a table and a picture.

use std::io::{IsTerminal, Read, Write};
use std::path::{Path, PathBuf};
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};

use indicatif::{ProgressBar, ProgressStyle};
use notice::Lang;
use tempfile::NamedTempFile;

use crate::answer::{Answer, Failure};
use crate::terminal::Terminal;
use crate::town::{Asked, MADE_BY, NotLived, live_through};

/// Live through a town with and without the app
///
/// People, homes, work, schools, phones and infection, day by day, once for each rate of adoption. The same seed gives the same town. It shows how the parts work together; it is no forecast.
#[derive(Debug, clap::Args)]
pub(crate) struct Arguments {
    /// How many people
    #[arg(long, default_value_t = 2_000, value_parser = clap::value_parser!(u64).range(50..=20_000))]
    people: u64,
    /// How many days
    #[arg(long, default_value_t = 60, value_parser = clap::value_parser!(u32).range(2..=365))]
    days: u32,
    /// Seed
    #[arg(long, default_value_t = 1)]
    seed: u64,
    /// How many of a hundred have the app, one town for each
    #[arg(long, value_name = "SHARE", value_delimiter = ',', default_values_t = [0_u8, 20, 40, 60], value_parser = clap::value_parser!(u8).range(0..=100))]
    adoption: Vec<u8>,
    /// File of the picture; one that this command made is replaced
    #[arg(long, value_name = "FILE", default_value = "town.svg")]
    picture: PathBuf,
    /// Language of the picture
    #[arg(long, value_parser = ["da", "en"], default_value = "en")]
    lang: String,
}

pub(crate) fn run(arguments: &Arguments, terminal: &Terminal) -> Result<Answer, Failure> {
    let mut adoptions = arguments.adoption.clone();
    adoptions.sort_unstable();
    adoptions.dedup();
    let asked = Asked {
        people: usize::try_from(arguments.people).unwrap_or(usize::MAX),
        days: arguments.days,
        seed: arguments.seed,
        adoptions,
    };
    // Before the town begins: whoever waited minutes for a picture shall not hear then that it has no place.
    let place = place_of(&arguments.picture)?;
    let stop = Arc::new(AtomicBool::new(false));
    hear(stop.clone())?;
    let mut progress = Progress::of(terminal, asked.adoptions.len(), asked.days);
    let lived = live_through(&asked, &stop, &mut || progress.day());
    progress.ends();
    let lived = lived.map_err(|problem| {
        let help = match &problem {
            NotLived::Stopped => "nothing was written; begin again when there is time",
            NotLived::Failed(_) => "try another seed, and report this one",
        };
        Failure::cannot(problem.to_string(), help)
    })?;
    let lang = Lang::from_tag(&arguments.lang).unwrap_or(Lang::En);
    hang(place, &arguments.picture, &lived.svg(lang))?;
    terminal.line(lived.table().trim_end());
    terminal.line(&format!("\n{}", lived.counted().trim_end()));
    terminal.line(&format!("\nthe picture: {}", arguments.picture.display()));
    Ok(Answer::Yes)
}

/// A file beside the picture that takes its place when it is whole.
fn place_of(picture: &Path) -> Result<NamedTempFile, Failure> {
    if !is_free(picture) {
        return Err(Failure::cannot(
            format!("`{}` is there and is no picture of a town", picture.display()),
            "name another file with --picture, or move it away",
        ));
    }
    let folder = match picture.parent() {
        Some(folder) if !folder.as_os_str().is_empty() => folder,
        Some(_) | None => Path::new("."),
    };
    if !folder.is_dir() {
        return Err(Failure::cannot(
            format!("there is no folder `{}` for the picture", folder.display()),
            "make it, or name another file with --picture",
        ));
    }
    let mut begun = tempfile::Builder::new();
    begun.prefix(".town-").suffix(".part");
    #[cfg(unix)]
    begun.permissions(std::os::unix::fs::PermissionsExt::from_mode(0o666));
    begun.tempfile_in(folder).map_err(|problem| unwritable(picture, &problem))
}

/// Whether nothing is lost where the picture comes.
fn is_free(picture: &Path) -> bool {
    let mut head = Vec::new();
    match std::fs::File::open(picture) {
        Err(problem) => problem.kind() == std::io::ErrorKind::NotFound,
        Ok(file) => {
            let read = file.take(400).read_to_end(&mut head);
            read.is_ok() && String::from_utf8_lossy(&head).contains(MADE_BY)
        }
    }
}

fn hang(mut place: NamedTempFile, picture: &Path, drawn: &str) -> Result<(), Failure> {
    let written = place.write_all(drawn.as_bytes()).and_then(|()| place.as_file().sync_all());
    let hung = written.and_then(|()| place.persist(picture).map_err(|problem| problem.error));
    hung.map(drop).map_err(|problem| unwritable(picture, &problem))
}

fn unwritable(picture: &Path, problem: &std::io::Error) -> Failure {
    Failure::cannot(
        format!("`{}` cannot be written: {problem}", picture.display()),
        "name another file with --picture",
    )
}

/// Hears when somebody wants it to stop. The town then ends within its hour, and takes its files with it.
fn hear(stop: Arc<AtomicBool>) -> Result<(), Failure> {
    let heard = |problem: std::io::Error| {
        Failure::cannot(format!("signals cannot be heard: {problem}"), "see the limits of this user")
    };
    let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build().map_err(heard)?;
    let signal = {
        let _inside = runtime.enter();
        super::serving::stop_signal().map_err(heard)?
    };
    let listens = std::thread::Builder::new().name("stop".to_owned()).spawn(move || {
        runtime.block_on(signal);
        stop.store(true, Ordering::Relaxed);
    });
    listens.map(drop).map_err(heard)
}

/// How many days are lived: a bar on a terminal, a line at each quarter elsewhere.
struct Progress<'a> {
    terminal: &'a Terminal,
    bar: Option<ProgressBar>,
    days: usize,
    lived: usize,
}

impl<'a> Progress<'a> {
    fn of(terminal: &'a Terminal, towns: usize, days: u32) -> Self {
        let days = towns * usize::try_from(days).unwrap_or(usize::MAX);
        let bar = std::io::stderr().is_terminal().then(|| {
            let bar = ProgressBar::new(u64::try_from(days).unwrap_or(u64::MAX));
            let style = "{msg} {bar:30} {pos:>4}/{len} {elapsed}, {eta} to go";
            if let Ok(style) = ProgressStyle::with_template(style) {
                bar.set_style(style);
            }
            bar.set_message("days lived");
            bar
        });
        Self { terminal, bar, days, lived: 0 }
    }

    fn day(&mut self) {
        self.lived += 1;
        if let Some(bar) = &self.bar {
            bar.inc(1);
        } else if self.lived * 4 / self.days.max(1) > (self.lived - 1) * 4 / self.days.max(1) {
            self.terminal.error_line(&format!("{} of {} days lived", self.lived, self.days));
        }
    }

    fn ends(&self) {
        if let Some(bar) = &self.bar {
            bar.finish_and_clear();
        }
    }
}
