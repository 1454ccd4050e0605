//! How loud one phone hears another, for simulations: distance, walls, bodies and chance.
//!
//! The loss over a distance is that of free space at a metre (Friis; 40.2 dB at 2.44 GHz, the middle of the Bluetooth
//! band) and ten times an exponent for each tenfold distance: 2.0 in the open, 2.8 in a home (ITU-R P.1238, a loss
//! coefficient of 28 for residential buildings). A light wall takes 3.4 dB and a heavy one 6.9 (COST 231, multi-wall
//! model). For bodies, and for how much chance there is within a room, there is no one number: measurements of this very
//! use (Leith and Farrell 2020, arXiv 2006.06822) found that both outweigh distance. Ours are 10 dB for a body on the
//! way and a spread of 4 dB; whoever knows better sets others.

use exposure::Random;

use crate::dice;

/// What is lost over the first metre, in decibels.
const FIRST_METRE_DB: f64 = 40.2;
/// Nearer than this the phones touch.
const LEAST_METRES: f64 = 0.1;
/// What is fainter than this is not heard at all: the sensitivity that Bluetooth Low Energy radios usually have.
const FAINTEST_DBM: f64 = -100.0;

/// What lies between two phones.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Path {
    /// How far apart, in metres.
    pub metres: f64,
    /// How many light walls.
    pub light_walls: u32,
    /// How many heavy walls, such as outer ones.
    pub heavy_walls: u32,
    /// How many bodies, those of the two owners included.
    pub bodies: u32,
}

/// The numbers of a place.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Surroundings {
    /// Ten times this is lost for each tenfold distance.
    pub exponent: f64,
    /// Lost in a light wall, in decibels.
    pub light_wall_db: f64,
    /// Lost in a heavy wall.
    pub heavy_wall_db: f64,
    /// Lost in a body.
    pub body_db: f64,
    /// The standard deviation of chance.
    pub spread_db: f64,
}

impl Surroundings {
    /// A home or an office.
    pub const INDOORS: Self =
        Self { exponent: 2.8, light_wall_db: 3.4, heavy_wall_db: 6.9, body_db: 10.0, spread_db: 4.0 };
    /// A park, a street.
    pub const OUTDOORS: Self = Self { exponent: 2.0, ..Self::INDOORS };

    /// What is lost on the way, in decibels, but for chance.
    #[must_use]
    pub fn loss_db(&self, path: &Path) -> f64 {
        FIRST_METRE_DB
            + 10.0 * self.exponent * path.metres.max(LEAST_METRES).log10()
            + self.light_wall_db * f64::from(path.light_walls)
            + self.heavy_wall_db * f64::from(path.heavy_walls)
            + self.body_db * f64::from(path.bodies)
    }

    /// How loud a call is heard, in decibels over a milliwatt; `None` if it is too faint.
    #[must_use]
    pub fn heard(&self, transmit_power_dbm: i8, path: &Path, random: &mut Random<'_>) -> Option<i8> {
        let loudness = f64::from(transmit_power_dbm) - self.loss_db(path) + self.spread_db * normal(random);
        if loudness.is_nan() || loudness < FAINTEST_DBM {
            return None;
        }
        // A radio never says more than 20; the cast cuts the fraction of a number within bounds.
        #[expect(clippy::cast_possible_truncation, reason = "clamped to what the type holds")]
        Some(loudness.clamp(FAINTEST_DBM, 20.0).round() as i8)
    }
}

/// A number of the standard normal distribution (Box and Muller).
fn normal(random: &mut Random<'_>) -> f64 {
    let (one, other) = (dice::fraction(random), dice::fraction(random));
    (-2.0 * one.ln()).sqrt() * (std::f64::consts::TAU * other).cos()
}

#[cfg(test)]
mod tests {
    use super::{Path, Surroundings, normal};

    fn seeded() -> impl FnMut(&mut [u8]) {
        let mut state = 5_u64;
        move |bytes: &mut [u8]| {
            for byte in bytes {
                state = state.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
                *byte = state.to_be_bytes()[0];
            }
        }
    }

    const NEAR: Path = Path { metres: 1.0, light_walls: 0, heavy_walls: 0, bodies: 0 };

    #[test]
    fn the_loss_grows_with_distance_walls_and_bodies() {
        let model = Surroundings::INDOORS;
        let loss = |path: Path| (model.loss_db(&path) * 10.0).round() / 10.0;
        assert_eq!(loss(NEAR), 40.2);
        assert_eq!(loss(Path { metres: 10.0, ..NEAR }), 68.2);
        assert_eq!(loss(Path { light_walls: 2, heavy_walls: 1, ..NEAR }), 53.9);
        assert_eq!(loss(Path { bodies: 2, ..NEAR }), 60.2);
        assert_eq!(Surroundings::OUTDOORS.loss_db(&Path { metres: 10.0, ..NEAR }), 60.2);
        assert_eq!(loss(Path { metres: 0.0, ..NEAR }), loss(Path { metres: 0.1, ..NEAR }));
    }

    #[test]
    fn chance_is_spread_as_it_says_and_the_same_for_the_same_seed() {
        let mut random = seeded();
        let drawn: Vec<f64> = (0..20_000).map(|_| normal(&mut random)).collect();
        let mean = drawn.iter().sum::<f64>() / 20_000.0;
        let variance = drawn.iter().map(|one| (one - mean).powi(2)).sum::<f64>() / 20_000.0;
        assert!(mean.abs() < 0.03 && (variance - 1.0).abs() < 0.05, "{mean} {variance}");
        let heard = |seed: &mut dyn FnMut(&mut [u8])| Surroundings::INDOORS.heard(-20, &NEAR, seed);
        assert_eq!(heard(&mut seeded()), heard(&mut seeded()));
    }

    #[test]
    fn what_is_too_faint_is_not_heard() {
        let mut random = seeded();
        let far = Path { metres: 200.0, ..NEAR };
        let heard = (0..100).filter_map(|_| Surroundings::INDOORS.heard(-20, &far, &mut random)).count();
        assert_eq!(heard, 0);
        let odd = Path { metres: f64::NAN, ..NEAR };
        // `max` leaves the least distance where there is no number.
        assert!(Surroundings::INDOORS.heard(-20, &odd, &mut random).is_some());
    }
}
