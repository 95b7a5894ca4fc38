//! `cargo xtask bench sensitivity`: the work of `crates/sensitivity/benches/work.rs`, native and in WASM,
//! beside the Python packages that people use today, on the same data in one run. It prints medians and
//! ratios against what we want to reach, and judges nothing.

use std::{
    collections::BTreeMap,
    fs,
    path::{Path, PathBuf},
    process::{Command, Stdio},
};

use wasm_bindgen_cli_support::Bindgen;

use crate::{
    failure::{CommandLine, Failure, at},
    machine,
};

/// What the peers need, pinned.
const PEERS: [&str; 6] =
    ["numpy==2.4.6", "scipy==1.17.1", "pandas==2.3.3", "numba==0.68.1", "pymcdm==1.4.0", "pysensmcda==2.0.0"];

/// NumPy's AVX2 sort is the faster one on some AVX-512 machines: peers run with and without, the better counts.
const WITHOUT_AVX512: (&str, &str) = ("NPY_DISABLE_CPU_FEATURES", "X86_V4 AVX512_ICL");

/// The data, the tasks that are measured on it, and what we want: task, task of the peers, peer, and how
/// many times its speed. WASM is to reach half of each.
struct Data {
    name: &'static str,
    tasks: &'static [&'static str],
    wanted: &'static [(&'static str, &'static str, &'static str, f64)],
}

const DATA: [Data; 2] = [
    Data {
        name: "118x8",
        tasks: &[],
        wanted: &[
            ("smaa", "smaa", "pysensmcda", 20.0),
            ("smaa", "smaa", "plain NumPy", 4.0),
            ("smaa", "smaa", "best NumPy", 1.5),
            ("rank", "rank", "plain NumPy", 2.0),
            ("rank", "rank", "best NumPy", 2.0),
            ("oat_x", "oat", "best NumPy", 4.0),
            ("oat_x", "oat_x", "best NumPy, floats", 1.0),
            ("pairwise", "pairwise", "Numba", 1.2),
            ("first", "first", "SciPy HiGHS", 1.0),
            ("boot", "boot", "NumPy multinomial", 20.0),
        ],
    },
    Data { name: "500x20", tasks: &["smaa", "rank"], wanted: &[("smaa", "smaa", "best NumPy", 1.1)] },
];

type Medians = BTreeMap<String, f64>;

/// Measures and prints: all data, or those named.
pub fn bench(named: &[String]) -> Result<(), Failure> {
    let folder = machine::root().join("target/bench-sensitivity");
    at(&folder, fs::create_dir_all(&folder))?;
    let python = peers(&folder)?;
    let wasm = wasm(&folder)?;
    println!("median milliseconds, one thread; ratios are the peer's time over ours, wanted in brackets");
    for data in DATA.into_iter().filter(|data| named.is_empty() || named.iter().any(|name| name == data.name)) {
        let file = folder.join(format!("{}.txt", data.name));
        // Ours first: it writes the data if it is not there. Drawn anew, so that both read what is committed.
        let _ = fs::remove_file(&file);
        let mut native = machine::cargo();
        native.args(["bench", "--quiet", "-p", "sensitivity", "--bench", "speed", "--"]).arg(&file).args(data.tasks);
        let native = medians(&mut native, &file)?;
        let mut in_wasm = Command::new("node");
        in_wasm.arg(&wasm).arg(&file).args(data.tasks);
        let in_wasm = medians(&mut in_wasm, &file)?;
        let script = machine::root().join("crates/sensitivity/benches/peers.py");
        let run = |disabled: Option<(&str, &str)>| {
            let mut command = Command::new(&python);
            command.arg(&script).arg(&file);
            // Peers of crossings are scans too.
            command.args(data.tasks).envs(disabled);
            answers(&mut command, &file)
        };
        let (with, without) = (run(None)?, run(Some(WITHOUT_AVX512))?);
        print(&data, &native, &in_wasm, &[with, without]);
    }
    Ok(())
}

fn print(data: &Data, native: &Medians, in_wasm: &Medians, peers: &[BTreeMap<String, Medians>]) {
    println!("\n{}", data.name);
    println!("{:10} {:>10} {:>10}", "", "native", "WASM");
    for (task, time) in native {
        let wasm = in_wasm.get(task).copied().unwrap_or(f64::NAN);
        println!("{task:10} {time:>10.4} {wasm:>10.4}");
    }
    for &(task, theirs, peer, wanted) in data.wanted {
        let times = peers.iter().filter_map(|run| run.get(theirs)?.get(peer));
        let Some(best) = times.copied().reduce(f64::min) else {
            println!("{task:10} {peer:22} not measured");
            continue;
        };
        let ratio = |ours: &Medians| ours.get(task).map_or(f64::NAN, |ours| best / ours);
        let (native, wasm) = (ratio(native), ratio(in_wasm));
        let verdict = if native >= wanted && wasm >= wanted / 2.0 { "" } else { "  <- below" };
        println!(
            "{task:10} {:22} {best:>10.4}   native {native:>6.2}x [{wanted}]   WASM {wasm:>6.2}x [{}]{verdict}",
            if theirs == task { peer.to_owned() } else { format!("{peer}, {theirs}") },
            wanted / 2.0
        );
    }
}

/// A Python with the peers in an environment of its own.
fn peers(folder: &Path) -> Result<PathBuf, Failure> {
    let environment = folder.join("venv");
    let (python, done) = (environment.join("bin/python"), environment.join("installed"));
    if fs::read_to_string(&done).is_ok_and(|installed| installed == PEERS.join("\n")) {
        return Ok(python);
    }
    if machine::run(Command::new("python3").arg("-m").arg("venv").arg(&environment)).is_err() {
        return Err(Failure::Missing {
            what: "Python with venv",
            install: "install Python 3.11 or newer with its venv module",
        });
    }
    machine::run(Command::new(&python).args(["-m", "pip", "install", "--quiet"]).args(PEERS))?;
    at(&done, fs::write(&done, PEERS.join("\n")))?;
    Ok(python)
}

/// The work as a module for Node.js, with SIMD, and the script that times it.
fn wasm(folder: &Path) -> Result<PathBuf, Failure> {
    machine::wasm_target()?;
    let target = folder.join("target");
    let mut cargo = machine::cargo();
    cargo.args(["build", "--quiet", "--release", "-p", "sensitivity", "--example", "speed_wasm"]);
    cargo.args(["--target", machine::WASM, "--config", "profile.release.strip=false", "--target-dir"]).arg(&target);
    machine::run(cargo.env("RUSTFLAGS", "-C target-feature=+simd128"))?;
    let mut bindgen = Bindgen::new();
    let module = target.join(machine::WASM).join("release/examples/speed_wasm.wasm");
    bindgen.input_path(&module).out_name("speed").typescript(false);
    let made = bindgen.nodejs(true).and_then(|bindgen| bindgen.generate(folder.join("wasm")));
    made.map_err(|cause| Failure::Bindgen { page: "speed", cause: cause.into() })?;
    let script = folder.join("wasm/time.cjs");
    at(&script, fs::write(&script, include_str!("../../sensitivity/benches/time_wasm.cjs")))?;
    Ok(script)
}

fn output(command: &mut Command, file: &Path) -> Result<serde_json::Value, Failure> {
    let words = std::iter::once(command.get_program()).chain(command.get_args());
    let line = CommandLine(words.map(|word| word.to_string_lossy().into_owned()).collect());
    let output = command.current_dir(machine::root()).stderr(Stdio::inherit()).output();
    let output = output.map_err(|cause| Failure::NotStarted { line: line.clone(), cause })?;
    if !output.status.success() {
        return Err(Failure::Ended { line, status: output.status });
    }
    serde_json::from_slice(&output.stdout)
        .map_err(|_| Failure::Unexpected { path: file.to_path_buf(), what: "measured without an answer in JSON" })
}

/// Our medians by task.
fn medians(command: &mut Command, file: &Path) -> Result<Medians, Failure> {
    let answer = output(command, file)?;
    let tasks = answer.as_object().into_iter().flatten();
    Ok(tasks.filter_map(|(task, one)| Some((task.clone(), one["median_ms"].as_f64()?))).collect())
}

/// The peers' medians by task and peer.
fn answers(command: &mut Command, file: &Path) -> Result<BTreeMap<String, Medians>, Failure> {
    let answer = output(command, file)?;
    let peers = |of_task: &serde_json::Value| -> Medians {
        let peers = of_task.as_object().into_iter().flatten();
        peers.filter_map(|(peer, time)| Some((peer.clone(), time.as_f64()?))).collect()
    };
    Ok(answer.as_object().into_iter().flatten().map(|(task, of_task)| (task.clone(), peers(of_task))).collect())
}
