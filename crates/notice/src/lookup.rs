//! Finding things in a compiled policy by name or id, each in one step.

use std::collections::{BTreeMap, HashMap};

use crate::clock::Rule;
use crate::decide::Fact;
use crate::policy::{
    Clock, Event, FieldId, Flag, Law, Notice, NoticeId, Party, Place, Policy, Provision, Purpose, Register,
    RegisterId, Right, Role, RoleId, Said, Use, UseId,
};

/// The position of a name as an index of its kind; the compiler admits no more than fit.
fn index(map: &HashMap<String, usize>, name: &str) -> Option<u16> {
    map.get(name).and_then(|position| u16::try_from(*position).ok())
}

fn at<'a, T>(list: &'a [T], map: &HashMap<String, usize>, name: &str) -> Option<&'a T> {
    map.get(name).and_then(|position| list.get(*position))
}

impl Policy {
    /// The register of a full name.
    #[must_use]
    pub fn register_id(&self, name: &str) -> Option<RegisterId> {
        index(&self.names.registers, name).map(RegisterId)
    }

    /// The use of a full name.
    #[must_use]
    pub fn use_id(&self, name: &str) -> Option<UseId> {
        index(&self.names.uses, name).map(UseId)
    }

    /// The role of a name.
    #[must_use]
    pub fn role_id(&self, name: &str) -> Option<RoleId> {
        index(&self.names.roles, name).map(RoleId)
    }

    /// The notice of a name.
    #[must_use]
    pub fn notice_id(&self, name: &str) -> Option<NoticeId> {
        index(&self.names.notices, name).map(NoticeId)
    }

    /// The field of a register.
    #[must_use]
    pub fn field_id(&self, register: RegisterId, name: &str) -> Option<FieldId> {
        let position = self.register(register)?.fields.iter().position(|field| field.name == name)?;
        u16::try_from(position).ok().map(FieldId)
    }

    /// A register.
    #[must_use]
    pub fn register(&self, id: RegisterId) -> Option<&Register> {
        self.registers.get(id.index())
    }

    /// A use.
    #[must_use]
    pub fn use_(&self, id: UseId) -> Option<&Use> {
        self.uses.get(id.index())
    }

    /// A role.
    #[must_use]
    pub fn role(&self, id: RoleId) -> Option<&Role> {
        self.roles.get(id.index())
    }

    /// A notice.
    #[must_use]
    pub fn notice(&self, id: NoticeId) -> Option<&Notice> {
        self.notices.get(id.index())
    }

    /// The full name of a register; empty for an id of another policy.
    #[must_use]
    pub fn register_name(&self, id: RegisterId) -> &str {
        self.register(id).map_or("", |register| &register.said.id)
    }

    /// The full name of a use; empty for an id of another policy.
    #[must_use]
    pub fn use_name(&self, id: UseId) -> &str {
        self.use_(id).map_or("", |used| &used.said.id)
    }

    /// The name of a role; empty for an id of another policy.
    #[must_use]
    pub fn role_name(&self, id: RoleId) -> &str {
        self.role(id).map_or("", |role| &role.said.id)
    }

    /// The party of a name.
    #[must_use]
    pub fn party(&self, name: &str) -> Option<&Party> {
        at(&self.parties, &self.names.parties, name)
    }

    /// The law of a name.
    #[must_use]
    pub fn law(&self, name: &str) -> Option<&Law> {
        at(&self.laws, &self.names.laws, name)
    }

    /// The provision that `law:provision` cites, with its law.
    #[must_use]
    pub fn provision(&self, cited: &str) -> Option<(&Law, &Provision)> {
        let (law, name) = cited.split_once(':')?;
        let law = self.law(law)?;
        law.provisions.iter().find(|provision| provision.name == name).map(|provision| (law, provision))
    }

    /// The event of a name.
    #[must_use]
    pub fn event(&self, name: &str) -> Option<&Event> {
        at(&self.events, &self.names.events, name)
    }

    /// The flag of a name.
    #[must_use]
    pub fn flag(&self, name: &str) -> Option<&Flag> {
        at(&self.flags, &self.names.flags, name)
    }

    /// The purpose of a full name.
    #[must_use]
    pub fn purpose(&self, name: &str) -> Option<&Purpose> {
        at(&self.purposes, &self.names.purposes, name)
    }

    /// The retention rule of an id, such as `nsp.appointment`.
    #[must_use]
    pub fn clock(&self, name: &str) -> Option<&Clock> {
        at(&self.clocks, &self.names.clocks, name)
    }

    /// The retention rule of a register.
    #[must_use]
    pub fn clock_of(&self, id: RegisterId) -> Option<&Clock> {
        self.clocks.get(self.register(id)?.clock)
    }

    /// The notice that is printed with this one because it bears the controller's id; none with itself, and none with
    /// a notice that stands alone.
    #[must_use]
    pub fn shared_with(&self, id: NoticeId) -> Option<NoticeId> {
        let notice = self.notice(id).filter(|notice| !notice.alone)?;
        self.notice_id(&notice.controller).filter(|shared| *shared != id)
    }

    /// The facts that the register must find out before a use can be decided.
    pub fn needs(&self, id: UseId) -> impl Iterator<Item = Fact> + use<> {
        let needs = self.use_(id).map_or(0, |used| used.needs);
        Fact::ALL.into_iter().filter(move |fact| needs & fact.bit() != 0)
    }

    /// Whether a use reaches only registers in which nobody can be found (GDPR art. 11): what it does then leaves one trace with the count, not one with each person.
    #[must_use]
    pub fn is_unnamed(&self, id: UseId) -> bool {
        let of = self.use_(id).map_or(&[][..], |used| &used.of);
        !of.is_empty()
            && of.iter().all(|scope| self.register(scope.register).is_some_and(|register| register.unnamed))
    }

    /// The uses of a notice, or of one register, that a role may have.
    pub fn uses_of(&self, role: RoleId) -> impl Iterator<Item = UseId> + '_ {
        let reach = self.role(role).map_or(0, |role| role.reach);
        (0..).map(UseId).zip(&self.uses).filter(move |(_, used)| used.who_mask & reach != 0).map(|(id, _)| id)
    }

    /// Every register with its id.
    pub fn register_ids(&self) -> impl Iterator<Item = (RegisterId, &Register)> {
        (0..).map(RegisterId).zip(&self.registers)
    }

    /// Every use with its id.
    pub fn use_ids(&self) -> impl Iterator<Item = (UseId, &Use)> {
        (0..).map(UseId).zip(&self.uses)
    }

    /// Every role with its id.
    pub fn role_ids(&self) -> impl Iterator<Item = (RoleId, &Role)> {
        (0..).map(RoleId).zip(&self.roles)
    }

    /// The rules of the acceptance table that are stated, with every place that states them.
    #[must_use]
    pub fn stated(&self) -> BTreeMap<String, Vec<Place>> {
        let mut stated: BTreeMap<String, Vec<Place>> = BTreeMap::new();
        for said in self.all_said() {
            for rule in &said.states {
                let places = stated.entry(rule.clone()).or_default();
                if !places.contains(&said.place) {
                    places.push(said.place.clone());
                }
            }
        }
        stated
    }

    /// Everything that any section says.
    pub fn all_said(&self) -> impl Iterator<Item = &Said> {
        let shared = self.parties.iter().map(|it| &it.said);
        let shared = shared.chain(self.laws.iter().map(|it| &it.said));
        let shared = shared.chain(self.roles.iter().map(|it| &it.said));
        let shared = shared.chain(self.events.iter().map(|it| &it.said));
        let shared = shared.chain(self.flags.iter().map(|it| &it.said));
        let shared = shared.chain(self.clocks.iter().map(|it| &it.said));
        let own = self.notices.iter().map(|it| &it.said);
        let own = own.chain(self.purposes.iter().map(|it| &it.said));
        let own = own.chain(self.registers.iter().map(|it| &it.said));
        let own = own.chain(self.uses.iter().map(|it| &it.said));
        let own = own.chain(self.shares.iter().map(|it| &it.said));
        let own = own.chain(self.rights.iter().map(|it| &it.said));
        shared.chain(own).chain(self.measures.iter().map(|it| &it.said))
    }
}

impl Right {
    /// When an answer is due: the promise or the law, whichever ends first.
    #[must_use]
    pub fn deadline(&self) -> Rule {
        self.answer.clone().unwrap_or_else(|| crate::compile::answer_rule(None))
    }
}
