//! Days as people type them: 31-12-2027, 31.12.2027, 31/12/2027, and 2027-12-31.

use jiff::civil::Date;

/// The day of a text; `None` if it is not one.
pub(super) fn parse(text: &str) -> Option<Date> {
    let mut parts = text.trim().split(['-', '.', '/', ' ']).map(str::trim).filter(|part| !part.is_empty());
    let (first, second, third) = (parts.next()?, parts.next()?, parts.next()?);
    if parts.next().is_some() {
        return None;
    }
    let (year, month, day) = if first.len() == 4 { (first, second, third) } else { (third, second, first) };
    if year.len() != 4 {
        return None;
    }
    Date::new(year.parse().ok()?, month.parse().ok()?, day.parse().ok()?).ok()
}

/// A day as a field shows it.
pub(super) fn typed(day: Date) -> String {
    format!("{:02}-{:02}-{:04}", day.day(), day.month(), day.year())
}

#[cfg(test)]
mod tests {
    use jiff::civil::date;

    use super::*;

    #[test]
    fn days_are_read_as_people_write_them() {
        for text in ["31-12-2027", "31.12.2027", "31/12/2027", "2027-12-31", " 31 12 2027 ", "31. 12. 2027"] {
            assert_eq!(parse(text), Some(date(2027, 12, 31)), "{text}");
        }
        for text in ["", "31-13-2027", "30-02-2027", "31-12-27", "i morgen", "1-2-3-2027"] {
            assert_eq!(parse(text), None, "{text}");
        }
        assert_eq!(parse(&typed(date(2027, 1, 5))), Some(date(2027, 1, 5)));
    }
}
