//! The conversation with one editor: what it opened and changed, what it asks, and what it is told.

use std::collections::BTreeSet;
use std::path::{Path, PathBuf};

use jiff::civil::Date;
use lsp_types as lsp;
use notice::Lang;
use notice::editor::Workspace;
use serde::de::DeserializeOwned;
use serde_json::{Value, json};

use super::answers;
use super::corpora::{Corpora, Open};
use super::position::{Columns, Lines};
use crate::answer::Answer;

/// Whether the conversation goes on.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Flow {
    GoesOn,
    Ends(Answer),
}

/// Where the conversation stands.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Stage {
    Before,
    Running,
    Over,
}

/// What the editor can.
#[derive(Clone, Copy, Debug)]
struct Editor {
    columns: Columns,
    snippets: bool,
    watches: bool,
}

/// A conversation.
#[derive(Debug)]
pub(super) struct Session {
    stage: Stage,
    editor: Editor,
    asked: Option<Lang>,
    lang: Lang,
    corpora: Corpora,
}

const INVALID_REQUEST: i32 = -32600;
const METHOD_NOT_FOUND: i32 = -32601;
const INVALID_PARAMS: i32 = -32602;
const PARSE_ERROR: i32 = -32700;
const NOT_INITIALISED: i32 = -32002;

/// The answer to something that is no message.
pub(super) fn malformed(why: &str) -> Value {
    json!({ "jsonrpc": "2.0", "id": null, "error": { "code": PARSE_ERROR, "message": why } })
}

fn refused(id: &Value, code: i32, why: &str) -> Value {
    json!({ "jsonrpc": "2.0", "id": id, "error": { "code": code, "message": why } })
}

fn told(method: &str, params: Value) -> Value {
    json!({ "jsonrpc": "2.0", "method": method, "params": params })
}

/// Why a question has no answer.
struct Unread(String);

type Asked = Result<Value, Unread>;

fn read<T: DeserializeOwned>(params: &Value) -> Result<T, Unread> {
    serde_json::from_value(params.clone()).map_err(|problem| Unread(problem.to_string()))
}

impl Session {
    pub(super) fn new(notices: Option<PathBuf>, asked: Option<Lang>, today: fn() -> Date) -> Self {
        Self {
            stage: Stage::Before,
            editor: Editor { columns: Columns::Utf16, snippets: false, watches: false },
            asked,
            lang: asked.unwrap_or(Lang::En),
            corpora: Corpora::new(notices, today),
        }
    }

    /// Takes one message and says what is sent.
    pub(super) fn take(&mut self, message: &Value) -> (Vec<Value>, Flow) {
        let params = message.get("params").unwrap_or(&Value::Null);
        match (message.get("method").and_then(Value::as_str), message.get("id")) {
            (Some("exit"), _) => {
                let answer = if self.stage == Stage::Over { Answer::Yes } else { Answer::No };
                (Vec::new(), Flow::Ends(answer))
            }
            (Some(method), Some(id)) => (vec![self.request(id, method, params)], Flow::GoesOn),
            (Some(method), None) => (self.notification(method, params), Flow::GoesOn),
            // An answer to something that we asked: to watch files.
            (None, Some(_)) if message.get("result").is_some() || message.get("error").is_some() => {
                (Vec::new(), Flow::GoesOn)
            }
            (None, id) => {
                let id = id.unwrap_or(&Value::Null);
                (vec![refused(id, INVALID_REQUEST, "a message has a `method`")], Flow::GoesOn)
            }
        }
    }

    fn request(&mut self, id: &Value, method: &str, params: &Value) -> Value {
        match (self.stage, method) {
            (Stage::Before, "initialize") => {
                return json!({ "jsonrpc": "2.0", "id": id, "result": self.initialise(params) });
            }
            (Stage::Before, _) => return refused(id, NOT_INITIALISED, "`initialize` comes first"),
            (Stage::Over, _) => return refused(id, INVALID_REQUEST, "after `shutdown` comes `exit`"),
            (Stage::Running, "initialize") => {
                return refused(id, INVALID_REQUEST, "`initialize` came already");
            }
            (Stage::Running, _) => {}
        }
        let asked = match method {
            "shutdown" => {
                self.stage = Stage::Over;
                Ok(Value::Null)
            }
            "textDocument/hover" => self.hover(params),
            "textDocument/definition" => self.definition(params),
            "textDocument/references" => self.references(params),
            "textDocument/completion" => self.completion(params),
            "textDocument/documentSymbol" => self.outline(params),
            "textDocument/codeAction" => self.mend(params),
            other => return refused(id, METHOD_NOT_FOUND, &format!("there is no method `{other}`")),
        };
        match asked {
            Ok(result) => json!({ "jsonrpc": "2.0", "id": id, "result": result }),
            Err(Unread(why)) => refused(id, INVALID_PARAMS, &why),
        }
    }

    fn initialise(&mut self, params: &Value) -> Value {
        let at = |path: &str| params.pointer(path);
        let holds = |path: &str, word: &str| {
            at(path).and_then(Value::as_array).is_some_and(|all| all.iter().any(|it| it == word))
        };
        let yes = |path: &str| at(path).and_then(Value::as_bool).unwrap_or(false);
        let bytes = holds("/capabilities/general/positionEncodings", "utf-8");
        self.editor = Editor {
            columns: if bytes { Columns::Utf8 } else { Columns::Utf16 },
            snippets: yes("/capabilities/textDocument/completion/completionItem/snippetSupport"),
            watches: yes("/capabilities/workspace/didChangeWatchedFiles/dynamicRegistration"),
        };
        let wished = at("/initializationOptions/lang").and_then(Value::as_str).and_then(Lang::from_tag);
        let locale = at("/locale").and_then(Value::as_str).unwrap_or("en").to_lowercase();
        let locale = if locale.starts_with("da") { Lang::Da } else { Lang::En };
        self.lang = self.asked.or(wished).unwrap_or(locale);
        self.stage = Stage::Running;
        json!({
            "capabilities": {
                "positionEncoding": if bytes { "utf-8" } else { "utf-16" },
                "textDocumentSync": { "openClose": true, "change": 2, "save": true },
                "hoverProvider": true,
                "definitionProvider": true,
                "referencesProvider": true,
                "documentSymbolProvider": true,
                "codeActionProvider": { "codeActionKinds": ["quickfix"] },
                "completionProvider": { "triggerCharacters": ["[", "\"", ".", ":", " ", "("] },
            },
            "serverInfo": { "name": "hjemmel", "version": env!("CARGO_PKG_VERSION") },
        })
    }

    fn notification(&mut self, method: &str, params: &Value) -> Vec<Value> {
        if self.stage != Stage::Running {
            return Vec::new();
        }
        // What cannot be read is passed over: a notification has no answer.
        match method {
            "initialized" => return self.watch(),
            "textDocument/didOpen" => {
                if let Ok(opened) = read::<lsp::DidOpenTextDocumentParams>(params) {
                    let document = opened.text_document;
                    self.opens(document.uri.as_str(), document.text, document.version);
                }
            }
            "textDocument/didChange" => {
                if let Ok(changed) = read::<lsp::DidChangeTextDocumentParams>(params) {
                    self.changes(&changed);
                }
            }
            "textDocument/didClose" => {
                if let Ok(closed) = read::<lsp::DidCloseTextDocumentParams>(params) {
                    self.closes(closed.text_document.uri.as_str());
                }
            }
            "textDocument/didSave" | "workspace/didChangeWatchedFiles" => self.corpora.all_changed(),
            _passed_over => {}
        }
        Vec::new()
    }

    /// Asks to be told when files change on disk.
    fn watch(&self) -> Vec<Value> {
        if !self.editor.watches {
            return Vec::new();
        }
        let options = json!({ "watchers": [{ "globPattern": "**/*.toml" }] });
        let registration = json!({ "id": "notices", "method": "workspace/didChangeWatchedFiles", "registerOptions": options });
        vec![json!({
            "jsonrpc": "2.0", "id": "watch", "method": "client/registerCapability",
            "params": { "registrations": [registration] },
        })]
    }

    fn opens(&mut self, address: &str, text: String, version: i32) {
        if let Some(path) = answers::path(address) {
            let open = Open { address: address.to_owned(), text, version: Some(version) };
            self.corpora.open.insert(path.clone(), open);
            self.corpora.changed(&path);
        }
    }

    fn changes(&mut self, changed: &lsp::DidChangeTextDocumentParams) {
        let columns = self.editor.columns;
        let Some(path) = answers::path(changed.text_document.uri.as_str()) else { return };
        let Some(open) = self.corpora.open.get_mut(&path) else { return };
        for change in &changed.content_changes {
            match change.range {
                Some(range) => {
                    let bytes = Lines::of(&open.text, columns).bytes(range);
                    open.text.replace_range(bytes, &change.text);
                }
                None => open.text.clone_from(&change.text),
            }
        }
        open.version = Some(changed.text_document.version);
        self.corpora.changed(&path);
    }

    fn closes(&mut self, address: &str) {
        if let Some(path) = answers::path(address) {
            self.corpora.changed(&path);
            self.corpora.open.remove(&path);
            self.corpora.changed(&path);
        }
    }

    /// Whether something changed since findings were told.
    pub(super) fn has_untold(&self) -> bool {
        !self.corpora.untold().is_empty()
    }

    /// The findings of every corpus that changed, file by file; a file that is good now is told to be so.
    pub(super) fn findings(&mut self) -> Vec<Value> {
        let (columns, lang) = (self.editor.columns, self.lang);
        let mut messages = Vec::new();
        for root in self.corpora.untold() {
            let opened = self.corpora.opened_in(&root);
            let mut found: Vec<(String, Vec<Value>)> = Vec::new();
            if let Some((workspace, before)) = self.corpora.tell(&root) {
                let now = workspace.diagnostics().iter().map(|it| it.place.file.to_string());
                let names: BTreeSet<String> = before.into_iter().chain(opened).chain(now).collect();
                for name in names {
                    let own = workspace.diagnostics().iter().filter(|it| *it.place.file == *name);
                    let own =
                        own.map(|it| answers::diagnostic(it, workspace, &root, columns, lang)).collect();
                    found.push((name, own));
                }
            }
            messages.extend(
                found.into_iter().filter_map(|(name, found)| self.published(&root.join(name), found)),
            );
        }
        messages
    }

    fn published(&self, path: &Path, found: Vec<Value>) -> Option<Value> {
        let open = self.corpora.opened(path);
        let uri = open.map(|open| open.address.clone()).or_else(|| answers::address(path))?;
        let mut params = json!({ "uri": uri, "diagnostics": found });
        if let (Some(version), Some(params)) = (open.and_then(|open| open.version), params.as_object_mut()) {
            params.insert("version".to_owned(), version.into());
        }
        Some(told("textDocument/publishDiagnostics", params))
    }

    /// Answers about one place of a file; `null` for a file that is no notice.
    fn at(
        &mut self,
        place: &lsp::TextDocumentPositionParams,
        answer: impl FnOnce(&At<'_>) -> Value,
    ) -> Value {
        let (columns, lang, snippets) = (self.editor.columns, self.lang, self.editor.snippets);
        let Some(path) = answers::path(place.text_document.uri.as_str()) else { return Value::Null };
        let Some((workspace, root, name)) = self.corpora.of(&path) else { return Value::Null };
        let Some(file) = workspace.files().iter().find(|file| file.path == name) else { return Value::Null };
        let lines = Lines::of(&file.text, columns);
        let offset = lines.offset(place.position);
        answer(&At { workspace, root: &root, name: &name, lines: &lines, offset, columns, lang, snippets })
    }

    fn hover(&mut self, params: &Value) -> Asked {
        let asked: lsp::HoverParams = read(params)?;
        Ok(self.at(&asked.text_document_position_params, |at| {
            let hover = at.workspace.hover(at.name, at.offset, at.lang);
            hover.map_or(Value::Null, |hover| {
                json!({ "contents": { "kind": "markdown", "value": hover.text }, "range": at.lines.range(&hover.span) })
            })
        }))
    }

    fn definition(&mut self, params: &Value) -> Asked {
        let asked: lsp::GotoDefinitionParams = read(params)?;
        Ok(self.at(&asked.text_document_position_params, |at| {
            if let Some(file) = at.workspace.file_named(at.name, at.offset) {
                let beside = at.root.join(at.name).parent().map(|folder| folder.join(file));
                return beside.as_deref().and_then(answers::beginning).unwrap_or(Value::Null);
            }
            let found = at.workspace.definition(at.name, at.offset);
            let place = found.and_then(|it| answers::location(&it.name, at.workspace, at.root, at.columns));
            place.unwrap_or(Value::Null)
        }))
    }

    fn references(&mut self, params: &Value) -> Asked {
        let asked: lsp::ReferenceParams = read(params)?;
        Ok(self.at(&asked.text_document_position, |at| {
            let places = at.workspace.references(at.name, at.offset);
            let declared = at.workspace.definition(at.name, at.offset).map(|it| it.name.clone());
            let wanted = |place: &&notice::policy::Place| {
                asked.context.include_declaration || declared.as_ref() != Some(*place)
            };
            places
                .iter()
                .filter(wanted)
                .filter_map(|place| answers::location(place, at.workspace, at.root, at.columns))
                .collect()
        }))
    }

    fn completion(&mut self, params: &Value) -> Asked {
        let asked: lsp::CompletionParams = read(params)?;
        Ok(self.at(&asked.text_document_position, |at| {
            let offered = at.workspace.complete(at.name, at.offset, at.lang);
            offered.iter().map(|it| answers::completion(it, at.lines, at.snippets)).collect()
        }))
    }

    fn outline(&mut self, params: &Value) -> Asked {
        let asked: lsp::DocumentSymbolParams = read(params)?;
        let place = lsp::TextDocumentPositionParams {
            text_document: asked.text_document,
            position: lsp::Position::default(),
        };
        Ok(self.at(&place, |at| {
            let symbols = at.workspace.outline(at.name, at.lang);
            symbols.iter().map(|symbol| answers::symbol(symbol, at.lines)).collect()
        }))
    }

    /// Offers the name that was probably meant.
    fn mend(&mut self, params: &Value) -> Asked {
        let asked: lsp::CodeActionParams = read(params)?;
        let uri = asked.text_document.uri.as_str().to_owned();
        let columns = self.editor.columns;
        let place = lsp::TextDocumentPositionParams {
            text_document: asked.text_document,
            position: lsp::Position::default(),
        };
        Ok(self.at(&place, |at| {
            let wanted = at.lines.bytes(asked.range);
            let near = at.workspace.diagnostics().iter().filter(|it| {
                *it.place.file == *at.name && it.place.span.start <= wanted.end && wanted.start <= it.place.span.end
            });
            near.filter_map(|it| {
                let meant = it.meant.as_deref()?;
                let wrong = it.sentence.en.split('`').find(|part| at.lines.slice(&it.place.span).contains(part) && !part.is_empty())?;
                let start = it.place.span.start + at.lines.slice(&it.place.span).find(wrong)?;
                let range = at.lines.range(&(start..start + wrong.len()));
                Some(json!({
                    "title": format!("{} `{meant}`", match at.lang { Lang::Da => "Skriv", Lang::En => "Write" }),
                    "kind": "quickfix",
                    "isPreferred": true,
                    "diagnostics": [answers::diagnostic(it, at.workspace, at.root, columns, at.lang)],
                    "edit": { "changes": { uri.clone(): [{ "range": range, "newText": meant }] } },
                }))
            })
            .collect()
        }))
    }
}

/// A place that is asked about.
struct At<'a> {
    workspace: &'a Workspace,
    root: &'a Path,
    name: &'a str,
    lines: &'a Lines<'a>,
    offset: usize,
    columns: Columns,
    lang: Lang,
    snippets: bool,
}
