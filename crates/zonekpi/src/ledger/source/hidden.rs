//! Which rows and columns of an xlsx are hidden. calamine does not tell, and a filter left on by the last reader must
//! not go unmentioned: hidden rows are rows of the table all the same.

use std::collections::{BTreeMap, HashSet};
use std::io::{Cursor, Read};

/// Hidden rows and columns of a sheet, counted from 0.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(super) struct Hidden {
    pub rows: HashSet<usize>,
    pub columns: HashSet<usize>,
}

type Archive<'a> = zip::ZipArchive<Cursor<&'a [u8]>>;

/// By the name of the sheet. What cannot be understood is taken as not hidden: it only costs a note.
pub(super) fn of_xlsx(bytes: &[u8]) -> BTreeMap<String, Hidden> {
    let mut hidden = BTreeMap::new();
    let Ok(mut archive) = Archive::new(Cursor::new(bytes)) else { return hidden };
    let (Some(workbook), Some(relations)) =
        (text(&mut archive, "xl/workbook.xml"), text(&mut archive, "xl/_rels/workbook.xml.rels"))
    else {
        return hidden;
    };
    let targets: BTreeMap<&str, &str> = tags(&relations, "Relationship")
        .filter_map(|tag| Some((attribute(tag, "Id")?, attribute(tag, "Target")?)))
        .collect();
    for tag in tags(&workbook, "sheet") {
        let id = ["r:id", "id"].iter().find_map(|name| attribute(tag, name));
        let (Some(name), Some(target)) = (attribute(tag, "name"), id.and_then(|id| targets.get(id))) else { continue };
        let path = target.strip_prefix('/').map_or_else(|| format!("xl/{target}"), str::to_owned);
        if let Some(sheet) = text(&mut archive, &path) {
            hidden.insert(unescaped(name), of_sheet(&sheet));
        }
    }
    hidden
}

fn text(archive: &mut Archive<'_>, path: &str) -> Option<String> {
    let mut bytes = Vec::new();
    archive.by_name(path).ok()?.read_to_end(&mut bytes).ok()?;
    String::from_utf8(bytes).ok()
}

fn of_sheet(sheet: &str) -> Hidden {
    let is_hidden = |tag: &&str| attribute(tag, "hidden").is_some_and(|h| h == "1" || h == "true");
    let number = |tag: &str, name: &str| attribute(tag, name).and_then(|n| n.parse::<usize>().ok());
    let rows = tags(sheet, "row").filter(is_hidden).filter_map(|tag| number(tag, "r")?.checked_sub(1)).collect();
    let columns = tags(sheet, "col")
        .filter(is_hidden)
        .filter_map(|tag| Some(number(tag, "min")?.checked_sub(1)?..number(tag, "max")?.min(16_384)))
        .flatten()
        .collect();
    Hidden { rows, columns }
}

/// The insides of all tags of a name, with or without a prefix.
fn tags<'a>(xml: &'a str, name: &'a str) -> impl Iterator<Item = &'a str> {
    xml.split('<').skip(1).filter_map(move |tag| {
        let end = tag.find([' ', '>', '/', '\n', '\r', '\t'])?;
        let (found, rest) = tag.split_at(end);
        let local = found.rsplit(':').next().unwrap_or(found);
        (local == name).then(|| rest.split('>').next().unwrap_or(rest))
    })
}

fn attribute<'a>(tag: &'a str, name: &str) -> Option<&'a str> {
    tag.match_indices(name).find_map(|(at, _)| {
        let before = tag.get(..at)?.chars().next_back()?;
        let value = tag.get(at + name.len()..)?.trim_start().strip_prefix('=')?.trim_start();
        let quote = value.chars().next().filter(|c| before.is_whitespace() && matches!(c, '"' | '\''))?;
        value.get(1..)?.split(quote).next()
    })
}

fn unescaped(text: &str) -> String {
    text.replace("&lt;", "<").replace("&gt;", ">").replace("&quot;", "\"").replace("&apos;", "'").replace("&amp;", "&")
}
