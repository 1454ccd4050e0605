//! The tables of the embedded engine. The comment of a column says what it holds about people.

/// Layout of the database; one more with each change that older releases do not understand.
pub(crate) const LAYOUT: u32 = 4;

/// The database.
pub(super) const DATABASE: &str = "
create table meta (name text primary key, value blob not null) without rowid;
create table word (id integer primary key, text text not null unique, mac blob not null);
create table corpus (number integer primary key, version blob not null unique, first_run integer not null, files text not null);

create table record (
    number integer primary key,
    id blob not null,
    register integer not null,
    subject blob not null,
    version integer not null,
    revision integer not null,
    stage integer not null,
    private integer not null,
    braked integer not null,
    collected_at integer not null,
    changed_at integer not null,
    under integer not null,
    due_at integer,
    closed_at integer,
    look_at integer,
    sealed blob not null
);
create unique index record_id on record (id);
create index record_subject on record (subject, register);
create index record_collected on record (register, collected_at);
create index record_look on record (look_at) where look_at is not null;
create index record_due on record (due_at, register) where due_at is not null;
create index record_braked on record (register) where braked = 1;

create table version (
    record integer not null,
    revision integer not null,
    id blob not null,
    register integer not null,
    subject blob not null,
    version integer not null,
    stage integer not null,
    private integer not null,
    braked integer not null,
    collected_at integer not null,
    changed_at integer not null,
    under integer not null,
    due_at integer,
    closed_at integer,
    sealed blob not null,
    primary key (record, revision)
) without rowid;

create table subject (
    pseudonym blob not null,
    role integer not null,
    record integer not null,
    primary key (pseudonym, role, record)
) without rowid;
create index subject_record on subject (record);

create table fact (
    number integer primary key,
    subject blob not null,
    kind integer not null,
    holder_kind integer not null,
    holder blob not null,
    role integer not null,
    from_at integer not null,
    until_at integer,
    strong integer not null,
    record blob not null,
    mac blob not null
);
create index fact_subject on fact (subject);
create index fact_holder on fact (holder, kind);
create index fact_record on fact (record);

create table person_event (number integer primary key, subject blob not null, sealed blob not null);
create index person_event_subject on person_event (subject);

create table identifier (lookup blob primary key, owner blob not null, sealed blob not null) without rowid;
create index identifier_owner on identifier (owner);
create table birth (owner blob primary key, sealed blob not null) without rowid;

create table hold (
    number integer primary key autoincrement,
    subject blob not null,
    record blob,
    kind integer not null,
    review integer not null,
    sealed blob not null
);
create index hold_subject on hold (subject);

create table line (
    number integer primary key,
    at integer not null,
    subject blob,
    actor blob,
    use_name integer not null,
    outcome integer not null,
    key_day integer not null,
    salt blob not null,
    hash blob not null,
    due_at integer not null,
    sealed blob not null
);
create index line_due on line (due_at, key_day);
create table line_filed (up_to integer not null, last integer not null);
insert into line_filed values (0, 0);
create table line_run (first integer primary key, last integer not null);
create table line_of (number integer primary key, kind integer not null, run integer not null, first blob not null, entries blob not null);
create unique index line_of_first on line_of (kind, run, first);
create table line_day (day integer primary key, lines integer not null);
create table folded (line integer primary key, times integer not null);
create table line_kept (line integer primary key, first_due_at integer not null, sealed blob not null);

create table receipt (
    number integer primary key autoincrement,
    at integer not null,
    register integer not null,
    verb integer not null,
    due_at integer not null,
    records integer not null
);
create table plan (made_at integer not null, hour integer not null, records integer not null, primary key (made_at, hour)) without rowid;
";

/// From layout 1 to 2: some lines are kept longer.
pub(super) const FROM_1_TO_2: &str = "
create table line_kept (line integer primary key, first_due_at integer not null, sealed blob not null);
";

/// From layout 2 to 3: lines are filed under their people many at a time.
pub(super) const FROM_2_TO_3: &str = "
drop index line_subject;
drop index line_actor;
drop index line_day;
create table line_filed (up_to integer not null);
insert into line_filed select coalesce(max(number), 0) from line;
create table line_subject (subject blob not null, at integer not null, line integer not null, primary key (subject, at, line)) without rowid;
create table line_actor (actor blob not null, at integer not null, line integer not null, primary key (actor, at, line)) without rowid;
create table line_day (day integer primary key, lines integer not null);
insert into line_subject select subject, at, number from line where subject is not null order by 1, 2, 3;
insert into line_actor select actor, at, number from line where actor is not null order by 1, 2, 3;
insert into line_day select key_day, count(*) from line group by key_day;
";

/// From layout 3 to 4: lines are filed in sorted runs, and numbered by the writer. What was filed is filed anew.
pub(super) const FROM_3_TO_4: &str = "
create table line_anew (
    number integer primary key,
    at integer not null,
    subject blob,
    actor blob,
    use_name integer not null,
    outcome integer not null,
    key_day integer not null,
    salt blob not null,
    hash blob not null,
    due_at integer not null,
    sealed blob not null
);
insert into line_anew select number, at, subject, actor, use_name, outcome, key_day, salt, hash, due_at, sealed from line order by number;
drop table line_filed;
create table line_filed (up_to integer not null, last integer not null);
insert into line_filed select 0, max(coalesce((select max(number) from line), 0), coalesce((select seq from sqlite_sequence where name = 'line'), 0));
drop table line;
alter table line_anew rename to line;
create index line_due on line (due_at, key_day);
drop table line_subject;
drop table line_actor;
delete from line_day;
create table line_run (first integer primary key, last integer not null);
create table line_of (number integer primary key, kind integer not null, run integer not null, first blob not null, entries blob not null);
create unique index line_of_first on line_of (kind, run, first);
";

/// The key store.
pub(super) const KEYS: &str = "
create table meta (name text primary key, value blob not null) without rowid;
create table key (name blob primary key, wrapped blob not null, floor integer not null) without rowid;
";
