//! What the compiler and the editor support say, in the words of the protocol.

use std::path::{Path, PathBuf};

use lsp_types as lsp;
use notice::editor::{Completion, CompletionKind, Kind, Symbol, Workspace};
use notice::policy::Place;
use notice::{Diagnostic, Lang, Severity};
use serde_json::{Value, json};

use super::position::{Columns, Lines};

/// The address of a file.
pub(super) fn address(path: &Path) -> Option<String> {
    url::Url::from_file_path(path).ok().map(Into::into)
}

/// The file of an address; nothing for what is not on this machine's disk.
pub(super) fn path(address: &str) -> Option<PathBuf> {
    url::Url::parse(address).ok()?.to_file_path().ok()
}

/// A finding.
pub(super) fn diagnostic(
    found: &Diagnostic,
    workspace: &Workspace,
    root: &Path,
    columns: Columns,
    lang: Lang,
) -> Value {
    let range = range_of(&found.place, workspace, columns);
    let severity = match found.severity {
        Severity::Error => 1,
        Severity::Warning => 2,
        Severity::Note => 3,
    };
    let second = found.second.as_ref().and_then(|(place, says)| {
        Some(json!({ "location": location(place, workspace, root, columns)?, "message": says.get(lang) }))
    });
    let help = match lang {
        Lang::Da => "hjælp",
        Lang::En => "help",
    };
    json!({
        "range": range,
        "severity": severity,
        "code": found.code.id,
        "source": "hjemmel",
        "message": format!("{}\n{help}: {}", found.sentence.get(lang), found.help.get(lang)),
        "relatedInformation": second.into_iter().collect::<Vec<_>>(),
        "data": { "meant": found.meant },
    })
}

fn range_of(place: &Place, workspace: &Workspace, columns: Columns) -> lsp::Range {
    let text = workspace.files().iter().find(|file| file.path == *place.file).map_or("", |file| &file.text);
    Lines::of(text, columns).range(&place.span)
}

/// A place in a file of the corpus.
pub(super) fn location(place: &Place, workspace: &Workspace, root: &Path, columns: Columns) -> Option<Value> {
    let uri = address(&root.join(&*place.file))?;
    Some(json!({ "uri": uri, "range": range_of(place, workspace, columns) }))
}

/// The beginning of a file that is there.
pub(super) fn beginning(path: &Path) -> Option<Value> {
    let uri = address(path).filter(|_| path.is_file())?;
    Some(json!({ "uri": uri, "range": lsp::Range::default() }))
}

/// A completion.
pub(super) fn completion(offered: &Completion, lines: &Lines<'_>, snippets: bool) -> Value {
    let kind = match offered.kind {
        CompletionKind::Section => 9,
        CompletionKind::Key => 10,
        CompletionKind::Name(_) => 18,
        CompletionKind::Word => 14,
    };
    let has_stops = snippets && offered.snippet.contains('$');
    let text = if has_stops { offered.snippet.clone() } else { plain(&offered.snippet) };
    let order = if offered.wanted { '0' } else { '1' };
    json!({
        "label": offered.label,
        "kind": kind,
        "detail": offered.detail,
        "sortText": format!("{order}{}", offered.label),
        "filterText": offered.label,
        "insertTextFormat": if has_stops { 2 } else { 1 },
        "textEdit": { "range": lines.range(&offered.replaces), "newText": text },
    })
}

/// A snippet without its stops: `${1:name}` is `name`, `$0` is nothing.
fn plain(snippet: &str) -> String {
    let mut text = String::new();
    let mut rest = snippet;
    while let Some((before, after)) = rest.split_once('$') {
        text.push_str(before);
        rest = match after.strip_prefix('{').and_then(|inner| inner.split_once('}')) {
            Some((stop, rest)) => {
                text.push_str(stop.split_once(':').map_or("", |(_, word)| word));
                rest
            }
            None => after.trim_start_matches(|sign: char| sign.is_ascii_digit()),
        };
    }
    text.push_str(rest);
    text
}

/// A section of the outline.
pub(super) fn symbol(found: &Symbol, lines: &Lines<'_>) -> Value {
    let below: Vec<Value> = found.below.iter().map(|inner| symbol(inner, lines)).collect();
    let name = if found.name.is_empty() { "?" } else { &found.name };
    json!({
        "name": name,
        "detail": found.title,
        "kind": symbol_kind(found.kind),
        "range": lines.range(&found.whole),
        "selectionRange": lines.range(&found.at),
        "children": below,
    })
}

/// The pictures that editors have, put to our kinds.
const fn symbol_kind(kind: Kind) -> u8 {
    match kind {
        Kind::Notice => 4,
        Kind::Party => 19,
        Kind::Law => 3,
        Kind::Provision => 20,
        Kind::Role => 11,
        Kind::Event => 24,
        Kind::Flag => 17,
        Kind::Clock => 14,
        Kind::Purpose => 13,
        Kind::Register => 23,
        Kind::Field => 8,
        Kind::Use => 12,
        Kind::Share => 2,
        Kind::Right => 10,
        Kind::Measure => 22,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_editor_without_snippets_gets_plain_text() {
        assert_eq!(plain("title = { da = \"$1\", en = \"$2\" }$0"), "title = { da = \"\", en = \"\" }");
        assert_eq!(plain("${1:name} = x$0"), "name = x");
        assert_eq!(plain("none"), "none");
    }

    #[test]
    fn an_address_leads_to_its_file_and_back() {
        let path = Path::new("/a folder/æ/notices/x.toml");
        let address = address(path).unwrap();
        assert_eq!(address, "file:///a%20folder/%C3%A6/notices/x.toml");
        assert_eq!(super::path(&address).unwrap(), path);
        assert_eq!(super::path("untitled:Untitled-1"), None);
    }
}
