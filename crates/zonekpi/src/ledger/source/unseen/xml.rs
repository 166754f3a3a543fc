//! The tags of an XML text, one after the other, from a stream: as much of XML as the parts of workbooks need.

use std::io::Read;

/// A tag longer than this is none.
const LONGEST: usize = 1 << 20;

/// Reads tags from a stream.
pub(super) struct Tags<R> {
    source: R,
    buffer: Vec<u8>,
    from: usize,
    ended: bool,
}

/// The inside of a tag, and how many bytes of text stand before it.
pub(super) struct Tag<'a> {
    inside: &'a [u8],
    pub text: usize,
}

impl<R: Read> Tags<R> {
    pub(super) fn of(source: R) -> Self {
        Self { source, buffer: Vec::new(), from: 0, ended: false }
    }

    /// Reads on; what was passed is dropped.
    fn refill(&mut self) -> Option<()> {
        self.buffer.drain(..self.from);
        self.from = 0;
        let length = self.buffer.len();
        self.buffer.resize(length + (1 << 16), 0);
        let read = self.source.read(self.buffer.get_mut(length..)?).ok()?;
        self.buffer.truncate(length + read);
        self.ended = read == 0;
        Some(())
    }

    /// The next tag; `None` at the end, and where the text is no XML.
    pub(super) fn next(&mut self) -> Option<Tag<'_>> {
        let mut text = 0;
        loop {
            let rest = self.buffer.get(self.from..)?;
            let Some(open) = memchr::memchr(b'<', rest) else {
                text += rest.len();
                self.from = self.buffer.len();
                self.refill()?;
                if self.ended {
                    return None;
                }
                continue;
            };
            text += open;
            self.from += open;
            let end = loop {
                let rest = self.buffer.get(self.from..)?;
                if let Some(end) = end_of_tag(rest) {
                    break end;
                }
                if self.ended || rest.len() > LONGEST {
                    return None;
                }
                self.refill()?;
            };
            let start = self.from + 1;
            self.from += end + 1;
            let inside = self.buffer.get(start..self.from - 1)?;
            if inside.starts_with(b"![CDATA[") {
                text += inside.len();
                continue;
            }
            if inside.starts_with(b"!") || inside.starts_with(b"?") {
                continue;
            }
            let inside = start..self.from - 1;
            return Some(Tag { inside: self.buffer.get(inside)?, text });
        }
    }
}

/// Where a tag that begins here ends; a sign in quotes does not end it.
fn end_of_tag(bytes: &[u8]) -> Option<usize> {
    let closed_by = |mark: &[u8]| bytes.windows(mark.len()).position(|w| w == mark).map(|at| at + mark.len() - 1);
    if bytes.starts_with(b"<!--") {
        return closed_by(b"-->");
    }
    if bytes.starts_with(b"<![CDATA[") {
        return closed_by(b"]]>");
    }
    // Which of the two this is, is not known yet.
    if bytes.len() < 9 && bytes.starts_with(b"<!") {
        return None;
    }
    let mut at = 0;
    loop {
        at += memchr::memchr3(b'>', b'"', b'\'', bytes.get(at..)?)?;
        match *bytes.get(at)? {
            b'>' => return Some(at),
            quote => at += memchr::memchr(quote, bytes.get(at + 1..)?)? + 2,
        }
    }
}

fn local(name: &[u8]) -> &[u8] {
    name.iter().rposition(|b| *b == b':').and_then(|at| name.get(at + 1..)).unwrap_or(name)
}

impl<'a> Tag<'a> {
    pub(super) fn closes(&self) -> bool {
        self.inside.first() == Some(&b'/')
    }

    /// Whether the tag opens and closes at once.
    pub(super) fn is_empty(&self) -> bool {
        self.inside.last() == Some(&b'/')
    }

    /// The name without its prefix, of a closing tag too.
    pub(super) fn name(&self) -> &'a [u8] {
        let inside = self.inside.strip_prefix(b"/").unwrap_or(self.inside);
        let end = inside.iter().position(|b| b.is_ascii_whitespace() || *b == b'/').unwrap_or(inside.len());
        local(inside.get(..end).unwrap_or(inside))
    }

    /// An attribute by its name, without its prefix or with it.
    pub(super) fn attribute(&self, name: &str) -> Option<&'a str> {
        let mut rest = self.inside;
        while let Some(equals) = rest.iter().position(|b| *b == b'=') {
            let key = rest.get(..equals)?.trim_ascii_end();
            let key = key.rsplit(u8::is_ascii_whitespace).next()?;
            let value = rest.get(equals + 1..)?.trim_ascii_start();
            let quote = *value.first().filter(|b| matches!(b, b'"' | b'\''))?;
            let value = value.get(1..)?;
            let end = value.iter().position(|b| *b == quote)?;
            if key == name.as_bytes() || local(key) == name.as_bytes() {
                return std::str::from_utf8(value.get(..end)?).ok();
            }
            rest = value.get(end + 1..)?;
        }
        None
    }

    pub(super) fn number(&self, name: &str) -> Option<usize> {
        self.attribute(name)?.trim().parse().ok()
    }

    pub(super) fn is_true(&self, name: &str) -> bool {
        matches!(self.attribute(name), Some("1" | "true"))
    }
}

/// The text that an attribute means.
pub(super) fn unescaped(text: &str) -> String {
    let mut whole = String::with_capacity(text.len());
    let mut rest = text;
    while let Some((before, after)) = rest.split_once('&') {
        whole.push_str(before);
        let Some((entity, more)) = after.split_once(';') else {
            whole.push('&');
            rest = after;
            continue;
        };
        let character = match entity {
            "lt" => Some('<'),
            "gt" => Some('>'),
            "quot" => Some('"'),
            "apos" => Some('\''),
            "amp" => Some('&'),
            _ => entity.strip_prefix('#').and_then(|number| {
                let code = match number.strip_prefix(['x', 'X']) {
                    Some(hex) => u32::from_str_radix(hex, 16).ok(),
                    None => number.parse().ok(),
                };
                code.and_then(char::from_u32)
            }),
        };
        whole.extend(character);
        rest = more;
    }
    whole.push_str(rest);
    whole
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Gives one byte at a time, so that every tag is cut everywhere.
    struct Slow<'a>(&'a [u8]);

    impl Read for Slow<'_> {
        fn read(&mut self, buffer: &mut [u8]) -> std::io::Result<usize> {
            let Some((first, rest)) = self.0.split_first() else { return Ok(0) };
            if let Some(slot) = buffer.first_mut() {
                *slot = *first;
            }
            self.0 = rest;
            Ok(1)
        }
    }

    #[test]
    fn tags_are_read_from_any_stream() {
        let xml = "<?xml version='1.0'?><a:row x:r='1' hidden = \"1\">text<!-- <row/> --><c t=\"a>b\"/><![CDATA[<no>]]></a:row>";
        for slow in [false, true] {
            let source: Box<dyn Read> =
                if slow { Box::new(Slow(xml.as_bytes())) } else { Box::new(std::io::Cursor::new(xml)) };
            let mut tags = Tags::of(source);
            let row = tags.next().expect("a tag");
            assert_eq!((row.name(), row.number("r"), row.is_true("hidden")), (b"row".as_slice(), Some(1), true));
            let cell = tags.next().expect("a tag");
            assert_eq!((cell.name(), cell.attribute("t"), cell.is_empty()), (b"c".as_slice(), Some("a>b"), true));
            assert_eq!(cell.text, 4);
            let end = tags.next().expect("a tag");
            assert!(end.closes() && end.name() == b"row" && end.text > 0);
            assert!(tags.next().is_none());
        }
        assert_eq!(unescaped("a &amp;lt; &#x4E00;&#33;"), "a &lt; 一!");
    }
}
