//! Personal content never reaches a log by way of `Debug`.

/// Gives types that hold personal content a `Debug` that says so and nothing else.
macro_rules! redacted {
    ($($name:ty),+ $(,)?) => {
        $(impl std::fmt::Debug for $name {
            fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
                f.write_str(concat!(stringify!($name), "(personal)"))
            }
        })+
    };
}
pub(crate) use redacted;
