//! The exchange between countries, tested whole: three countries and a gateway on this machine.

mod callbacks;
mod europe;
mod exchange;
mod refusals;
mod retention;
mod trouble;
