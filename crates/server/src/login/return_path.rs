//! Where to go after a login: a path of our own, nothing else. ASVS 3.7.2.

/// A path on this site.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ReturnPath(String);

const BYTES_MAX: usize = 512;

impl ReturnPath {
    /// Reads a path; anything that a browser could take for another site is none.
    #[must_use]
    pub fn parse(text: &str) -> Option<Self> {
        let lower = text.to_ascii_lowercase();
        let plain = text.len() <= BYTES_MAX && text.bytes().all(|b| b.is_ascii_graphic() && b != b'\\');
        let rooted = text.starts_with('/') && !text.starts_with("//");
        let tricks = ["%2f", "%5c", "%0", "/.", "://", "?", "#"].iter().any(|trick| lower.contains(trick));
        (plain && rooted && !tricks).then(|| Self(text.to_owned()))
    }

    /// The path.
    #[must_use]
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_a_path_of_our_own_is_returned_to() {
        for good in ["/", "/da/me", "/en/patients/00112233445566778899aabbccddeeff/card"] {
            assert!(ReturnPath::parse(good).is_some(), "{good}");
        }
        for bad in [
            "",
            "da/me",
            "//evil.example",
            "/\\evil.example",
            "\\\\evil",
            "https://evil.example",
            "/%2fevil.example",
            "/%5Cevil",
            "/da/%0d%0aset-cookie:x",
            "/\tevil",
            "/da/../x",
            "/a?b=1",
            "/a#b",
            "/x://y",
        ] {
            assert!(ReturnPath::parse(bad).is_none(), "{bad}");
        }
    }
}
