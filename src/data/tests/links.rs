//! Links, and tables that hang on themselves.

use crate::data::testing::{
    Loaded, UNIONS, blank_none, blank_text, column, districts, link, load, rows, schema, sentences, table, text, told,
    under,
};
use crate::diagnostic::Language;
use crate::schema::{Blank, ColumnId, ColumnSchema, Kind, Schema, TableId, Validity};

#[test]
fn a_table_may_hang_on_itself() {
    let schema = districts();
    let files = [("districts", "Code,Above\nA2,A1\nA1,\nB2,B1\nB3,B2\nB4\n"), ("clubs", "Club,District\nx,A2\ny,B3\n")];
    let Loaded { dataset, faults } = load(&schema, &files);
    assert_eq!(
        told(&faults),
        [
            "too-few-cells districts.csv:6",
            "parent-not-found districts.csv:4 [Above] «B1»",
            "parent-blank districts.csv:6 [Above] «»",
            "parent-not-found districts.csv:5 [Above] «B2»",
            "parent-not-found clubs.csv:3 [District] «B3»",
        ]
    );
    assert!(faults.iter().all(|fault| fault.help(Language::En).is_empty()), "{faults:?}");
    let dataset = dataset.unwrap();
    assert_eq!(rows(&schema, &dataset, "districts"), ["A2: A2 @A1", "A1: A1 -"]);
    assert_eq!(rows(&schema, &dataset, "clubs"), ["x: x @A2"]);
}

#[test]
fn what_hangs_on_a_unit_ends_with_it_and_is_no_fault() {
    // Unions with a life; visits belong to unions.
    let mut schema = schema();
    let life = |header| column(header, Kind::Date { future: true });
    schema.tables[0].columns.extend([life("From"), life("To")]);
    let last = schema.tables[0].columns.len();
    schema.tables[0].columns[last - 1].blank = Blank::None;
    schema.tables[0].valid = Validity { from: Some(ColumnId(last - 2)), to: Some(ColumnId(last - 1)) };
    let header = UNIONS.lines().next().unwrap();
    let row = UNIONS.lines().nth(1).unwrap();
    let key = row.split(',').next().unwrap();
    let unions = |from: &str, to: &str| format!("{header},From,To\n{row},{from},{to}\n");
    let visits = format!("Union,People\n{key},1\nnowhere,2\n");
    let evaluated = |unions: &str| load(&schema, &[("unions", unions), ("visits", &visits)]);

    let there = evaluated(&unions("2020-01-01", ""));
    assert_eq!(told(&there.faults), ["parent-not-found visits.csv:3 [Union] «nowhere»"]);
    for (from, to) in [("2020-01-01", "2020-12-31"), ("2999-01-01", "")] {
        let gone = evaluated(&unions(from, to));
        assert_eq!(told(&gone.faults), ["parent-not-found visits.csv:3 [Union] «nowhere»"]);
        let visits = gone.dataset.unwrap().table(TableId(2)).intake.clone();
        assert_eq!((visits.rows, visits.set_aside, visits.absent), (2, 1, 1));
    }
}

#[test]
fn a_name_in_place_of_a_code_is_a_hint_and_never_a_match() {
    let mut schema = schema();
    schema.tables[0].name = Some(ColumnId(1));
    let unions = "Code,Name\nH01,Huyện Bát Xát\nH02,Đoàn kết\nH03,Đoàn Kết\n";
    let visits = "Union,People\nhuyen bat xat,1\nĐoàn kết,2\n";
    let loaded = load(&schema, &[("unions", unions), ("visits", visits)]);
    assert_eq!(
        told(&loaded.faults),
        ["parent-not-found visits.csv:2 [Union] «huyen bat xat»", "parent-not-found visits.csv:3 [Union] «Đoàn kết»"]
    );
    let help: Vec<_> = loaded.faults.iter().map(|fault| fault.help(Language::En)).collect();
    assert_eq!(help, [vec!["did you mean `H01`?".to_owned()], vec![]]);
}

#[test]
fn only_a_table_that_hangs_on_itself_has_roots() {
    let mut schema = schema();
    schema.tables[2].columns[0].blank = Blank::None;
    let Loaded { dataset, faults } = load(&schema, &[("unions", UNIONS), ("visits", "Union,People\n,1\n")]);
    assert_eq!(told(&faults), ["parent-blank visits.csv:2 [Union] «»"]);
    assert_eq!(dataset.unwrap().table(TableId(2)).rows, 0);
}

#[test]
fn parents_in_a_circle_stop() {
    let Loaded { dataset, faults } = load(&districts(), &[("districts", "Code,Above\nR,\nA,C\nB,A\nC,B\nD,C\n")]);
    assert!(dataset.is_none());
    assert_eq!(told(&faults), ["parent-cycle districts.csv:3 [Above] «C»"]);
    assert_eq!(sentences(&faults), ["the parents go in a circle: A → C → B → A; evaluation stops"]);

    let long: String = (0..12).map(|at| format!("{at},{}", (at + 1) % 12)).collect::<Vec<_>>().join("\n");
    let faults = load(&districts(), &[("districts", &("Code,Above\n".to_owned() + &long))]).faults;
    let path = "0 → 1 → 2 → 3 → 4 → 5 → 6 → 7 → 8 → 9 → … → 0";
    assert_eq!(sentences(&faults), [format!("the parents go in a circle: {path}; evaluation stops")]);

    let circle = |id, to| under(1, table(id, 1, vec![column("Code", text()), column("Above", link(to))]));
    let Loaded { dataset, faults } = load(&Schema { tables: vec![circle("a", 1), circle("b", 0)] }, &[]);
    assert!(dataset.is_none());
    assert_eq!(sentences(&faults), ["the parents go in a circle: a → b → a; evaluation stops"]);
}

#[test]
fn a_link_needs_a_table_with_one_key_column() {
    let mut schema = schema();
    schema.tables.push(table("notes", 0, vec![column("Plan", link(3)), column("Visit", link(2))]));
    let Loaded { dataset, faults } = load(&schema, &[("unions", UNIONS), ("notes", "Plan,Visit\n")]);
    assert!(dataset.is_none());
    assert_eq!(told(&faults), ["link-without-key", "link-without-key"]);
}

type Change = fn(ColumnSchema) -> ColumnSchema;

#[test]
fn blank_links_follow_their_column() {
    let units = table("units", 1, vec![column("Code", text())]);
    let linking = |blank: fn(ColumnSchema) -> ColumnSchema| {
        under(1, table("rows", 1, vec![column("Id", text()), column("Unit", link(0)), blank(column("Other", link(0)))]))
    };
    let cases: [(Change, &str); 3] =
        [(|column| column, "1: 1 @A ?"), (blank_none, "1: 1 @A -"), (|column| blank_text("A", column), "1: 1 @A @A")];
    for (blank, expected) in cases {
        let schema = Schema { tables: vec![units.clone(), linking(blank)] };
        let Loaded { dataset, faults } = load(&schema, &[("units", "Code\nA\n"), ("rows", "Id,Unit,Other\n1,A,\n")]);
        assert_eq!((faults, rows(&schema, &dataset.unwrap(), "rows")), (vec![], vec![expected.to_owned()]));
    }
}

#[test]
fn a_missing_parent_is_looked_for_among_those_that_count() {
    let unions = "Code,Name\nLC-SaPa,x\nLC-BatXat,y\n";
    let visits = "Union,People\nLC-SaPha,1\nnowhere,1\n";
    let faults = load(&schema(), &[("unions", unions), ("visits", visits)]).faults;
    let help: Vec<_> = faults.iter().map(|fault| fault.help(Language::En)).collect();
    assert_eq!(help, [vec!["did you mean `LC-SaPa`?".to_owned()], vec![]]);
}

/// Unions whose codes have so many digits, if that is declared, put back or not; firms and their sponsors.
fn coded(digits: Option<usize>, pad: bool) -> Schema {
    let mut schema = schema();
    let code = &mut schema.tables[0].columns[0];
    (code.kind, code.writing.pad) = (Kind::Text { digits }, pad);
    schema
}

const CODED: &str = "Code,Name\n001,Alpha\n012,Beta\n";
const VISITS: &str = "Union,People\n1,1\n12,2\n1,3\n";

#[test]
fn links_that_lost_their_zeros_are_one_finding_with_the_padding_that_mends_it() {
    for digits in [None, Some(3)] {
        let lost = load(&coded(digits, false), &[("unions", CODED), ("visits", VISITS)]);
        assert_eq!(told(&lost.faults), ["parent-lost-zeros visits.csv:2 [Union] «1»"]);
        let said = "3 codes in `Union` are in `unions` only with other zeros in front, `1` as `001`; the rows are set \
                    aside and count for none";
        assert_eq!(lost.faults[0].message(Language::En), said);
        assert!(
            lost.faults[0].help(Language::En)[0].starts_with("with `digits = 3` and `pad = true` in the column `code`")
        );
        let intake = &lost.dataset.unwrap().table(TableId(2)).intake.clone();
        assert_eq!((intake.faults, intake.set_aside, intake.rows_in_doubt), (3, 3, 3));
    }
    let mended = load(&coded(Some(3), true), &[("unions", CODED), ("visits", VISITS)]);
    assert_eq!(told(&mended.faults), Vec::<String>::new());
    let dataset = mended.dataset.unwrap();
    assert_eq!(rows(&coded(None, false), &dataset, "visits"), ["line 2: @001 1", "line 3: @012 2", "line 4: @001 3"]);
    assert_eq!(dataset.table(TableId(2)).intake.found.padded, [("Union".to_owned(), 3)]);
}

#[test]
fn zeros_may_be_lost_on_either_side_or_on_both() {
    // The list of units lost them, the links did not.
    let (short, whole) = ("Code,Name\n1,Alpha\n12,Beta\n", "Union,People\n001,1\n012,2\n");
    let lost = load(&coded(None, false), &[("unions", short), ("visits", whole)]);
    assert_eq!(told(&lost.faults), ["parent-lost-zeros visits.csv:2 [Union] «001»"]);
    assert!(lost.faults[0].help(Language::En)[0].contains("`digits = 3`"));
    // Both lost them, and the codes are declared: the column of keys, and the column of links.
    let both = load(&coded(Some(3), false), &[("unions", short), ("visits", VISITS)]);
    let expected = ["codes-lost-zeros unions.csv:2 [Code] «1»", "parent-lost-zeros visits.csv:2 [Union] «1»"];
    assert_eq!(told(&both.faults), expected);
    let mended = load(&coded(Some(3), true), &[("unions", short), ("visits", VISITS)]);
    assert_eq!((told(&mended.faults).len(), mended.dataset.unwrap().table(TableId(2)).rows), (0, 3));
}

#[test]
fn what_zeros_do_not_explain_is_told_row_by_row() {
    let firms = "MST,Union,Workers,Founded,State,Grade,Sponsor\n\
        101,001,1,,,,12\n102,001,1,,,,12\n103,012,1,,,,x\n104,9,1,,,,\n105,1,1,,,,\n";
    let Loaded { faults, dataset } = load(&coded(None, false), &[("unions", CODED), ("firms", firms)]);
    let expected = [
        "parent-not-found firms.csv:5 [Union] «9»",
        "parent-not-found firms.csv:6 [Union] «1»",
        "link-not-found firms.csv:4 [Sponsor] «x»",
        "link-lost-zeros firms.csv:2 [Sponsor] «12»",
    ];
    assert_eq!(told(&faults), expected);
    // One code may be a mistake in typing; what it may mean is a hint.
    assert_eq!(faults[1].help(Language::En), ["did you mean `001`?"]);
    let intake = &dataset.unwrap().table(TableId(1)).intake.clone();
    assert_eq!((intake.faults, intake.cells_in_doubt, intake.rows_in_doubt), (5, 3, 5));
    // Two keys that differ in their zeros only: neither is named by what is left of them, and padding would make them one.
    let uneven = "Code,Name\n01,Alpha\n012,Beta\n0012,Gamma\n";
    let lost = load(&coded(None, false), &[("unions", uneven), ("visits", "Union,People\n1,1\n12,2\n1,3\n")]);
    assert_eq!(
        told(&lost.faults),
        ["parent-not-found visits.csv:3 [Union] «12»", "parent-lost-zeros visits.csv:2 [Union] «1»"]
    );
    assert_eq!(lost.faults[1].help(Language::En), ["write the codes as texts, with their zeros"]);
}
