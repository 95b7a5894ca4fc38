//! The developers' command: `cargo xtask build | serve | test | bench`.
//!
//! Owns what has to happen on a machine around the workspace: installing what a command needs, turning
//! the app into bundles, starting the demo, running every test. Refuses to hold anything that a running
//! system needs: that is `pingyi`.

mod asset;
mod bench;
mod bench_ballots;
mod bench_scoring;
mod bench_sensitivity;
mod brotli;
mod bundle;
mod failure;
mod join;
mod loader;
mod machine;
mod npm_tools;
mod offline;
mod order;
mod products;
mod ready;
mod serve;
mod short_names;
mod split;
mod style_sheet;
mod test;

use std::{env, process::ExitCode};

use failure::Failure;

const USAGE: &str = "\
cargo xtask build [--quick]   the app into dist/, with the sizes of what each page loads (--quick: without wasm-opt)
cargo xtask serve [ARGS...]   build the app and start `pingyi serve --demo ARGS...`
cargo xtask test [STEP...]    install what the tests need and run all of them, or only the steps named
cargo xtask bench [NAME]      measure everything, or what is named
";

fn main() -> ExitCode {
    let mut arguments = env::args().skip(1);
    let command = arguments.next().unwrap_or_default();
    let rest: Vec<String> = arguments.collect();
    let done = match (command.as_str(), rest.as_slice()) {
        ("build", []) => bundle::build(asset::Effort::Smallest),
        ("build", [flag]) if flag == "--quick" => bundle::build(asset::Effort::Quick),
        ("serve", arguments) => serve::serve(arguments),
        ("test", steps) => test::test(steps),
        ("bench", arguments) => bench::bench(arguments),
        _ => Err(Failure::Usage(USAGE)),
    };
    match done {
        Ok(()) => ExitCode::SUCCESS,
        Err(failure) => {
            eprintln!("{failure}");
            ExitCode::FAILURE
        }
    }
}
