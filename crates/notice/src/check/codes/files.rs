//! Files: what a file is, before anybody asks what it means.

use super::{Both, Code, Message, Part};

codes! {
    FILE_TOO_LARGE "N001" Error "file too large"
        / "filen er for stor" {
        why "a notice comes from outside and must not be able to stop the house"
          / "en erklæring kommer udefra og må ikke kunne standse systemet";
        mend "split the file; a file has at most 512 KiB and a corpus 16 MiB"
          / "del filen; en fil er højst 512 KiB og en samling højst 16 MiB";
        says file_too_large(path, bytes, all)
          "`{path}` has {bytes} bytes, the corpus so far {all}"
          / "`{path}` fylder {bytes} byte, og samlingen indtil nu {all}";
    }

    NOT_TOML "N002" Error "not TOML"
        / "ikke TOML" {
        why "what cannot be read cannot be carried out"
          / "det, der ikke kan læses, kan ikke føres ud i livet";
        mend "mend the line that is shown; the language of the file is TOML 1.0"
          / "ret linjen, der er vist; filens sprog er TOML 1.0";
        says not_toml(problem)
          "{problem}"
          / "{problem}";
    }

    TOO_DEEP "N003" Error "nested too deeply"
        / "for dybt indlejret" {
        why "a notice comes from outside and must not be able to stop the house"
          / "en erklæring kommer udefra og må ikke kunne standse systemet";
        mend "use at most 16 levels"
          / "brug højst 16 niveauer";
        says too_deep(levels)
          "this is nested deeper than {levels} levels"
          / "dette er indlejret i mere end {levels} niveauer";
    }

    TOO_MANY "N004" Error "too many"
        / "for mange" {
        why "a notice comes from outside and must not be able to stop the house"
          / "en erklæring kommer udefra og må ikke kunne standse systemet";
        mend "split the notice; the limit is named in the sentence"
          / "del erklæringen; grænsen står i sætningen";
        says too_many_keys(most)
          "this file has more than {most} keys"
          / "filen har mere end {most} nøgler";
        says too_many_keys_in_all(most)
          "the corpus has more than {most} keys"
          / "samlingen har mere end {most} nøgler";
        says too_many_fields(most)
          "a register has at most {most} fields"
          / "et register har højst {most} felter";
        says too_many_roles(most)
          "the corpus has more than {most} roles"
          / "samlingen har mere end {most} roller";
        says too_many_sections(most, kind)
          "the corpus has more than {most} sections `{kind}`"
          / "samlingen har mere end {most} afsnit `{kind}`";
        says too_long_list(key, most)
          "the list `{key}` has more than {most} entries"
          / "listen `{key}` har mere end {most} led";
        says too_much_to_check(most)
          "so much in these notices is to be compared with so much else that it takes more than {most} steps"
          / "så meget i erklæringerne skal sammenlignes med så meget andet, at det tager mere end {most} skridt";
        says too_many_uses(most)
          "more than {most} uses or registers"
          / "mere end {most} anvendelser eller registre";
    }

    STRING_TOO_LONG "N005" Error "text too long"
        / "teksten er for lang" {
        why "a text of a notice is read by people"
          / "en tekst i en erklæring skal læses af mennesker";
        mend "use at most 16 KiB in one text"
          / "brug højst 16 KiB i én tekst";
        says text_too_long(bytes, most)
          "this text has {bytes} bytes, more than {most}"
          / "teksten fylder {bytes} byte, mere end {most}";
    }

    HIDDEN_SIGN "N006" Error "invisible sign or sign that turns the direction of writing"
        / "usynligt tegn, eller tegn, der vender skriveretningen" {
        why "what a person reads must be what the house runs"
          / "det, man læser, skal være det, der bliver gjort";
        mend "delete the sign and write the word again"
          / "slet tegnet, og skriv ordet igen";
        says hidden_sign(sign)
          "the sign {sign} cannot be seen and may turn what is read"
          / "tegnet {sign} kan ikke ses og kan vende det, man læser";
    }

    NOT_NFC "N007" Error "text not in normal form"
        / "teksten er ikke i normalform" {
        why "two texts that look alike must be alike"
          / "to tekster, der ligner hinanden, skal være ens";
        mend "save the text in Unicode normal form C"
          / "gem teksten i Unicodes normalform C";
        says line_not_nfc()
          "this line is not in Unicode normal form C"
          / "linjen er ikke i Unicodes normalform C";
        says text_not_nfc()
          "this text is not in Unicode normal form C"
          / "teksten er ikke i Unicodes normalform C";
    }

    MIXED_SCRIPT "N008" Error "letters of several alphabets in one word"
        / "bogstaver fra flere alfabeter i ét ord" {
        why "a letter that looks like another can make a name mean something else"
          / "et bogstav, der ligner et andet, kan få et navn til at betyde noget andet";
        mend "write the word again in one alphabet"
          / "skriv ordet igen med ét alfabet";
        says mixed_script(word)
          "`{word}` is written in more than one alphabet"
          / "`{word}` er skrevet med mere end ét alfabet";
    }

    LOOKALIKE "N009" Error "word in letters that only look Latin"
        / "ord med bogstaver, der kun ligner latinske" {
        why "what a person reads must be what the house runs"
          / "det, man læser, skal være det, der bliver gjort";
        mend "write the word again in Latin letters"
          / "skriv ordet igen med latinske bogstaver";
        says lookalike(word)
          "`{word}` looks like a word in Latin letters and has none"
          / "`{word}` ligner et ord med latinske bogstaver, men har ingen";
    }

    UNKNOWN_KEY "N010" Error "unknown key"
        / "ukendt nøgle" {
        why "a key that is not understood would be a promise that is not kept"
          / "en nøgle, der ikke forstås, ville være et løfte, der ikke holdes";
        mend "use the key that is suggested, or delete the line"
          / "brug den nøgle, der er foreslået, eller slet linjen";
        says unknown_key(section, name)
          "{section} has no key `{name}`"
          / "{section} har ingen nøgle `{name}`";
        help the_keys_are(keys)
          "the keys are {keys}"
          / "nøglerne er {keys}";
    }

    WRONG_KIND "N011" Error "wrong kind of value"
        / "forkert slags værdi" {
        why "what cannot be read cannot be carried out"
          / "det, der ikke kan læses, kan ikke føres ud i livet";
        mend "write the value in the form that is named"
          / "skriv værdien på den måde, der er nævnt";
        says wrong_kind(key, wanted)
          "`{key}` is {wanted}"
          / "`{key}` skal være {wanted}";
        help a_text()
          "a text in quotation marks"
          / "en tekst i anførselstegn";
        help a_list_of_texts()
          "a list of texts"
          / "en liste af tekster";
        help true_or_false()
          "`true` or `false`"
          / "`true` eller `false`";
        help a_whole_number()
          "a whole number"
          / "et helt tal";
        help a_text_in_two_languages()
          "a text in two languages: `{{ da = \"...\", en = \"...\" }}`"
          / "en tekst på to sprog: `{{ da = \"...\", en = \"...\" }}`";
        help a_table()
          "a table"
          / "en tabel";
        help a_list_of_tables()
          "a list of tables"
          / "en liste af tabeller";
    }

    MISSING_KEY "N012" Error "something is missing"
        / "noget mangler" {
        why "what is not said cannot be carried out or published"
          / "det, der ikke er sagt, kan hverken føres ud i livet eller offentliggøres";
        mend "add the key that is named"
          / "tilføj den nøgle, der er nævnt";
        says missing_key(section, key)
          "{section} has no `{key}`"
          / "{section} har ingen `{key}`";
        says empty_key(key)
          "`{key}` is empty"
          / "`{key}` er tom";
        help add_key(key)
          "add `{key} = ...`"
          / "tilføj `{key} = ...`";
    }

    MISSING_LANGUAGE "N013" Error "text in one language only"
        / "tekst på kun ét sprog" {
        why "the notice is published in Danish and English (GDPR art. 12(1): plain and clear)"
          / "erklæringen offentliggøres på dansk og engelsk (GDPR artikel 12, stk. 1: klart og enkelt)";
        mend "write both `da` and `en`"
          / "skriv både `da` og `en`";
        says missing_language(section, key)
          "{section} has no text in `{key}`"
          / "{section} har ingen tekst i `{key}`";
    }

    BAD_ID "N014" Error "malformed id"
        / "id med forkert form" {
        why "ids stand in addresses, logs and letters; look-alike letters must not pass"
          / "id'er står i adresser, logge og breve; bogstaver, der ligner andre, må ikke slippe igennem";
        mend "use a-z, 0-9, `.` and `-`, beginning with a letter"
          / "brug a-z, 0-9, `.` og `-`, og begynd med et bogstav";
        says bad_id(id)
          "`{id}` is not an id"
          / "`{id}` er ikke et id";
        says not_a_rule_id(id)
          "`{id}` is not the id of a rule"
          / "`{id}` er ikke en regels id";
        says field_with_dot(id)
          "`{id}` is the name of a field and has no `.`"
          / "`{id}` er navnet på et felt og har intet `.`";
    }

    BAD_PERIOD "N015" Error "malformed period"
        / "periode med forkert form" {
        why "what holds when must be beyond doubt"
          / "der må ikke være tvivl om, hvad der gælder hvornår";
        mend "write `2024-01-01..` or `2024-01-01..2026-12-31`"
          / "skriv `2024-01-01..` eller `2024-01-01..2026-12-31`";
        says not_a_period(text)
          "`{text}` is not a period"
          / "`{text}` er ikke en periode";
        says longer_than_200_years(text)
          "`{text}` is more than P200Y"
          / "`{text}` er mere end P200Y";
        says not_a_duration(text)
          "`{text}` is not a duration: a duration is written like `P2Y`, `P6M`, `P14D` or `PT24H`"
          / "`{text}` er ikke en varighed: en varighed skrives som `P2Y`, `P6M`, `P14D` eller `PT24H`";
        says duration_too_long(text)
          "`{text}` is not a duration: a duration is at most P200Y"
          / "`{text}` er ikke en varighed: en varighed er højst P200Y";
        help write_a_duration()
          "write `P2Y`, `P6M` or `P14D`"
          / "skriv `P2Y`, `P6M` eller `P14D`";
    }

    UNKNOWN_WORD "N016" Error "word not in the vocabulary"
        / "ord uden for ordlisten" {
        why "the vocabulary is closed, so that every word has one meaning and is enforced"
          / "ordlisten er lukket, så hvert ord har én betydning og bliver overholdt";
        mend "use one of the words that are named"
          / "brug et af de ord, der er nævnt";
        says unknown_word(word)
          "`{word}` is not a word of the vocabulary"
          / "`{word}` står ikke i ordlisten";
        says not_a_country(word)
          "`{word}` is not a country"
          / "`{word}` er ikke et land";
        help the_words_are(list)
          "the words are {list}"
          / "ordene er {list}";
        help did_you_mean_of(meant, list)
          "did you mean `{meant}`? the words are {list}"
          / "mente du `{meant}`? ordene er {list}";
    }

    STRAY_SECTION "N017" Error "section of a notice in a file without `[notice]`"
        / "afsnit af en erklæring i en fil uden `[notice]`" {
        why "purposes, registers, uses, shares, rights and measures belong to one notice"
          / "formål, registre, anvendelser, videregivelser, rettigheder og foranstaltninger hører til én erklæring";
        mend "add `[notice]`, or move the section"
          / "tilføj `[notice]`, eller flyt afsnittet";
        says stray_section()
          "this belongs to a notice, and the file has none"
          / "dette hører til en erklæring, og filen har ingen";
    }

    LANGUAGE_VERSION "N018" Error "version of the language not known"
        / "ukendt udgave af sproget" {
        why "a later version may mean another thing by the same words"
          / "en senere udgave kan mene noget andet med de samme ord";
        mend "write `language = 1`"
          / "skriv `language = 1`";
        says language_version(number)
          "this file is written in version {number} of the language"
          / "filen er skrevet i udgave {number} af sproget";
    }

    MARKUP "N019" Warning "markup in a text"
        / "opmærkning i en tekst" {
        why "texts are shown as they stand; a tag would be read aloud to the person (GDPR art. 12(1): plain and clear)"
          / "tekster vises, som de står; et opmærkningstegn ville blive læst op for den registrerede (GDPR artikel 12, stk. 1: klart og enkelt)";
        mend "write the sentence without `<` and `>`"
          / "skriv sætningen uden `<` og `>`";
        says markup()
          "this text holds markup"
          / "teksten indeholder opmærkning";
    }

    OUTSIDE "N020" Error "file outside the folder of the notice"
        / "fil uden for erklæringens mappe" {
        why "a notice comes from outside and must not read other files of the house"
          / "en erklæring kommer udefra og må ikke læse andre filer i systemet";
        mend "put the file beside the notice and write its name: `member.schema.json`"
          / "læg filen ved siden af erklæringen, og skriv dens navn: `member.schema.json`";
        says outside(name)
          "`{name}` is not a JSON file in the folder of the notice"
          / "`{name}` er ikke en JSON-fil i erklæringens mappe";
    }

    FORM_MISSING "N021" Error "form that is not there"
        / "skema, der ikke er der" {
        why "an entry that nothing can be held against is not kept"
          / "en post, der ikke kan holdes op imod noget, bliver ikke ført";
        mend "put the file beside the notice, or take the line `schema` out"
          / "læg filen ved siden af erklæringen, eller fjern linjen `schema`";
        says form_missing(path, register)
          "`{path}`, the form of `{register}`, is not among these files"
          / "`{path}`, som er skemaet for `{register}`, er ikke blandt filerne";
    }

    NOT_A_FORM "N022" Error "form that is no JSON Schema"
        / "skema, der ikke er et JSON Schema" {
        why "what cannot be read cannot be carried out"
          / "det, der ikke kan læses, kan ikke føres ud i livet";
        mend "mend the line that is shown; a form is a JSON Schema 2020-12, an object"
          / "ret linjen, der er vist; et skema er et JSON Schema 2020-12, et objekt";
        says form_no_object()
          "a form is an object"
          / "et skema er et objekt";
        says form_not_json(problem, line, column)
          "this is not JSON: {problem}"
          / "dette er ikke JSON; fejlen er på linje {line}, tegn {column}";
        says no_json_schema(problem, at)
          "this is no JSON Schema 2020-12: {problem}"
          / "dette er ikke et JSON Schema 2020-12; fejlen er ved `{at}`";
    }

    FORM_REFERS "N023" Error "form that refers to something outside"
        / "skema, der henviser til noget udenfor" {
        why "what is signed must be all that is meant: a form elsewhere could change unseen"
          / "det, der underskrives, skal være alt det, der menes: et skema et andet sted kunne ændres, uden at nogen så det";
        mend "write the part into this file under `$defs` and refer to it as `#/$defs/NAME`; `$id`, `$anchor` and `$dynamicRef` are not used"
          / "skriv delen ind i denne fil under `$defs`, og henvis til den som `#/$defs/NAVN`; `$id`, `$anchor` og `$dynamicRef` bruges ikke";
        says form_refers(to)
          "`{to}` is not a place in this form"
          / "`{to}` er ikke et sted i dette skema";
        says form_shifts(word)
          "`{word}` lets a form mean something else than it shows"
          / "med `{word}` kan et skema betyde noget andet end det, der står";
    }

    FORM_TOO_HEAVY "N024" Error "form that costs too much to check"
        / "skema, der er for dyrt at holde noget op imod" {
        why "a form comes from outside and must not be able to stop the house"
          / "et skema kommer udefra og må ikke kunne standse systemet";
        mend "make the form simpler: at most 256 KiB, 32 levels, 5,000 parts with references followed, patterns of 1,000 characters, and no part that contains itself"
          / "gør skemaet enklere: højst 256 KiB, 32 niveauer, 5.000 dele, når henvisninger følges, mønstre på 1.000 tegn, og ingen del, der indeholder sig selv";
        says form_too_large(bytes, most)
          "this form has {bytes} bytes, more than {most}"
          / "skemaet fylder {bytes} byte, mere end {most}";
        says form_circle(at)
          "`{at}` contains itself"
          / "`{at}` indeholder sig selv";
        says form_too_deep(levels)
          "this form is nested deeper than {levels} levels"
          / "skemaet er indlejret i mere end {levels} niveauer";
        says form_too_many_steps(most)
          "checking an entry against this form takes more than {most} steps"
          / "at holde en post op imod skemaet tager mere end {most} skridt";
        says form_long_pattern(most)
          "a pattern has more than {most} characters"
          / "et mønster har mere end {most} tegn";
    }

    FORM_FIELD "N025" Error "form that asks for what is not kept"
        / "skema, der spørger om det, der ikke føres" {
        why "only what the notice says is collected (GDPR art. 5(1)(b) and (c))"
          / "kun det, erklæringen siger, bliver indsamlet (GDPR artikel 5, stk. 1, litra b og c)";
        mend "declare the field in the register, or take it out of the form"
          / "oplys feltet i registret, eller fjern det fra skemaet";
        says form_field(name, register)
          "this form asks for `{name}`, which `{register}` does not declare"
          / "skemaet spørger om `{name}`, som `{register}` ikke oplyser";
    }

    ONE_TEXT "N026" Warning "one text for both languages"
        / "én tekst til begge sprog" {
        why "whoever reads Danish is told in Danish, and whoever reads English in English (GDPR art. 12(1): plain and clear)"
          / "den, der læser dansk, får det at vide på dansk, og den, der læser engelsk, på engelsk (GDPR artikel 12, stk. 1: klart og enkelt)";
        mend "write `{ da = \"...\", en = \"...\" }`"
          / "skriv `{ da = \"...\", en = \"...\" }`";
        says one_text_for_both(key)
          "`{key}` is one text, which stands for both languages"
          / "`{key}` er én tekst, som står for begge sprog";
    }

    NO_NOTICE "N027" Warning "no notice among the files"
        / "ingen erklæring mellem filerne" {
        why "without a notice nothing may be kept and nobody may do anything; a file may have been saved empty or left behind"
          / "uden en erklæring må intet gemmes, og ingen må noget; en fil kan være gemt tom eller glemt";
        mend "a file is a notice when it has `[notice]`; put it beside the others"
          / "en fil er en erklæring, når den har `[notice]`; læg den ved siden af de andre";
        says none_is_a_notice()
          "none of these files is a notice"
          / "ingen af filerne er en erklæring";
    }

    EMPTY_FILE "N028" Warning "file that says nothing"
        / "fil, der intet siger" {
        why "a file that was saved empty or only in part would be missed by nobody"
          / "en fil, der er gemt tom eller kun halvt, ville ingen savne";
        mend "take the file from a copy again, or delete it"
          / "hent filen frem fra en kopi igen, eller slet den";
        says empty_file(path)
          "`{path}` declares nothing"
          / "`{path}` oplyser intet";
    }

    EMPTY_NOTICE "N029" Warning "notice that says nothing of any data"
        / "erklæring, der intet siger om nogen oplysninger" {
        why "a notice tells what is kept, who may do what and what people can ask for (GDPR art. 13 and 14); one that tells nothing of it may have been saved only in part"
          / "en erklæring fortæller, hvad der gemmes, hvem der må hvad, og hvad man kan bede om (GDPR artikel 13 og 14); en, der intet fortæller om det, kan være gemt kun halvt";
        mend "add a `[register.ID]`, or the rights that the controller promises for all its notices"
          / "tilføj et `[register.ID]`, eller de rettigheder, den dataansvarlige lover for alle sine erklæringer";
        says empty_notice(notice)
          "the notice `{notice}` has no register, use, disclosure, right or measure"
          / "erklæringen `{notice}` har intet register og ingen anvendelse, videregivelse, rettighed eller foranstaltning";
    }
}
