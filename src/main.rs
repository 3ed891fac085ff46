use thidua::diagnostic::Language;
fn main() {
    let request = thidua::load::Request { campaign: std::env::args().nth(1).unwrap().into(), set: std::env::args().skip(2).collect(), ..Default::default() };
    let start = std::time::Instant::now();
    match thidua::load::evaluate(&request) {
        Err(stopped) => for d in stopped.diagnostics { println!("{d} {:?}", d.help(Language::En)) },
        Ok(run) => {
            eprintln!("{:?}", start.elapsed());
            for d in &run.faults { println!("{d}") }
            for d in &run.outcome.warnings { println!("W {d}") }
            for level in &run.outcome.levels {
                for unit in level.units.iter().take(30) {
                    println!("{} {:?} score {:?} rank {:?}", unit.id, unit.cluster, unit.score.map(|s| (s.least.map(|n|n.to_string()), s.greatest.map(|n|n.to_string()))), unit.rank);
                    println!("   {}", unit.criteria.iter().map(|c| c.verdict.id()).collect::<Vec<_>>().join(" "));
                    println!("   {}", unit.awards.iter().map(|c| c.as_ref().map_or("-", |a| a.verdict.id())).collect::<Vec<_>>().join(" "));
                }
            }
        }
    }
}
