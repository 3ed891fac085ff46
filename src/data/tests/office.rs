//! Files as offices have them.

use encoding_rs::WINDOWS_1258;
use unicode_normalization::UnicodeNormalization;

use crate::data::testing::{blank_none, cell, column, number, read_all, table, text, told};
use crate::data::{Found, RawTable};
use crate::diagnostic::{Diagnostic, Language};
use crate::schema::{CellWriting, ColumnSchema, DecimalMark, Encoding, FileWriting, Kind, Schema, TableSchema};

fn firms() -> TableSchema {
    let columns =
        vec![column("Mã đơn vị", text()), column("Tên đơn vị", text()), column("Số lao động", number(None, None))];
    table("firms", 1, columns)
}

fn written(writing: FileWriting) -> TableSchema {
    TableSchema { writing, ..firms() }
}

struct Read {
    rows: Vec<String>,
    told: Vec<String>,
    findings: Vec<Diagnostic>,
    raw: Option<RawTable>,
}

fn read(table: TableSchema, bytes: &[u8]) -> Read {
    let schema = Schema { tables: vec![table] };
    let mut findings = Vec::new();
    let raw = read_all(&schema, "firms", bytes, &mut findings);
    let row = |raw: &RawTable, row| {
        raw.columns.iter().flatten().map(|column| cell(column, row)).collect::<Vec<_>>().join("|")
    };
    let rows = raw.iter().flat_map(|raw| (0..raw.lines.len()).map(|at| row(raw, at)).collect::<Vec<_>>()).collect();
    Read { rows, told: told(&findings), findings, raw }
}

fn found(table: TableSchema, bytes: &[u8]) -> Found {
    read(table, bytes).raw.expect("it is read").found
}

const PLAIN: &str =
    "Mã đơn vị,Tên đơn vị,Số lao động\nH01,Liên đoàn Lao động huyện Bảo Thắng,25\nH02,Công ty Đất Việt,7\n";
const ROWS: [&str; 2] = ["H01|Liên đoàn Lao động huyện Bảo Thắng|25", "H02|Công ty Đất Việt|7"];

/// Base letters with marks beside them, as the Windows code page has them.
fn windows_1258(text: &str) -> Vec<u8> {
    let letter = |letter: char| {
        let text = letter.to_string();
        let (bytes, _, lost) = WINDOWS_1258.encode(&text);
        if lost { None } else { Some(bytes.into_owned()) }
    };
    let one = |composed: char| {
        letter(composed).unwrap_or_else(|| {
            // ế is ê and an acute mark.
            let parts: Vec<char> = composed.to_string().nfd().collect();
            let tone = parts.iter().position(|mark| "\u{300}\u{301}\u{303}\u{309}\u{323}".contains(*mark)).unwrap();
            let base: String = parts.iter().enumerate().filter(|(at, _)| *at != tone).map(|(_, part)| *part).collect();
            let base = base.nfc().next().unwrap();
            [letter(base).unwrap(), letter(parts[tone]).unwrap()].concat()
        })
    };
    text.chars().flat_map(one).collect()
}

fn utf16(text: &str, big: bool) -> Vec<u8> {
    text.encode_utf16().flat_map(|unit| if big { unit.to_be_bytes() } else { unit.to_le_bytes() }).collect()
}

#[test]
fn every_encoding_says_the_same_and_is_named() {
    let marked = |text: &str| "\u{feff}".to_owned() + text;
    let files: [(Vec<u8>, Encoding); 7] = [
        (PLAIN.into(), Encoding::Utf8),
        (marked(PLAIN).into(), Encoding::Utf8),
        (utf16(&marked(PLAIN), false), Encoding::Utf16Le),
        (utf16(&marked(PLAIN), true), Encoding::Utf16Be),
        (utf16(PLAIN, false), Encoding::Utf16Le),
        (utf16(PLAIN, true), Encoding::Utf16Be),
        (windows_1258(PLAIN), Encoding::Windows1258),
    ];
    for (bytes, encoding) in files {
        let read = read(firms(), &bytes);
        assert_eq!((read.rows, read.told), (ROWS.map(str::to_owned).to_vec(), vec![]), "{encoding:?}");
        let found = read.raw.unwrap().found;
        assert_eq!(found.encoding, Some(encoding));
        assert_eq!(found.composed, encoding == Encoding::Windows1258);
    }
    // The first letter that is not plain stands far from the beginning.
    let far = "Ma,Ten,So\n".to_owned() + &"A,B,1\n".repeat(60_000) + "Z,Công đoàn ngành Giáo dục,1\n";
    let plain = table("firms", 0, vec![column("Ten", text())]);
    assert_eq!(read(plain, &windows_1258(&far)).rows.last().unwrap(), "Công đoàn ngành Giáo dục");
}

#[test]
fn a_declared_encoding_is_believed() {
    let declared = |encoding| written(FileWriting { encoding: Some(encoding), ..FileWriting::default() });
    assert_eq!(read(declared(Encoding::Windows1258), &windows_1258(PLAIN)).rows, ROWS);
    assert_eq!(read(declared(Encoding::Utf8), &windows_1258(PLAIN)).told, ["not-utf8 firms.csv"]);
    assert_eq!(read(declared(Encoding::Utf16Le), &utf16(PLAIN, false)).rows, ROWS);
    assert!(read(declared(Encoding::Utf16Le), b"\xd8\xd8\xd8\xd8\xd8").raw.is_none());
}

#[test]
fn fonts_from_before_unicode_are_refused_by_name() {
    let tcvn3 = "M· ®¬n vÞ,Tªn ®¬n vÞ,Sè lao ®éng\nH01,Liªn ®oµn Lao ®éng huyÖn B¶o Th¾ng,25\n";
    let vni = "Maõ ñôn vò,Teân ñôn vò,Soá lao ñoäng\nH01,Lieân ñoaøn Lao ñoäng huyeän Baûo Thaéng,25\n";
    let latin = |text: &str| text.chars().map(|letter| u8::try_from(u32::from(letter)).unwrap()).collect::<Vec<u8>>();
    for (text, name) in [(tcvn3, "TCVN3"), (vni, "VNI")] {
        for bytes in [text.as_bytes().to_vec(), latin(text)] {
            let read = read(firms(), &bytes);
            assert_eq!(read.told, ["legacy-encoding firms.csv"], "{name}");
            assert!(read.findings[0].message(Language::Vi).contains(name));
        }
    }
    // Another language is neither: it is not taken for Vietnamese.
    assert_eq!(read(firms(), &latin("Mã,Zürich,Genève,Århus,ÿÿÿ\n")).told, ["not-utf8 firms.csv"]);
}

#[test]
fn lost_letters_are_told_by_row() {
    let bytes = "Mã đơn vị,Tên đơn vị,Số lao động\nH01,Li?n ?o?n Lao ??ng,25\nH02,Công ty \u{fffd},7\nH03,Có?,8\n";
    let read = read(firms(), bytes.as_bytes());
    assert_eq!(
        read.told,
        [
            "lost-letters firms.csv:2 [Tên đơn vị] «Li?n ?o?n Lao ??ng»",
            "lost-letters firms.csv:3 [Tên đơn vị] «Công ty \u{fffd}»"
        ]
    );
    assert_eq!(read.rows, ["H01|?|25", "H02|?|7", "H03|Có?|8"]);
}

#[test]
fn every_dialect_says_the_same_and_is_named() {
    let with = |delimiter: &str| PLAIN.replace(',', delimiter);
    let files = [
        (with(";"), ';'),
        (with("\t").replace('\n', "\r\n"), '\t'),
        ("sep=;\r\n".to_owned() + &with(";"), ';'),
        ("\u{feff}sep=,\n".to_owned() + PLAIN, ','),
        (PLAIN.replace('\n', ",,,\n") + ",,,,,\n,,,,,\n", ','),
        (PLAIN.replace("Mã đơn vị", "\"Mã đơn vị\"").replace("Số lao động", "\"Số\r\nlao động\""), ','),
    ];
    for (text, delimiter) in files {
        let read = read(firms(), text.as_bytes());
        assert_eq!((read.rows, read.told), (ROWS.map(str::to_owned).to_vec(), vec![]), "{text}");
        assert_eq!(read.raw.unwrap().found.delimiter, Some(delimiter));
    }
    let lines = read(firms(), ("sep=;\n".to_owned() + &with(";")).as_bytes()).raw.unwrap().lines;
    assert_eq!(lines.iter().collect::<Vec<_>>(), [3, 4]);
}

#[test]
fn a_row_without_an_end_is_refused_without_being_held() {
    let long = "Mã đơn vị,Tên đơn vị,Số lao động\nH01,".to_owned() + &"x".repeat(9 << 20);
    assert_eq!(read(firms(), long.as_bytes()).told, ["record-too-long firms.csv:2"]);
    let open = "Mã đơn vị,Tên đơn vị,Số lao động\nH01,a,1\nH02,\"".to_owned() + &"x,y,1\n".repeat(2 << 20);
    assert_eq!(read(firms(), open.as_bytes()).told, ["unclosed-quote firms.csv:3"]);
}

#[test]
fn the_header_is_found_under_titles_and_over_two_rows() {
    let title = "LIÊN ĐOÀN LAO ĐỘNG TỈNH,,\n\"Biểu 1, kèm theo\",,\n,,\n";
    let found = found(firms(), (title.to_owned() + PLAIN).as_bytes());
    assert_eq!((found.header_line, found.header_rows), (4, 1));
    let two = "STT,Đơn vị,,Lao động,\n,Mã,Tên,Số,Nữ\n1,H01,Liên đoàn Lao động huyện Bảo Thắng,25,3\n2,H02,Công ty Đất Việt,7,1\n";
    let mut table = firms();
    let aliases = ["Đơn vị: Mã", "Tên", "Lao động - số"];
    for (column, alias) in table.columns.iter_mut().zip(aliases) {
        column.writing.aliases = vec![alias.to_owned()];
    }
    let read = read(table, two.as_bytes());
    assert_eq!((read.rows, read.told), (ROWS.map(str::to_owned).to_vec(), vec![]));
    let found = read.raw.unwrap().found;
    assert_eq!((found.header_line, found.header_rows), (1, 2));
    assert_eq!(found.extra, ["STT", "Lao động Nữ"]);
    assert_eq!(found.renamed[0], ["Đơn vị Mã", "Mã đơn vị"]);
}

#[test]
fn a_declared_header_is_believed() {
    let header =
        |line, rows| written(FileWriting { header_line: Some(line), header_rows: rows, ..FileWriting::default() });
    let twice = PLAIN.to_owned() + "Mã đơn vị,Tên đơn vị,Số lao động\nH09,Khác,1\n";
    assert_eq!(read(header(4, None), twice.as_bytes()).rows, ["H09|Khác|1"]);
    assert_eq!(read(header(2, None), twice.as_bytes()).told.len(), 3);
}

#[test]
fn headers_fold_but_never_lose_a_stroke() {
    let headers = [("MÃ ĐƠN VỊ:,Tên  đơn vị,Số lao động", 1), ("Mã Ðơn vị,Tên đơn vị (*),Số lao\u{a0}động", 2)];
    for (header, renamed) in headers {
        let read = read(firms(), (header.to_owned() + "\nH01,A,1\n").as_bytes());
        assert_eq!((read.rows, read.told), (vec!["H01|A|1".to_owned()], vec![]), "{header}");
        assert_eq!(read.raw.unwrap().found.renamed.len(), renamed, "{header}");
    }
    let stripped = read(firms(), "Mã dơn vị,Tên đơn vị,Số lao động\nH01,A,1\n".as_bytes());
    assert_eq!(stripped.told, ["missing-column firms.csv"]);
    assert_eq!(stripped.findings[0].help(Language::En)[0], "did you mean `Mã dơn vị`?");
    // Two headers that fold alike are not guessed between.
    let twice = read(firms(), "MÃ ĐƠN VỊ,Mã ĐƠN vị,Tên đơn vị,Số lao động\nH01,A,B,1\n".as_bytes());
    assert_eq!(twice.told, ["repeated-column firms.csv"]);
}

#[test]
fn rows_that_are_no_data_are_left_out_and_listed() {
    let text = "STT,Mã đơn vị,Tên đơn vị,Số lao động\n(1),(2),(3),(4)\nI,,Khối huyện,32\n1,H01,Một,25\n2,H02,Hai,7\n,Tổng cộng,,32\n\
        STT,Mã đơn vị,Tên đơn vị,Số lao động\n#N/A,#N/A,#N/A,#N/A\n,,Ba,9\n,,\"Lào Cai, ngày 15 tháng 7 năm 2024\",\n,Người lập biểu,,\n,,Trần Văn A,\n";
    let read = read(firms(), text.as_bytes());
    assert_eq!(read.rows, ["H01|Một|25", "H02|Hai|7", "?|Ba|9"]);
    let reasons: Vec<String> = read.findings.iter().map(|finding| finding.message(Language::En)).collect();
    let left_out: Vec<&str> = reasons.iter().filter_map(|text| text.strip_prefix("this row is left out: ")).collect();
    assert_eq!(
        left_out,
        [
            "the header once more ((1) | (2) | (3) | (4))",
            "the heading of a group (I | Khối huyện | 32)",
            "a total (Tổng cộng | 32)",
            "the header once more (STT | Mã đơn vị | Tên đơn vị | Số lao động)",
            "only errors of formulas (#N/A | #N/A | #N/A | #N/A)",
            "below the table (Lào Cai, ngày 15 tháng 7 năm 2024)",
            "below the table (Người lập biểu)",
            "below the table (Trần Văn A)",
        ]
    );
    assert_eq!(read.told.last().map(String::as_str), Some("row-left-out firms.csv:12"));
    assert!(read.told.contains(&"blank-key firms.csv:9 [Mã đơn vị] «»".to_owned()));
    assert!(!reasons.iter().any(|text| text.starts_with("the total")), "{reasons:?}");
    let raw = read.raw.unwrap();
    assert_eq!((raw.left_out, raw.faults), (8, 1));
}

#[test]
fn totals_are_held_against_the_sum() {
    let with = |total: &str| format!("Mã đơn vị,Tên đơn vị,Số lao động\nH01,Một,25\nH02,Hai,7\nTổng cộng,,{total}\n");
    assert_eq!(read(firms(), with("32").as_bytes()).told, ["row-left-out firms.csv:4"]);
    let wrong = read(firms(), with("33").as_bytes());
    assert_eq!(wrong.told, ["row-left-out firms.csv:4", "total-differs firms.csv:4 [Số lao động] «33»"]);
    assert_eq!(wrong.findings[1].message(Language::En), "the total in `Số lao động` says 33, the rows add up to 32");
    // Totals of groups, and one at the top.
    let groups = "Mã đơn vị,Tên đơn vị,Số lao động\nTổng số,,39\nH01,Một,25\nCộng,,25\nH02,Hai,7\nH03,Ba,7\nCộng,,14\n";
    assert!(!read(firms(), groups.as_bytes()).told.iter().any(|told| told.starts_with("total-differs")));
    // Nothing can be held against a total where a figure is unknown.
    let open = "Mã đơn vị,Tên đơn vị,Số lao động\nH01,Một,\nH02,Hai,7\nTổng cộng,,33\n";
    assert_eq!(read(firms(), open.as_bytes()).told, ["row-left-out firms.csv:4"]);
    // A unit whose name begins like a total is a unit.
    let company = "Mã đơn vị,Tên đơn vị,Số lao động\nH01,Tổng công ty Sông Đà,25\n";
    assert_eq!(read(firms(), company.as_bytes()).rows.len(), 1);
}

#[test]
fn declared_beginnings_and_blanks_are_obeyed() {
    let writing = FileWriting {
        skip: vec!["Trong đó".to_owned()],
        blanks: vec!["-".to_owned(), "…".to_owned()],
        ..FileWriting::default()
    };
    let mut table = written(writing);
    table.columns[2] = blank_none(table.columns[2].clone());
    let text = "Mã đơn vị,Tên đơn vị,Số lao động\nH01,Một,-\nTrong đó: nữ,,3\nH02,…,7\n";
    let read = read(table, text.as_bytes());
    assert_eq!(
        (read.rows, read.told),
        (vec!["H01|Một|-".to_owned(), "H02|?|7".to_owned()], vec!["row-left-out firms.csv:3".to_owned()])
    );
}

fn codes(pad: bool) -> TableSchema {
    let writing = CellWriting { pad, ..CellWriting::default() };
    let code = ColumnSchema { writing, ..column("MST", Kind::Text { digits: Some(10) }) };
    table("firms", 1, vec![code])
}

#[test]
fn codes_that_lost_their_zeros_are_told_as_a_column_and_mended_where_declared() {
    let text = "MST\n100112233\n200112233\n12\n";
    let lost = read(codes(false), text.as_bytes());
    assert_eq!(lost.told, ["codes-lost-zeros firms.csv:2 [MST] «100112233»"]);
    let raw = lost.raw.unwrap();
    assert_eq!((raw.faults, raw.cells_in_doubt, raw.doubtful), (3, 3, vec![true; 3]));
    let help = lost.findings.last().unwrap().help(Language::En);
    assert_eq!(help, ["with `pad = true` in the column, `100112233` is read as `0100112233`"]);
    let mended = read(codes(true), text.as_bytes());
    assert_eq!(
        (mended.rows, mended.told),
        (vec!["0100112233".to_owned(), "0200112233".to_owned(), "0000000012".to_owned()], vec![])
    );
    assert_eq!(mended.raw.unwrap().found.padded, [("MST".to_owned(), 3)]);
    // One code that is whole: a column of mistakes, not a habit of a spreadsheet.
    let one = read(codes(false), b"MST\n100112233\n0200112233\n200112234\n");
    assert!(!one.told.iter().any(|told| told.starts_with("codes")));
}

#[test]
fn hidden_characters_are_taken_out_and_told() {
    let text = "Mã đơn vị,Tên đơn vị,Số lao động\nH01\u{200b},Một\u{a0}Hai,25\u{a0}\n";
    let read = read(firms(), text.as_bytes());
    assert_eq!(read.rows, ["H01|Một Hai|25"]);
    assert_eq!(
        read.told,
        ["hidden-characters firms.csv:2 [Mã đơn vị] «H01»", "hidden-characters firms.csv:2 [Tên đơn vị] «Một Hai»"]
    );
}

#[test]
fn numbers_follow_the_declared_mark() {
    let mut table = firms();
    table.columns[2].writing.decimal = Some(DecimalMark::Comma);
    let text = "Mã đơn vị;Tên đơn vị;Số lao động\nH01;Một;1.234,5\nH02;Hai;1.234\nH03;Ba;1234.5\n";
    let read = read(table, text.as_bytes());
    assert_eq!(read.rows, ["H01|Một|1234.5", "H02|Hai|1234", "H03|Ba|?"]);
    assert_eq!(read.told, ["not-a-number firms.csv:4 [Số lao động] «1234.5»"]);
}

#[test]
fn errors_of_formulas_are_unknown() {
    let read = read(firms(), "Mã đơn vị,Tên đơn vị,Số lao động\nH01,#N/A,#DIV/0!\n".as_bytes());
    assert_eq!(read.rows, ["H01|?|?"]);
    assert_eq!(read.told.len(), 2);
}

#[test]
fn a_quotation_mark_swallows_no_rows() {
    let rows = "Mã đơn vị,Tên đơn vị,Số lao động\nH01,\"Một,1\nH02,Hai,2\nH03,\"Ba\",3\n";
    assert_eq!(read(firms(), rows.as_bytes()).told, ["quote-over-lines firms.csv:2"]);
    let one_line = read(firms(), "Mã đơn vị,Tên đơn vị,Số lao động\nH01,\"Sao\" Mai,1\n".as_bytes());
    assert_eq!(
        (one_line.rows, one_line.told),
        (vec!["H01|Sao Mai|1".into()], vec!["misplaced-quote firms.csv:2".into()])
    );
    // Blanks behind a mark, marks inside a plain cell, and lines inside a quoted one are as they should be.
    let sound =
        "Mã đơn vị,Tên đơn vị,Số lao động\nH01,\"Một\" ,1\nH02,Công ty \"Sao\" Mai,2\nH03,\"Ba\n\"\"dòng\"\"\n\",3\n";
    let sound = read(firms(), sound.as_bytes());
    assert_eq!((sound.rows.len(), sound.told), (3, vec![]));
}

#[test]
fn a_cell_has_a_limit() {
    let long = |letters: usize| format!("Mã đơn vị,Tên đơn vị,Số lao động\nH01,{},1\n", "x".repeat(letters));
    assert!(read(firms(), long(128 << 10).as_bytes()).told.is_empty());
    assert_eq!(read(firms(), long((128 << 10) + 1).as_bytes()).told, ["cell-too-long firms.csv:2"]);
}

#[test]
fn controls_are_hidden_characters() {
    let text = "Mã đơn vị,Tên đơn vị,Số lao động\nH\u{0}01,M\u{7}ột\u{202e},\u{1b}25\n\u{200b},Không mã,7\n";
    let read = read(firms(), text.as_bytes());
    assert_eq!(read.rows[0], "H01|Một|25");
    let hidden: Vec<&String> = read.told.iter().filter(|told| told.starts_with("hidden-characters")).collect();
    assert_eq!(hidden.len(), 4, "{:?}", read.told);
    assert!(read.told.contains(&"blank-key firms.csv:3 [Mã đơn vị] «»".to_owned()), "{:?}", read.told);
}

#[test]
fn what_is_no_table_is_called_by_its_name() {
    let package: Vec<u8> = "EncryptedPackage".encode_utf16().flat_map(u16::to_le_bytes).collect();
    let old = |rest: &[u8]| [b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", rest].concat();
    let page = "\u{feff}\n<HTML><table><tr><td>Mã</td></tr></table></html>";
    let files: [(Vec<u8>, &str); 9] = [
        (b"%PDF-1.7\n".to_vec(), "a PDF document"),
        (b"\x1f\x8b\x08\0".to_vec(), "an archive"),
        (page.into(), "a web page (HTML)"),
        (b"<?xml version=\"1.0\"?><Workbook/>".to_vec(), "an XML file"),
        (b"{\\rtf1 x}".to_vec(), "a text document (RTF)"),
        (b"\x89PNG\r\n".to_vec(), "a picture"),
        (b"\xff\xfe\0\0M\0\0\0".to_vec(), "a text in UTF-32"),
        (old(&package), "it is protected by a password"),
        (old(b"\0\0"), "the format of Excel before 2007 (XLS)"),
    ];
    for (bytes, what) in files {
        let read = read(firms(), &bytes);
        assert_eq!(read.told, ["not-a-table firms.csv"], "{what}");
        assert!(read.findings[0].message(Language::En).contains(what), "{}", read.findings[0].message(Language::En));
    }
}

#[test]
fn a_cell_in_an_old_font_is_told_in_a_file_of_unicode() {
    let text = "Mã đơn vị,Tên đơn vị,Số lao động\nH01,Liªn ®oµn Lao ®éng huyÖn,25\nH02,Lieân ñoaøn Lao ñoäng,7\nH03,Đất Việt,8\nH04,«Sao» «Mai» «Xanh»,9\n";
    let read = read(firms(), text.as_bytes());
    assert_eq!(read.rows, ["H01|?|25", "H02|?|7", "H03|Đất Việt|8", "H04|«Sao» «Mai» «Xanh»|9"]);
    let names: Vec<String> = read.findings.iter().map(|finding| finding.message(Language::Vi)).collect();
    assert!(names.len() == 2 && names[0].contains("TCVN3") && names[1].contains("VNI"), "{names:?}");
}

#[test]
fn a_word_without_its_marks_is_a_hint() {
    let held = column("Đã họp", Kind::Flag);
    let read = read(table("firms", 0, vec![held]), "Đã họp\nCo\nKHONG\n".as_bytes());
    assert_eq!(read.findings[0].help(Language::En)[0], "did you mean `có`?");
    assert_eq!(read.findings[1].help(Language::En)[0], "did you mean `không`?");
}
