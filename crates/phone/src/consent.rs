//! The consent to keep and read things on the phone, and the words under which it is asked for.
//!
//! Notice sst: what lies on the phone lies there by consent and by nothing else (Cookie Order § 3). Rules SS-04, SS-05
//! and SS-07 are part of the words: it is voluntary, nothing follows from refusing, nobody sees who meets whom.

use jiff::Timestamp;

use crate::language::{Bilingual, Text};

/// The words that are asked under now. Whoever agreed to others is asked anew, and until then nothing is collected.
pub const VERSION: &str = "2026-11";

/// What the owner has agreed to, and when.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Consent {
    /// The version of the words that were shown.
    pub version: String,
    /// When.
    pub given: Timestamp,
}

/// Whether the phone may collect.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Standing<'a> {
    /// Nobody was asked, or the answer was no, or it was taken back.
    None,
    /// It may.
    Agreed(&'a Consent),
    /// The owner agreed to other words; nothing is collected until the new ones are agreed to.
    AskAnew(&'a Consent),
}

/// What is shown before anybody can say yes.
pub const WORDS: Bilingual<&[&str]> = Bilingual {
    da: &[
        "Det er frivilligt at bruge smitte|stop. Siger du nej, sker der ikke andet, end at appen ikke virker, og du får samme hjælp til smitteopsporing som alle andre.",
        "Siger du ja, gemmer telefonen sine egne nøgler, de tilfældige numre, den hører fra telefoner i nærheden, og hvor kraftigt og hvornår den hørte dem. Numrene skifter hvert 10. til 20. minut. Alt ligger krypteret på telefonen og forsvinder efter 14 dage.",
        "Telefonen henter jævnligt nøgler fra smittede, som har valgt at advare andre, og regner selv ud, om du har været tæt på en af dem. Hverken myndigheder eller andre brugere kan se, hvem du er, hvor du har været, eller hvem du har mødt.",
        "Du får ikke at vide, hvem der er smittet, hvor I mødtes eller hvornår. Møder du næsten ingen, kan du i særlige tilfælde regne det ud, og andre kan regne dig ud.",
        "En advarsel er ikke en diagnose. Den kan ikke bruges til at sætte dig i karantæne eller til andre afgørelser om dig.",
        "Du kan trække dit samtykke tilbage når som helst. Så slettes alt på telefonen med det samme.",
    ],
    en: &[
        "Using smitte|stop is voluntary. If you say no, nothing happens but that the app does not work, and you get the same help with tracing infection as everybody else.",
        "If you say yes, the phone keeps its own keys, the random numbers it hears from phones nearby, and how loud and when it heard them. The numbers change every 10 to 20 minutes. Everything lies encrypted on the phone and goes after 14 days.",
        "The phone regularly fetches keys of infected people who chose to warn others, and works out by itself whether you were close to one of them. Neither authorities nor other users can see who you are, where you have been or whom you have met.",
        "You are not told who is infected, where you met or when. If you meet hardly anybody, you may in special cases be able to work it out, and others may work you out.",
        "A warning is no diagnosis. It cannot be used to put you in quarantine or for any other decision about you.",
        "You can withdraw your consent at any time. Then everything on the phone is erased at once.",
    ],
};

/// What is asked.
pub const QUESTION: Text = Text {
    da: "Jeg giver samtykke til, at smitte|stop gemmer og læser oplysninger på min telefon",
    en: "I consent to smitte|stop keeping and reading data on my phone",
};
