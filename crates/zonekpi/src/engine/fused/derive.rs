//! Counts that are the difference of two others, and need no counting: the rows for which a condition fails are all
//! rows without those for which it holds.

use std::collections::HashMap;

use super::Unfit;
use super::count::{Asked, Found};
use super::series;
use super::store::Groups;
use super::threads::Told;
use super::truth::{Graph, Id, Node};

/// A count that is one of the others without another one: their places among those asked for.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
struct Difference {
    of: usize,
    all: usize,
    part: usize,
}

/// Counts and sums all that is asked.
pub(super) fn find(told: Told<'_>, graph: &mut Graph, groups: &Groups, asked: &Asked) -> Result<Found, Unfit> {
    let differences = differences(graph, &asked.counts);
    let mut counted = vec![true; asked.counts.len()];
    for difference in &differences {
        counted[difference.of] = false;
    }
    let ids = asked.counts.iter().zip(&counted).filter(|(_, counted)| **counted).map(|(id, _)| *id);
    let asked = Asked { counts: ids.collect(), sums: asked.sums.clone() };
    let found = series::find(told, graph, groups, &asked)?;
    let mut ours = found.counts.into_iter();
    let mut counts: Vec<Vec<i64>> =
        counted.iter().map(|counted| if *counted { ours.next().unwrap_or_default() } else { Vec::new() }).collect();
    for Difference { of, all, part } in differences {
        counts[of] = counts[all].iter().zip(&counts[part]).map(|(all, part)| all - part).collect();
    }
    Ok(Found { counts, sums: found.sums })
}

/// The counts that need no counting, each after those that it is made of.
fn differences(graph: &mut Graph, counts: &[Id]) -> Vec<Difference> {
    let places: HashMap<Id, usize> = counts.iter().enumerate().map(|(at, id)| (*id, at)).collect();
    // What others are made of, and is not made of others itself.
    let mut needed = vec![false; counts.len()];
    let mut made = vec![false; counts.len()];
    let mut found = Vec::new();
    for (of, id) in counts.iter().enumerate() {
        if needed[of] {
            continue;
        }
        let Some((all, part)) = without(graph, *id, &places) else { continue };
        made[of] = true;
        for at in [all, part] {
            needed[at] |= !made[at];
        }
        found.push(Difference { of, all, part });
    }
    found
}

/// Two of the counts whose difference a bitmap is: without one of its conditions, and with the opposite of it.
fn without(graph: &mut Graph, id: Id, places: &HashMap<Id, usize>) -> Option<(usize, usize)> {
    let Node::And(conditions) = graph.node(id).clone() else { return None };
    conditions.iter().find_map(|condition| {
        let rest: Vec<Id> = conditions.iter().filter(|other| *other != condition).copied().collect();
        let all = *places.get(&graph.and(rest.iter().copied()))?;
        let fails = graph.not(*condition);
        let part = *places.get(&graph.and(rest.into_iter().chain([fails])))?;
        Some((all, part))
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_left_of_a_count_is_not_counted() {
        let mut graph = Graph::new(1);
        let [all, a, b] = [0, 1, 2].map(|day| {
            let bound = graph.bound(vec![day]);
            graph.between(day as usize, None, Some(bound))
        });
        let not_a = graph.not(a);
        let (with, without) = (graph.and([all, a]), graph.and([all, not_a]));
        let both = graph.and([all, a, b]);
        let not_b = graph.not(b);
        let one = graph.and([all, a, not_b]);
        // One count may leave out several.
        assert_eq!(
            differences(&mut graph, &[all, without, with, both, one]),
            [Difference { of: 1, all: 0, part: 2 }, Difference { of: 3, all: 2, part: 4 }]
        );
        // Neither of two that would be made of each other is left out twice.
        assert_eq!(differences(&mut graph, &[all, with, without]), [Difference { of: 1, all: 0, part: 2 }]);
        assert_eq!(differences(&mut graph, &[with, without, both]), []);
    }
}
