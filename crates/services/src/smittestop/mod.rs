//! smitte|stop, the app that warns of exposure: what the authority's servers do under its notice.

pub mod gateway;
