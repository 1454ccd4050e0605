//! Every diagnostic of the language in one table: its number, what it says, why, and how to mend it.
//!
//! Invariant: a number is never given to another meaning.

use crate::diagnostic::Severity::{self, Error, Note, Warning};

/// One kind of diagnostic.
#[derive(Debug, PartialEq, Eq)]
pub struct Code {
    /// `N101`
    pub id: &'static str,
    /// How grave it is.
    pub severity: Severity,
    /// What is wrong, in a few words.
    pub title: &'static str,
    /// Why it matters, with the law where there is one.
    pub why: &'static str,
    /// How to mend it.
    pub mend: &'static str,
}

impl Code {
    /// The code of a number, `N101`, in capital or small letters.
    #[must_use]
    pub fn find(id: &str) -> Option<&'static Self> {
        ALL.iter().copied().find(|code| code.id.eq_ignore_ascii_case(id))
    }

    /// What it is, why, and how to mend it, as Markdown with a heading.
    #[must_use]
    pub fn page(&self) -> String {
        let gravity = match self.severity {
            Error => "Error: the notices do not compile until somebody decides.",
            Warning => "Warning: the notices compile; it is listed, and somebody answers for it.",
            Note => "Note: shown in the editor and in lists.",
        };
        let (id, title) = (self.id, self.title);
        let (why, mend) = (sentence(self.why), sentence(self.mend));
        format!("## {id}: {title}\n\n{gravity}\n\n**Why.** {why}.\n\n**How to mend it.** {mend}.\n")
    }
}

/// With a capital letter, unless it begins with a piece of a notice.
fn sentence(text: &str) -> String {
    let mut letters = text.chars();
    letters.next().map_or_else(String::new, |first| first.to_uppercase().chain(letters).collect())
}

macro_rules! codes {
    ($($name:ident $id:literal $severity:ident, $title:literal, $why:literal, $mend:literal;)*) => {
        $(
            #[doc = $title]
            pub static $name: Code =
                Code { id: $id, severity: $severity, title: $title, why: $why, mend: $mend };
        )*
        /// All codes in order.
        pub static ALL: &[&Code] = &[$(&$name),*];
    };
}

codes! {
    FILE_TOO_LARGE "N001" Error, "file too large",
        "a notice comes from outside and must not be able to stop the house",
        "split the file; a file has at most 512 KiB and a corpus 16 MiB";
    NOT_TOML "N002" Error, "not TOML",
        "what cannot be read cannot be carried out",
        "mend the line that is shown; the language of the file is TOML 1.0";
    TOO_DEEP "N003" Error, "nested too deeply",
        "a notice comes from outside and must not be able to stop the house",
        "use at most 16 levels";
    TOO_MANY "N004" Error, "too many",
        "a notice comes from outside and must not be able to stop the house",
        "split the notice; the limit is named in the sentence";
    STRING_TOO_LONG "N005" Error, "text too long",
        "a text of a notice is read by people",
        "use at most 16 KiB in one text";
    HIDDEN_SIGN "N006" Error, "invisible sign or sign that turns the direction of writing",
        "what a person reads must be what the house runs",
        "delete the sign and write the word again";
    NOT_NFC "N007" Error, "text not in normal form",
        "two texts that look alike must be alike",
        "save the text in Unicode normal form C";
    MIXED_SCRIPT "N008" Error, "letters of several alphabets in one word",
        "a letter that looks like another can make a name mean something else",
        "write the word again in one alphabet";
    LOOKALIKE "N009" Error, "word in letters that only look Latin",
        "what a person reads must be what the house runs",
        "write the word again in Latin letters";
    UNKNOWN_KEY "N010" Error, "unknown key",
        "a key that is not understood would be a promise that is not kept",
        "use the key that is suggested, or delete the line";
    WRONG_KIND "N011" Error, "wrong kind of value",
        "what cannot be read cannot be carried out",
        "write the value in the form that is named";
    MISSING_KEY "N012" Error, "something is missing",
        "what is not said cannot be carried out or published",
        "add the key that is named";
    MISSING_LANGUAGE "N013" Error, "text in one language only",
        "the notice is published in Danish and English (GDPR art. 12(1): plain and clear)",
        "write both `da` and `en`";
    BAD_ID "N014" Error, "malformed id",
        "ids stand in addresses, logs and letters; look-alike letters must not pass",
        "use a-z, 0-9, `.` and `-`, beginning with a letter";
    BAD_PERIOD "N015" Error, "malformed period",
        "what holds when must be beyond doubt",
        "write `2024-01-01..` or `2024-01-01..2026-12-31`";
    UNKNOWN_WORD "N016" Error, "word not in the vocabulary",
        "the vocabulary is closed, so that every word has one meaning and is enforced",
        "use one of the words that are named";
    STRAY_SECTION "N017" Error, "section of a notice in a file without `[notice]`",
        "purposes, registers, uses, shares, rights and measures belong to one notice",
        "add `[notice]`, or move the section";
    LANGUAGE_VERSION "N018" Error, "version of the language not known",
        "a later version may mean another thing by the same words",
        "write `language = 1`";
    MARKUP "N019" Warning, "markup in a text",
        "texts are shown as they stand; a tag would be read aloud to the person (GDPR art. 12(1): plain and clear)",
        "write the sentence without `<` and `>`";
    OUTSIDE "N020" Error, "file outside the folder of the notice",
        "a notice comes from outside and must not read other files of the house",
        "put the file beside the notice and write its name: `member.schema.json`";
    FORM_MISSING "N021" Error, "form that is not there",
        "an entry that nothing can be held against is not kept",
        "put the file beside the notice, or take the line `schema` out";
    NOT_A_FORM "N022" Error, "form that is no JSON Schema",
        "what cannot be read cannot be carried out",
        "mend the line that is shown; a form is a JSON Schema 2020-12, an object";
    FORM_REFERS "N023" Error, "form that refers to something outside",
        "what is signed must be all that is meant: a form elsewhere could change unseen",
        "write the part into this file under `$defs` and refer to it as `#/$defs/NAME`; `$id`, `$anchor` and `$dynamicRef` are not used";
    FORM_TOO_HEAVY "N024" Error, "form that costs too much to check",
        "a form comes from outside and must not be able to stop the house",
        "make the form simpler: at most 256 KiB, 32 levels, 5,000 parts with references followed, patterns of 1,000 characters, and no part that contains itself";
    FORM_FIELD "N025" Error, "form that asks for what is not kept",
        "only what the notice says is collected (GDPR art. 5(1)(b) and (c))",
        "declare the field in the register, or take it out of the form";

    DUPLICATE "N101" Error, "id used twice",
        "one name stands for one thing",
        "rename one of the two or delete it";
    UNKNOWN_PARTY "N102" Error, "party not declared",
        "controllers and recipients are named (GDPR art. 13(1)(a) and (e))",
        "declare it as `[party.ID]` or correct the name";
    UNKNOWN_PURPOSE "N103" Error, "purpose not declared",
        "data is collected for specified, explicit purposes (GDPR art. 5(1)(b))",
        "declare it as `[purpose.ID]` or correct the name";
    UNKNOWN_ROLE "N104" Error, "role not declared",
        "nobody acts but in a declared role",
        "declare it as `[role.ID]` or correct the name";
    UNKNOWN_LAW "N105" Error, "law not declared",
        "a ground that nobody can look up is no ground",
        "declare it as `[law.ID]` or correct the name";
    UNKNOWN_PROVISION "N106" Error, "provision not declared",
        "a ground is a provision, not an act as a whole",
        "declare it as `[law.ID.provision.\"...\"]` or correct the name";
    UNKNOWN_REGISTER "N107" Error, "register not declared",
        "everything personal stands in a declared register",
        "declare it as `[register.ID]` or correct the name";
    UNKNOWN_FIELD "N108" Error, "field not declared",
        "a field that is not declared is not kept",
        "declare it under `[register.ID.fields]` or correct the name";
    UNKNOWN_USE "N109" Error, "use not declared",
        "a way forward must exist",
        "declare it as `[[use]]` or correct the name";
    ROLE_CIRCLE "N110" Error, "roles that contain each other",
        "a wider role must be wider",
        "remove one `is`";
    NOT_A_CONTROLLER "N111" Error, "controller not declared as one",
        "the controller answers for the processing (GDPR art. 4(7) and 5(2))",
        "add `controller` to the kinds of the party";
    UNKNOWN_CLOCK "N112" Error, "clock not declared",
        "a register without its retention rule would be kept for ever (GDPR art. 5(1)(e))",
        "declare it as `[clock.\"ID\"]` or correct the name";
    LOOKALIKE_IDS "N113" Warning, "two ids that look alike",
        "a name that is taken for another means something else to the reader than to the house",
        "rename one of the two";
    UNKNOWN_NOTICE "N114" Error, "notice not declared",
        "a processor works for a notice that exists (GDPR art. 28(3))",
        "correct the name, or add the file of the notice";

    NO_BASIS "N201" Error, "register without a ground",
        "processing is lawful only on a ground (GDPR art. 6(1))",
        "add `basis = [...]`";
    CLASS_NOT_COVERED "N202" Error, "field whose class no ground covers",
        "health data needs a ground of art. 9, offences of art. 10, the CPR number of the Data Protection Act § 11",
        "add a ground that covers the class, or drop the field";
    NOT_A_BASIS "N203" Warning, "provision that is no ground by itself",
        "a provision that covers no class supports a ground but is none",
        "give the provision `covers = [...]` if it is a ground, else cite it under `laws`";
    LEGITIMATE_INTEREST "N204" Warning, "legitimate interest claimed by a public authority",
        "GDPR art. 6(1), last sub-paragraph, closes 6(1)(f) to authorities in their tasks",
        "use 6(1)(e), or say why this is not a task of the authority";
    LOOKS_LIKE_HEALTH "N205" Warning, "field declared ordinary that seems to reveal health",
        "what reveals a state of health is health data (GDPR art. 4(15))",
        "use class `health`";
    NO_OFFICER "N206" Error, "public controller without a data protection officer",
        "an authority has one and gives the contact (GDPR art. 37(1)(a) and 13(1)(b))",
        "add `officer = \"...\"`, by function and address";
    STALE_LAW "N207" Warning, "law no longer in force",
        "a ground that was repealed is no ground",
        "cite the successor, or say until when the notice holds";
    STALE_PARTY "N208" Warning, "party that no longer exists",
        "a person must be able to reach the controller (GDPR art. 13(1)(a))",
        "name the successor";
    EMPLOYMENT_GROUND "N209" Warning, "ground of employment law for another purpose",
        "GDPR art. 9(2)(b) is employment, social security and social protection law",
        "cite 9(2)(g), (h) or (i), or give the purpose the vocabulary of employment";
    TWO_CONTACTS "N210" Warning, "one party, two values for one way to reach it",
        "a person must be able to reach the controller (GDPR art. 13(1)(a))",
        "state which of the two is right";
    UNDATED_SUCCESSOR "N211" Warning, "successor without a day",
        "a person must know who the controller is on the day (GDPR art. 13(1)(a))",
        "give the party a last day, `valid = \"..2026-12-31\"`, once it is known";
    GROUND_NOT_PUBLISHED "N212" Warning, "ground that the published notice does not name",
        "the notice names the legal basis (GDPR art. 13(1)(c))",
        "write the ground into the published notice, then move it to `basis`";
    OTHER_NAME "N213" Warning, "act or party called by another name",
        "a reader must be able to find the act and reach the party (GDPR art. 12(1) and 13(1)(a))",
        "use its name in the text";
    TWO_TITLES "N214" Warning, "one act under two titles",
        "a ground must be possible to look up (GDPR art. 13(1)(c))",
        "use one title and give the ELI";
    FOREIGN_LAW "N215" Warning, "act that is about something else",
        "a ground covers the processing that it is about (GDPR art. 6(3): the purpose is laid down in the basis)",
        "cite the act for purposes that it is about, or drop it";
    NO_ARRANGEMENT "N216" Error, "joint controllers without an arrangement",
        "joint controllers say who does what, and its essence is open to the persons (GDPR art. 26(1) and (2))",
        "add `arrangement = { da = \"...\", en = \"...\" }` to the notice";
    NO_AGREEMENT "N217" Warning, "processor without an agreement",
        "processing by a processor is governed by a contract (GDPR art. 28(3) and (4))",
        "add `agreement = { da = \"...\", en = \"...\" }` to the party: its name and date";
    NOT_REACHABLE "N218" Warning, "controller without contact",
        "the notice gives the identity and contact of the controller (GDPR art. 13(1)(a))",
        "add `contact = [{ da = \"...\", en = \"...\", value = \"...\" }]`";
    NOTICE_ENDED "N219" Warning, "notice that holds no longer",
        "what is published must hold on the day on which it is read (GDPR art. 12(1) and 13(3))",
        "give the notice a new period, or take the file out of the corpus";
    WHOSE_SUB_PROCESSOR "N220" Warning, "sub-processor of nobody",
        "a processor engages another only with the controller's authorisation (GDPR art. 28(2) and (4))",
        "add `for = \"PARTY\"`, the processor that it works for";
    FREE_TEXT "N221" Error, "free text of a lower class than its purpose",
        "where anything may be written, health will be: data is protected by what it reveals (GDPR art. 9(1))",
        "declare the field in the class of its purpose, with a ground that covers it; or let the form hold it to a short text, a pattern or a list of choices";

    BAD_CLOCK "N301" Error, "retention rule that cannot be read",
        "a period or its criteria are published (GDPR art. 13(2)(a)) and run as written",
        "follow the grammar: what, at|by|from, event + duration";
    NO_CLOCK "N302" Error, "register without a retention rule",
        "no data is kept without an end (GDPR art. 5(1)(e) and 13(2)(a))",
        "add `keep = \"...\"`; where the published notice is silent add `unstated`";
    UNKNOWN_EVENT "N303" Error, "event not declared",
        "a clock that starts on an event which nobody raises never starts",
        "declare it as `[event.\"ID\"]` or correct the name";
    NOBODY_RAISES "N304" Error, "event that nobody may raise",
        "a clock that starts on an event which nobody raises never starts",
        "say who raises it: `by` in words, `roles` where a person does it here";
    ENDLESS_HOLD "N305" Error, "hold without an end",
        "a flag that holds a clock for ever turns a period into none (GDPR art. 5(1)(e))",
        "declare `[flag.ID]` with `by` and `ends`";
    UNDEFINED_FLAG "N306" Warning, "flag not defined",
        "a period that depends on an undefined case is no criterion (GDPR art. 13(2)(a))",
        "declare `[flag.ID]`: what it means and who sets it";
    NO_CEILING "N307" Warning, "retention rule without a ceiling",
        "a period or criteria are to be given (GDPR art. 13(2)(a))",
        "add a stage with `by` or `at`, or a shorter rule of the controller's own";
    NO_START "N308" Warning, "start of the period not named",
        "a period that starts nowhere ends nowhere",
        "name the start in the published notice and remove `start-not-named`";
    SILENT "N309" Warning, "published notice silent",
        "where the notice is silent the controller has chosen, and says so in print",
        "write the sentence into the published notice, then remove `unstated`";
    AFTER_THE_END "N310" Error, "stage after the data is gone",
        "two final acts on the same data need an order",
        "put the archive before the erasure";
    NO_TARGET "N311" Error, "move or archive without a receiver",
        "what is handed over goes to somebody",
        "write `archive to NAME` or `move to NAME`";
    TWO_FINAL_ACTS "N312" Warning, "two final acts on the same data",
        "what is erased cannot be handed over, and the person is told both (GDPR art. 13(2)(a))",
        "say which comes first: `after = \"CLOCK\"` on the later one";
    TWO_RULES "N313" Error, "two retention rules for one register",
        "data is kept no longer than one period allows, and a person is told one (GDPR art. 5(1)(e) and 13(2)(a))",
        "write `keep` or `clock`, not both";
    SAYS_OTHERWISE "N314" Warning, "text that promises another period than the rule",
        "the person is told the period that runs (GDPR art. 5(1)(a) and 13(2)(a))",
        "correct the text or the rule";
    LANGUAGES_DIFFER "N315" Warning, "periods that differ between the languages",
        "both languages promise the same (GDPR art. 12(1))",
        "correct one of the two texts";
    RAISED_BY_PERSON "N316" Error, "clock of an inquiry in the hands of the person it is about",
        "whoever is under inquiry would decide when its record ends (GDPR art. 5(1)(f) and 32)",
        "let another role raise the event";

    PURPOSE_NOT_REACHED "N401" Error, "use for a purpose that the register does not have",
        "data is not used beyond the purposes it was collected for (GDPR art. 5(1)(b) and 6(4))",
        "use one of the register's purposes, or give the register this one with its ground";
    NO_LOG "N402" Error, "use without a trace",
        "who looked must be known to the person; no log, no data",
        "add `log = \"REGISTER\"`, or declare the register `public = true`";
    BAD_CONDITION "N403" Error, "condition that cannot be read",
        "what cannot be read cannot be carried out",
        "join facts by `and`, `or`, `not` and brackets";
    NEVER_HOLDS "N404" Warning, "condition that never holds",
        "a use that nobody can ever have is a mistake",
        "correct the condition or delete the use";
    RAISE_MISMATCH "N405" Error, "events without the verb, or the verb without events",
        "an event starts or moves a clock; who raises which is said",
        "write both `may = [\"raise\"]` and `raises = [...]`";
    MAY_NOT_RAISE "N406" Error, "event raised by a role that may not",
        "each event names who may raise it",
        "add the role to the event or remove the event from the use";
    OPEN_TO_ALL "N407" Warning, "sensitive data open to a whole role without a condition",
        "access goes by need (GDPR art. 25(2): not to an indefinite number of persons)",
        "add `when = \"...\"`";
    SENSITIVE_PUBLISHED "N408" Warning, "sensitive data in a public register",
        "access goes by need, and the CPR number is not published (GDPR art. 25(2), Data Protection Act § 11)",
        "leave the field out of the public register, or drop `public`";
    NAMED_AFTER_ALL "N409" Error, "register of people whom nobody can name, and something that names them",
        "whoever says that nobody can be found must not be able to find anybody (GDPR art. 11(1) and (2))",
        "take out what names the person, or drop `unnamed`";

    NO_INSTRUMENT "N501" Error, "transfer to a third country without an instrument",
        "GDPR art. 44: only with adequacy, safeguards or a derogation (art. 45, 46, 49)",
        "add `instrument = \"gdpr:45\"` or another";
    SHARE_NOT_REACHED "N502" Error, "disclosure for a purpose that the register does not have",
        "data is not passed on beyond the purposes it was collected for (GDPR art. 5(1)(b) and 6(4))",
        "use one of the register's purposes, or give the register this one with its ground";
    CONSENT_TRANSFER "N503" Warning, "transfer by a public authority on consent",
        "GDPR art. 49(3): 49(1)(a) is closed to public powers",
        "see 49(1)(d), or adequacy under art. 45";
    NOT_A_RECIPIENT "N504" Warning, "receiver not declared as a recipient",
        "recipients are named (GDPR art. 13(1)(e))",
        "add `recipient` to the kinds of the party";
    NOT_AN_INSTRUMENT "N505" Error, "instrument that allows no transfer",
        "GDPR art. 44: only with adequacy, safeguards or a derogation (art. 45, 46, 49)",
        "name a provision of art. 45, 46, 47 or 49";
    NO_ADEQUACY "N506" Warning, "adequacy claimed for a country without a decision",
        "GDPR art. 45(3): the Commission decides which countries are adequate",
        "use safeguards under art. 46, or cite the decision in the corpus when there is one";
    NEEDLESS_INSTRUMENT "N507" Warning, "instrument where there is no transfer",
        "the notice tells of transfers that take place (GDPR art. 13(1)(f))",
        "drop the instrument, or correct the country";
    PROCESSOR_ABROAD "N508" Error, "processor in a third country without an instrument",
        "GDPR art. 44: a processor abroad is a transfer (art. 45, 46)",
        "add `instrument = \"gdpr:46(2)(c)\"` or another to the party";

    RIGHT_NOT_GIVEN "N601" Error, "right that the ground does not give",
        "a right that cannot be used misleads (portability: art. 20(1); withdrawal: art. 7(3); objection: art. 21(1))",
        "remove the right, or cite the ground that gives it";
    WITHDRAWAL_MISSING "N602" Error, "consent that cannot be withdrawn",
        "the notice says that consent can be withdrawn (GDPR art. 7(3) and 13(2)(c))",
        "add a right with `article = \"gdpr:7(3)\"`";
    RIGHT_MISSING "N603" Warning, "right not listed",
        "the notice lists the rights (GDPR art. 13(2)(b))",
        "add a `[[right]]` with the article that is named";
    PROMISE_TOO_LONG "N604" Warning, "promise that can end after the law's deadline",
        "an answer is given within one month (GDPR art. 12(3))",
        "promise `P1M` or less; until then the earlier date is used";
    NO_DEADLINE "N605" Warning, "time to answer not stated",
        "an answer is given within one month (GDPR art. 12(3))",
        "add `answer = \"P1M\"`; until then the law's is used and published as the law's";
    PROMISES_DIFFER "N606" Note, "one controller, different promises",
        "a person should not have to know which system holds the data",
        "promise the same time everywhere";
    CHANNELS_DIFFER "N607" Warning, "one controller, different ways to one right",
        "a request counts by whichever way it comes (GDPR art. 12(2))",
        "name the same ways in both notices";

    WIDE_EXEMPTION "N608" Warning, "exemption that leans on art. 14(5)(c) alone",
        "GDPR art. 14(5)(c) asks for a rule that lays down the obtaining or disclosure, with safeguards",
        "cite the provision that lays it down";
    NO_WAY "N609" Warning, "right without a way to use it",
        "the controller makes it easy to use the rights (GDPR art. 12(2))",
        "add `channels = [...]`";
    REFERRAL "N610" Warning, "request sent on to somebody else",
        "the duty to answer stays with the controller that was asked (GDPR art. 12(3) and 16)",
        "keep the referral as an addition, and add a channel of the controller's own: the request gets a case and an answer";
    NOT_A_RIGHT "N611" Error, "article that gives no right",
        "the notice lists the rights of art. 15 to 22 and 77 (GDPR art. 13(2))",
        "cite the article that gives the right";

    TWO_PERIODS "N701" Warning, "same field, same controller, two periods",
        "a person who is told of one period is surprised by the other (GDPR art. 5(1)(a))",
        "use one period, or leave it: each keeps its own and the access report shows both";
}
