//! Which column each header means, in which unit, and which names it is told by.

use super::naming::letter;
use super::*;
use crate::ledger::parse::words::stem;

fn columns(table: &'static str, headers: &[&str]) -> Vec<(String, String)> {
    let table = Schema::builtin().table(table).expect("a table");
    let names: Vec<String> = headers.iter().map(|h| (*h).to_owned()).collect();
    of_frame(table, &names, &Told::default())
        .columns
        .into_iter()
        .map(|c| match c.target {
            Target::Known(name) => (c.header, name.to_owned()),
            Target::Other(name) => (c.header, format!("+{name}")),
        })
        .collect()
}

fn meanings(table: &'static str, headers: &[&str]) -> Vec<String> {
    columns(table, headers).into_iter().map(|(_, name)| name).collect()
}

#[test]
fn synonyms_of_a_column_are_one_column() {
    for header in ["签约时间", "签约日期", "合同签订日", "协议签订时间", "签约 时间", "signed_on"]
    {
        assert_eq!(meanings("projects", &[header]), ["signed_on"], "{header}");
    }
    for header in ["开工时间", "动工", "开工日期", "实际开工时间(发改)", "实际开工日期"] {
        assert_eq!(meanings("projects", &[header]), ["started_on"], "{header}");
    }
    for header in ["投产时间", "竣工投产", "建成投产"] {
        assert_eq!(meanings("projects", &[header]), ["produced_on"], "{header}");
    }
    for header in ["总投资（亿元）", "投资总额(万元)", "计划总投资", "协议投资额", "总投资\n（亿元）"]
    {
        assert_eq!(meanings("projects", &[header]), ["investment_cny"], "{header}");
    }
    for header in ["项目编号", "编号", "市级项目编码"] {
        assert_eq!(meanings("projects", &[header]), ["project_id"], "{header}");
    }
    assert_eq!(meanings("tasks", &["牵头单位", "责任单位"])[0], "+牵头单位");
}

#[test]
fn a_plan_is_never_the_event() {
    assert_eq!(
        meanings("projects", &["计划开工时间", "拟开工时间", "预计投产时间", "预计签约时间"]),
        ["planned_start_on", "+拟开工时间", "planned_production_on", "+预计签约时间"]
    );
}

#[test]
fn a_park_is_the_zone_where_no_zone_stands_beside_it() {
    assert_eq!(meanings("projects", &["所属园区"]), ["zone"]);
    assert_eq!(meanings("projects", &["园区", "开发区"]), ["park", "zone"]);
    assert_eq!(meanings("parcels", &["园区"]), ["zone"]);
}

#[test]
fn counters_and_credit_codes_are_not_ids() {
    assert_eq!(meanings("projects", &["序号", "统一社会信用代码"]), ["+序号", "+统一社会信用代码"]);
}

#[test]
fn the_flag_and_the_day_of_filing_are_two_columns() {
    assert_eq!(meanings("projects", &["备案", "备案时间"]), ["filed", "approved_on"]);
}

#[test]
fn reserved_names_get_a_suffix() {
    assert_eq!(
        meanings("projects", &["value", "source_file", "started_on_state"]),
        ["+value_text", "+source_file_text", "+started_on_state_text"]
    );
}

#[test]
fn units_are_read_from_brackets_of_both_widths() {
    for (header, expected) in [
        ("总投资（亿元）", 100_000_000),
        ("固定资产投资(万元)", 10_000),
        ("总投资（单位：万元）", 10_000),
        ("investment_cny", 1),
    ] {
        let table = Schema::builtin().table("projects").expect("projects");
        let found = of_frame(table, &[header.to_owned()], &Told::default());
        assert_eq!(found.columns[0].unit.map(|u| u.multiply), Some(expected), "{header}");
    }
    assert_eq!(unit_phrase("填报单位:云岭市"), None);
    assert_eq!(unit_phrase("金额单位:万元"), Some("万元"));
}

#[test]
fn no_header_means_two_columns_of_a_table() {
    for table in Schema::builtin().tables() {
        let mut owners: std::collections::HashMap<String, &str> = std::collections::HashMap::new();
        for column in &table.columns {
            // Days are looked up by what is left without the words for time.
            let dated = matches!(column.kind, Kind::Event | Kind::Date);
            for header in std::iter::once(&column.zh).chain(&column.aliases) {
                let word = text::word(header);
                let word = if dated { format!("{}时间", stem(&word)) } else { word };
                if let Some(other) = owners.insert(word.clone(), &column.name) {
                    assert_eq!(other, column.name, "{}: {word}", table.name);
                }
            }
        }
    }
}

#[test]
fn columns_have_the_letters_of_a_spreadsheet() {
    assert_eq!(
        (letter(0), letter(25), letter(26), letter(701), letter(702)),
        ("A".into(), "Z".into(), "AA".into(), "ZZ".into(), "AAA".into())
    );
}
