//! The shipped campaign.

use thidua::load::{Request, evaluate};

#[test]
fn the_shipped_campaign_evaluates() {
    let request = Request { campaign: "rules/lao-cai-2024".into(), ..Request::default() };
    let run = evaluate(&request).expect("the campaign evaluates");
    let verdicts = |level: usize| run.outcome.levels[level].units.len();
    assert_eq!((verdicts(0), verdicts(1)), (1, 18));
}
