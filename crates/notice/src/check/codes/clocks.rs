//! Clocks: how long, from when, and who starts it.

use super::{Both, Code, Message, Part};

codes! {
    BAD_CLOCK "N301" Error "retention rule that cannot be read"
        / "slettefrist, der ikke kan læses" {
        why "a period or its criteria are published (GDPR art. 13(2)(a)) and run as written"
          / "en periode eller kriterierne for den er offentliggjort (GDPR artikel 13, stk. 2, litra a) og følges, som de er skrevet";
        mend "follow the grammar: what, at|by|from, event + duration"
          / "følg formen: hvad, at|by|from, hændelse + varighed";
        says found_expected(found, expected)
          "found {found}, expected {expected}"
          / "her står {found}, men der skulle stå {expected}";
        says not_a_time_to_answer(text)
          "`{text}` is not a time to answer"
          / "`{text}` er ikke en svarfrist";
        help write_answer()
          "write `answer = \"P1M\"`"
          / "skriv `answer = \"P1M\"`";
        help bytes(count)
          "{count} bytes"
          / "{count} byte";
        help at_most(most)
          "at most {most}"
          / "højst {most}";
        help write_several_rules()
          "write several rules, one for each register"
          / "skriv flere regler, én for hvert register";
        help end_of_rule()
          "the end of the rule"
          / "reglens slutning";
        help then_or_the_end()
          "`then` or the end of the rule"
          / "`then` eller reglens slutning";
        help second_stage_begins_with_then()
          "a second stage begins with `then`"
          / "et andet trin begynder med `then`";
        help at_most_levels(most)
          "at most {most} levels"
          / "højst {most} niveauer";
        help split_the_rule()
          "split the rule into several"
          / "del reglen i flere";
        help name_of_the_receiver()
          "the name of the receiver"
          / "modtagerens navn";
        help a_verb()
          "`erase`, `block`, `archive`, `anonymise`, `move`, `review` or `destroy`"
          / "`erase`, `block`, `archive`, `anonymise`, `move`, `review` eller `destroy`";
        help stage_begins_with_what_is_done()
          "a stage begins with what is done, as in `erase at subject.died + P1Y`"
          / "et trin begynder med det, der gøres, som i `erase at subject.died + P1Y`";
        help a_mode()
          "`at`, `by` or `from`"
          / "`at`, `by` eller `from`";
        help the_modes()
          "`at`: exactly then; `by`: at the latest; `from`: at the earliest, on a decision"
          / "`at`: netop da; `by`: senest; `from`: tidligst, efter en beslutning";
        help an_opening_bracket()
          "`(`"
          / "`(`";
        help a_closing_bracket()
          "`)`"
          / "`)`";
        help write_inherit()
          "write `inherit(data-source)`"
          / "skriv `inherit(data-source)`";
        help name_of_a_source()
          "the name of a source"
          / "en kildes navn";
        help an_event()
          "an event"
          / "en hændelse";
        help opt_stands_in_latest()
          "`opt` stands in `latest(...)` only; `earliest(...)` leaves out by itself what has not happened"
          / "`opt` står kun i `latest(...)`; `earliest(...)` udelader selv det, der ikke er sket";
        help event_it_counts_from()
          "the event from which it counts"
          / "den hændelse, der tælles fra";
        help name_its_start(duration)
          "name its start, as in `case.closed + {duration}`"
          / "nævn begyndelsen, som i `case.closed + {duration}`";
        help an_event_or_choice()
          "an event, `earliest(`, `latest(` or `inherit(`"
          / "en hændelse, `earliest(`, `latest(` eller `inherit(`";
        help duration_or_quantity()
          "a duration or the name of a quantity"
          / "en varighed eller en størrelses navn";
        help dates_in_brackets()
          "the dates stand in brackets, with commas between them"
          / "datoerne står i parentes med komma imellem";
        help comma_or_bracket()
          "`,` or `)`"
          / "`,` eller `)`";
        help every_bracket_is_closed()
          "every bracket that is opened is closed"
          / "hver parentes, der åbnes, lukkes igen";
        help name_of_a_flag()
          "the name of a flag"
          / "en beslutnings navn";
        help a_condition()
          "`not`, `(`, `flag`, `happened`, an event or a quantity"
          / "`not`, `(`, `flag`, `happened`, en hændelse eller en størrelse";
        help within_or_greater()
          "`within` or `>`"
          / "`within` eller `>`";
        help write_a_comparison(name)
          "write `flag {name}`, `happened {name}`, `{name} within P1Y` or `{name} > P1Y`"
          / "skriv `flag {name}`, `happened {name}`, `{name} within P1Y` eller `{name} > P1Y`";
        help a_duration()
          "a duration"
          / "en varighed";
        help the_units()
          "years P2Y, months P6M, weeks P4W, days P14D, hours PT24H"
          / "år P2Y, måneder P6M, uger P4W, dage P14D, timer PT24H";
        help at_most_200_years()
          "at most P200Y"
          / "højst P200Y";
        help no_rule_outlives_a_person()
          "no rule outlives a person twice over"
          / "ingen regel overlever et menneske to gange";
        help how_names_are_written()
          "names are written a-z, 0-9, `.` and `-`, and begin with a letter"
          / "navne skrives med a-z, 0-9, `.` og `-` og begynder med et bogstav";
        help a_word_of_the_language(word)
          "`{word}` is a word of the language; choose another name"
          / "`{word}` er et af sprogets egne ord; vælg et andet navn";
        help parts_of_names()
          "no part of a name is empty or begins or ends with `-`"
          / "ingen del af et navn er tom eller begynder eller slutter med `-`";
    }

    NO_CLOCK "N302" Error "register without a retention rule"
        / "register uden slettefrist" {
        why "no data is kept without an end (GDPR art. 5(1)(e) and 13(2)(a))"
          / "ingen oplysninger gemmes uden en ende (GDPR artikel 5, stk. 1, litra e, og artikel 13, stk. 2, litra a)";
        mend "add `keep = \"...\"`; where the published notice is silent add `unstated`"
          / "tilføj `keep = \"...\"`; hvor den offentliggjorte erklæring tier, tilføj `unstated`";
        says no_clock(register)
          "the register `{register}` has no retention rule"
          / "registret `{register}` har ingen slettefrist";
    }

    UNKNOWN_EVENT "N303" Error "event not declared"
        / "hændelse, der ikke er oplyst" {
        why "a clock that starts on an event which nobody raises never starts"
          / "en frist, der løber fra en hændelse, som ingen melder, begynder aldrig";
        mend "declare it as `[event.\"ID\"]` or correct the name"
          / "oplys den som `[event.\"ID\"]`, eller ret navnet";
        says no_event(name)
          "no event is called `{name}`"
          / "ingen hændelse hedder `{name}`";
    }

    NOBODY_RAISES "N304" Error "event that nobody may raise"
        / "hændelse, som ingen må melde" {
        why "a clock that starts on an event which nobody raises never starts"
          / "en frist, der løber fra en hændelse, som ingen melder, begynder aldrig";
        mend "say who raises it: `by` in words, `roles` where a person does it here"
          / "skriv, hvem der melder den: `by` med ord, `roles`, hvor et menneske gør det her";
        says nobody_raises(event)
          "nobody may raise `{event}`"
          / "ingen må melde `{event}`";
    }

    ENDLESS_HOLD "N305" Error "hold without an end"
        / "tilbageholdelse uden ende" {
        why "a flag that holds a clock for ever turns a period into none (GDPR art. 5(1)(e))"
          / "en beslutning, der holder en frist tilbage for evigt, gør en periode til ingen (GDPR artikel 5, stk. 1, litra e)";
        mend "declare `[flag.ID]` with `by` and `ends`"
          / "oplys `[flag.ID]` med `by` og `ends`";
        says endless_hold(flag)
          "`{flag}` holds the rule, and nobody said for how long"
          / "`{flag}` holder reglen tilbage, og ingen har sagt hvor længe";
    }

    UNDEFINED_FLAG "N306" Warning "flag not defined"
        / "beslutning, der ikke er fastlagt" {
        why "a period that depends on an undefined case is no criterion (GDPR art. 13(2)(a))"
          / "en periode, der afhænger af et tilfælde, som ikke er fastlagt, er intet kriterium (GDPR artikel 13, stk. 2, litra a)";
        mend "declare `[flag.ID]`: what it means and who sets it"
          / "oplys `[flag.ID]`: hvad den betyder, og hvem der træffer den";
        says undefined_flag(flag)
          "the rule turns on `{flag}`, and nobody said what that means"
          / "reglen afhænger af `{flag}`, og ingen har sagt, hvad det betyder";
    }

    NO_CEILING "N307" Warning "retention rule without a ceiling"
        / "slettefrist uden loft" {
        why "a period or criteria are to be given (GDPR art. 13(2)(a))"
          / "en periode eller kriterier for den skal oplyses (GDPR artikel 13, stk. 2, litra a)";
        mend "add a stage with `by` or `at`, or a shorter rule of the controller's own"
          / "tilføj et trin med `by` eller `at`, eller en kortere regel, som den dataansvarlige selv har valgt";
        says never_must(rule)
          "`{rule}` says from when the data may go, and never by when it must"
          / "`{rule}` siger, hvornår oplysningerne tidligst må slettes, men ikke hvornår de senest skal";
        says ends_at_an_event_alone(rule)
          "`{rule}` ends at an event alone; while nobody raises it the data stays"
          / "`{rule}` ender kun med en hændelse; så længe ingen melder den, bliver oplysningerne liggende";
        says ends_on_a_condition(rule)
          "`{rule}` ends for certain only where its condition holds; where it does not, the data stays"
          / "`{rule}` ender kun med sikkerhed, når betingelsen er opfyldt; er den ikke det, bliver oplysningerne liggende";
    }

    NO_START "N308" Warning "start of the period not named"
        / "det er ikke sagt, hvornår perioden begynder" {
        why "a period that starts nowhere ends nowhere"
          / "en periode, der ikke begynder noget sted, ender ingen steder";
        mend "name the start in the published notice and remove `start-not-named`"
          / "nævn begyndelsen i den offentliggjorte erklæring, og fjern `start-not-named`";
        says no_start(rule)
          "the published notice does not say from when `{rule}` counts"
          / "den offentliggjorte erklæring siger ikke, hvornår `{rule}` begynder";
    }

    SILENT "N309" Warning "published notice silent"
        / "den offentliggjorte erklæring tier" {
        why "where the notice is silent the controller has chosen, and says so in print"
          / "hvor erklæringen tier, har den dataansvarlige valgt og siger det på tryk";
        mend "write the sentence into the published notice, then remove `unstated`"
          / "skriv sætningen ind i den offentliggjorte erklæring, og fjern så `unstated`";
        says silent(section)
          "the published notice leaves `{section}` open; the controller has chosen"
          / "den offentliggjorte erklæring lader `{section}` stå åben; den dataansvarlige har valgt";
    }

    AFTER_THE_END "N310" Error "stage after the data is gone"
        / "trin efter, at oplysningerne er væk" {
        why "two final acts on the same data need an order"
          / "to endelige handlinger på de samme oplysninger kræver en rækkefølge";
        mend "put the archive before the erasure"
          / "sæt arkiveringen før sletningen";
        says after_the_end(verb)
          "the data is gone after `{verb}`, and a stage follows"
          / "oplysningerne er væk efter `{verb}`, og alligevel følger et trin";
    }

    NO_TARGET "N311" Error "move or archive without a receiver"
        / "flytning eller arkivering uden modtager" {
        why "what is handed over goes to somebody"
          / "det, der afleveres, afleveres til nogen";
        mend "write `archive to NAME` or `move to NAME`"
          / "skriv `archive to NAVN` eller `move to NAVN`";
        says no_target(verb)
          "`{verb}` does not say to whom"
          / "`{verb}` siger ikke til hvem";
    }

    TWO_FINAL_ACTS "N312" Warning "two final acts on the same data"
        / "to endelige handlinger på de samme oplysninger" {
        why "what is erased cannot be handed over, and the person is told both (GDPR art. 13(2)(a))"
          / "det, der er slettet, kan ikke afleveres, og den registrerede får begge dele at vide (GDPR artikel 13, stk. 2, litra a)";
        mend "say which comes first: `after = \"CLOCK\"` on the later one"
          / "skriv, hvad der kommer først: `after = \"FRIST\"` på den sidste";
        says two_final_acts(giver, eraser)
          "`{giver}` hands over and `{eraser}` erases the same data, and nobody says which comes first"
          / "`{giver}` afleverer, og `{eraser}` sletter de samme oplysninger, og ingen siger, hvad der kommer først";
        at the_other_final_act()
          "the other final act"
          / "den anden endelige handling";
    }

    TWO_RULES "N313" Error "two retention rules for one register"
        / "to slettefrister for ét register" {
        why "data is kept no longer than one period allows, and a person is told one (GDPR art. 5(1)(e) and 13(2)(a))"
          / "oplysninger gemmes ikke længere, end én periode tillader, og den registrerede får én at vide (GDPR artikel 5, stk. 1, litra e, og artikel 13, stk. 2, litra a)";
        mend "write `keep` or `clock`, not both"
          / "skriv `keep` eller `clock`, ikke begge";
        says two_rules(register)
          "the register `{register}` has a rule of its own and a shared one"
          / "registret `{register}` har både sin egen slettefrist og en fælles";
    }

    SAYS_OTHERWISE "N314" Warning "text that promises another period than the rule"
        / "teksten lover en anden periode end reglen" {
        why "the person is told the period that runs (GDPR art. 5(1)(a) and 13(2)(a))"
          / "den registrerede får den periode at vide, der løber (GDPR artikel 5, stk. 1, litra a, og artikel 13, stk. 2, litra a)";
        mend "correct the text or the rule"
          / "ret teksten eller reglen";
        says says_otherwise(section, says, runs)
          "`{section}` says {says}, and the rule runs {runs}"
          / "`{section}` siger {says}, men reglen løber i {runs}";
        at the_text_stands_here()
          "the text stands here"
          / "teksten står her";
    }

    LANGUAGES_DIFFER "N315" Warning "periods that differ between the languages"
        / "perioder, der er forskellige på de to sprog" {
        why "both languages promise the same (GDPR art. 12(1))"
          / "begge sprog lover det samme (GDPR artikel 12, stk. 1)";
        mend "correct one of the two texts"
          / "ret en af de to tekster";
        says languages_differ(section, danish, english)
          "`{section}` says {danish} in Danish and {english} in English"
          / "`{section}` siger {danish} på dansk og {english} på engelsk";
    }

    RAISED_BY_PERSON "N316" Error "clock of an inquiry in the hands of the person it is about"
        / "en undersøgelses frist i hænderne på den, den handler om" {
        why "whoever is under inquiry would decide when its record ends (GDPR art. 5(1)(f) and 32)"
          / "den, der bliver undersøgt, ville bestemme, hvornår sagen slettes (GDPR artikel 5, stk. 1, litra f, og artikel 32)";
        mend "let another role raise the event"
          / "lad en anden rolle melde hændelsen";
        says raised_by_person(person, role, event)
          "`{person}` is what the record is about, and its role `{role}` may raise `{event}`"
          / "posten handler om `{person}`, og dens rolle `{role}` må melde `{event}`";
        at the_role_that_may_raise_it()
          "the role that may raise it"
          / "rollen, der må melde den";
    }
}
