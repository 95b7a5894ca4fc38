//! Why `cargo xtask` stopped, in words that say what to do next.

use std::{fmt, io, path::PathBuf, process::ExitStatus};

/// Why an xtask command stopped.
#[derive(Debug)]
pub enum Failure {
    /// The command line was not understood.
    Usage(&'static str),
    /// A program could not be started.
    NotStarted { line: CommandLine, cause: io::Error },
    /// A program ended badly.
    Ended { line: CommandLine, status: ExitStatus },
    /// A file could not be read or written.
    File { path: PathBuf, cause: io::Error },
    /// `wasm-bindgen` did not make a bundle.
    Bindgen { page: &'static str, cause: Box<dyn std::error::Error + Send + Sync> },
    /// The office's program could not be cut into its areas.
    Split { cause: Box<dyn std::error::Error + Send + Sync> },
    /// A program said something that should have nothing to say.
    NotSilent { line: CommandLine },
    /// What was made is not what the next step expects.
    Unexpected { path: PathBuf, what: &'static str },
    /// Something is missing that this user may not install.
    Missing { what: &'static str, install: &'static str },
    /// A page loads more than it may.
    TooLarge,
    /// Steps of `cargo xtask test` that failed.
    Steps(Vec<&'static str>),
    /// There is no step or benchmark of this name.
    Unknown { known: Vec<&'static str> },
}

/// A program and its arguments, for messages.
#[derive(Debug, Clone)]
pub struct CommandLine(pub Vec<String>);

impl fmt::Display for CommandLine {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0.join(" "))
    }
}

impl fmt::Display for Failure {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Failure::Usage(usage) => f.write_str(usage.trim_end()),
            Failure::NotStarted { line, cause } => write!(f, "xtask: cannot start `{line}`: {cause}"),
            Failure::Ended { line, status } => write!(f, "xtask: `{line}` failed ({status})"),
            Failure::File { path, cause } => write!(f, "xtask: {}: {cause}", path.display()),
            Failure::Bindgen { page, cause } => write!(f, "xtask: wasm-bindgen on {page}: {cause:#}"),
            Failure::Split { cause } => write!(f, "xtask: cutting the office into areas: {cause:#}"),
            Failure::NotSilent { line } => write!(f, "xtask: `{line}` has something to say (above)"),
            Failure::Unexpected { path, what } => write!(f, "xtask: {}: {what}", path.display()),
            Failure::Missing { what, install } => write!(f, "xtask: {what} is missing; {install}"),
            Failure::TooLarge => f.write_str("xtask: a page loads more than its budget (marked above)"),
            Failure::Steps(steps) => write!(f, "xtask: failed: {}", steps.join(", ")),
            Failure::Unknown { known } => write!(f, "xtask: there are: {}", known.join(", ")),
        }
    }
}

/// Attaches the path to an I/O error.
pub fn at<T>(path: impl Into<PathBuf>, result: io::Result<T>) -> Result<T, Failure> {
    result.map_err(|cause| Failure::File { path: path.into(), cause })
}
