//! An outcome with everything that reports must show, built by hand.

use crate::campaign::{Assumption, AtCut, BoundKind, Direction, Pot, Quantity, Rounding, Strength, Ties};
use crate::data::Intake;
use crate::diagnostic::{Diagnostic, catalogue};
use crate::evaluate::*;
use crate::schema::Title;
use crate::source::{Place, Source};
use crate::value::{Day, Fraction, Number, Possible, Tally, Truth};

pub fn title(vi: &str, en: &str) -> Title {
    Title { vi: Some(vi.into()), en: Some(en.into()) }
}

fn number(text: &str) -> Number {
    Number::parse(text).unwrap()
}

fn percent(hundredths: i64) -> Quantity {
    Quantity::Number { number: Number::ratio(hundredths, 100).unwrap(), percent: true }
}

fn bar(value: Option<Quantity>) -> Vec<Bar> {
    vec![Bar { kind: BoundKind::AtLeast, key: "at_least", value, last: None }]
}

pub fn judgement(verdict: Verdict, measured: Measured, target: Vec<Bar>) -> Judgement {
    Judgement {
        provisional: false,
        verdict,
        so_far: None,
        measured,
        target: target.into(),
        due: Day::new(2024, 12, 31),
        timing: None,
        points: None,
        scored: Vec::new(),
        otherwise: Vec::new(),
    }
}

/// A share of rows against a bar in percent.
pub fn share(verdict: Verdict, (met, failing, unsure): (u64, u64, u64), bar_percent: i64) -> Judgement {
    let tally = Tally { met, failing, unsure, ..Tally::default() };
    judgement(verdict, Measured::Fraction(Fraction::of_rows(tally).into()), bar(Some(percent(bar_percent))))
}

/// A number against a bar of the unit's own.
fn paid(verdict: Verdict, paid: i64, planned: Option<i64>) -> Judgement {
    let planned = planned.map(|plan| Quantity::Number { number: Number::whole(plan), percent: false });
    judgement(verdict, Measured::Number(Possible::known(Number::whole(paid))), bar(planned))
}

fn trained(people: i64) -> Judgement {
    judgement(Verdict::Measured, Measured::Number(Possible::known(Number::whole(people))), Vec::new())
}

impl Judgement {
    fn earning(self, least: &str, greatest: &str) -> Self {
        let points = Points {
            least: number(least),
            greatest: number(greatest),
            of: number("20"),
            counts: Counts::Fully,
            pot: Pot::Base,
        };
        Self { points: Some(points), ..self }
    }

    fn not_due(self) -> Self {
        let points = Points {
            least: Number::ZERO,
            greatest: Number::ZERO,
            of: number("20"),
            counts: Counts::LeftOut,
            pot: Pot::Base,
        };
        Self { verdict: Verdict::NotDue, so_far: Some(self.verdict), points: Some(points), ..self }
    }
}

pub fn unit(id: &str, name: &str, cluster: Option<&str>, criteria: Vec<Judgement>) -> UnitLine {
    let cluster = cluster.map(str::to_owned);
    let name = Some(name.to_owned());
    UnitLine {
        row: 0,
        id: id.into(),
        name,
        cluster,
        criteria,
        groups: Vec::new(),
        score: None,
        rank: None,
        unranked: Vec::new(),
        grade: None,
        awards: Vec::new(),
        otherwise: Vec::new(),
    }
}

impl UnitLine {
    fn scoring(self, least: &str, greatest: &str) -> Self {
        let (least, greatest) = (Some(number(least)), Some(number(greatest)));
        Self {
            score: Some(Score {
                least,
                greatest,
                perhaps_none: false,
                of: number("60"),
                provisional: false,
                unrounded: None,
            }),
            ..self
        }
    }

    fn provisionally(mut self) -> Self {
        self.score.iter_mut().for_each(|score| score.provisional = true);
        self
    }

    fn ranked(self, best: usize, worst: usize, tied: bool) -> Self {
        Self {
            rank: Some(Ranking {
                best,
                worst,
                mean: None,
                tied,
                tie_broken_by: None,
                keys: Vec::new(),
                provisional: false,
                otherwise: Vec::new(),
            }),
            ..self
        }
    }

    fn deciding(mut self, verdict: AwardVerdict, conditions: &[(&str, Truth)]) -> Self {
        let conditions = conditions.iter().map(|(id, truth)| ((*id).to_owned(), *truth)).collect();
        self.awards.push(Some(AwardOutcome {
            verdict,
            conditions,
            beside: Beside::default(),
            stopped_by: None,
            gap: None,
            replaced_by: None,
            provisional: false,
            otherwise: Vec::new(),
        }));
        self
    }
}

fn head(id: &str, vi: &str, en: &str, clause: &str, strength: Strength) -> CriterionHead {
    CriterionHead {
        id: id.into(),
        title: title(vi, en),
        clause: Some(clause.into()),
        strength,
        scorers: Vec::new(),
        in_percent: false,
    }
}

fn heads() -> Vec<CriterionHead> {
    vec![
        head(
            "conference",
            "Cơ quan, đơn vị mở hội nghị cán bộ, công chức",
            "Agencies that held their conference",
            "2.6",
            Strength::Target,
        ),
        head(
            "coverage",
            "Doanh nghiệp ngoài nhà nước từ 25 lao động có công đoàn",
            "Firms of 25 or more with a union",
            "2.7",
            Strength::Target,
        ),
        head(
            "fund",
            "Đóng Quỹ Xã hội Công đoàn theo kế hoạch (đồng)",
            "Paid into the social fund (dong)",
            "2.6",
            Strength::Obligation,
        ),
        head(
            "training",
            "Lượt cán bộ công đoàn cơ sở được bồi dưỡng",
            "Base-union officers trained",
            "2.7",
            Strength::Info,
        ),
    ]
}

fn province() -> LevelOutcome {
    let mut criteria = heads();
    criteria.retain(|head| head.id != "fund");
    let judgements =
        vec![share(Verdict::NotMet, (1_999, 1, 0), 100), share(Verdict::Undetermined, (153, 5, 4), 95), trained(1_240)];
    let whole = UnitLine { name: None, ..unit("province", "", None, judgements) };
    LevelOutcome {
        id: "province".into(),
        title: title("Toàn tỉnh", "The province"),
        criteria,
        groups: Vec::new(),
        awards: Vec::new(),
        rules: Vec::new(),
        settings: Settings::default(),
        units: [whole].into_iter().collect(),
    }
}

fn unions() -> Vec<UnitLine> {
    use AwardVerdict::{Granted, NotEligible, TiedAtCut, Undetermined};
    use Truth::{False, True, Unknown};
    let plan = Some(950_000_000);
    let met = |agencies: u64, firms: u64| {
        vec![
            share(Verdict::Met, (agencies, 0, 0), 100).earning("20", "20"),
            share(Verdict::Met, (firms, 1, 0), 95).earning("20", "20"),
            paid(Verdict::Exceeded, 1_012_500_000, plan).earning("20", "20"),
            trained(84),
        ]
    };
    let missing = vec![
        share(Verdict::NotMet, (1_999, 1, 0), 100).earning("19.99", "19.99"),
        share(Verdict::Met, (19, 1, 0), 95).earning("20", "20"),
        paid(Verdict::NotMet, 240_000_000, plan).earning("0", "0"),
        trained(12),
    ];
    let open = vec![
        share(Verdict::Met, (41, 0, 0), 100).earning("20", "20"),
        share(Verdict::Undetermined, (17, 1, 2), 95).earning("17.89", "20"),
        paid(Verdict::NoTarget, 3_000_000, None),
        trained(0),
    ];
    let early = vec![
        share(Verdict::Met, (7, 0, 0), 100).earning("20", "20"),
        share(Verdict::NotMet, (1, 4, 0), 95).not_due(),
        paid(Verdict::Met, 950_000_000, plan).earning("20", "20"),
        trained(3),
    ];
    let empty = judgement(Verdict::NotApplicable, Measured::Nothing, bar(Some(percent(95))));
    let nobody = vec![share(Verdict::Met, (2, 0, 0), 100), empty, paid(Verdict::Met, 950_000_000, plan), trained(1)];
    vec![
        unit("H01", "LĐLĐ thành phố Lào Cai", Some("1"), met(210, 158))
            .scoring("60", "60")
            .ranked(1, 1, false)
            .deciding(Granted, &[("all_met", True)])
            .deciding(Granted, &[("fund", True), ("clean", True)]),
        unit("H02", "LĐLĐ thị xã Sa Pa", Some("1"), missing)
            .scoring("39.99", "39.99")
            .ranked(3, 3, false)
            .deciding(NotEligible, &[("all_met", False)])
            .deciding(NotEligible, &[("fund", False), ("clean", True)]),
        unit("H03", "LĐLĐ huyện Bát Xát", Some("1"), open)
            .scoring("56.84", "60")
            .ranked(1, 2, false)
            .deciding(Undetermined, &[("all_met", Unknown)])
            .deciding(Granted, &[("fund", True), ("clean", True)]),
        unit("N01", "CĐ ngành Nông nghiệp và Phát triển nông thôn", Some("2"), met(30, 64))
            .scoring("60", "60")
            .ranked(1, 1, true)
            .deciding(TiedAtCut, &[("all_met", True)])
            .deciding(Granted, &[("fund", True), ("clean", True)]),
        unit("N02", "CĐ ngành Giáo dục", Some("2"), met(12, 19))
            .scoring("60", "60")
            .ranked(1, 1, true)
            .deciding(TiedAtCut, &[("all_met", True)])
            .deciding(NotEligible, &[("fund", True), ("clean", False)]),
        unit("N03", "CĐ ngành Y tế", Some("2"), early)
            .scoring("40", "40")
            .provisionally()
            .ranked(3, 3, false)
            .deciding(NotEligible, &[("all_met", False)])
            .deciding(Granted, &[("fund", True), ("clean", True)]),
        unit("N09", "CĐ ngành Văn hoá, Thể thao và Du lịch", None, nobody)
            .scoring("60", "60")
            .deciding(NotEligible, &[("all_met", False)])
            .deciding(NotEligible, &[("fund", True), ("clean", False)]),
    ]
}

fn warnings() -> Vec<Diagnostic> {
    let source = Source::new("campaign.toml", "[levels.unions]\nat_least = \"100%\"\n");
    let bar = Diagnostic::new(&catalogue::TARGET_OUT_OF_REACH)
        .with("key", "more_than")
        .with("bar", "100%")
        .at(Place::text(&source, 16..24));
    vec![bar, Diagnostic::new(&catalogue::UNIT_WITHOUT_CLUSTER).with("unit", "N09")]
}

fn quotas(at_most: Option<Number>) -> Vec<QuotaHead> {
    let per = vec!["cluster".to_owned()];
    let quota =
        at_most.map(|_| QuotaHead { at_most, share: None, at_least: None, per, at_cut: AtCut::Show, kept_for: None });
    quota.into_iter().collect()
}

/// A group whose places were taken with one to spare for nobody, and one whose last place is shared.
fn cuts() -> Vec<Cut> {
    let cut = |group: &str| Cut {
        quota: 0,
        group: vec![group.to_owned()],
        rest: false,
        measure: None,
        places: 1,
        most_places: Some(1),
        granted: 0,
        open: 0,
        tied: Beside::default(),
        last_in: None,
        first_out: None,
        gap: None,
    };
    let gap = Gap {
        key: "score".to_owned(),
        theirs: Some("60".to_owned()),
        mine: Some("56.84".to_owned()),
        apart: Some(number("3.16")),
    };
    let measure = Measure { of: (3, 3), exact: Some((number("1.2"), number("1.2"))) };
    let (last_in, first_out) = (Some("H01".to_owned()), Some("H03".to_owned()));
    let tied = Beside { units: vec!["N01".to_owned(), "N02".to_owned()], more: 0 };
    vec![
        Cut { granted: 1, last_in, first_out, gap: Some(gap), measure: Some(measure), ..cut("1") },
        Cut { tied, ..cut("2") },
    ]
}

/// A province and seven unions in two clusters: every verdict but one, an interval, a tie at the cut, a provisional
/// score, a unit without a cluster.
pub fn sample() -> Outcome {
    let award = |id: &str, vi: &str, en: &str, at_most| AwardHead {
        id: id.into(),
        title: title(vi, en),
        conditions: Vec::new(),
        quotas: quotas(at_most),
        cuts: Vec::new(),
        outside: Vec::new(),
    };
    let flag = AwardHead { cuts: cuts(), ..award("flag", "Cờ thi đua", "Emulation flag", Some(Number::ONE)) };
    let settings = Settings {
        people: false,
        rounding: Some(Rounding { items: Some(2), score: Some(2) }),
        not_applicable: None,
        rank_by: vec![KeyHead {
            subject: "score".into(),
            direction: Direction::Descending,
            places: None,
            shown: false,
        }],
        ties: Some(Ties::Competition),
        bonus: None,
        at_most: None,
    };
    let level = LevelOutcome {
        id: "unions".into(),
        title: title("Công đoàn cấp trên trực tiếp cơ sở", "Upper-level unions"),
        criteria: heads(),
        groups: Vec::new(),
        awards: vec![flag, award("commendation", "Bằng khen", "Certificate of merit", None)],
        rules: Vec::new(),
        settings,
        units: unions().into_iter().collect(),
    };
    let reason = "the directive sets no points; the five judged targets weigh the same".to_owned();
    Outcome {
        campaign: "lao-cai-2024".into(),
        title: title("Phong trào thi đua yêu nước năm 2024", "Patriotic emulation campaign 2024"),
        issuer: Some("Liên đoàn Lao động tỉnh Lào Cai".into()),
        as_of: Day::new(2024, 12, 31).unwrap(),
        round: Some("dot-2".into()),
        assumptions: vec![Assumption { path: "params.weight".into(), value: "20".into(), reason }],
        warnings: warnings(),
        data: vec![
            Intake { file: "unions.csv".into(), rows: 7, ..Intake::default() },
            Intake {
                file: "firms.csv".into(),
                rows: 994,
                faults: 12,
                set_aside: 3,
                cells_in_doubt: 9,
                ..Intake::default()
            },
        ],
        readings: Vec::new(),
        levels: vec![province(), level],
    }
}

/// The same with many copies of the unions: a level that is summarised.
pub fn many() -> Outcome {
    let mut outcome = sample();
    for level in outcome.levels.iter_mut().filter(|level| level.id == "unions") {
        let units = std::mem::take(&mut level.units);
        let copy = |copy: usize| {
            units.iter().map(move |unit| UnitLine { id: format!("{}-{copy}", unit.id), ..unit.to_line() })
        };
        level.units = (0..8).flat_map(copy).collect();
    }
    outcome
}

/// Changes what is said of the first unit of the last level.
pub fn change_first(outcome: &mut Outcome, change: impl FnOnce(&mut UnitLine)) {
    let level = outcome.levels.last_mut().unwrap();
    let mut lines: Vec<UnitLine> = level.units.iter().map(|unit| unit.to_line()).collect();
    change(lines.first_mut().unwrap());
    level.units = lines.into_iter().collect();
}

/// Compares a text with the one in `tests/snapshots`; set `THIDUA_ACCEPT` to write it anew.
#[expect(clippy::disallowed_methods, reason = "tests are accepted by hand")]
pub fn snapshot(name: &str, text: &str) {
    let path = std::path::Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/snapshots").join(name);
    if std::env::var_os("THIDUA_ACCEPT").is_some() {
        std::fs::write(&path, text).unwrap();
    }
    let kept = std::fs::read_to_string(&path).unwrap_or_default();
    assert!(kept == text, "{name} differs; read it, then accept it with THIDUA_ACCEPT=1\n{text}");
}

/// Compares a JSON Schema with the one in the repository; set `THIDUA_ACCEPT` to write it anew.
pub fn checked_in(path: &str, schema: &serde_json::Value) {
    snapshot(&format!("../../{path}"), &format!("{schema:#}\n"));
}
