//! What is read, what counts, and how much of what is wrong is told.

use crate::data::testing::{
    DATE, FIRMS, Loaded, UNIONS, blank_none, column, link, load, rows, schema, sentences, table, text, told, under,
};
use crate::data::{Intake, read_file};
use crate::schema::{ColumnId, Schema, TableId, TableSchema, Validity};

#[test]
fn only_wanted_columns_are_read_and_those_that_say_which_row_and_whose() {
    let schema = schema();
    let mut faults = Vec::new();
    let firms = "Sponsor,Union,Workers,MST\nZ,A,x,001\n";
    let wanted = [false, false, true];
    let raw = read_file(&schema, TableId(1), "firms.csv", &firms.as_bytes(), &wanted, 0, &mut faults).unwrap();
    let read: Vec<_> = raw.columns.iter().map(Option::is_some).collect();
    assert_eq!(read, [true, true, true, false, false, false, false]);
    assert_eq!((told(&faults), raw.faults), (vec!["not-a-number firms.csv:2 [Workers] «x»".to_owned()], 1));
}

#[test]
fn a_missing_table_is_empty() {
    let schema = schema();
    let Loaded { dataset, faults } = load(&schema, &[("firms", &(FIRMS.to_owned() + "001,A,30,,Có,good,B\n"))]);
    assert_eq!(told(&faults), ["parent-not-found firms.csv:2 [Union] «A»"]);
    let dataset = dataset.unwrap();
    let unions = dataset.table(TableId(0));
    assert_eq!(
        (unions.rows, unions.column(ColumnId(0)).is_none(), unions.intake.file.as_str()),
        (0, true, "unions.csv")
    );
    let Intake { rows, faults, set_aside, cells_in_doubt, .. } = dataset.table(TableId(1)).intake;
    assert_eq!((rows, faults, set_aside, cells_in_doubt), (1, 1, 1, 0));
}

#[test]
fn rows_exist_between_their_days() {
    let columns = vec![column("Code", text()), column("From", DATE), blank_none(column("To", DATE))];
    let valid = Validity { from: Some(ColumnId(1)), to: Some(ColumnId(2)) };
    let units = TableSchema { valid, ..table("units", 1, columns) };
    let members = under(1, table("members", 1, vec![column("Id", text()), column("Unit", link(0))]));
    let schema = Schema { tables: vec![units, members] };
    // Evaluated on 2024-12-31. `moved` is there twice, one after the other; `gone` has a member.
    let units = "Code,From,To\nmoved,2020-01-01,2024-12-30\nmoved,2024-12-31,\nlast,,2024-12-31\ngone,,2024-06-30\n\
        new,2025-01-01,\nodd,x,y\n,,2020-01-01\n";
    let files = [("units", units), ("members", "Id,Unit\n1,moved\n2,gone\n")];
    let Loaded { dataset, faults } = load(&schema, &files);
    assert_eq!(
        told(&faults),
        ["not-a-date units.csv:7 [From] «x»", "not-a-date units.csv:7 [To] «y»", "blank-key units.csv:8 [Code] «»",]
    );
    let dataset = dataset.unwrap();
    let expected = ["moved: moved 2024-12-31 -", "last: last ? 2024-12-31", "odd: odd ? ?"];
    assert_eq!(rows(&schema, &dataset, "units"), expected);
    let intake = &dataset.table(TableId(0)).intake;
    assert_eq!((intake.rows, intake.set_aside, intake.absent), (7, 0, 4));
    assert_eq!(rows(&schema, &dataset, "members"), ["1: 1 @moved"]);
    assert_eq!(dataset.table(TableId(1)).intake.absent, 1, "it ends with its unit");
}

#[test]
fn findings_are_told_up_to_a_limit_and_counted_in_full() {
    let schema = schema();
    let visits = "Union,People\n".to_owned() + &"A,x\n".repeat(2_500) + &"B,1,x\n".repeat(3) + &"C,1\n".repeat(1_001);
    let Loaded { dataset, faults } = load(&schema, &[("unions", UNIONS), ("visits", &visits)]);
    let count = |code: &str| faults.iter().filter(|fault| fault.code() == code).count();
    let counts = ["not-a-number", "too-many-cells", "parent-not-found", "faults-left-out"].map(count);
    assert_eq!(counts, [1_000, 3, 1_000, 2]);
    let left_out: Vec<_> = faults.iter().filter(|fault| fault.code() == "faults-left-out").cloned().collect();
    assert_eq!(
        sentences(&left_out),
        [
            "1500 more findings `not-a-number` are counted but not listed",
            "1 more findings `parent-not-found` are counted but not listed",
        ]
    );
    let Intake { rows, faults, set_aside, cells_in_doubt, .. } = dataset.unwrap().table(TableId(2)).intake;
    assert_eq!((rows, faults, set_aside, cells_in_doubt), (3_504, 2_500 + 3 + 1_001, 1_001, 2_500));
}
