//! Where a table stands in a file: titles, the row of units, headers of one to three rows, blank rows, totals, notes;
//! and the file itself, as text in some encoding or as a workbook with merged ranges and number formats.

use rust_xlsxwriter::{Format, Workbook};

use super::forms::{Cell, Unit};
use crate::dice::Dice;

/// How a file is laid out.
#[derive(Clone, Debug)]
pub(super) struct Layout {
    pub workbook: bool,
    pub titles: usize,
    pub header_rows: usize,
    pub blank_rows_above: usize,
    pub blank_columns_left: usize,
    pub ordinals: bool,
    pub index_row: bool,
    pub blank_rows_between: bool,
    pub header_repeated: bool,
    pub totals: bool,
    pub note: bool,
    pub signature: bool,
    pub other_sheet: bool,
    pub zones_merged: bool,
}

/// A column to be written.
pub(super) struct Column {
    pub header: String,
    /// The unit of bare numbers, and whether the header says it.
    pub unit: Option<Unit>,
    pub unit_in_header: bool,
    pub cells: Vec<Cell>,
    /// What the row of totals says here.
    pub total: Option<Cell>,
    pub is_text: bool,
    /// Equal cells below one another may be merged.
    pub merged: bool,
}

/// A sheet of cells, and which of its cells are merged.
#[derive(Default)]
pub(super) struct Sheet {
    pub rows: Vec<Vec<Cell>>,
    /// First row, first column, last row, last column.
    pub merges: Vec<(usize, usize, usize, usize)>,
}

fn text(text: &str) -> Cell {
    Cell::Text(text.to_owned())
}

/// Lays columns out, and tells the sheet's own number of each row.
pub(super) fn lay_out(columns: &[Column], layout: &Layout, dice: &mut Dice) -> (Sheet, Vec<u64>) {
    let left = layout.blank_columns_left;
    let width = left + columns.len();
    let mut sheet = Sheet::default();
    let blank = || vec![Cell::Blank; width];
    sheet.rows.extend((0..layout.blank_rows_above).map(|_| blank()));
    for title in 0..layout.titles {
        let mut row = blank();
        row[left] = text(["朔州经济开发区2024年重点项目台账", "（截至12月底）"][title.min(1)]);
        let at = sheet.rows.len();
        if dice.chance(60) {
            sheet.merges.push((at, left, at, width - 1));
        }
        sheet.rows.push(row);
    }
    let mut units: Vec<&str> =
        columns.iter().filter(|c| !c.unit_in_header).filter_map(|c| c.unit.map(|u| u.word)).collect();
    units.dedup();
    if !units.is_empty() {
        let mut row = blank();
        let phrase = dice.pick(&["单位：", "单位:", "计量单位：", "（单位："]);
        let end = if phrase.starts_with('（') { "）" } else { "" };
        let at = if dice.chance(50) { width - 1 } else { left };
        row[at] = Cell::Text(format!("{phrase}{}{end}", units.join("、")));
        sheet.rows.push(row);
    }
    headers(columns, layout, left, &mut sheet, dice);
    let header: Vec<Cell> = sheet.rows.last().cloned().unwrap_or_default();
    if layout.index_row {
        let mut row = blank();
        for (at, slot) in row.iter_mut().skip(left).enumerate() {
            *slot = text(&match at {
                0 => "甲".to_owned(),
                1 => "乙".to_owned(),
                at => (at - 1).to_string(),
            });
        }
        sheet.rows.push(row);
    }
    let count = columns.first().map_or(0, |c| c.cells.len());
    let mut numbers = Vec::new();
    for row in 0..count {
        if row > 0 && layout.blank_rows_between && dice.chance(15) {
            sheet.rows.push(blank());
        }
        if row > 0 && layout.header_repeated && dice.chance(10) {
            sheet.rows.push(header.clone());
        }
        let mut cells = blank();
        for (slot, column) in cells.iter_mut().skip(left).zip(columns) {
            *slot = column.cells[row].clone();
        }
        sheet.rows.push(cells);
        numbers.push(sheet.rows.len() as u64);
    }
    if layout.workbook && layout.zones_merged {
        for (at, _) in columns.iter().enumerate().filter(|(_, column)| column.merged) {
            merge_down(&mut sheet, left + at, &numbers);
        }
    }
    // A label leads its row: it stands left of every number, in a column of words.
    let label_at = columns.iter().position(|c| c.is_text);
    let leads =
        columns.iter().position(|c| c.total.is_some()).is_none_or(|first| label_at.is_some_and(|at| at < first));
    if layout.totals && leads && label_at == Some(0) {
        let mut row = blank();
        for (slot, column) in row.iter_mut().skip(left).zip(columns) {
            *slot = column.total.clone().unwrap_or(Cell::Blank);
        }
        row[left] = text(dice.pick(&["合计", "合 计", "总计：", "合计（共3项）"]));
        sheet.rows.push(row);
    }
    for (wanted, words) in [(layout.note, "注：本表数据以年底为准。"), (layout.signature, "填表人：张某")]
    {
        if wanted {
            let mut row = blank();
            row[left] = text(words);
            sheet.rows.push(row);
        }
    }
    (sheet, numbers)
}

/// The rows of a header: groups over several columns where it has more than one row.
fn headers(columns: &[Column], layout: &Layout, left: usize, sheet: &mut Sheet, dice: &mut Dice) {
    let width = left + columns.len();
    let depth = layout.header_rows;
    let first = sheet.rows.len();
    let mut rows = vec![vec![Cell::Blank; width]; depth];
    // Columns of no group, in workbooks merged down to the last row of the header.
    let mut alone = Vec::new();
    for (level, row) in rows.iter_mut().enumerate().take(depth - 1) {
        // The upper of two levels of groups is one over everything.
        let over_all = level + 2 < depth;
        let mut at = left;
        for group in 1.. {
            if at >= width {
                break;
            }
            let to = if over_all { width } else { (at + 1 + dice.roll(3)).min(width) };
            if layout.workbook && !over_all && to == at + 1 && dice.chance(50) {
                alone.push(at);
            }
            row[at] = Cell::Text(if over_all { "项目情况".to_owned() } else { format!("第{group}部分") });
            if layout.workbook && to > at + 1 {
                sheet.merges.push((first + level, at, first + level, to - 1));
            }
            at = to;
        }
    }
    for (at, column) in columns.iter().enumerate() {
        let unit = column.unit.filter(|_| column.unit_in_header).map_or(String::new(), |unit| match dice.roll(4) {
            0 => format!("({})", unit.word),
            1 => format!("\n（{}）", unit.word),
            2 => format!("（单位：{}）", unit.word),
            _ => format!("（{}）", unit.word),
        });
        let name = match dice.roll(6) {
            0 => column.header.chars().map(String::from).collect::<Vec<_>>().join(" "),
            1 => format!("{} ", column.header),
            2 => {
                let half = column.header.char_indices().nth(column.header.chars().count() / 2).map_or(0, |(at, _)| at);
                format!("{}\n{}", &column.header[..half], &column.header[half..])
            }
            3 => format!("*{}", column.header),
            _ => column.header.clone(),
        };
        rows[depth - 1][left + at] = Cell::Text(format!("{}{unit}", name.trim_start_matches('\n')));
    }
    for at in alone {
        rows[depth - 2][at] = std::mem::replace(&mut rows[depth - 1][at], Cell::Blank);
        sheet.merges.push((first + depth - 2, at, first + depth - 1, at));
    }
    sheet.rows.extend(rows);
}

/// Merges equal words in rows that follow one another, as a zone that is written once over its projects.
fn merge_down(sheet: &mut Sheet, at: usize, rows: &[u64]) {
    let mut from = 0;
    while from < rows.len() {
        let top = rows[from] as usize - 1;
        let mut length = 1;
        while rows
            .get(from + length)
            .is_some_and(|row| *row as usize - 1 == top + length && sheet.rows[top + length][at] == sheet.rows[top][at])
        {
            sheet.rows[top + length][at] = Cell::Blank;
            length += 1;
        }
        if length > 1 {
            sheet.merges.push((top, at, top + length - 1, at));
        }
        from += length;
    }
}

/// The sheet as a workbook. Dates stay dates, and formats say how they look.
pub(super) fn workbook(sheet: &Sheet, layout: &Layout) -> Vec<u8> {
    let mut workbook = Workbook::new();
    if layout.other_sheet {
        let notes = workbook.add_worksheet().set_name("填报说明").expect("a name");
        notes.write_string(0, 0, "本表由各园区填报。").expect("a cell");
    }
    let page = workbook.add_worksheet().set_name("台账").expect("a name");
    for (at, row) in sheet.rows.iter().enumerate() {
        for (column, cell) in row.iter().enumerate() {
            let at = (u32::try_from(at).expect("a row"), u16::try_from(column).expect("a column"));
            match cell {
                Cell::Blank => {}
                Cell::Text(text) => {
                    page.write_string(at.0, at.1, text).expect("a cell");
                }
                Cell::Number(number, format) => {
                    let format = Format::new().set_num_format(*format);
                    page.write_number_with_format(at.0, at.1, *number, &format).expect("a cell");
                }
                Cell::Day(day, format) => {
                    let format = Format::new().set_num_format(*format);
                    page.write_datetime_with_format(at.0, at.1, day, &format).expect("a cell");
                }
                Cell::Bool(yes) => {
                    page.write_boolean(at.0, at.1, *yes).expect("a cell");
                }
            }
        }
    }
    for (top, left, bottom, right) in &sheet.merges {
        if top == bottom && left == right {
            continue;
        }
        let words = match &sheet.rows[*top][*left] {
            Cell::Text(text) => text.clone(),
            _ => String::new(),
        };
        let range = (*top as u32, *left as u16, *bottom as u32, *right as u16);
        page.merge_range(range.0, range.1, range.2, range.3, &words, &Format::new()).expect("a range");
    }
    workbook.save_to_buffer().expect("a workbook")
}

/// The sheet as text: quoted where it must be, sometimes where it need not.
pub(super) fn delimited(sheet: &Sheet, dice: &mut Dice) -> Vec<u8> {
    let separator = dice.pick(&[',', ',', '\t', ';']);
    let line_end = dice.pick(&["\n", "\r\n"]);
    let mut text = String::new();
    for row in &sheet.rows {
        let cells: Vec<String> = row
            .iter()
            .map(|cell| {
                let plain = match cell {
                    Cell::Blank => String::new(),
                    Cell::Text(text) => text.clone(),
                    Cell::Number(number, _) => number.to_string(),
                    Cell::Day(day, _) => day.to_string(),
                    Cell::Bool(yes) => yes.to_string(),
                };
                let must = plain.contains([separator, '"', '\n', '\r']);
                if must || dice.chance(10) { format!("\"{}\"", plain.replace('"', "\"\"")) } else { plain }
            })
            .collect();
        text.push_str(&cells.join(&separator.to_string()));
        text.push_str(line_end);
    }
    let utf16 = |big: bool| -> Vec<u8> {
        let unit = |u: u16| if big { u.to_be_bytes() } else { u.to_le_bytes() };
        std::iter::once(0xFEFF).chain(text.encode_utf16()).flat_map(unit).collect()
    };
    match dice.roll(6) {
        0 => [b"\xEF\xBB\xBF", text.as_bytes()].concat(),
        1 => utf16(false),
        2 => utf16(true),
        3 | 4 => encoding_rs::GB18030.encode(&text).0.into_owned(),
        _ => text.into_bytes(),
    }
}
