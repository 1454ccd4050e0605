//! What stands between notices: the same data kept in two ways.

use super::{Both, Code, Message, Part};

codes! {
    TWO_PERIODS "N701" Warning "same field, same controller, two periods"
        / "samme felt, samme dataansvarlig, to perioder" {
        why "a person who is told of one period is surprised by the other (GDPR art. 5(1)(a))"
          / "den, der får den ene periode at vide, bliver overrasket af den anden (GDPR artikel 5, stk. 1, litra a)";
        mend "use one period, or leave it: each keeps its own and the access report shows both"
          / "brug én periode, eller lad det være: hver beholder sin, og indsigten viser begge";
        says two_periods(fields, left, right)
          "{fields} of one person: `{left}` and `{right}`"
          / "{fields} om én person: `{left}` og `{right}`";
        at the_other_period()
          "the other period"
          / "den anden periode";
    }
}
