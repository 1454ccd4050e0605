//! Uses: who may, for what, under which condition, with which trace.

use super::{Both, Code, Message, Part};

codes! {
    PURPOSE_NOT_REACHED "N401" Error "use for a purpose that the register does not have"
        / "anvendelse til et formål, som registret ikke har" {
        why "data is not used beyond the purposes it was collected for (GDPR art. 5(1)(b) and 6(4))"
          / "oplysninger bruges ikke ud over de formål, de er indsamlet til (GDPR artikel 5, stk. 1, litra b, og artikel 6, stk. 4)";
        mend "use one of the register's purposes, or give the register this one with its ground"
          / "brug et af registrets formål, eller giv registret dette med et behandlingsgrundlag";
        says not_kept_for(register, purpose)
          "`{register}` is not kept for `{purpose}`"
          / "`{register}` føres ikke til `{purpose}`";
        at the_register_and_its_purposes()
          "the register and its purposes"
          / "registret og dets formål";
    }

    NO_LOG "N402" Error "use without a trace"
        / "anvendelse uden spor" {
        why "who looked must be known to the person; no log, no data"
          / "den registrerede skal kunne se, hvem der har kigget; uden log ingen oplysninger";
        mend "add `log = \"REGISTER\"`, or declare the register `public = true`"
          / "tilføj `log = \"REGISTER\"`, eller oplys registret med `public = true`";
        says no_trace(used, register)
          "`{used}` touches `{register}` and leaves no trace"
          / "`{used}` rører ved `{register}` og sætter intet spor";
    }

    BAD_CONDITION "N403" Error "condition that cannot be read"
        / "betingelse, der ikke kan læses" {
        why "what cannot be read cannot be carried out"
          / "det, der ikke kan læses, kan ikke føres ud i livet";
        mend "join facts by `and`, `or`, `not` and brackets"
          / "forbind kendsgerninger med `and`, `or`, `not` og parenteser";
        says condition_found(found, expected)
          "found {found}, expected {expected}"
          / "her står {found}, men der skulle stå {expected}";
        help the_end()
          "the end"
          / "slutningen";
        help at_most_2048_bytes()
          "at most 2048 bytes"
          / "højst 2048 byte";
        help at_most_32_levels()
          "at most 32 levels"
          / "højst 32 niveauer";
        help write_several_uses()
          "write several uses"
          / "skriv flere anvendelser";
        help and_or_the_end()
          "`and`, `or` or the end"
          / "`and`, `or` eller slutningen";
        help a_fact()
          "a fact, `not` or `(`"
          / "en kendsgerning, `not` eller `(`";
        help write_step_up()
          "write `step-up = true` on the use"
          / "skriv `step-up = true` på anvendelsen";
        help the_facts_are(facts)
          "the facts are {facts}"
          / "kendsgerningerne er {facts}";
    }

    NEVER_HOLDS "N404" Warning "condition that never holds"
        / "betingelse, der aldrig er opfyldt" {
        why "a use that nobody can ever have is a mistake"
          / "en anvendelse, som ingen nogen sinde kan få, er en fejl";
        mend "correct the condition or delete the use"
          / "ret betingelsen, eller slet anvendelsen";
        says never_holds(condition)
          "`{condition}` can never hold"
          / "`{condition}` kan aldrig være opfyldt";
    }

    RAISE_MISMATCH "N405" Error "events without the verb, or the verb without events"
        / "hændelser uden udsagnsordet, eller udsagnsordet uden hændelser" {
        why "an event starts or moves a clock; who raises which is said"
          / "en hændelse sætter en frist i gang eller flytter den; det er sagt, hvem der melder hvilken";
        mend "write both `may = [\"raise\"]` and `raises = [...]`"
          / "skriv både `may = [\"raise\"]` og `raises = [...]`";
        says raises_without_the_verb(used, event)
          "`{used}` raises `{event}` without the verb `raise`"
          / "`{used}` melder `{event}` uden udsagnsordet `raise`";
        says raises_nothing(used)
          "`{used}` may raise events and names none"
          / "`{used}` må melde hændelser og nævner ingen";
    }

    MAY_NOT_RAISE "N406" Error "event raised by a role that may not"
        / "hændelse meldt af en rolle, der ikke må" {
        why "each event names who may raise it"
          / "hver hændelse siger, hvem der må melde den";
        mend "add the role to the event or remove the event from the use"
          / "giv hændelsen rollen, eller fjern hændelsen fra anvendelsen";
        says may_not_raise(role, event)
          "`{role}` may not raise `{event}`"
          / "`{role}` må ikke melde `{event}`";
        at raised_by(who)
          "raised by: {who}"
          / "meldes af: {who}";
    }

    OPEN_TO_ALL "N407" Warning "sensitive data open to a whole role without a condition"
        / "følsomme oplysninger åbne for en hel rolle uden betingelse" {
        why "access goes by need (GDPR art. 25(2): not to an indefinite number of persons)"
          / "adgang følger behovet (GDPR artikel 25, stk. 2: ikke til et ubegrænset antal personer)";
        mend "add `when = \"...\"`"
          / "tilføj `when = \"...\"`";
        says open_to_all(used, register)
          "`{used}` opens `{register}` to everybody in the role, for every person"
          / "`{used}` åbner `{register}` for alle i rollen og om alle mennesker";
    }

    SENSITIVE_PUBLISHED "N408" Warning "sensitive data in a public register"
        / "følsomme oplysninger i et offentligt register" {
        why "access goes by need, and the CPR number is not published (GDPR art. 25(2), Data Protection Act § 11)"
          / "adgang følger behovet, og CPR-nummeret offentliggøres ikke (GDPR artikel 25, stk. 2, databeskyttelseslovens § 11)";
        mend "leave the field out of the public register, or drop `public`"
          / "tag feltet ud af det offentlige register, eller fjern `public`";
        says sensitive_published(register, field)
          "everybody may see `{register}`, and `{field}` is not ordinary data"
          / "alle må se `{register}`, og `{field}` er ikke en almindelig oplysning";
        at the_register_is_public()
          "the register is public"
          / "registret er offentligt";
    }

    NAMED_AFTER_ALL "N409" Error "register of people whom nobody can name, and something that names them"
        / "register over folk, som ingen kan nævne, og noget, der nævner dem" {
        why "whoever says that nobody can be found must not be able to find anybody (GDPR art. 11(1) and (2))"
          / "den, der siger, at ingen kan findes, må ikke kunne finde nogen (GDPR artikel 11, stk. 1 og 2)";
        mend "take out what names the person, or drop `unnamed`"
          / "fjern det, der nævner personen, eller fjern `unnamed`";
        says unnamed_names(register, field)
          "nobody can be found in `{register}`, and `{field}` names a person"
          / "ingen kan findes i `{register}`, og `{field}` nævner en person";
        says unnamed_ties(register, fact)
          "nobody can be found in `{register}`, and its records tie people together by `{fact}`"
          / "ingen kan findes i `{register}`, og dets poster knytter mennesker sammen ved `{fact}`";
        says unnamed_recognised(used, fact, register)
          "`{used}` asks for `{fact}`, and nobody can be recognised in `{register}`"
          / "`{used}` kræver `{fact}`, og ingen kan genkendes i `{register}`";
        at the_register_is_unnamed()
          "the register is unnamed"
          / "registret er navnløst";
    }
}
