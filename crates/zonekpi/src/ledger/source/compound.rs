//! OLE2 containers: which streams they hold, and the bytes of one. Every chain of sectors is followed for as long as
//! the file can be, and no longer: a chain that runs in a circle is damage.

const HEADER: usize = 512;
const END: u32 = 0xFFFF_FFFE;

/// A container whose directory could be read.
pub(super) struct Compound<'a> {
    bytes: &'a [u8],
    sector: usize,
    fat: Vec<u32>,
    mini_fat: Vec<u32>,
    mini_stream: Vec<u8>,
    entries: Vec<Entry>,
}

struct Entry {
    name: String,
    kind: u8,
    start: u32,
    length: usize,
}

fn number(bytes: &[u8], at: usize) -> Option<u32> {
    let four = bytes.get(at..at.checked_add(4)?)?;
    four.try_into().ok().map(u32::from_le_bytes)
}

fn numbers(bytes: &[u8]) -> impl Iterator<Item = u32> {
    bytes.as_chunks::<4>().0.iter().map(|four| u32::from_le_bytes(*four))
}

impl<'a> Compound<'a> {
    /// `None` where the container is damaged.
    pub(super) fn open(bytes: &'a [u8]) -> Option<Self> {
        let sector = match bytes.get(30..32)? {
            [9, 0] => 512,
            [12, 0] => 4096,
            _ => return None,
        };
        let mut open =
            Self { bytes, sector, fat: Vec::new(), mini_fat: Vec::new(), mini_stream: Vec::new(), entries: Vec::new() };
        let most = bytes.len() / sector + 1;
        let mut places: Vec<u32> = numbers(bytes.get(76..HEADER)?).collect();
        let mut next = number(bytes, 68)?;
        let mut steps = 0;
        while next < 0xFFFF_FFFA {
            steps += 1;
            if steps > most {
                return None;
            }
            let more: Vec<u32> = numbers(open.at(next)?).collect();
            places.extend(more.get(..more.len().checked_sub(1)?)?);
            next = *more.last()?;
        }
        for place in places.into_iter().filter(|place| *place < 0xFFFF_FFFA) {
            let part: Vec<u32> = numbers(open.at(place)?).collect();
            open.fat.extend(part);
            if open.fat.len() > most.saturating_mul(2) + 2048 {
                return None;
            }
        }
        let directory = open.chain(number(bytes, 48)?, usize::MAX)?;
        for entry in directory.as_chunks::<128>().0 {
            let units: Vec<u16> = entry[..64].as_chunks::<2>().0.iter().map(|two| u16::from_le_bytes(*two)).collect();
            let name = String::from_utf16_lossy(&units);
            let name = name.split('\0').next().unwrap_or("").to_owned();
            let kind = entry[66];
            let length = number(entry, 120)? as usize;
            let upper = if sector == 512 { 0 } else { number(entry, 124)? };
            // Storages have no length of their own.
            if matches!(kind, 2 | 5) && (length > bytes.len() || upper > 0) {
                return None;
            }
            open.entries.push(Entry { name, kind, start: number(entry, 116)?, length });
        }
        let root = open.entries.first()?;
        let (mini_start, mini_count) = (number(bytes, 60)?, number(bytes, 64)? as usize);
        if mini_count > most {
            return None;
        }
        if mini_count > 0 {
            let stream = open.chain(root.start, root.length)?;
            let fat = open.chain(mini_start, mini_count * sector)?;
            open.mini_fat = numbers(&fat).collect();
            open.mini_stream = stream;
        }
        Some(open)
    }

    fn at(&self, sector: u32) -> Option<&'a [u8]> {
        // The header takes the place of one sector.
        let from = (sector as usize).checked_add(1)?.checked_mul(self.sector)?;
        let rest = self.bytes.get(from..)?;
        // The last sector may be short.
        rest.get(..rest.len().min(self.sector)).filter(|sector| !sector.is_empty())
    }

    fn chain(&self, start: u32, length: usize) -> Option<Vec<u8>> {
        let mut whole = Vec::new();
        let mut next = start;
        let mut steps = 0;
        while next != END && whole.len() < length {
            steps += 1;
            if steps > self.bytes.len() / self.sector + 1 {
                return None;
            }
            whole.extend_from_slice(self.at(next)?);
            next = *self.fat.get(next as usize)?;
        }
        whole.truncate(length);
        Some(whole)
    }

    fn mini_chain(&self, start: u32, length: usize) -> Option<Vec<u8>> {
        let mut whole = Vec::new();
        let mut next = start;
        while next != END && whole.len() < length {
            let from = (next as usize).checked_mul(64)?;
            let rest = self.mini_stream.get(from..)?;
            let part = rest.get(..rest.len().min(64)).filter(|part| !part.is_empty())?;
            whole.extend_from_slice(part);
            next = *self.mini_fat.get(next as usize)?;
        }
        whole.truncate(length);
        Some(whole)
    }

    /// Whether a stream or a storage of this name is there; names differ in more than case.
    pub(super) fn holds(&self, name: &str) -> bool {
        self.entries.iter().any(|entry| entry.kind != 0 && entry.name.eq_ignore_ascii_case(name))
    }

    /// The bytes of a stream.
    pub(super) fn stream(&self, name: &str) -> Option<Vec<u8>> {
        let entry = self.entries.iter().find(|entry| entry.kind == 2 && entry.name.eq_ignore_ascii_case(name))?;
        if entry.length < 4096 && !self.mini_fat.is_empty() {
            self.mini_chain(entry.start, entry.length)
        } else {
            self.chain(entry.start, entry.length)
        }
    }
}
