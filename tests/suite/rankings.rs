//! Rankings of other disciplines, as their rules say them, against what was published; where the data are invented,
//! against sums made by hand.
//!
//! Each campaign in `tests/fixtures/rankings` is written as a user would, and holds what is claimed of the language: at
//! most 60 lines of TOML, the tables among them, and 40 of rhai. Blank lines and lines of comment are not counted. People
//! have other names than in what was published.

use std::fs;
use std::path::Path;

use thidua::load::{Request, check, evaluate};
use thidua::report::csv::csv;

const MOST_TOML: usize = 60;
const MOST_RHAI: usize = 40;

/// The lines that say something.
fn lines(dir: &Path, extension: &str, comment: &str) -> usize {
    let files = fs::read_dir(dir).unwrap().map(|entry| entry.unwrap().path());
    let files = files.filter(|file| file.extension().is_some_and(|found| found == extension));
    let said = |line: &&str| !line.trim().is_empty() && !line.trim().starts_with(comment);
    files.map(|file| fs::read_to_string(file).unwrap().lines().filter(said).count()).sum()
}

/// A line of the outcome as its first columns say it: the level, the unit, of what kind it is, the item, the value.
type Line = [String; 5];

fn evaluated(dir: &Path) -> Vec<Line> {
    let request = Request { campaign: dir.into(), ..Request::default() };
    let run = evaluate(&request).unwrap_or_else(|why| panic!("{}: {why:?}", dir.display()));
    assert_eq!(run.faults, [], "{}", dir.display());
    let mut written = Vec::new();
    csv(&run.outcome, &mut written).unwrap();
    let mut reader = csv::ReaderBuilder::new().flexible(true).from_reader(written.as_slice());
    let headers = reader.headers().unwrap().clone();
    let at = |name: &str| headers.iter().position(|header| header == name).unwrap();
    let columns = ["level", "unit", "kind", "item", "value"].map(at);
    let verdict = at("verdict");
    let line = |record: csv::StringRecord| {
        let mut line = columns.map(|column| record[column].to_owned());
        if line[4].is_empty() {
            record[verdict].clone_into(&mut line[4]);
        }
        line
    };
    reader.records().map(|record| line(record.unwrap())).collect()
}

/// Evaluates a campaign, and holds every line that was expected against what came out.
fn says_what_was_published(name: &str) {
    let dir = Path::new("tests/fixtures/rankings").join(name);
    let (toml, rhai) = (lines(&dir, "toml", "#"), lines(&dir, "rhai", "//"));
    assert!(
        (1..=MOST_TOML).contains(&toml) && (1..=MOST_RHAI).contains(&rhai),
        "{name}: {toml} of TOML, {rhai} of rhai"
    );
    let plan = check(&Request { campaign: dir.clone(), ..Request::default() }).unwrap();
    assert_eq!(plan.warnings, [], "{name}");
    let found = evaluated(&dir);
    let mut reader = csv::Reader::from_path(dir.join("expected.csv")).unwrap();
    let mut count = 0;
    for expected in reader.records() {
        let expected: Vec<_> = expected.unwrap().iter().map(str::to_owned).collect();
        assert!(found.iter().any(|line| line.as_slice() == expected), "{name}: {expected:?} is not among\n{found:#?}");
        count += 1;
    }
    assert!(count > 5, "{name}: only {count} lines are expected");
}

/// Three teams of one group with five points each: the games among them decide, then the goals in these. Published by
/// UEFA, Regulations of the UEFA European Football Championship 2002/04, article 7.07, and the results of group C.
#[test]
fn football_goes_by_the_games_among_the_tied() {
    says_what_was_published("euro-2004");
}

/// Points by place and for the fastest lap, a shared drive shares them, the best four races count. Published by the FIA,
/// world championship of drivers 1950.
#[test]
fn formula_one_counts_the_best_four_races() {
    says_what_was_published("formula-one-1950");
}

/// `floor(a × (b − time)^c)` by the tables of the IAAF of 1985, for the decathlons of Götzis 2001, Beijing 2015 and
/// Talence 2018, of 9026, 9045 and 9126 points; each athlete is called by the year.
#[test]
fn a_decathlon_adds_up_powers_of_its_marks() {
    says_what_was_published("decathlon");
}

/// The geometric mean of three indices, one of them of logarithms. Published by the UNDP, Human Development Report 2020,
/// table 1 and technical note 1; only countries whose rounded figures give the index that was published.
#[test]
fn human_development_is_a_geometric_mean_with_logarithms() {
    says_what_was_published("human-development");
}

/// Ten seats by the quota of Hare, the example that textbooks print: 47,000, 16,000, 15,800, 12,000, 6,100 and 3,100 votes.
#[test]
fn seats_go_to_the_largest_remainders() {
    says_what_was_published("largest-remainder");
}

/// Two jumps, five judges of whom the highest and the lowest note do not count, and a cup over many days that gives
/// points by place. The jumps are invented, and were added up by hand.
#[test]
fn ski_jumping_leaves_out_two_judges_and_ranks_twice() {
    says_what_was_published("ski-jumping");
}
