### Det, der står om hver side, og siderne for alle.
site-name = Hjemmel
skip = Gå til indholdet
menu = Hovedmenu
other-language = English
signed-in-as = Logget ind som
log-out = Log ud
cancel = Annullér
save = Gem
yes = Ja
no = Nej
back-home = Til forsiden
breadcrumbs = Du er her
on-this-page = På denne side
step-of = Trin { $n } af { $all }
form-error = Fejl:
form-problems = { $n ->
    [one] Der er én ting, du skal rette
   *[other] Der er { $n } ting, du skal rette
}
count-looks = { $n ->
    [one] 1 opslag
   *[other] { $n } opslag
}
count-records = { $n ->
    [one] 1 oplysning
   *[other] { $n } oplysninger
}
picture-as-table = Vis tallene som tabel
picture-when = Tid

nav-notices = Privatlivserklæringer
nav-promises = Holder vi det, vi lover?
nav-login = Log ind
nav-me = Dine data i dag
nav-medicine = Medicin
nav-log = Hvem har kigget
nav-when = Hvad slettes hvornår
nav-blocks = Spærringer
nav-consents = Samtykker
nav-children = Børn
nav-basic = Stamdata
nav-patients = Patienter i dag
nav-looks = Opslag i mit navn
nav-pharmacy = Skranken
nav-officer = Er det sandt?
nav-due = Hvad forfalder
nav-matrix = Vores erklæringer
nav-emergencies = Nødadgang
nav-operator = Drift

footer-controller = Dataansvarlig
footer-officer = Databeskyttelsesrådgiver
footer-about = Om siden
footer-promises = Hvordan vi holder det, vi lover
footer-accessibility = Tilgængelighedserklæring
footer-complain = Vil du klage?
footer-complain-text = Skriv til os først, så retter vi, hvad vi kan. Du kan altid klage til Datatilsynet.
footer-complain-link = Klag til Datatilsynet

front-title = Dine sundhedsdata, og hvem der bruger dem
front-lead = Her ser du, hvad vi har om dig, hvem der har kigget, og hvornår det bliver slettet. Det, vi skriver i vores privatlivserklæringer, er også det, systemet gør.
front-login = Log ind og se dine data
front-go-on = Gå videre til din side
front-what = Sådan virker det
front-1-title = Ingen kigger uden grund
front-1-text = Kun den, der behandler dig, får adgang. Alle andre bliver afvist, og begge dele står i din log.
front-2-title = Du bestemmer med
front-2-text = Du kan spærre for en person, et sted eller alle, og du kan gøre medicin privat.
front-3-title = Intet gemmes for evigt
front-3-text = Hver oplysning har en dato. Når den er nået, bliver oplysningen slettet, og der står en kvittering tilbage.
front-notices = Læs, hvad vi gør
front-promises = Se, hvordan vi holder hvert løfte
front-without-mitid = Har du ikke MitID, kan du ringe eller skrive til os. Så hjælper vi dig uden computer.

notices-title = Privatlivserklæringer
notices-lead = Hver erklæring fortæller, hvad vi har, hvorfor, hvem der ser det, hvor længe vi gemmer det, og hvilke rettigheder du har.
notices-none = Der er ingen erklæringer endnu
notices-none-text = Systemet bruger ingen data, før der står en erklæring her.
notices-controller = Dataansvarlig:
notices-version = Udgave, der kører:
notice-controller = Dataansvarlig
notice-from = Gælder fra
notice-what = Hvad vi har
notice-why = Hvorfor
notice-who = Hvem ser det
notice-shared = Hvem får det uden for huset
notice-how-long = Hvor længe
notice-rights = Dine rettigheder
notice-measures = Hvordan vi passer på det
notice-silent = Det siger erklæringen intet om.
notice-unstated = Vores eget valg:
notice-kept = Sådan holder vi det
notice-clock = Slettefrist
notice-acted = Sidst sket
notice-condition = Betingelse
notice-ground = Grundlag
notice-rules = Regler
notice-source = Står i
notice-class = Slags
notice-answer-within = Vi svarer inden for

promises-title = Holder vi det, vi lover?
promises-lead = Vi har læst de offentliggjorte erklæringer og skrevet hver regel ned. Her ser du, hvor mange systemet følger, og hvor mange en prøve holder øje med.
promises-all = regler i erklæringerne
promises-stated = står i systemet
promises-tested = holdes af en prøve
promises-language = Reglerne står på engelsk, som de er skrevet ned af udviklerne.
promises-of = { $tested } af { $all } holdes af en prøve
promises-number = Nummer
promises-rule = Regel
promises-standing = Hvor langt
standing-missing = mangler
standing-stated = står der
standing-tested = prøvet

accessibility-title = Tilgængelighedserklæring
accessibility-lead = Siden skal kunne bruges af alle. Vi følger WCAG 2.1 på niveau AA.
accessibility-how = Sådan er siden lavet
accessibility-how-1 = Alt virker med tastatur alene og med skærmlæser.
accessibility-how-2 = Alt virker uden JavaScript og i 200 % forstørrelse.
accessibility-how-3 = Hvert billede har en tekst og en tabel ved siden af, og farver står aldrig alene.
accessibility-how-4 = Siden følger dit valg af mørke farver og mindre bevægelse.
accessibility-known = Det, vi ved mangler
accessibility-known-text = Reglernes tekst på siden om løfter findes kun på engelsk. Vi kender ingen andre mangler.
accessibility-tell = Er der noget, der ikke virker?
accessibility-tell-text = Skriv til os, så retter vi det eller sender dig indholdet på en anden måde.
accessibility-authority = Du kan også klage til Digitaliseringsstyrelsen.
accessibility-law = Lov om tilgængelighed af offentlige organers websteder

login-title = Log ind
login-lead = Du logger ind med MitID. Vi får dit navn og dit CPR-nummer og intet andet.
login-mitid = Log ind med MitID
login-what = Det sker der
login-what-1 = Du bliver sendt til MitID og tilbage hertil.
login-what-2 = Vi gemmer, at du har været her, i din egen log.
login-what-3 = Du bliver logget ud, når du ikke har brugt siden i et stykke tid.
login-persons = Dette er en demonstration. Her logger du ind ved at vælge en person.
login-choose = Vælg en person
login-none = Der kan ikke logges ind lige nu. Ring eller skriv til os.
login-needed = Log ind for at se siden.
login-ended = Du er blevet logget ud, fordi siden ikke har været brugt. Log ind igen, så fortsætter du, hvor du var.
login-fresh = Det, du vil gøre, kræver, at du lige har logget ind. Log ind igen, så fortsætter du.
login-failed = Du kom ikke ind. Prøv igen, eller ring til MitID-support.
login-role-title = Hvem er du her som?
login-role-lead = Dit login giver dig flere roller. Vælg den, du skal bruge nu. Vil du skifte, så log ud og ind igen.
login-role-log = Rollen står i borgerens log ved hvert opslag.
login-with = Log ind med { $broker }
table-of = Tabel:
nav-represented = Du handler for
nav-pharmacies = Apoteker
