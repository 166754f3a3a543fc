//! How numbers are printed: the options that a caller has, and the one unit and the digits of a column.

use super::round::{MOST_DIGITS, Rounding, grouped, not_above, not_below, with_plus};
use crate::error::{Error, ErrorKind, Result};
use crate::indicator::Indicator;
use crate::message::{ErrorCode, Language, Phrase};
use crate::number::Fraction;
use crate::unit::{MoneyUnit, Scale, Unit};

/// How numbers and words are shown.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct DisplayOptions {
    pub(in crate::answer) language: Language,
    rounding: Rounding,
    digits: Option<u32>,
    money_unit: Option<MoneyUnit>,
    separators: bool,
}

impl DisplayOptions {
    /// Chinese, 四舍五入, two digits (none for what is counted), money in the unit that fits the column.
    pub fn new() -> Self {
        Self::default()
    }

    /// The language of heads, groups and footnotes.
    pub fn language(mut self, language: Language) -> Self {
        self.language = language;
        self
    }

    /// What is done with the digits that are not printed.
    pub fn rounding(mut self, rounding: Rounding) -> Self {
        self.rounding = rounding;
        self
    }

    /// Digits after the point of every value that is not a whole number of things.
    ///
    /// # Errors
    ///
    /// Where more than 12 are asked.
    pub fn digits(mut self, digits: u32) -> Result<Self> {
        if digits > MOST_DIGITS {
            let message = ErrorCode::TooManyDigits.message().with("found", digits).with("allowed", MOST_DIGITS);
            return Err(Error::new(ErrorKind::Query, message));
        }
        self.digits = Some(digits);
        Ok(self)
    }

    /// The unit of all money columns.
    pub fn money_unit(mut self, unit: MoneyUnit) -> Self {
        self.money_unit = Some(unit);
        self
    }

    /// Whether a comma stands before every three digits.
    pub fn separators(mut self, separators: bool) -> Self {
        self.separators = separators;
        self
    }

    /// One value of a unit, such as `93.65%` of `share` and `89.69 亿元` of `cny`.
    pub fn text(&self, value: Fraction, unit: &str) -> String {
        Format::fitting(unit, std::iter::once(value), self).text_with_unit(value)
    }

    /// A difference of two shares in percentage points, with a plus where it is above zero: `+13.82 个百分点`.
    ///
    /// It must be the difference of the unrounded shares.
    pub fn points(&self, difference: Fraction) -> String {
        let number = self.rounding.to_text(difference, 2, self.digits.unwrap_or(Unit::Share.digits()));
        Phrase::Points.message().with("number", with_plus(number)).text(self.language)
    }

    pub(super) fn say(&self, phrase: Phrase) -> String {
        phrase.message().text(self.language)
    }

    pub(super) fn is_zh(&self) -> bool {
        self.language == Language::Zh
    }
}

/// How the numbers of one column (one indicator) are printed: one unit, one number of digits.
#[derive(Clone, Debug)]
pub(crate) struct Format {
    scale: Scale,
    digits: u32,
    percent: bool,
    rounding: Rounding,
    separators: bool,
}

impl Format {
    /// The format that fits all `values` of a unit.
    pub(crate) fn fitting(
        unit: &str,
        values: impl Iterator<Item = Fraction> + Clone,
        options: &DisplayOptions,
    ) -> Self {
        let unit = Unit::of(unit);
        let whole = unit.is_whole() && values.clone().all(|value| value.denominator() == 1);
        Self {
            digits: if whole { 0 } else { options.digits.unwrap_or(unit.digits()) },
            scale: unit.scale(values, options.money_unit, options.language),
            percent: unit == Unit::Share,
            rounding: options.rounding,
            separators: options.separators,
        }
    }

    /// The same with the measure word of what an indicator counts, where it has one.
    pub(super) fn counted(mut self, indicator: &Indicator, language: Language) -> Self {
        if let Some(counted) = &indicator.counted {
            self.scale.label = if language == Language::Zh { counted.zh.clone() } else { counted.en.clone() };
        }
        self
    }

    /// The unit that a column's head must name.
    pub(crate) fn unit(&self) -> Option<String> {
        (!self.scale.label.is_empty()).then(|| self.scale.label.clone())
    }

    /// The bare number.
    pub(crate) fn number(&self, value: Fraction) -> String {
        self.rounding.to_text(value, self.scale.shift, self.digits)
    }

    /// The number for people below a head that names the unit; shares carry their sign.
    pub(crate) fn text(&self, value: Fraction) -> String {
        self.shown(self.number(value))
    }

    /// The lower end of a range in which a value surely lies: what is not printed makes it wider, never narrower.
    pub(super) fn lower_end(&self, value: Fraction) -> String {
        self.shown(not_above(value, self.scale.shift, self.digits))
    }

    /// The upper end of a range in which a value surely lies.
    pub(super) fn upper_end(&self, value: Fraction) -> String {
        self.shown(not_below(value, self.scale.shift, self.digits))
    }

    fn shown(&self, number: String) -> String {
        let number = if self.separators { grouped(&number) } else { number };
        if self.percent { format!("{number}%") } else { number }
    }

    /// The number for people with its unit.
    pub(crate) fn text_with_unit(&self, value: Fraction) -> String {
        let text = self.text(value);
        if self.scale.label.is_empty() { text } else { format!("{text} {}", self.scale.label) }
    }
}
