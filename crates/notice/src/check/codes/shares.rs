//! Shares: disclosure and transfer.

use super::{Both, Code, Message, Part};

codes! {
    NO_INSTRUMENT "N501" Error "transfer to a third country without an instrument"
        / "overførsel til et tredjeland uden overførselsgrundlag" {
        why "GDPR art. 44: only with adequacy, safeguards or a derogation (art. 45, 46, 49)"
          / "GDPR artikel 44: kun med tilstrækkelighed, garantier eller en undtagelse (artikel 45, 46, 49)";
        mend "add `instrument = \"gdpr:45\"` or another"
          / "tilføj `instrument = \"gdpr:45\"` eller et andet";
        says no_instrument(party, country)
          "`{party}` is in {country}, and nothing allows the transfer"
          / "`{party}` er i {country}, og intet tillader overførslen";
        at the_recipient()
          "the recipient"
          / "modtageren";
    }

    SHARE_NOT_REACHED "N502" Error "disclosure for a purpose that the register does not have"
        / "videregivelse til et formål, som registret ikke har" {
        why "data is not passed on beyond the purposes it was collected for (GDPR art. 5(1)(b) and 6(4))"
          / "oplysninger videregives ikke ud over de formål, de er indsamlet til (GDPR artikel 5, stk. 1, litra b, og artikel 6, stk. 4)";
        mend "use one of the register's purposes, or give the register this one with its ground"
          / "brug et af registrets formål, eller giv registret dette med et behandlingsgrundlag";
        says not_shared_for(register, purpose)
          "`{register}` is not kept for `{purpose}`"
          / "`{register}` føres ikke til `{purpose}`";
    }

    CONSENT_TRANSFER "N503" Warning "transfer by a public authority on consent"
        / "en offentlig myndighed overfører på samtykke" {
        why "GDPR art. 49(3): 49(1)(a) is closed to public powers"
          / "GDPR artikel 49, stk. 3: stk. 1, litra a, er lukket for offentlig myndighedsudøvelse";
        mend "see 49(1)(d), or adequacy under art. 45"
          / "se 49(1)(d), eller tilstrækkelighed efter artikel 45";
        says consent_transfer()
          "a public authority does not transfer on consent in the exercise of its powers"
          / "en offentlig myndighed overfører ikke på samtykke, når den udøver myndighed";
    }

    NOT_A_RECIPIENT "N504" Warning "receiver not declared as a recipient"
        / "modtager, der ikke er oplyst som det" {
        why "recipients are named (GDPR art. 13(1)(e))"
          / "modtagere nævnes (GDPR artikel 13, stk. 1, litra e)";
        mend "add `recipient` to the kinds of the party"
          / "tilføj `recipient` til partens `kinds`";
        says not_a_recipient(party)
          "`{party}` receives data and is not declared as a recipient"
          / "`{party}` modtager oplysninger og er ikke oplyst som modtager";
    }

    NOT_AN_INSTRUMENT "N505" Error "instrument that allows no transfer"
        / "overførselsgrundlag, der ikke tillader nogen overførsel" {
        why "GDPR art. 44: only with adequacy, safeguards or a derogation (art. 45, 46, 49)"
          / "GDPR artikel 44: kun med tilstrækkelighed, garantier eller en undtagelse (artikel 45, 46, 49)";
        mend "name a provision of art. 45, 46, 47 or 49"
          / "nævn en bestemmelse i artikel 45, 46, 47 eller 49";
        says not_an_instrument(cited)
          "`{cited}` allows no transfer to a third country"
          / "`{cited}` tillader ingen overførsel til et tredjeland";
    }

    NO_ADEQUACY "N506" Warning "adequacy claimed for a country without a decision"
        / "tilstrækkelighed påberåbt for et land uden en afgørelse" {
        why "GDPR art. 45(3): the Commission decides which countries are adequate"
          / "GDPR artikel 45, stk. 3: Kommissionen afgør, hvilke lande der er tilstrækkelige";
        mend "use safeguards under art. 46, or cite the decision in the corpus when there is one"
          / "brug garantier efter artikel 46, eller henvis til afgørelsen, når der er en";
        says no_adequacy(country)
          "no decision on adequacy is known for {country}"
          / "ingen afgørelse om tilstrækkelighed er kendt for {country}";
    }

    NEEDLESS_INSTRUMENT "N507" Warning "instrument where there is no transfer"
        / "overførselsgrundlag, hvor der ingen overførsel er" {
        why "the notice tells of transfers that take place (GDPR art. 13(1)(f))"
          / "erklæringen fortæller om de overførsler, der finder sted (GDPR artikel 13, stk. 1, litra f)";
        mend "drop the instrument, or correct the country"
          / "fjern overførselsgrundlaget, eller ret landet";
        says needless_instrument(country, cited)
          "{country} is no third country, and `{cited}` is named"
          / "{country} er ikke et tredjeland, og alligevel er `{cited}` nævnt";
    }

    PROCESSOR_ABROAD "N508" Error "processor in a third country without an instrument"
        / "databehandler i et tredjeland uden overførselsgrundlag" {
        why "GDPR art. 44: a processor abroad is a transfer (art. 45, 46)"
          / "GDPR artikel 44: en databehandler i udlandet er en overførsel (artikel 45, 46)";
        mend "add `instrument = \"gdpr:46(2)(c)\"` or another to the party"
          / "tilføj `instrument = \"gdpr:46(2)(c)\"` eller et andet til parten";
        says processor_abroad(party, country)
          "`{party}` processes in {country}, and nothing allows the transfer"
          / "`{party}` behandler oplysninger i {country}, og intet tillader overførslen";
    }
}
