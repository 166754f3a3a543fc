//! What the records of an .xls say of its size. calamine sets memory aside for whatever they claim, and an allocation
//! that fails ends the process: what no sheet of that format can hold is refused before it is read.

/// Rows and columns of a sheet of BIFF8; older ones have fewer.
const ROWS: u32 = 65_536;
const COLUMNS: u16 = 256;

/// Whether some record of a stream of sheets claims a cell, or a sheet, larger than the format allows. Sheets are read
/// from the places that the list of sheets names, which need not be those where the one before ends.
pub(super) fn claims_too_much(stream: &[u8]) -> bool {
    let sheets = records(stream, 0).filter(|(kind, _)| *kind == 0x0085).filter_map(|(_, record)| {
        let place: [u8; 4] = record.get(..4)?.try_into().ok()?;
        usize::try_from(u32::from_le_bytes(place)).ok()
    });
    std::iter::once(0).chain(sheets).any(|from| records(stream, from).any(|(kind, record)| is_too_much(kind, record)))
}

/// The records from a place on: the kind and the bytes of each.
fn records(stream: &[u8], from: usize) -> impl Iterator<Item = (u16, &[u8])> {
    let mut at = from;
    std::iter::from_fn(move || {
        let Some([kind_low, kind_high, length_low, length_high]) = stream.get(at..at.checked_add(4)?) else {
            return None;
        };
        let length = usize::from(u16::from_le_bytes([*length_low, *length_high]));
        let record = stream.get(at + 4..at + 4 + length)?;
        at += 4 + length;
        Some((u16::from_le_bytes([*kind_low, *kind_high]), record))
    })
}

fn is_too_much(kind: u16, record: &[u8]) -> bool {
    let two = |at: usize| record.get(at..at + 2).and_then(|b| b.try_into().ok()).map_or(0, u16::from_le_bytes);
    let four = |at: usize| record.get(at..at + 4).and_then(|b| b.try_into().ok()).map_or(0, u32::from_le_bytes);
    match (kind, record.len()) {
        // The used range: first row, row after the last, first column, column after the last.
        (0x0200, 10) => u32::from(two(0)) > u32::from(two(2)).max(1) || two(6) > COLUMNS,
        (0x0200, 14 | 16) => four(4) > ROWS || four(0) > four(4).max(1) || two(10) > COLUMNS,
        // Cells: row, column. Of a run of numbers the last column stands at the end.
        (0x0203 | 0x0204 | 0x0205 | 0x027E | 0x00D6 | 0x00FD | 0x0006, 4..) => two(2) >= COLUMNS,
        (0x00BD, 6..) => two(2) >= COLUMNS || two(record.len() - 2) >= COLUMNS || two(record.len() - 2) < two(2),
        _ => false,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn stream(records: &[(u16, &[u8])]) -> Vec<u8> {
        let mut bytes = Vec::new();
        for (kind, record) in records {
            bytes.extend(kind.to_le_bytes());
            bytes.extend((record.len() as u16).to_le_bytes());
            bytes.extend(*record);
        }
        bytes
    }

    #[test]
    fn a_range_or_a_cell_past_the_last_column_is_too_much() {
        let begin: (u16, &[u8]) = (0x0809, &[0; 16]);
        let range = |rows: u32, columns: u16| -> Vec<u8> {
            [&0u32.to_le_bytes()[..], &rows.to_le_bytes(), &0u16.to_le_bytes(), &columns.to_le_bytes(), &[0, 0]]
                .concat()
        };
        let claims = |record: (u16, &[u8])| claims_too_much(&stream(&[begin, record]));
        assert!(!claims((0x0200, &range(65_536, 256))));
        assert!(claims((0x0200, &range(0x5A00_0000, 8))));
        assert!(claims((0x0200, &range(8, 0x5A00))));
        assert!(!claims((0x0203, &[0xFF, 0xFF, 0xFF, 0, 0, 0])));
        assert!(claims((0x0203, &[0, 0, 0, 1, 0, 0])));
        assert!(claims((0x00BD, &[0, 0, 5, 0, 0, 0, 0, 0, 0, 0, 4, 0])));
    }
}
