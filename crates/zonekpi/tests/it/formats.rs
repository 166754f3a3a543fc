//! The same small ledger in every format, and files that are no ledger. `tests/data/formats/make.py` writes them, byte
//! by byte; what they hold is told there.

use std::path::PathBuf;

use polars::prelude::{AnyValue, DataFrame, IntoLazy, ParquetWriter, SerWriter, col, df};
use zonekpi::{ErrorKind, Language, Ledger, Severity, polars};

fn folder() -> PathBuf {
    PathBuf::from(env!("CARGO_MANIFEST_DIR")).join("../../tests/data/formats")
}

fn read(file: &str) -> Ledger {
    Ledger::read(folder().join(file)).unwrap_or_else(|error| panic!("{file}: {error}"))
}

fn of_text(text: impl AsRef<[u8]>) -> Ledger {
    Ledger::reader().table("projects").bytes("台账.csv", text.as_ref()).finish().unwrap_or_else(|e| panic!("{e}"))
}

fn refused(file: &str) -> zonekpi::Error {
    Ledger::read(folder().join(file)).expect_err(file)
}

fn column(frame: &DataFrame, name: &str) -> Vec<Option<String>> {
    let column = frame.column(name).expect(name);
    (0..frame.height())
        .map(|row| match column.get(row).expect("a row") {
            AnyValue::Null => None,
            AnyValue::String(text) => Some(text.to_owned()),
            AnyValue::Decimal(unscaled, _, scale) => Some((unscaled / 10_i128.pow(scale as u32)).to_string()),
            other => Some(other.to_string()),
        })
        .collect()
}

/// Row, code and severity of each issue.
fn issues(ledger: &Ledger) -> Vec<(Option<u64>, &'static str, Severity)> {
    ledger.issues().iter().map(|issue| (issue.row, issue.code.as_str(), issue.severity)).collect()
}

fn some(texts: &[&str]) -> Vec<Option<String>> {
    texts.iter().map(|text| (!text.is_empty()).then(|| (*text).to_owned())).collect()
}

/// The ledger that make.py writes, whatever the format.
fn holds_the_ledger(file: &str, format: &str) -> Ledger {
    let ledger = read(file);
    let frame = ledger.table("projects").expect("projects").frame().expect("rows");
    assert_eq!(column(frame, "project_id"), some(&["P1", "P2", "P3", "P4"]), "{file}");
    assert_eq!(column(frame, "project_name"), some(&["甲项目", "乙项目", "丙项目", "丁项目"]), "{file}");
    assert_eq!(column(frame, "zone"), some(&["朔州经开区", "朔州经开区", "朔州经开区", "大同经开区"]), "{file}");
    assert_eq!(column(frame, "signed_on"), some(&["2023-12-05", "2024-01-31", "2024-02-29", ""]), "{file}");
    assert_eq!(column(frame, "investment_cny"), some(&["12005000", "24010000", "", ""]), "{file}");
    let reading = &ledger.reading()[0];
    assert_eq!((reading.format.as_str(), reading.sheet.as_deref()), (format, Some("台账")), "{file}");
    assert_eq!(reading.sheets_not_read, ["旧表"], "{file}");
    assert!(!reading.unseen_unknown, "{file}");
    ledger
}

#[test]
fn a_workbook_is_the_same_in_every_format() {
    for (file, format) in [
        ("ledger.xlsx", "xlsx"),
        ("ledger.xlsm", "xlsx"),
        ("ledger.ods", "ods"),
        ("biff8.xls", "xls"),
        ("biff5_cp936.xls", "xls"),
    ] {
        let ledger = holds_the_ledger(file, format);
        let expected = [
            (None, "hidden_rows_read", Severity::Note),
            (Some(4), "formula_not_cached", Severity::Error),
            (Some(5), "cell_error", Severity::Error),
        ];
        assert_eq!(issues(&ledger), expected, "{file}");
        assert_eq!(ledger.issues()[0].value.as_deref(), Some("1 row, 1 column"), "{file}");
        assert_eq!(ledger.issues()[2].value.as_deref(), Some("#DIV/0!"), "{file}");
    }
    // The binary workbook has no way to leave a result out: there both cells are errors.
    let ledger = holds_the_ledger("ledger.xlsb", "xlsb");
    let expected = [
        (None, "hidden_rows_read", Severity::Note),
        (Some(4), "cell_error", Severity::Error),
        (Some(5), "cell_error", Severity::Error),
    ];
    assert_eq!(issues(&ledger), expected);
    assert_eq!(ledger.issues()[1].value.as_deref(), Some("#N/A"));
    assert_eq!(ledger.issues()[2].value.as_deref(), Some("#DIV/0!"));
}

#[test]
fn days_counted_from_1904_are_the_same_days() {
    holds_the_ledger("biff8_1904.xls", "xls");
}

#[test]
fn what_is_no_ledger_says_what_it_is_and_what_to_do() {
    let html = "<html><head><meta charset=gbk></head><table><tr><td>项目编号</td></tr></table></html>";
    let spreadsheet = "<?xml version=\"1.0\"?>\n<?mso-application progid=\"Excel.Sheet\"?>\n\
        <Workbook xmlns=\"urn:schemas-microsoft-com:office:spreadsheet\"><Worksheet/></Workbook>";
    let mut lock = vec![5, b'A', b'l', b'i', b'c', b'e'];
    lock.resize(55, b' ');
    lock.extend([5, 0]);
    lock.resize(165, 0);
    for (bytes, code, zh, en) in [
        (b"".to_vec(), "file_empty", "空", "empty"),
        (b" \r\n\t\n".to_vec(), "file_empty", "空", "empty"),
        ("\u{FEFF}\u{3000}\n".into(), "file_empty", "空", "empty"),
        (vec![0; 4096], "file_empty", "空", "empty"),
        (html.into(), "file_is_html", "网页", "HTML"),
        (format!("\u{FEFF}\n {html}").into(), "file_is_html", "网页", "HTML"),
        (html.encode_utf16().flat_map(u16::to_le_bytes).collect(), "file_is_html", "网页", "HTML"),
        (spreadsheet.into(), "file_is_xml_spreadsheet", "Excel 2003", "Excel 2003"),
        (b"<?xml version='1.0'?><data><row/></data>".to_vec(), "file_is_xml", "XML", "XML"),
        (b"MIME-Version: 1.0\r\nContent-Type: multipart/related\r\n".to_vec(), "file_is_mht", "MHT", "MHT"),
        (b"[{\"project_id\": \"P1\"}]".to_vec(), "file_is_other", "JSON", "JSON"),
        (b"%PDF-1.7\n".to_vec(), "file_is_other", "PDF", "PDF"),
        (b"\x89PNG\r\n\x1a\n\0\0".to_vec(), "file_is_other", "PNG", "PNG"),
        (b"\xFF\xD8\xFF\xE0\0\x10JFIF".to_vec(), "file_is_other", "JPEG", "JPEG"),
        (b"GIF89a".to_vec(), "file_is_other", "GIF", "GIF"),
        (b"{\\rtf1\\ansi}".to_vec(), "file_is_other", "RTF", "RTF"),
        (b"SQLite format 3\0".to_vec(), "file_is_other", "SQLite", "SQLite"),
        (b"\x00\x01\x00\x00Standard ACE DB\0".to_vec(), "file_is_other", "Access", "Access"),
        (b"Rar!\x1A\x07\x01\0".to_vec(), "file_is_archive", "RAR", "RAR"),
        (b"7z\xBC\xAF\x27\x1C\0\x04".to_vec(), "file_is_archive", "7z", "7z"),
        (b"\x09\x04\x06\x00\x00\x00\x10\x00".to_vec(), "file_is_old_workbook", "Excel 4.0", "Excel 4.0"),
        (lock, "file_is_lock", "临时文件", "beside an open workbook"),
        (b"PAR1 torn".to_vec(), "file_damaged", "没有结尾", "its end is missing"),
        (b"PAR1\x01\x02\x03\x04\xFF\xFF\0\0PAR1".to_vec(), "file_damaged", "损坏", "damaged"),
        (b"ARROW1\0\0 torn".to_vec(), "file_damaged", "没有结尾", "its end is missing"),
    ] {
        let error = Ledger::reader().bytes("台账.xls", &bytes).finish().expect_err(code);
        let (chinese, english) = (error.text(Language::Zh), error.text(Language::En));
        assert_eq!(error.code(), code, "{english}");
        assert!(chinese.contains(zh) && english.contains(en), "{chinese} {english}");
        assert!(chinese.contains("台账.xls"), "the file is named: {chinese}");
    }
    for (file, code, what) in [
        ("password.xlsx", "file_password", "password"),
        ("password_xor.xls", "file_password", "password"),
        ("password_rc4.xls", "file_password", "password"),
        ("word.doc", "file_is_other", "Word"),
        ("word.docx", "file_is_other", "Word"),
        ("slides.dps", "file_is_other", "PowerPoint"),
        ("slides.pptx", "file_is_other", "PowerPoint"),
        ("text.odt", "file_is_other", "OpenDocument Text"),
        ("unknown.ole", "file_is_other", "OLE2"),
        ("files.zip", "file_is_archive", "ZIP"),
        ("files.tar", "file_is_archive", "tar"),
        ("ledger.csv.gz", "file_is_archive", "gzip"),
        ("cut_off.xlsx", "file_damaged", "its end is missing"),
    ] {
        let error = refused(file);
        assert_eq!(error.code(), code, "{file}: {error}");
        let english = error.text(Language::En);
        assert!(english.contains(what), "{file}: {english}");
    }
}

#[test]
fn what_would_not_fit_into_memory_is_refused_before_it_is_read() {
    for (file, code) in
        [("corner.xlsx", "sheet_too_large"), ("bomb.ods", "sheet_too_large"), ("declared.xlsx", "file_damaged")]
    {
        assert_eq!(refused(file).code(), code, "{file}");
    }
}

#[test]
fn a_container_whose_sectors_run_in_a_circle_is_damaged() {
    let whole = std::fs::read(folder().join("biff8.xls")).expect("the file");
    // The directory is sector 1: its place in the table of sectors, made to follow itself.
    let mut bytes = whole.clone();
    bytes[512 + 4..512 + 8].copy_from_slice(&1_u32.to_le_bytes());
    let error = Ledger::reader().bytes("x.xls", &bytes).finish().expect_err("a circle");
    assert_eq!(error.code(), "file_damaged");
    // A stream that claims to be longer than the file.
    let mut bytes = whole;
    let entry = 512 + 512 + 128;
    bytes[entry + 120..entry + 124].copy_from_slice(&0x7FFF_FFFF_u32.to_le_bytes());
    assert_eq!(Ledger::reader().bytes("x.xls", &bytes).finish().expect_err("too long").code(), "file_damaged");
}

#[cfg(unix)]
#[test]
fn a_device_is_not_read_without_end() {
    let error = Ledger::read("/dev/zero").expect_err("a device");
    assert_eq!((error.code(), error.kind()), ("file_is_device", ErrorKind::Input));
}

#[test]
fn a_longer_record_is_an_error_and_its_cells_stay() {
    let ledger = of_text(
        "项目编号,项目名称,开发区,总投资（万元）\nP1,甲项目,朔州,100\nP2,乙项目,朔州,1,200\nP3,丙项目,朔州,300,,\n",
    );
    let frame = ledger.table("projects").expect("projects").frame().expect("rows");
    assert_eq!(column(frame, "investment_cny"), some(&["1000000", "10000", "3000000"]));
    let told: Vec<_> = ledger.issues().iter().filter(|i| i.code.as_str() == "row_ragged").collect();
    assert_eq!(told.len(), 1, "blank cells at the end are nothing: {told:?}");
    assert_eq!((told[0].row, told[0].severity), (Some(3), Severity::Error));
    let message = told[0].message.text(Language::En);
    assert!(message.contains("has 5 cells where the header or most records have 4"), "{message}");
}

#[test]
fn a_shorter_record_is_doubtful_where_blanks_are_written() {
    let header = "项目编号,项目名称,开发区,总投资（万元）\n";
    let written = of_text(format!("{header}P1,甲项目,朔州,\nP2,乙项目\nP3,丙项目,朔州,300\n"));
    assert_eq!(issues(&written), [(Some(3), "row_ragged", Severity::Warning)]);
    let trimmed = of_text(format!("{header}P1,甲项目,朔州,100\nP2,乙项目\nP3,丙项目\n"));
    assert_eq!(issues(&trimmed), [(Some(3), "rows_trimmed", Severity::Note)]);
    assert_eq!(trimmed.issues()[0].value.as_deref(), Some("2"));
}

#[test]
fn a_column_without_a_header_is_no_shift() {
    let ledger = of_text("项目编号,项目名称,开发区\nP1,甲项目,朔州,x\nP2,乙项目,朔州,y\nP3,丙项目,朔州,z\n");
    assert!(issues(&ledger).iter().all(|(_, code, _)| *code == "header_missing"), "{:?}", issues(&ledger));
}

#[test]
fn titles_notes_and_totals_may_be_shorter_than_the_header() {
    let ledger = of_text(
        "某开发区项目台账\n项目编号,项目名称,开发区,总投资（万元）\nP1,甲项目,朔州,100\n合计,,,100\n注：快报\n",
    );
    assert_eq!(issues(&ledger), []);
}

#[test]
fn rows_keep_the_numbers_of_their_records() {
    let ledger = of_text("\n\n项目编号,项目名称,备注\r\nP1,\"甲\n项目\",\r\n\r\nP2,乙项目,\"\"\n");
    let frame = ledger.table("projects").expect("projects").frame().expect("rows");
    assert_eq!(column(frame, "source_row"), some(&["4", "6"]));
    assert_eq!(ledger.reading()[0].header_rows, [3]);
}

#[test]
fn text_in_any_encoding_and_with_any_separator_is_the_same_ledger() {
    let text = "项目编号,项目名称,签约时间,总投资（万元）\nP1,一期甲项目,2023-12-05,\"1,200.5\"\nP2,乙项目,,3\n";
    let semicolons = "项目编号;项目名称;签约时间;总投资（万元）\nP1;一期甲项目;2023-12-05;1,200.5\nP2;乙项目;;3\n";
    let little = |text: &str| text.encode_utf16().flat_map(u16::to_le_bytes).collect::<Vec<u8>>();
    let big = |text: &str| text.encode_utf16().flat_map(u16::to_be_bytes).collect::<Vec<u8>>();
    for (bytes, encoding) in [
        (text.as_bytes().to_vec(), "utf-8"),
        (format!("\u{FEFF}{text}").into_bytes(), "utf-8-sig"),
        (little(&format!("\u{FEFF}{text}")), "utf-16"),
        (big(&format!("\u{FEFF}{text}")), "utf-16"),
        (little(text), "utf-16-le"),
        (big(text), "utf-16-be"),
        (semicolons.as_bytes().to_vec(), "utf-8"),
        (format!("sep=;\n{semicolons}").into_bytes(), "utf-8"),
        (semicolons.replace(';', "\t").into_bytes(), "utf-8"),
        (semicolons.replace(';', "|").into_bytes(), "utf-8"),
    ] {
        let ledger = of_text(bytes);
        let frame = ledger.table("projects").expect("projects").frame().expect("rows");
        assert_eq!(column(frame, "project_name"), some(&["一期甲项目", "乙项目"]), "{encoding}");
        assert_eq!(column(frame, "investment_cny"), some(&["12005000", "30000"]), "{encoding}");
        assert_eq!(ledger.reading()[0].encoding.as_deref(), Some(encoding));
        assert_eq!(issues(&ledger), [], "{encoding}");
    }
}

#[test]
fn arrow_files_are_frames_and_a_cut_one_says_so() {
    let mut frame = df!("项目编号" => ["P1"], "总投资（万元）" => [5]).expect("a frame");
    frame = frame.lazy().select([col("*")]).collect().expect("a frame");
    let mut parquet = Vec::new();
    ParquetWriter::new(&mut parquet).finish(&mut frame).expect("parquet");
    let mut arrow = Vec::new();
    polars::prelude::IpcWriter::new(&mut arrow).finish(&mut frame).expect("arrow");
    for (bytes, format) in [(parquet, "parquet"), (arrow, "arrow")] {
        let of = |bytes: &[u8]| Ledger::reader().table("projects").bytes("x", bytes).finish();
        let ledger = of(&bytes).expect("a ledger");
        assert_eq!(ledger.reading()[0].format, format);
        assert_eq!(of(&bytes[..bytes.len() - 9]).expect_err("cut").code(), "file_damaged");
        for at in (8..bytes.len() - 8).step_by(7) {
            let mut bent = bytes.clone();
            bent[at] ^= 0x5A;
            let _ = of(&bent);
        }
    }
}
