//! The texts of the pages, read from `locales/` when the server is built.

use std::sync::LazyLock;

use fluent_bundle::concurrent::FluentBundle;
use fluent_bundle::{FluentArgs, FluentResource, FluentValue};
use notice::Lang;
use unic_langid::LanguageIdentifier;

use super::numbers;

macro_rules! files {
    ($tag:literal) => {
        [
            include_str!(concat!(env!("CARGO_MANIFEST_DIR"), "/locales/", $tag, "/shell.ftl")),
            include_str!(concat!(env!("CARGO_MANIFEST_DIR"), "/locales/", $tag, "/states.ftl")),
            include_str!(concat!(env!("CARGO_MANIFEST_DIR"), "/locales/", $tag, "/citizen.ftl")),
            include_str!(concat!(env!("CARGO_MANIFEST_DIR"), "/locales/", $tag, "/care.ftl")),
            include_str!(concat!(env!("CARGO_MANIFEST_DIR"), "/locales/", $tag, "/officer.ftl")),
            include_str!(concat!(env!("CARGO_MANIFEST_DIR"), "/locales/", $tag, "/drafts.ftl")),
            include_str!(concat!(env!("CARGO_MANIFEST_DIR"), "/locales/", $tag, "/demo.ftl")),
            include_str!(concat!(env!("CARGO_MANIFEST_DIR"), "/locales/", $tag, "/warn.ftl")),
            include_str!(concat!(env!("CARGO_MANIFEST_DIR"), "/locales/", $tag, "/statistics.ftl")),
            include_str!(concat!(env!("CARGO_MANIFEST_DIR"), "/locales/", $tag, "/registers.ftl")),
            include_str!(concat!(env!("CARGO_MANIFEST_DIR"), "/locales/", $tag, "/europe.ftl")),
        ]
    };
}

const DANISH: [&str; 11] = files!("da");
const ENGLISH: [&str; 11] = files!("en");

/// All texts of one language.
pub struct Texts {
    bundle: FluentBundle<FluentResource>,
}

impl std::fmt::Debug for Texts {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("Texts").finish_non_exhaustive()
    }
}

static ALL: LazyLock<[Texts; 2]> = LazyLock::new(|| [Texts::read(Lang::Da), Texts::read(Lang::En)]);

impl Texts {
    /// The texts of a language.
    #[must_use]
    pub fn of(lang: Lang) -> &'static Self {
        let [danish, english] = &*ALL;
        match lang {
            Lang::Da => danish,
            Lang::En => english,
        }
    }

    fn read(lang: Lang) -> Self {
        let id: LanguageIdentifier = lang.tag().parse().unwrap_or_default();
        let mut bundle = FluentBundle::new_concurrent(vec![id]);
        // Names stand in <bdi>; the isolating marks of fluent would end up in what people copy.
        bundle.set_use_isolating(false);
        let files = match lang {
            Lang::Da => {
                bundle.set_formatter(Some(|value, _| number(value, Lang::Da)));
                DANISH
            }
            Lang::En => {
                bundle.set_formatter(Some(|value, _| number(value, Lang::En)));
                ENGLISH
            }
        };
        for file in files {
            // What does not parse is missing as a key, and a test names it.
            let resource = FluentResource::try_new(file.to_owned()).unwrap_or_else(|(resource, _)| resource);
            bundle.add_resource_overriding(resource);
        }
        Self { bundle }
    }

    /// The text of a key; the key itself if there is none, which a test rules out for our own pages.
    #[must_use]
    pub fn get(&self, key: &str, values: &[(&str, FluentValue<'_>)]) -> String {
        let (id, attribute) =
            key.split_once('.').map_or((key, None), |(id, attribute)| (id, Some(attribute)));
        let Some(message) = self.bundle.get_message(id) else {
            #[cfg(test)]
            missed::note(key);
            return key.to_owned();
        };
        let pattern = match attribute {
            Some(attribute) => message.get_attribute(attribute).map(|found| found.value()),
            None => message.value(),
        };
        let Some(pattern) = pattern else { return key.to_owned() };
        let mut arguments = FluentArgs::with_capacity(values.len());
        for (name, value) in values {
            arguments.set(*name, value.clone());
        }
        self.bundle.format_pattern(pattern, Some(&arguments), &mut Vec::new()).into_owned()
    }

    /// Whether a key exists.
    #[must_use]
    pub fn has(&self, key: &str) -> bool {
        self.bundle.has_message(key)
    }
}

/// Keys that pages asked for in a test and that do not exist.
#[cfg(test)]
pub(crate) mod missed {
    use std::sync::Mutex;

    static KEYS: Mutex<Vec<String>> = Mutex::new(Vec::new());

    pub(super) fn note(key: &str) {
        KEYS.lock().unwrap().push(key.to_owned());
    }

    pub(crate) fn all() -> Vec<String> {
        KEYS.lock().unwrap().clone()
    }
}

fn number(value: &FluentValue<'_>, lang: Lang) -> Option<String> {
    let FluentValue::Number(number) = value else { return None };
    let text = number.as_string();
    Some(
        text.parse::<i64>()
            .map_or_else(|_| text.replace('.', numbers::point(lang)), |whole| numbers::whole(whole, lang)),
    )
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeSet;

    use super::*;

    fn keys(files: &[&str]) -> BTreeSet<String> {
        let lines = files.iter().flat_map(|file| file.lines());
        lines
            .filter_map(|line| line.split_once(" =").or_else(|| line.strip_suffix('=').map(|key| (key, ""))))
            .map(|(key, _)| key)
            .filter(|key| key.starts_with(|c: char| c.is_ascii_lowercase()) && !key.contains(' '))
            .map(str::to_owned)
            .collect()
    }

    #[test]
    fn both_languages_have_the_same_keys() {
        let (danish, english) = (keys(&DANISH), keys(&ENGLISH));
        assert_eq!(danish.difference(&english).collect::<Vec<_>>(), Vec::<&String>::new(), "only Danish");
        assert_eq!(english.difference(&danish).collect::<Vec<_>>(), Vec::<&String>::new(), "only English");
    }

    #[test]
    fn every_file_parses_and_no_key_stands_twice() {
        for files in [DANISH, ENGLISH] {
            let mut seen = BTreeSet::new();
            for file in files {
                let parsed = FluentResource::try_new(file.to_owned());
                assert!(parsed.is_ok(), "{:?}", parsed.err().map(|(_, errors)| errors));
                for key in file.lines().filter_map(|line| line.split_once(" =").map(|(key, _)| key)) {
                    if key.starts_with(|c: char| c.is_ascii_lowercase()) {
                        assert!(seen.insert(key), "`{key}` stands twice");
                    }
                }
            }
        }
    }

    #[test]
    fn every_key_that_a_template_names_exists() {
        let folder = concat!(env!("CARGO_MANIFEST_DIR"), "/templates");
        let mut missing = Vec::new();
        for file in std::fs::read_dir(folder).unwrap() {
            let path = file.unwrap().path();
            let text = std::fs::read_to_string(&path).unwrap();
            for part in text.split("p.t").skip(1) {
                let Some(rest) =
                    part.split_once("(\"").filter(|(before, _)| ["", "1", "2", "n"].contains(before))
                else {
                    continue;
                };
                let key = rest.1.split('"').next().unwrap_or_default();
                if !Texts::of(Lang::Da).has(key.split('.').next().unwrap_or_default()) {
                    missing.push(format!("{}: {key}", path.display()));
                }
            }
        }
        assert!(missing.is_empty(), "{missing:#?}");
    }

    #[test]
    fn plurals_and_numbers_follow_the_language() {
        let one = [("n", FluentValue::from(1_i64))];
        let many = [("n", FluentValue::from(1234_i64))];
        assert_eq!(Texts::of(Lang::Da).get("count-looks", &one), "1 opslag");
        assert_eq!(Texts::of(Lang::Da).get("count-looks", &many), "1.234 opslag");
        assert_eq!(Texts::of(Lang::En).get("count-looks", &one), "1 look");
        assert_eq!(Texts::of(Lang::En).get("count-looks", &many), "1,234 looks");
    }
}
