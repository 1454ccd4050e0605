//! A rule written back in one way, so that two rules are equal when their lines are.

use std::fmt::{self, Display, Formatter};

use super::{Arg, Cond, Need, Only, Pick, Plus, Rule, Stage, When};

impl Display for Rule {
    fn fmt(&self, f: &mut Formatter<'_>) -> fmt::Result {
        list(f, &self.stages, " then ")
    }
}

impl Display for Stage {
    fn fmt(&self, f: &mut Formatter<'_>) -> fmt::Result {
        f.write_str(self.verb.word())?;
        if let Some(target) = &self.target {
            write!(f, " to {target}")?;
        }
        write!(f, " {} {}", self.mode.word(), self.when)?;
        if let Some(Only { cond, otherwise }) = &self.only {
            write!(f, " if {cond}")?;
            if let Some(stage) = otherwise {
                write!(f, " else {stage}")?;
            }
        }
        if let Some(cond) = &self.unless {
            write!(f, " unless {cond}")?;
        }
        Ok(())
    }
}

impl Display for When {
    fn fmt(&self, f: &mut Formatter<'_>) -> fmt::Result {
        match self {
            Self::Earliest(all) => bracketed(f, "earliest", all),
            Self::Latest(args) => bracketed(f, "latest", args),
            Self::Inherit(source) => write!(f, "inherit({source})"),
            Self::After { pick, event, plus } => {
                f.write_str(match pick {
                    Pick::Unsaid => "",
                    Pick::First => "first ",
                    Pick::Last => "last ",
                })?;
                f.write_str(event)?;
                match plus {
                    Some(Plus::Duration(duration)) => write!(f, " + {duration}"),
                    Some(Plus::Quantity(name)) => write!(f, " + {name}"),
                    None => Ok(()),
                }
            }
        }
    }
}

impl Display for Arg {
    fn fmt(&self, f: &mut Formatter<'_>) -> fmt::Result {
        f.write_str(match self.need {
            Need::Must => "",
            Need::Opt => "opt ",
        })?;
        self.when.fmt(f)
    }
}

impl Display for Cond {
    fn fmt(&self, f: &mut Formatter<'_>) -> fmt::Result {
        match self {
            Self::Any(all) => joined(f, all, " or "),
            Self::All(all) => joined(f, all, " and "),
            Self::Not(inner) => {
                f.write_str("not ")?;
                inner.part(f)
            }
            Self::Flag(name) => write!(f, "flag {name}"),
            Self::Happened(event) => write!(f, "happened {event}"),
            Self::Within(event, duration) => write!(f, "{event} within {duration}"),
            Self::Longer(name, duration) => write!(f, "{name} > {duration}"),
        }
    }
}

impl Cond {
    /// In brackets where it is made of several, so that it reads back as it is.
    fn part(&self, f: &mut Formatter<'_>) -> fmt::Result {
        match self {
            Self::Any(_) | Self::All(_) => write!(f, "({self})"),
            Self::Not(_) | Self::Flag(_) | Self::Happened(_) | Self::Within(..) | Self::Longer(..) => {
                write!(f, "{self}")
            }
        }
    }
}

fn joined(f: &mut Formatter<'_>, all: &[Cond], word: &str) -> fmt::Result {
    for (position, cond) in all.iter().enumerate() {
        if position > 0 {
            f.write_str(word)?;
        }
        cond.part(f)?;
    }
    Ok(())
}

fn bracketed(f: &mut Formatter<'_>, word: &str, items: &[impl Display]) -> fmt::Result {
    write!(f, "{word}(")?;
    list(f, items, ", ")?;
    f.write_str(")")
}

fn list(f: &mut Formatter<'_>, items: &[impl Display], between: &str) -> fmt::Result {
    for (position, item) in items.iter().enumerate() {
        if position > 0 {
            f.write_str(between)?;
        }
        item.fmt(f)?;
    }
    Ok(())
}
