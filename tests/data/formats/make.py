"""Writes the files of this folder, byte by byte: one small ledger in every format, and files that are no ledger.

Nothing but the standard library is used, so that a file holds what stands here and no more. Run it in this folder:
python make.py
"""

# ruff: noqa: E501 - XML is not broken into lines

import gzip
import io
import struct
import tarfile
import zipfile
from datetime import date
from pathlib import Path

HERE = Path(__file__).parent
HEADERS = ["项目编号", "项目名称", "开发区", "签约时间", "总投资（万元）"]
# The zone of P2 is merged with that of P1; its row and the column of names are hidden. P3 has a formula whose result
# was not saved, P4 one that gives an error.
ROWS = [
    ["P1", "甲项目", "朔州经开区", date(2023, 12, 5), 1200.5],
    ["P2", "乙项目", None, date(2024, 1, 31), 2401],
    ["P3", "丙项目", "朔州经开区", date(2024, 2, 29), "uncached"],
    ["P4", "丁项目", "大同经开区", None, "error"],
]


def serial(day: date, epoch_1904: bool = False) -> int:
    return (day - (date(1904, 1, 1) if epoch_1904 else date(1899, 12, 30))).days


# Containers


def archive(name: str, parts: dict[str, bytes | str], deflated: bool = True) -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED if deflated else zipfile.ZIP_STORED) as file:
        for path, content in parts.items():
            entry = zipfile.ZipInfo(path, (2024, 1, 1, 0, 0, 0))
            entry.compress_type = zipfile.ZIP_STORED if path == "mimetype" else file.compression
            file.writestr(entry, content)
    (HERE / name).write_bytes(out.getvalue())
    return out.getvalue()


def compound(name: str, streams: dict[str, bytes]) -> bytes:
    """An OLE2 container; every stream is long enough to stand in sectors of its own."""
    end, free = 0xFFFFFFFE, 0xFFFFFFFF
    chains, sectors, entries = [], [], []
    at = 2
    for title, content in streams.items():
        count = max(8, -(-len(content) // 512))
        chains += [*range(at + 1, at + count), end]
        sectors.append(content.ljust(count * 512, b"\0"))
        entries.append((title, 2, at, count * 512))
        at += count
    fat = [0xFFFFFFFD, end, *chains]
    fat += [free] * (128 - len(fat))

    def entry(title: str, kind: int, start: int, length: int, child: int, right: int) -> bytes:
        text = (title + "\0").encode("utf-16-le") if title else b""
        head = text.ljust(64, b"\0") + struct.pack("<HBB3I", len(text), kind, 1, free, right, child)
        return head + b"\0" * 36 + struct.pack("<IQ", start, length)

    directory = entry("Root Entry", 5, end, 0, 1, free)
    for index, (title, kind, start, length) in enumerate(entries, 1):
        directory += entry(title, kind, start, length, free, index + 1 if index < len(entries) else free)
    directory = directory.ljust(512, b"\0")
    header = bytes.fromhex("D0CF11E0A1B11AE1") + b"\0" * 16 + struct.pack("<5H", 0x3E, 3, 0xFFFE, 9, 6) + b"\0" * 10
    header += struct.pack("<5I", 1, 1, 0, 4096, end) + struct.pack("<3I", 0, end, 0)
    header += struct.pack("<I", 0) + struct.pack("<I", free) * 108
    assert len(header) == 512
    whole = header + struct.pack("<128I", *fat) + directory + b"".join(sectors)
    (HERE / name).write_bytes(whole)
    return whole


# xls


def record(kind: int, content: bytes = b"") -> bytes:
    return struct.pack("<HH", kind, len(content)) + content


def xls_stream(version: int, epoch_1904: bool = False, before: bytes = b"") -> bytes:
    """The stream of a workbook in BIFF5 or BIFF8: two sheets, of which the second is hidden."""
    wide = version == 8

    def text(words: str, length: str) -> bytes:
        if wide:
            return struct.pack(f"<{length}B", len(words), 1) + words.encode("utf-16-le")
        coded = words.encode("gbk")
        return struct.pack(f"<{length}", len(coded)) + coded

    def begin(kind: int) -> bytes:
        content = struct.pack("<4H", 0x0600 if wide else 0x0500, kind, 0x0DBB, 1996)
        return record(0x0809, content + (b"\0" * 8 if wide else b""))

    def style(form: int) -> bytes:
        return record(0x00E0, struct.pack("<HHH", 0, form, 1) + b"\0" * (14 if wide else 10))

    def label(row: int, column: int, words: str) -> bytes:
        return record(0x0204, struct.pack("<3H", row, column, 0) + text(words, "H"))

    def number(row: int, column: int, value: float, form: int = 0) -> bytes:
        return record(0x0203, struct.pack("<3Hd", row, column, form, value))

    def sheet(cells: bytes, columns: int, rows: int, after: bytes = b"") -> bytes:
        size = struct.pack("<IIHHH" if wide else "<HHHHH", 0, rows, 0, columns, 0)
        return begin(0x10) + record(0x0200, size) + cells + after + record(0x000A)

    cells = record(0x007D, struct.pack("<6H", 1, 1, 2560, 0, 1, 0))
    for row in range(5):
        cells += record(0x0208, struct.pack("<8H", row, 0, 5, 255, 0, 0, 0x0120 if row == 2 else 0x0100, 0))
    cells += b"".join(label(0, column, words) for column, words in enumerate(HEADERS))
    for row, (key, name, zone, day, money) in enumerate(ROWS, 1):
        cells += label(row, 0, key) + label(row, 1, name)
        if zone or not wide:
            cells += label(row, 2, zone or "朔州经开区")
        if day:
            cells += number(row, 3, serial(day, epoch_1904), 1)
        if money == "uncached":
            # The result is the empty text; the formula is E2*2.
            empty = struct.pack("<BxxxxxH", 3, 0xFFFF)
            formula = (b"\x44\x01\x00\x04\xc0" if wide else b"\x44\x01\xc0\x04") + b"\x1e\x02\x00\x05"
            cells += record(
                0x0006, struct.pack("<3H", row, 4, 0) + empty + struct.pack("<HIH", 2, 0, len(formula)) + formula
            )
        elif money == "error":
            cells += record(0x0205, struct.pack("<3HBB", row, 4, 0, 0x07, 1))
        else:
            cells += number(row, 4, money)
    merged = record(0x00E5, struct.pack("<5H", 1, 1, 2, 2, 2)) if wide else b""
    first = sheet(cells, 5, 5, merged)
    second = sheet(label(0, 0, "旧"), 1, 1)
    head = begin(5) + before + record(0x0042, struct.pack("<H", 1200 if wide else 936))
    head += record(0x0022, struct.pack("<H", epoch_1904))
    head += style(0) + style(14) + style(10)
    names = [("台账", 0), ("旧表", 1)]
    length = sum(len(record(0x0085, b"\0" * 6 + text(name, "B"))) for name, _ in names)
    at = len(head) + length + 4
    for (name, hidden), content in zip(names, [first, second], strict=True):
        head += record(0x0085, struct.pack("<IBB", at, hidden, 0) + text(name, "B"))
        at += len(content)
    return head + record(0x000A) + first + second


# xlsb


def brt(kind: int, content: bytes = b"") -> bytes:
    head = bytes([kind]) if kind < 0x80 else bytes([kind & 0x7F | 0x80, kind >> 7])
    length = len(content)
    size = b""
    while True:
        size += bytes([length & 0x7F | (0x80 if length > 0x7F else 0)])
        length >>= 7
        if not length:
            return head + size + content


def wide(words: str) -> bytes:
    return struct.pack("<I", len(words)) + words.encode("utf-16-le")


def xlsb() -> None:
    styles = brt(0x0116) + brt(0x0269, struct.pack("<I", 3))
    for form in (0, 14, 10):
        styles += brt(0x002F, struct.pack("<HH", 0, form) + b"\0" * 12)
    styles += brt(0x026A) + brt(0x0117)
    cells = b""
    for row, values in enumerate([HEADERS, *ROWS]):
        cells += brt(0x0000, struct.pack("<IIHBB", row, 0, 300, 0, 0x10 if row == 2 else 0) + b"\0" * 5)
        for column, value in enumerate(values):
            place = struct.pack("<II", column, 0)
            if isinstance(value, date):
                cells += brt(0x0005, struct.pack("<IId", column, 1, serial(value)))
            elif value == "error":
                # A formula that gives an error: 1/0.
                formula = b"\x1e\x01\x00\x1e\x00\x00\x06"
                cells += brt(
                    0x000B, place + struct.pack("<BHI", 0x07, 0, len(formula)) + formula + struct.pack("<I", 0)
                )
            elif value == "uncached":
                cells += brt(0x0003, place + b"\x2a")
            elif isinstance(value, str):
                cells += brt(0x0006, place + wide(value))
            elif value is not None:
                cells += brt(0x0005, place + struct.pack("<d", value))
    sheet = brt(0x0081) + brt(0x0094, struct.pack("<4I", 0, 4, 0, 4))
    sheet += brt(0x0186) + brt(0x003C, struct.pack("<4IH", 1, 1, 2560, 0, 1)) + brt(0x0187)
    sheet += brt(0x0091) + cells + brt(0x0092)
    sheet += brt(0x00B1, struct.pack("<I", 1)) + brt(0x00B0, struct.pack("<4I", 1, 2, 2, 2)) + brt(0x00B2) + brt(0x0082)
    old = brt(0x0081) + brt(0x0094, struct.pack("<4I", 0, 0, 0, 0)) + brt(0x0091) + brt(0x0092) + brt(0x0082)
    book = brt(0x0083) + brt(0x0099, struct.pack("<III", 0, 0, 0)) + brt(0x008F)
    for number, (name, hidden) in enumerate([("台账", 0), ("旧表", 1)], 1):
        book += brt(0x009C, struct.pack("<II", hidden, number) + wide(f"rId{number}") + wide(name))
    book += brt(0x0090) + brt(0x0084)
    relation = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
    links = "".join(
        f'<Relationship Id="rId{n}" Type="{relation}/worksheet" Target="worksheets/sheet{n}.bin"/>' for n in (1, 2)
    )
    package = "http://schemas.openxmlformats.org/package/2006/relationships"
    archive(
        "ledger.xlsb",
        {
            "[Content_Types].xml": TYPES,
            "_rels/.rels": f'<Relationships xmlns="{package}"><Relationship Id="rId1" Type="{relation}/officeDocument" Target="xl/workbook.bin"/></Relationships>',
            "xl/workbook.bin": book,
            "xl/_rels/workbook.bin.rels": f'<Relationships xmlns="{package}">{links}</Relationships>',
            "xl/styles.bin": styles,
            "xl/worksheets/sheet1.bin": sheet,
            "xl/worksheets/sheet2.bin": old,
        },
    )


# xlsx

TYPES = (
    '<?xml version="1.0" encoding="UTF-8"?><Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types">'
    '<Default Extension="xml" ContentType="application/xml"/>'
    '<Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/></Types>'
)
MAIN = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"


def xlsx_parts(sheet: str, kind: str = "sheet", strings: str = "") -> dict[str, bytes | str]:
    relation = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
    package = "http://schemas.openxmlformats.org/package/2006/relationships"
    links = "".join(
        f'<Relationship Id="rId{n}" Type="{relation}/worksheet" Target="worksheets/sheet{n}.xml"/>' for n in (1, 2)
    )
    links += f'<Relationship Id="rId3" Type="{relation}/styles" Target="styles.xml"/>'
    if strings:
        links += f'<Relationship Id="rId4" Type="{relation}/sharedStrings" Target="sharedStrings.xml"/>'
    parts: dict[str, bytes | str] = {
        "[Content_Types].xml": TYPES.replace(
            "</Types>",
            f'<Override PartName="/xl/workbook.xml" ContentType="application/vnd.openxmlformats-officedocument.spreadsheetml.{kind}.main+xml"/></Types>',
        ),
        "_rels/.rels": f'<Relationships xmlns="{package}"><Relationship Id="rId1" Type="{relation}/officeDocument" Target="xl/workbook.xml"/></Relationships>',
        "xl/workbook.xml": f'<workbook xmlns="{MAIN}" xmlns:r="{relation}"><sheets><sheet name="台账" sheetId="1" r:id="rId1"/>'
        '<sheet name="旧表" sheetId="2" state="veryHidden" r:id="rId2"/></sheets></workbook>',
        "xl/_rels/workbook.xml.rels": f'<Relationships xmlns="{package}">{links}</Relationships>',
        "xl/styles.xml": f'<styleSheet xmlns="{MAIN}"><cellXfs count="3"><xf numFmtId="0"/><xf numFmtId="14"/><xf numFmtId="10"/></cellXfs></styleSheet>',
        "xl/worksheets/sheet1.xml": f'<worksheet xmlns="{MAIN}">{sheet}</worksheet>',
        "xl/worksheets/sheet2.xml": f'<worksheet xmlns="{MAIN}"><sheetData/></worksheet>',
    }
    if strings:
        parts["xl/sharedStrings.xml"] = strings
    return parts


def xlsx_sheet() -> str:
    rows = ""
    for number, values in enumerate([HEADERS, *ROWS], 1):
        cells = ""
        for letter, value in zip("ABCDE", values, strict=True):
            place = f'r="{letter}{number}"'
            if isinstance(value, date):
                cells += f'<c {place} s="1"><v>{serial(value)}</v></c>'
            elif value == "uncached":
                cells += f"<c {place}><f>E2*2</f><v></v></c>"
            elif value == "error":
                cells += f'<c {place} t="e"><f>1/0</f><v>#DIV/0!</v></c>'
            elif isinstance(value, str):
                cells += f'<c {place} t="inlineStr"><is><t>{value}</t></is></c>'
            elif value is None:
                cells += f'<c {place} s="1"/>'
            else:
                cells += f"<c {place}><v>{value}</v></c>"
        hidden = ' hidden="1"' if number == 3 else ""
        rows += f'<row r="{number}"{hidden}>{cells}</row>'
    columns = '<cols><col min="2" max="2" width="9" hidden="1"/></cols>'
    return f'{columns}<sheetData>{rows}</sheetData><mergeCells count="1"><mergeCell ref="C2:C3"/></mergeCells>'


# ods


def ods() -> None:
    def cell(value: object, row: int, column: int) -> str:
        span = ' table:number-rows-spanned="2"' if (row, column) == (1, 2) else ""
        if isinstance(value, date):
            return f'<table:table-cell office:value-type="date" office:date-value="{value.isoformat()}"><text:p>x</text:p></table:table-cell>'
        if value == "uncached":
            return '<table:table-cell table:formula="of:=[.E2]*2"/>'
        if value == "error":
            return (
                '<table:table-cell table:formula="of:=1/0" office:value-type="string" office:string-value="" '
                'calcext:value-type="error"><text:p>#DIV/0!</text:p></table:table-cell>'
            )
        if isinstance(value, str):
            return f'<table:table-cell{span} office:value-type="string"><text:p>{value}</text:p></table:table-cell>'
        if value is None:
            return "<table:covered-table-cell/>" if (row, column) == (2, 2) else "<table:table-cell/>"
        return f'<table:table-cell office:value-type="float" office:value="{value}"><text:p>{value}</text:p></table:table-cell>'

    rows = ""
    for row, values in enumerate([HEADERS, *ROWS]):
        cells = "".join(cell(value, row, column) for column, value in enumerate(values))
        visibility = ' table:visibility="filter"' if row == 2 else ""
        rows += f'<table:table-row{visibility}>{cells}<table:table-cell table:number-columns-repeated="16379"/></table:table-row>'
    rows += '<table:table-row table:number-rows-repeated="1048571"><table:table-cell table:number-columns-repeated="16384"/></table:table-row>'
    columns = '<table:table-column/><table:table-column table:visibility="collapse"/><table:table-column table:number-columns-repeated="16382"/>'
    content = content_of(f'<table:table table:name="台账">{columns}{rows}</table:table>{OLD}')
    archive("ledger.ods", ods_parts(content))
    # A cell of one character that stands for seventeen thousand million.
    bomb = '<table:table-row table:number-rows-repeated="1048576"><table:table-cell office:value-type="string" table:number-columns-repeated="16384"><text:p>x</text:p></table:table-cell></table:table-row>'
    archive("bomb.ods", ods_parts(content_of(f'<table:table table:name="表">{bomb}</table:table>')))


OLD = '<table:table table:name="旧表" table:style-name="hidden"><table:table-row><table:table-cell/></table:table-row></table:table>'


def content_of(tables: str) -> str:
    spaces = " ".join(
        f'xmlns:{name}="urn:oasis:names:tc:opendocument:xmlns:{name}:1.0"'
        for name in ("office", "table", "text", "style")
    )
    style = '<office:automatic-styles><style:style style:name="hidden" style:family="table"><style:table-properties table:display="false"/></style:style></office:automatic-styles>'
    extension = 'xmlns:calcext="urn:org:documentfoundation:names:experimental:calc:xmlns:calcext:1.0"'
    return f'<?xml version="1.0" encoding="UTF-8"?><office:document-content {spaces} {extension}>{style}<office:body><office:spreadsheet>{tables}</office:spreadsheet></office:body></office:document-content>'


def ods_parts(content: str, kind: str = "spreadsheet") -> dict[str, bytes | str]:
    mime = f"application/vnd.oasis.opendocument.{kind}"
    manifest = '<manifest:manifest xmlns:manifest="urn:oasis:names:tc:opendocument:xmlns:manifest:1.0"><manifest:file-entry manifest:full-path="/" manifest:media-type="{}"/></manifest:manifest>'
    return {"mimetype": mime, "META-INF/manifest.xml": manifest.format(mime), "content.xml": content}


# What is no ledger


def others() -> None:
    compound("password.xlsx", {"EncryptionInfo": b"\x04\0\x04\0", "EncryptedPackage": b"\0" * 64})
    # Obfuscation by XOR, which Excel 97 offers too, and the standard encryption.
    compound(
        "password_xor.xls", {"Workbook": xls_stream(8, before=record(0x002F, struct.pack("<3H", 0, 0x1234, 0x5678)))}
    )
    compound(
        "password_rc4.xls", {"Workbook": xls_stream(8, before=record(0x002F, struct.pack("<H", 1) + b"\x01" * 52))}
    )
    compound("word.doc", {"WordDocument": b"\xec\xa5", "1Table": b""})
    compound("slides.dps", {"PowerPoint Document": b"\0"})
    compound("unknown.ole", {"Something": b"\0"})
    archive("word.docx", {"[Content_Types].xml": TYPES, "word/document.xml": "<w/>"})
    archive("slides.pptx", {"[Content_Types].xml": TYPES, "ppt/presentation.xml": "<p/>"})
    archive("text.odt", ods_parts("<x/>", "text"))
    archive("files.zip", {"一月.csv": "a,b\n", "二月.csv": "a,b\n"})
    whole = archive("ledger.xlsx", xlsx_parts(xlsx_sheet()))
    archive("ledger.xlsm", xlsx_parts(xlsx_sheet(), "sheet.macroEnabled"))
    (HERE / "cut_off.xlsx").write_bytes(whole[: len(whole) * 2 // 3])
    corner = '<sheetData><row r="1"><c r="A1" t="inlineStr"><is><t>项目编号</t></is></c></row><row r="1048576"><c r="XFD1048576"><v>1</v></c></row></sheetData>'
    archive("corner.xlsx", xlsx_parts(corner))
    strings = f'<sst xmlns="{MAIN}" count="1" uniqueCount="999999999999"><si><t>x</t></si></sst>'
    archive("declared.xlsx", xlsx_parts(xlsx_sheet(), strings=strings))
    (HERE / "ledger.csv.gz").write_bytes(gzip.compress(b"a,b\n", mtime=0))
    out = io.BytesIO()
    with tarfile.open(fileobj=out, mode="w") as file:
        file.addfile(tarfile.TarInfo("a.csv"))
    (HERE / "files.tar").write_bytes(out.getvalue())


def main() -> None:
    compound("biff8.xls", {"Workbook": xls_stream(8)})
    compound("biff8_1904.xls", {"Workbook": xls_stream(8, epoch_1904=True)})
    compound("biff5_cp936.xls", {"Book": xls_stream(5)})
    xlsb()
    ods()
    others()


if __name__ == "__main__":
    main()
