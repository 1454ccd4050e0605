//! `hjemmel town`: a town with and without the app, in a table and a picture.

use std::path::PathBuf;

use crate::answer::{Answer, Failure};
use crate::terminal::Terminal;
use crate::town::{Asked, live_through};

/// Live through a town with and without the app
///
/// People, homes, work, schools, phones and infection, day by day, once for each rate of adoption. The same seed gives the same town. It shows how the parts work together; it is no forecast.
#[derive(Debug, clap::Args)]
pub(crate) struct Arguments {
    /// How many people
    #[arg(long, default_value_t = 2_000, value_parser = clap::value_parser!(u64).range(50..=20_000))]
    people: u64,
    /// How many days
    #[arg(long, default_value_t = 60, value_parser = clap::value_parser!(u32).range(1..=365))]
    days: u32,
    /// Seed
    #[arg(long, default_value_t = 1)]
    seed: u64,
    /// How many of a hundred have the app, one town for each
    #[arg(long, value_name = "SHARE", value_delimiter = ',', default_values_t = [0_u8, 20, 40, 60], value_parser = clap::value_parser!(u8).range(0..=100))]
    adoption: Vec<u8>,
    /// File of the picture
    #[arg(long, value_name = "FILE", default_value = "town.svg")]
    picture: PathBuf,
}

pub(crate) fn run(arguments: &Arguments, terminal: &Terminal) -> Result<Answer, Failure> {
    let asked = Asked {
        people: usize::try_from(arguments.people).unwrap_or(usize::MAX),
        days: arguments.days,
        seed: arguments.seed,
        adoptions: arguments.adoption.clone(),
    };
    let lived = live_through(&asked)
        .map_err(|problem| Failure::cannot(format!("the town stopped: {problem}"), "try another seed"))?;
    terminal.line(lived.table().trim_end());
    terminal.line(&format!("\n{}", lived.counted().trim_end()));
    std::fs::write(&arguments.picture, lived.svg()).map_err(|problem| {
        Failure::cannot(
            format!("`{}` cannot be written: {problem}", arguments.picture.display()),
            "name another file with --picture",
        )
    })?;
    terminal.line(&format!("\nthe picture: {}", arguments.picture.display()));
    Ok(Answer::Yes)
}
