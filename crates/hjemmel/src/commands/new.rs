//! `hjemmel new`: a small corpus for a controller that nobody has heard of, from a few plain questions.

mod asked;
mod files;

use std::fs::OpenOptions;
use std::io::{BufRead, IsTerminal, Write};
use std::path::{Path, PathBuf};

use notice::Severity;

use crate::answer::{Answer, Failure};
use crate::corpus;
use crate::terminal::Terminal;
use asked::{Asked, Keeper};

/// Write a first notice with one register, to go on from
///
/// Asks a few questions; what is given as an option is not asked. Without a terminal, or with --yes, what is not given takes its default. Writes files with comments for somebody who has never seen one, and nothing over what is there.
#[derive(Debug, clap::Args)]
#[command(after_help = EXAMPLE)]
pub(crate) struct Arguments {
    /// Folder to write, which must be empty or not be there yet
    #[arg(default_value = "notices")]
    folder: PathBuf,
    /// Who is responsible for the data: the name of the organisation
    #[arg(long, value_name = "NAME")]
    controller: Option<String>,
    /// The name of the organisation in English; without it the same
    #[arg(long, value_name = "NAME")]
    controller_en: Option<String>,
    /// What the organisation is; it decides the legal basis that is proposed
    #[arg(long, value_enum)]
    kind: Option<Keeper>,
    /// Where people write to the organisation: an address by function, no person's name
    #[arg(long, value_name = "ADDRESS")]
    contact: Option<String>,
    /// What the notice is called, in Danish
    #[arg(long, value_name = "TITLE")]
    name: Option<String>,
    /// What the notice is called, in English
    #[arg(long, value_name = "TITLE")]
    name_en: Option<String>,
    /// What the register is called, in Danish, such as `Medlemmer`
    #[arg(long, value_name = "TITLE")]
    register: Option<String>,
    /// What the register is called, in English, such as `Members`; its name in the files follows from it
    #[arg(long, value_name = "TITLE")]
    register_en: Option<String>,
    /// Whom an entry is about, in Danish, such as `Medlem`
    #[arg(long, value_name = "WORD")]
    about: Option<String>,
    /// Whom an entry is about, in English, such as `Member`
    #[arg(long, value_name = "WORD")]
    about_en: Option<String>,
    /// How long an entry is kept after it is over, such as `P1Y`, `P6M` or `P30D`
    #[arg(long, value_name = "DURATION")]
    keep: Option<String>,
    /// Ask nothing: take the default of what is not given
    #[arg(long, short)]
    yes: bool,
}

const EXAMPLE: &str = "\
Example:
  hjemmel new notices --yes --controller \"Aarhus Svømmeklub\" --contact formand@klub.example --register Medlemmer --register-en Members";

pub(crate) fn run(arguments: &Arguments, terminal: &Terminal) -> Result<Answer, Failure> {
    free(&arguments.folder)?;
    let mut input = std::io::stdin().lock();
    let somebody = !arguments.yes && input.is_terminal();
    let asked = Asked::of(arguments, terminal, somebody.then_some(&mut input as &mut dyn BufRead))?;
    let files: Vec<_> = std::iter::once(files::schema(&asked)).chain(files::of(&asked)).collect();
    let found = notice::compile(&files, corpus::today()).diagnostics;
    let errors = found.iter().filter(|it| it.severity == Severity::Error).count();
    if errors > 0 {
        // Every answer was checked before; what is left is something that a name of theirs runs into.
        let first = found.iter().find(|it| it.severity == Severity::Error);
        return Err(Failure::cannot(
            format!("these answers make no notice: {}", first.map_or("", |it| it.sentence.en.as_str())),
            "choose other names; nothing was written",
        ));
    }
    std::fs::create_dir_all(&arguments.folder).map_err(|problem| not_written(&arguments.folder, &problem))?;
    let folder = arguments.folder.display();
    for file in &files {
        write(&arguments.folder.join(&file.path), &file.text)?;
        terminal.line(&format!("{folder}/{}", file.path));
    }
    terminal.line(&format!("{} files, 0 errors, {} warnings", files.len(), found.len()));
    let notice = files.last().map_or("", |file| &file.path);
    terminal.line(&format!("next: read {folder}/{notice}, change it, and run"));
    terminal.line(&format!("  hjemmel check {folder}"));
    terminal.line(&format!("  hjemmel show notice {} --notices {folder} --lang en", asked.notice));
    terminal.line(&format!("  hjemmel try {folder}"));
    Ok(Answer::Yes)
}

/// A folder in which nothing stands yet.
fn free(folder: &Path) -> Result<(), Failure> {
    match std::fs::read_dir(folder) {
        Ok(mut entries) => match entries.next() {
            None => Ok(()),
            Some(_) => Err(Failure::usage(
                format!("`{}` is not empty", folder.display()),
                "name a folder that is not there yet; nothing is ever written over",
            )),
        },
        Err(problem) if problem.kind() == std::io::ErrorKind::NotFound => Ok(()),
        Err(problem) if problem.kind() == std::io::ErrorKind::NotADirectory => Err(Failure::usage(
            format!("`{}` is a file", folder.display()),
            "name a folder that is not there yet; nothing is ever written over",
        )),
        Err(problem) => Err(not_written(folder, &problem)),
    }
}

fn write(path: &Path, text: &str) -> Result<(), Failure> {
    let file = OpenOptions::new().write(true).create_new(true).open(path);
    file.and_then(|mut file| file.write_all(text.as_bytes())).map_err(|problem| not_written(path, &problem))
}

fn not_written(path: &Path, problem: &std::io::Error) -> Failure {
    Failure::cannot(
        format!("`{}` cannot be written: {problem}", path.display()),
        "name another folder, or make room for it",
    )
}
