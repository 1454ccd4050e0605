//! The names of the countries that exchange keys: the EU, the EEA and Switzerland.

use notice::Lang;

/// Code, Danish, English.
const NAMES: [(&str, &str, &str); 31] = [
    ("AT", "Østrig", "Austria"),
    ("BE", "Belgien", "Belgium"),
    ("BG", "Bulgarien", "Bulgaria"),
    ("CH", "Schweiz", "Switzerland"),
    ("CY", "Cypern", "Cyprus"),
    ("CZ", "Tjekkiet", "Czechia"),
    ("DE", "Tyskland", "Germany"),
    ("DK", "Danmark", "Denmark"),
    ("EE", "Estland", "Estonia"),
    ("ES", "Spanien", "Spain"),
    ("FI", "Finland", "Finland"),
    ("FR", "Frankrig", "France"),
    ("GR", "Grækenland", "Greece"),
    ("HR", "Kroatien", "Croatia"),
    ("HU", "Ungarn", "Hungary"),
    ("IE", "Irland", "Ireland"),
    ("IS", "Island", "Iceland"),
    ("IT", "Italien", "Italy"),
    ("LI", "Liechtenstein", "Liechtenstein"),
    ("LT", "Litauen", "Lithuania"),
    ("LU", "Luxembourg", "Luxembourg"),
    ("LV", "Letland", "Latvia"),
    ("MT", "Malta", "Malta"),
    ("NL", "Holland", "Netherlands"),
    ("NO", "Norge", "Norway"),
    ("PL", "Polen", "Poland"),
    ("PT", "Portugal", "Portugal"),
    ("RO", "Rumænien", "Romania"),
    ("SE", "Sverige", "Sweden"),
    ("SI", "Slovenien", "Slovenia"),
    ("SK", "Slovakiet", "Slovakia"),
];

/// The name of a country; its code where it has none here.
#[must_use]
pub fn country(code: &str, lang: Lang) -> String {
    let found = NAMES.iter().find(|(one, ..)| *one == code);
    let name = found.map(|(_, da, en)| match lang {
        Lang::Da => *da,
        Lang::En => *en,
    });
    name.unwrap_or(code).to_owned()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_country_has_a_name_and_an_unknown_one_its_code() {
        assert_eq!(country("DE", Lang::Da), "Tyskland");
        assert_eq!(country("DE", Lang::En), "Germany");
        assert_eq!(country("XX", Lang::En), "XX");
    }
}
