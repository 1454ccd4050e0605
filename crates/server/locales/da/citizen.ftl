### Borgerens sider.
me-title = Dine data i dag
me-lead = Det har vi om dig, og det er der sket.
me-emergency = Nogen har brugt nødadgang til at se dine data
me-emergency-looked = kiggede
me-emergency-text = Det er kun lovligt, når dit liv eller helbred kræver det. En anden ser efter, om det var i orden.
me-emergency-reason = Begrundelsen var:
me-emergency-link = Se det i loggen
me-what = Det har vi om dig
me-first-goes = Det første slettes
me-nothing = Her er intet.
me-no-date = Ingen dato endnu
me-looks = Hvem har kigget for nylig
me-looks-none = Ingen har kigget
me-looks-none-text = Så snart nogen ser dine data eller bliver afvist, står det her.
me-looks-all = Se alle, der har kigget
me-soon = Hvad slettes snart
me-soon-none = Intet slettes lige nu
me-soon-none-text = Det, vi har, har en senere dato eller venter på noget.
me-soon-all = Se alt, hvad der slettes hvornår
me-can = Det kan du gøre
me-can-block = Spær for en person, et sted eller alle
me-can-private = Gør medicin privat
me-can-contact = Skriv, hvem vi skal ringe til
me-can-device = Se, hvad din browser gemmer

look-treatment = Behandling
look-pharmacy = Apotek
look-emergency = Nødadgang
look-administration = Administration
look-own = Dig selv
look-refused = Afvist
look-all = Alle
look-on-behalf = På vegne af
look-ground = Grund:
look-reason = Begrundelse:
look-why-refused = Derfor blev det afvist:

medicine-title = Din medicin
medicine-child-title = Medicin for { $name }
medicine-lead = Det er den medicin, som læger og apoteker kan se i Fælles Medicinkort.
medicine-hidden = { $n ->
    [one] Én oplysning er privat og vises ikke her.
   *[other] { $n } oplysninger er private og vises ikke her.
}
medicine-current = Nuværende medicin
medicine-none = Der står ingen medicin
medicine-none-text = Når en læge ordinerer noget, står det her.
medicine-former = Tidligere medicin
medicine-former-none = Der er ingen tidligere medicin.
medicine-wrong = Er noget forkert? Sig det til den læge, der har skrevet det. Lægen kan rette det, og rettelsen bliver stående ved siden af.
private-on = Gør privat
private-on-hint = Andre ser, at der er noget, men ikke hvad. Du kan give samtykke til den, du vil.
private-off = Gør synlig igen
private-off-hint = Medicinen er privat. De fleste kan ikke se den.

log-title = Hvem har kigget
log-child-title = Hvem har set data om { $name }
log-lead = Hver gang nogen ser dine data, bliver afvist eller ændrer noget, står det her.
log-child-lead = Du ser, hvem der har kigget. Hvor barnet er behandlet, står der ikke.
log-picture = Opslag dag for dag i 30 dage
log-picture-text = { $n ->
    [one] 1 opslag i alt. Tallene står i tabellen under billedet.
   *[other] { $n } opslag i alt. Tallene står i tabellen under billedet.
}
log-days = Dag for dag
log-kinds = Vis kun én slags
log-none = Her er intet
log-none-text = Ingen har kigget på denne måde.
log-older = Vis ældre
log-odd = Ser noget mærkeligt ud? Spørg det sted, der har kigget, eller skriv til databeskyttelsesrådgiveren. Navnet på siden står nederst.

when-title = Hvad slettes hvornår
when-lead = Hver oplysning har en dato. Her ser du, hvad der sker, hvornår, og hvorfor vi gemmer den til da.
when-picture = Dine data på en tidslinje
when-picture-text = { $n ->
    [one] Én dato på linjen. Den står i tabellerne under billedet.
   *[other] { $n } datoer på linjen. De står i tabellerne under billedet.
}
when-picture-below = Jo større mærke, jo flere oplysninger. Det hele står i tabellerne herunder.
when-today = I dag
when-none = Vi har intet om dig
when-none-text = Derfor er der heller intet at slette.
when-what = Hvad
when-day = Dato
when-happens = Det sker
when-why = Hvorfor til da
when-waits = Venter
happens-blocked = Lukkes
happens-erased = Slettes
happens-archived = Til arkivet

whom-everyone = Alle
held-from = Gælder fra
held-until = til
held-open = Gælder, til du ophæver den.
blocks-title = Spærringer
blocks-lead = Du kan spærre for, at en person, et sted eller alle ser dine sundhedsdata.
blocks-new = Lav en spærring
blocks-active = Gælder nu
blocks-none = Du har ingen spærringer
blocks-none-text = De, der behandler dig, kan se det, de har brug for.
blocks-end = Ophæv spærringen
blocks-ended = Ophævet eller udløbet
blocks-know = Godt at vide
blocks-know-1 = Spærringen virker med det samme.
blocks-know-2 = I en nødsituation kan en læge alligevel se det nødvendige. Så får du besked, og en anden ser efter, om det var i orden.
blocks-know-3 = Du skal være fyldt 15 år.
block-ask-title = Lav en spærring
block-ask-cancel = Spærringer
block-ask-whom = Hvem vil du spærre for?
block-ask-whom-hint = Du kan altid ophæve spærringen igen.
block-ask-whom-short = Spærret for
block-ask-which = Hvem er det?
block-ask-which-hint = Her står dem, der har set dine data eller behandler dig.
block-ask-until = Hvor længe?
block-ask-until-hint = Uden slutdato gælder den, til du selv ophæver den.
block-ask-review = Er det rigtigt?
block-ask-then-1 = Den, du spærrer for, bliver afvist fra nu af.
block-ask-then-2 = Hvis nogen prøver, står det i din log.
block-ask-done = Spær nu
consents-title = Samtykker
consents-lead = Et samtykke lader en person eller et sted se det, du har gjort privat, i et stykke tid.
consents-new = Giv et samtykke
consents-active = Gælder nu
consents-none = Du har ikke givet samtykke til nogen
consents-none-text = Det, du har gjort privat, ser kun den, der har skrevet det.
consents-end = Træk samtykket tilbage
consents-ended = Trukket tilbage eller udløbet
consent-ask-title = Giv et samtykke
consent-ask-cancel = Samtykker
consent-ask-whom = Hvem skal kunne se det?
consent-ask-whom-hint = Du kan altid trække samtykket tilbage.
consent-ask-whom-short = Må se
consent-ask-which = Hvem er det?
consent-ask-which-hint = Her står dem, der har set dine data eller behandler dig.
consent-ask-until = Hvor længe?
consent-ask-until-hint = Et samtykke har altid en slutdato.
consent-ask-review = Er det rigtigt?
consent-ask-then-1 = Den, du har valgt, kan se det, du har gjort privat.
consent-ask-then-2 = Hver gang det sker, står det i din log.
consent-ask-done = Giv samtykke
ask-choose = Vælg én
ask-next = Næste
ask-then = Det sker der
ask-until-short = Til
ask-day = En anden dato
ask-day-hint = For eksempel 31-12-2027
ask-which-none = Ingen har kigget på dine data endnu, så der er ingen at vælge. Du kan spærre for alle.
ask-person = En person
ask-organisation = Et sted, for eksempel en afdeling
ask-everyone = Alle
ask-open = Til jeg selv ophæver den
ask-month = En måned
ask-year = Et år
ask-own-day = Til en dato, jeg skriver
ask-problem-choose = Vælg et af svarene
ask-problem-day = Skriv en dato, der kommer, for eksempel 31-12-2027

children-title = Dine børn
children-lead = Du kan se data om de børn, du har forældremyndighed over, til de fylder 15 år.
children-none = Der er ingen børn at vise
children-none-text = Vi viser børn under 15 år, som du har forældremyndighed over ifølge folkeregistret.
children-until = Du kan følge med til
children-medicine = Medicin
children-log = Hvem har kigget

basic-title = Stamdata
basic-from-cpr = Fra folkeregistret
basic-from-cpr-text = Er noget forkert, skal det rettes i folkeregistret hos din kommune.
basic-protected = Dit navn og din adresse er beskyttet. De vises kun for dem, der skal bruge dem.
basic-name = Navn
basic-cpr = CPR-nummer
basic-born = Født
basic-practice = Egen læge
basic-insurance = Sikringsgruppe
basic-yours = Det, du selv fortæller
basic-yours-text = De, der behandler dig, kan se det. Du kan ændre og fjerne det, når du vil.
basic-phone = Dit telefonnummer
basic-phone-hint = Så vi kan få fat i dig
basic-relative = En pårørende, vi må ringe til
basic-first-name = Fornavn
basic-last-name = Efternavn
basic-relative-phone = Telefonnummer
basic-temporary = Bor du et andet sted for en tid?
basic-address = Adresse
basic-until = Til
basic-languages = Sprog, du taler
basic-languages-hint = Skriv dem med komma imellem, for eksempel da, en
basic-problem-phone = Skriv telefonnummeret med tal, for eksempel 12 34 56 78
basic-problem-first-name = Skriv den pårørendes fornavn
basic-problem-until = Skriv en dato, for eksempel 31-12-2027
basic-problem-languages = Skriv sprog med to bogstaver og komma imellem
basic-problem-taken = Det kan ikke gemmes sådan

device-title = Det gemmer din browser
device-lead = Vi lægger så lidt som muligt i din browser, og intet af det fortæller noget om dig.
device-table = Alt, hvad vi lægger
device-name = Navn
device-what = Hvad det er
device-how-long = Hvor længe
device-session = Et tilfældigt tal, der viser, at du er logget ind.
device-session-long = Til du logger ud; { $minutes } minutter uden brug, højst { $hours } timer
device-login = Et tilfældigt tal, mens du er hos MitID.
device-login-long = Højst 10 minutter
device-files = Udseende, skrift og ikoner
device-files-what = Filer, der er ens for alle.
device-files-long = Så længe browseren vil
device-nothing-else = Vi gemmer ingen sider, ingen historik og ingen statistik i din browser, og ingen andre lægger noget.
ask-number-person = Eller skriv autorisations-id
ask-number-person-hint = 5 tegn. Det står i autorisationsregistret og i din log.
ask-number-organisation = Stedets SOR-nummer
ask-number-organisation-hint = SOR-, CVR- eller GLN-nummer; det står på breve og kvitteringer. Ring, hvis du ikke kan finde det.
ask-problem-number-person = Vælg en person, eller skriv et autorisations-id på 5 tegn
ask-problem-number-organisation = Skriv stedets SOR-nummer
ask-problem-everyone = Et samtykke gives til en person eller et sted
ask-authorisation = Autorisations-id
sessions-title = Her er du logget ind
sessions-this = Denne browser
sessions-other = En anden browser
sessions-since = logget ind i { $minutes } minutter, sidst brugt for { $idle } minutter siden
sessions-end = Log den ud
log-own = { $n ->
    [one] Vis et eget opslag
   *[other] Vis { $n } egne opslag
}
look-times = { $n ->
    [one] { $n } gang
   *[other] { $n } gange
}
me-empty-groups = Vi har intet i disse grupper:
when-more = { $n ->
    [one] Vis 1 mere
   *[other] Vis { $n } mere
}
log-emergencies = Nødadgang til dine oplysninger
log-emergencies-text = Nogen, der ikke behandler dig, har åbnet dine oplysninger og skrevet hvorfor. Hver nødadgang bliver set efter af en anden.
log-emergency-wrong = Stedet, der så dine oplysninger, har fået besked. Du kan klage til Datatilsynet eller spørge databeskyttelsesrådgiveren, som er nævnt nederst.
log-represented-lead = Her står, hvem der har set oplysninger om den, du handler for.
represented-title = Dem, du handler for, og dem, der handler for dig
represented-for-whom = Du handler for
represented-none = Ingen har givet dig fuldmagt, og du er ikke værge for nogen.
represented-given = De handler for dig
represented-given-none = Du har ikke givet nogen fuldmagt.
represented-end = Tag tilbage
represented-give = Giv fuldmagt
represented-give-text = Den, der har din fuldmagt, ser din medicin, og hvem der har set dine oplysninger, og kan spærre og give samtykke for dig. Du skal være logget ind inden for de seneste fem minutter.
represented-cpr-hint = CPR-nummeret på den, der skal handle for dig.
represented-name = Navnet på den, der skal handle for dig
represented-until = Sidste dag
represented-until-hint = Lad feltet være tomt, hvis den skal gælde, til du tager den tilbage.
represented-give-button = Giv fuldmagten
representation-power-of-attorney = Fuldmagt
representation-guardianship = Værgemål
representation-problem-name = Skriv navnet
flash-power-given = Fuldmagten er givet.
flash-power-ended = Fuldmagten er taget tilbage.
pharmacies-title = Apoteker, der må se dine recepter
pharmacies-lead = Et apotek ser dine recepter, når du sender dem dertil eller står ved skranken, og højst i en uge.
pharmacies-active = Disse må nu
pharmacies-none = Ingen
pharmacies-none-text = Intet apotek må se dine recepter nu.
pharmacies-end = Tag tilbage
pharmacies-send = Send til et apotek
pharmacies-number-hint = Nummeret står på din kvittering fra apoteket: SOR, CVR eller GLN.
pharmacies-name = Apotekets navn
pharmacies-problem-name = Skriv apotekets navn
pharmacies-send-button = Send mine recepter
flash-sent = Apoteket kan nu se dine recepter.
flash-taken-back = Apoteket kan ikke længere se dine recepter.
