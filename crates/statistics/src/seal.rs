//! A half of an answer, sealed to the one body that may open it: HPKE (RFC 9180), X25519, HKDF-SHA256, AES-128-GCM.

use hpke::aead::AesGcm128;
use hpke::kdf::HkdfSha256;
use hpke::kem::X25519HkdfSha256;
use hpke::{Deserializable as _, Kem as _, OpModeR, OpModeS, Serializable as _};
use rand_core::{TryCryptoRng, TryRng};
use zeroize::Zeroizing;

use crate::Random;
use crate::wire::{Malformed, Reader, put16, put32};

type Kem = X25519HkdfSha256;
type Kdf = HkdfSha256;
type Aead = AesGcm128;

// Numbers of RFC 9180, section 7.
const KEM: u16 = 0x0020;
const KDF: u16 = 0x0001;
const AEAD: u16 = 0x0001;

/// Which body.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Whose {
    /// The one to which phones send.
    Leader,
    /// The other.
    Helper,
}

impl Whose {
    /// The position of its share.
    pub(crate) const fn position(self) -> usize {
        match self {
            Self::Leader => 0,
            Self::Helper => 1,
        }
    }

    const fn purpose(self) -> &'static [u8] {
        match self {
            Self::Leader => b"hjemmel statistics 1 input share \x01\x02",
            Self::Helper => b"hjemmel statistics 1 input share \x01\x03",
        }
    }
}

/// The sealed thing cannot be opened: changed on the way, moved to another report, or for another key.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
#[error("a share cannot be opened")]
pub struct NotOpened;

/// The public key of a body and its number, by which an older one is still told from the present one.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Config {
    id: u8,
    key: [u8; 32],
}

impl Config {
    /// As it is published: a list of one.
    #[must_use]
    pub fn encoded_list(&self) -> Vec<u8> {
        let mut one = vec![self.id];
        for number in [KEM, KDF, AEAD] {
            one.extend(number.to_be_bytes());
        }
        put16(&mut one, &self.key);
        let mut list = Vec::new();
        put16(&mut list, &one);
        list
    }

    /// The first of a published list that we can use.
    ///
    /// # Errors
    /// It is no list, or holds nothing that we can use.
    pub fn from_list(bytes: &[u8]) -> Result<Self, Malformed> {
        let mut outer = Reader::new(bytes);
        let mut list = Reader::new(outer.string16()?);
        outer.end()?;
        while !list.is_empty() {
            let id = list.u8()?;
            let numbers = (list.u16()?, list.u16()?, list.u16()?);
            let key = list.string16()?;
            if numbers == (KEM, KDF, AEAD)
                && let Ok(key) = key.try_into()
            {
                return Ok(Self { id, key });
            }
        }
        Err(Malformed)
    }

    /// Its number.
    #[must_use]
    pub const fn id(&self) -> u8 {
        self.id
    }

    /// Seals a share. `bound` is what it belongs to and cannot be moved from.
    ///
    /// # Errors
    /// The key is none.
    pub fn seal(
        &self,
        whose: Whose,
        share: &[u8],
        bound: &[u8],
        random: &mut Random<'_>,
    ) -> Result<Sealed, NotOpened> {
        let key = <Kem as hpke::Kem>::PublicKey::from_bytes(&self.key).map_err(|_| NotOpened)?;
        let (enc, payload) = hpke::single_shot_seal_with_rng::<Aead, Kdf, Kem>(
            &OpModeS::Base,
            &key,
            whose.purpose(),
            share,
            bound,
            &mut Dice(random),
        )
        .map_err(|_| NotOpened)?;
        Ok(Sealed { config: self.id, enc: enc.to_bytes().to_vec(), payload })
    }
}

/// The private key of a body.
#[derive(Clone)]
pub struct PrivateKey {
    id: u8,
    bytes: Zeroizing<[u8; 32]>,
}

impl PrivateKey {
    /// A fresh key.
    #[must_use]
    pub fn make(id: u8, random: &mut Random<'_>) -> Self {
        let (key, _) = Kem::gen_keypair_with_rng(&mut Dice(random));
        let mut bytes = Zeroizing::new([0; 32]);
        key.write_exact(&mut *bytes);
        Self { id, bytes }
    }

    /// The key that was kept.
    #[must_use]
    pub fn from_bytes(id: u8, bytes: [u8; 32]) -> Self {
        Self { id, bytes: Zeroizing::new(bytes) }
    }

    /// To be kept, in a file of its own.
    #[must_use]
    pub fn reveal(&self) -> &[u8; 32] {
        &self.bytes
    }

    /// The public key that belongs to it.
    ///
    /// # Errors
    /// It is no key.
    pub fn config(&self) -> Result<Config, NotOpened> {
        let key = Kem::sk_to_pk(&self.key()?);
        let mut bytes = [0; 32];
        key.write_exact(&mut bytes);
        Ok(Config { id: self.id, key: bytes })
    }

    fn key(&self) -> Result<<Kem as hpke::Kem>::PrivateKey, NotOpened> {
        <Kem as hpke::Kem>::PrivateKey::from_bytes(&*self.bytes).map_err(|_| NotOpened)
    }

    /// Opens a share.
    ///
    /// # Errors
    /// [`NotOpened`], whatever the reason.
    pub fn open(&self, whose: Whose, sealed: &Sealed, bound: &[u8]) -> Result<Zeroizing<Vec<u8>>, NotOpened> {
        if sealed.config != self.id {
            return Err(NotOpened);
        }
        let enc = <Kem as hpke::Kem>::EncappedKey::from_bytes(&sealed.enc).map_err(|_| NotOpened)?;
        hpke::single_shot_open::<Aead, Kdf, Kem>(
            &OpModeR::Base,
            &self.key()?,
            &enc,
            whose.purpose(),
            &sealed.payload,
            bound,
        )
        .map(Zeroizing::new)
        .map_err(|_| NotOpened)
    }
}

impl std::fmt::Debug for PrivateKey {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("PrivateKey").field("id", &self.id).finish_non_exhaustive()
    }
}

/// Bytes of a key that was sent along, and of what shows that nothing was changed (RFC 9180, section 7).
const ENC_BYTES: usize = 32;
const TAG_BYTES: usize = 16;

/// Bytes of a sealed share of so many bytes, as it is sent.
pub(crate) const fn sealed_bytes(share: usize) -> usize {
    1 + 2 + ENC_BYTES + 4 + share + TAG_BYTES
}

/// A sealed share.
#[derive(Clone, PartialEq, Eq)]
pub struct Sealed {
    config: u8,
    enc: Vec<u8>,
    payload: Vec<u8>,
}

impl Sealed {
    /// Whether it is as long as a share of so many bytes is.
    pub(crate) fn holds(&self, share: usize) -> bool {
        self.enc.len() == ENC_BYTES && self.payload.len() == share + TAG_BYTES
    }

    pub(crate) fn put(&self, to: &mut Vec<u8>) {
        to.push(self.config);
        put16(to, &self.enc);
        put32(to, &self.payload);
    }

    pub(crate) fn read(from: &mut Reader<'_>) -> Result<Self, Malformed> {
        Ok(Self { config: from.u8()?, enc: from.string16()?.to_vec(), payload: from.string32()?.to_vec() })
    }
}

impl std::fmt::Debug for Sealed {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "Sealed({} bytes)", self.payload.len())
    }
}

/// Our randomness in the shape that the seal asks for.
struct Dice<'a, 'b>(&'a mut Random<'b>);

impl TryRng for Dice<'_, '_> {
    type Error = std::convert::Infallible;

    fn try_next_u32(&mut self) -> Result<u32, Self::Error> {
        let mut bytes = [0; 4];
        (self.0)(&mut bytes);
        Ok(u32::from_le_bytes(bytes))
    }

    fn try_next_u64(&mut self) -> Result<u64, Self::Error> {
        let mut bytes = [0; 8];
        (self.0)(&mut bytes);
        Ok(u64::from_le_bytes(bytes))
    }

    fn try_fill_bytes(&mut self, bytes: &mut [u8]) -> Result<(), Self::Error> {
        (self.0)(bytes);
        Ok(())
    }
}

impl TryCryptoRng for Dice<'_, '_> {}
