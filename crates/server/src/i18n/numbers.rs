//! Numbers as people write them.

use notice::Lang;
use rust_decimal::Decimal;

pub(super) fn point(lang: Lang) -> &'static str {
    match lang {
        Lang::Da => ",",
        Lang::En => ".",
    }
}

fn separator(lang: Lang) -> char {
    match lang {
        Lang::Da => '.',
        Lang::En => ',',
    }
}

/// A whole number with separators between thousands.
#[must_use]
pub fn whole(number: impl Into<i128>, lang: Lang) -> String {
    let number = number.into();
    let digits = number.unsigned_abs().to_string();
    let mut text = String::from(if number < 0 { "−" } else { "" });
    for (at, digit) in digits.chars().enumerate() {
        if at > 0 && (digits.len() - at).is_multiple_of(3) {
            text.push(separator(lang));
        }
        text.push(digit);
    }
    text
}

/// A decimal number without needless zeros.
#[must_use]
pub fn decimal(number: Decimal, lang: Lang) -> String {
    let text = number.normalize().to_string();
    let (before, after) = text.split_once('.').unwrap_or((&text, ""));
    let before = before.parse::<i128>().map_or_else(|_| before.to_owned(), |number| whole(number, lang));
    if after.is_empty() { before } else { format!("{before}{}{after}", point(lang)) }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn thousands_and_decimals_follow_the_language() {
        assert_eq!(whole(1_234_567_i64, Lang::Da), "1.234.567");
        assert_eq!(whole(999_i64, Lang::En), "999");
        assert_eq!(whole(-1000_i64, Lang::En), "−1,000");
        assert_eq!(decimal(Decimal::new(25, 1), Lang::Da), "2,5");
        assert_eq!(decimal(Decimal::new(100, 2), Lang::En), "1");
    }
}
