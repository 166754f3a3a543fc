//! The manifest of the sample ledgers (`tests/data/cases/manifest.yaml`), read as JSON values. Only the YAML that the
//! file uses: nested maps and lists, plain and quoted scalars, scalars over several lines.

use serde_json::{Map, Value};

/// The folder of the sample ledgers.
pub(crate) fn folder() -> std::path::PathBuf {
    std::path::Path::new(env!("CARGO_MANIFEST_DIR")).join("../../tests/data/cases")
}

/// What the manifest says of a file.
pub(crate) fn of_file(file: &str) -> Value {
    let text = std::fs::read_to_string(folder().join("manifest.yaml")).expect("the manifest");
    let manifest = Lines::of(&text).block(0);
    let files = manifest["files"].as_array().expect("files").clone();
    files.into_iter().find(|f| f["file"] == file).unwrap_or_else(|| panic!("{file} is in the manifest"))
}

struct Lines {
    lines: Vec<(usize, String)>,
    at: usize,
}

impl Lines {
    fn of(text: &str) -> Self {
        let lines = text
            .lines()
            .filter(|l| !l.starts_with('#'))
            .map(|l| (l.len() - l.trim_start().len(), l.trim_start().to_owned()))
            .collect();
        Self { lines, at: 0 }
    }

    fn peek(&mut self) -> Option<(usize, String)> {
        while self.lines.get(self.at).is_some_and(|(_, l)| l.is_empty()) {
            self.at += 1;
        }
        self.lines.get(self.at).cloned()
    }

    fn block(&mut self, indent: usize) -> Value {
        let Some((found, line)) = self.peek() else { return Value::Null };
        if found < indent {
            return Value::Null;
        }
        if line.starts_with("- ") { self.list(found) } else { self.map(found) }
    }

    fn list(&mut self, indent: usize) -> Value {
        let mut items = Vec::new();
        while let Some((found, line)) = self.peek() {
            let Some(rest) = line.strip_prefix("- ").filter(|_| found == indent) else { break };
            // The item stands two further in, whether it is a map or a scalar.
            self.lines[self.at] = (indent + 2, rest.to_owned());
            items.push(if split(rest).is_some() || rest.starts_with("- ") {
                self.block(indent + 2)
            } else {
                self.at += 1;
                self.scalar(rest, indent + 1)
            });
        }
        Value::Array(items)
    }

    fn map(&mut self, indent: usize) -> Value {
        let mut map = Map::new();
        while let Some((found, line)) = self.peek() {
            let Some((key, rest)) = split(&line).filter(|_| found == indent) else { break };
            self.at += 1;
            let value = if rest.is_empty() {
                match self.peek() {
                    Some((next, line)) if next > indent || (next == indent && line.starts_with("- ")) => {
                        self.block(next)
                    }
                    _ => Value::Null,
                }
            } else {
                self.scalar(rest, indent)
            };
            map.insert(key.trim_matches('\'').to_owned(), value);
        }
        Value::Object(map)
    }

    fn scalar(&mut self, first: &str, indent: usize) -> Value {
        let quote = first.chars().next().filter(|c| matches!(c, '\'' | '"'));
        let mut text = first.to_owned();
        let closed = |text: &str| {
            quote.is_none_or(|q| text.len() > 1 && text.ends_with(q) && !text.ends_with("''") || text == "''")
        };
        let mut breaks = 0;
        while let Some((found, line)) = self.lines.get(self.at).cloned() {
            let goes_on = if quote.is_some() { !closed(&text) } else { found > indent && !line.is_empty() };
            if !goes_on {
                break;
            }
            if line.is_empty() {
                breaks += 1;
            } else {
                text.push_str(&if breaks > 0 { "\n".repeat(breaks) } else { " ".to_owned() });
                text.push_str(&line);
                breaks = 0;
            }
            self.at += 1;
        }
        match quote {
            Some('"') => serde_json::from_str(&text).expect("a quoted text"),
            Some(_) => Value::String(text[1..text.len() - 1].replace("''", "'")),
            None => match text.as_str() {
                "null" => Value::Null,
                "true" => Value::Bool(true),
                "false" => Value::Bool(false),
                "[]" => Value::Array(Vec::new()),
                // Numbers stay as written where JSON would change them (000078).
                text => match serde_json::from_str::<Value>(text) {
                    Ok(number @ Value::Number(_)) if !text.contains(['e', 'E']) => number,
                    _ => Value::String(text.to_owned()),
                },
            },
        }
    }
}

/// `key: value`, or `key:`.
fn split(line: &str) -> Option<(&str, &str)> {
    if line.starts_with('"') {
        return None;
    }
    line.split_once(": ").or_else(|| line.strip_suffix(':').map(|key| (key, ""))).filter(|(key, _)| !key.contains(' '))
}
