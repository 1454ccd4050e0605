//! The command `hjemmel`.

use std::process::ExitCode;

fn main() -> ExitCode {
    hjemmel::run(std::env::args_os())
}
