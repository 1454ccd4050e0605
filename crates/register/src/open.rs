//! Opening a register: two stores that belong together, the notices of then and now, and tidying after a crash.

use std::collections::{BTreeSet, HashMap, HashSet};
use std::fs::{self, File, OpenOptions};
use std::io::{Read, Write};
use std::path::Path;
use std::sync::atomic::AtomicU64;
use std::sync::{Arc, Mutex, RwLock};

use notice::{Policy, SourceFile};
use zeroize::Zeroizing;

use crate::call::{Clock, Randomness};
use crate::corpus::Corpus;
use crate::engine::sqlite::{KeyStore, LAYOUT, Store};
use crate::engine::{Act, KeyChange, Keys, Look};
use crate::envelope::{Micros, time};
use crate::error::{OpenError, Unavailable};
use crate::folding::Refusals;
use crate::guard::TimeSeen;
use crate::hold::HoldKind;
use crate::house::{House, Reasons, Shelf};
use crate::pool::Pool;
use crate::recent::Recent;
use crate::register::Config;
use crate::secrets::{MasterFile, Secrets};
use crate::stripes::Stripes;

/// What is open: the shared part, the stores of the writer, and the lock.
pub(crate) struct Opened {
    pub(crate) house: Arc<House>,
    pub(crate) store: Box<dyn Act>,
    pub(crate) keys: Box<dyn Keys>,
    pub(crate) lock: File,
}

pub(crate) fn open(
    config: &Config,
    policy: Arc<Policy>,
    corpus: &Corpus,
    clock: Arc<dyn Clock>,
    randomness: Arc<dyn Randomness>,
) -> Result<Opened, OpenError> {
    folder(&config.database)?;
    folder(&config.keys)?;
    let lock = lock(&config.database)?;
    let (database, key_store) = (config.database.join("register.db"), config.keys.join("keys.db"));
    let found = Store::layout(&database)?;
    if found > LAYOUT {
        return Err(OpenError::Newer { found, known: LAYOUT });
    }
    let has_keys = key_store.exists();
    if (found != 0) != has_keys && found != 0 {
        return Err(OpenError::Mismatch);
    }
    let mut keys = KeyStore::writer(&key_store)?;
    let mut store = Store::writer(&database, config.bytes_max)?;
    let pair = pair(&store, &keys, &*randomness)?;
    let master = master(&config.keys, &*randomness, found == 0)?;

    let now = micros(clock.now());
    let (number, corpora) = corpora(&mut store, &policy, corpus, now)?;
    let groups = groups(&policy, &corpora);
    let secrets = Secrets::new(&master, &pair, groups.values().map(String::as_str))?;
    prove(&store, &secrets)?;
    let words = words(&mut store, &policy, &corpora, &secrets)?;
    let shelves = shelves(&policy, &groups, &words)?;
    let texts: HashMap<i64, String> = words.iter().map(|(text, id)| (*id, text.clone())).collect();
    let old_groups =
        groups.iter().filter_map(|(name, group)| Some((*words.get(name)?, group.clone()))).collect();
    sweep_up(&store, &mut keys, &secrets)?;
    wake_changed(&mut store, &policy, &corpora, number, &words, now)?;
    let restricted = store.holds()?.iter().filter(|hold| hold.kind == HoldKind::Restriction as u8).count();
    let time = TimeSeen::at_start(&store, &*clock, config.guard)?;

    let stripes = Stripes::new();
    let recent = Recent::new(&stripes);
    let house = House {
        config: config.clone(),
        policy,
        corpora,
        corpus: number,
        shelves,
        old_groups,
        words,
        texts,
        secrets,
        clock,
        randomness,
        stripes,
        recent,
        lookers: Pool::new(move || Ok(Box::new(Store::reader(&database)?) as Box<dyn Look>)),
        key_lookers: Pool::new(move || Ok(Box::new(KeyStore::reader(&key_store)?) as Box<dyn Keys>)),
        log_keys: RwLock::new(HashMap::new()),
        line_dues: Mutex::default(),
        making_day: Mutex::new(()),
        settle: std::sync::atomic::AtomicBool::new(false),
        bytes_used: AtomicU64::new(store.bytes()?),
        refusals: Refusals::default(),
        reasons: Reasons::default(),
        restrictions: AtomicU64::new(restricted as u64),
        time: Mutex::new(time),
    };
    Ok(Opened { house: Arc::new(house), store: Box::new(store), keys: Box::new(keys), lock })
}

/// The time of a column.
pub(crate) fn micros(at: jiff::Timestamp) -> Micros {
    at.as_microsecond()
}

fn folder(path: &Path) -> Result<(), OpenError> {
    let wrong = |error: std::io::Error| OpenError::Folder {
        path: path.display().to_string(),
        problem: error.to_string(),
    };
    fs::create_dir_all(path).map_err(wrong)?;
    #[cfg(unix)]
    {
        use std::os::unix::fs::PermissionsExt;
        fs::set_permissions(path, fs::Permissions::from_mode(0o700)).map_err(wrong)?;
    }
    Ok(())
}

fn lock(folder: &Path) -> Result<File, OpenError> {
    let path = folder.join("lock");
    let wrong = |error: std::io::Error| OpenError::Folder {
        path: path.display().to_string(),
        problem: error.to_string(),
    };
    let file = OpenOptions::new().create(true).truncate(false).write(true).open(&path).map_err(wrong)?;
    match file.try_lock() {
        Ok(()) => Ok(file),
        Err(fs::TryLockError::WouldBlock) => Err(OpenError::InUse),
        Err(fs::TryLockError::Error(error)) => Err(wrong(error)),
    }
}

/// The id that stands in both stores. The key store gets it first: a crash in between leaves an empty database.
fn pair(store: &Store, keys: &KeyStore, randomness: &dyn Randomness) -> Result<Vec<u8>, OpenError> {
    match (store.meta("pair")?, keys.meta("pair")?) {
        (Some(ours), Some(theirs)) if ours == theirs => Ok(ours),
        (Some(_), Some(_) | None) => Err(OpenError::Mismatch),
        (None, found) => {
            let pair = found.unwrap_or_else(|| {
                let mut pair = vec![0; 16];
                randomness.fill(&mut pair);
                pair
            });
            keys.set_meta("pair", &pair)?;
            store.set_meta("pair", &pair)?;
            Ok(pair)
        }
    }
}

/// The master key: made at the first opening, for its owner's eyes only.
fn master(folder: &Path, randomness: &dyn Randomness, new: bool) -> Result<MasterFile, OpenError> {
    let path = folder.join("master.key");
    let mut key = Zeroizing::new([0; 32]);
    match File::open(&path) {
        Ok(mut file) => {
            let mut bytes = Zeroizing::new(Vec::new());
            file.read_to_end(&mut bytes).map_err(|_| Unavailable::Keys)?;
            key.copy_from_slice(<&[u8; 32]>::try_from(bytes.as_slice()).map_err(|_| Unavailable::Keys)?);
        }
        Err(error) if error.kind() == std::io::ErrorKind::NotFound && new => {
            randomness.fill(key.as_mut());
            write_master(folder, &path, &key)?;
        }
        Err(error) if error.kind() == std::io::ErrorKind::NotFound => return Err(OpenError::Mismatch),
        Err(_) => return Err(Unavailable::Keys.into()),
    }
    Ok(MasterFile(key))
}

fn write_master(folder: &Path, path: &Path, key: &[u8; 32]) -> Result<(), OpenError> {
    let wrong = |error: std::io::Error| OpenError::Folder {
        path: path.display().to_string(),
        problem: error.to_string(),
    };
    let unfinished = folder.join("master.key.new");
    let _ = fs::remove_file(&unfinished);
    let mut options = OpenOptions::new();
    options.create_new(true).write(true);
    #[cfg(unix)]
    std::os::unix::fs::OpenOptionsExt::mode(&mut options, 0o400);
    let mut file = options.open(&unfinished).map_err(wrong)?;
    file.write_all(key).and_then(|()| file.sync_all()).map_err(wrong)?;
    fs::rename(&unfinished, path).map_err(wrong)?;
    #[cfg(unix)]
    File::open(folder).and_then(|folder| folder.sync_all()).map_err(wrong)?;
    Ok(())
}

/// That this master key is the one that the database was made with.
fn prove(store: &Store, secrets: &Secrets) -> Result<(), OpenError> {
    match store.meta("proof")? {
        Some(proof) if proof == secrets.proof => Ok(()),
        Some(_) => Err(OpenError::Mismatch),
        None => Ok(store.set_meta("proof", &secrets.proof)?),
    }
}

/// The corpora that ever ran, and the number of this one.
fn corpora(
    store: &mut Store,
    policy: &Policy,
    corpus: &Corpus,
    now: Micros,
) -> Result<(i64, HashMap<i64, Arc<Policy>>), OpenError> {
    let mut known = HashMap::new();
    let mut running = None;
    for (number, version, first_run, files) in store.corpora()? {
        if version == policy.version.0 {
            running = Some(number);
            continue;
        }
        let broken = || OpenError::Corpus { since: time(first_run) };
        let kept: Corpus = serde_json::from_str(&files).map_err(|_| broken())?;
        let sources: Vec<SourceFile> =
            kept.files.into_iter().map(|(path, text)| SourceFile { path, text }).collect();
        let day = time(first_run).to_zoned(jiff::tz::TimeZone::UTC).date();
        let older = notice::compile(&sources, day).policy.ok_or_else(broken)?;
        if older.version.0 != version {
            return Err(broken());
        }
        known.insert(number, Arc::new(older));
    }
    let number = match running {
        Some(number) => number,
        None => {
            let files = serde_json::to_string(corpus).map_err(|_| Unavailable::Engine)?;
            store.put_corpus(&policy.version.0, now, &files)?
        }
    };
    Ok((number, known))
}

/// The group of every register, by full name: that of the corpus that runs goes before older ones.
fn groups(policy: &Policy, older: &HashMap<i64, Arc<Policy>>) -> HashMap<String, String> {
    let mut groups = HashMap::new();
    let mut add = |policy: &Policy| {
        for register in &policy.registers {
            if let Some(notice) = policy.notice(register.notice) {
                groups.entry(register.said.id.clone()).or_insert_with(|| notice.group.clone());
            }
        }
    };
    add(policy);
    let mut numbers: Vec<_> = older.keys().collect();
    numbers.sort_unstable();
    numbers.into_iter().rev().filter_map(|number| older.get(number)).for_each(|policy| add(policy));
    groups
}

/// Numbers of all names that stand in rows. Each is bound by a code, so that no register can be renamed into another.
fn words(
    store: &mut Store,
    policy: &Policy,
    older: &HashMap<i64, Arc<Policy>>,
    secrets: &Secrets,
) -> Result<HashMap<String, i64>, OpenError> {
    let code = |id: i64, text: &str| secrets.identity().mac(format!("word|{id}|{text}").as_bytes());
    let mut words = HashMap::new();
    for (id, text, mac) in store.words()? {
        if code(id, &text) != mac {
            return Err(Unavailable::Tampered.into());
        }
        words.insert(text, id);
    }
    let mut wanted = BTreeSet::new();
    for policy in older.values().map(|policy| &**policy).chain([policy]) {
        wanted.extend(policy.registers.iter().map(|register| register.said.id.as_str()));
        wanted.extend(policy.registers.iter().flat_map(|register| register.about.iter().map(String::as_str)));
        wanted.extend(policy.uses.iter().map(|used| used.said.id.as_str()));
        wanted.extend(policy.roles.iter().map(|role| role.said.id.as_str()));
    }
    let missing: Vec<&str> = wanted.into_iter().filter(|text| !words.contains_key(*text)).collect();
    let mut next = words.values().max().copied().unwrap_or(0);
    if !missing.is_empty() {
        store.begin()?;
    }
    for text in &missing {
        next += 1;
        store.put_word(next, text, &code(next, text))?;
        words.insert((*text).to_owned(), next);
    }
    if !missing.is_empty() {
        store.commit()?;
    }
    Ok(words)
}

fn shelves(
    policy: &Policy,
    groups: &HashMap<String, String>,
    words: &HashMap<String, i64>,
) -> Result<Vec<Shelf>, OpenError> {
    let shelf = |id: notice::policy::RegisterId, register: &notice::policy::Register| {
        let field = |name: &String| policy.field_id(id, name).map(|field| (name.clone(), field));
        Some(Shelf {
            id,
            word: *words.get(&register.said.id)?,
            group: groups.get(&register.said.id)?.clone(),
            fields: register.fields.iter().filter_map(|it| field(&it.name)).collect(),
            gives: register.gives,
        })
    };
    policy
        .register_ids()
        .map(|(id, register)| shelf(id, register).ok_or(OpenError::Unavailable(Unavailable::Engine)))
        .collect()
}

/// Name under which the corpus is kept by whose rules every date on file was computed.
pub(crate) const DATED: &str = "dated-by";

/// Where a rule has changed since the dates on file were computed, the sweep computes them again.
fn wake_changed(
    store: &mut Store,
    policy: &Policy,
    older: &HashMap<i64, Arc<Policy>>,
    running: i64,
    words: &HashMap<String, i64>,
    now: Micros,
) -> Result<(), OpenError> {
    let dated = store.meta(DATED)?.and_then(|bytes| bytes.try_into().ok()).map(i64::from_be_bytes);
    if dated == Some(running) {
        return Ok(());
    }
    store.begin()?;
    let before = dated.and_then(|number| older.get(&number));
    for (id, register) in policy.register_ids() {
        let then = before
            .and_then(|before| before.clock_of(before.register_id(&register.said.id)?))
            .map(|clock| &clock.rule);
        let changed = before.is_some() && then != policy.clock_of(id).map(|clock| &clock.rule);
        if let Some(word) = words.get(&register.said.id).filter(|_| changed) {
            store.wake_register(*word, now)?;
        }
    }
    store.set_meta(DATED, &running.to_be_bytes())?;
    store.commit()?;
    Ok(())
}

/// After a crash: keys without a row are destroyed; rows without a key are gone already and go.
fn sweep_up(store: &Store, keys: &mut KeyStore, secrets: &Secrets) -> Result<(), OpenError> {
    let ids = store.record_ids()?;
    let mut wanted: HashSet<[u8; 16]> = ids.iter().map(|id| secrets.key_name(id)).collect();
    let days = store.key_days()?;
    wanted.extend(days.iter().map(|day| secrets.key_name(format!("log:{day}").as_bytes())));
    let there: HashSet<[u8; 16]> = keys.names()?.into_iter().collect();
    let orphans: Vec<KeyChange> = there.difference(&wanted).map(|name| KeyChange::Destroy(*name)).collect();
    keys.apply(&orphans)?;
    let lost: Vec<[u8; 16]> = ids.into_iter().filter(|id| !there.contains(&secrets.key_name(id))).collect();
    for id in &lost {
        if let Some(row) = store.record(id)? {
            store.remove_record(&row)?;
        }
    }
    if !orphans.is_empty() || !lost.is_empty() {
        tracing::warn!(target: "register.security", event = "swept-up", keys = orphans.len(), rows = lost.len(), "keys and rows that had lost each other were removed");
    }
    Ok(())
}
