//! Countries by name, as people say them.

use super::say;
use crate::text::Lang;

/// The name of a country of ISO 3166-1; `EU` is the Union's own bodies, `ZZ` any country outside the EEA, and a code
/// that is not in the table is printed as it is.
#[must_use]
pub fn country_words(code: &str, lang: Lang) -> String {
    let found = NAMES.iter().find(|(own, ..)| *own == code);
    found.map_or_else(|| code.to_owned(), |(_, da, en)| say(lang, da, en).to_owned())
}

const NAMES: [(&str, &str, &str); 47] = [
    ("AT", "Østrig", "Austria"),
    ("AU", "Australien", "Australia"),
    ("BE", "Belgien", "Belgium"),
    ("BG", "Bulgarien", "Bulgaria"),
    ("CA", "Canada", "Canada"),
    ("CH", "Schweiz", "Switzerland"),
    ("CN", "Kina", "China"),
    ("CY", "Cypern", "Cyprus"),
    ("CZ", "Tjekkiet", "Czechia"),
    ("DE", "Tyskland", "Germany"),
    ("DK", "Danmark", "Denmark"),
    ("EE", "Estland", "Estonia"),
    ("ES", "Spanien", "Spain"),
    ("EU", "Den Europæiske Union", "the European Union"),
    ("FI", "Finland", "Finland"),
    ("FO", "Færøerne", "the Faroe Islands"),
    ("FR", "Frankrig", "France"),
    ("GB", "Storbritannien", "the United Kingdom"),
    ("GL", "Grønland", "Greenland"),
    ("GR", "Grækenland", "Greece"),
    ("HR", "Kroatien", "Croatia"),
    ("HU", "Ungarn", "Hungary"),
    ("IE", "Irland", "Ireland"),
    ("IL", "Israel", "Israel"),
    ("IN", "Indien", "India"),
    ("IS", "Island", "Iceland"),
    ("IT", "Italien", "Italy"),
    ("JP", "Japan", "Japan"),
    ("KR", "Sydkorea", "South Korea"),
    ("LI", "Liechtenstein", "Liechtenstein"),
    ("LT", "Litauen", "Lithuania"),
    ("LU", "Luxembourg", "Luxembourg"),
    ("LV", "Letland", "Latvia"),
    ("MT", "Malta", "Malta"),
    ("NL", "Nederlandene", "the Netherlands"),
    ("NO", "Norge", "Norway"),
    ("NZ", "New Zealand", "New Zealand"),
    ("PL", "Polen", "Poland"),
    ("PT", "Portugal", "Portugal"),
    ("RO", "Rumænien", "Romania"),
    ("SE", "Sverige", "Sweden"),
    ("SI", "Slovenien", "Slovenia"),
    ("SK", "Slovakiet", "Slovakia"),
    ("TR", "Tyrkiet", "Türkiye"),
    ("UA", "Ukraine", "Ukraine"),
    ("US", "USA", "the United States"),
    ("ZZ", "et land uden for EU og EØS", "a country outside the EU and the EEA"),
];

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn countries_have_names_in_both_languages() {
        assert_eq!(country_words("FO", Lang::Da), "Færøerne");
        assert_eq!(country_words("FO", Lang::En), "the Faroe Islands");
        assert_eq!(country_words("XK", Lang::En), "XK");
    }
}
