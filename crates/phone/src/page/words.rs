//! The words of the page, each in both languages.

use super::Place;
use crate::language::Text;

const fn text(da: &'static str, en: &'static str) -> Text {
    Text { da, en }
}

pub(crate) const TO_CONTENT: Text = text("Gå til indhold", "Go to content");
pub(crate) const MENU: Text = text("Menu", "Menu");
pub(crate) const NO_WARNING: Text = text("Du har ingen advarsler", "You have no warnings");
pub(crate) const NO_WARNING_MORE: Text = text(
    "Telefonen har ikke hørt nogen, som har advaret andre, længe nok og tæt nok på. Det er ingen garanti for, at du ikke er smittet.",
    "The phone has not heard anybody who has warned others for long enough and near enough. That is no guarantee that you are not infected.",
);
pub(crate) const WARNING: Text =
    text("Du kan have været udsat for smitte", "You may have been exposed to infection");
pub(crate) const WARNING_MORE: Text = text(
    "Du har været tæt på en person, som senere har fået konstateret COVID-19. Telefonen ved ikke, hvem det er, og den fortæller ikke, hvornår det var.",
    "You were close to a person who was later found to have COVID-19. The phone does not know who it is, and it does not tell when it was.",
);
pub(crate) const CAME: Text = text("Beskeden kom", "The message came");
pub(crate) const GOES: Text = text("Den slettes", "It is erased");
pub(crate) const I_HAVE_READ: Text = text("Jeg har læst det", "I have read it");
pub(crate) const READ_MORE: Text = text("Læs mere hos myndighederne", "Read more from the authorities");
pub(crate) const IS_ON: Text = text("smitte|stop er slået til", "smitte|stop is on");
pub(crate) const IS_ON_BUT: Text =
    text("smitte|stop er slået til, men noget er galt", "smitte|stop is on, but something is wrong");
pub(crate) const NO_WARNING_UNSURE: Text = text(
    "Men telefonen har måske ikke hørt eller hentet alt. Læs, hvad der er galt.",
    "But the phone may not have heard or fetched everything. Read what is wrong.",
);
pub(crate) const LOOKED: Text = text("Alle nøgler sidst hentet", "All keys last fetched");
pub(crate) const LISTENED: Text = text("Telefonen lyttede sidst", "The phone last listened");
pub(crate) const AT: Text = text("kl.", "at");
pub(crate) const CHANGED_ELSEWHERE: Text = text(
    "Et andet program ændrede det, telefonen gemmer, i samme øjeblik. Intet er gjort. Prøv igen.",
    "Another program changed what the phone keeps at the same moment. Nothing was done. Try again.",
);
pub(crate) const IS_OFF: Text = text("smitte|stop er slået fra", "smitte|stop is off");
pub(crate) const IS_OFF_MORE: Text = text(
    "Telefonen hører, sender og gemmer ingenting, før du giver dit samtykke.",
    "The phone hears, sends and keeps nothing until you give your consent.",
);
pub(crate) const NEW_WORDS: Text = text("Vi skal spørge dig igen", "We have to ask you again");
pub(crate) const NEW_WORDS_MORE: Text = text(
    "Ordene, du sagde ja til, er ændret. Indtil du har svaret, hører, sender og gemmer telefonen ingenting nyt. Siger du nej, kan du slette det, der allerede ligger der.",
    "The words that you agreed to have changed. Until you have answered, the phone hears, sends and keeps nothing new. If you say no, you can erase what already lies there.",
);
pub(crate) const AGREED_SINCE: Text = text("Du gav dit samtykke", "You gave your consent");
pub(crate) const AGREE: Text = text("Ja, slå smitte|stop til", "Yes, turn smitte|stop on");
pub(crate) const GO_TO_CONSENT: Text = text("Læs og tag stilling", "Read and decide");
pub(crate) const WARN_LEAD: Text = text(
    "Er du testet positiv, kan du frivilligt advare dem, du har været tæt på. De får ikke at vide, at det er dig.",
    "If you tested positive, you can voluntarily warn those you have been close to. They are not told that it is you.",
);
pub(crate) const WARN_SPECIAL: Text = text(
    "I helt særlige tilfælde kan det regnes ud, at det er dig: hvis den anden næsten ikke har mødt andre.",
    "In very special cases it can be worked out that it is you: if the other person has met hardly anybody else.",
);
pub(crate) const CODE: Text = text("Kode", "Code");
pub(crate) const CODE_HELP: Text = text(
    "Log ind hos Styrelsen for Patientsikkerhed med MitID for at få den. 8 cifre, eller 16 tal og bogstaver.",
    "Log in at the Danish Patient Safety Authority with MitID to get it. 8 digits, or 16 letters and digits.",
);
pub(crate) const SYMPTOMS: Text =
    text("Første dag med symptomer (frivilligt)", "First day of symptoms (voluntary)");
pub(crate) const SYMPTOMS_HELP: Text = text(
    "Lad feltet stå tomt, hvis du ingen har eller ikke vil sige det. Så regnes fra dagen for testen.",
    "Leave it empty if you have none or do not want to say. Then the day of the test counts.",
);
pub(crate) const VISITED: Text = text(
    "Lande, du har været i de seneste 14 dage (frivilligt)",
    "Countries of the last 14 days (voluntary)",
);
pub(crate) const VISITED_HELP: Text = text(
    "Landekoder på to bogstaver med mellemrum, for eksempel SE DE.",
    "Country codes of two letters with spaces, such as SE DE.",
);
pub(crate) const WARN_OTHERS: Text = text("Advar andre", "Warn others");
pub(crate) const ON_ITS_WAY: Text = text("Din advarsel er på vej", "Your warning is on its way");
pub(crate) const ON_ITS_WAY_MORE: Text = text(
    "Det sker i tre trin og bliver prøvet igen, hvis nettet svigter. Du behøver ikke gøre mere.",
    "It takes three steps and is tried again if the network fails. You need do nothing more.",
);
pub(crate) const STEP: Text = text("Trin", "Step");
pub(crate) const OF_THREE: Text = text("af 3", "of 3");
pub(crate) const BAD_CODE: Text =
    text("En kode er 8 cifre, eller 16 tal og bogstaver.", "A code is 8 digits, or 16 letters and digits.");
pub(crate) const BAD_DATE: Text = text(
    "Første dag med symptomer er i dag eller højst 28 dage siden.",
    "The first day of symptoms is today or at most 28 days ago.",
);
pub(crate) const BAD_COUNTRY: Text = text(
    "Skriv lande i EU, EØS eller Schweiz med koder på to bogstaver, for eksempel SE DE.",
    "Write countries of the EU, the EEA or Switzerland with codes of two letters, such as SE DE.",
);
pub(crate) const FIRST_GOES: Text = text("Den ældste slettes", "The oldest is erased");
pub(crate) const OWN_KEYS: Text = text("Telefonens egne nøgler", "The phone's own keys");
pub(crate) const OWN_KEYS_MORE: Text = text(
    "En tilfældig nøgle om dagen. Numrene, telefonen sender ud, kommer af den.",
    "A random key a day. The numbers that the phone calls out follow from it.",
);
pub(crate) const SIGHTINGS: Text = text("Numre fra telefoner i nærheden", "Numbers of phones nearby");
pub(crate) const SIGHTINGS_MORE: Text = text(
    "Hvornår de blev hørt, og hvor kraftigt. De siger ikke, hvem det var.",
    "When they were heard, and how loud. They do not say who it was.",
);
pub(crate) const EXPOSURES: Text = text(
    "Nøgler fra smittede, som blev hørt, fundet de seneste 14 dage",
    "Keys of infected people that were heard, found in the last 14 days",
);
pub(crate) const EXPOSURES_MORE: Text = text(
    "Med hvor tæt på og hvor længe, også for kort til en advarsel.",
    "With how near and how long, also if too short for a warning.",
);
pub(crate) const EXPOSURES_GO: Text = text(
    "Hver slettes senest 14 dage efter, at den blev hørt. Hvor mange og hvornår står her ikke: så kunne det regnes ud, hvornår I mødtes.",
    "Each is erased at the latest 14 days after it was heard. How many and when does not stand here: from that it could be worked out when you met.",
);
pub(crate) const SOME: Text = text("nogle", "some");
pub(crate) const NONE: Text = text("ingen", "none");
pub(crate) const MESSAGES: Text = text("Advarsler", "Warnings");
pub(crate) const MESSAGES_MORE: Text = text("Beskeder til dig.", "Messages to you.");
pub(crate) const REPORT: Text = text("Din advarsel til andre", "Your warning to others");
pub(crate) const REPORT_MORE: Text = text(
    "Ligger her kun, til den er sendt. Symptomer og lande kun, hvis du har skrevet dem.",
    "Lies here only until it is sent. Symptoms and countries only if you wrote them.",
);
pub(crate) const TOKEN: Text = text("Serverens bevis på din advarsel", "The server's token of your warning");
pub(crate) const TOKEN_MORE: Text = text(
    "Det viser, at din næste advarsel kommer fra samme telefon, og siger ikke, hvem du er.",
    "It shows that your next warning comes from the same phone, and does not say who you are.",
);
pub(crate) const WITH_SYMPTOMS: Text = text("med dato for symptomer", "with a date of symptoms");
pub(crate) const WITHOUT_SYMPTOMS: Text = text("uden dato for symptomer", "without a date of symptoms");
pub(crate) const COUNTRIES: Text = text("lande", "countries");
pub(crate) const FILES: Text =
    text("Hentede filer, som er gennemset", "Fetched files that were looked through");
pub(crate) const FILES_MORE: Text = text("Kun deres navne.", "Only their names.");
pub(crate) const WHEN_SENT: Text = text("når den er sendt", "when it is sent");
pub(crate) const NOTHING: Text = text("Der ligger ingenting på telefonen.", "Nothing lies on the phone.");
pub(crate) const STORED_LEAD: Text = text(
    "Alt ligger krypteret på denne telefon og intet andet sted. Bortset fra datoerne for dine samtykker er intet ældre end 14 dage.",
    "Everything lies encrypted on this phone and nowhere else. Apart from the dates of your consents nothing is older than 14 days.",
);
pub(crate) const WITHDRAW_LEAD: Text = text(
    "Trækker du dit samtykke tilbage, slettes alt på telefonen med det samme, også advarsler, du har fået. Det kan ikke fortrydes. Du kan give samtykke igen og begynde forfra.",
    "If you withdraw your consent, everything on the phone is erased at once, also warnings that you received. It cannot be undone. You can consent again and begin from nothing.",
);
pub(crate) const WITHDRAW_SENT: Text = text(
    "Nøgler, du allerede har sendt for at advare andre, siger ikke, hvem du er, og slettes på serverne efter 14 dage.",
    "Keys that you have already sent to warn others do not say who you are, and are erased on the servers after 14 days.",
);
pub(crate) const WITHDRAW: Text =
    text("Træk samtykket tilbage og slet alt", "Withdraw consent and erase everything");
pub(crate) const UNINSTALL_LEAD: Text = text(
    "Alt på telefonen slettes med det samme, og programmets mappe og indstillinger fjernes. Programmet stopper.",
    "Everything on the phone is erased at once, and the program's folder and settings are removed. The program stops.",
);
pub(crate) const UNINSTALL: Text = text("Slet alt og afinstaller", "Erase everything and uninstall");
pub(crate) const GONE: Text = text("Alt er slettet", "Everything is erased");
pub(crate) const GONE_MORE: Text = text(
    "smitte|stop er afinstalleret. Du kan lukke siden.",
    "smitte|stop is uninstalled. You can close this page.",
);
pub(crate) const NO_COUNT: Text = text("Du kan ikke være med her", "You cannot take part here");
pub(crate) const NO_COUNT_MORE: Text = text(
    "Denne telefon er ikke sat op til nogen, der tæller. Derfor spørger den dig ikke, og den svarer ingen.",
    "This phone is set up for nobody who counts. So it does not ask you, and it answers nobody.",
);
pub(crate) const PART_SINCE: Text = text("Du er med siden", "You have taken part since");
pub(crate) const TAKE_PART: Text = text("Ja, vær med i statistikken", "Yes, take part in the statistics");
pub(crate) const TAKE_NO_PART: Text = text("Hold op", "Stop");
pub(crate) const CHANGE: Text = text("Træk samtykke tilbage", "Withdraw consent");

pub(crate) const fn title(place: Place) -> Text {
    match place {
        Place::Status => text("Status", "Status"),
        Place::Warn => WARN_OTHERS,
        Place::Consent => text("Behandling af personoplysninger", "Processing of personal data"),
        Place::Stored => text("Hvad telefonen gemmer", "What the phone keeps"),
        Place::Statistics => text("Statistik", "Statistics"),
        Place::Withdraw => text("Træk samtykke tilbage", "Withdraw consent"),
        Place::Uninstall => text("Afinstaller", "Uninstall"),
    }
}
