### Databeskyttelsesrådgiverens udskrifter og slettefrister, og en ændret erklæring, der prøves.
nav-clocks = Slettefrister
nav-draft = Prøv en ændring
clocks-title = Hvornår hver slettefrist sidst virkede
clocks-lead = Hvert register har en slettefrist. Her står dens regel, hvad der er sket efter den, og hvad der kommer.
clocks-text = En slettefrist, som intet er sket efter, venter måske på noget, der ikke er sket endnu, eller på en dag, der ikke er kommet.
clocks-of = { $acted } af { $all } har virket
clocks-acted = Sidst sket
clocks-never = Ikke endnu
clocks-in-all = { $n } i alt
clocks-late = Fristen er overskredet
promises-proof = Hvad det bygger på
promises-tests = { $n ->
    [one] 1 prøve
   *[other] { $n } prøver
}
notice-tests = Prøver
prints-title = Udskrifter
prints-text = Alt her er trykt af det, der kører.
print-what = Udskrift
print-notice = Erklæringen
print-short = Kort erklæring
print-letter-13 = Brev til dem, der selv giver os oplysningerne (artikel 13)
print-letter-14 = Brev til dem, vi har oplysninger om fra andre (artikel 14)
print-record = Fortegnelse (artikel 30)
print-record-all = Fortegnelse over alle erklæringer (artikel 30)
print-retention = Hvad slettes hvornår
print-matrix = Hvem må hvad
print-parties = Databehandlere, modtagere og overførsler
print-joint = Hvad fælles dataansvarlige har aftalt
print-dpia = Fakta til en konsekvensanalyse
print-processor = En databehandlers fortegnelse (artikel 30, stk. 2)
print-beside = Læs på dansk og engelsk side om side
print-beside-short = Side om side
print-both = Dansk og engelsk
print-alone = Læs kun på dansk
print-files = Tag med som:
print-files-short = Tag med
records-text = Én fortegnelse for hver dataansvarlig, over alle dens erklæringer.
matrix-picture = Roller nedad, registre hen ad. Mørk: altid. Lys: på en betingelse. Brudt kant: kun nogle af oplysningerne.
matrix-as-picture = som billede
draft-title = Prøv en ændring, før den offentliggøres
draft-lead = Send en ændret erklæring, og se, hvad den kommer til at betyde: hvem der må mere, hvilke datoer der flytter sig, hvem der skal have besked.
draft-nothing-stored = Intet bliver gemt, og intet træder i kraft. Det, du sender, ligger i denne servers hukommelse i { $n } minutter, kun for dig.
draft-begin = Begynd med en fil, der kører
draft-shared = Fælles for alle erklæringer
draft-typed = Sæt teksten ind
draft-file = Hvilken fil er det?
draft-file-hint = Teksten træder i stedet for denne fil, mens vi prøver den.
draft-text = Den ændrede tekst
draft-text-hint = Hele filen, højst 512 KiB.
draft-sent = Eller send filer
draft-files = Filer
draft-files-hint = Filer, der ender på .toml, højst 512 KiB hver og 1 MiB i alt. En fil træder i stedet for den, der hedder det samme, eller er ny. Vælger du filer, bruges teksten ovenfor ikke.
draft-try = Se virkningen
draft-problem-file = Vælg, hvilken fil det er
draft-problem-text = Sæt teksten ind, eller send en fil
draft-problem-large = Filen er større end 512 KiB
draft-problem-many = Send højst 24 filer ad gangen
draft-problem-name = En ny fil har et navn af små bogstaver, cifre og bindestreger og ender på .toml
draft-problem-utf8 = Filen er ikke UTF-8-tekst. Gem den som UTF-8
draft-problem-twice = Den samme fil er der to gange
draft-effect-title = Hvad ændringen kommer til at betyde
draft-back = Prøv en anden ændring
draft-edit = Ret teksten
draft-forget = Smid udkastet væk
draft-errors = { $n ->
    [one] Den kan ikke oversættes: 1 fejl
   *[other] Den kan ikke oversættes: { $n } fejl
}
draft-errors-text = Sådan en erklæring kan ikke køre. Ret det, der står nedenfor, så kan virkningen vises.
draft-compiles = Den kan oversættes.
draft-findings = Hvad oversætteren siger
draft-findings-text = Fejl, og advarsler, som erklæringerne i dag ikke har.
draft-error = Fejl
draft-warning = Ny advarsel
draft-line = linje
draft-why = Hvorfor det betyder noget:
draft-more = { $n ->
    [one] Og 1 til.
   *[other] Og { $n } til.
}
draft-mended = { $n ->
    [one] 1 af advarslerne i dag er væk.
   *[other] { $n } af advarslerne i dag er væk.
}
draft-effect = Virkningen
draft-no-effect = Ændringen har ingen virkning: ingen må mere eller mindre, og ingen dato flytter sig.
draft-wider = Udvidelser: der gøres mere med oplysningerne, eller folk kan regne med mindre
draft-other = Andre ændringer
draft-narrower = Indskrænkninger: der gøres mindre med oplysningerne, eller folk kan regne med mere
draft-clocks = Frister, der flytter sig
draft-before = Før
draft-after = Efter
draft-example = For eksempel
draft-sooner = tidligere
draft-both = tidligere for nogle, senere for andre
draft-unclear = ændret; se efter selv
draft-later = senere
draft-never = ikke af sig selv
draft-inform = Skal have besked, før ændringen virker
draft-inform-text = Disse mennesker kan ikke længere regne med det, de har fået at vide.
draft-lost = Løfter, der ikke mere siges
draft-lost-text = Deres prøver holder intet mere.
draft-gained = Løfter, der siges nu
draft-gained-text = Et løfte uden en prøve er kun et løfte.
draft-tests = prøver
draft-next = Derefter
draft-waits = En frist bliver kortere. Når to personer har skrevet under, virker ændringen tidligst syv dage efter den anden underskrift.
draft-signs = Intet træder i kraft, før to personer har skrevet under.
draft-on-file = Det, der allerede er registreret
draft-on-file-none = Ingen dato flytter sig for det, der er registreret.
draft-on-file-failed = Registret svarede ikke, så der er ikke talt op. Prøv igen om lidt.
draft-on-file-sooner = kommer tidligere
draft-on-file-later = kommer senere eller mister deres dato
draft-on-file-same = bliver stående
draft-counting = Vi tæller. Du skal ikke gøre noget.
draft-counted = { $done } af { $all }
draft-look-again = Se igen
draft-picture = Hvornår de kommer efter den ændrede erklæring
draft-picture-text = { $n ->
    [one] 1 oplysning flytter sig. Tallene står i tabellen under billedet.
   *[other] { $n } oplysninger flytter sig. Tallene står i tabellen under billedet.
}
draft-month = Ny måned
draft-at-once = med det samme
draft-undated = ingen dato endnu
