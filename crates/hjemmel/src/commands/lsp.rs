//! `hjemmel lsp`: a language server for notices over standard input and output.
//!
//! Invariant: nothing that an editor sends ends the server but the end of the input or `exit`.

mod answers;
mod corpora;
mod position;
mod session;
mod transport;

use std::io::BufReader;
use std::path::PathBuf;
use std::sync::mpsc::{RecvTimeoutError, channel};
use std::time::Duration;

use notice::Lang;

use crate::answer::{Answer, Failure};
use crate::corpus;
use crate::terminal::Terminal;
use session::{Flow, Session};
use transport::Incoming;

/// Serve an editor that notices are written in
///
/// Speaks the Language Server Protocol over standard input and output: findings of the whole corpus as one types, what a place means, where a name is declared and used, completion, outline. The book says how to set up an editor.
#[derive(Debug, clap::Args)]
pub(crate) struct Arguments {
    /// Folder of the notices; without it the folder `notices` around a file, else a file's own folder if there is a notice in it
    #[arg(long, value_name = "DIR")]
    notices: Option<PathBuf>,
    /// Language of what is told; without it the editor's
    #[arg(long, value_parser = ["da", "en"])]
    lang: Option<String>,
    /// Taken for editors that name the way of speaking; it is always this one
    #[arg(long, hide = true)]
    stdio: bool,
}

/// How long the hand must rest before findings are told.
const REST: Duration = Duration::from_millis(30);

pub(crate) fn run(arguments: &Arguments, _: &Terminal) -> Result<Answer, Failure> {
    let (tell, told) = channel();
    let reader = std::thread::Builder::new().name("editor".to_owned()).spawn(move || {
        let mut input = BufReader::new(std::io::stdin().lock());
        // The end of the input, or input that cannot be read: the editor went away.
        while let Ok(Some(incoming)) = transport::read(&mut input) {
            if tell.send(incoming).is_err() {
                return;
            }
        }
    });
    if let Err(problem) = reader {
        return Err(Failure::cannot(
            format!("the server cannot start: {problem}"),
            "see the limits of this user",
        ));
    }
    let lang = arguments.lang.as_deref().and_then(Lang::from_tag);
    let mut session = Session::new(arguments.notices.clone(), lang, corpus::today);
    let mut output = std::io::stdout().lock();
    loop {
        let incoming = match told.recv_timeout(REST) {
            Ok(incoming) => Some(incoming),
            Err(RecvTimeoutError::Timeout) if session.has_untold() => None,
            Err(RecvTimeoutError::Timeout) => match told.recv() {
                Ok(incoming) => Some(incoming),
                Err(_) => return Ok(Answer::No),
            },
            Err(RecvTimeoutError::Disconnected) => return Ok(Answer::No),
        };
        let (messages, flow) = match incoming {
            Some(Incoming::Message(message)) => session.take(&message),
            Some(Incoming::Malformed(why)) => (vec![session::malformed(&why)], Flow::GoesOn),
            None => (session.findings(), Flow::GoesOn),
        };
        for message in &messages {
            // An editor that went away is found out by the end of the input.
            let _ = transport::write(&mut output, message);
        }
        match flow {
            Flow::GoesOn => {}
            Flow::Ends(answer) => return Ok(answer),
        }
    }
}
