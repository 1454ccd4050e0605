//! Pages of the book that say *write this, run that, read this*: done as they stand, in an empty folder.
//!
//! `sh` blocks are run line by line, a `text` block behind one is what was said: its lines stand there in this order, and
//! `…` is anything. A `diff` block names a file and changes it. A `toml` block is put at the end of the file that the
//! paragraph before it names; `toml,ignore` is only read. A `sh,serve` block is a server that runs until the end of the
//! page; behind it, lines of a list that begin with *Open*, *Press*, *Write* and *Read* are done in a browser.

use std::fs;
use std::path::Path;
use std::process::Command;

use crate::browser::{Browser, Server};
use crate::run::{root, said};

/// A block of code with the paragraph before it.
struct Block {
    kind: String,
    text: String,
    before: String,
}

/// The blocks, and what stands behind the last.
fn blocks(page: &str) -> (Vec<Block>, String) {
    let mut found = Vec::new();
    let mut before = String::new();
    let mut lines = page.lines();
    while let Some(line) = lines.next() {
        match line.strip_prefix("```") {
            Some(kind) => {
                let text: String = lines
                    .by_ref()
                    .take_while(|line| *line != "```")
                    .map(|line| format!("{line}\n"))
                    .collect();
                found.push(Block { kind: kind.to_owned(), text, before: std::mem::take(&mut before) });
            }
            None => before.push_str(&format!("{line}\n")),
        }
    }
    (found, before)
}

/// Runs the lines of a block as a shell does; each must end well.
fn run(folder: &Path, text: &str) -> String {
    let program = Path::new(env!("CARGO_BIN_EXE_hjemmel"));
    let mut out = String::new();
    for line in text.lines() {
        let done = said(
            Command::new("sh")
                .args(["-c", line])
                .env_clear()
                .env("PATH", format!("{}:/usr/bin:/bin", program.parent().unwrap().display()))
                .current_dir(folder)
                .output()
                .unwrap(),
        );
        // By the exit code 1 these say *there are errors* and *refused*; the page shows which.
        let answers = ["hjemmel check", "hjemmel explain"].iter().any(|command| line.starts_with(command));
        let good = done.code == 0 || (answers && done.code == 1);
        assert!(good, "{line}: {done:?}");
        assert_eq!(done.err, "", "{line}");
        out.push_str(&done.out);
    }
    out
}

/// Whether a line is as a pattern says, where `…` is anything.
fn is_like(line: &str, pattern: &str) -> bool {
    let Some((first, rest)) = pattern.split_once('…') else { return line == pattern };
    let Some(line) = line.strip_prefix(first) else { return false };
    // A part may stand in several places; the rest decides which one is meant.
    (0..=line.len()).filter(|at| line.is_char_boundary(*at)).any(|at| is_like(&line[at..], rest))
}

#[track_caller]
fn said_as_the_page_says(out: &str, expected: &str, page: &str) {
    let mut lines = out.lines().map(str::trim_end);
    let mut skips = false;
    for pattern in expected.lines() {
        if pattern == "…" {
            skips = true;
            continue;
        }
        let found = if skips {
            lines.by_ref().any(|line| is_like(line, pattern))
        } else {
            lines.next().is_some_and(|line| is_like(line, pattern))
        };
        assert!(found, "{page} says `{pattern}`, and the program says\n{out}");
        skips = false;
    }
    assert!(skips || lines.next().is_none(), "{page}: the program says more than the page:\n{out}");
}

/// Changes a file by a block of lines that go, come and stay.
fn change(folder: &Path, text: &str) {
    let (name, lines) = text.split_once('\n').unwrap();
    let path = folder.join(name.trim());
    let whole = fs::read_to_string(&path).unwrap_or_else(|problem| panic!("{}: {problem}", path.display()));
    let side = |sign: &str| -> Vec<String> {
        let wanted = lines.lines().filter(|line| line.starts_with(sign) || line.starts_with("  "));
        wanted.map(|line| line[2..].to_owned()).collect()
    };
    let (old, new) = (side("- "), side("+ "));
    let there: Vec<&str> = whole.lines().collect();
    let at = there
        .windows(old.len())
        .position(|window| window.iter().map(|line| line.trim_end()).eq(old.iter().map(String::as_str)));
    let at = at.unwrap_or_else(|| panic!("{name} does not hold {old:#?}"));
    let changed = there[..at]
        .iter()
        .map(|line| (*line).to_owned())
        .chain(new)
        .chain(there[at + old.len()..].iter().map(|line| (*line).to_owned()));
    fs::write(&path, changed.map(|line| format!("{line}\n")).collect::<String>()).unwrap();
}

/// Puts a block at the end of the file that the paragraph before it names.
fn append(folder: &Path, block: &Block) {
    let (_, name) = block
        .before
        .rsplit_once("t the end of `")
        .unwrap_or_else(|| panic!("where does this go? {}", block.text));
    let path = folder.join(name.split('`').next().unwrap());
    let whole = fs::read_to_string(&path).unwrap();
    fs::write(&path, format!("{whole}\n{}", block.text)).unwrap();
}

fn done_as_it_stands(page: &str) {
    let folder = tempfile::tempdir().unwrap();
    let text = fs::read_to_string(root().join("docs/book").join(page)).unwrap();
    let mut out = None;
    let mut ran = 0;
    let mut visited: Option<(Server, Browser)> = None;
    let (blocks, rest) = blocks(&text);
    for block in blocks {
        if let Some((_, browser)) = &mut visited {
            browser.follow(&block.before, page);
        }
        match block.kind.as_str() {
            "sh,serve" => {
                let (server, first) = Server::start(folder.path(), block.text.trim());
                let browser = Browser::at(server.port);
                visited = Some((server, browser));
                out = Some(first);
                ran += 1;
            }
            "sh" => {
                out = Some(run(folder.path(), &block.text));
                ran += 1;
            }
            "text" => {
                let out =
                    out.take().unwrap_or_else(|| panic!("{page}: nothing was run before {}", block.text));
                said_as_the_page_says(&out, &block.text, page);
            }
            "diff" => change(folder.path(), &block.text),
            "toml" => append(folder.path(), &block),
            "toml,ignore" => {}
            other => panic!("{page}: a block of `{other}` cannot be done"),
        }
    }
    if let Some((_, browser)) = &mut visited {
        browser.follow(&rest, page);
    }
    assert!(ran > 3, "{page}: {ran} blocks were run");
}

#[test]
fn the_sports_club_is_built_as_the_book_says() {
    done_as_it_stands("officer/sports-club.md");
}

#[test]
fn a_period_and_a_recipient_are_changed_as_the_book_says() {
    done_as_it_stands("officer/a-period-and-a-recipient.md");
}

#[test]
fn lines_are_compared_with_what_may_differ() {
    for (line, pattern, expected) in [
        ("abc", "abc", true),
        ("abc", "…", true),
        ("abc", "a…", true),
        ("abc", "…c", true),
        ("abc", "…b…", true),
        ("abc", "a…c", true),
        ("abc", "ab", false),
        ("abc", "b…", false),
        ("abc", "…b", false),
        ("cabc", "…c", true),
    ] {
        assert_eq!(is_like(line, pattern), expected, "{line} {pattern}");
    }
}
