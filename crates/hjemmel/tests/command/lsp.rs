//! `hjemmel lsp` through the protocol: the built program, real messages, a corpus in a folder.

use std::fs;
use std::io::{BufRead, BufReader, Read, Write};
use std::path::{Path, PathBuf};
use std::process::{Child, ChildStdin, Stdio};
use std::sync::mpsc::{Receiver, channel};
use std::time::{Duration, Instant};

use serde_json::{Value, json};

use crate::run::{program, root};

/// Long enough for a slow machine that does other things.
const PATIENCE: Duration = Duration::from_secs(60);

/// An editor that talks to the program.
struct Editor {
    child: Child,
    input: Option<ChildStdin>,
    said: Receiver<Value>,
    told: Vec<Value>,
    next: i64,
}

impl Editor {
    fn start(arguments: &[&str]) -> Self {
        let mut child = program()
            .arg("lsp")
            .args(arguments)
            .stdin(Stdio::piped())
            .stdout(Stdio::piped())
            .stderr(Stdio::piped())
            .spawn()
            .unwrap();
        let mut output = BufReader::new(child.stdout.take().unwrap());
        let (tell, said) = channel();
        std::thread::spawn(move || {
            while let Some(message) = message(&mut output) {
                if tell.send(message).is_err() {
                    return;
                }
            }
        });
        let input = child.stdin.take();
        Self { child, input, said, told: Vec::new(), next: 0 }
    }

    /// Started and introduced.
    fn in_language(locale: &str, capabilities: Value) -> Self {
        let mut editor = Self::start(&[]);
        let answer = editor.ask(
            "initialize",
            json!({ "processId": null, "capabilities": capabilities, "locale": locale, "rootUri": null }),
        );
        assert_eq!(answer["result"]["capabilities"]["hoverProvider"], true, "{answer}");
        editor.tell("initialized", json!({}));
        editor
    }

    fn raw(&mut self, bytes: &[u8]) {
        let input = self.input.as_mut().unwrap();
        input.write_all(bytes).unwrap();
        input.flush().unwrap();
    }

    fn send(&mut self, message: &Value) {
        let text = message.to_string();
        self.raw(format!("Content-Length: {}\r\n\r\n{text}", text.len()).as_bytes());
    }

    fn tell(&mut self, method: &str, params: Value) {
        self.send(&json!({ "jsonrpc": "2.0", "method": method, "params": params }));
    }

    fn ask(&mut self, method: &str, params: Value) -> Value {
        self.next += 1;
        let id = self.next;
        self.send(&json!({ "jsonrpc": "2.0", "id": id, "method": method, "params": params }));
        let answer = self.until(|message| message["id"] == id && message.get("method").is_none());
        if answer.get("error").is_none() {
            is_of_the_protocol(method, &answer["result"]);
        }
        answer
    }

    /// The next message of a kind; what is told meanwhile is kept.
    fn until(&mut self, is_it: impl Fn(&Value) -> bool) -> Value {
        if let Some(at) = self.told.iter().position(&is_it) {
            return self.told.remove(at);
        }
        loop {
            let message = self.said.recv_timeout(PATIENCE).expect("the server says nothing");
            assert_eq!(message["jsonrpc"], "2.0");
            if is_it(&message) {
                return message;
            }
            self.told.push(message);
        }
    }

    /// The findings that are told next for a file.
    fn findings(&mut self, file: &str) -> Vec<Value> {
        let message = self.until(|message| {
            message["method"] == "textDocument/publishDiagnostics"
                && message["params"]["uri"].as_str().is_some_and(|uri| uri.ends_with(file))
        });
        is_of_the_protocol("textDocument/publishDiagnostics", &message["params"]);
        message["params"]["diagnostics"].as_array().unwrap().clone()
    }

    fn opens(&mut self, path: &Path, text: &str) {
        let document = json!({ "uri": uri(path), "languageId": "toml", "version": 1, "text": text });
        self.tell("textDocument/didOpen", json!({ "textDocument": document }));
    }

    /// Replaces all of a file.
    fn rewrites(&mut self, path: &Path, version: i32, text: &str) {
        self.changes(path, version, json!([{ "text": text }]));
    }

    fn changes(&mut self, path: &Path, version: i32, changes: Value) {
        let document = json!({ "uri": uri(path), "version": version });
        self.tell("textDocument/didChange", json!({ "textDocument": document, "contentChanges": changes }));
    }

    fn at(&mut self, method: &str, path: &Path, text: &str, before: &str) -> Value {
        let mut params = place(path, text, before);
        if method == "textDocument/references" {
            params["context"] = json!({ "includeDeclaration": true });
        }
        self.ask(method, params)["result"].clone()
    }

    fn ends(mut self) {
        assert!(self.ask("shutdown", Value::Null)["error"].is_null());
        self.tell("exit", Value::Null);
        assert_eq!(self.child.wait().unwrap().code(), Some(0));
        let mut err = String::new();
        self.child.stderr.take().unwrap().read_to_string(&mut err).unwrap();
        assert_eq!(err, "");
    }
}

impl Drop for Editor {
    fn drop(&mut self) {
        self.input = None;
        let _ = self.child.kill();
        let _ = self.child.wait();
    }
}

/// What is answered is what the protocol says, as somebody else has written it down.
fn is_of_the_protocol(method: &str, result: &Value) {
    fn holds<T: serde::de::DeserializeOwned>(method: &str, value: &Value) {
        serde_json::from_value::<T>(value.clone())
            .unwrap_or_else(|problem| panic!("{method}: {problem}: {value:#}"));
    }
    match method {
        "initialize" => holds::<lsp_types::InitializeResult>(method, result),
        "textDocument/hover" => holds::<Option<lsp_types::Hover>>(method, result),
        "textDocument/definition" => holds::<Option<lsp_types::GotoDefinitionResponse>>(method, result),
        "textDocument/references" => holds::<Option<Vec<lsp_types::Location>>>(method, result),
        "textDocument/completion" => holds::<Option<Vec<lsp_types::CompletionItem>>>(method, result),
        "textDocument/documentSymbol" => holds::<Option<Vec<lsp_types::DocumentSymbol>>>(method, result),
        "textDocument/codeAction" => holds::<Option<Vec<lsp_types::CodeAction>>>(method, result),
        "textDocument/publishDiagnostics" => holds::<lsp_types::PublishDiagnosticsParams>(method, result),
        _plain => assert!(result.is_null(), "{method}: {result}"),
    }
}

fn message(output: &mut impl BufRead) -> Option<Value> {
    let mut length = 0;
    loop {
        let mut line = String::new();
        if output.read_line(&mut line).ok()? == 0 {
            return None;
        }
        match line.trim().split_once(": ") {
            Some((_, value)) => length = value.parse().ok()?,
            None => break,
        }
    }
    let mut body = vec![0; length];
    output.read_exact(&mut body).ok()?;
    serde_json::from_slice(&body).ok()
}

fn uri(path: &Path) -> String {
    format!("file://{}", path.display())
}

/// The place right after a part of a text, in units of UTF-16.
fn place(path: &Path, text: &str, before: &str) -> Value {
    let offset = text.find(before).unwrap_or_else(|| panic!("{before}")) + before.len();
    let line = text[..offset].matches('\n').count();
    let column = text[..offset].rsplit('\n').next().unwrap().encode_utf16().count();
    json!({ "textDocument": { "uri": uri(path) }, "position": { "line": line, "character": column } })
}

/// A folder `notices` with the corpus of the fixtures.
fn corpus() -> (tempfile::TempDir, PathBuf) {
    let folder = tempfile::tempdir().unwrap();
    let notices = folder.path().join("notices");
    fs::create_dir(&notices).unwrap();
    for entry in fs::read_dir(root().join("fixtures/notices/base")).unwrap() {
        let path = entry.unwrap().path();
        fs::copy(&path, notices.join(path.file_name().unwrap())).unwrap();
    }
    (folder, notices)
}

#[test]
fn findings_follow_the_text_that_is_not_saved_yet_across_files() {
    let (_folder, notices) = corpus();
    let house = notices.join("house.toml");
    let text = fs::read_to_string(&house).unwrap();
    let mut editor = Editor::in_language("en", json!({}));
    editor.opens(&house, &text);
    assert_eq!(editor.findings("house.toml"), Vec::<Value>::new());

    let broken = text.replace("made + P5Y", "maid + P5Y");
    editor.rewrites(&house, 2, &broken);
    let found = editor.findings("house.toml");
    assert_eq!(
        (found.len(), &found[0]["code"], &found[0]["severity"]),
        (1, &json!("N303"), &json!(1)),
        "{found:?}"
    );
    let line = broken.lines().position(|line| line.contains("maid")).unwrap();
    assert_eq!(found[0]["range"]["start"]["line"], line);
    assert!(found[0]["message"].as_str().unwrap().contains("help: "));

    // Another file takes the blame: the role that the house uses is gone there.
    editor.rewrites(&house, 3, &text);
    assert!(editor.findings("house.toml").is_empty());
    let roles = notices.join("roles.toml");
    let roles_text = fs::read_to_string(&roles).unwrap();
    editor.opens(&roles, &roles_text);
    editor.rewrites(&roles, 2, &roles_text.replace("[role.doctor]", "[role.physician]"));
    let found = editor.findings("house.toml");
    assert!(found.iter().any(|it| it["code"] == "N104"), "{found:?}");
    assert_eq!(fs::read_to_string(&roles).unwrap(), roles_text, "nothing is written");
    editor.ends();
}

#[test]
fn changes_of_a_few_letters_are_counted_as_the_editor_counts() {
    let (_folder, notices) = corpus();
    let house = notices.join("house.toml");
    let text = fs::read_to_string(&house).unwrap().replace("Huset", "Hus😀et æ");
    for capabilities in [json!({}), json!({ "general": { "positionEncodings": ["utf-8", "utf-16"] } })] {
        let bytes = !capabilities["general"].is_null();
        let mut editor = Editor::in_language("en", capabilities);
        editor.opens(&house, &text);
        editor.findings("house.toml");
        // Put in behind signs that are one letter, two units of UTF-16 and four bytes.
        let line = text.lines().position(|line| line.contains('😀')).unwrap();
        let before = text.lines().nth(line).unwrap().split(" æ").next().unwrap();
        let column = if bytes { before.len() } else { before.encode_utf16().count() };
        let at = |character: usize| json!({ "line": line, "character": character });
        editor.changes(&house, 2, json!([{ "range": { "start": at(column), "end": at(column + if bytes { 3 } else { 2 }) }, "text": "\" }\nkeys = 1\nx = { a = \"" }]));
        let found = editor.findings("house.toml");
        let keys: Vec<_> = found.iter().filter(|it| it["code"] == "N010").collect();
        assert!(keys.iter().any(|it| it["message"].as_str().unwrap().contains("`keys`")), "{found:?}");
        editor.ends();
    }
}

#[test]
fn a_place_is_told_in_the_language_of_its_reader() {
    let (_folder, notices) = corpus();
    let house = notices.join("house.toml");
    let text = fs::read_to_string(&house).unwrap();
    for (locale, words) in [
        ("da-DK", ["Slettes 5 år efter, at noten er skrevet", "Sundhedsperson må se og søge i: noter"]),
        (
            "en-GB",
            ["Erased 5 years after the note was written", "Health professional may see and search: notes"],
        ),
    ] {
        let mut editor = Editor::in_language(locale, json!({}));
        editor.opens(&house, &text);
        let hover = editor.at("textDocument/hover", &house, &text, "[register.no");
        let told = hover["contents"]["value"].as_str().unwrap();
        assert!(words.iter().all(|words| told.contains(words)), "{told}");
        assert_eq!(hover["range"]["start"]["character"], 10);
        let nothing = editor.at("textDocument/hover", &house, &text, "language = 1\n");
        assert_eq!(nothing, Value::Null);
        editor.ends();
    }
}

#[test]
fn a_finding_is_told_in_the_language_of_the_editor_and_names_what_was_meant_in_both() {
    let (_folder, notices) = corpus();
    let house = notices.join("house.toml");
    let text = fs::read_to_string(&house).unwrap().replace("made + P5Y", "mide + P5Y");
    for (locale, words) in [
        ("da", "ingen hændelse hedder `mide`\nhjælp: mente du `made`?"),
        ("en-US", "no event is called `mide`\nhelp: did you mean `made`?"),
    ] {
        let mut editor = Editor::in_language(locale, json!({}));
        editor.opens(&house, &text);
        let found = editor.findings("house.toml");
        assert_eq!((&found[0]["message"], &found[0]["data"]["meant"]), (&json!(words), &json!("made")));
        editor.ends();
    }
}

#[test]
fn a_name_leads_to_its_declaration_and_back() {
    let (_folder, notices) = corpus();
    let house = notices.join("house.toml");
    let text = fs::read_to_string(&house).unwrap();
    let mut editor = Editor::in_language("en", json!({}));
    editor.opens(&house, &text);
    for (before, file, part) in [
        ("who = [\"health-prof", "roles.toml", "health-professional"),
        ("erase at earliest(ma", "roles.toml", "made"),
        ("basis = [\"gdpr:6(1", "law.toml", "\"6(1)(e)\""),
        ("controller = \"boa", "parties.toml", "board"),
        ("log = \"lo", "house.toml", "log"),
        ("instead = [\"emer", "house.toml", "emergency"),
    ] {
        let found = editor.at("textDocument/definition", &house, &text, before);
        assert!(found["uri"].as_str().unwrap().ends_with(file), "{before}: {found}");
        let there = fs::read_to_string(notices.join(file)).unwrap();
        let (line, from, to) = (
            &found["range"]["start"]["line"],
            &found["range"]["start"]["character"],
            &found["range"]["end"]["character"],
        );
        let line = there.lines().nth(usize::try_from(line.as_u64().unwrap()).unwrap()).unwrap();
        let span =
            usize::try_from(from.as_u64().unwrap()).unwrap()..usize::try_from(to.as_u64().unwrap()).unwrap();
        assert_eq!(&line[span], part, "{before}");
    }
    // The form of an entry is a file of its own.
    fs::write(notices.join("note.schema.json"), "{}").unwrap();
    let with_form = text.replace("gives = \"treats\"", "schema = \"note.schema.json\"");
    editor.rewrites(&house, 2, &with_form);
    let found = editor.at("textDocument/definition", &house, &with_form, "schema = \"note");
    assert!(found["uri"].as_str().unwrap().ends_with("/notices/note.schema.json"), "{found}");
    editor.rewrites(&house, 3, &text);
    let found = editor.at("textDocument/references", &house, &text, "[register.no");
    assert!(found.as_array().unwrap().len() >= 4, "{found}");
    editor.ends();
}

#[test]
fn completion_offers_keys_names_and_words_of_the_clock() {
    let (_folder, notices) = corpus();
    let house = notices.join("house.toml");
    let text = fs::read_to_string(&house).unwrap();
    for (snippets, form) in [(false, 1), (true, 2)] {
        let capabilities =
            json!({ "textDocument": { "completion": { "completionItem": { "snippetSupport": snippets } } } });
        let mut editor = Editor::in_language("da", capabilities);
        let written = format!("{text}\n[register.card]\nti");
        editor.opens(&house, &written);
        let offered = editor.at("textDocument/completion", &house, &written, "[register.card]\nti");
        let title = offered.as_array().unwrap().iter().find(|it| it["label"] == "title").unwrap().clone();
        assert_eq!(title["insertTextFormat"], form, "{title}");
        let new = title["textEdit"]["newText"].as_str().unwrap();
        assert_eq!(new.contains('$'), snippets, "{new}");
        assert!(new.starts_with("title = { da = \""), "{new}");
        let written = format!("{text}\n[register.card]\nkeep = \"erase at made + ");
        editor.rewrites(&house, 2, &written);
        let offered = editor.at(
            "textDocument/completion",
            &house,
            &written,
            "[register.card]\nkeep = \"erase at made + ",
        );
        let period = offered.as_array().unwrap().iter().find(|it| it["label"] == "P1Y").unwrap().clone();
        assert_eq!(period["detail"], "1 år");
        editor.ends();
    }
}

#[test]
fn the_outline_and_a_mended_slip() {
    let (_folder, notices) = corpus();
    let house = notices.join("house.toml");
    let text = fs::read_to_string(&house).unwrap().replace("who = [\"doctor\"]", "who = [\"doktor\"]");
    let mut editor = Editor::in_language("en", json!({}));
    editor.opens(&house, &text);
    let outline = editor
        .ask("textDocument/documentSymbol", json!({ "textDocument": { "uri": uri(&house) } }))["result"]
        .clone();
    let names: Vec<&str> =
        outline.as_array().unwrap().iter().map(|it| it["name"].as_str().unwrap()).collect();
    assert!(names.starts_with(&["house", "care", "openness", "note", "log", "read"]), "{names:?}");
    let note = outline.as_array().unwrap().iter().find(|it| it["name"] == "note").unwrap();
    assert_eq!(note["children"].as_array().unwrap().len(), 3);
    let line = text.lines().position(|line| line.contains("doktor")).unwrap();
    let range = json!({ "start": { "line": line, "character": 9 }, "end": { "line": line, "character": 9 } });
    let offered = editor.ask(
        "textDocument/codeAction",
        json!({ "textDocument": { "uri": uri(&house) }, "range": range, "context": { "diagnostics": [] } }),
    )["result"]
        .clone();
    let edit = &offered[0]["edit"]["changes"][uri(&house)][0];
    assert_eq!(edit["newText"], "doctor", "{offered}");
    assert_eq!(edit["range"]["start"], json!({ "line": line, "character": 8 }));
    editor.ends();
}

#[test]
fn a_file_that_has_nothing_to_do_with_notices_is_left_alone() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("Cargo.toml");
    fs::write(&path, "[package]\nname = \"x\"\n").unwrap();
    let mut editor = Editor::in_language("en", json!({}));
    editor.opens(&path, "[package]\nname = \"x\"\n");
    let hover = editor.at("textDocument/hover", &path, "[package]\n", "[pack");
    assert_eq!(hover, Value::Null);
    let answer = editor.ask(
        "textDocument/hover",
        json!({ "textDocument": { "uri": "untitled:one" }, "position": { "line": 0, "character": 0 } }),
    );
    assert_eq!(answer["result"], Value::Null);
    assert!(editor.told.is_empty(), "{:?}", editor.told);
    editor.ends();
}

#[test]
fn rubbish_is_refused_in_words_and_the_server_goes_on() {
    let (_folder, notices) = corpus();
    let house = notices.join("house.toml");
    let mut editor = Editor::start(&[]);
    assert_eq!(editor.ask("textDocument/hover", json!({}))["error"]["code"], -32002);
    editor.raw(b"Content-Length: 4\r\n\r\n{{{{rubbish\r\n\r\n");
    assert_eq!(editor.until(|message| message["id"].is_null())["error"]["code"], -32700);
    editor.ask("initialize", json!({ "capabilities": {} }));
    for (method, params, code) in [
        ("no/such/method", json!({}), -32601),
        ("textDocument/hover", json!({ "position": "nowhere" }), -32602),
        ("textDocument/completion", json!([1, 2]), -32602),
        ("initialize", json!({}), -32600),
    ] {
        assert_eq!(editor.ask(method, params)["error"]["code"], code, "{method}");
    }
    editor.send(&json!([1, 2, 3]));
    assert_eq!(editor.until(|message| message["id"].is_null())["error"]["code"], -32600);
    editor.tell("textDocument/didChange", json!({ "textDocument": 7 }));
    let beyond = json!([{ "range": { "start": { "line": 9_999, "character": 9 }, "end": { "line": 0, "character": 4_000_000_000_u32 } }, "text": "x" }]);
    editor.opens(&house, "");
    editor.changes(&house, 2, beyond);
    for text in ["[[use]\nid = \nwho = [\"a\", {", "\u{feff}[notice", "keep = \"\"\"", "[[[[[[[[", "😀 = '"]
    {
        editor.rewrites(&house, 3, text);
        editor.findings("house.toml");
        let end = json!({ "line": 50, "character": 50 });
        for method in ["textDocument/hover", "textDocument/completion", "textDocument/definition"] {
            let answer =
                editor.ask(method, json!({ "textDocument": { "uri": uri(&house) }, "position": end }));
            assert!(answer["error"].is_null(), "{method}: {answer}");
        }
    }
    editor.ends();
}

#[test]
fn an_editor_that_goes_away_ends_the_server() {
    let mut editor = Editor::in_language("en", json!({}));
    editor.input = None;
    assert_eq!(editor.child.wait().unwrap().code(), Some(1));
    let mut editor = Editor::in_language("en", json!({}));
    editor.tell("exit", Value::Null);
    assert_eq!(editor.child.wait().unwrap().code(), Some(1), "without `shutdown` first");
}

/// The bar is 100 ms for a built product; a debug build on a shared machine gets more. `HJEMMEL_PRINT_TIMES` prints.
#[test]
fn a_keystroke_is_answered_while_the_finger_is_still_down() {
    let most = if cfg!(debug_assertions) { Duration::from_secs(10) } else { Duration::from_millis(100) };
    let folder = tempfile::tempdir().unwrap();
    let notices = folder.path().join("notices");
    fs::create_dir(&notices).unwrap();
    for entry in fs::read_dir(root().join("notices")).unwrap() {
        let path = entry.unwrap().path();
        fs::copy(&path, notices.join(path.file_name().unwrap())).unwrap();
    }
    let file = notices.join("fmk.toml");
    let text = fs::read_to_string(&file).unwrap();
    let mut editor = Editor::in_language("da", json!({}));
    editor.opens(&file, &text);
    editor.findings("fmk.toml");
    let end = text.lines().count();
    let (mut findings, mut completions, mut hovers) = (Vec::new(), Vec::new(), Vec::new());
    // What is not built for speed types a few letters only.
    let letters = if cfg!(debug_assertions) { 6 } else { 45 };
    for (number, letter) in
        "\n[register.extra]\nkeep = \"erase at order.made".chars().take(letters).enumerate()
    {
        let at = text.len() + number;
        let typed = &"\n[register.extra]\nkeep = \"erase at order.made"[..number];
        let line = end + typed.matches('\n').count();
        let column = typed.rsplit('\n').next().unwrap().len();
        let place = json!({ "line": line, "character": column });
        assert!(at >= text.len());
        let version = i32::try_from(number).unwrap() + 2;
        let begin = Instant::now();
        editor.changes(
            &file,
            version,
            json!([{ "range": { "start": place, "end": place }, "text": letter.to_string() }]),
        );
        if number % 2 == 0 {
            let after = json!({ "line": line, "character": column + 1 });
            editor.ask(
                "textDocument/completion",
                json!({ "textDocument": { "uri": uri(&file) }, "position": after }),
            );
            completions.push(begin.elapsed());
            let begin = Instant::now();
            editor.at("textDocument/hover", &file, &text, "[register.order");
            hovers.push(begin.elapsed());
        }
        let begin = Instant::now();
        editor.findings("fmk.toml");
        findings.push(begin.elapsed());
    }
    for (name, times) in
        [("completion", &mut completions), ("hover", &mut hovers), ("findings", &mut findings)]
    {
        times.sort();
        let median = times[times.len() / 2];
        let slowest = times[times.len() - 1];
        if std::env::var_os("HJEMMEL_PRINT_TIMES").is_some() {
            eprintln!("{name}: median {median:?}, slowest {slowest:?}");
        }
        assert!(median < most, "{name}: median {median:?}, slowest {slowest:?}");
    }
    editor.ends();
}
