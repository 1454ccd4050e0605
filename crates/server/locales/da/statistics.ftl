statistics-title = Tal fra appen
statistics-lead = Så mange telefoner kører appen på, og så mange advarer den. Ingen kan se en enkelt telefon i tallene. Det kan vi heller ikke.
statistics-latest = Den sidste dag, der er talt:
statistics-phones = telefoner med appen
statistics-installed = af dem er nye
statistics-warned = blev advaret
statistics-warned-others = advarede andre
statistics-phones-picture = Telefoner med appen, dag for dag
statistics-warnings-picture = Advarsler, dag for dag
statistics-picture-text = { $n ->
    [one] Én dag er talt. Tallene står i tabellen under billedet.
   *[other] { $n } dage er talt. Tallene står i tabellen under billedet.
}
statistics-series-phones = Telefoner
statistics-series-thousands = Tusinder af telefoner
statistics-series-warned = Blev advaret
statistics-series-warned-others = Advarede andre
statistics-none = Der er ingen tal endnu
statistics-none-why = En dag bliver talt, når den har været forbi i to dage, og kun hvis mindst { $least } telefoner har svaret.
statistics-hidden = Dage uden tal
statistics-hidden-why = Disse dage svarede færre end { $least } telefoner. Så viser vi intet, og svarene er slettet uset.
statistics-how = Sådan tæller vi uden at se nogen
statistics-how-split = En gang om dagen svarer hver telefon, om appen kørte, om den er ny, om du blev advaret, og om du advarede andre. Telefonen deler svaret i to. Hver del for sig er tilfældige tal.
statistics-how-two = Vi får den ene del, og et uafhængigt organ får den anden. De to lægger hver deres dele sammen og viser kun summerne frem. Først tilsammen er summerne et tal. De kontrollerer også, uden at læse svaret, at hvert svar er ét svar og ikke flere.
statistics-how-noise = Hvert organ lægger lidt tilfældighed til sin sum, så tallet er næsten rigtigt og aldrig helt. Er der færre end { $least } svar, viser ingen af dem noget.
statistics-how-not = Vi ved ikke, hvem der har svaret, hvornår på dagen eller hvorfra. Svarene er væk efter fem dage.
statistics-simulated = I demonstrationen svarer mere end hundrede simulerede telefoner hver dag. De deler og forsegler deres svar, som en rigtig telefon gør, og to organer tæller dem som beskrevet her.
