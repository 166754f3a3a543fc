//! Risk tables: how many were still waiting on each day after they began, and what ended the wait of how many. All in
//! whole numbers; and the estimates that are made of them, which are floats.

use std::collections::BTreeMap;

use crate::answer::{End, Wait};

/// One day on which some wait ended.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(super) struct Step {
    pub(super) day: i64,
    /// Who had waited up to this day. On one day, events come before those that are only observed so far.
    pub(super) at_risk: i64,
    pub(super) events: i64,
    pub(super) competing: i64,
    pub(super) censored: i64,
}

/// The days on which waits ended, in order, after day 0.
pub(super) fn table(waits: &[Wait]) -> Vec<Step> {
    let mut days: BTreeMap<i64, Step> = BTreeMap::from([(0, Step::default())]);
    for wait in waits {
        let step = days.entry(wait.days).or_default();
        match wait.end {
            End::Event => step.events += 1,
            End::Competing => step.competing += 1,
            End::Censored => step.censored += 1,
        }
    }
    let mut at_risk = i64::try_from(waits.len()).unwrap_or(i64::MAX);
    days.into_iter()
        .map(|(day, step)| {
            let step = Step { day, at_risk, ..step };
            at_risk -= step.events + step.competing + step.censored;
            step
        })
        .collect()
}

/// The share that the event has come to by each step, where some are only observed so far: the Aalen–Johansen
/// estimator of the cumulative incidence (Aalen & Johansen, Scandinavian Journal of Statistics 5 (1978) 141–150).
/// `F(t) = Σ S(t−) d ÷ n`, where S is the share to which neither event has come.
pub(super) fn incidence(steps: &[Step]) -> Vec<f64> {
    let (mut waiting, mut reached) = (1.0, 0.0);
    steps
        .iter()
        .map(|step| {
            if step.at_risk > 0 {
                let at_risk = step.at_risk as f64;
                reached += waiting * step.events as f64 / at_risk;
                waiting *= (step.at_risk - step.events - step.competing) as f64 / at_risk;
            }
            reached
        })
        .collect()
}

/// The variance of each incidence, by the delta method (Greenwood's for competing risks): Collett, Modelling Survival
/// Data in Medical Research, 3rd edition, p. 411; Marubini & Valsecchi, Analysing Survival Data (1995), p. 341.
///
/// `Σ (F(t) − F(tᵢ))² h ÷ (n (n − h)) + S(tᵢ₋₁)² d (n − d) ÷ n³ − 2 (F(t) − F(tᵢ)) S(tᵢ₋₁) d ÷ n²`, over the steps up
/// to t, where h is the waits that either event ended and d those that ended in the event.
pub(super) fn variance(steps: &[Step], incidence: &[f64]) -> Vec<f64> {
    let mut waiting = 1.0;
    let terms: Vec<_> = steps
        .iter()
        .zip(incidence)
        .filter(|(step, _)| step.at_risk > 0)
        .map(|(step, reached)| {
            let (n, d) = (step.at_risk as f64, step.events as f64);
            let ended = step.events + step.competing;
            let left = (step.at_risk - ended) as f64;
            let before = waiting;
            waiting *= left / n;
            // Where nobody is left, nothing is added after: F(t) − F(tᵢ) is 0.
            let square = if ended == step.at_risk { 0.0 } else { ended as f64 / (n * left) };
            (*reached, square, before * before * d * (n - d) / (n * n * n), before * d / (n * n))
        })
        .collect();
    let of = |end: usize, now: f64| -> f64 {
        let up_to = terms.iter().take(end + 1);
        up_to
            .map(|(reached, square, own, both)| {
                let since = now - reached;
                since * since * square + own - 2.0 * since * both
            })
            .sum()
    };
    incidence.iter().enumerate().map(|(end, now)| of(end, *now)).collect()
}

/// The interval of an incidence, symmetric on the scale log(−log F), so that it stays between 0 and 1; `None` at 0 and
/// at 1, where that scale has no place.
pub(super) fn interval(incidence: f64, variance: f64, z: f64) -> Option<(f64, f64)> {
    // Rounding may leave a share of 1 an ulp short.
    if !(incidence > 0.0 && incidence < 1.0 - 1e-12 && variance >= 0.0) {
        return None;
    }
    let width = z * variance.sqrt() / (incidence * incidence.ln()).abs();
    Some((incidence.powf(width.exp()), incidence.powf((-width).exp())))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn wait(days: i64, end: End) -> Wait {
        Wait { days, end }
    }

    /// Ten waits, by hand: two events and a competing one on day 3, an observation that ends on the same day, and so on.
    fn waits() -> Vec<Wait> {
        use End::{Censored, Competing, Event};
        [
            (3, Event),
            (3, Event),
            (3, Competing),
            (3, Censored),
            (5, Censored),
            (8, Event),
            (8, Competing),
            (9, Censored),
            (12, Event),
            (12, Censored),
        ]
        .map(|(days, end)| wait(days, end))
        .to_vec()
    }

    #[test]
    fn the_risk_table_counts_who_still_waits() {
        let steps: Vec<_> =
            table(&waits()).iter().map(|s| (s.day, s.at_risk, s.events, s.competing, s.censored)).collect();
        assert_eq!(
            steps,
            [(0, 10, 0, 0, 0), (3, 10, 2, 1, 1), (5, 6, 0, 0, 1), (8, 5, 1, 1, 0), (9, 3, 0, 0, 1), (12, 2, 1, 0, 1)]
        );
        assert_eq!(table(&[]), [Step::default()]);
    }

    #[test]
    fn the_incidence_is_that_of_the_formula() {
        // Day 3: 2/10. Day 8: + 7/10 × 1/5 = 0.34. Day 12: + 7/10 × 3/5 × 1/2 = 0.55.
        let found = incidence(&table(&waits()));
        for (found, right) in found.iter().zip([0.0, 0.2, 0.2, 0.34, 0.34, 0.55]) {
            assert!((found - right).abs() <= 2.0 * f64::EPSILON, "{found} is not {right}");
        }
    }

    #[test]
    fn without_observations_that_end_early_the_incidence_is_a_share() {
        let all = [wait(1, End::Event), wait(2, End::Competing), wait(2, End::Event), wait(7, End::Event)];
        let found = incidence(&table(&all));
        for (found, right) in found.iter().zip([0.0, 0.25, 0.5, 0.75]) {
            assert!((found - right).abs() <= f64::EPSILON, "{found} is not {right}");
        }
    }

    #[test]
    fn the_variance_of_a_share_is_binomial() {
        // Without early ends the formula comes to F (1 − F) ÷ n.
        let all: Vec<_> =
            (1..=8).map(|day| wait(day, if day % 3 == 0 { End::Competing } else { End::Event })).collect();
        let steps = table(&all);
        let reached = incidence(&steps);
        for (found, share) in variance(&steps, &reached).iter().zip(&reached) {
            let right = share * (1.0 - share) / 8.0;
            assert!((found - right).abs() <= 1e-15, "{found} is not {right}");
        }
    }

    #[test]
    fn an_interval_holds_its_share_and_stays_a_share() {
        for percent in 1..100 {
            let share = f64::from(percent) / 100.0;
            for variance in [0.0, 1e-6, 0.01, 0.25] {
                let (lower, upper) = interval(share, variance, 1.96).expect("an interval");
                assert!(0.0 <= lower && lower <= share && share <= upper && upper <= 1.0, "{share} {variance}");
            }
        }
        assert_eq!(interval(0.0, 0.0, 1.96), None);
        assert_eq!(interval(1.0, 0.0, 1.96), None);
    }
}
