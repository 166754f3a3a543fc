//! What the language accepts, what it refuses and with which words, and that trees survive being written down.

use super::*;
use crate::ledger::Schema;

fn scope(table: &str) -> Scope {
    Scope::of_schema(Schema::builtin().table(table).expect("the table"))
}

/// The tree, written back.
fn read(table: &str, text: &str) -> String {
    match predicate(text, &scope(table)) {
        Ok(tree) => tree.to_string(),
        Err(error) => panic!("{text}: {error}"),
    }
}

fn refusal(table: &str, text: &str) -> String {
    match predicate(text, &scope(table)) {
        Ok(tree) => panic!("{text}: read as {tree}"),
        Err(error) => error.to_string(),
    }
}

#[test]
fn stack() {
    let chain = |n: usize, glue: &str, atom: &str| vec![atom; n].join(glue);
    let texts = [
        chain(1600, " AND ", "x"),
        format!("{} LIKE", chain(1600, " AND ", "x")),
        format!("({}) IS NULL", chain(1600, " OR ", "x")),
        format!("happened({})", chain(1600, " OR ", "x")),
        format!("days_between({}, 1) > 1", chain(1600, " OR ", "x")),
        format!("NOT ({}) IS TRUE", chain(1600, " OR ", "x")),
        format!("CASE WHEN {} THEN 1 END", chain(1600, " OR ", "x")),
        format!("1 = ({})", chain(1600, " OR ", "x")),
        format!("- ({})", chain(1600, " OR ", "x")),
        format!("({}) = TRUE", chain(1600, " OR ", "x")),
        format!("coalesce({})", chain(1600, " OR ", "x")),
        format!("({}) LIKE 'a'", chain(1600, " OR ", "x")),
        chain(1600, " LIKE ", "x"),
        chain(1600, " IS NULL ", "x"),
        chain(4000, "=", "1"),
        chain(4000, "+", "1"),
        format!("{}x{}", "(".repeat(3000), ")".repeat(3000)),
        format!("{}x", "NOT ".repeat(2000)),
        format!("{}1=1", "-".repeat(9)),
        format!("{}1=1", "+ ".repeat(2000)),
    ];
    for (i, text) in texts.into_iter().enumerate() {
        let handle = std::thread::Builder::new()
            .stack_size(std::env::var("STACK").ok().and_then(|s| s.parse().ok()).unwrap_or(512) * 1024)
            .spawn(move || {
                eprintln!("{i} {}", text.chars().take(30).collect::<String>());
                let e = predicate(&text, &scope("projects")).map(|_| ()).err().map(|e| e.to_string());
                eprintln!("{i} {:?}", e.map(|e| e.chars().take(150).collect::<String>()));
            })
            .expect("thread");
        handle.join().expect("no panic");
    }
}
