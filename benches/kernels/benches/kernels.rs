//! The steps of an evaluation by the clock: `cargo bench --manifest-path benches/kernels/Cargo.toml`.

use std::path::{Path, PathBuf};
use std::process::Command;

use criterion::{BatchSize, Criterion, Throughput, criterion_group, criterion_main};
use thidua_kernels::Job;

const ROWS: u64 = 100_000;

/// A folder of generated data.
fn job(name: &str, arguments: &[&str]) -> Job {
    let folder = PathBuf::from(env!("CARGO_TARGET_TMPDIR")).join(name);
    let generator = Path::new(env!("CARGO_MANIFEST_DIR")).join("../peers/generate.py");
    let made = Command::new("python3").arg(generator).args(arguments).arg(&folder).arg(ROWS.to_string()).status();
    assert!(made.expect("there is a python3").success());
    Job::open(&folder)
}

fn steps(criterion: &mut Criterion) {
    let (firms, level) = (job("firms", &[]), job("level", &["--level"]));
    let mut group = criterion.benchmark_group("a hundred thousand rows");
    group.throughput(Throughput::Elements(ROWS)).sample_size(10);
    group.bench_function("ingest", |bencher| bencher.iter(|| firms.ingest()));
    group.bench_function("assemble", |bencher| {
        bencher.iter_batched(|| firms.ingest(), |raw| firms.assemble(raw), BatchSize::PerIteration);
    });
    let data = firms.assemble(firms.ingest());
    group.bench_function("predicates and measures", |bencher| bencher.iter(|| firms.evaluate(&data)));
    let data = level.assemble(level.ingest());
    group.bench_function("judge", |bencher| bencher.iter(|| level.evaluate(&data)));
    group.finish();
}

criterion_group!(benches, steps);
criterion_main!(benches);
