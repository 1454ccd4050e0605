//! What the picture says, in Danish and English.

use notice::Lang;

/// One text in both.
#[derive(Clone, Copy, Debug)]
pub(super) struct Text {
    da: &'static str,
    en: &'static str,
}

impl Text {
    pub(super) const fn of(self, lang: Lang) -> &'static str {
        match lang {
            Lang::Da => self.da,
            Lang::En => self.en,
        }
    }

    /// With what belongs in its gaps, each named `{0}`, `{1}` and so on.
    pub(super) fn with(self, lang: Lang, gaps: &[&str]) -> String {
        gaps.iter()
            .enumerate()
            .fold(self.of(lang).to_owned(), |text, (place, gap)| text.replace(&format!("{{{place}}}"), gap))
    }
}

const fn text(da: &'static str, en: &'static str) -> Text {
    Text { da, en }
}

pub(super) const TITLE: Text = text("En by med og uden appen", "A town with and without the app");
pub(super) const HEAD: Text = text("{0} mennesker · {1} døgn · frø {2}", "{0} people · {1} days · seed {2}");
pub(super) const TAKEAWAY: Text = text(
    "Med appen hos {0} % blev {1} af {2} smittede advaret af den, {3} af dem før de kunne smitte nogen.",
    "With the app at {0} %, {1} of {2} infected people were warned by it, {3} of them before they could infect anybody.",
);
pub(super) const SPARED: Text =
    text("{0} blev smittet uden appen, {1} med den.", "{0} were infected without the app, {1} with it.");
pub(super) const NO_APP: Text = text("ingen app", "no app");
pub(super) const APP: Text = text("app {0} %", "app {0} %");

pub(super) const WARNED: Text = text("Blev de smittede advaret i tide?", "Were the infected warned in time?");
pub(super) const WARNED_ROW: Text = text(
    "{0} før de kunne smitte · {1} mens · {2} ikke i tide",
    "{0} before they could infect · {1} while · {2} not in time",
);
pub(super) const CHAINS: Text = text("Hvor mange smittekæder endte?", "How many chains of infection ended?");
pub(super) const CHAINS_ROW: Text = text("{0} af {1} endte", "{0} of {1} ended");
pub(super) const CHAINS_NOTE: Text = text(
    "En udfyldt prik er en kæde, der endte; en ring er en, der går videre.",
    "A full dot is a chain that ended, a ring one that goes on.",
);
pub(super) const INFECTED: Text = text("Smittede i alt, dag for dag", "People infected so far, day by day");
pub(super) const DAY: Text = text("dag {0}", "day {0}");

pub(super) const HELD: Text =
    text("Hvad serverne havde på ethvert tidspunkt", "What the servers held at any time");
pub(super) const HELD_NOTE: Text = text(
    "App {0} %. Hver linje har sit eget mål; tallet er det højeste. Intet sted, og intet om hvem der mødte hvem.",
    "App {0} %. Each line has a scale of its own; the number is its highest. No place and nothing of who met whom.",
);
pub(super) const VERIFICATION: Text =
    text("Verifikation: ved hvem der er syg, ser ingen nøgle", "Verification: knows who is ill, sees no key");
pub(super) const KEYS: Text =
    text("Nøgleserver: ser nøgler, ingen personer", "Key server: sees keys, no person");
pub(super) const STATISTICS: Text = text(
    "Hver af de to, der tæller: kan ikke læse noget svar",
    "Each of the two that count: can read no answer",
);

pub(super) const DECOYS: Text = text("Hvad den, der lytter, ser", "What somebody on the line sees");
pub(super) const DECOYS_COUNT: Text = text(
    "Telefonerne stillede {0} spørgsmål af den slags, som en advarsel består af. {1} var ægte, fra {2} advarsler; resten var attrapper.",
    "The phones asked {0} questions of the kind that a warning is made of. {1} were real, from {2} warnings; the rest were decoys.",
);
pub(super) const DECOYS_LENGTHS: Text = text(
    "Længden siger intet: ægte indsendelser {0} byte, attrapper {1}.",
    "The length says nothing: real uploads {0} bytes, decoys {1}.",
);

pub(super) const COUNTED: Text =
    text("Hvad statistikken sagde, og hvad der er sandt", "What the statistics said, and what is true");
pub(super) const COUNTED_NOTE: Text = text(
    "App {0} %. Prikkerne er offentliggjort, med støj; linjen er sand, og kun byen kender den.",
    "App {0} %. The dots were published, with noise; the line is true, and only the town knows it.",
);
pub(super) const COUNTED_NOTHING: Text = text(
    "For få telefoner: under {0} siger statistikken intet.",
    "Too few phones: below {0} the statistics say nothing.",
);
pub(super) const PHONES: Text = text("telefoner", "phones");
pub(super) const WERE_WARNED: Text = text("blev advaret", "were warned");
pub(super) const WARNED_OTHERS: Text = text("advarede andre", "warned others");

/// Registers by their name in the notice.
const REGISTERS: [(&str, Text); 14] = [
    ("ssi-infected", text("positive test på listen", "positive tests on the list")),
    ("nemid-login", text("login", "logins")),
    ("verification-count", text("hvor ofte nogen fik en kode", "how often somebody got a code")),
    ("verification-code", text("koder", "codes")),
    ("verification-link", text("links til appen", "links to the app")),
    ("verification-token", text("beviser, der venter", "tokens that wait")),
    ("backend-keys", text("nøgler, mest opdigtede", "keys, most of them made up")),
    ("waiting-keys", text("nøgler, der skal vente", "keys that have to wait")),
    ("used-certificate", text("brugte attester", "used certificates")),
    ("export", text("filer til telefonerne", "files for the phones")),
    ("statistics-report", text("forseglede halve svar", "sealed halves of answers")),
    ("statistics-sum", text("summer", "sums")),
    ("statistics-figure", text("tal, der er offentlige", "figures that are public")),
    ("log", text("linjer i loggen", "lines of the log")),
];

/// A register in words; its own name, where there are none for it.
pub(super) fn register(name: &str, lang: Lang) -> String {
    let known = REGISTERS.iter().find(|(known, _)| *known == name);
    known.map_or_else(|| name.to_owned(), |(_, words)| words.of(lang).to_owned())
}

/// A number as it is written in the language.
pub(super) fn number(number: i64, lang: Lang) -> String {
    let digits = number.unsigned_abs().to_string();
    let mut written = String::new();
    for (place, digit) in digits.chars().enumerate() {
        if place > 0 && (digits.len() - place).is_multiple_of(3) {
            written.push(match lang {
                Lang::Da => '.',
                Lang::En => ',',
            });
        }
        written.push(digit);
    }
    if number < 0 { format!("\u{2212}{written}") } else { written }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn numbers_are_written_as_each_language_writes_them() {
        assert_eq!(number(1_234_567, Lang::En), "1,234,567");
        assert_eq!(number(19_342, Lang::Da), "19.342");
        assert_eq!((number(999, Lang::Da).as_str(), number(-12, Lang::En).as_str()), ("999", "\u{2212}12"));
    }
}
