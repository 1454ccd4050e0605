### Sider for dem, der behandler, og dem, der udleverer.
name-unknown = Navn ikke kendt
born = født
cpr-label = Cpr-nummer
cpr-hint = 10 cifre, med eller uden bindestreg
cpr-problem-shape = Skriv 10 cifre, for eksempel 010203-1234
cpr-problem-date = De første seks cifre er ikke en dato
cpr-problem-unfit = Nummeret kan ikke bruges. Se det efter.
find = Find
find-title = Find en anden patient
find-written = Du får kun adgang, hvis du behandler patienten. Opslaget bliver skrevet ned, og patienten kan se det.

patients-title = Patienter, jeg behandler i dag
patients-none = Du har ingen patienter i dag
patients-none-text = Patienter kommer på listen, når de er henvist, indlagt eller har tid hos dig.
patients-caption = { $n ->
    [one] 1 patient
   *[other] { $n } patienter
}
patients-name = Navn
patients-born = Født
patients-for = Hvorfor
patients-known-from = Kendt fra
patients-since = siden
relation-explicit = Indlagt eller booket
relation-visit = Besøg
relation-own-practice = Egen læge
source-referral = Henvisning
source-patient-register = Landspatientregistret
source-gp-services = Ydelser i praksis
source-gp-list = Praksisliste
source-asserted = Eget udsagn

card-title = Medicinkort
card-through-consent = Patienten har givet dig samtykke.
card-through-emergency = Du ser kortet med værdispring. Adgangen varer til
card-news = { $n ->
    [one] Én ting er ny, siden du sidst kiggede
   *[other] { $n } ting er nye, siden du sidst kiggede
}
card-hidden = { $n ->
    [one] Én oplysning er privat. Du ser ikke, hvad det er.
   *[other] { $n } oplysninger er private. Du ser ikke, hvad det er.
}
card-hidden-consent = Spørg patienten om samtykke
card-hidden-emergency = Brug værdispring, hvis liv eller helbred kræver det
card-none = Kortet er tomt
card-none-text = Der er ingen nuværende medicin, du må se.
card-written = Dit opslag er skrevet ned. Patienten kan se, hvem der kiggede, hvor og hvorfor.
news-new = Ny
news-changed = Ændret
order-not-yet = Begynder senere
order-current = Tages nu
order-paused = På pause
order-stopped = Stoppet
order-expired = Udløbet
order-private = Privat
order-what = Lægemiddel
order-drug = Navn på lægemidlet
order-drug-hint = Handelsnavn eller indholdsstof
order-strength = Styrke
order-form = Form
order-atc = ATC-kode
order-indication = Mod
order-indication-hint = Hvad medicinen er mod, så patienten forstår det
order-route = Gives
order-dosage = Dosering
order-period = Periode
order-from = Fra
order-until = Til
order-until-hint = Lad feltet stå tomt, hvis der ikke er en slutdato
order-open-end = ingen slutdato
order-by = Ordineret af
order-changed = Ændret sidst
order-prescription = Recept
order-handed-over = Udleveret sidst
order-note = Rettelse
order-due = Slettes
prescription-open = Åben
prescription-pending = Gælder senere
prescription-closed = Brugt op
prescription-cancelled = Annulleret
prescription-expired = Udløbet
prescription-left = Pakninger tilbage
prescription-until = Gælder til
prescription-number = Receptnummer
prescription-kind = Skal der laves en recept?
prescription-with = Ja, til apoteket
prescription-without = Nej
prescription-package = Varenummer
prescription-package-hint = 6 cifre
prescription-size = Antal i pakningen
prescription-size-hint = For eksempel 100
prescription-packages = Pakninger hver gang
prescription-packages-hint = 1 til 99
prescription-iterations = Udleveringer i alt
prescription-iterations-hint = 1, hvis kun én gang
dosage-kind = Hvordan skal det tages?
dosage-daily = Faste tidspunkter
dosage-as-needed = Efter behov
dosage-own-words = Med egne ord
dosage-unit = Enhed, ental
dosage-unit-hint = For eksempel tablet
dosage-units = Enhed, flertal
dosage-units-hint = For eksempel tabletter
dosage-fixed = Faste tidspunkter
dosage-morning = Morgen
dosage-noon = Middag
dosage-evening = Aften
dosage-night = Før sengetid
dosage-every = Gentages efter så mange dage
dosage-every-hint = 1 er hver dag, 7 er hver uge
dosage-needed = Efter behov
dosage-needed-dose = Hver gang
dosage-needed-times = Højst gange om dagen
dosage-text = Egne ord
dosage-text-label = Dosering med egne ord
dosage-text-hint = Brug kun dette, når det ikke kan siges ovenfor

act-change = Ret
act-pause = Sæt på pause
act-resume = Genoptag
act-stop = Stop
act-undo-stop = Fortryd stop
act-reason = Hvorfor?
act-reason-hint = Patienten kan læse det
act-prescribe-title = Ordinér ny medicin
act-prescribe-lead = Du ser, hvad der kommer til at stå, før noget bliver skrevet.
act-prescribe-do = Ordinér
act-change-title = Ret ordination
act-change-lead = Det, du skriver, afløser hele ordinationen.
act-change-do = Gem ændringen
act-pause-title = Sæt på pause
act-pause-lead = Ordinationen bliver på kortet, men medicinen tages ikke.
act-pause-do = Sæt på pause
act-resume-title = Genoptag
act-resume-lead = Medicinen tages igen fra i dag.
act-resume-do = Genoptag
act-stop-title = Stop
act-stop-lead = Medicinen tages ikke mere. Du kan fortryde det.
act-stop-do = Stop medicinen
act-undo-stop-title = Fortryd stop
act-undo-stop-lead = Medicinen tages igen, som før den blev stoppet.
act-undo-stop-do = Fortryd stoppet
pause-from = Første dag uden
pause-until = Sidste dag uden
to-preview = Se før og efter
preview-nothing-yet = Intet bliver skrevet endnu.
preview-title = Før og efter
preview-warnings = Tænk på dette først
preview-nothing = Intet ændrer sig
preview-nothing-text = Det, du har skrevet, står der allerede.
preview-table = Det ændrer sig
preview-field = Hvad
preview-before = Før
preview-after = Efter
preview-none = intet
preview-edit = Ret først
conflict-title = En anden har ændret kortet imens
conflict-text = Dit er ikke gemt. Det, du skrev, står stadig her. Se, hvad der er nyt, og prøv igen:
problem-needed = Udfyld feltet
problem-number = Skriv et tal, for eksempel 1 eller 0,5
problem-day = Skriv en dato, for eksempel 31-12-2027
problem-dose = Skriv mindst én dosis
problem-package = Skriv varenummeret med 6 cifre
problem-too-long = Det er for langt. Skriv kortere.
problem-taken = Det kan ikke gemmes sådan. Se feltet efter.
problem-order = Slutdatoen ligger før den første dag
problem-choose = Vælg et af svarene

refused-title = Du får ikke adgang
refused-clause = Regel:
refused-ways = Det kan du gøre i stedet
refused-written = Forsøget er skrevet i patientens log med dit navn.
refused-written-own = Forsøget er skrevet i loggen.
refused-plain = Oplysningen om data giver ikke lov til dette.
way-relation = Bed om henvisning, eller book patienten
way-relation-text = Adgangen åbner, når en anden end du selv har skrevet ned, at du behandler patienten.
way-consent = Spørg patienten
way-consent-text = Patienten kan give samtykke nu, her eller på sin egen side.
way-emergency = Brug værdispring
way-emergency-text = Kun når liv eller helbred kræver det nu, og patienten ikke kan spørges.
way-other = Anden vej
clause-role = din rolle
clause-verb = den slags handling
clause-not-in-force = gælder ikke på denne dag
clause-step-up = kræver frisk login
clause-missing = mangler: { $fact }
clause-against = spærres af: { $fact }
fact-self = du er den, det handler om
fact-guardian = forældremyndighed over et barn under 15
fact-represents = fuldmagt eller værgemål
fact-treats = behandlingsrelation
fact-assigned = sagen er din
fact-involved = part i sagen
fact-consented = samtykke fra patienten
fact-asked = anmodning fra personen
fact-blocked = patientens spærring
fact-break-glass = værdispring
fact-author = du har skrevet det
fact-authorised = gyldig autorisation
fact-presented = recepten er vist på apoteket
fact-of-15 = personen er fyldt 15

emergency-title = Værdispring
emergency-lead = Du er ved at åbne data, som du ellers ikke må se. Det må du kun, når liv eller helbred kræver det nu.
emergency-then = Hvis du går videre, sker dette
emergency-then-1 = { $n ->
    [one] Du får adgang til denne ene patient i { $n } minut.
   *[other] Du får adgang til denne ene patient i { $n } minutter.
}
emergency-then-2 = Patienten får besked med det samme og kan læse din begrundelse.
emergency-then-3 = En anden ser efter inden to arbejdsdage, om det var i orden.
emergency-then-4 = { $n ->
    [one] Fra den { $n }. gang på en dag får din leder besked med det samme.
   *[other] Fra den { $n }. gang på en dag får din leder besked med det samme.
}
emergency-then-5 = Privat medicin kræver endnu et skridt.
emergency-reason = Hvorfor er det nødvendigt?
emergency-reason-hint = { $n ->
    [one] Mindst { $n } bogstaver. Patienten læser det.
   *[other] Mindst { $n } bogstaver. Patienten læser det.
}
emergency-problem-reason = Skriv en begrundelse på mindst 20 bogstaver
emergency-take = Åbn med værdispring
emergency-never-stopped = Adgangen bliver aldrig stoppet eller forsinket af systemet. Liv går først.
consent-now-title = Patienten giver samtykke nu
consent-now-lead = Gå kun videre, når patienten selv har sagt ja til, at du ser det private.
consent-now-1 = Patienten kan se i sin log, at du kiggede med samtykke.
consent-now-2 = Har patienten ikke givet samtykke på sin side, bliver du afvist.
consent-now-do = Patienten har sagt ja
looks-title = Opslag i mit navn
looks-lead = Hver gang du eller en medhjælp for dig har set eller ændret data, står det her.
looks-none = Der er ingen opslag
looks-none-text = Når du åbner et kort, står det her.

pharmacy-title = Skranken
pharmacy-lead = Find recepter for den, der står ved skranken.
pharmacy-cpr-hint = Fra sundhedskortet. 10 cifre, med eller uden bindestreg
pharmacy-find = Find recepter
pharmacy-written = Opslaget bliver skrevet ned, og kunden kan se det.
presented-title = Recepter
presented-none = Der er ingen recepter at udlevere
presented-none-text = Bed kunden kontakte sin læge.
dispense-open = Udlevér
dispense-title = Udlevér
dispense-packages = Antal pakninger
dispense-packages-hint = Højst det, der er tilbage
dispense-label = Tekst på etiketten
dispense-label-hint = Kunden læser det
dispense-comment = Bemærkning
dispense-do = Udlevér nu
dispense-problem-packages = Skriv et helt tal mellem 1 og det, der er tilbage
