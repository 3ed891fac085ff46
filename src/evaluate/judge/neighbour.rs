//! Who stands next to a unit in the ranking, and what parts them.

use super::super::explain::Neighbour;
use super::Judge;
use super::sheet::Sheet;

impl<'d> Judge<'_, 'd> {
    /// The units of the cluster that stand nearest before and behind a unit, and those that are equal to it, as far as
    /// their standings are known; and which key parts them.
    pub(super) fn neighbours(&mut self, sheet: &Sheet<'d>, unit: usize) -> Vec<Neighbour> {
        if sheet.level.rank.is_none() || sheet.ranks.places(unit).is_none() {
            return Vec::new();
        }
        let (standings, owners) = self.compared(&sheet.plan.rank, sheet);
        let Some((mine, own)) = standings.get(unit).zip(sheet.units.get(unit)) else { return Vec::new() };
        if !mine.is_known() {
            return Vec::new();
        }
        let others = sheet.units.iter().zip(&standings).enumerate();
        let others = others.filter(|(at, (other, standing))| {
            let ranked = sheet.ranks.places(*at).is_some();
            *at != unit && ranked && other.cluster == own.cluster && standing.is_known()
        });
        let others: Vec<_> = others.map(|(at, (other, standing))| (at, other, standing)).collect();
        let by_id = |a: &&(usize, _, _), b: &&(usize, _, _)| a.0.cmp(&b.0);
        let before = others.iter().filter(|(_, _, standing)| *standing > mine);
        let before = before.min_by(|a, b| a.2.cmp(b.2).then_with(|| by_id(a, b)));
        let behind = others.iter().filter(|(_, _, standing)| *standing < mine);
        let behind = behind.max_by(|a, b| a.2.cmp(b.2).then_with(|| by_id(b, a)));
        let equal = others.iter().filter(|(_, _, standing)| *standing == mine);
        let told = before.map(|it| (it, Some(true))).into_iter().chain(equal.map(|it| (it, None)));
        let told: Vec<_> = told.chain(behind.map(|it| (it, Some(false)))).collect();
        let neighbour = |((at, other, standing), before): (
            &(usize, &super::sheet::Unit<'_>, &super::standing::Standing),
            Option<bool>,
        )| {
            let parted = mine.parted_at(standing).and_then(|parted| owners.get(parted)).copied();
            let key = parted.and_then(|owner| sheet.plan.rank.get(owner));
            let equal_in = sheet.plan.rank.iter().take(parted.unwrap_or_default());
            Neighbour {
                row: other.row,
                before,
                gap: key.map(|key| self.apart(key, sheet, *at, unit)),
                equal_in: equal_in.map(|key| key.subject.clone()).collect(),
            }
        };
        told.into_iter().map(neighbour).collect()
    }
}
