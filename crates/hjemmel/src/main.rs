//! The command `hjemmel`.

use std::process::ExitCode;

/// Gives back to the machine what a long list took.
#[cfg(target_os = "linux")]
#[global_allocator]
static MEMORY: tikv_jemallocator::Jemalloc = tikv_jemallocator::Jemalloc;

fn main() -> ExitCode {
    hjemmel::run(std::env::args_os())
}
