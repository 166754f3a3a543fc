//! Passes of a benchmark, each in a process of its own, so that its peak of memory (VmHWM) is its own: what they share.

use std::path::Path;
use std::process::Command;

/// The pass and the path that this process was started for, if it was started for one.
pub fn asked() -> Option<(String, String)> {
    let arguments: Vec<String> = std::env::args().skip(1).filter(|a| !a.starts_with("--")).collect();
    match arguments.as_slice() {
        [pass, path] if pass != "bench" => Some((pass.clone(), path.clone())),
        _ => None,
    }
}

/// A number from the environment.
pub fn setting(name: &str, otherwise: f64) -> f64 {
    std::env::var(name).ok().and_then(|text| text.parse().ok()).unwrap_or(otherwise)
}

/// The most memory that this process has held, in KiB.
pub fn peak() -> u64 {
    let status = std::fs::read_to_string("/proc/self/status").unwrap_or_default();
    let line = status.lines().find_map(|line| line.strip_prefix("VmHWM:"));
    line.and_then(|line| line.split_whitespace().next()?.parse().ok()).unwrap_or(0)
}

/// One pass in a process of its own: seconds, peak memory in KiB, and what was counted, as it printed them.
pub fn measured(pass: &str, path: &Path) -> (f64, u64, usize) {
    let program = std::env::current_exe().expect("this program");
    let output = Command::new(program).arg(pass).arg(path).output().expect("a pass");
    assert!(output.status.success(), "{pass}: {}", String::from_utf8_lossy(&output.stderr));
    let text = String::from_utf8_lossy(&output.stdout);
    let words: Vec<&str> = text.split_whitespace().collect();
    let [seconds, peak, counted] = words.as_slice() else { panic!("{pass} printed {text}") };
    (seconds.parse().expect("seconds"), peak.parse().expect("memory"), counted.parse().expect("a count"))
}
