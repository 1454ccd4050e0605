//! The list of those infected, from Statens Serum Institut.

pub(crate) mod correct;
pub(crate) mod end;
pub(crate) mod replace;
