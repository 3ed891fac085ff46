//! Awards: quotas of every kind, ties at the cut, awards that exclude and replace each other, chains over years.

use thidua::evaluate::{AwardOutcome, AwardVerdict, Cut};

use crate::campaigns::{Campaign, Dice, Evaluated, Rows, UNKNOWN, number};

/// People with a class, a collective, a mark and two flags; what is said of the award comes after it.
const PEOPLE: &str = r#"
[scales.grade]
poor = {}
good = {}
[tables.people]
file = "people.csv"
key  = "id"
[tables.people.columns]
id         = { type = "text" }
collective = { type = "text", blank = "none" }
class      = { type = "choice", values = ["leader", "worker"] }
mark       = { type = "number", min = 0, max = 9 }
clean      = { type = "flag" }
[levels.people]
table   = "people"
cluster = "collective"
[criteria.mark]
levels = ["people"]
clause = "1"
column = "mark"
"#;

const RULES: &str = "
fn clean() { unit.clean }
fn is_worker() { unit.class == \"worker\" }
fn pot() { if unit.class == \"leader\" { \"leaders\" } else { \"workers\" } }
";

/// An award of people by their marks, with the rest of its table.
fn award(rest: &str) -> Campaign {
    let award = "[awards.medal]\nlevels = [\"people\"]\nrequires = [\"clean\"]\nby = [\"mark desc\"]\n";
    Campaign::new(&format!("{PEOPLE}{award}{rest}"), RULES)
}

fn rows<S: AsRef<str>>(people: impl IntoIterator<Item = S>) -> Rows {
    Rows::default().with("people", people)
}

fn outcome<'e>(evaluated: &'e Evaluated, award: &str, unit: &str) -> Option<&'e AwardOutcome> {
    let level = evaluated.outcome.levels.iter().find(|level| level.id == "people").expect("the level is there");
    let at = level.awards.iter().position(|head| head.id == award).expect("the award is there");
    level.unit(unit).expect("the unit is there").awards.get(at)
}

fn verdict(evaluated: &Evaluated, award: &str, unit: &str) -> &'static str {
    outcome(evaluated, award, unit).expect("it may win").verdict.id()
}

/// The decisions on an award, in the order of the rows.
fn verdicts(evaluated: &Evaluated, award: &str) -> Vec<&'static str> {
    let level = &evaluated.outcome.levels[0];
    let at = level.awards.iter().position(|head| head.id == award).expect("the award is there");
    level.units.lines().map(|unit| unit.awards[at].as_ref().map_or("–", |award| award.verdict.id())).collect()
}

fn cuts(evaluated: &Evaluated) -> &[Cut] {
    &evaluated.outcome.levels[0].awards[0].cuts
}

/// Seven people of one collective, marks 9 down to 3.
fn seven() -> Vec<String> {
    (0..7).map(|at| format!("p{at},a,worker,{},true", 9 - at)).collect()
}

const GRANTED: &str = "granted";
const ELIGIBLE: &str = "eligible";
const TIED: &str = "tied_at_cut";
const OPEN: &str = "undetermined";
const NOT: &str = "not_eligible";

#[test]
fn fifteen_percent_of_seven_is_one_or_two() {
    let winners = |rest: &str| {
        let evaluated =
            award(&format!("quota = [{{ at_most = \"15%\", {rest}, clause = \"1\" }}]")).evaluate(&rows(seven()));
        let cut = cuts(&evaluated)[0].clone();
        let measure = cut.measure.expect("it is a part of a set");
        assert_eq!((measure.of, measure.exact), ((7, 7), Some((number("1.05"), number("1.05")))));
        assert_eq!(Some(cut.places), cut.most_places);
        assert_eq!(cut.granted, verdicts(&evaluated, "medal").iter().filter(|it| **it == GRANTED).count());
        (cut.places, cut.granted)
    };
    assert_eq!(winners("round = \"down\""), (1, 1));
    assert_eq!(winners("round = \"up\""), (2, 2));
    assert_eq!(winners("round = \"half_up\""), (1, 1));
    assert_eq!(winners("round = \"down\", at_least = 3"), (3, 3));
}

#[test]
fn half_a_place_is_one_only_where_the_campaign_says_so() {
    for (round, places) in [("down", 3), ("half_up", 4), ("up", 4)] {
        let quota = format!("quota = [{{ at_most = \"50%\", round = \"{round}\", clause = \"1\" }}]");
        assert_eq!(cuts(&award(&quota).evaluate(&rows(seven())))[0].places, places, "{round}");
    }
}

#[test]
fn a_percentage_is_taken_of_the_set_that_is_named() {
    let quota =
        |of: &str| format!("quota = [{{ at_most = \"50%\", of = \"{of}\", round = \"down\", clause = \"1\" }}]");
    let people = ["a,x,leader,5,true", "b,x,worker,4,true", "c,x,worker,3,false", "d,x,worker,2,true"];
    for (of, set) in [("units", 4), ("eligible", 3), ("is_worker", 3)] {
        let evaluated = award(&quota(of)).evaluate(&rows(people));
        assert_eq!(cuts(&evaluated)[0].measure.map(|it| it.of), Some((set, set)), "{of}");
    }
    // Of another award: those who have it.
    let other = "[awards.base]\nlevels = [\"people\"]\nrequires = [\"is_worker\"]\n";
    let evaluated = award(&(quota("base") + "\n" + other)).evaluate(&rows(people));
    assert_eq!(cuts(&evaluated)[0].measure.map(|it| it.of), Some((3, 3)));
    assert_eq!(verdicts(&evaluated, "medal"), [GRANTED, ELIGIBLE, NOT, ELIGIBLE]);
    // Who of the set is in it may be open, and so the places are.
    let open = ["a,x,leader,5,true", "b,x,worker,4,true", "c,x,worker,3,?", "d,x,worker,2,true"];
    let evaluated = award(&quota("eligible")).evaluate(&rows(open));
    assert_eq!((cuts(&evaluated)[0].places, cuts(&evaluated)[0].most_places), (1, Some(2)));
    assert_eq!(verdicts(&evaluated, "medal"), [GRANTED, OPEN, OPEN, ELIGIBLE]);
}

#[test]
fn leaders_and_workers_draw_from_separate_pots() {
    let quota = "quota = [{ at_most = 1, per = [\"cluster\", \"pot\"], clause = \"1\" }]";
    let people = [
        "a,x,leader,9,true",
        "b,x,leader,8,true",
        "c,x,worker,2,true",
        "d,x,worker,1,true",
        "e,y,worker,0,true",
        "f,,worker,9,true",
    ];
    let evaluated = award(quota).evaluate(&rows(people));
    // Whoever is in no collective is in no group.
    assert_eq!(verdicts(&evaluated, "medal"), [GRANTED, ELIGIBLE, GRANTED, ELIGIBLE, GRANTED, ELIGIBLE]);
    assert_eq!(evaluated.outcome.levels[0].awards[0].outside, ["f"]);
    let groups: Vec<_> = cuts(&evaluated).iter().map(|cut| cut.group.join(" ")).collect();
    assert_eq!(groups, ["x leaders", "x workers", "y workers"]);
    let first = &cuts(&evaluated)[0];
    assert_eq!((first.last_in.as_deref(), first.first_out.as_deref()), (Some("a"), Some("b")));
    let gap = first.gap.as_ref().expect("both marks are known");
    assert_eq!((gap.key.as_str(), gap.theirs.as_deref(), gap.mine.as_deref()), ("mark", Some("9"), Some("8")));
    assert_eq!(gap.apart, Some(number("1")));
    let stopped = outcome(&evaluated, "medal", "b").expect("it may win");
    assert_eq!((stopped.stopped_by, stopped.gap.as_ref()), (Some(0), Some(gap)));
}

#[test]
fn every_quota_must_have_room() {
    // Two for each proposer, three in all.
    let quota = "quota = [{ at_most = 2, per = \"collective\", clause = \"1\" }, { at_most = 3, clause = \"1\" }]";
    let people =
        ["a,x,worker,9,true", "b,x,worker,8,true", "c,x,worker,7,true", "d,y,worker,6,true", "e,z,worker,5,true"];
    let evaluated = award(quota).evaluate(&rows(people));
    assert_eq!(verdicts(&evaluated, "medal"), [GRANTED, GRANTED, ELIGIBLE, GRANTED, ELIGIBLE]);
    let stop = |unit| {
        let cut = &cuts(&evaluated)[outcome(&evaluated, "medal", unit).unwrap().stopped_by.unwrap()];
        (cut.quota, cut.group.clone())
    };
    assert_eq!((stop("c"), stop("e")), ((0, vec!["x".to_owned()]), (1, Vec::new())));
}

#[test]
fn a_tie_at_the_cut_goes_as_the_campaign_says() {
    let people = ["a,x,worker,9,true", "b,x,worker,5,true", "c,x,worker,5,true", "d,x,worker,4,true"];
    let decided = |at_cut: &str| {
        let quota = format!("quota = [{{ at_most = 2, clause = \"1\"{at_cut} }}]");
        verdicts(&award(&quota).evaluate(&rows(people)), "medal")
    };
    for shown in ["", ", at_cut = \"show\""] {
        assert_eq!(decided(shown), [GRANTED, TIED, TIED, ELIGIBLE]);
    }
    assert_eq!(decided(", at_cut = \"none\""), [GRANTED, ELIGIBLE, ELIGIBLE, ELIGIBLE]);
    assert_eq!(decided(", at_cut = \"all\""), [GRANTED, GRANTED, GRANTED, ELIGIBLE]);
    assert_eq!(decided(", at_cut = \"all\", up_to = 3"), [GRANTED, GRANTED, GRANTED, ELIGIBLE]);
    assert_eq!(decided(", at_cut = \"all\", up_to = 2"), [GRANTED, ELIGIBLE, ELIGIBLE, ELIGIBLE]);
}

#[test]
fn a_quota_that_is_exactly_full_has_no_tie() {
    let people = ["a,x,worker,9,true", "b,x,worker,5,true", "c,x,worker,5,true", "d,x,worker,4,true"];
    for at_cut in ["show", "none", "all"] {
        let quota = format!("quota = [{{ at_most = 3, at_cut = \"{at_cut}\", clause = \"1\" }}]");
        let evaluated = award(&quota).evaluate(&rows(people));
        assert_eq!(verdicts(&evaluated, "medal"), [GRANTED, GRANTED, GRANTED, ELIGIBLE], "{at_cut}");
    }
}

#[test]
fn a_tie_that_none_wins_leaves_its_places_to_nobody_of_the_group() {
    // Of each collective one, of all two: x is tied and gets none; the two places of all go to y and z.
    let quota = "quota = [{ at_most = 1, per = \"collective\", at_cut = \"none\", clause = \"1\" }, { at_most = 2, clause = \"1\" }]";
    let people = [
        "a,x,worker,9,true",
        "b,x,worker,9,true",
        "c,x,worker,8,true",
        "d,y,worker,7,true",
        "e,z,worker,6,true",
        "f,w,worker,5,true",
    ];
    let evaluated = award(quota).evaluate(&rows(people));
    assert_eq!(verdicts(&evaluated, "medal"), [ELIGIBLE, ELIGIBLE, ELIGIBLE, GRANTED, GRANTED, ELIGIBLE]);
    // Where the tie is shown, one of the places is held for whoever wins it.
    let shown = quota.replace("at_cut = \"none\", ", "");
    let evaluated = award(&shown).evaluate(&rows(people));
    assert_eq!(verdicts(&evaluated, "medal"), [TIED, TIED, ELIGIBLE, GRANTED, ELIGIBLE, ELIGIBLE]);
}

#[test]
fn groups_that_are_empty_have_their_places_and_nobody_in_them() {
    let quota = "quota = [{ at_most = 1, per = \"collective\", clause = \"1\" }]";
    let evaluated = award(quota).evaluate(&rows(["a,x,worker,9,false", "b,y,worker,1,true"]));
    let taken: Vec<_> = cuts(&evaluated).iter().map(|cut| (cut.places, cut.granted)).collect();
    assert_eq!((verdicts(&evaluated, "medal"), taken), (vec![NOT, GRANTED], vec![(1, 0), (1, 1)]));
    assert_eq!(cuts(&award(quota).evaluate(&rows::<&str>([]))), []);
}

#[test]
fn places_that_are_kept_for_workers_are_not_taken_by_leaders() {
    let people =
        ["a,x,leader,9,true", "b,x,leader,8,true", "c,x,leader,7,true", "d,x,worker,2,true", "e,x,worker,1,true"];
    let decided = |keep: &str, people: &[&str]| {
        let quota = format!(
            "quota = [{{ at_most = 3, clause = \"1\", keep = {{ for = \"is_worker\", clause = \"1\", {keep} }} }}]"
        );
        verdicts(&award(&quota).evaluate(&rows(people)), "medal")
    };
    // Half of three places, rounded up, is two for workers; leaders take at most one.
    let kept = "places = \"50%\", round = \"up\", unused = \"empty\"";
    assert_eq!(decided(kept, &people), [GRANTED, ELIGIBLE, ELIGIBLE, GRANTED, GRANTED]);
    assert_eq!(decided(&kept.replace("up", "down"), &people), [GRANTED, GRANTED, ELIGIBLE, GRANTED, ELIGIBLE]);
    // Workers may take more than is kept for them.
    let workers = ["a,x,worker,9,true", "b,x,worker,8,true", "c,x,worker,7,true", "d,x,leader,6,true"];
    assert_eq!(decided("places = 1, unused = \"empty\"", &workers), [GRANTED, GRANTED, GRANTED, ELIGIBLE]);
    // One worker for two kept places: the other place stays empty, or passes on.
    let one = &people[..4];
    assert_eq!(decided("places = 2, unused = \"empty\"", one), [GRANTED, ELIGIBLE, ELIGIBLE, GRANTED]);
    assert_eq!(decided("places = 2, unused = \"pass_on\"", one), [GRANTED, GRANTED, ELIGIBLE, GRANTED]);
}

#[test]
fn whoever_has_one_award_leaves_the_place_of_another_to_the_next() {
    // The best of each collective, and then the best of those that remain.
    let second = "quota = [{ at_most = 1, per = \"collective\", clause = \"1\" }]
[awards.best_remaining]
levels   = [\"people\"]
excludes = [\"medal\"]
by       = [\"mark desc\"]
quota    = [{ at_most = 1, clause = \"1\" }]
";
    let people = ["a,x,worker,9,true", "b,x,worker,8,true", "c,y,worker,3,true", "d,y,worker,2,true"];
    let evaluated = award(second).evaluate(&rows(people));
    assert_eq!(verdicts(&evaluated, "medal"), [GRANTED, ELIGIBLE, GRANTED, ELIGIBLE]);
    assert_eq!(verdicts(&evaluated, "best_remaining"), [NOT, GRANTED, NOT, ELIGIBLE]);
    let conditions = &outcome(&evaluated, "best_remaining", "a").unwrap().conditions;
    assert_eq!(conditions, &[("!medal".to_owned(), thidua::value::Truth::False)]);
    // Whoever shares the cut of the first may yet win the second, and so nobody is sure of it.
    let tied = ["a,x,worker,9,true", "b,x,worker,9,true", "c,x,worker,1,true"];
    let evaluated = award(second).evaluate(&rows(tied));
    assert_eq!(verdicts(&evaluated, "best_remaining"), [OPEN, OPEN, OPEN]);
}

/// Twelve clusters, twelve leaders; three of them have the higher award.
#[test]
fn a_higher_award_displaces_a_lower_one_and_the_place_stays_empty() {
    let toml = "quota = [{ at_most = 1, per = \"collective\", clause = \"1\" }]
replaced_by = [\"higher\"]
[awards.higher]
levels   = [\"people\"]
requires = [\"medal\"]
by       = [\"mark desc\"]
quota    = [{ at_most = 3, clause = \"1\" }]
";
    let leader = |at: usize| format!("l{at},c{at},leader,{},true", if at < 3 { 9 } else { 4 });
    let second = |at: usize| format!("s{at},c{at},leader,1,true");
    let people: Vec<String> = (0..12).map(leader).chain((0..12).map(second)).collect();
    let evaluated = award(toml).evaluate(&rows(people));
    let count = |award, wanted| verdicts(&evaluated, award).iter().filter(|it| **it == wanted).count();
    assert_eq!((count("medal", GRANTED), count("medal", "replaced"), count("higher", GRANTED)), (9, 3, 3));
    assert_eq!(outcome(&evaluated, "medal", "l0").unwrap().replaced_by.as_deref(), Some("higher"));
    assert_eq!(verdict(&evaluated, "medal", "s0"), ELIGIBLE);
}

#[test]
fn what_may_displace_an_award_leaves_it_open() {
    let toml = "replaced_by = [\"higher\"]\n[awards.higher]\nlevels = [\"people\"]\nrequires = [\"is_worker\"]\n";
    let evaluated = award(toml).evaluate(&rows(["a,x,?,9,true", "b,x,worker,9,true", "c,x,leader,9,true"]));
    assert_eq!(verdicts(&evaluated, "medal"), [OPEN, "replaced", GRANTED]);
}

#[test]
fn awards_that_wait_for_each_other_are_a_circle() {
    let toml = "excludes = [\"other\"]\n[awards.other]\nlevels = [\"people\"]\nrequires = [\"medal\"]\n";
    let award = "[awards.medal]\nlevels = [\"people\"]\n";
    let text =
        format!("id = \"t\"\nperiod = {{ from = 2024-01-01, to = 2024-12-31, clause = \"1\" }}\n{PEOPLE}{award}{toml}");
    let mut faults = Vec::new();
    let document = thidua::document::parse(&thidua::source::Source::new("campaign.toml", text), &mut faults);
    let campaign = thidua::campaign::read(&document, &mut faults).expect("its shape is sound");
    let library = thidua::rule::Library::read(&[thidua::source::Source::new("r.rhai", RULES)], &mut faults);
    let faults = thidua::evaluate::Plan::new(campaign, library, None).expect_err("it is a circle");
    assert_eq!(faults.iter().map(thidua::diagnostic::Diagnostic::code).collect::<Vec<_>>(), ["stage-circle"]);
}

#[test]
fn each_document_of_a_dossier_is_a_condition_of_its_own() {
    let toml = format!(
        "{PEOPLE}
[tables.papers]
file    = \"papers.csv\"
parent  = \"person\"
no_rows = \"none\"
[tables.papers.columns]
person = {{ type = \"link\", to = \"people\" }}
kind   = {{ type = \"text\" }}
[awards.medal]
levels   = [\"people\"]
args     = {{ kind = \"request\" }}
requires = [
  \"has_document\",
  {{ rule = \"has_document\", args = {{ kind = \"minutes\" }}, title = {{ en = \"Minutes\" }}, clause = \"84\" }},
]
"
    );
    let rules = format!("{RULES}fn has_document() {{ unit.papers.any(|p| p.kind == args.kind) }}");
    let data = rows(["a,x,leader,5,true", "b,x,leader,5,true"]).with("papers", ["a,request", "a,minutes", "b,request"]);
    let evaluated = Campaign::new(&toml, &rules).evaluate(&data);
    let told = |unit| {
        let conditions = &outcome(&evaluated, "medal", unit).unwrap().conditions;
        conditions.iter().map(|(id, truth)| format!("{id} {truth:?}")).collect::<Vec<_>>()
    };
    assert_eq!(told("a"), ["has_document True", "has_document.minutes True"]);
    assert_eq!(told("b"), ["has_document True", "has_document.minutes False"]);
    let head = &evaluated.outcome.levels[0].awards[0].conditions;
    assert_eq!((head.len(), head[0].id.as_str(), head[0].clause.as_deref()), (1, "has_document.minutes", Some("84")));
}

/// People with past titles; `unit.past` are those of each.
const TITLES: &str = r#"
[tables.past]
file    = "past.csv"
parent  = "person"
no_rows = "none"
[tables.past.columns]
person  = { type = "link", to = "people" }
title   = { type = "text" }
year    = { type = "number" }
revoked = { type = "flag", blank = false }
[tables.initiatives]
file    = "initiatives.csv"
parent  = "person"
no_rows = "none"
[tables.initiatives.columns]
person   = { type = "link", to = "people" }
year     = { type = "number" }
used_for = { type = "text", blank = "none" }
[params]
needed = { value = 2, clause = "74" }
[awards.base]
levels   = ["people"]
clause   = "23"
requires = ["clean"]
[awards.province]
levels   = ["people"]
clause   = "22"
requires = ["base", "three_years"]
[awards.blocks]
levels   = ["people"]
clause   = "22"
requires = ["base", "block_of_three"]
[awards.once]
levels   = ["people"]
clause   = "1"
requires = ["base", "never_before"]
[awards.merit]
levels   = ["people"]
clause   = "74"
requires = ["two_initiatives"]
excludes = ["province"]
"#;

const TITLE_RULES: &str = "
fn clean() { unit.clean }
fn titles() { unit.past.filter(|t| t.title == \"base\" && !t.revoked) }

/// The third year in a row, this one included.
fn three_years() { titles().any(|t| t.year == period.to.year - 1) && titles().run(|t| t.year) >= 2 }

/// Years that were not counted towards the title before: since the last time it was given.
fn since() { unit.past.filter(|t| t.title == \"blocks\" && !t.revoked).max(|t| t.year) ?? 0 }
fn block_of_three() {
    let first = since();
    let fresh = titles().filter(|t| t.year > first);
    fresh.any(|t| t.year == period.to.year - 1) && fresh.run(|t| t.year) >= 2
}
fn never_before() { !unit.past.any(|t| t.title == \"once\") }

/// Initiatives that no other title has used up.
fn two_initiatives() { unit.initiatives.count(|i| i.used_for == none && i.year >= period.to.year - 1) >= params.needed }
";

#[test]
fn titles_follow_titles_over_the_years() {
    let campaign = Campaign::new(&format!("{PEOPLE}{TITLES}"), TITLE_RULES);
    let people = ["a,x,leader,5,true", "b,x,leader,5,true", "c,x,leader,5,true", "d,x,leader,5,false"];
    let data = rows(people)
        .with(
            "past",
            [
                "a,base,2022,",
                "a,base,2023,",
                "b,base,2022,",
                "b,base,2023,true",
                "c,base,2022,",
                "c,base,2023,",
                "c,blocks,2022,",
                "c,once,2019,",
                "d,base,2022,",
                "d,base,2023,",
            ],
        )
        .with("initiatives", ["a,2024,", "a,2023,", "b,2024,", "b,2023,", "c,2024,", "c,2023,base"]);
    let evaluated = campaign.evaluate(&data);
    // A revoked title breaks the chain; a year of a block that is used up does not count again.
    assert_eq!(verdicts(&evaluated, "base"), [GRANTED, GRANTED, GRANTED, NOT]);
    assert_eq!(verdicts(&evaluated, "province"), [GRANTED, NOT, GRANTED, NOT]);
    assert_eq!(verdicts(&evaluated, "blocks"), [GRANTED, NOT, NOT, NOT]);
    assert_eq!(verdicts(&evaluated, "once"), [GRANTED, GRANTED, NOT, NOT]);
    // Whoever has the title of the province gets no certificate beside it; an initiative is used only once.
    assert_eq!(verdicts(&evaluated, "merit"), [NOT, GRANTED, NOT, NOT]);
}

#[test]
fn a_collective_reads_what_its_people_were_given() {
    let toml = format!(
        "{PEOPLE}{}",
        r#"
[tables.collectives]
file = "collectives.csv"
key  = "code"
[tables.collectives.columns]
code   = { type = "text" }
exceeds = { type = "flag" }
[tables.staff]
file    = "staff.csv"
parent  = "at"
no_rows = "unknown"
[tables.staff.columns]
at     = { type = "link", to = "collectives" }
person = { type = "link", to = "people" }
[levels.collectives]
table = "collectives"
[awards.base]
levels   = ["people"]
clause   = "24"
requires = ["clean"]
[awards.fighter]
levels   = ["people"]
clause   = "23"
requires = ["base"]
by       = ["mark desc"]
quota    = [{ at_most = "15%", of = "base", round = "down", at_least = 1, per = ["cluster", "pot"], at_cut = "none", assumed = "the decree before 2024" }]
[criteria.share]
levels   = ["collectives"]
clause   = "28"
at_least = "70%"
[criteria.fighters]
levels   = ["collectives"]
clause   = "27"
at_least = 1
[awards.excellent]
levels   = ["collectives"]
clause   = "27"
requires = ["share", "fighters"]
[awards.flag]
levels   = ["collectives"]
clause   = "26"
requires = ["excellent", "exceeding"]
"#
    );
    let rules = format!(
        "{RULES}
fn share()     {{ unit.staff.share(|s| s.person.awarded(\"base\")) }}
fn fighters()  {{ unit.staff.count(|s| s.person.awarded(\"fighter\")) }}
fn exceeding() {{ unit.exceeds }}"
    );
    let people = (0..20).map(|at| {
        let (collective, class) = (if at < 10 { "x" } else { "y" }, if at % 10 == 0 { "leader" } else { "worker" });
        format!("p{at},{collective},{class},{},{}", at % 5, at < 10 || at % 2 == 0)
    });
    let staff = (0..20).map(|at| format!("{},p{at}", if at < 10 { "x" } else { "y" }));
    let data = rows(people).with("collectives", ["x,true", "y,true"]).with("staff", staff);
    let evaluated = Campaign::new(&toml, &rules).evaluate(&data);
    // Of ten with the title, nine are workers: 1.35, so one; of the one leader 0.15, but at least one.
    // Workers p4 and p9 of x are equal at the cut, and none of them wins.
    let level = &evaluated.outcome.levels[0];
    let fighters = level.awards.iter().find(|head| head.id == "fighter").unwrap();
    let places: Vec<_> = fighters.cuts.iter().map(|cut| (cut.group.join(" "), cut.places, cut.granted)).collect();
    let expected = [("x leaders", 1, 1), ("x workers", 1, 0), ("y leaders", 1, 1), ("y workers", 1, 1)];
    assert_eq!(places, expected.map(|(group, places, granted)| (group.to_owned(), places, granted)));
    let decided = |unit: &str| {
        let awards = &evaluated.unit("collectives", unit).awards;
        awards.iter().flatten().map(|award| award.verdict).collect::<Vec<_>>()
    };
    assert_eq!(decided("x"), [AwardVerdict::Granted, AwardVerdict::Granted]);
    assert_eq!(decided("y"), [AwardVerdict::NotEligible, AwardVerdict::NotEligible]);
}

/// A person of a random field, with everything known.
#[derive(Clone, Debug)]
struct Person {
    groups: [usize; 2],
    mark: usize,
    clean: bool,
}

impl Person {
    fn random(dice: &mut Dice) -> Self {
        Self { groups: [dice.below(2), dice.below(3)], mark: dice.below(4), clean: dice.percent(85) }
    }

    fn row(&self, at: usize) -> String {
        let class = ["leader", "worker"][self.groups[0]];
        let collective = ["x", "y", "z"][self.groups[1]];
        format!("p{at},{collective},{class},{},{}", self.mark, self.clean)
    }
}

/// What is chosen from the top down in one order of all, whoever all quotas have room for.
fn greedy(order: &[usize], people: &[Person], quotas: &[(usize, &[usize])]) -> Vec<usize> {
    let key = |person: &Person, per: &[usize]| per.iter().map(|at| person.groups[*at]).collect::<Vec<_>>();
    let mut taken: Vec<usize> = Vec::new();
    for at in order {
        let room = |(most, per): &(usize, &[usize])| {
            let mine = key(&people[*at], per);
            taken.iter().filter(|other| key(&people[**other], per) == mine).count() < *most
        };
        if quotas.iter().all(room) {
            taken.push(*at);
        }
    }
    taken
}

/// All orders that keep the better before the worse.
fn orders(mut left: Vec<usize>, people: &[Person], so_far: &mut Vec<usize>, found: &mut Vec<Vec<usize>>) {
    let Some(best) = left.iter().map(|at| people[*at].mark).max() else {
        found.push(so_far.clone());
        return;
    };
    for next in left.clone().into_iter().filter(|at| people[*at].mark == best) {
        left.retain(|at| *at != next);
        so_far.push(next);
        orders(left.clone(), people, so_far, found);
        so_far.pop();
        left.push(next);
    }
}

/// Whoever wins in every way to settle all ties wins; who wins in none does not; the others are tied.
fn by_force(people: &[Person], quotas: &[(usize, &[usize])]) -> Vec<&'static str> {
    let eligible = (0..people.len()).filter(|at| people[*at].clean).collect();
    let mut found = Vec::new();
    orders(eligible, people, &mut Vec::new(), &mut found);
    let chosen: Vec<Vec<usize>> = found.iter().map(|order| greedy(order, people, quotas)).collect();
    let decide = |at: usize| match chosen.iter().filter(|taken| taken.contains(&at)).count() {
        _ if !people[at].clean => NOT,
        0 => ELIGIBLE,
        wins if wins == chosen.len() => GRANTED,
        _ => TIED,
    };
    (0..people.len()).map(decide).collect()
}

const GROUPS: [(&[usize], &str); 4] =
    [(&[], "[]"), (&[0], "[\"class\"]"), (&[1], "[\"collective\"]"), (&[0, 1], "[\"class\", \"collective\"]")];

fn written(quotas: &[(usize, usize)]) -> String {
    let quota =
        |(most, at): &(usize, usize)| format!("{{ at_most = {most}, per = {}, clause = \"1\" }}", GROUPS[*at].1);
    format!("quota = [{}]", quotas.iter().map(quota).collect::<Vec<_>>().join(", "))
}

/// Nested and overlapping groups alike: what is said is what every way to settle the ties agrees on.
#[test]
fn choosing_agrees_with_every_way_to_settle_every_tie() {
    // Each pair of groups that a quota may be counted in: one, nested, and two that overlap.
    let pairs: [&[usize]; 7] = [&[0], &[1], &[1, 0], &[3, 1], &[3, 2, 0], &[1, 2], &[1, 2, 0]];
    let (mut tied, mut compared) = (0, 0);
    for pair in pairs {
        for most in 0..3 {
            let quotas: Vec<(usize, usize)> = pair.iter().enumerate().map(|(at, group)| (most + at, *group)).collect();
            let campaign = award(&written(&quotas));
            let force: Vec<(usize, &[usize])> = quotas.iter().map(|(most, at)| (*most, GROUPS[*at].0)).collect();
            for seed in 0..40 {
                let mut dice = Dice(seed);
                let people: Vec<Person> = (0..2 + dice.below(5)).map(|_| Person::random(&mut dice)).collect();
                let evaluated = campaign.evaluate(&rows(people.iter().enumerate().map(|(at, it)| it.row(at))));
                let expected = by_force(&people, &force);
                assert_eq!(verdicts(&evaluated, "medal"), expected, "{quotas:?} seed {seed}: {people:?}");
                tied += expected.iter().filter(|it| **it == TIED).count();
                compared += 1;
            }
        }
    }
    assert!(tied > 100 && compared == 840, "{tied} ties in {compared} fields");
}

/// Whatever is blank may be anything: what is said holds for every completion.
#[test]
fn what_is_said_with_blanks_holds_for_all_completions() {
    let shapes: [&str; 8] = [
        "quota = [{ at_most = 1, per = \"class\", clause = \"1\" }, { at_most = 2, clause = \"1\" }]",
        "quota = [{ at_most = 1, per = \"collective\", clause = \"1\" }, { at_most = 1, per = \"class\", clause = \"1\" }]",
        "quota = [{ at_most = 2, at_cut = \"none\", clause = \"1\" }]",
        "quota = [{ at_most = 2, at_cut = \"all\", clause = \"1\" }]",
        "quota = [{ at_most = 1, at_cut = \"all\", up_to = 2, clause = \"1\" }, { at_most = 3, clause = \"1\" }]",
        "quota = [{ at_most = \"50%\", of = \"eligible\", round = \"up\", clause = \"1\" }]",
        "quota = [{ at_most = 2, clause = \"1\", keep = { places = 1, for = \"is_worker\", unused = \"pass_on\", clause = \"1\" } }]",
        "quota = [{ at_most = 1, per = \"class\", at_cut = \"none\", clause = \"1\" }, { at_most = 2, clause = \"1\" }]\nreplaced_by = [\"other\"]\n[awards.other]\nlevels = [\"people\"]\nrequires = [\"clean\", \"is_worker\"]\n",
    ];
    let (mut told, mut missed) = (0, 0);
    for shape in shapes {
        let campaign = award(shape);
        for seed in 0..60 {
            let mut dice = Dice(seed);
            let people: Vec<Person> = (0..3 + dice.below(3)).map(|_| Person::random(&mut dice)).collect();
            let mut known = rows(people.iter().enumerate().map(|(at, it)| it.row(at)));
            for _ in 0..=dice.below(2) {
                // What a unit is grouped by is told where it is blank: it stands outside then.
                let column = *dice.pick(&[3, 4]);
                known.set("people", dice.below(people.len()), column, UNKNOWN);
            }
            let blank = campaign.evaluate(&known);
            let completed: Vec<Vec<&str>> =
                completions(&known).iter().map(|rows| verdicts(&campaign.evaluate(rows), "medal")).collect();
            for (at, said) in verdicts(&blank, "medal").into_iter().enumerate() {
                let agrees = completed.iter().all(|verdicts| verdicts[at] == said);
                assert!(said == OPEN || agrees, "{shape}\nseed {seed}: p{at} is {said} in {known:?}");
                let one = completed.iter().all(|verdicts| verdicts[at] == completed[0][at]);
                if said != OPEN {
                    told += 1;
                } else if one {
                    missed += 1;
                }
            }
        }
    }
    // What could be said and is not stays a small part.
    assert!(told > 4 * missed, "{told} told, {missed} open without need");
}

fn completions(rows: &Rows) -> Vec<Rows> {
    let mut found = vec![rows.clone()];
    for (table, row, column) in rows.unknown() {
        let cells: &[&str] = if column == 3 { &["0", "1", "2", "3", "9"] } else { &["true", "false"] };
        let with = |rows: &Rows, cell: &&str| {
            let mut rows = rows.clone();
            rows.set(&table, row, column, cell);
            rows
        };
        found = found.iter().flat_map(|rows| cells.iter().map(move |cell| with(rows, cell))).collect();
    }
    found
}

#[test]
fn too_many_ways_to_settle_a_tie_are_refused_and_said_so() {
    let quota = "quota = [{ at_most = 5, per = \"class\", clause = \"1\" }, { at_most = 9, per = \"collective\", clause = \"1\" }]";
    let people = |count: usize| {
        (0..count).map(|at| {
            let (class, collective) = (["leader", "worker"][at % 2], ["x", "y", "z"][at % 3]);
            format!("p{at},{collective},{class},5,true")
        })
    };
    let sure = ["a,x,leader,9,true", "b,x,leader,1,true"].map(str::to_owned);
    let evaluated = award(quota).evaluate(&rows(people(30).chain(sure.clone())));
    assert_eq!(evaluated.codes(), [""; 0]);
    assert_eq!((verdict(&evaluated, "medal", "p0"), verdict(&evaluated, "medal", "b")), (TIED, ELIGIBLE));
    let evaluated = award(quota).evaluate(&rows(people(31).chain(sure)));
    assert_eq!(evaluated.codes(), ["quotas-overlap"]);
    let decided = ["a", "p0", "b"].map(|unit| verdict(&evaluated, "medal", unit));
    assert_eq!(decided, [GRANTED, OPEN, OPEN]);
}

#[test]
fn a_quota_that_differs_inside_its_group_is_told() {
    let quota = "quota = [{ at_most = { column = \"mark\" }, clause = \"1\" }]";
    let evaluated = award(quota).evaluate(&rows(["a,x,worker,1,true", "b,x,worker,2,true", "c,x,worker,0,true"]));
    assert_eq!(evaluated.codes(), ["quota-differs"]);
}

#[test]
fn an_explanation_says_why_an_award_went_elsewhere() {
    use thidua::diagnostic::Language;
    use thidua::evaluate::explain::Standing;
    use thidua::report::{explanation::explanation, table::table};

    let toml = "quota = [{ at_most = \"15%\", round = \"down\", per = \"collective\", at_least = 1, clause = \"1\" }]
replaced_by = [\"higher\"]
[awards.higher]
levels   = [\"people\"]
title    = { en = \"Higher\", vi = \"Cao hơn\" }
requires = [\"medal\", \"is_worker\"]
";
    let people = ["a,x,worker,9,true", "b,x,worker,7,true", "c,y,leader,6,true", "d,,leader,6,true"];
    let evaluated = award(toml).evaluate(&rows(people));
    let level = &evaluated.outcome.levels[0];
    let told = |unit: &str, language| {
        let page = explanation(level, &level.unit(unit).unwrap(), &[], Some(&Standing::default()), language);
        table(&page, 400).replace('\u{a0}', " ")
    };
    let says = |text: &str, line: &str| assert!(text.contains(line), "`{line}` is not in\n{text}");
    let second = told("b", Language::En);
    says(
        &second,
        "no room: x (at most 15 % of those who may win it, rounded down, but at least 1 for each collective); places: 1 (0.3 of 2)",
    );
    says(&second, "last in: a; mark: 9 and 7, 2 apart");
    says(&told("a", Language::En), "given up for: Higher");
    says(&told("d", Language::En), "in no group of the quota");
    says(&told("b", Language::Vi), "hết suất: x");
}

#[test]
fn places_that_are_open_leave_those_open_who_need_them() {
    let quota = "quota = [{ at_most = \"50%\", of = \"is_worker\", round = \"up\", clause = \"1\" }]";
    let people = ["a,x,worker,5,true", "b,x,worker,4,true", "c,x,?,3,false", "d,x,leader,2,true"];
    let evaluated = award(quota).evaluate(&rows(people));
    assert_eq!((cuts(&evaluated)[0].places, cuts(&evaluated)[0].most_places), (1, Some(2)));
    assert_eq!(verdicts(&evaluated, "medal"), [GRANTED, OPEN, NOT, ELIGIBLE]);
}

#[test]
fn a_group_that_a_tie_may_close_takes_no_place_of_a_larger_one_for_sure() {
    // The leaders tie and none of them wins; the one place of all goes to c, unless d comes before.
    let quota = "quota = [{ at_most = 1, per = \"class\", at_cut = \"none\", clause = \"1\" }, { at_most = 1, clause = \"1\" }]";
    let people = ["a,x,leader,5,true", "b,x,leader,5,true", "c,x,worker,3,true", "d,x,worker,?,true"];
    let evaluated = award(quota).evaluate(&rows(people));
    assert_eq!(verdict(&evaluated, "medal", "c"), OPEN);
    let complete = people.map(|row| row.replace('?', "0"));
    assert_eq!(verdict(&award(quota).evaluate(&rows(complete)), "medal", "c"), GRANTED);
}

#[test]
fn a_link_says_in_which_group_a_unit_is_by_the_key_that_it_leads_to() {
    let toml = r#"
[tables.collectives]
file = "collectives.csv"
key  = "code"
[tables.collectives.columns]
code = { type = "text" }
[tables.people]
file    = "people.csv"
key     = "id"
parent  = "collective"
no_rows = "none"
[tables.people.columns]
id         = { type = "text" }
collective = { type = "link", to = "collectives" }
mark       = { type = "number", min = 0, max = 9 }
[levels.people]
table = "people"
[criteria.mark]
levels = ["people"]
clause = "1"
column = "mark"
[awards.medal]
levels = ["people"]
by     = ["mark desc"]
quota  = [{ at_most = 1, per = "collective", clause = "1" }]
"#;
    let rows = Rows::default().with("collectives", ["a", "b"]).with("people", ["p, a, 5", "q, a, 4", "r, b, 3"]);
    let evaluated = Campaign::new(toml, "").evaluate(&rows);
    assert_eq!(verdicts(&evaluated, "medal"), [GRANTED, ELIGIBLE, GRANTED]);
    let groups: Vec<_> = cuts(&evaluated).iter().map(|cut| cut.group.join(" ")).collect();
    assert_eq!(groups, ["a", "b"]);
}
