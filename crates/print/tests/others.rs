//! The prints as programs that we did not write read them: a spreadsheet, an RDF parser, an XML parser.

#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic, clippy::indexing_slicing)]

use std::collections::BTreeSet;
use std::io::Cursor;
use std::path::Path;

use calamine::{Data, Reader, Xlsx};
use jiff::civil::date;
use notice::export::dpv;
use notice::render::{self, Print, Scope};
use notice::{Lang, Policy, SourceFile, compile};
use oxjsonld::JsonLdParser;

fn files() -> Vec<SourceFile> {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../notices");
    let paths = std::fs::read_dir(folder).unwrap().map(|entry| entry.unwrap().path());
    paths
        .filter(|path| path.extension().is_some_and(|ending| ending == "toml"))
        .map(|path| SourceFile {
            path: path.file_name().unwrap().to_str().unwrap().to_owned(),
            text: std::fs::read_to_string(path).unwrap(),
        })
        .collect()
}

fn policy(files: &[SourceFile]) -> Policy {
    compile(files, date(2026, 11, 22)).policy.unwrap()
}

#[test]
fn a_spreadsheet_finds_the_cells_that_were_written() {
    let policy = policy(&files());
    for notice in &policy.notices {
        let id = policy.notice_id(&notice.said.id).unwrap();
        for print in [Print::Record(Scope::Notice), Print::Retention, Print::Matrix, Print::Parties] {
            let document = render::print(&policy, id, &print, Lang::Da).unwrap();
            if document.sheets.is_empty() {
                continue;
            }
            let mut book: Xlsx<_> = Xlsx::new(Cursor::new(print::xlsx(&document).unwrap())).unwrap();
            let names = book.sheet_names();
            assert_eq!(names.len(), document.sheets.len() + 1, "each table a sheet, and one about them");
            for (table, name) in document.sheets.iter().zip(&names) {
                let range = book.worksheet_range(name).unwrap();
                let rows: Vec<Vec<String>> =
                    range.rows().map(|row| row.iter().map(Data::to_string).collect()).collect();
                assert_eq!(rows[0], table.columns);
                for (read, written) in rows[1..].iter().zip(&table.rows) {
                    assert_eq!(read, written, "{} {}", notice.said.id, table.name);
                }
                assert!(book.worksheet_formula(name).unwrap().is_empty(), "a formula in {name}");
            }
        }
    }
}

#[test]
fn a_title_that_looks_like_a_formula_stays_text() {
    let mut hostile = files();
    let file = hostile.iter_mut().find(|file| file.path == "fmk.toml").unwrap();
    file.text = file.text.replace("da = \"Recepter\"", "da = \"=HYPERLINK(\\\"http://x\\\")\"");
    let policy = policy(&hostile);
    let document =
        render::print(&policy, policy.notice_id("fmk").unwrap(), &Print::Retention, Lang::Da).unwrap();
    assert!(document.csv().unwrap().contains("\"'=HYPERLINK(\"\"http://x\"\")\""));
    let mut book: Xlsx<_> = Xlsx::new(Cursor::new(print::xlsx(&document).unwrap())).unwrap();
    let name = book.sheet_names()[0].clone();
    assert!(book.worksheet_formula(&name).unwrap().is_empty());
}

#[test]
fn an_rdf_parser_accepts_the_record_and_knows_each_word_of_the_vocabulary() {
    let known = include_str!("dpv-2.3.txt");
    let known: BTreeSet<&str> =
        known.lines().filter(|line| !line.starts_with("# ") && !line.is_empty()).collect();
    let policy = policy(&files());
    for notice in &policy.notices {
        let text = dpv::json_ld(&policy, policy.notice_id(&notice.said.id).unwrap(), Scope::Controller);
        let mut processes = 0;
        for quad in JsonLdParser::new().for_slice(text.as_bytes()) {
            let quad = quad.unwrap();
            for word in [
                quad.predicate.as_str().to_owned(),
                quad.object.to_string().trim_matches(['<', '>']).to_owned(),
            ] {
                if let Some(word) = word.strip_prefix("https://w3id.org/dpv") {
                    assert!(known.contains(word), "`{word}` is not in the vocabulary ({})", notice.said.id);
                    processes += usize::from(word == "#Process");
                }
            }
        }
        let own = policy
            .registers
            .iter()
            .filter(|it| policy.notice(it.notice).is_some_and(|other| other.controller == notice.controller));
        assert_eq!(processes, own.count(), "each register is a process ({})", notice.said.id);
    }
}

#[test]
fn the_picture_is_xml_with_a_title_and_a_description() {
    let policy = policy(&files());
    for notice in &policy.notices {
        let Some(picture) = render::picture(&policy, policy.notice_id(&notice.said.id).unwrap(), Lang::En)
        else {
            continue;
        };
        let svg = picture.svg();
        let xml = roxmltree::Document::parse(&svg).unwrap();
        let root = xml.root_element();
        assert_eq!(root.attribute("role"), Some("img"));
        for id in root.attribute("aria-labelledby").unwrap().split(' ') {
            let named = root.children().find(|node| node.attribute("id") == Some(id)).unwrap();
            assert!(named.text().is_some_and(|text| !text.is_empty()));
        }
        let roles = render::matrix(&policy, policy.notice_id(&notice.said.id), Lang::En).rows.len();
        assert!(xml.descendants().filter(|node| node.has_tag_name("text")).count() > roles);
    }
}
