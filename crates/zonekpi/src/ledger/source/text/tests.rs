//! Text files: their encodings, their records, and the words in which a file that is none is refused.

use encoding_rs::GB18030;

use super::records::{in_turn, side_by_side};
use super::*;
use crate::ledger::cell::Cell;

fn grid(bytes: &[u8]) -> (Vec<Vec<String>>, &'static str) {
    let document = read(bytes, &Rows::default()).expect("a text file");
    (rows_of(&document.sheets[0].grid), document.encoding.expect("an encoding"))
}

fn utf16(text: &str, order: fn(u16) -> [u8; 2]) -> Vec<u8> {
    text.encode_utf16().flat_map(order).collect()
}

#[test]
fn a_quoted_cell_may_hold_line_breaks_and_a_blank_line_is_a_record() {
    let (rows, encoding) = grid("甲,乙\r\n\"一\r\n\"\"二\"\",三\",x\r\n\r\n,\"\"\n".as_bytes());
    assert_eq!(encoding, "utf-8");
    assert_eq!(rows, [["甲", "乙"], ["一\r\n\"二\",三", "x"], ["", ""], ["", ""]]);
}

#[test]
fn blank_lines_are_counted_after_every_line_end() {
    for end in ["\n", "\r\n", "\r"] {
        let text = ["", "a,b", "", "", "\"x\ny\",1", "", "c,d", ""].join(end);
        let (rows, _) = grid(text.as_bytes());
        let expected = [["", ""], ["a", "b"], ["", ""], ["", ""], ["x\ny", "1"], ["", ""], ["c", "d"]];
        assert_eq!(rows, expected, "{end:?}");
    }
}

#[test]
fn text_after_a_closing_quote_belongs_to_the_cell() {
    let (rows, _) = grid("a,b\n\"甲\"项目,\"乙\" \n5\" 管,x\n".as_bytes());
    assert_eq!(rows, [["a", "b"], ["甲项目", "乙 "], ["5\" 管", "x"]]);
}

#[test]
fn encodings_are_told_by_content() {
    let gb = GB18030.encode("项目名称,镕钢\n朔州,1").0.into_owned();
    assert_eq!(grid(&gb), (vec![vec!["项目名称".into(), "镕钢".into()], vec!["朔州".into(), "1".into()]], "gb18030"));
    let little = [vec![0xFF, 0xFE], utf16("项目\t1", u16::to_le_bytes)].concat();
    assert_eq!(grid(&little), (vec![vec!["项目".into(), "1".into()]], "utf-16"));
    let big = [vec![0xFE, 0xFF], utf16("项目\t1", u16::to_be_bytes)].concat();
    assert_eq!(grid(&big), (vec![vec!["项目".into(), "1".into()]], "utf-16"));
}

#[test]
fn a_character_of_four_bytes_is_one_of_gb18030() {
    // 㐀 (U+3400) is 81 39 EE 39 in GB18030; the mark of the encoding is 84 31 95 33.
    let bytes = [b"\x84\x31\x95\x33a,b\n".as_slice(), b"\x81\x39\xEE\x39,\xD6\xEC\n"].concat();
    assert_eq!(grid(&bytes), (vec![vec!["a".into(), "b".into()], vec!["㐀".into(), "朱".into()]], "gb18030"));
}

#[test]
fn sixteen_bits_are_known_without_a_mark_even_beside_the_character_one() {
    // 一 is 4E00: its zero stands on the other side.
    let text = "项目名称,开发区\n一一一,一期\n统一,一窗\n";
    let rows = vec![vec!["项目名称", "开发区"], vec!["一一一", "一期"], vec!["统一", "一窗"]];
    let rows: Vec<Vec<String>> = rows.into_iter().map(|r| r.into_iter().map(str::to_owned).collect()).collect();
    assert_eq!(grid(&utf16(text, u16::to_le_bytes)), (rows.clone(), "utf-16-le"));
    assert_eq!(grid(&utf16(text, u16::to_be_bytes)), (rows, "utf-16-be"));
}

fn refused(bytes: &[u8]) -> (&'static str, String) {
    let error = read(bytes, &Rows::default()).expect_err("an error");
    (error.code(), error.to_string())
}

#[test]
fn a_mixture_of_encodings_names_its_lines() {
    let mut bytes = "项目名称,开发区\n朔州项目,朔州\n".as_bytes().to_vec();
    bytes.extend_from_slice(&GB18030.encode("大同项目,大同\n").0);
    let (code, message) = refused(&bytes);
    assert_eq!(code, "encoding_mixed");
    assert!(message.contains("lines 3)"), "{message}");
}

#[test]
fn a_zero_byte_names_its_line() {
    let (code, message) = refused(b"name,zone\nP1,a\nP2,\0\n");
    assert_eq!(code, "text_has_nul");
    assert!(message.contains("lines 3)"), "{message}");
}

#[test]
fn half_a_character_names_its_line() {
    let mut units: Vec<u16> = "项目,1\n".encode_utf16().collect();
    units.extend([0xD83D, u16::from(b'\n')]);
    let bytes = [vec![0xFF, 0xFE], units.iter().flat_map(|u| u.to_le_bytes()).collect()].concat();
    let (code, message) = refused(&bytes);
    assert_eq!(code, "encoding_unknown");
    assert!(message.contains("lines 2)"), "{message}");
    let odd = [vec![0xFF, 0xFE], utf16("a\nb\nc", u16::to_le_bytes), vec![0]].concat();
    assert!(refused(&odd).1.contains("lines 3)"));
}

#[test]
fn what_is_no_known_encoding_names_its_lines() {
    let bytes = [GB18030.encode("项目名称,开发区\n").0.as_ref(), b"\xFF\xFF,1\n"].concat();
    let (code, message) = refused(&bytes);
    assert_eq!(code, "encoding_unknown");
    assert!(message.contains("lines 2)"), "{message}");
}

#[test]
fn a_quote_that_is_never_closed_names_its_record() {
    for (text, row) in [("a,b\n1,\"2\n3,4\n", 2), ("a,b\n\n\"", 3), ("a,b\n1,\"x\"\"", 2)] {
        let error = read(text.as_bytes(), &Rows::default()).expect_err("unclosed");
        assert_eq!((error.code(), error.place().row), ("quote_unclosed", Some(row)), "{text:?}");
    }
    for text in ["a,b\n1,\"2\"", "a,b\n1,\"\"\"\"", "a,b\n1,5\"", "a,b\n1,\"2\"\"\""] {
        assert!(read(text.as_bytes(), &Rows::default()).is_ok(), "{text:?}");
    }
}

#[test]
fn cells_are_text_and_blanks_are_blank() {
    let document = read(b"a;b\n1;\n", &Rows::default()).expect("a text file");
    assert_eq!(document.sheets[0].grid.columns[1].cell(1), Cell::Blank);
}

#[test]
fn what_separates_is_alike_in_most_records() {
    for (text, width, what) in [
        ("报表,单位:万元\n名称;总投资;到位\n甲;1,5;2,5\n乙;3,5;4,5\n", 3, "decimal commas"),
        ("名称;总投资;到位\n甲;1,234,567;2,345,678\n乙;3,234,567;4,345,678\n", 3, "groups of digits"),
        ("名称,开发区,备注\n甲,朔州,一;二;三;四\n乙,大同,一;二;三;四\n", 3, "lists in cells"),
        ("名称\t开发区\t备注\n甲\t朔州\ta,b,c,d\n", 3, "commas in cells"),
        ("名称|开发区\n甲|朔州\n", 2, "bars"),
        ("名称,开发区,备注\n\"a;b;c;d;e\",\"f;g\n;h\",x\n\"a;b;c;d;e\",\"f;g\n;h\",x\n", 3, "quoted cells"),
        ("某开发区项目台账\n单位：万元\n名称,总投资\n甲,1\n", 2, "title lines"),
        ("名称\n甲\n", 1, "one column"),
    ] {
        let document = read(text.as_bytes(), &Rows::default()).expect(what);
        assert_eq!(document.sheets[0].grid.columns.len(), width, "{what}");
    }
}

#[test]
fn the_first_line_of_an_export_may_tell_the_separator() {
    let (rows, _) = grid("sep=;\r\n名称;总投资\r\n甲,乙,丙;1,5\r\n".as_bytes());
    assert_eq!(rows, [["", ""], ["名称", "总投资"], ["甲,乙,丙", "1,5"]]);
    let (rows, _) = grid("\"sep=\t\"\n名称\t总投资\n".as_bytes());
    assert_eq!(rows, [["", ""], ["名称", "总投资"]]);
    let (rows, _) = grid("sepia,b\n1,2\n".as_bytes());
    assert_eq!(rows, [["sepia", "b"], ["1", "2"]]);
}

#[test]
fn the_lengths_of_records_are_known() {
    let document = read(b"a,b,c\n1,2,3\n1,2\n\n1,2,3,4\n", &Rows::default()).expect("a text file");
    let grid = &document.sheets[0].grid;
    let lengths: Vec<Option<usize>> = (0..5).map(|row| grid.record_length(row)).collect();
    assert_eq!(lengths, [Some(3), Some(3), Some(2), Some(0), Some(4)]);
}

#[test]
fn threads_side_by_side_read_the_same_file() {
    let mut text = String::from("编号,开发区,备注\n");
    for i in 0..20_000 {
        use std::fmt::Write;
        match i % 1000 {
            7 => text.push('\n'),
            8 => text.push_str("x\r\n"),
            9 => text.push_str("y\rz,1,2,3\n"),
            10 => text.push_str("\"一,\n\"\"二\",\"\",三\r\n"),
            _ => writeln!(text, "P{i},第{}开发区,x{}", i % 50, i % 7).expect("a text"),
        }
    }
    let whole = in_turn(&text, b',', &Rows::default()).expect("records");
    assert_eq!((whole.rows, whole.columns.len()), (20_021, 4));
    for threads in [1, 2, 3, 5] {
        let grid = side_by_side(&text, b',', threads, &Rows::default()).expect("records");
        assert_eq!((grid.rows, grid.columns.len()), (whole.rows, whole.columns.len()));
        assert_eq!(grid.record_lengths, whole.record_lengths);
        for (one, other) in grid.columns.iter().zip(&whole.columns) {
            assert!((0..grid.rows).all(|row| one.cell(row) == other.cell(row)));
        }
    }
    let error = side_by_side(&format!("{text}\"x"), b',', 2, &Rows::default()).expect_err("unclosed");
    assert_eq!((error.code(), error.place().row), ("quote_unclosed", Some(20_022)));
}

proptest::proptest! {
    #[test]
    fn records_written_by_the_rules_are_read_back(
        table in proptest::collection::vec(proptest::collection::vec("[甲乙a1 ,;\"\n\r]{0,6}", 3), 1..12),
        end in proptest::sample::select(vec!["\n", "\r\n"]),
    ) {
        let quoted = |cell: &String| format!("\"{}\"", cell.replace('"', "\"\""));
        let line = |row: &Vec<String>| row.iter().map(quoted).collect::<Vec<_>>().join(",");
        let text = table.iter().map(line).collect::<Vec<_>>().join(end);
        let grid = in_turn(&text, b',', &Rows::default()).expect("records");
        proptest::prop_assert_eq!(rows_of(&grid), table);
    }

    #[test]
    fn the_count_of_records_does_not_depend_on_the_crate(lines in proptest::collection::vec("[甲a1 ,]{0,4}", 1..20)) {
        // Without quotes a line is a record, with something in it or not.
        let text = lines.join("\n") + "\n";
        let grid = in_turn(&text, b',', &Rows::default()).expect("records");
        let expected: Vec<String> = lines.iter().map(|l| l.split(',').next().unwrap_or("").to_owned()).collect();
        let found: Vec<String> = (0..grid.rows)
            .map(|row| grid.columns.first().map_or_else(String::new, |c| c.cell(row).written()))
            .collect();
        proptest::prop_assert_eq!(found, expected);
    }
}

#[test]
fn a_quote_that_another_row_closes_has_swallowed_the_rows_between() {
    let error =
        read("编号,名称\n1,甲\n2,\"乙\n3,丙\n4,\"丁\n5,戊\n".as_bytes(), &Rows::default()).expect_err("a stray quote");
    assert_eq!((error.code(), error.place().row), ("quote_unclosed", Some(3)));
    let (rows, _) = grid("编号,名称\n1,\"甲\n乙\"\n2,\"丙\"丁\n".as_bytes());
    assert_eq!(rows, [["编号", "名称"], ["1", "甲\n乙"], ["2", "丙丁"]]);
}
