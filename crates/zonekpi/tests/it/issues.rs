//! Every code of an issue is raised by the least file that the registry holds for it, at the severity it says.

use std::collections::BTreeSet;

use zonekpi::{IssueCode, Language, Ledger, OnDuplicate};

use crate::manifest;

fn registry() -> toml::Table {
    let path = manifest::folder().join("../issues.toml");
    let text = std::fs::read_to_string(&path).unwrap_or_else(|error| panic!("{}: {error}", path.display()));
    text.parse().expect("the registry parses")
}

fn texts(value: Option<&toml::Value>) -> Vec<&str> {
    match value {
        Some(toml::Value::String(text)) => vec![text],
        Some(toml::Value::Array(texts)) => texts.iter().filter_map(toml::Value::as_str).collect(),
        _ => Vec::new(),
    }
}

#[test]
fn the_registry_holds_every_code_and_no_other() {
    let registry = registry();
    let registered: BTreeSet<&str> = registry.keys().map(String::as_str).collect();
    let codes: BTreeSet<&str> = IssueCode::ALL.iter().map(|code| code.as_str()).collect();
    assert_eq!(registered, codes);
}

#[test]
fn every_code_is_raised_by_its_file() {
    for (code, entry) in &registry() {
        let mut reader = Ledger::reader();
        if entry.get("first").is_some() {
            reader = reader.on_duplicate(OnDuplicate::First);
        }
        for (number, text) in texts(entry.get("text").or(entry.get("texts"))).into_iter().enumerate() {
            reader = reader.bytes(format!("{number}.csv"), text.as_bytes());
        }
        let files = texts(entry.get("file")).into_iter().map(|file| manifest::folder().join("..").join(file));
        let ledger = reader.read(files).unwrap_or_else(|error| panic!("{code}: {error}"));
        let found: Vec<_> = ledger.issues().iter().filter(|issue| issue.code.as_str() == code).collect();
        let severities: BTreeSet<&str> = found.iter().map(|issue| issue.severity.as_str()).collect();
        assert_eq!(severities, texts(entry.get("severity")).into_iter().collect(), "{code}: {:?}", ledger.issues());
        for issue in found {
            for language in [Language::Zh, Language::En] {
                let said = issue.message.text(language) + &issue.action.text(language);
                assert!(!said.contains('{'), "{code}: every slot is filled: {said}");
            }
        }
    }
}
