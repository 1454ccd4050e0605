//! The compiled policy in the words of others: policy engines, vocabularies, transparency languages.

pub mod cedar;
pub mod dpv;
pub mod tilt;
pub mod vocabulary;
