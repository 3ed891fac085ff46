//! The job for those who call a rules engine for every row: what is read, counted, scored and ranked beside it.

use std::collections::HashMap;
use std::error::Error;
use std::fmt::Write;
use std::path::Path;
use std::time::Instant;

pub type Anything<T> = Result<T, Box<dyn Error>>;

/// A firm, parsed; days as in `20240930`.
#[derive(Clone, Debug)]
pub struct Firm {
    pub sector: String,
    pub state_owned: bool,
    pub workers: i64,
    pub members: Option<i64>,
    pub trained: i64,
    pub has_union: bool,
    pub held_on: Option<i64>,
    pub agreed_on: Option<i64>,
    pub wage: f64,
    pub accidents: i64,
}

/// Of each criterion: its target in percent. All are worth ten points.
pub const TARGETS: [i64; 10] = [95, 90, 80, 85, 70, 98, 60, 95, 50, 75];

/// Rows of the population and those of them with the property, by criterion.
type Counts = [(i64, i64); 10];

/// Whoever answers, for a row, what each criterion asks: whether it counts, and whether it has the property.
pub trait Rows {
    /// Goes on to a row.
    fn begin(&mut self, firm: &Firm);
    /// What a criterion asks of it.
    fn answer(&mut self, criterion: usize) -> Anything<(bool, bool)>;
}

/// Does the whole job in a folder, writes the ranking, and prints the seconds that it took.
pub fn run(rows: impl FnOnce() -> Anything<Box<dyn Rows>>) -> Anything<()> {
    let arguments: Vec<String> = std::env::args().collect();
    let (folder, out) = (Path::new(&arguments[1]), &arguments[2]);
    let started = Instant::now();
    let mut rows = rows()?;
    let mut counts: HashMap<String, Counts> = HashMap::new();
    let mut reader = csv::Reader::from_path(folder.join("firms.csv"))?;
    let mut record = csv::StringRecord::new();
    while reader.read_record(&mut record)? {
        let firm = firm(&record)?;
        if !counts.contains_key(&record[1]) {
            counts.insert(record[1].to_owned(), Counts::default());
        }
        let of_unit = counts.get_mut(&record[1]).ok_or("a unit")?;
        rows.begin(&firm);
        for (criterion, (of, met)) in of_unit.iter_mut().enumerate() {
            let (counts, has) = rows.answer(criterion)?;
            *of += i64::from(counts);
            *met += i64::from(counts && has);
        }
    }
    std::fs::write(out, ranking(folder, &counts)?)?;
    println!("{}", started.elapsed().as_secs_f64());
    Ok(())
}

fn firm(record: &csv::StringRecord) -> Anything<Firm> {
    let day = |text: &str| -> Anything<Option<i64>> {
        if text.is_empty() { Ok(None) } else { Ok(Some(text.replace('-', "").parse()?)) }
    };
    Ok(Firm {
        sector: record[4].to_owned(),
        state_owned: record[5].parse()?,
        workers: record[6].parse()?,
        members: if record[7].is_empty() { None } else { Some(record[7].parse()?) },
        trained: record[8].parse()?,
        has_union: record[9].parse()?,
        held_on: day(&record[10])?,
        agreed_on: day(&record[11])?,
        wage: record[12].parse()?,
        accidents: record[13].parse()?,
    })
}

fn ranking(folder: &Path, counts: &HashMap<String, Counts>) -> Anything<String> {
    let mut units = csv::Reader::from_path(folder.join("units.csv"))?;
    let mut scored: Vec<(String, String, i64)> = Vec::new();
    for unit in units.records() {
        let unit = unit?;
        let counts = counts.get(&unit[0]).copied().unwrap_or_default();
        let score = counts.iter().zip(TARGETS).map(|((of, met), target)| points(*of, *met, target)).sum();
        scored.push((unit[0].to_owned(), unit[1].to_owned(), score));
    }
    scored.sort();
    let mut clusters: HashMap<&str, Vec<i64>> = HashMap::new();
    for (_, cluster, score) in &scored {
        clusters.entry(cluster).or_default().push(*score);
    }
    clusters.values_mut().for_each(|scores| scores.sort_unstable_by_key(|score| -score));
    let mut text = String::new();
    for (unit, cluster, score) in &scored {
        let rank = 1 + clusters[cluster.as_str()].partition_point(|other| other > score);
        writeln!(text, "{unit},{cluster},{score},{rank},{}", *score >= 8500 && rank <= 3)?;
    }
    Ok(text)
}

/// Hundredths of ten points, a half rounded up.
fn points(of: i64, met: i64, target: i64) -> i64 {
    const FULL: i64 = 1000;
    if of == 0 || 100 * met >= target * of { FULL } else { (200 * FULL * met + of * target) / (2 * of * target) }
}
