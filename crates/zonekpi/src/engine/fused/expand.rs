//! Bitmaps that move with the period, as sums of products: rows of a bitmap that stays, in the periods in which their
//! days lie between bounds.
//!
//! A day and two bounds that only grow hold in one run of periods, so a product of such conditions does too; AND gives
//! the product, NOT the difference to all rows, and OR follows. What is not made of these is computed period by period.

use std::collections::BTreeMap;

use super::truth::{Bound, FALSE, Graph, Id, Node, TRUE};

/// Products that one bitmap may become.
const MOST_PRODUCTS: usize = 32;

/// Days between moving bounds, all of which must hold. In order.
pub(super) type Ranges = Vec<Id>;

/// Products with how often each counts: a bitmap that stays, and ranges.
pub(super) type Sum = Vec<(i64, Id, Ranges)>;

/// A product before it is put together: what stays, and what moves.
type Product = (Vec<Id>, Ranges);

/// The bitmap as a sum of products, if it is one.
pub(super) fn expanded(graph: &mut Graph, id: Id) -> Option<Sum> {
    let mut together: BTreeMap<(Id, Ranges), i64> = BTreeMap::new();
    for (times, (fixed, mut ranges)) in sum(graph, id)? {
        ranges.sort_unstable();
        ranges.dedup();
        let fixed = graph.and(fixed);
        if fixed == FALSE || graph.and(ranges.iter().copied()) == FALSE {
            continue;
        }
        *together.entry((fixed, ranges)).or_default() += times;
    }
    let together = together.into_iter().filter(|(_, times)| *times != 0);
    Some(together.map(|((fixed, ranges), times)| (times, fixed, ranges)).collect())
}

fn sum(graph: &mut Graph, id: Id) -> Option<Vec<(i64, Product)>> {
    if !graph.moves(id) {
        return Some(vec![(1, (vec![id], Vec::new()))]);
    }
    match graph.node(id).clone() {
        Node::Days { low, high, .. } => {
            let grows = |bound: &Bound| graph.grows(*bound);
            let fits = low.iter().chain(&high).all(grows);
            fits.then(|| vec![(1, (Vec::new(), vec![id]))])
        }
        Node::And(all) => product(graph, &all),
        Node::Not(inner) => Some(rest(sum(graph, inner)?)),
        Node::Or(all) => {
            // Not one of them fails to hold: of those that stay, one bitmap.
            let (moving, fixed): (Vec<Id>, Vec<Id>) = all.iter().partition(|id| graph.moves(**id));
            let fixed = graph.or(fixed);
            let mut failing = vec![graph.not(fixed)];
            for id in moving {
                failing.push(graph.not(id));
            }
            Some(rest(product(graph, &failing)?))
        }
        _ => None,
    }
}

/// All rows without those of a sum.
fn rest(sum: Vec<(i64, Product)>) -> Vec<(i64, Product)> {
    let negative = sum.into_iter().map(|(times, product)| (-times, product));
    std::iter::once((1, (vec![TRUE], Vec::new()))).chain(negative).collect()
}

fn product(graph: &mut Graph, all: &[Id]) -> Option<Vec<(i64, Product)>> {
    let mut products: Vec<(i64, Product)> = vec![(1, (Vec::new(), Vec::new()))];
    for id in all {
        let terms = sum(graph, *id)?;
        if products.len() * terms.len() > MOST_PRODUCTS {
            return None;
        }
        let times = |(a, (fixed, ranges)): &(i64, Product)| {
            let joined = |(b, (more_fixed, more_ranges)): &(i64, Product)| {
                let fixed = fixed.iter().chain(more_fixed).copied().collect();
                (a * b, (fixed, ranges.iter().chain(more_ranges).copied().collect()))
            };
            terms.iter().map(joined).collect::<Vec<_>>()
        };
        products = products.iter().flat_map(times).collect();
    }
    Some(products)
}
