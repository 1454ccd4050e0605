//! Grounds: law, controllers, processors, classes of data.

use super::{Both, Code, Message, Part};

codes! {
    NO_BASIS "N201" Error "register without a ground"
        / "register uden behandlingsgrundlag" {
        why "processing is lawful only on a ground (GDPR art. 6(1))"
          / "behandling er kun lovlig med et behandlingsgrundlag (GDPR artikel 6, stk. 1)";
        mend "add `basis = [...]`"
          / "tilføj `basis = [...]`";
        says no_ground(register)
          "the register `{register}` has no ground"
          / "registret `{register}` har intet behandlingsgrundlag";
        says no_ordinary_ground(register)
          "no ground of the register `{register}` covers ordinary data"
          / "intet behandlingsgrundlag i registret `{register}` dækker almindelige oplysninger";
        help add_article_6()
          "add a ground of art. 6(1), such as `gdpr:6(1)(e)`; art. 9 and 10 do not replace it"
          / "tilføj et grundlag i artikel 6, stk. 1, for eksempel `gdpr:6(1)(e)`; artikel 9 og 10 træder ikke i stedet for det";
    }

    CLASS_NOT_COVERED "N202" Error "field whose class no ground covers"
        / "felt af en klasse, som intet behandlingsgrundlag dækker" {
        why "health data needs a ground of art. 9, offences of art. 10, the CPR number of the Data Protection Act § 11"
          / "helbredsoplysninger kræver et grundlag i artikel 9, strafbare forhold i artikel 10 og CPR-nummeret i databeskyttelseslovens § 11";
        mend "add a ground that covers the class, or drop the field"
          / "tilføj et behandlingsgrundlag, der dækker klassen, eller undlad feltet";
        says class_not_covered(class, field)
          "no ground covers the {class} in `{field}`"
          / "intet behandlingsgrundlag dækker {class} i `{field}`";
        at these_are_the_grounds()
          "these are the grounds"
          / "det er grundlagene";
    }

    NOT_A_BASIS "N203" Warning "provision that is no ground by itself"
        / "bestemmelse, der ikke i sig selv er et behandlingsgrundlag" {
        why "a provision that covers no class supports a ground but is none"
          / "en bestemmelse, der ikke dækker nogen klasse, støtter et behandlingsgrundlag, men er ikke selv et";
        mend "give the provision `covers = [...]` if it is a ground, else cite it under `laws`"
          / "giv bestemmelsen `covers = [...]`, hvis den er et behandlingsgrundlag; ellers nævn den under `laws`";
        says covers_no_class(ground)
          "`{ground}` covers no class of data"
          / "`{ground}` dækker ingen klasse af oplysninger";
    }

    LEGITIMATE_INTEREST "N204" Warning "legitimate interest claimed by a public authority"
        / "en offentlig myndighed påberåber sig legitim interesse" {
        why "GDPR art. 6(1), last sub-paragraph, closes 6(1)(f) to authorities in their tasks"
          / "GDPR artikel 6, stk. 1, sidste afsnit, lukker litra f for myndigheder, når de løser deres opgaver";
        mend "use 6(1)(e), or say why this is not a task of the authority"
          / "brug 6(1)(e), eller skriv, hvorfor dette ikke er en af myndighedens opgaver";
        says legitimate_interest()
          "a public authority does not rest its tasks on a legitimate interest"
          / "en offentlig myndighed løser ikke sine opgaver på grundlag af en legitim interesse";
    }

    LOOKS_LIKE_HEALTH "N205" Warning "field declared ordinary that seems to reveal health"
        / "felt, der kaldes almindeligt, men ser ud til at røbe helbred" {
        why "what reveals a state of health is health data (GDPR art. 4(15))"
          / "det, der røber en helbredstilstand, er helbredsoplysninger (GDPR artikel 4, nr. 15)";
        mend "use class `health`"
          / "brug klassen `health`";
        says looks_like_health(field, word)
          "`{field}` is declared ordinary, and `{word}` tells of health"
          / "`{field}` er oplyst som almindelig, og `{word}` siger noget om helbred";
    }

    NO_OFFICER "N206" Error "public controller without a data protection officer"
        / "offentlig dataansvarlig uden databeskyttelsesrådgiver" {
        why "an authority has one and gives the contact (GDPR art. 37(1)(a) and 13(1)(b))"
          / "en myndighed har en databeskyttelsesrådgiver og oplyser, hvordan man når den (GDPR artikel 37, stk. 1, litra a, og artikel 13, stk. 1, litra b)";
        mend "add `officer = \"...\"`, by function and address"
          / "tilføj `officer = \"...\"`, efter funktion og adresse";
        says no_officer(party)
          "`{party}` is a public controller and names no data protection officer"
          / "`{party}` er en offentlig dataansvarlig og nævner ingen databeskyttelsesrådgiver";
    }

    STALE_LAW "N207" Warning "law no longer in force"
        / "lov, der ikke gælder mere" {
        why "a ground that was repealed is no ground"
          / "et ophævet behandlingsgrundlag er ikke noget grundlag";
        mend "cite the successor, or say until when the notice holds"
          / "henvis til den lov, der afløste den, eller skriv, hvor længe erklæringen gælder";
        says law_ended(law, since)
          "`{law}` has not been in force since {since}"
          / "`{law}` har ikke været i kraft siden {since}";
        says law_not_in_force(law)
          "`{law}` is not in force"
          / "`{law}` er ikke i kraft";
        help law_succeeded(successor)
          "`{successor}` has taken its place"
          / "`{successor}` har afløst den";
    }

    STALE_PARTY "N208" Warning "party that no longer exists"
        / "part, der ikke findes mere" {
        why "a person must be able to reach the controller (GDPR art. 13(1)(a))"
          / "den registrerede skal kunne nå den dataansvarlige (GDPR artikel 13, stk. 1, litra a)";
        mend "name the successor"
          / "nævn efterfølgeren";
        says party_gone(party)
          "`{party}` no longer exists"
          / "`{party}` findes ikke mere";
        help party_succeeded(successor)
          "`{successor}` has taken over"
          / "`{successor}` har overtaget";
    }

    EMPLOYMENT_GROUND "N209" Warning "ground of employment law for another purpose"
        / "ansættelsesretligt behandlingsgrundlag til et andet formål" {
        why "GDPR art. 9(2)(b) is employment, social security and social protection law"
          / "GDPR artikel 9, stk. 2, litra b, handler om arbejdsret, social sikring og social beskyttelse";
        mend "cite 9(2)(g), (h) or (i), or give the purpose the vocabulary of employment"
          / "henvis til 9(2)(g), (h) eller (i), eller giv formålet ordlistens ord for ansættelse";
        says employment_ground(purpose)
          "9(2)(b) is employment and social law; the purpose is `{purpose}`"
          / "9(2)(b) handler om ansættelses- og socialret; formålet er `{purpose}`";
    }

    TWO_CONTACTS "N210" Warning "one party, two values for one way to reach it"
        / "én part, to værdier for én måde at nå den på" {
        why "a person must be able to reach the controller (GDPR art. 13(1)(a))"
          / "den registrerede skal kunne nå den dataansvarlige (GDPR artikel 13, stk. 1, litra a)";
        mend "state which of the two is right"
          / "skriv, hvilken af de to der er rigtig";
        says two_contacts(party, label)
          "`{party}` has two values for `{label}`"
          / "`{party}` har to værdier for `{label}`";
    }

    UNDATED_SUCCESSOR "N211" Warning "successor without a day"
        / "efterfølger uden dag" {
        why "a person must know who the controller is on the day (GDPR art. 13(1)(a))"
          / "den registrerede skal vide, hvem der er dataansvarlig den dag (GDPR artikel 13, stk. 1, litra a)";
        mend "give the party a last day, `valid = \"..2026-12-31\"`, once it is known"
          / "giv parten en sidste dag, `valid = \"..2026-12-31\"`, når den er kendt";
        says undated_successor(party, successor)
          "`{party}` gives way to `{successor}`, and nobody says when"
          / "`{party}` afløses af `{successor}`, og ingen siger hvornår";
    }

    GROUND_NOT_PUBLISHED "N212" Warning "ground that the published notice does not name"
        / "behandlingsgrundlag, som den offentliggjorte erklæring ikke nævner" {
        why "the notice names the legal basis (GDPR art. 13(1)(c))"
          / "erklæringen nævner retsgrundlaget (GDPR artikel 13, stk. 1, litra c)";
        mend "write the ground into the published notice, then move it to `basis`"
          / "skriv behandlingsgrundlaget ind i den offentliggjorte erklæring, og flyt det så til `basis`";
        says ground_not_published(ground)
          "the published notice does not name `{ground}` as a ground"
          / "den offentliggjorte erklæring nævner ikke `{ground}` som behandlingsgrundlag";
    }

    OTHER_NAME "N213" Warning "act or party called by another name"
        / "lov eller part under et andet navn" {
        why "a reader must be able to find the act and reach the party (GDPR art. 12(1) and 13(1)(a))"
          / "en læser skal kunne finde loven og nå parten (GDPR artikel 12, stk. 1, og artikel 13, stk. 1, litra a)";
        mend "use its name in the text"
          / "brug navnet i teksten";
        says other_name(name, title)
          "the text says `{name}`, and its name is `{title}`"
          / "teksten siger `{name}`, men navnet er `{title}`";
    }

    TWO_TITLES "N214" Warning "one act under two titles"
        / "én lov under to titler" {
        why "a ground must be possible to look up (GDPR art. 13(1)(c))"
          / "et behandlingsgrundlag skal kunne slås op (GDPR artikel 13, stk. 1, litra c)";
        mend "use one title and give the ELI"
          / "brug én titel, og oplys ELI-adressen";
        says two_titles(first, second)
          "one act is cited as `{first}` and as `{second}`"
          / "én og samme lov er nævnt som `{first}` og som `{second}`";
        at the_other_title()
          "the other title"
          / "den anden titel";
    }

    FOREIGN_LAW "N215" Warning "act that is about something else"
        / "lov, der handler om noget andet" {
        why "a ground covers the processing that it is about (GDPR art. 6(3): the purpose is laid down in the basis)"
          / "et behandlingsgrundlag dækker den behandling, det handler om (GDPR artikel 6, stk. 3: formålet fremgår af grundlaget)";
        mend "cite the act for purposes that it is about, or drop it"
          / "henvis til loven ved formål, den handler om, eller undlad den";
        says ground_of_another_matter(ground, matter, purpose)
          "`{ground}` is about {matter}; the purpose is `{purpose}`"
          / "`{ground}` handler om {matter}; formålet er `{purpose}`";
        says law_of_another_matter(law, matter)
          "`{law}` is about {matter}, and no purpose here is"
          / "`{law}` handler om {matter}, og det gør intet formål her";
    }

    NO_ARRANGEMENT "N216" Error "joint controllers without an arrangement"
        / "fælles dataansvarlige uden en ordning" {
        why "joint controllers say who does what, and its essence is open to the persons (GDPR art. 26(1) and (2))"
          / "fælles dataansvarlige aftaler, hvem der gør hvad, og det væsentligste er åbent for de registrerede (GDPR artikel 26, stk. 1 og 2)";
        mend "add `arrangement = { da = \"...\", en = \"...\" }` to the notice"
          / "tilføj `arrangement = { da = \"...\", en = \"...\" }` til erklæringen";
        says no_arrangement(notice)
          "`{notice}` is answered for jointly, and nothing says who does what"
          / "der er fælles dataansvar for `{notice}`, og intet siger, hvem der gør hvad";
    }

    NO_AGREEMENT "N217" Warning "processor without an agreement"
        / "databehandler uden databehandleraftale" {
        why "processing by a processor is governed by a contract (GDPR art. 28(3) and (4))"
          / "en databehandlers behandling hviler på en kontrakt (GDPR artikel 28, stk. 3 og 4)";
        mend "add `agreement = { da = \"...\", en = \"...\" }` to the party: its name and date"
          / "tilføj `agreement = { da = \"...\", en = \"...\" }` til parten: aftalens navn og dag";
        says no_agreement(party)
          "`{party}` processes for others, and no agreement is named"
          / "`{party}` behandler oplysninger for andre, og ingen databehandleraftale er nævnt";
    }

    NOT_REACHABLE "N218" Warning "controller without contact"
        / "dataansvarlig uden kontaktoplysninger" {
        why "the notice gives the identity and contact of the controller (GDPR art. 13(1)(a))"
          / "erklæringen siger, hvem den dataansvarlige er, og hvordan man når den (GDPR artikel 13, stk. 1, litra a)";
        mend "add `contact = [{ da = \"...\", en = \"...\", value = \"...\" }]`"
          / "tilføj `contact = [{ da = \"...\", en = \"...\", value = \"...\" }]`";
        says not_reachable(party)
          "`{party}` is a controller, and nothing says how to reach it"
          / "`{party}` er dataansvarlig, og intet siger, hvordan man når den";
    }

    NOTICE_ENDED "N219" Warning "notice that holds no longer"
        / "erklæring, der ikke gælder mere" {
        why "what is published must hold on the day on which it is read (GDPR art. 12(1) and 13(3))"
          / "det, der er offentliggjort, skal gælde den dag, det læses (GDPR artikel 12, stk. 1, og artikel 13, stk. 3)";
        mend "give the notice a new period, or take the file out of the corpus"
          / "giv erklæringen en ny periode, eller tag filen ud af samlingen";
        says notice_ended(notice, since)
          "the notice `{notice}` has not held since {since}"
          / "erklæringen `{notice}` har ikke gældet siden {since}";
    }

    WHOSE_SUB_PROCESSOR "N220" Warning "sub-processor of nobody"
        / "underdatabehandler for ingen" {
        why "a processor engages another only with the controller's authorisation (GDPR art. 28(2) and (4))"
          / "en databehandler bruger kun en anden med den dataansvarliges godkendelse (GDPR artikel 28, stk. 2 og 4)";
        mend "add `for = \"PARTY\"`, the processor that it works for"
          / "tilføj `for = \"PART\"`, den databehandler, den arbejder for";
        says whose_sub_processor(party)
          "`{party}` is a sub-processor, and nobody says whose"
          / "`{party}` er underdatabehandler, og ingen siger for hvem";
    }

    FREE_TEXT "N221" Error "free text of a lower class than its purpose"
        / "fri tekst af en lavere klasse end formålets" {
        why "where anything may be written, health will be: data is protected by what it reveals (GDPR art. 9(1))"
          / "hvor man kan skrive hvad som helst, vil der komme til at stå noget om helbred: oplysninger beskyttes efter det, de røber (GDPR artikel 9, stk. 1)";
        mend "declare the field in the class of its purpose, with a ground that covers it; or let the form hold it to a short text, a pattern or a list of choices"
          / "oplys feltet i formålets klasse, med et behandlingsgrundlag, der dækker den; eller lad skemaet holde det til en kort tekst, et mønster eller en liste af valg";
        says free_text(field, class)
          "anything may be written in `{field}`, and its purpose handles {class} data"
          / "man kan skrive hvad som helst i `{field}`, og til samme formål behandles {class}";
        help declare_free_text(field, class, most)
          "declare `{field}` as `{class}` with a ground that covers it; or let the form hold it to at most {most} characters, a `pattern`, a `format` or a list of choices"
          / "oplys `{field}` som `{class}` med et behandlingsgrundlag, der dækker det; eller lad skemaet holde det til højst {most} tegn, et `pattern`, et `format` eller en liste af valg";
        at handled_for_the_same_purpose()
          "this is handled for the same purpose"
          / "dette behandles til samme formål";
    }
}
