//! Figures that official notices and reports printed, from inputs that they printed too: each is printed again,
//! from the exact fraction, in every rounding mode. The file says which modes give the printed figure, and none
//! of the others may.

use serde::Deserialize;
use zonekpi::{Fraction, Rounding};

/// What the file says of one figure; the rest of an entry is for readers.
#[derive(Deserialize)]
struct Figure {
    id: String,
    inputs: Vec<Input>,
    printed: Printed,
    exact: Option<Exact>,
    modes: Vec<String>,
}

#[derive(Deserialize)]
struct Input {
    exact: bool,
}

#[derive(Deserialize)]
struct Printed {
    value: String,
    unit: String,
    /// Null where a date is printed.
    digits: Option<u32>,
}

#[derive(Deserialize)]
struct Exact {
    /// Of the figure in its printed unit: 5100/53 where 96.2 % is printed. Null where a date is the result.
    fraction: Option<String>,
}

#[derive(Deserialize)]
struct File {
    figures: Vec<Figure>,
}

fn figures() -> Vec<Figure> {
    let path = concat!(env!("CARGO_MANIFEST_DIR"), "/../../tests/data/truth/figures.yaml");
    let text = std::fs::read_to_string(path).expect("the figures are in the repository");
    // What stands above the list explains it to people, and is not strict YAML.
    let (_, list) = text.split_once("\nfigures:\n").expect("a list of figures");
    serde_yaml_ng::from_str::<File>(&format!("figures:\n{list}")).expect("figures").figures
}

/// The figure in every mode; `None` where the file has no number to print.
fn prints(figure: &Figure) -> Option<[(Rounding, String); 3]> {
    let (n, d) = figure.exact.as_ref()?.fraction.as_ref()?.split_once('/')?;
    let (n, d): (i128, i128) = (n.parse().expect("digits"), d.parse().expect("digits"));
    // A percentage is printed from the share, as in the library's own tables.
    let (d, shift) = if figure.printed.unit == "%" { (d * 100, 2) } else { (d, 0) };
    let value = Fraction::new(n, d).expect("not over 0");
    let digits = figure.printed.digits?;
    Some(Rounding::ALL.map(|mode| (mode, mode.to_text(value, shift, digits))))
}

/// The modes that must print the figure. `exact` stands for all: nothing is rounded.
fn right_modes(figure: &Figure) -> Vec<Rounding> {
    if figure.modes.iter().any(|mode| mode == "exact") {
        return Rounding::ALL.to_vec();
    }
    figure.modes.iter().map(|mode| Rounding::parse(mode).expect("a mode")).collect()
}

#[test]
fn published_figures_are_printed_in_the_modes_that_print_them_and_in_no_other() {
    let figures = figures();
    assert_eq!(figures.len(), 190);
    let (mut of_exact_inputs, mut checked) = (0, 0);
    for figure in &figures {
        let Some(prints) = prints(figure) else { continue };
        let right = right_modes(figure);
        for (mode, text) in prints {
            assert_eq!(
                text == figure.printed.value,
                right.contains(&mode),
                "{}: {mode} prints {text}, published is {}; the file says {:?}",
                figure.id,
                figure.printed.value,
                figure.modes
            );
        }
        checked += 1;
        of_exact_inputs += usize::from(!figure.inputs.is_empty() && figure.inputs.iter().all(|input| input.exact));
    }
    println!("{of_exact_inputs} figures of exact inputs, {checked} with those of rounded inputs");
    // Counted outside this test. The other 18 have no fraction: not all their inputs are printed, or a chain of
    // factors or a calendar leads to them.
    assert_eq!((of_exact_inputs, checked), (103, 172));
}

#[test]
fn some_figures_were_truncated() {
    // 96.82% of 63 was cut, not rounded: 61/63 is 96.825…%.
    let only_down: Vec<String> =
        figures().into_iter().filter(|figure| figure.modes == ["down"]).map(|figure| figure.id).collect();
    assert_eq!(only_down.len(), 8);
    assert!(only_down.contains(&"T276".to_owned()));
}
