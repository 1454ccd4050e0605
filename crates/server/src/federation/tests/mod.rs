//! The exchange between countries, tested whole: three countries and a gateway on this machine.

mod callbacks;
mod europe;
mod exchange;
mod misdeeds;
mod page;
#[cfg(feature = "peers")]
mod peers;
mod refusals;
mod retention;
mod trouble;
