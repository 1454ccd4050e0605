//! The keys of the house and what is done with them: sealing, keyed hashes, pseudonyms.
//!
//! Invariant: every key follows from the master key, which stands in the key store's folder and nowhere else.
//! Invariant: the same person has unrelated pseudonyms in two groups of registers.

use std::collections::HashMap;
use std::fmt;

use aws_lc_rs::aead::{AES_256_GCM, AES_256_GCM_SIV, Aad, Algorithm, LessSafeKey, Nonce, UnboundKey};
use aws_lc_rs::{hkdf, hmac};
use notice::Id;
use notice::id::{Organisation, Person};
use zeroize::Zeroizing;

use crate::call::Randomness;
use crate::error::Unavailable;
use crate::identifier::{Identifier, OrganisationNumber};

/// The group of the access log.
pub(crate) const LOG: &str = "log";
/// The group of identifiers and what follows from them.
pub(crate) const IDENTITY: &str = "identity";

/// 16 bytes that stand for a person or organisation in one group.
pub(crate) type Pseudonym = [u8; 16];

/// What holds the master key. A file today; a hardware module gives the same derived keys.
pub(crate) trait Master: fmt::Debug {
    /// 32 bytes for one purpose.
    fn derive(&self, purpose: &str) -> Result<Zeroizing<[u8; 32]>, Unavailable>;
}

/// A master key read from a file of mode 0400.
pub(crate) struct MasterFile(pub(crate) Zeroizing<[u8; 32]>);

impl fmt::Debug for MasterFile {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("(master key)")
    }
}

struct Length(usize);

impl hkdf::KeyType for Length {
    fn len(&self) -> usize {
        self.0
    }
}

impl Master for MasterFile {
    fn derive(&self, purpose: &str) -> Result<Zeroizing<[u8; 32]>, Unavailable> {
        let mut key = Zeroizing::new([0; 32]);
        let extracted = hkdf::Salt::new(hkdf::HKDF_SHA256, b"hjemmel register 1").extract(self.0.as_ref());
        let info = [purpose.as_bytes()];
        let okm = extracted.expand(&info, Length(32)).map_err(|_| Unavailable::Keys)?;
        okm.fill(key.as_mut()).map_err(|_| Unavailable::Keys)?;
        Ok(key)
    }
}

/// A key that seals.
pub(crate) struct Seal(LessSafeKey);

impl fmt::Debug for Seal {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("(key)")
    }
}

const NONCE_BYTES: usize = 12;
const TAG_BYTES: usize = 16;

impl Seal {
    /// For data under a key of its own.
    pub(crate) fn data(key: &[u8; 32]) -> Result<Self, Unavailable> {
        Self::new(&AES_256_GCM, key)
    }

    /// For many small things under one key: a nonce used twice does no harm.
    fn many(key: &[u8; 32]) -> Result<Self, Unavailable> {
        Self::new(&AES_256_GCM_SIV, key)
    }

    fn new(algorithm: &'static Algorithm, key: &[u8; 32]) -> Result<Self, Unavailable> {
        UnboundKey::new(algorithm, key).map(|key| Self(LessSafeKey::new(key))).map_err(|_| Unavailable::Keys)
    }

    /// Seals a text to what it is bound to.
    pub(crate) fn close(
        &self,
        bound: &[u8],
        text: &[u8],
        random: &dyn Randomness,
    ) -> Result<Vec<u8>, Unavailable> {
        let mut nonce = [0; NONCE_BYTES];
        random.fill(&mut nonce);
        let mut sealed = Vec::with_capacity(NONCE_BYTES + text.len() + TAG_BYTES);
        sealed.extend_from_slice(&nonce);
        sealed.extend_from_slice(text);
        let body = sealed.get_mut(NONCE_BYTES..).ok_or(Unavailable::Keys)?;
        let nonce = Nonce::assume_unique_for_key(nonce);
        let tag = self
            .0
            .seal_in_place_separate_tag(nonce, Aad::from(bound), body)
            .map_err(|_| Unavailable::Keys)?;
        sealed.extend_from_slice(tag.as_ref());
        Ok(sealed)
    }

    /// Opens what was sealed to this and to nothing else.
    pub(crate) fn open(&self, bound: &[u8], sealed: &[u8]) -> Result<Zeroizing<Vec<u8>>, Unavailable> {
        let (nonce, body) = sealed.split_at_checked(NONCE_BYTES).ok_or(Unavailable::Tampered)?;
        let length = body.len().checked_sub(TAG_BYTES).ok_or(Unavailable::Tampered)?;
        let (body, tag) = body.split_at_checked(length).ok_or(Unavailable::Tampered)?;
        let nonce = Nonce::try_assume_unique_for_key(nonce).map_err(|_| Unavailable::Tampered)?;
        let mut text = Zeroizing::new(vec![0; length]);
        self.0
            .open_separate_gather(nonce, Aad::from(bound), body, tag, &mut text)
            .map_err(|_| Unavailable::Tampered)?;
        Ok(text)
    }
}

/// The keys of one group of registers.
#[derive(Debug)]
pub(crate) struct Group {
    name: hmac::Key,
    mac: hmac::Key,
    seal: Seal,
}

impl Group {
    fn new(master: &dyn Master, group: &str) -> Result<Self, Unavailable> {
        let derive = |purpose: &str| master.derive(&format!("{purpose}|{group}"));
        Ok(Self {
            name: hmac_key(derive("pseudonym")?.as_ref()),
            mac: hmac_key(derive("mac")?.as_ref()),
            seal: Seal::many(&*derive("seal")?)?,
        })
    }

    /// The pseudonym of a person in this group.
    pub(crate) fn person(&self, person: Id<Person>) -> Pseudonym {
        first16(&hmac::sign(&self.name, &person.to_bytes()))
    }

    /// The pseudonym of an organisation in this group: a practice of one doctor is a person.
    pub(crate) fn organisation(&self, organisation: Id<Organisation>) -> Pseudonym {
        let mut context = hmac::Context::with_key(&self.name);
        context.update(b"organisation");
        context.update(&organisation.to_bytes());
        first16(&context.sign())
    }

    /// A code over a row that holds no sealed part.
    pub(crate) fn mac(&self, bytes: &[u8]) -> [u8; 16] {
        first16(&hmac::sign(&self.mac, bytes))
    }

    /// Whether a code fits, in constant time.
    pub(crate) fn fits(&self, bytes: &[u8], code: &[u8; 16]) -> bool {
        aws_lc_rs::constant_time::verify_slices_are_equal(&self.mac(bytes), code).is_ok()
    }

    /// Seals what many rows of the group hold.
    pub(crate) const fn seal(&self) -> &Seal {
        &self.seal
    }
}

fn hmac_key(bytes: &[u8]) -> hmac::Key {
    hmac::Key::new(hmac::HMAC_SHA256, bytes)
}

fn first16(tag: &hmac::Tag) -> [u8; 16] {
    let mut out = [0; 16];
    out.iter_mut().zip(tag.as_ref()).for_each(|(to, from)| *to = *from);
    out
}

/// All keys that follow from the master key.
#[derive(Debug)]
pub(crate) struct Secrets {
    wrap: Seal,
    key_name: hmac::Key,
    lookup: hmac::Key,
    phantom: hmac::Key,
    organisation: hmac::Key,
    groups: HashMap<String, Group>,
    log: Group,
    identity: Group,
    /// Shown to the pair of stores: that both belong to this master key.
    pub(crate) proof: [u8; 16],
}

impl Secrets {
    pub(crate) fn new<'a>(
        master: &dyn Master,
        pair: &[u8],
        groups: impl Iterator<Item = &'a str>,
    ) -> Result<Self, Unavailable> {
        let mut made = HashMap::new();
        for group in groups {
            if !made.contains_key(group) {
                made.insert(group.to_owned(), Group::new(master, &format!("registers:{group}"))?);
            }
        }
        let proof = hmac::sign(&hmac_key(master.derive("pair")?.as_ref()), pair);
        Ok(Self {
            wrap: Seal::many(&*master.derive("wrap")?)?,
            key_name: hmac_key(master.derive("key-name")?.as_ref()),
            lookup: hmac_key(master.derive("identifier")?.as_ref()),
            phantom: hmac_key(master.derive("phantom")?.as_ref()),
            organisation: hmac_key(master.derive("organisation")?.as_ref()),
            groups: made,
            log: Group::new(master, LOG)?,
            identity: Group::new(master, IDENTITY)?,
            proof: first16(&proof),
        })
    }

    /// The keys of a group of registers.
    pub(crate) fn group(&self, name: &str) -> Result<&Group, Unavailable> {
        self.groups.get(name).ok_or(Unavailable::Keys)
    }

    /// Every group of registers.
    pub(crate) fn groups(&self) -> impl Iterator<Item = &Group> {
        self.groups.values()
    }

    pub(crate) const fn log(&self) -> &Group {
        &self.log
    }

    pub(crate) const fn identity(&self) -> &Group {
        &self.identity
    }

    /// The name in the key store of the key of a record or of a day of the log.
    pub(crate) fn key_name(&self, of: &[u8]) -> [u8; 16] {
        first16(&hmac::sign(&self.key_name, of))
    }

    /// A data key as the key store keeps it.
    pub(crate) fn wrap(
        &self,
        name: &[u8; 16],
        key: &[u8; 32],
        random: &dyn Randomness,
    ) -> Result<Vec<u8>, Unavailable> {
        self.wrap.close(name, key, random)
    }

    /// A data key out of the key store.
    pub(crate) fn unwrap(&self, name: &[u8; 16], wrapped: &[u8]) -> Result<Seal, Unavailable> {
        Seal::data(&*self.unwrap_bytes(name, wrapped)?)
    }

    /// The bytes of a data key.
    pub(crate) fn unwrap_bytes(
        &self,
        name: &[u8; 16],
        wrapped: &[u8],
    ) -> Result<Zeroizing<[u8; 32]>, Unavailable> {
        let opened = self.wrap.open(name, wrapped)?;
        let bytes: [u8; 32] = opened.as_slice().try_into().map_err(|_| Unavailable::Tampered)?;
        Ok(Zeroizing::new(bytes))
    }

    /// Under which an identifier is looked up.
    pub(crate) fn lookup(&self, identifier: &Identifier) -> [u8; 32] {
        let tag = hmac::sign(&self.lookup, &identifier.canonical());
        let mut out = [0; 32];
        out.iter_mut().zip(tag.as_ref()).for_each(|(to, from)| *to = *from);
        out
    }

    /// The id that an identifier leads to before anybody links it, and what it leads to when the link has ended.
    pub(crate) fn phantom(&self, identifier: &Identifier) -> (Id<Person>, Id<Person>) {
        let canonical = identifier.canonical();
        let of = |prefix: &[u8]| {
            let mut context = hmac::Context::with_key(&self.phantom);
            context.update(prefix);
            context.update(&canonical);
            Id::from_bytes(first16(&context.sign()))
        };
        (of(b"first|"), of(b"ended|"))
    }

    /// The organisation behind a number.
    pub(crate) fn organisation(&self, number: &OrganisationNumber) -> Id<Organisation> {
        Id::from_bytes(first16(&hmac::sign(&self.organisation, number.canonical().as_bytes())))
    }
}
