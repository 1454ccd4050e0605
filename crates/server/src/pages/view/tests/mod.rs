//! Every page from samples, in both languages; what a page must never hold; what each must have.

mod care;
mod citizen;
mod demo;
mod drafts;
mod europe;
mod officer;
mod open;
mod registers;
mod samples;
mod states;
mod statistics;
mod warn;

use notice::Lang;

use super::Area;
use samples::{ID, shell};

pub(crate) use samples::shell as sample_shell;

/// Every page, by name.
fn pages(lang: Lang) -> Vec<(&'static str, String)> {
    let rooms = [
        open::pages,
        citizen::pages,
        care::pages,
        officer::pages,
        drafts::pages,
        demo::pages,
        states::pages,
        warn::pages,
        statistics::pages,
        europe::pages,
        registers::pages,
    ];
    rooms.into_iter().flat_map(|pages| pages(lang)).collect()
}

fn each(check: impl Fn(Lang, &str, &str)) {
    for lang in Lang::ALL {
        for (name, html) in pages(lang) {
            check(lang, name, &html);
        }
    }
}

#[test]
fn every_page_renders_in_every_language_and_asks_for_no_missing_text() {
    each(|lang, name, html| {
        assert!(html.contains(&format!("<html lang=\"{}\">", lang.tag())), "{name}");
        if let Some(folder) = std::env::var_os("PAGES_OUT") {
            let folder = std::path::PathBuf::from(folder).join(lang.tag());
            std::fs::create_dir_all(&folder).unwrap();
            std::fs::write(folder.join(format!("{name}.html")), html).unwrap();
        }
    });
    assert_eq!(crate::i18n::missed::all(), Vec::<String>::new());
}

// threats T7: names, reasons and organisations are written by others.
#[test]
fn what_others_wrote_is_escaped_on_every_page() {
    each(|_, name, html| assert!(!html.contains("<script>"), "{name}"));
}

// threats 4.2: the policy of the pages allows nothing inline and nothing from elsewhere.
#[test]
fn no_page_has_inline_script_or_style_or_a_foreign_source() {
    each(|_, name, html| {
        assert!(!html.contains(" style=") && !html.contains("<style"), "{name} has inline style");
        for handler in [" onclick=", " onload=", " onsubmit=", " onchange=", "javascript:", "hx-on"] {
            assert!(!html.contains(handler), "{name} has `{handler}`");
        }
        for tag in
            html.split("<script").skip(1).chain(html.split("<link").skip(1)).chain(html.split("<img").skip(1))
        {
            let head = tag.split('>').next().unwrap_or_default();
            assert!(!head.contains("//"), "{name} loads `{head}`");
        }
    });
}

#[test]
fn every_page_has_one_main_heading_and_headings_in_order() {
    each(|lang, name, html| {
        let main = html.split("<main").nth(1).unwrap().split("</main>").next().unwrap();
        assert_eq!(main.matches("<h1").count(), 1, "{name} {lang:?}");
        let mut last = 1;
        let from_heading = main.split("<h1").nth(1).unwrap();
        for part in from_heading.split("<h").skip(1) {
            let Some(level) = part.chars().next().and_then(|c| c.to_digit(10)) else { continue };
            assert!(level <= last + 1, "{name}: h{level} after h{last}");
            last = level;
        }
    });
}

#[test]
fn every_form_that_posts_carries_the_token_and_every_field_has_a_label() {
    each(|_, name, html| {
        for form in html.split("<form").skip(1) {
            let form = form.split("</form>").next().unwrap();
            assert!(form.contains("method=\"post\""), "{name} has a form that does not post");
            assert!(form.contains("name=\"_csrf\""), "{name} has a form without token");
            for field in form
                .split("<input")
                .skip(1)
                .chain(form.split("<textarea").skip(1))
                .chain(form.split("<select").skip(1))
            {
                let head = field.split('>').next().unwrap();
                if head.contains("type=\"hidden\"") {
                    continue;
                }
                let id = head.split("id=\"").nth(1).unwrap().split('"').next().unwrap();
                assert!(form.contains(&format!("for=\"{id}\"")), "{name}: `{id}` has no label");
            }
        }
    });
}

#[test]
fn every_table_has_a_caption_and_every_picture_a_text() {
    each(|_, name, html| {
        for table in html.split("<table").skip(1) {
            assert!(table.split("</table>").next().unwrap().contains("<caption"), "{name}");
        }
        for svg in html.split("<svg").skip(1) {
            let svg = svg.split("</svg>").next().unwrap();
            assert!(
                svg.contains("aria-hidden=\"true\"") || (svg.contains("<title") && svg.contains("<desc")),
                "{name}: {svg}"
            );
        }
    });
}

#[test]
fn no_id_stands_twice_on_a_page() {
    each(|_, name, html| {
        let mut ids: Vec<&str> = html
            .split(" id=\"")
            .skip(1)
            .filter_map(|part| part.split('"').next())
            .filter(|id| !id.contains(ID))
            .collect();
        ids.sort_unstable();
        let before = ids.len();
        ids.dedup();
        assert_eq!(before, ids.len(), "{name}");
    });
}

// threats T8: htmx keeps nothing in the browser and runs nothing of its own.
#[test]
fn every_page_tells_htmx_to_keep_nothing_and_to_run_nothing() {
    each(|_, name, html| {
        for setting in [
            "\"historyCacheSize\":0",
            "\"allowEval\":false",
            "\"selfRequestsOnly\":true",
            "\"includeIndicatorStyles\":false",
        ] {
            assert!(html.contains(setting), "{name} lacks {setting}");
        }
    });
}

#[test]
fn the_other_language_is_at_the_same_address() {
    each(|lang, name, html| {
        let other = if lang == Lang::Da { "/en/" } else { "/da/" };
        assert!(html.contains(&format!("class=\"site-language\" href=\"{other}")), "{name}");
    });
    let page = shell(Lang::Da, Area::Citizen, "me/log");
    assert_eq!(page.switched(), "/en/me/log");
}
