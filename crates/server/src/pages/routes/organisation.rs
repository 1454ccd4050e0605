//! An organisation by the number that a person types: with the name of the number before it, or told apart by its length.

use notice::Id;
use notice::id::Organisation;
use register::Register;
use register::identifier::{Cvr, Gln, OrganisationNumber, ProductionUnit, Shak, Sor, Yder};

/// The organisation, and its number as it is shown.
pub(super) fn find(register: &Register, typed: &str) -> Option<(Id<Organisation>, String)> {
    let (number, shown) = read(typed)?;
    Some((register.organisation(&number), shown))
}

fn read(typed: &str) -> Option<(OrganisationNumber, String)> {
    let plain: String = typed.chars().filter(|sign| !sign.is_whitespace() && *sign != '-').collect();
    let plain = plain.to_uppercase();
    let kinds = ["SOR", "CVR", "GLN", "SHAK", "YDERNUMMER", "YDER", "P"];
    let named = kinds.iter().find_map(|kind| Some((*kind, plain.strip_prefix(kind)?)));
    let (kind, value) = match named {
        Some((kind, rest)) => (kind, rest.trim_start_matches([':', '.'])),
        None => (by_length(&plain)?, plain.as_str()),
    };
    let number = match kind {
        "SOR" => OrganisationNumber::Sor(Sor::parse(value).ok()?),
        "CVR" => OrganisationNumber::Cvr(Cvr::parse(value).ok()?),
        "GLN" => OrganisationNumber::Gln(Gln::parse(value).ok()?),
        "SHAK" => OrganisationNumber::Shak(Shak::parse(value).ok()?),
        "P" => OrganisationNumber::ProductionUnit(ProductionUnit::parse(value).ok()?),
        _ => OrganisationNumber::Yder(Yder::parse(value).ok()?, None),
    };
    let shown = if kind == "YDERNUMMER" { "YDER" } else { kind };
    Some((number, format!("{shown} {value}")))
}

fn by_length(plain: &str) -> Option<&'static str> {
    if !plain.bytes().all(|sign| sign.is_ascii_digit()) {
        return None;
    }
    match plain.len() {
        8 => Some("CVR"),
        10 => Some("P"),
        13 if Gln::parse(plain).is_ok() => Some("GLN"),
        11.. => Some("SOR"),
        _ => None,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_number_is_read_with_its_name_or_by_its_length() {
        let shown = |typed| read(typed).map(|(_, shown)| shown);
        assert_eq!(shown("79641000016006").as_deref(), Some("SOR 79641000016006"));
        assert_eq!(shown(" sor: 7964 1000 016006").as_deref(), Some("SOR 79641000016006"));
        assert_eq!(shown("10150817").as_deref(), Some("CVR 10150817"));
        assert_eq!(shown("cvr 10 15 08 17").as_deref(), Some("CVR 10150817"));
        for none in ["", "1", "10150818", "klinikken", "sor", "cvr 1015081", "251248-9996x"] {
            assert_eq!(shown(none), None, "{none}");
        }
    }
}
