//! Common Danish given names, family names, streets and towns. Put together at random they are nobody's.

/// Given names of women.
pub(super) const WOMEN: &[&str] = &[
    "Anne", "Kirsten", "Mette", "Hanne", "Anna", "Helle", "Susanne", "Maria", "Lene", "Marianne", "Inge", "Lone", "Karen",
    "Camilla", "Pia", "Louise", "Charlotte", "Jette", "Bente", "Ida", "Tina", "Gitte", "Julie", "Birgit", "Sofie", "Emma",
    "Christina", "Ulla", "Laura", "Birthe", "Lise", "Maja", "Cecilie", "Line", "Katrine", "Freja", "Alma", "Clara", "Agnes",
    "Josefine", "Mathilde", "Signe", "Rikke", "Trine", "Karin", "Ellen", "Else", "Grethe", "Tove", "Dorthe", "Heidi", "Vibeke",
];

/// Given names of men.
pub(super) const MEN: &[&str] = &[
    "Peter", "Michael", "Lars", "Jens", "Thomas", "Henrik", "Søren", "Christian", "Martin", "Jan", "Morten", "Jesper",
    "Anders", "Niels", "Mads", "Rasmus", "Per", "Hans", "Jørgen", "Ole", "Mikkel", "Kim", "Erik", "Poul", "Kristian",
    "Jakob", "Finn", "Torben", "Frederik", "Kasper", "Emil", "Oliver", "William", "Noah", "Carl", "Oscar", "August", "Malthe",
    "Viktor", "Magnus", "Bent", "Svend", "Knud", "Flemming", "Claus", "Simon", "Daniel", "Tobias", "Jonas", "Steen", "Bjarne",
];

/// Family names.
pub(super) const FAMILIES: &[&str] = &[
    "Nielsen", "Jensen", "Hansen", "Andersen", "Pedersen", "Christensen", "Larsen", "Sørensen", "Rasmussen", "Jørgensen",
    "Petersen", "Madsen", "Kristensen", "Olsen", "Thomsen", "Christiansen", "Poulsen", "Johansen", "Møller", "Mortensen",
    "Knudsen", "Jakobsen", "Mikkelsen", "Frederiksen", "Olesen", "Laursen", "Henriksen", "Lund", "Schmidt", "Eriksen",
    "Holm", "Kristiansen", "Clausen", "Simonsen", "Svendsen", "Andreasen", "Iversen", "Jeppesen", "Mogensen", "Jespersen",
    "Nissen", "Lauridsen", "Frandsen", "Østergaard", "Jepsen", "Carlsen", "Dahl", "Bech", "Vestergaard", "Kjær", "Bak",
    "Friis", "Nygaard", "Krogh", "Winther", "Bruun", "Dam", "Skov", "Toft", "Ravn", "Damgaard", "Kruse", "Lind", "Bang",
];

/// Streets, without a number.
pub(super) const STREETS: &[&str] = &[
    "Skolevej", "Kirkevej", "Møllevej", "Strandvejen", "Nørregade", "Vestergade", "Østergade", "Søndergade", "Engvej",
    "Bakkevej", "Skovvej", "Birkevej", "Lindevej", "Rosenvej", "Parkvej", "Stationsvej", "Algade", "Havnegade", "Åvej",
    "Fyrrevej", "Elmevej", "Kastanievej", "Lærkevej", "Solsortevej", "Egevej", "Tværvej", "Markvej", "Industrivej",
];

/// Postal code and town.
pub(super) const TOWNS: &[(&str, &str)] = &[
    ("2300", "København S"), ("2400", "København NV"), ("2500", "Valby"), ("2600", "Glostrup"), ("2800", "Kongens Lyngby"),
    ("3000", "Helsingør"), ("3400", "Hillerød"), ("3700", "Rønne"), ("4000", "Roskilde"), ("4200", "Slagelse"),
    ("4700", "Næstved"), ("5000", "Odense C"), ("5700", "Svendborg"), ("6000", "Kolding"), ("6400", "Sønderborg"),
    ("6700", "Esbjerg"), ("7100", "Vejle"), ("7400", "Herning"), ("7500", "Holstebro"), ("7800", "Skive"),
    ("8000", "Aarhus C"), ("8600", "Silkeborg"), ("8800", "Viborg"), ("8900", "Randers C"), ("9000", "Aalborg"),
    ("9400", "Nørresundby"), ("9800", "Hjørring"), ("9900", "Frederikshavn"),
];

/// Beginnings of names of pharmacies.
pub(super) const PHARMACIES: &[&str] = &["Svane", "Løve", "Ørne", "Krone", "Bjørne", "Hjorte", "Elefant", "Stjerne", "Sol", "Måne", "Rose", "Lilje"];

/// Departments of a hospital.
pub(super) const DEPARTMENTS: &[(&str, &str)] = &[
    ("Akutafdelingen", "emergency department"),
    ("Medicinsk Afdeling", "department of medicine"),
    ("Hjerteafdelingen", "department of cardiology"),
    ("Lungeafdelingen", "department of respiratory medicine"),
    ("Ortopædkirurgisk Afdeling", "department of orthopaedic surgery"),
    ("Neurologisk Afdeling", "department of neurology"),
    ("Børneafdelingen", "department of paediatrics"),
    ("Gynækologisk Afdeling", "department of gynaecology"),
];
