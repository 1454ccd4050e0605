//! Rights: which, how, and how soon.

use super::{Both, Code, Message, Part};

codes! {
    RIGHT_NOT_GIVEN "N601" Error "right that the ground does not give"
        / "rettighed, som behandlingsgrundlaget ikke giver" {
        why "a right that cannot be used misleads (portability: art. 20(1); withdrawal: art. 7(3); objection: art. 21(1))"
          / "en rettighed, der ikke kan bruges, vildleder (dataportabilitet: artikel 20, stk. 1; tilbagetrækning: artikel 7, stk. 3; indsigelse: artikel 21, stk. 1)";
        mend "remove the right, or cite the ground that gives it"
          / "fjern rettigheden, eller henvis til det behandlingsgrundlag, der giver den";
        says right_not_given(article, ground)
          "`{article}` is listed, and nothing here rests on {ground}"
          / "`{article}` er nævnt, og intet her hviler på {ground}";
        help consent()
          "consent"
          / "samtykke";
        help consent_or_contract()
          "consent or contract"
          / "samtykke eller aftale";
        help task_or_interest()
          "a public task or a legitimate interest"
          / "en offentlig opgave eller en legitim interesse";
    }

    WITHDRAWAL_MISSING "N602" Error "consent that cannot be withdrawn"
        / "samtykke, der ikke kan trækkes tilbage" {
        why "the notice says that consent can be withdrawn (GDPR art. 7(3) and 13(2)(c))"
          / "erklæringen siger, at samtykke kan trækkes tilbage (GDPR artikel 7, stk. 3, og artikel 13, stk. 2, litra c)";
        mend "add a right with `article = \"gdpr:7(3)\"`"
          / "tilføj en rettighed med `article = \"gdpr:7(3)\"`";
        says no_withdrawal(ground)
          "`{ground}` is a ground, and no right says how to withdraw"
          / "`{ground}` er et behandlingsgrundlag, og ingen rettighed siger, hvordan man trækker samtykket tilbage";
        says withdrawal_not_listed(article)
          "the published notice does not list the right in `{article}`"
          / "den offentliggjorte erklæring nævner ikke rettigheden i `{article}`";
        at consent_is_a_ground_here()
          "consent is a ground here"
          / "samtykke er et behandlingsgrundlag her";
    }

    RIGHT_MISSING "N603" Warning "right not listed"
        / "rettighed, der ikke er nævnt" {
        why "the notice lists the rights (GDPR art. 13(2)(b))"
          / "erklæringen nævner rettighederne (GDPR artikel 13, stk. 2, litra b)";
        mend "add a `[[right]]` with the article that is named"
          / "tilføj en `[[right]]` med den artikel, der er nævnt";
        says right_missing(article)
          "no notice of the controller lists the right in `{article}`"
          / "ingen af den dataansvarliges erklæringer nævner rettigheden i `{article}`";
        says right_of_ground_missing(ground, article)
          "`{ground}` gives the right in `{article}`, and no notice of the controller lists it"
          / "`{ground}` giver rettigheden i `{article}`, og ingen af den dataansvarliges erklæringer nævner den";
        says right_not_listed(article)
          "the published notice does not list the right in `{article}`"
          / "den offentliggjorte erklæring nævner ikke rettigheden i `{article}`";
    }

    PROMISE_TOO_LONG "N604" Warning "promise that can end after the law's deadline"
        / "løfte, der kan ende efter lovens frist" {
        why "an answer is given within one month (GDPR art. 12(3))"
          / "der svares inden en måned (GDPR artikel 12, stk. 3)";
        mend "promise `P1M` or less; until then the earlier date is used"
          / "lov `P1M` eller mindre; indtil da bruges den tidligste dag";
        says promise_too_long(promise)
          "a promise of {promise} can end after the month of Art. 12(3)"
          / "et løfte om {promise} kan ende efter den måned, artikel 12, stk. 3, giver";
    }

    NO_DEADLINE "N605" Warning "time to answer not stated"
        / "svarfrist ikke oplyst" {
        why "an answer is given within one month (GDPR art. 12(3))"
          / "der svares inden en måned (GDPR artikel 12, stk. 3)";
        mend "add `answer = \"P1M\"`; until then the law's is used and published as the law's"
          / "tilføj `answer = \"P1M\"`; indtil da bruges lovens frist, og den offentliggøres som lovens";
        says no_deadline(article)
          "no time to answer is stated for `{article}`; P1M is used"
          / "der er ikke oplyst nogen svarfrist for `{article}`; P1M bruges";
    }

    PROMISES_DIFFER "N606" Note "one controller, different promises"
        / "én dataansvarlig, forskellige løfter" {
        why "a person should not have to know which system holds the data"
          / "den registrerede skal ikke behøve at vide, hvilket system oplysningerne ligger i";
        mend "promise the same time everywhere"
          / "lov samme frist alle steder";
        says promises_differ(one, other)
          "one authority promises {one} in one notice and {other} in another"
          / "én myndighed lover {one} i én erklæring og {other} i en anden";
        at the_other_promise()
          "the other promise"
          / "det andet løfte";
    }

    CHANNELS_DIFFER "N607" Warning "one controller, different ways to one right"
        / "én dataansvarlig, forskellige veje til én rettighed" {
        why "a request counts by whichever way it comes (GDPR art. 12(2))"
          / "en anmodning gælder, uanset hvilken vej den kommer (GDPR artikel 12, stk. 2)";
        mend "name the same ways in both notices"
          / "nævn de samme veje i begge erklæringer";
        says channels_differ(article)
          "the ways to `{article}` differ between two notices of one controller"
          / "vejene til `{article}` er forskellige i to erklæringer fra én dataansvarlig";
        at the_other_notice()
          "the other notice"
          / "den anden erklæring";
    }

    WIDE_EXEMPTION "N608" Warning "exemption that leans on art. 14(5)(c) alone"
        / "undtagelse, der kun læner sig op ad artikel 14, stk. 5, litra c" {
        why "GDPR art. 14(5)(c) asks for a rule that lays down the obtaining or disclosure, with safeguards"
          / "GDPR artikel 14, stk. 5, litra c, kræver en regel, der fastsætter indsamlingen eller videregivelsen, med garantier";
        mend "cite the provision that lays it down"
          / "henvis til den bestemmelse, der fastsætter det";
        says wide_exemption()
          "the exemption names no rule that lays down the obtaining or disclosure"
          / "undtagelsen nævner ingen regel, der fastsætter indsamlingen eller videregivelsen";
    }

    NO_WAY "N609" Warning "right without a way to use it"
        / "rettighed uden en vej til at bruge den" {
        why "the controller makes it easy to use the rights (GDPR art. 12(2))"
          / "den dataansvarlige gør det let at bruge rettighederne (GDPR artikel 12, stk. 2)";
        mend "add `channels = [...]`"
          / "tilføj `channels = [...]`";
        says no_way(article)
          "nothing says how to use the right in `{article}`"
          / "intet siger, hvordan man bruger rettigheden i `{article}`";
    }

    REFERRAL "N610" Warning "request sent on to somebody else"
        / "anmodning sendt videre til en anden" {
        why "the duty to answer stays with the controller that was asked (GDPR art. 12(3) and 16)"
          / "pligten til at svare bliver hos den dataansvarlige, der er spurgt (GDPR artikel 12, stk. 3, og artikel 16)";
        mend "keep the referral as an addition, and add a channel of the controller's own: the request gets a case and an answer"
          / "behold henvisningen som et tillæg, og tilføj den dataansvarliges egen vej: anmodningen får en sag og et svar";
        says referral(article, party)
          "a request under `{article}` is sent on to `{party}`"
          / "en anmodning efter `{article}` sendes videre til `{party}`";
    }

    NOT_A_RIGHT "N611" Error "article that gives no right"
        / "artikel, der ikke giver nogen rettighed" {
        why "the notice lists the rights of art. 15 to 22 and 77 (GDPR art. 13(2))"
          / "erklæringen nævner rettighederne i artikel 15 til 22 og 77 (GDPR artikel 13, stk. 2)";
        mend "cite the article that gives the right"
          / "henvis til den artikel, der giver rettigheden";
        says not_a_right(article)
          "`{article}` gives no right to the person"
          / "`{article}` giver ikke den registrerede nogen rettighed";
    }
}
