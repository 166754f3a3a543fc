//! Makes the generated files of this repository: `cargo xtask <command> [--check]`.
//!
//! With `--check` nothing is written; a file that is not what the command would make fails the run.

use std::error::Error;
use std::path::{Path, PathBuf};
use std::process::ExitCode;

mod example;
mod kpi;

const USAGE: &str = "\
usage: cargo xtask <command> [--check]

  example    the bundled example ledger, crates/zonekpi/src/ledger/example/*.csv
  kpi        the indicators as functions, crates/zonekpi/src/kpi.rs and python/src/zonekpi/kpi.py

  --check    write nothing; fail if a committed file is stale";

/// One generated file.
struct Generated {
    /// Where it stands, from the root of the repository.
    path: PathBuf,
    content: String,
}

fn main() -> ExitCode {
    match run() {
        Ok(()) => ExitCode::SUCCESS,
        Err(error) => {
            eprintln!("error: {error}");
            ExitCode::FAILURE
        }
    }
}

fn run() -> Result<(), Box<dyn Error>> {
    let arguments: Vec<String> = std::env::args().skip(1).collect();
    let check = arguments.iter().any(|argument| argument == "--check");
    let commands: Vec<&str> = arguments.iter().map(String::as_str).filter(|argument| *argument != "--check").collect();
    let files = match commands.as_slice() {
        ["example"] => example::files()?,
        ["kpi"] => kpi::files()?,
        _ => return Err(USAGE.into()),
    };
    if check { fail_if_stale(&files) } else { write(&files) }
}

/// The root of the repository, wherever the command was called.
fn root() -> PathBuf {
    let here = Path::new(env!("CARGO_MANIFEST_DIR"));
    here.ancestors().nth(2).unwrap_or(here).to_path_buf()
}

fn write(files: &[Generated]) -> Result<(), Box<dyn Error>> {
    for file in files {
        let path = root().join(&file.path);
        if let Some(folder) = path.parent() {
            std::fs::create_dir_all(folder)?;
        }
        std::fs::write(&path, &file.content).map_err(|error| format!("{}: {error}", path.display()))?;
        eprintln!("{} ({} bytes)", file.path.display(), file.content.len());
    }
    Ok(())
}

fn fail_if_stale(files: &[Generated]) -> Result<(), Box<dyn Error>> {
    let stale: Vec<String> = files
        .iter()
        // A checkout may have given the lines another ending.
        .filter(|file| {
            std::fs::read_to_string(root().join(&file.path))
                .map_or(true, |committed| committed.replace("\r\n", "\n") != file.content)
        })
        .map(|file| file.path.display().to_string())
        .collect();
    if stale.is_empty() {
        return Ok(());
    }
    Err(format!("stale, run the command without --check: {}", stale.join(", ")).into())
}
