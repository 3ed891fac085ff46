//! Files as offices have them, made by `tests/fixtures/office/make.py`: what comes out of each stands in
//! `expected/`, and how it is declared in `tables/`, where more is declared than columns.

use std::fmt::Write;
use std::fs;
use std::path::{Path, PathBuf};
use std::process::Command;

use thidua::campaign;
use thidua::data::{Column, Found, RawTable, Values, read_file};
use thidua::diagnostic::{Diagnostic, Language};
use thidua::document;
use thidua::load::{self, Request};
use thidua::report::diagnostics::{Style, diagnostics};
use thidua::report::json::json;
use thidua::schema::{Encoding, Schema};
use thidua::source::Source;

use super::fixture::tiny_with;

const OFFICE: &str = "tests/fixtures/office";

/// The columns that most of the files have.
const COLUMNS: &str = r#"
[tables.t.columns]
code    = { type = "text", header = "Mã đơn vị" }
name    = { type = "text", header = "Tên đơn vị" }
workers = { type = "number", header = "Số lao động" }
day     = { type = "date", header = "Ngày báo cáo" }
met     = { type = "flag", header = "Đạt" }
"#;

fn schema(declared: &str) -> Schema {
    let (of_table, columns) = match declared.split_once("[tables.t.columns]") {
        Some((before, after)) => (before, format!("[tables.t.columns]{after}")),
        None => (declared, COLUMNS.to_owned()),
    };
    let text = format!(
        "id = \"office\"\nperiod = {{ from = 2024-01-01, to = 2024-12-31, clause = \"1\" }}\n[tables.t]\nfile = \"t\"\n\
         key = \"code\"\n{of_table}\n{columns}"
    );
    let mut faults = Vec::new();
    let document = document::parse(&Source::new("campaign.toml", text), &mut faults);
    let campaign = campaign::read(&document, &mut faults);
    assert!(faults.is_empty(), "{declared}: {faults:?}");
    campaign.unwrap().schema
}

/// What comes out of a file: how it was read, its rows, and what was told.
fn outcome(path: &Path) -> String {
    let name = path.file_name().unwrap().to_str().unwrap();
    let stem = path.file_stem().unwrap().to_str().unwrap();
    let declared = fs::read_to_string(format!("{OFFICE}/tables/{stem}.toml")).unwrap_or_default();
    let schema = schema(&declared);
    let bytes = fs::read(path).unwrap();
    let mut faults = Vec::new();
    let raw = read_file(&schema, schema.find("t").unwrap(), name, &bytes, &[true; 16], 0, &mut faults);
    let mut text = String::new();
    if let Some(raw) = raw {
        text += &found(&raw.found);
        for row in 0..raw.lines.len() {
            writeln!(text, "{:>3} {}", raw.lines.get(row).unwrap(), cells(&raw, row)).unwrap();
        }
    }
    text += &told(&faults);
    text
}

fn told(faults: &[Diagnostic]) -> String {
    diagnostics(faults, Style { language: Language::En, colour: false })
}

fn found(found: &Found) -> String {
    let Found { encoding, delimiter, sheet, header_line, header_rows, renamed, extra, composed, padded } = found;
    let mut parts = Vec::new();
    parts.extend(encoding.map(|encoding: Encoding| encoding.name().to_owned()));
    parts.extend(delimiter.map(|delimiter| format!("{delimiter:?}")));
    parts.extend(sheet.iter().map(|sheet| format!("sheet {sheet}")));
    parts.push(format!("header {header_line}+{header_rows}"));
    parts.extend(composed.then(|| "composed".to_owned()));
    parts.extend(renamed.iter().map(|[here, declared]| format!("{here} = {declared}")));
    parts.extend(extra.iter().map(|extra| format!("extra {extra}")));
    parts.extend(padded.iter().map(|(header, count)| format!("padded {header} {count}")));
    parts.join(", ") + "\n"
}

fn cells(raw: &RawTable, row: usize) -> String {
    let cells: Vec<String> = raw.columns.iter().flatten().map(|column| cell(column, row)).collect();
    cells.join(" | ")
}

fn cell(column: &Column, row: usize) -> String {
    if let Some((first, last)) = column.days_between(row) {
        return format!("{first}…{last}");
    }
    match (&column.values, column.unknown.get(row), column.none.get(row)) {
        (_, true, _) => "?".to_owned(),
        (_, _, true) => "–".to_owned(),
        (Values::Flags(flags), ..) => flags.get(row).to_string(),
        (Values::Numbers(numbers), ..) => numbers.get(row).unwrap().to_string(),
        (Values::Days(_), ..) => column.day(row).unwrap().to_string(),
        _ => column.text(row).unwrap_or_default().to_owned(),
    }
}

fn files() -> Vec<PathBuf> {
    let mut files: Vec<_> =
        fs::read_dir(format!("{OFFICE}/files")).unwrap().map(|entry| entry.unwrap().path()).collect();
    files.sort();
    files
}

/// Set `THIDUA_ACCEPT` to write what comes out today, then read what changed.
#[test]
#[expect(clippy::disallowed_methods, reason = "expectations are accepted by hand")]
fn every_file_is_read_as_it_should_be() {
    let accept = std::env::var_os("THIDUA_ACCEPT").is_some();
    let mut wrong = Vec::new();
    for path in files() {
        let name = path.file_name().unwrap().to_str().unwrap();
        let expected = format!("{OFFICE}/expected/{name}.txt");
        let outcome = outcome(&path);
        if accept {
            fs::create_dir_all(format!("{OFFICE}/expected")).unwrap();
            fs::write(expected, outcome).unwrap();
        } else if fs::read_to_string(&expected).unwrap_or_default() != outcome {
            wrong.push(format!("{name} comes out otherwise:\n{outcome}"));
        }
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
    assert!(files().len() >= 40);
    assert_eq!(
        fs::read_dir(format!("{OFFICE}/expected")).unwrap().count(),
        files().len(),
        "expected of a file that is gone"
    );
}

/// What several programs saved of the same table comes out as the same rows.
#[test]
fn the_same_table_is_the_same_rows_in_every_format() {
    let rows = |name: &str| {
        let text = outcome(Path::new(&format!("{OFFICE}/files/{name}")));
        let rows = text.lines().filter(|line| line.trim_start().starts_with(|c: char| c.is_ascii_digit()));
        rows.map(|row| row.trim_start().split_once(' ').unwrap().1.to_owned()).collect::<Vec<_>>()
    };
    let clean = rows("utf8-comma.csv");
    assert_eq!(clean.len(), 3);
    let others = [
        "utf8-bom-crlf.csv",
        "utf8-tab.csv",
        "utf16.csv",
        "windows-1258.csv",
        "utf8-bom-crlf.csv",
        "utf16le-bom.csv",
        "utf16be-bom.csv",
        "decomposed.csv",
        "sep-line.csv",
        "trailing-empties.csv",
        "decimal-comma.csv",
        "units.xlsx",
        "units.ods",
        "title-rows.xlsx",
        "title-rows.ods",
        "sheets.xlsx",
    ];
    for other in others {
        assert_eq!(rows(other), clean, "{other}");
    }
}

/// One campaign on clean CSV, on what Excel saves, on XLSX and on ODS.
#[test]
fn the_same_campaign_comes_out_byte_for_byte() {
    let evaluated = |data: &str, set: &[&str]| {
        let request = Request {
            campaign: format!("{OFFICE}/campaign").into(),
            data: Some(format!("{OFFICE}/campaign/{data}").into()),
            set: set.iter().map(ToString::to_string).collect(),
            ..Request::default()
        };
        let run = load::evaluate(&request).unwrap();
        assert!(run.faults.is_empty(), "{data}: {:?}", run.faults);
        let files: Vec<_> = run.outcome.data.iter().map(|intake| intake.file.clone()).collect();
        let mut bytes = Vec::new();
        // How a file was read is what differs.
        let mut outcome = run.outcome;
        for intake in &mut outcome.data {
            intake.file = Path::new(&intake.file).with_extension("").file_name().unwrap().to_str().unwrap().to_owned();
            intake.found = Found::default();
        }
        json(&outcome, Language::En, &mut bytes).unwrap();
        (String::from_utf8(bytes).unwrap(), files)
    };
    let (clean, _) = evaluated("clean", &[]);
    assert!(clean.contains("\"met\"") && clean.contains("\"not_met\""), "{clean}");
    let comma = ["tables.units.decimal=\",\"", "tables.firms.decimal=\",\""];
    for (data, set, extension) in [("excel", &comma[..], ".csv"), ("xlsx", &[], ".xlsx"), ("ods", &[], ".ods")] {
        let (outcome, files) = evaluated(data, set);
        assert_eq!(outcome, clean, "{data}");
        assert!(files.iter().all(|file| file.ends_with(extension)), "{files:?}");
    }
}

fn thidua(args: &[&str]) -> (Option<i32>, String, String) {
    let output = Command::new(env!("CARGO_BIN_EXE_thidua"))
        .args(args)
        .env_remove("THIDUA_LANG")
        .env("COLUMNS", "100")
        .output()
        .unwrap();
    let text = |bytes: Vec<u8>| String::from_utf8_lossy(&bytes).into_owned();
    (output.status.code(), text(output.stdout), text(output.stderr))
}

/// The small campaign with a faulty cell.
fn faulty() -> tempfile::TempDir {
    tiny_with(
        "data/units.csv",
        b"code,region,grade,report_on,budget,holds\nA,north,god,,100,true\nB,south,fair,,=1+1,false\n",
    )
}

#[test]
fn all_faults_go_into_one_file_that_excel_opens() {
    let dir = faulty();
    let (campaign, list) = (dir.path().display().to_string(), dir.path().join("faults.csv"));
    let list_name = list.display().to_string();
    let (exit, out, _) = thidua(&["validate", &campaign, "--faults", &list_name, "--lang", "vi"]);
    assert_eq!(exit, Some(1));
    assert!(out.contains("unknown-word") && out.contains("số ô chưa tin được: 2"), "{out}");
    let text = fs::read_to_string(&list).unwrap();
    assert!(text.starts_with("\u{feff}Mức độ;Mã lỗi;"), "{text}");
    assert_eq!(text.lines().count(), 3, "{text}");
    assert!(text.contains(";'=1+1;") && text.contains("có phải là `good`?"), "{text}");
    assert!(!text.split([';', '\n']).any(|cell| cell.trim_start_matches('"').starts_with('=')), "{text}");
    // An earlier list is written over; the data are not.
    assert_eq!(thidua(&["validate", &campaign, "--faults", &list_name]).0, Some(1));
    let data = dir.path().join("data/units.csv");
    let before = fs::read(&data).unwrap();
    for verb in ["validate", "evaluate"] {
        assert_eq!(thidua(&[verb, &campaign, "--faults", &data.display().to_string()]).0, Some(2), "{verb}");
        assert_eq!(fs::read(&data).unwrap(), before);
    }
}

#[test]
fn strict_makes_no_outcome_of_faulty_data() {
    let dir = faulty();
    let campaign = dir.path().display().to_string();
    let budget = ["--set", "levels.units.cluster=region"];
    let sound = thidua(&["evaluate", &campaign, budget[0], budget[1]]);
    assert_eq!((sound.0, sound.1.is_empty()), (Some(0), false), "no rule reads the faulty cells: {}", sound.2);
    let grade = ["evaluate", &campaign, "--set", "levels.units.cluster=grade"];
    let (exit, out, err) = thidua(&grade);
    assert_eq!((exit, out.is_empty()), (Some(1), false), "{err}");
    let (exit, out, err) = thidua(&[&grade[..], &["--strict"]].concat());
    assert_eq!((exit, out.as_str()), (Some(1), ""));
    assert!(err.contains("[unknown-word]"), "{err}");
}

#[test]
fn a_workbook_becomes_clean_csv_and_a_sheet_is_chosen() {
    let file = format!("{OFFICE}/files/sheets.xlsx");
    let (exit, out, err) = thidua(&["convert", &file, "--sheet", "2"]);
    assert_eq!(exit, Some(0), "{err}");
    assert_eq!(out.lines().next(), Some("Mã đơn vị,Tên đơn vị,Số lao động,Ngày báo cáo,Đạt"));
    assert_eq!(out.lines().nth(1), Some("H01,LĐLĐ huyện Bảo Thắng,1234.5,2024-07-15,Có"));
    assert_eq!(thidua(&["convert", &file, "--sheet", "Số liệu"]).1, out);
    let (exit, _, err) = thidua(&["convert", &file, "--sheet", "Số liêu"]);
    assert!(exit == Some(1) && err.contains("did you mean `Số liệu`?"), "{err}");
    let windows = thidua(&["convert", &format!("{OFFICE}/files/windows-1258.csv")]).1;
    assert!(windows.contains("\nH02,Công đoàn ngành Giáo dục,87,2/7/2024,Không\n"), "{windows}");
}

#[test]
fn a_draft_writes_over_nothing_and_evaluates_at_once() {
    let dir = tempfile::tempdir().unwrap();
    let draft = dir.path().join("draft").display().to_string();
    let files = ["don-vi.xlsx", "doanh-nghiep.csv", "hoi-nghi.ods"].map(|name| format!("datasets/from-excel/{name}"));
    let init = ["init", &files[0], &files[1], &files[2], "--dir", &draft];
    let (exit, out, err) = thidua(&init);
    assert_eq!(exit, Some(0), "{err}");
    assert!(out.contains("tables.doanh_nghiep.columns.mst: have the short codes lost zeros?"), "{out}");
    let (exit, out, err) = thidua(&["evaluate", &draft]);
    assert!(exit == Some(1) && out.contains("CĐ ngành Giáo dục"), "{err}");
    let before = fs::read(format!("{draft}/tables.toml")).unwrap();
    let (exit, _, err) = thidua(&init);
    assert!(exit == Some(2) && err.contains("[exists-already]"), "{err}");
    assert_eq!(fs::read(format!("{draft}/tables.toml")).unwrap(), before);
    let vietnamese = dir.path().join("vi").display().to_string();
    let (_, out, _) = thidua(&["init", &files[0], "--dir", &vietnamese, "--lang", "vi"]);
    assert!(out.contains("Hãy xem lại các phỏng đoán sau:"), "{out}");
}

#[test]
fn a_workbook_goes_out_with_faults_and_sources() {
    let dir = faulty();
    let (campaign, file) = (dir.path().display().to_string(), dir.path().join("out.xlsx"));
    let args = [
        "evaluate",
        &campaign,
        "--set",
        "levels.units.cluster=grade",
        "--format",
        "xlsx",
        "--output",
        file.to_str().unwrap(),
    ];
    assert_eq!(thidua(&args).0, Some(1));
    let first = fs::read(&file).unwrap();
    assert_eq!(thidua(&args).0, Some(1));
    assert_eq!(fs::read(&file).unwrap(), first);
    let faults = thidua(&["convert", file.to_str().unwrap(), "--sheet", "Faults"]).1;
    assert!(faults.contains("fault,unknown-word,") && faults.contains(",god,"), "{faults}");
    let sources = thidua(&["convert", file.to_str().unwrap(), "--sheet", "Sources"]).1;
    assert!(sources.contains("units.csv,2,1,0,0,1,1,1,"), "{sources}");
}

/// A flag of a row is carried to the verdicts of the units above it whose rules read that table, and to no others.
#[test]
fn provisional_figures_carry_their_flag_to_the_verdict() {
    let dir = tiny_with(
        "data/firms.csv",
        b"tax_code,unit,workers,founded,has_union,estimate\n001,A,40,2020-01-01,true,false\n003,B,60,2022-01-01,true,true\n",
    );
    let tables = fs::read_to_string(dir.path().join("tables.toml")).unwrap();
    let tables = tables.replace("no_rows = \"none\"", "no_rows = \"none\"\nprovisional = \"estimate\"")
        + "estimate = { type = \"flag\" }\n";
    fs::write(dir.path().join("tables.toml"), tables).unwrap();
    let campaign = fs::read_to_string(dir.path().join("campaign.toml")).unwrap()
        + "[criteria.holds]\nlevels = [\"units\"]\nclause = \"3\"\ncolumn = \"holds\"\npresent = true\n";
    fs::write(dir.path().join("campaign.toml"), campaign).unwrap();
    let run = load::evaluate(&Request { campaign: dir.path().to_path_buf(), ..Request::default() }).unwrap();
    let flags: Vec<_> = run.outcome.levels[0]
        .units
        .lines()
        .map(|unit| (unit.id.clone(), unit.criteria.iter().map(|judged| judged.provisional).collect::<Vec<_>>()))
        .collect();
    assert_eq!(flags, [("A".to_owned(), vec![false, false]), ("B".to_owned(), vec![true, false])]);
    let campaign = dir.path().to_str().unwrap();
    let out = thidua(&["evaluate", campaign, "--unit", "B"]).1;
    assert!(out.contains("met (provisional)"), "{out}");
    let out = thidua(&["explain", campaign, "B"]).1;
    let why =
        ["(provisional)\n", "It is provisional: figures that it rests on", "With provisional figures:\n\n-  003\n"];
    assert!(why.iter().all(|said| out.contains(said)), "{out}");
    assert!(!thidua(&["explain", campaign, "A"]).1.contains("rovisional"));
    let out = thidua(&["evaluate", campaign, "--format", "csv"]).1;
    let notes: Vec<&str> = out.lines().filter(|line| line.ends_with(",provisional")).collect();
    assert!(!notes.is_empty() && notes.iter().all(|line| line.starts_with("units,B,")), "{out}");
    let book = dir.path().join("out.xlsx");
    thidua(&["evaluate", campaign, "--format", "xlsx", "--output", book.to_str().unwrap()]);
    let results = thidua(&["convert", book.to_str().unwrap()]).1;
    let marked: Vec<&str> = results.lines().filter(|line| line.ends_with(",Criteria (1)")).collect();
    assert!(marked.len() == 1 && marked[0].starts_with("units,B,"), "{results}");
}

/// Equal places stay equal; only their names are put in order.
#[test]
fn names_are_listed_in_vietnamese_order() {
    let dir = tempfile::tempdir().unwrap();
    let people = "code,name,team,points\n1,Trần Đức,Cụm 10,5\n2,Lê Dung,Cụm 2,5\n3,Bùi Em,Cụm 2,5\n4,Vũ Dũng,Cụm 2,5\n5,An Đặng,Cụm 2,5\n6,Đỗ Zung,Cụm 2,9\n";
    fs::write(dir.path().join("people.csv"), people).unwrap();
    let campaign = |people: bool| {
        format!(
            "id = \"p\"\nperiod = {{ from = 2026-01-01, to = 2026-12-31, clause = \"1\" }}\ndata = {{ dir = \".\", as_of = 2026-12-31 }}\n\
             [levels.people]\ntable = \"people\"\ncluster = \"team\"\npeople = {people}\nrank = {{ by = [\"points desc\"], ties = \"competition\", clause = \"1\" }}\n\
             [criteria.points]\nlevels = [\"people\"]\ncolumn = \"points\"\nstrength = \"info\"\n\
             [tables.people]\nfile = \"people.csv\"\nkey = \"code\"\nname = \"name\"\n[tables.people.columns]\ncode = {{ type = \"text\" }}\n\
             name = {{ type = \"text\" }}\nteam = {{ type = \"choice\", values = [\"Cụm 2\", \"Cụm 10\"] }}\npoints = {{ type = \"number\" }}\n"
        )
    };
    let listed = |people| {
        fs::write(dir.path().join("campaign.toml"), campaign(people)).unwrap();
        let (exit, out, err) = thidua(&["evaluate", dir.path().to_str().unwrap(), "--format", "markdown"]);
        assert_eq!(exit, Some(0), "{err}");
        let ranking = out.split("Criteria").next().unwrap().to_owned();
        let words = ranking.lines().filter(|line| line.contains("Cụm") || line.contains(" ("));
        let word = |line: &str| {
            if line.starts_with('#') { line.replace('#', "") } else { line.split('|').nth(2).unwrap().to_owned() }
        };
        words.map(|line| word(line).trim().to_owned()).collect::<Vec<_>>().join(", ")
    };
    assert_eq!(
        listed(true),
        "people (6), Cluster Cụm 2, Đỗ Zung (6), Lê Dung (2), Vũ Dũng (4), An Đặng (5), Bùi Em (3), Cluster Cụm 10, Trần Đức (1)"
    );
    assert_eq!(
        listed(false),
        "people (6), Cluster Cụm 2, Đỗ Zung (6), An Đặng (5), Bùi Em (3), Lê Dung (2), Vũ Dũng (4), Cluster Cụm 10, Trần Đức (1)"
    );
}

/// A time of the day, and a number that only looks like a day, are no days.
#[test]
fn what_is_only_formatted_as_a_day_is_none() {
    let mut book = rust_xlsxwriter::Workbook::new();
    let day = rust_xlsxwriter::Format::new().set_num_format("dd/mm/yyyy");
    let sheet = book.add_worksheet();
    for (column, header) in (0..).zip(["Mã đơn vị", "Tên đơn vị", "Số lao động", "Ngày báo cáo", "Đạt"])
    {
        sheet.write_string(0, column, header).unwrap();
    }
    for (row, serial) in (1..).zip([-1.0, 0.0, 0.354, 1.0, 60.0, 45488.75, 2_958_465.0, 2_958_466.0]) {
        sheet.write_string(row, 0, format!("H{row}")).unwrap();
        sheet.write_number_with_format(row, 3, serial, &day).unwrap();
    }
    let (schema, mut faults) = (schema(COLUMNS), Vec::new());
    let bytes = book.save_to_buffer().unwrap();
    let raw = read_file(&schema, schema.find("t").unwrap(), "t", &bytes, &[true; 16], 0, &mut faults).unwrap();
    let days: Vec<Option<String>> = raw.texts().into_iter().map(|(_, cells)| cells[3].clone()).collect();
    let day = |text: &str| Some(text.to_owned());
    assert_eq!(days, [None, None, None, day("1900-01-01"), None, day("2024-07-15"), day("9999-12-31"), None]);
    let places: Vec<String> = faults.iter().map(|fault| fault.to_string().chars().take(15).collect()).collect();
    assert_eq!(places.len(), 5, "{places:?}");
}

/// Three untidy files: codes that lost their zeros in one of them, a table with one row for each unit, a cell that is no
/// day among few. The draft links them, asks about the zeros, and evaluates.
#[test]
fn a_draft_finds_links_whatever_became_of_the_zeros() {
    let dir = tempfile::tempdir().unwrap();
    let units = "DANH SÁCH;;;\n;;;\nSTT;Mã;Tên đơn vị;Kinh phí\nI;;Khối huyện;\n1;1;Đơn vị A;1.250,5\n2;12;Đơn vị B;980\n;;Tổng cộng;2.230,5\n";
    let firms =
        "Mã số thuế,Tên DN,Mã CĐ cấp trên,Số LĐ\n100200300,Một,001,1\n100200301,Hai,001,12\n100200302,Ba,012,1\n";
    let meetings = "Đơn vị\tNgày họp\tSố lớp\n001\t5/3/2024\t1\n012\tchưa họp\t12\n1\t6/5/2024\t1\n12\t6/6/2024\t1\n";
    let files = [("units.csv", units), ("firms.csv", firms), ("meetings.csv", meetings)];
    let paths = files.map(|(name, text)| {
        fs::write(dir.path().join(name), text).unwrap();
        dir.path().join(name)
    });
    let draft = dir.path().join("draft");
    let drafted = load::init(&paths, &draft, Language::En).unwrap();
    let tables = fs::read_to_string(draft.join("tables.toml")).unwrap();
    for said in [
        "ma = { type = \"text\", header = \"Mã\", digits = 3, pad = true }",
        "ma_cd_cap_tren = { type = \"link\", header = \"Mã CĐ cấp trên\", to = \"units\" }",
        "don_vi = { type = \"link\", header = \"Đơn vị\", to = \"units\" }",
        "ma_so_thue = { type = \"text\", header = \"Mã số thuế\", digits = 10, pad = true }",
        "so_lop = { type = \"number\"",
        "ngay_hop = { type = \"date\"",
    ] {
        assert!(tables.contains(said), "{said}\n{tables}");
    }
    assert!(
        drafted.questions.iter().any(|question| question.contains("units.columns.ma: have the short codes lost zeros"))
    );
    let run = load::evaluate(&Request { campaign: draft, ..Request::default() }).unwrap();
    let set_aside: Vec<usize> = run.outcome.data.iter().map(|intake| intake.set_aside).collect();
    assert_eq!((set_aside, run.outcome.levels[0].units.len()), (vec![0, 0, 0], 2));
}
