//! What people can ask for: rights, where they are used, what limits them.

use super::super::{Kind, Says, Section, Shape};
use super::{SAYS, STATES, UNSTATED, UNTITLED, may, must};

pub(super) static RIGHT: Section = Section {
    name: "right",
    says: Says { da: "En rettighed for den, det handler om.", en: "A right of the person." },
    keys: &[
        must("id", Shape::Id, "Rettighedens navn.", "The name of the right."),
        UNTITLED,
        SAYS,
        STATES,
        UNSTATED,
        must(
            "article",
            Shape::Name(Kind::Provision),
            "Bestemmelsen, der giver den.",
            "The provision that gives it.",
        ),
        may("channels", Shape::List(&CHANNEL), "Hvor man kan bruge den.", "Where it can be used."),
        may(
            "answer",
            Shape::Answer,
            "Den lovede svartid; ellers lovens.",
            "The promised time to answer; otherwise the law's.",
        ),
        may("limits", Shape::List(&LIMIT), "Hvad der begrænser den.", "What limits it."),
    ],
};

static CHANNEL: Section = Section {
    name: "channel",
    says: Says { da: "En måde at bruge en rettighed på.", en: "A way to use a right." },
    keys: &[
        must("da", Shape::Text, "På dansk.", "In Danish."),
        must("en", Shape::Text, "På engelsk.", "In English."),
        may(
            "to",
            Shape::Name(Kind::Party),
            "Den, man sendes videre til, når det er en anden end den dataansvarlige.",
            "To whom one is sent on, where it is not the controller.",
        ),
    ],
};

static LIMIT: Section = Section {
    name: "limit",
    says: Says { da: "Hvad der begrænser en rettighed.", en: "What limits a right." },
    keys: &[
        must("da", Shape::Text, "På dansk.", "In Danish."),
        must("en", Shape::Text, "På engelsk.", "In English."),
        must("law", Shape::Names(Kind::Provision), "Bestemmelserne.", "The provisions."),
    ],
};
