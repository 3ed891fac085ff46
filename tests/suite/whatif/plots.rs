//! Pictures: the same bytes each time, with names as they are spelled.

use std::fs;
use std::path::Path;

use thidua::diagnostic::Language;
use thidua::load;
use thidua::report::plot::{self, Plot};
use thidua::scenario::{Base, Goal, MOST_CELLS, Over, Question, Vary, Weights, compare, map, robust, seek, sweep};
use thidua::value::Number;

use super::base;

const LAO_CAI: &str = "rules/lao-cai-2024";
const SNAPSHOTS: &str = "tests/snapshots/plots";

/// Holds a picture and its figures against those in the repository; `THIDUA_ACCEPT` writes them anew.
#[expect(clippy::disallowed_methods, reason = "snapshots are accepted by hand")]
fn checked(name: &str, plot: &Plot) {
    let accept = std::env::var_os("THIDUA_ACCEPT").is_some();
    for (ending, bytes) in [("svg", plot.svg.as_bytes()), ("csv", plot.csv.as_slice())] {
        let file = Path::new(SNAPSHOTS).join(format!("{name}.{ending}"));
        if accept {
            fs::create_dir_all(SNAPSHOTS).unwrap();
            fs::write(&file, bytes).unwrap();
        }
        let known = fs::read(&file).unwrap_or_default();
        assert!(known == bytes, "{} is drawn otherwise", file.display());
    }
    well_formed(&plot.svg);
}

/// Every element is closed in its order, and no name breaks out of its text.
fn well_formed(svg: &str) {
    let mut open = Vec::new();
    for part in svg.split('<').skip(1) {
        let (tag, text) = part.split_once('>').expect("a tag ends");
        assert!(!text.contains('&') || text.contains(';'), "{text}");
        if let Some(name) = tag.strip_prefix('/') {
            assert_eq!(open.pop(), Some(name), "{part}");
        } else if !tag.ends_with('/') {
            open.push(tag.split(' ').next().unwrap_or_default());
        }
    }
    assert_eq!(open, [""; 0]);
}

fn twenty(base: &Base, language: Language) -> Plot {
    let scenario = load::scenario(Path::new(LAO_CAI), Path::new("twenty-workers")).unwrap();
    let compared = compare(base, &[scenario]).unwrap();
    plot::compared(&compared, language).unwrap()
}

fn over(text: &str) -> Over {
    Over::parse(text, Weights::Absolute, &mut Vec::new()).unwrap()
}

#[test]
fn pictures_are_those_in_the_repository() {
    let base = base(Path::new(LAO_CAI));
    let language = Language::Vi;
    checked("slope", &twenty(&base, language));
    let swept = sweep(&base, &over("params.large_firm=15..40")).unwrap();
    checked("steps", &plot::swept(&swept, language).unwrap());
    let part = |of| Number::ratio(1, of).unwrap();
    let vary = Vary { by: part(100), draws: 20, seed: 7, near: part(200), ..Vary::default() };
    checked("intervals", &plot::robust(&robust(&base, vary).unwrap(), language).unwrap());
    let overs = [over("params.large_firm=21..24"), over("criteria.union_coverage.at_least=94%..98%")];
    checked("map", &plot::mapped(&map(&base, &overs, MOST_CELLS).unwrap(), language).unwrap());
    let goal = Goal::Award("commendation".to_owned());
    let question = Question { unit: Some("H06".to_owned()), level: None, goal, most: 1_000 };
    let columns =
        load::columns_of_moves(&load::Request { campaign: LAO_CAI.into(), ..load::Request::default() }).unwrap();
    let request = load::Request { campaign: LAO_CAI.into(), threads: 1, ..load::Request::default() };
    let base = load::base(&request, &[], &[], &columns).unwrap_or_else(|_| panic!("it is sound"));
    checked("waterfall", &plot::sought(&seek(&base, &question).unwrap(), language).unwrap());
}

#[test]
fn threads_and_language_change_no_figures() {
    let base = base(Path::new(LAO_CAI));
    let (vi, en) = (twenty(&base, Language::Vi), twenty(&base, Language::En));
    assert_eq!(vi, twenty(&base, Language::Vi));
    assert_eq!(vi.csv, en.csv);
    assert_ne!(vi.svg, en.svg);
}

#[test]
fn names_are_composed_and_escaped() {
    // What is written in two letters is one in the picture; what a name says never becomes a tag.
    let name = "La\u{300}o Cai <b> & \"Sa Pa\"";
    let edit = thidua::patch::parse_edit(&format!("unions[H02].name={name}"), &mut Vec::new()).unwrap();
    let request = load::Request { campaign: LAO_CAI.into(), threads: 1, ..load::Request::default() };
    let base = load::base(&request, &[edit], &[], &[]).unwrap_or_else(|_| panic!("it is sound"));
    let plot = twenty(&base, Language::Vi);
    well_formed(&plot.svg);
    assert!(plot.svg.contains("Lào Cai &lt;b&gt; &amp; "), "{}", plot.svg);
    assert!(!plot.svg.contains("<b>"));
    assert!(!plot.svg.contains('\u{300}'));
}
