//! What is known of the disease and of people, with where it is known from; and what is assumed.
//!
//! A town of a few thousand is a picture, not a forecast: it shows how the parts work together.

/// Days from infection to symptoms: a log-normal distribution with a median of 5.1 days.
/// Lauer et al., Annals of Internal Medicine 172 (2020) 577, <https://doi.org/10.7326/M20-0504>: mu 1.621, sigma 0.418.
pub(super) const INCUBATION_MU: f64 = 1.621;
/// As [`INCUBATION_MU`].
pub(super) const INCUBATION_SIGMA: f64 = 0.418;
/// Somebody infects from so many days before symptoms.
/// He et al., Nature Medicine 26 (2020) 672, <https://doi.org/10.1038/s41591-020-0869-5>.
pub(super) const INFECTIOUS_BEFORE_DAYS: f64 = 2.3;
/// Most of all so many days before symptoms; the same.
pub(super) const PEAK_BEFORE_DAYS: f64 = 0.7;
/// And hardly any longer after so many days; the same.
pub(super) const INFECTIOUS_AFTER_DAYS: f64 = 7.0;
/// So many of a hundred never have symptoms.
/// Buitrago-Garcia et al., PLOS Medicine 17 (2020) e1003346, <https://doi.org/10.1371/journal.pmed.1003346>: 20 %.
pub(super) const WITHOUT_SYMPTOMS: f64 = 0.20;
/// And infect so much less; the same: relative risk 0.35.
pub(super) const WITHOUT_SYMPTOMS_INFECTIVITY: f64 = 0.35;
/// In a household one infects each other with this probability in all.
/// Madewell et al., JAMA Network Open 3 (2020) e2031756, <https://doi.org/10.1001/jamanetworkopen.2020.31756>: 16.6 %.
pub(super) const HOUSEHOLD_ATTACK: f64 = 0.166;
/// Of those who are asked to isolate or have been warned, so many do.
/// Assumed; surveys of the time lie between 0.4 and 0.9, as Smith et al., BMJ 372 (2021) n608,
/// <https://doi.org/10.1136/bmj.n608>.
pub(super) const FOLLOWS_ADVICE: f64 = 0.7;
/// Of those with the app and a positive test, so many warn others.
/// Wymant et al., Nature 594 (2021) 408, <https://doi.org/10.1038/s41586-021-03606-z>: 72 % in England and Wales.
pub(super) const WARNS_OTHERS: f64 = 0.72;
/// Days from the first symptom to the test. Assumed.
pub(super) const ONSET_TO_TEST_DAYS: f64 = 1.5;
/// Days from the test to its result. Assumed.
pub(super) const TEST_TO_RESULT_DAYS: f64 = 1.0;
/// Days from a warning to the test of who was warned. Assumed; the app of the time advised a test at once and on day four.
pub(super) const WARNING_TO_TEST_DAYS: f64 = 1.0;
/// Who isolates meets so many of a hundred of those whom one would have met. Assumed.
pub(super) const MEETINGS_LEFT: f64 = 0.2;
/// Days for which who was warned stays at home. The Danish advice of the time.
pub(super) const QUARANTINE_DAYS: f64 = 7.0;
/// The chance of infection in a minute within a metre of somebody at the height of infectiousness, outside the home.
/// Chosen so that one infects about two others while nobody does anything, as in a spring with restrictions; the town prints what came out.
pub(super) const INFECTION_A_MINUTE: f64 = 0.006;
/// So much of that remains between one and two metres, and beyond.
/// Chu et al., The Lancet 395 (2020) 1973, <https://doi.org/10.1016/S0140-6736(20)31142-9>: about half a metre further.
pub(super) const BEYOND_A_METRE: f64 = 0.5;
/// As [`BEYOND_A_METRE`].
pub(super) const BEYOND_TWO_METRES: f64 = 0.15;
/// Meetings outside the home on a day. Mossong et al., PLOS Medicine 5 (2008) e74,
/// <https://doi.org/10.1371/journal.pmed.0050074> (POLYMOD): 13.4 in ordinary times, of which about ten outside the home; here fewer, as in a year of restrictions.
pub(super) const COLLEAGUES_A_DAY: f64 = 2.5;
/// As [`COLLEAGUES_A_DAY`].
pub(super) const CLASSMATES_A_DAY: f64 = 3.0;
/// As [`COLLEAGUES_A_DAY`].
pub(super) const STRANGERS_A_DAY: f64 = 2.5;
/// One of one's friends is met on a day with this probability.
pub(super) const FRIEND_A_DAY: f64 = 0.12;
