//! Medicines of the synthetic country: substances by their real ATC code, with an ordinary form, strength and dosage.
//!
//! Invariant: drug ids and package numbers are made up and begin with 9, which no issued one does here.

/// How a medicine is usually taken.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Dose {
    /// Morning, noon, evening, night, each as a decimal number.
    Parts(&'static str, &'static str, &'static str, &'static str),
    /// A dose some times a day.
    Times(&'static str, u8),
    /// A dose when needed, at most so many a day.
    Needed(&'static str, u8),
    /// A dose once a week.
    Weekly(&'static str),
}

/// One medicine.
#[derive(Clone, Copy, Debug)]
pub(super) struct Drug {
    /// Anatomical therapeutic chemical code.
    pub(super) atc: &'static str,
    /// Generic name in Danish.
    pub(super) name: &'static str,
    /// Form in Danish.
    pub(super) form: &'static str,
    /// Strength.
    pub(super) strength: &'static str,
    /// What one dose is counted in, Danish and English.
    pub(super) unit: (&'static str, &'static str),
    /// Why it is taken, Danish and English.
    pub(super) indication: (&'static str, &'static str),
    /// How it is usually taken.
    pub(super) dose: Dose,
    /// Units in a package, the usual one first.
    pub(super) packs: &'static [u16],
}

impl Drug {
    /// Position in the list.
    #[must_use]
    pub(super) fn number(atc: &str) -> Option<usize> {
        DRUGS.iter().position(|drug| drug.atc == atc)
    }
}

/// The made-up eleven digits of the drug at a position of [`DRUGS`].
#[must_use]
pub(super) fn drug_id(position: usize) -> String {
    format!("{}", 90_000_000_000_u64 + position as u64 * 100)
}

/// The made-up six digits of its package.
#[must_use]
pub(super) fn package_number(position: usize, pack: usize) -> String {
    format!("{}", 900_000 + position * 10 + pack)
}

const TABLET: (&str, &str) = ("tablet", "tablet");
const CAPSULE: (&str, &str) = ("kapsel", "capsule");
const PUFF: (&str, &str) = ("sug", "puff");
const DROP: (&str, &str) = ("dråbe", "drop");
const UNIT: (&str, &str) = ("enhed", "unit");
const MILLILITRE: (&str, &str) = ("ml", "ml");
const APPLICATION: (&str, &str) = ("påsmøring", "application");
const DAILY: Dose = Dose::Parts("1", "0", "0", "0");
const TWICE: Dose = Dose::Parts("1", "0", "1", "0");
const EVENING: Dose = Dose::Parts("0", "0", "1", "0");
const NIGHT: Dose = Dose::Parts("0", "0", "0", "1");

macro_rules! drugs {
    ($(($atc:literal, $name:literal, $form:literal, $strength:literal, $unit:expr, $da:literal, $en:literal, $dose:expr, $packs:expr)),* $(,)?) => {
        /// Every medicine of the country.
        pub(super) const DRUGS: &[Drug] = &[
            $(Drug { atc: $atc, name: $name, form: $form, strength: $strength, unit: $unit, indication: ($da, $en), dose: $dose, packs: $packs }),*
        ];
    };
}

drugs![
    ("A02BC01", "Omeprazol", "enterokapsler, hårde", "20 mg", CAPSULE, "mod for meget mavesyre", "against too much stomach acid", DAILY, &[98, 28]),
    ("A02BC02", "Pantoprazol", "enterotabletter", "40 mg", TABLET, "mod for meget mavesyre", "against too much stomach acid", DAILY, &[98, 28]),
    ("A06AD65", "Macrogol, kombinationer", "pulver til oral opløsning, enkeltdosis", "13,8 g", ("brev", "sachet"), "mod forstoppelse", "against constipation", Dose::Needed("1", 2), &[20, 100]),
    ("A10AE04", "Insulin glargin", "injektionsvæske, opløsning i pen", "100 enheder/ml", UNIT, "mod sukkersyge", "against diabetes", Dose::Parts("0", "0", "0", "18"), &[1500]),
    ("A10BA02", "Metformin", "filmovertrukne tabletter", "500 mg", TABLET, "mod sukkersyge", "against diabetes", Dose::Parts("2", "0", "2", "0"), &[400, 200]),
    ("A10BJ06", "Semaglutid", "injektionsvæske, opløsning i pen", "0,5 mg", ("injektion", "injection"), "mod sukkersyge", "against diabetes", Dose::Weekly("1"), &[12, 4]),
    ("A10BK03", "Empagliflozin", "filmovertrukne tabletter", "10 mg", TABLET, "mod sukkersyge", "against diabetes", DAILY, &[90, 30]),
    ("A11CC05", "Colecalciferol", "tabletter", "35 mikrogram", TABLET, "mod mangel på D-vitamin", "against lack of vitamin D", DAILY, &[100]),
    ("A12AX", "Calcium med D-vitamin", "tyggetabletter", "400 mg + 19 mikrogram", TABLET, "forebygger knogleskørhed", "prevents brittle bones", TWICE, &[180]),
    ("B01AA03", "Warfarin", "tabletter", "2,5 mg", TABLET, "forebygger blodpropper", "prevents blood clots", EVENING, &[100]),
    ("B01AC04", "Clopidogrel", "filmovertrukne tabletter", "75 mg", TABLET, "forebygger blodpropper", "prevents blood clots", DAILY, &[100, 28]),
    ("B01AC06", "Acetylsalicylsyre", "tabletter", "75 mg", TABLET, "forebygger blodpropper", "prevents blood clots", DAILY, &[100]),
    ("B01AF01", "Rivaroxaban", "filmovertrukne tabletter", "20 mg", TABLET, "forebygger blodpropper", "prevents blood clots", EVENING, &[98, 28]),
    ("B01AF02", "Apixaban", "filmovertrukne tabletter", "5 mg", TABLET, "forebygger blodpropper", "prevents blood clots", TWICE, &[168, 56]),
    ("B03AA07", "Ferrosulfat", "depottabletter", "100 mg", TABLET, "mod jernmangel", "against lack of iron", DAILY, &[100]),
    ("B03BA03", "Hydroxocobalamin", "injektionsvæske, opløsning", "1 mg/ml", MILLILITRE, "mod mangel på B12-vitamin", "against lack of vitamin B12", Dose::Weekly("1"), &[5]),
    ("C03AA03", "Hydrochlorthiazid", "tabletter", "25 mg", TABLET, "mod forhøjet blodtryk", "against high blood pressure", DAILY, &[100]),
    ("C03CA01", "Furosemid", "tabletter", "40 mg", TABLET, "vanddrivende", "removes water", DAILY, &[100, 250]),
    ("C03DA01", "Spironolacton", "filmovertrukne tabletter", "25 mg", TABLET, "mod hjertesvigt", "against heart failure", DAILY, &[100]),
    ("C07AB02", "Metoprolol", "depottabletter", "50 mg", TABLET, "mod forhøjet blodtryk", "against high blood pressure", DAILY, &[100]),
    ("C07AB07", "Bisoprolol", "filmovertrukne tabletter", "2,5 mg", TABLET, "mod hjertesvigt", "against heart failure", DAILY, &[100]),
    ("C08CA01", "Amlodipin", "tabletter", "5 mg", TABLET, "mod forhøjet blodtryk", "against high blood pressure", DAILY, &[100]),
    ("C09AA02", "Enalapril", "tabletter", "10 mg", TABLET, "mod forhøjet blodtryk", "against high blood pressure", DAILY, &[100]),
    ("C09AA05", "Ramipril", "tabletter", "5 mg", TABLET, "mod forhøjet blodtryk", "against high blood pressure", DAILY, &[100]),
    ("C09CA01", "Losartan", "filmovertrukne tabletter", "50 mg", TABLET, "mod forhøjet blodtryk", "against high blood pressure", DAILY, &[98]),
    ("C10AA01", "Simvastatin", "filmovertrukne tabletter", "40 mg", TABLET, "mod forhøjet kolesterol", "against high cholesterol", EVENING, &[100]),
    ("C10AA05", "Atorvastatin", "filmovertrukne tabletter", "20 mg", TABLET, "mod forhøjet kolesterol", "against high cholesterol", DAILY, &[100]),
    ("C10AA07", "Rosuvastatin", "filmovertrukne tabletter", "10 mg", TABLET, "mod forhøjet kolesterol", "against high cholesterol", DAILY, &[100]),
    ("D01AC01", "Clotrimazol", "creme", "10 mg/g", APPLICATION, "mod svamp på huden", "against fungus of the skin", Dose::Times("1", 2), &[20]),
    ("D07AC01", "Betamethason", "creme", "1 mg/g", APPLICATION, "mod eksem", "against eczema", Dose::Times("1", 1), &[30, 100]),
    ("G03AA07", "Levonorgestrel og ethinylestradiol", "overtrukne tabletter", "150 + 30 mikrogram", TABLET, "mod graviditet", "against pregnancy", DAILY, &[63]),
    ("G03AC09", "Desogestrel", "filmovertrukne tabletter", "75 mikrogram", TABLET, "mod graviditet", "against pregnancy", DAILY, &[84]),
    ("G03CA03", "Estradiol", "vaginaltabletter", "10 mikrogram", TABLET, "mod gener i overgangsalderen", "against complaints of the menopause", Dose::Weekly("2"), &[24]),
    ("G04BD08", "Solifenacin", "filmovertrukne tabletter", "5 mg", TABLET, "mod hyppig vandladning", "against frequent urination", DAILY, &[90]),
    ("G04CA02", "Tamsulosin", "depotkapsler, hårde", "0,4 mg", CAPSULE, "mod vandladningsbesvær", "against difficulty in urinating", DAILY, &[100]),
    ("G04CB01", "Finasterid", "filmovertrukne tabletter", "5 mg", TABLET, "mod forstørret prostata", "against an enlarged prostate", DAILY, &[98]),
    ("H02AB06", "Prednisolon", "tabletter", "25 mg", TABLET, "mod betændelseslignende tilstand", "against inflammation", DAILY, &[25]),
    ("H03AA01", "Levothyroxin", "tabletter", "100 mikrogram", TABLET, "mod for lavt stofskifte", "against low metabolism", DAILY, &[100]),
    ("J01CA04", "Amoxicillin", "oral suspension", "50 mg/ml", MILLILITRE, "mod betændelse i mellemøret", "against infection of the middle ear", Dose::Times("5", 3), &[100]),
    ("J01CA08", "Pivmecillinam", "filmovertrukne tabletter", "400 mg", TABLET, "mod blærebetændelse", "against infection of the bladder", Dose::Times("1", 3), &[10, 20]),
    ("J01CE02", "Phenoxymethylpenicillin", "filmovertrukne tabletter", "660 mg", TABLET, "mod halsbetændelse", "against infection of the throat", Dose::Times("1", 4), &[28, 40]),
    ("J01CF01", "Dicloxacillin", "kapsler, hårde", "500 mg", CAPSULE, "mod betændelse i huden", "against infection of the skin", Dose::Times("2", 3), &[60]),
    ("J01FA09", "Clarithromycin", "filmovertrukne tabletter", "500 mg", TABLET, "mod lungebetændelse", "against pneumonia", TWICE, &[14]),
    ("J01XE01", "Nitrofurantoin", "tabletter", "50 mg", TABLET, "forebygger blærebetændelse", "prevents infection of the bladder", NIGHT, &[100]),
    ("M01AB05", "Diclofenac", "enterotabletter", "50 mg", TABLET, "mod smerter", "against pain", TWICE, &[30, 100]),
    ("M01AE01", "Ibuprofen", "filmovertrukne tabletter", "400 mg", TABLET, "mod smerter", "against pain", Dose::Needed("1", 3), &[100, 30]),
    ("M04AA01", "Allopurinol", "tabletter", "100 mg", TABLET, "mod urinsyregigt", "against gout", DAILY, &[100]),
    ("M05BA04", "Alendronat", "tabletter", "70 mg", TABLET, "mod knogleskørhed", "against brittle bones", Dose::Weekly("1"), &[12]),
    ("N02AA01", "Morphin", "tabletter", "10 mg", TABLET, "mod stærke smerter", "against strong pain", Dose::Needed("1", 4), &[20, 100]),
    ("N02AX02", "Tramadol", "kapsler, hårde", "50 mg", CAPSULE, "mod smerter", "against pain", Dose::Needed("1", 4), &[20, 100]),
    ("N02BE01", "Paracetamol", "filmovertrukne tabletter", "500 mg", TABLET, "mod smerter", "against pain", Dose::Needed("2", 4), &[300, 100]),
    ("N02CC01", "Sumatriptan", "filmovertrukne tabletter", "50 mg", TABLET, "mod migræne", "against migraine", Dose::Needed("1", 2), &[12, 6]),
    ("N03AX09", "Lamotrigin", "tabletter", "100 mg", TABLET, "mod epilepsi", "against epilepsy", TWICE, &[100]),
    ("N03AX14", "Levetiracetam", "filmovertrukne tabletter", "500 mg", TABLET, "mod epilepsi", "against epilepsy", TWICE, &[100]),
    ("N04BA02", "Levodopa og benserazid", "kapsler, hårde", "100 + 25 mg", CAPSULE, "mod Parkinsons sygdom", "against Parkinson's disease", Dose::Times("1", 4), &[100]),
    ("N05AH04", "Quetiapin", "depottabletter", "50 mg", TABLET, "mod psykisk lidelse", "against mental illness", NIGHT, &[100]),
    ("N05BA04", "Oxazepam", "tabletter", "15 mg", TABLET, "mod angst", "against anxiety", Dose::Needed("1", 3), &[20]),
    ("N05CF01", "Zopiclon", "filmovertrukne tabletter", "7,5 mg", TABLET, "mod søvnbesvær", "against sleeplessness", Dose::Needed("1", 1), &[10, 30]),
    ("N05CH01", "Melatonin", "depottabletter", "2 mg", TABLET, "mod søvnbesvær", "against sleeplessness", NIGHT, &[30]),
    ("N06AB04", "Citalopram", "filmovertrukne tabletter", "20 mg", TABLET, "mod depression", "against depression", DAILY, &[98]),
    ("N06AB06", "Sertralin", "filmovertrukne tabletter", "50 mg", TABLET, "mod depression", "against depression", DAILY, &[98]),
    ("N06AX11", "Mirtazapin", "filmovertrukne tabletter", "30 mg", TABLET, "mod depression", "against depression", NIGHT, &[98]),
    ("N06AX16", "Venlafaxin", "depotkapsler, hårde", "75 mg", CAPSULE, "mod depression", "against depression", DAILY, &[98]),
    ("N06BA04", "Methylphenidat", "depottabletter", "36 mg", TABLET, "mod ADHD", "against ADHD", DAILY, &[30]),
    ("N06DA02", "Donepezil", "filmovertrukne tabletter", "10 mg", TABLET, "mod demens", "against dementia", EVENING, &[98]),
    ("R01AD09", "Mometason", "næsespray, suspension", "50 mikrogram", ("pust", "spray"), "mod høfeber", "against hay fever", Dose::Times("2", 1), &[140]),
    ("R03AC02", "Salbutamol", "inhalationspulver", "0,2 mg", PUFF, "mod astma", "against asthma", Dose::Needed("1", 4), &[200, 60]),
    ("R03AK07", "Formoterol og budesonid", "inhalationspulver", "4,5 + 160 mikrogram", PUFF, "mod astma", "against asthma", TWICE, &[120]),
    ("R03BA02", "Budesonid", "inhalationspulver", "200 mikrogram", PUFF, "forebygger astma", "prevents asthma", TWICE, &[200]),
    ("R03BB04", "Tiotropium", "inhalationspulver", "18 mikrogram", PUFF, "mod KOL", "against COPD", DAILY, &[90, 30]),
    ("R06AE07", "Cetirizin", "filmovertrukne tabletter", "10 mg", TABLET, "mod allergi", "against allergy", Dose::Needed("1", 1), &[100, 30]),
    ("S01AA01", "Chloramphenicol", "øjendråber, opløsning", "5 mg/ml", DROP, "mod øjenbetændelse", "against infection of the eye", Dose::Times("1", 4), &[10]),
    ("S01EE01", "Latanoprost", "øjendråber, opløsning", "50 mikrogram/ml", DROP, "mod grøn stær", "against glaucoma", NIGHT, &[90]),
];

/// Something that a person lives with, and the medicines that it is treated with.
#[derive(Clone, Copy, Debug)]
pub(super) struct Illness {
    /// Ages at which it begins, from and until.
    pub(super) ages: (u16, u16),
    /// Out of a thousand people of those ages who get it.
    pub(super) of_thousand: u16,
    /// Who gets it.
    pub(super) sex: Option<super::person::Sex>,
    /// Medicines by ATC code; one to three of them are taken.
    pub(super) medicines: &'static [&'static str],
    /// How many at once.
    pub(super) together: usize,
}

use super::person::Sex::{Female, Male};

/// What people live with for years.
pub(super) const CHRONIC: &[Illness] = &[
    Illness { ages: (40, 85), of_thousand: 300, sex: None, medicines: &["C09AA02", "C09CA01", "C08CA01", "C09AA05", "C03AA03", "C07AB02"], together: 2 },
    Illness { ages: (45, 85), of_thousand: 240, sex: None, medicines: &["C10AA01", "C10AA05", "C10AA07"], together: 1 },
    Illness { ages: (40, 80), of_thousand: 75, sex: None, medicines: &["A10BA02", "A10BK03", "A10BJ06", "A10AE04"], together: 2 },
    Illness { ages: (6, 60), of_thousand: 80, sex: None, medicines: &["R03AC02", "R03AK07", "R03BA02"], together: 2 },
    Illness { ages: (55, 85), of_thousand: 60, sex: None, medicines: &["R03BB04", "R03AC02"], together: 2 },
    Illness { ages: (18, 85), of_thousand: 90, sex: None, medicines: &["N06AB04", "N06AB06", "N06AX11", "N06AX16"], together: 1 },
    Illness { ages: (25, 80), of_thousand: 45, sex: None, medicines: &["H03AA01"], together: 1 },
    Illness { ages: (60, 90), of_thousand: 110, sex: None, medicines: &["B01AF02", "B01AF01", "B01AA03"], together: 1 },
    Illness { ages: (55, 90), of_thousand: 100, sex: None, medicines: &["B01AC06", "B01AC04"], together: 1 },
    Illness { ages: (65, 90), of_thousand: 70, sex: None, medicines: &["C03CA01", "C03DA01", "C07AB07"], together: 3 },
    Illness { ages: (30, 85), of_thousand: 110, sex: None, medicines: &["A02BC01", "A02BC02"], together: 1 },
    Illness { ages: (60, 90), of_thousand: 90, sex: Some(Female), medicines: &["M05BA04", "A12AX"], together: 2 },
    Illness { ages: (50, 85), of_thousand: 30, sex: Some(Male), medicines: &["M04AA01"], together: 1 },
    Illness { ages: (50, 85), of_thousand: 90, sex: Some(Male), medicines: &["G04CA02", "G04CB01"], together: 1 },
    Illness { ages: (16, 45), of_thousand: 280, sex: Some(Female), medicines: &["G03AA07", "G03AC09"], together: 1 },
    Illness { ages: (48, 70), of_thousand: 120, sex: Some(Female), medicines: &["G03CA03"], together: 1 },
    Illness { ages: (50, 85), of_thousand: 50, sex: Some(Female), medicines: &["G04BD08", "J01XE01"], together: 1 },
    Illness { ages: (5, 70), of_thousand: 12, sex: None, medicines: &["N03AX09", "N03AX14"], together: 1 },
    Illness { ages: (7, 40), of_thousand: 30, sex: None, medicines: &["N06BA04", "N05CH01"], together: 2 },
    Illness { ages: (20, 70), of_thousand: 15, sex: None, medicines: &["N05AH04", "N05BA04"], together: 1 },
    Illness { ages: (72, 92), of_thousand: 50, sex: None, medicines: &["N06DA02"], together: 1 },
    Illness { ages: (60, 88), of_thousand: 10, sex: None, medicines: &["N04BA02"], together: 1 },
    Illness { ages: (60, 90), of_thousand: 40, sex: None, medicines: &["S01EE01"], together: 1 },
    Illness { ages: (65, 95), of_thousand: 180, sex: None, medicines: &["N02BE01", "A06AD65", "N02AX02"], together: 2 },
    Illness { ages: (60, 95), of_thousand: 60, sex: None, medicines: &["B03BA03", "A11CC05", "B03AA07"], together: 1 },
    Illness { ages: (8, 60), of_thousand: 90, sex: None, medicines: &["R06AE07", "R01AD09"], together: 1 },
    Illness { ages: (20, 60), of_thousand: 40, sex: None, medicines: &["N02CC01"], together: 1 },
];

/// What people get once and are rid of again; out of a thousand in a year.
pub(super) const ACUTE: &[Illness] = &[
    Illness { ages: (1, 12), of_thousand: 120, sex: None, medicines: &["J01CA04"], together: 1 },
    Illness { ages: (4, 80), of_thousand: 70, sex: None, medicines: &["J01CE02"], together: 1 },
    Illness { ages: (16, 95), of_thousand: 90, sex: Some(Female), medicines: &["J01CA08"], together: 1 },
    Illness { ages: (20, 95), of_thousand: 25, sex: None, medicines: &["J01FA09"], together: 1 },
    Illness { ages: (10, 90), of_thousand: 25, sex: None, medicines: &["J01CF01"], together: 1 },
    Illness { ages: (1, 70), of_thousand: 25, sex: None, medicines: &["S01AA01"], together: 1 },
    Illness { ages: (18, 80), of_thousand: 60, sex: None, medicines: &["M01AE01", "M01AB05"], together: 1 },
    Illness { ages: (30, 95), of_thousand: 20, sex: None, medicines: &["N02AA01"], together: 1 },
    Illness { ages: (25, 90), of_thousand: 20, sex: None, medicines: &["H02AB06"], together: 1 },
    Illness { ages: (20, 90), of_thousand: 25, sex: None, medicines: &["N05CF01"], together: 1 },
    Illness { ages: (2, 80), of_thousand: 30, sex: None, medicines: &["D07AC01", "D01AC01"], together: 1 },
];
