//! A whole evaluation, from the files to the CSV, with rows that pass or rows that are kept, as explanations and
//! scenarios need them: `thidua-keeping FOLDER passing|kept FILE`. What `run.py` holds against each other.

use std::fs::File;

use thidua::load::{Request, Rows, evaluate};
use thidua::report::csv::csv_on;

fn main() {
    let arguments: Vec<String> = std::env::args().collect();
    let [_, folder, rows, file] = arguments.as_slice() else { panic!("FOLDER passing|kept FILE") };
    let rows = match rows.as_str() {
        "passing" => Rows::Counted,
        "kept" => Rows::Kept,
        other => panic!("neither passing nor kept: {other}"),
    };
    let run = evaluate(&Request { campaign: folder.into(), rows, ..Request::default() }).expect("it is sound");
    csv_on(&run.outcome, 0, &mut File::create(file).expect("it can be written")).expect("it can be written");
}
