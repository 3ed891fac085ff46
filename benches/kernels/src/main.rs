//! One step, so many times: what `check.py` counts the instructions of.

use std::hint::black_box;
use std::path::Path;

use thidua_kernels::Job;

fn main() {
    let arguments: Vec<String> = std::env::args().collect();
    let [_, folder, step, times] = arguments.as_slice() else { panic!("FOLDER STEP TIMES") };
    let job = Job::open(Path::new(folder));
    let data = (step != "ingest").then(|| job.assemble(job.ingest()));
    for _ in 0..times.parse().expect("a count") {
        match (step.as_str(), &data) {
            ("ingest", _) => drop(black_box(job.ingest())),
            ("assemble", _) => drop(black_box(job.assemble(job.ingest()))),
            ("evaluate", Some(data)) => drop(black_box(job.evaluate(data))),
            _ => panic!("no such step: {step}"),
        }
    }
}
