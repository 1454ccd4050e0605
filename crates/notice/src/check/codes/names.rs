//! Names: what is declared, once, and found again.

use super::{Both, Code, Message, Part};

codes! {
    DUPLICATE "N101" Error "id used twice"
        / "id brugt to gange" {
        why "one name stands for one thing"
          / "ét navn står for én ting";
        mend "rename one of the two or delete it"
          / "giv den ene et andet navn, eller slet den";
        says declared_twice(kind, id)
          "the {kind} `{id}` is declared twice"
          / "{kind} `{id}` er oplyst to gange";
        at declared_here_first()
          "declared here first"
          / "oplyst her først";
    }

    UNKNOWN_PARTY "N102" Error "party not declared"
        / "part, der ikke er oplyst" {
        why "controllers and recipients are named (GDPR art. 13(1)(a) and (e))"
          / "dataansvarlige og modtagere nævnes ved navn (GDPR artikel 13, stk. 1, litra a og e)";
        mend "declare it as `[party.ID]` or correct the name"
          / "oplys den som `[party.ID]`, eller ret navnet";
        says no_party(name)
          "no party is called `{name}`"
          / "ingen part hedder `{name}`";
    }

    UNKNOWN_PURPOSE "N103" Error "purpose not declared"
        / "formål, der ikke er oplyst" {
        why "data is collected for specified, explicit purposes (GDPR art. 5(1)(b))"
          / "oplysninger indsamles til udtrykkeligt angivne formål (GDPR artikel 5, stk. 1, litra b)";
        mend "declare it as `[purpose.ID]` or correct the name"
          / "oplys det som `[purpose.ID]`, eller ret navnet";
        says no_purpose(name)
          "no purpose is called `{name}`"
          / "intet formål hedder `{name}`";
    }

    UNKNOWN_ROLE "N104" Error "role not declared"
        / "rolle, der ikke er oplyst" {
        why "nobody acts but in a declared role"
          / "ingen handler uden for en oplyst rolle";
        mend "declare it as `[role.ID]` or correct the name"
          / "oplys den som `[role.ID]`, eller ret navnet";
        says no_role(name)
          "no role is called `{name}`"
          / "ingen rolle hedder `{name}`";
    }

    UNKNOWN_LAW "N105" Error "law not declared"
        / "lov, der ikke er oplyst" {
        why "a ground that nobody can look up is no ground"
          / "et behandlingsgrundlag, som ingen kan slå op, er ikke noget grundlag";
        mend "declare it as `[law.ID]` or correct the name"
          / "oplys den som `[law.ID]`, eller ret navnet";
        says no_law(name)
          "no law is called `{name}`"
          / "ingen lov hedder `{name}`";
    }

    UNKNOWN_PROVISION "N106" Error "provision not declared"
        / "bestemmelse, der ikke er oplyst" {
        why "a ground is a provision, not an act as a whole"
          / "et behandlingsgrundlag er en bestemmelse, ikke en hel lov";
        mend "declare it as `[law.ID.provision.\"...\"]` or correct the name"
          / "oplys den som `[law.ID.provision.\"...\"]`, eller ret navnet";
        says no_provision(name)
          "no provision is called `{name}`"
          / "ingen bestemmelse hedder `{name}`";
        says names_no_provision(cited)
          "`{cited}` does not name a provision"
          / "`{cited}` nævner ingen bestemmelse";
    }

    UNKNOWN_REGISTER "N107" Error "register not declared"
        / "register, der ikke er oplyst" {
        why "everything personal stands in a declared register"
          / "alle personoplysninger står i et oplyst register";
        mend "declare it as `[register.ID]` or correct the name"
          / "oplys det som `[register.ID]`, eller ret navnet";
        says no_register(name)
          "no register is called `{name}`"
          / "intet register hedder `{name}`";
    }

    UNKNOWN_FIELD "N108" Error "field not declared"
        / "felt, der ikke er oplyst" {
        why "a field that is not declared is not kept"
          / "et felt, der ikke er oplyst, bliver ikke ført";
        mend "declare it under `[register.ID.fields]` or correct the name"
          / "oplys det under `[register.ID.fields]`, eller ret navnet";
        says no_field(name)
          "no field is called `{name}`"
          / "intet felt hedder `{name}`";
        says not_a_field_of(name)
          "`{name}` is not a field of a register that is named in `of`"
          / "`{name}` er ikke et felt i et register, der er nævnt i `of`";
        help as_register_field()
          "write it as `register.field`"
          / "skriv det som `register.felt`";
    }

    UNKNOWN_USE "N109" Error "use not declared"
        / "anvendelse, der ikke er oplyst" {
        why "a way forward must exist"
          / "en anden vej skal findes";
        mend "declare it as `[[use]]` or correct the name"
          / "oplys den som `[[use]]`, eller ret navnet";
        says no_use(name)
          "no use is called `{name}`"
          / "ingen anvendelse hedder `{name}`";
    }

    ROLE_CIRCLE "N110" Error "roles that contain each other"
        / "roller, der indeholder hinanden" {
        why "a wider role must be wider"
          / "en bredere rolle skal være bredere";
        mend "remove one `is`"
          / "fjern et `is`";
        says role_circle(role)
          "the role `{role}` is wider than itself"
          / "rollen `{role}` er bredere end sig selv";
    }

    NOT_A_CONTROLLER "N111" Error "controller not declared as one"
        / "dataansvarlig, der ikke er oplyst som det" {
        why "the controller answers for the processing (GDPR art. 4(7) and 5(2))"
          / "den dataansvarlige står inde for behandlingen (GDPR artikel 4, nr. 7, og artikel 5, stk. 2)";
        mend "add `controller` to the kinds of the party"
          / "tilføj `controller` til partens `kinds`";
        says not_a_controller(party)
          "`{party}` is not declared as a controller"
          / "`{party}` er ikke oplyst som dataansvarlig";
    }

    UNKNOWN_CLOCK "N112" Error "clock not declared"
        / "slettefrist, der ikke er oplyst" {
        why "a register without its retention rule would be kept for ever (GDPR art. 5(1)(e))"
          / "et register uden sin slettefrist ville blive gemt for evigt (GDPR artikel 5, stk. 1, litra e)";
        mend "declare it as `[clock.\"ID\"]` or correct the name"
          / "oplys den som `[clock.\"ID\"]`, eller ret navnet";
        says no_shared_clock(name)
          "no clock is called `{name}`"
          / "ingen frist hedder `{name}`";
    }

    LOOKALIKE_IDS "N113" Warning "two ids that look alike"
        / "to id'er, der ligner hinanden" {
        why "a name that is taken for another means something else to the reader than to the house"
          / "et navn, der forveksles med et andet, betyder noget andet for læseren end for systemet";
        mend "rename one of the two"
          / "giv den ene et andet navn";
        says looks_like(kind, id, other)
          "the {kind} `{id}` looks like `{other}`"
          / "{kind} `{id}` ligner `{other}`";
        at the_one_that_it_looks_like()
          "the one that it looks like"
          / "den, den ligner";
    }

    UNKNOWN_NOTICE "N114" Error "notice not declared"
        / "erklæring, der ikke er oplyst" {
        why "a processor works for a notice that exists (GDPR art. 28(3))"
          / "en databehandler arbejder for en erklæring, der findes (GDPR artikel 28, stk. 3)";
        mend "correct the name, or add the file of the notice"
          / "ret navnet, eller tilføj erklæringens fil";
        says no_notice(name)
          "no notice is called `{name}`"
          / "ingen erklæring hedder `{name}`";
    }
}
