//! Writes the bindings: reads them out of the built library, and needs nothing else.

fn main() {
    uniffi::uniffi_bindgen_main();
}
