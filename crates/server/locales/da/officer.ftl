### Sider for databeskyttelsesrådgiveren, efterprøveren og driften.
officer-title = Er det sandt, det vi siger?
officer-lead = Her ser du, om systemet gør det, erklæringerne lover.
officer-promises = Se løfterne
officer-of-all = af { $all } regler
officer-next-week = oplysninger forfalder inden for en uge
officer-unreviewed = nødadgange er ikke set efter
officer-unstated = steder har vi selv valgt, hvor erklæringen tier
officer-late = Ure, der er gået over tiden
officer-late-none = Ingen. Alt, hvad der var forfaldent, er gjort.
officer-register = Register
officer-records = Antal
officer-since = Siden
officer-why = Hvorfor
officer-receipts = Kvitteringer
officer-receipts-text = En kvittering er det, der står tilbage, når noget er slettet. Den siger intet om, hvem det handlede om.
officer-receipts-none = Der er ingen kvitteringer endnu
officer-receipts-none-text = De kommer, når noget når sin dag.
officer-number = Nummer
officer-when = Hvornår
officer-done = Gjort
officer-due-at = Forfaldt
done-blocked = Lukket
done-erased = Slettet
done-archived = Til arkivet
due-title = Hvad forfalder
due-lead = Det næste år, uge for uge. Det bliver gjort af sig selv på dagen.
due-none = Intet forfalder det næste år
due-none-text = Det, der er, venter på en begivenhed eller har en senere dato.
due-picture = Forfalder uge for uge
due-picture-text = { $n ->
    [one] 1 oplysning i alt. Tallene står i tabellen under billedet.
   *[other] { $n } oplysninger i alt. Tallene står i tabellen under billedet.
}
due-series = Oplysninger
due-registers = Register for register
due-rule = Regel
due-week = En uge
due-month = 30 dage
due-year = Et år
matrix-title = Hvem må hvad
matrix-lead = Hver række er noget, erklæringen giver lov til. Hver søjle er en rolle.
matrix-yes = Må altid
matrix-if = Må på en betingelse
matrix-none = Erklæringen giver ikke lov til noget.
matrix-what = Hvad
matrix-read = Læs erklæringen
condition-and = og
condition-or = eller
condition-not = ikke
emergencies-title = Nødadgange, der skal ses efter
emergencies-lead = Du ser efter, om adgangen var nødvendig. Patienten læser din vurdering.
emergencies-none = Der er ingen, der venter
emergencies-none-text = Alle nødadgange er set efter.
emergencies-late = Over tiden
emergencies-number = { $n ->
    [one] Nr. { $n } den dag
   *[other] Nr. { $n } den dag
}
emergencies-when = Tidsrum
emergencies-reason = Begrundelse
emergencies-by = Skal være set senest
emergencies-note = Din vurdering
emergencies-note-hint = { $n ->
    [one] Skriv, hvad du har set efter, med mindst { $n } bogstav. Patienten kan læse det.
   *[other] Skriv, hvad du har set efter, med mindst { $n } bogstaver. Patienten kan læse det.
}
emergencies-justified = Det var i orden
emergencies-not-justified = Det var ikke i orden
operator-title = Har systemet det godt?
operator-lead = Det vigtigste, i ord.
operator-checks = Det er set efter
operator-what = Hvad
operator-how = Tilstand
operator-words = I ord
operator-settings = Indstillinger, som de er læst
check-register = Registret svarer
check-register-well = En prøve blev besvaret.
check-register-wrong = Registret svarede ikke. Se den tekniske log.
check-sweep = Sletning
check-sweep-well = Intet venter over sin dag.
check-sweep-last = Sidste handling: { $when }
check-sweep-late = { $n } oplysninger venter over deres dag.
check-notices = Erklæringerne
check-notices-words = { $notices } erklæringer, { $uses } anvendelser.
check-sessions = Logget ind nu
check-clock = Uret
health-well = Godt
health-watch = Hold øje
health-wrong = Galt
officer-late-table = Ure over tiden, tabel
officer-receipts-table = Kvitteringer, tabel
officer-waits-brake = Over planen eller holdt tilbage. Se driftens side.
emergencies-open = Se efter
emergencies-found = Det blev fundet
emergencies-reviewed = Set efter det seneste år
emergencies-reviewed-table = Set efter det seneste år, tabel
emergencies-who = Hvem
emergencies-verdict = Afgørelse
judged-right = Det var i orden
judged-wrong = Det var ikke i orden
emergency-review-title = Nødadgang taget af { $who }
emergency-review-back = Alle nødadgange
emergency-review-looks = Det blev der set på
emergency-review-looks-text = Hvert opslag, som nødadgangen åbnede for, og da den blev taget. Du ser ikke medicinen.
emergency-review-judge = Var det i orden?
emergency-keep = Gem opslagene i fem år
emergency-keep-text = Opslag slettes efter to år. Er dette ved at blive undersøgt, kan det gemmes i fem. Du skal være logget ind inden for de seneste fem minutter.
emergency-keep-reason = Hvorfor bliver det undersøgt?
emergency-keep-reason-hint = { $n ->
    [one] Skriv mindst { $n } bogstav. Patienten kan læse det.
   *[other] Skriv mindst { $n } bogstaver. Patienten kan læse det.
}
emergency-keep-button = Gem i fem år
emergency-kept = Opslagene gemmes i fem år. Patienten kan læse hvorfor.
flash-kept = Opslagene gemmes nu i fem år.
