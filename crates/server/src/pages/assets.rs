//! Style, type, icons and script of the pages, embedded in the binary.
//!
//! Invariant: an address holds the hash of every file, so a browser may keep a file for ever and never shows an old one.

use std::fmt::Write as _;
use std::sync::LazyLock;

use aws_lc_rs::digest;

/// One embedded file.
#[derive(Debug)]
pub struct Asset {
    /// Path below `/assets/{hash}/`.
    pub path: &'static str,
    /// Media type with charset.
    pub media_type: &'static str,
    /// Content.
    pub bytes: &'static [u8],
}

static ASSETS: &[Asset] = include!(concat!(env!("OUT_DIR"), "/assets.rs"));

static HASH: LazyLock<String> = LazyLock::new(|| {
    let mut context = digest::Context::new(&digest::SHA256);
    for asset in ASSETS {
        context.update(asset.path.as_bytes());
        context.update(&[0]);
        context.update(asset.bytes);
    }
    context.finish().as_ref().iter().take(8).fold(String::new(), |mut text, byte| {
        let _ = write!(text, "{byte:02x}");
        text
    })
});

/// How long a browser may keep a file.
pub const CACHE_CONTROL: &str = "public, max-age=31536000, immutable";

/// Hash over all files: 16 hexadecimal digits.
#[must_use]
pub fn hash() -> &'static str {
    &HASH
}

/// Address of a file.
#[must_use]
pub fn address(path: &str) -> String {
    format!("/assets/{}/{path}", hash())
}

/// The file at a path, if the hash is that of this build.
#[must_use]
pub fn find(asked_hash: &str, path: &str) -> Option<&'static Asset> {
    let at = ASSETS.binary_search_by(|asset| asset.path.cmp(path)).ok()?;
    if asked_hash == hash() { ASSETS.get(at) } else { None }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_address_that_the_style_sheets_name_is_embedded_or_never_fetched() {
        for asset in ASSETS.iter().filter(|asset| asset.path.ends_with(".css")) {
            let text = std::str::from_utf8(asset.bytes).unwrap();
            for part in text.split("url(").skip(1) {
                let target = part.split(')').next().unwrap_or_default().trim_matches(['"', '\'']);
                let old_font = target.contains(".eot")
                    || target.contains(".ttf")
                    || target.ends_with(".woff")
                    || target.contains(".woff\"");
                let placeholder = target.contains("placeholder");
                if target.starts_with("data:") || target.starts_with('#') || old_font || placeholder {
                    continue;
                }
                let path = target.trim_start_matches("../");
                assert!(find(hash(), path).is_some(), "`{}` names `{target}`", asset.path);
            }
        }
    }

    #[test]
    fn a_file_of_another_build_is_not_found() {
        assert!(find("0000000000000000", "js/htmx.min.js").is_none());
        assert!(find(hash(), "js/htmx.min.js").is_some());
        assert!(find(hash(), "../Cargo.toml").is_none());
    }

    #[test]
    fn no_embedded_file_names_another_host_to_load_from() {
        for asset in ASSETS.iter().filter(|asset| asset.path.ends_with(".css")) {
            let text = std::str::from_utf8(asset.bytes).unwrap();
            assert!(!text.contains("url(http") && !text.contains("@import"), "{}", asset.path);
        }
    }
}
