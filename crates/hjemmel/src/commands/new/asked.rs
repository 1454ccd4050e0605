//! What has to be known for a first notice: given as options, asked at a terminal, or taken by default.

use std::cell::RefCell;
use std::io::{BufRead, Write};

use notice::clock::Duration;

use super::Arguments;
use crate::answer::Failure;
use crate::terminal::Terminal;

/// What an organisation is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, clap::ValueEnum)]
pub(crate) enum Keeper {
    /// A club, a society, a foundation.
    Association,
    /// A firm.
    Company,
    /// A public authority.
    Authority,
}

impl Keeper {
    const ALL: [(&'static str, Self); 3] =
        [("association", Self::Association), ("company", Self::Company), ("authority", Self::Authority)];
}

/// A text in both languages.
#[derive(Clone, Debug)]
pub(super) struct Both {
    pub(super) da: String,
    pub(super) en: String,
}

/// Everything that the files are made from. Every text is one line.
#[derive(Clone, Debug)]
pub(super) struct Asked {
    /// Id of the controller.
    pub(super) party: String,
    pub(super) controller: Both,
    pub(super) kind: Keeper,
    pub(super) contact: String,
    /// Id of the notice.
    pub(super) notice: String,
    pub(super) name: Both,
    /// Id of the register.
    pub(super) register: String,
    pub(super) title: Both,
    /// Id of the role that an entry is about.
    pub(super) person: String,
    pub(super) about: Both,
    pub(super) keep: Duration,
}

/// Longest answer in characters.
const ANSWER_MAX: usize = 200;
/// Names in the files that an answer may not take.
const TAKEN: [&str; 6] = ["log", "secretary", "system", "all", "request", "subject"];

impl Asked {
    /// What options say, else answers, else defaults; without answers nobody is asked.
    pub(super) fn of<'a>(
        arguments: &Arguments,
        terminal: &'a Terminal,
        answers: Option<&'a mut dyn BufRead>,
    ) -> Result<Self, Failure> {
        let asks = Asks { terminal, answers: answers.map(RefCell::new) };
        let controller = asks.text(
            Question {
                option: "controller",
                words: "Who is responsible for the data (name of the organisation)",
                otherwise: None,
            },
            arguments.controller.as_deref(),
        )?;
        let controller = asks.both(
            controller,
            "controller-en",
            "Its name in English",
            arguments.controller_en.as_deref(),
        )?;
        let kind = asks.kind(arguments.kind)?;
        let contact = asks.text(
            Question {
                option: "contact",
                words: "Where people write to it (an address by function, no person's name)",
                otherwise: None,
            },
            arguments.contact.as_deref(),
        )?;
        let register = asks.pair(
            ("register", "What you keep a list of, in Danish", "Medlemmer"),
            ("register-en", "And in English", "Members"),
            (arguments.register.as_deref(), arguments.register_en.as_deref()),
        )?;
        let about = asks.pair(
            ("about", "Whom one line of the list is about, in Danish", "Medlem"),
            ("about-en", "And in English", "Member"),
            (arguments.about.as_deref(), arguments.about_en.as_deref()),
        )?;
        let name = asks.pair(
            (
                "name",
                "What the notice is called, in Danish",
                &format!("{} hos {}", register.da, controller.da),
            ),
            ("name-en", "And in English", &format!("{} of {}", register.en, controller.en)),
            (arguments.name.as_deref(), arguments.name_en.as_deref()),
        )?;
        let keep = asks.keep(arguments.keep.as_deref())?;
        let party = id(&controller.en, "organisation");
        let notice = id(&register.en, "list");
        let person = id(&about.en, "person");
        let register_name = id(&about.en, "entry");
        Ok(Self {
            party,
            controller,
            kind,
            contact,
            register: register_name,
            notice,
            name,
            title: register,
            person,
            about,
            keep,
        })
    }
}

/// A question with what is taken where nothing is answered.
struct Question<'a> {
    option: &'a str,
    words: &'a str,
    otherwise: Option<&'a str>,
}

struct Asks<'a> {
    terminal: &'a Terminal,
    /// Lines of somebody who is there to be asked.
    answers: Option<RefCell<&'a mut dyn BufRead>>,
}

impl Asks<'_> {
    /// Whether nobody is there.
    const fn is_alone(&self) -> bool {
        self.answers.is_none()
    }

    /// The text of an option, else of an answer, else its default.
    fn text(&self, question: Question<'_>, given: Option<&str>) -> Result<String, Failure> {
        if let Some(given) = given {
            return good(given).map_err(|why| {
                Failure::usage(format!("`--{}` {why}", question.option), "give a short text in one line")
            });
        }
        if self.is_alone() {
            return question.otherwise.map(str::to_owned).ok_or_else(|| {
                Failure::usage(
                    format!("`--{}` is not given, and there is nobody to ask", question.option),
                    format!("give it: {}", question.words),
                )
            });
        }
        loop {
            let shown = question.otherwise.map_or(String::new(), |text| format!(" [{text}]"));
            let answer = self.answer(&format!("{}{shown}: ", question.words))?;
            match (answer.trim(), question.otherwise) {
                ("", Some(text)) => return Ok(text.to_owned()),
                (text, _) => match good(text) {
                    Ok(text) => return Ok(text),
                    Err(why) => self.terminal.error_line(&format!("the answer {why}")),
                },
            }
        }
    }

    /// A text that is the same in English unless somebody says otherwise.
    fn both(&self, da: String, option: &str, words: &str, given: Option<&str>) -> Result<Both, Failure> {
        let en = self.text(Question { option, words, otherwise: Some(&da) }, given)?;
        Ok(Both { da, en })
    }

    /// Two texts, each with an option, words and a default.
    fn pair(
        &self,
        da: (&str, &str, &str),
        en: (&str, &str, &str),
        given: (Option<&str>, Option<&str>),
    ) -> Result<Both, Failure> {
        let danish = self.text(Question { option: da.0, words: da.1, otherwise: Some(da.2) }, given.0)?;
        // Somebody who calls it otherwise in Danish does not mean our English.
        let otherwise = if danish == da.2 { en.2 } else { &danish };
        let english =
            self.text(Question { option: en.0, words: en.1, otherwise: Some(otherwise) }, given.1)?;
        Ok(Both { da: danish, en: english })
    }

    fn kind(&self, given: Option<Keeper>) -> Result<Keeper, Failure> {
        if let Some(kind) = given {
            return Ok(kind);
        }
        if self.is_alone() {
            return Ok(Keeper::Association);
        }
        loop {
            let answer = self.answer("Is it an association, a company or an authority [association]: ")?;
            let word = answer.trim().to_lowercase();
            if word.is_empty() {
                return Ok(Keeper::Association);
            }
            match Keeper::ALL.iter().find(|(name, _)| name.starts_with(&word)) {
                Some((_, kind)) => return Ok(*kind),
                None => self.terminal.error_line("answer `association`, `company` or `authority`"),
            }
        }
    }

    fn keep(&self, given: Option<&str>) -> Result<Duration, Failure> {
        let question = || Question {
            option: "keep",
            words: "How long a line is kept after it is over (P1Y a year, P6M six months, P30D thirty days)",
            otherwise: Some("P1Y"),
        };
        loop {
            let text = self.text(question(), given)?;
            match text.parse::<Duration>() {
                Ok(keep) if keep.days_at_most() > 0 => return Ok(keep),
                Ok(_) | Err(_) if given.is_none() && !self.is_alone() => {
                    self.terminal.error_line(&format!("`{text}` is no such period"));
                }
                Ok(_) | Err(_) => {
                    return Err(Failure::usage(
                        format!("`--keep {text}` is not a period"),
                        "write `P1Y` for a year, `P6M` for six months, `P30D` for thirty days",
                    ));
                }
            }
        }
    }

    /// A line from the terminal.
    fn answer(&self, question: &str) -> Result<String, Failure> {
        let gone =
            || Failure::usage("the questions were not answered", "nothing was written; give options instead");
        // Questions stand beside what the command prints, so that its output stays its own.
        let mut error = std::io::stderr().lock();
        let _ = error.write_all(question.as_bytes()).and_then(|()| error.flush());
        let mut line = String::new();
        let answers = self.answers.as_ref().ok_or_else(gone)?;
        match answers.borrow_mut().read_line(&mut line) {
            Ok(0) | Err(_) => Err(gone()),
            Ok(_) => Ok(line),
        }
    }
}

/// A text that may stand in a notice; else what is wrong with it.
fn good(text: &str) -> Result<String, &'static str> {
    let text = text.trim();
    if text.is_empty() {
        return Err("is empty");
    }
    if text.chars().count() > ANSWER_MAX {
        return Err("is too long");
    }
    if text.chars().any(char::is_control) {
        return Err("holds a sign that cannot be seen");
    }
    Ok(text.to_owned())
}

/// The name in the files: small letters, digits and hyphens.
fn id(text: &str, otherwise: &str) -> String {
    const LONGEST: usize = 40;
    let mut id = String::new();
    for sign in text.to_lowercase().chars() {
        match sign {
            'a'..='z' | '0'..='9' => id.push(sign),
            'æ' => id.push_str("ae"),
            'ø' | 'ö' => id.push_str("oe"),
            'å' => id.push_str("aa"),
            'ä' => id.push_str("ae"),
            'é' | 'è' => id.push('e'),
            'ü' => id.push('u'),
            _between if !id.is_empty() && !id.ends_with('-') => id.push('-'),
            _between => {}
        }
    }
    let id: String =
        id.trim_start_matches(|sign: char| !sign.is_ascii_lowercase()).chars().take(LONGEST).collect();
    let id = id.trim_end_matches('-');
    if id.is_empty() || TAKEN.contains(&id) { otherwise.to_owned() } else { id.to_owned() }
}

#[cfg(test)]
mod tests {
    use clap::Parser;

    use super::*;

    #[derive(Parser)]
    struct Line {
        #[command(flatten)]
        arguments: Arguments,
    }

    fn asked(options: &[&str], answers: &str) -> Result<Asked, Failure> {
        let line = Line::try_parse_from([&["new"], options].concat()).unwrap();
        Asked::of(&line.arguments, &Terminal::of_process(), Some(&mut answers.as_bytes()))
    }

    #[test]
    fn answers_are_taken_one_by_one_and_an_empty_one_is_the_default() {
        let found = asked(&[], "Klubben\n\n\nskriv@klub.example\n\n\n\n\n\n\n\n").unwrap();
        assert_eq!((found.controller.da.as_str(), found.controller.en.as_str()), ("Klubben", "Klubben"));
        assert_eq!((found.title.da.as_str(), found.title.en.as_str()), ("Medlemmer", "Members"));
        assert_eq!((found.notice.as_str(), found.register.as_str()), ("members", "member"));
        assert_eq!(found.name.en, "Members of Klubben");
        assert_eq!((found.kind, found.keep.to_string().as_str()), (Keeper::Association, "P1Y"));
    }

    #[test]
    fn an_answer_that_does_not_do_is_asked_for_again() {
        let answers = "\nKlub\u{7}ben\nKlubben\n\nmuseum\nauth\npost@by.example\nLånere\nBorrowers\nLåner\n\
                       Borrower\n\n\nfor ever\nP6M\n";
        let found = asked(&[], answers).unwrap();
        assert_eq!((found.controller.da.as_str(), found.kind), ("Klubben", Keeper::Authority));
        assert_eq!((found.register.as_str(), found.keep.to_string().as_str()), ("borrower", "P6M"));
    }

    #[test]
    fn what_is_given_as_an_option_is_not_asked() {
        let options = [
            "--controller",
            "A",
            "--controller-en",
            "B",
            "--kind",
            "company",
            "--contact",
            "c",
            "--keep",
            "P2Y",
        ];
        let found = asked(&options, "\n\n\n\n\n\n").unwrap();
        assert_eq!((found.controller.en.as_str(), found.kind), ("B", Keeper::Company));
    }

    #[test]
    fn somebody_who_goes_away_while_being_asked_leaves_nothing() {
        assert!(matches!(asked(&[], "Klubben\n"), Err(Failure::Use(_))));
    }

    #[test]
    fn a_name_in_the_files_follows_from_a_title() {
        for (title, name) in [
            ("Members", "members"),
            ("Aarhus Svømmeklub af 1923", "aarhus-svoemmeklub-af-1923"),
            ("Børn & unge!", "boern-unge"),
            ("  ", "other"),
            ("1. hold", "hold"),
            ("Log", "other"),
            ("你好", "other"),
        ] {
            assert_eq!(id(title, "other"), name, "{title}");
        }
        assert!(id(&"x".repeat(300), "other").len() <= 40);
    }

    #[test]
    fn what_would_break_a_file_is_refused() {
        for text in ["Klubben «Æ»", "Klub \"Æ\"", "a\\b"] {
            assert!(good(text).is_ok(), "{text:?}");
        }
        for text in ["", "  ", "a\nb", "a\u{7}b"] {
            assert!(good(text).is_err(), "{text:?}");
        }
    }
}
