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
