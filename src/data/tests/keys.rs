//! Keys that stand twice, and names of rows without a key.

use crate::data::testing::{
    FIRMS, Loaded, UNIONS, column, link, load, read_all, rows, schema, sentences, table, text, told, under,
};
use crate::data::{assemble, from_rows};
use crate::schema::{Kind, Schema, TableId};
use crate::value::Day;

#[test]
fn repeated_keys_name_their_lines_and_columns() {
    let firms = FIRMS.to_owned() + "001,A,30,,Có,good,B\n\n001,A,31,,Không,good,B\n";
    let faults = load(&schema(), &[("unions", UNIONS), ("firms", &firms)]).faults;
    assert_eq!(
        sentences(&faults),
        [
            "key `001` stands on lines 2 and 4 with different cells; those that differ are taken as unknown: Workers, State"
        ]
    );
}

#[test]
fn a_repeated_key_that_others_point_to_stops() {
    let unions = "Code,Name\nA,Alpha\nB,Beta\nA,Alpha\nB,Other\n";
    let Loaded { dataset, faults } = load(&schema(), &[("unions", unions)]);
    assert!(dataset.is_none());
    assert_eq!(
        told(&faults),
        ["repeated-key-stops unions.csv:4 [Code] «A»", "repeated-key-stops unions.csv:5 [Code] «B»"]
    );
}

#[test]
fn a_key_of_several_columns_is_compared_as_a_whole() {
    let schema = schema();
    let plans = "Year,Union,Plan\n2023,A,1\n2024,A,2\n2024.0,A,2\n2024,B,3\n,B,4\n";
    let Loaded { dataset, faults } = load(&schema, &[("unions", UNIONS), ("plans", plans)]);
    assert_eq!(told(&faults), ["blank-key plans.csv:6 [Year] «»", "repeated-row plans.csv:4 [Union] «A»"]);
    let expected = ["A / 2023: @A 2023 1", "A / 2024: @A 2024 2", "B / 2024: @B 2024 3"];
    assert_eq!(rows(&schema, &dataset.unwrap(), "plans"), expected);
}

#[test]
fn rows_without_a_key_are_named_by_line_or_row() {
    let schema = schema();
    let visits = "Union,People\nA,1\n\nA,1\n";
    let dataset = load(&schema, &[("unions", UNIONS), ("visits", visits)]).dataset.unwrap();
    assert_eq!(rows(&schema, &dataset, "visits"), ["line 2: @A 1", "line 4: @A 1"]);

    let mut faults = Vec::new();
    let unions = read_all(&schema, "unions", UNIONS.as_bytes(), &mut faults).unwrap();
    let given = [vec![Some("A".to_owned()), Some("x".to_owned())], vec![Some("B".to_owned())], vec![]];
    let visits = from_rows(&schema, TableId(2), "case", &given, &[true; 2], &mut faults);
    let dataset = assemble(&schema, vec![visits, unions], Day::from_days(0), &mut faults).unwrap();
    assert_eq!(rows(&schema, &dataset, "visits"), ["row 1: @A ?", "row 2: @B ?"]);
    assert_eq!(told(&faults), ["not-a-number case:0 [People] «x»", "parent-blank case:0 [Union] «»"]);
    assert_eq!(faults.first().map(|fault| fault.place.to_string()).as_deref(), Some("case, row 1"));
}

#[test]
fn nothing_can_point_to_a_row_whose_key_is_faulty() {
    let units = table("units", 1, vec![column("Code", Kind::Text { digits: Some(2) })]);
    let members = under(1, table("members", 1, vec![column("Id", text()), column("Unit", link(0))]));
    let schema = Schema { tables: vec![units, members] };
    let files = [("units", "Code\n1\n2\n03\n"), ("members", "Id,Unit\na,line 2\nb,03\n")];
    let Loaded { dataset, faults } = load(&schema, &files);
    assert_eq!(
        told(&faults),
        [
            "wrong-length units.csv:2 [Code] «1»",
            "wrong-length units.csv:3 [Code] «2»",
            "parent-not-found members.csv:2 [Unit] «line 2»",
        ]
    );
    let dataset = dataset.unwrap();
    assert_eq!(rows(&schema, &dataset, "units"), ["line 2: ?", "line 3: ?", "03: 03"]);
    assert_eq!(rows(&schema, &dataset, "members"), ["b: b @03"]);
}

#[test]
fn keys_that_only_look_alike_are_different() {
    let schema = Schema { tables: vec![table("plans", 2, vec![column("Unit", text()), column("Item", text())])] };
    let Loaded { dataset, faults } = load(&schema, &[("plans", "Unit,Item\na / b,c\na,b / c\nab,c\na,bc\n")]);
    assert_eq!(faults, []);
    let expected = ["a / b / c: a / b c", "a / b / c: a b / c", "ab / c: ab c", "a / bc: a bc"];
    assert_eq!(rows(&schema, &dataset.unwrap(), "plans"), expected);
}
