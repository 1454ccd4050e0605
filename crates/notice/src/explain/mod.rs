//! Why: one decision, or one date, told step by step with the clause that each step follows from.

mod date;
mod decision;
mod words;

pub use date::{ClockExplanation, Leaf, Turn};
pub use decision::{Demand, Explanation, Found, Step};
