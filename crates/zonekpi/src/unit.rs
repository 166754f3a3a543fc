//! What the numbers of an indicator count, how that is written, and the power of ten by which money is shown.

use crate::message::{Language, Phrase};
use crate::number::{Decimal, Fraction};

/// 1 ㎡ = 0.0015 亩, exactly: a 亩 is 2000/3 ㎡.
pub const MU_PER_SQUARE_METRE: Decimal = Decimal { unscaled: 15, scale: 4 };

/// The unit of an indicator's value, as a definition names it.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub(crate) enum Unit<'a> {
    /// `share`: a fraction, printed as a percentage.
    Share,
    /// `count`: 个
    Count,
    /// `cny`: yuan, printed in 元, 万元 or 亿元.
    Money,
    /// `mu`: 亩
    Mu,
    /// `m2`: ㎡
    SquareMetre,
    /// `cny/mu`: yuan per 亩, printed in 元/亩 or 万元/亩.
    MoneyPerMu,
    /// `persons`: 人
    Persons,
    /// `ratio`: a bare number.
    Ratio,
    /// `days`: 天
    Days,
    /// `working_days`: 工作日
    WorkingDays,
    /// Any other text, printed as it is.
    Other(&'a str),
}

impl<'a> Unit<'a> {
    /// The unit of a name.
    pub(crate) fn of(name: &'a str) -> Self {
        match name {
            "share" => Self::Share,
            "count" => Self::Count,
            "cny" => Self::Money,
            "mu" => Self::Mu,
            "m2" => Self::SquareMetre,
            "cny/mu" => Self::MoneyPerMu,
            "persons" => Self::Persons,
            "ratio" => Self::Ratio,
            "days" => Self::Days,
            "working_days" | "working days" => Self::WorkingDays,
            other => Self::Other(other),
        }
    }

    /// The unit in words, as a definition tells it: money in yuan, whatever the display will choose.
    pub(crate) fn name(self, language: Language) -> String {
        let phrase = match self {
            Self::Share => Phrase::UnitShareName,
            Self::Count => Phrase::UnitCountName,
            Self::Money => Phrase::UnitYuan,
            Self::MoneyPerMu => {
                let money = Phrase::UnitYuan.message().text(language);
                return Phrase::UnitPerMu.message().with("money", money).text(language);
            }
            Self::Mu => Phrase::UnitMu,
            Self::SquareMetre => Phrase::UnitSquareMetre,
            Self::Persons => Phrase::UnitPersons,
            Self::Ratio => Phrase::UnitRatioName,
            Self::Days => Phrase::UnitDays,
            Self::WorkingDays => Phrase::UnitWorkingDays,
            Self::Other(name) => return name.to_owned(),
        };
        phrase.message().text(language)
    }

    /// Whether a value is a whole number by its nature, so that digits after the point would only be noise.
    pub(crate) const fn is_whole(self) -> bool {
        matches!(self, Self::Count | Self::Persons | Self::Days | Self::WorkingDays)
    }

    /// Digits after the point where nobody asked for a number of them, and the value is not whole.
    pub(crate) const fn digits(self) -> u32 {
        match self {
            Self::Days | Self::WorkingDays => 1,
            _ => 2,
        }
    }

    /// How a column of values of this unit is shown. Money takes the unit asked for, else one that fits the values.
    pub(crate) fn scale(
        self,
        values: impl Iterator<Item = Fraction>,
        asked: Option<MoneyUnit>,
        language: Language,
    ) -> Scale {
        let plain = |label: Phrase| Scale { shift: 0, label: label.message().text(language) };
        match self {
            // The percent sign stands beside each number, not in the head.
            Self::Share => Scale { shift: 2, label: String::new() },
            Self::Count => plain(Phrase::UnitCount),
            Self::Mu => plain(Phrase::UnitMu),
            Self::SquareMetre => plain(Phrase::UnitSquareMetre),
            Self::Persons => plain(Phrase::UnitPersons),
            Self::Days => plain(Phrase::UnitDays),
            Self::WorkingDays => plain(Phrase::UnitWorkingDays),
            Self::Ratio => Scale { shift: 0, label: String::new() },
            Self::Other(name) => Scale { shift: 0, label: name.to_owned() },
            Self::Money => {
                let unit = asked.unwrap_or_else(|| MoneyUnit::fitting(values, MoneyUnit::usual(language)));
                Scale { shift: unit.shift(), label: unit.label(language) }
            }
            Self::MoneyPerMu => {
                // Nobody says 亿元/亩: what is asked of the money columns does not reach these.
                let units = MoneyUnit::usual(language);
                let unit = match asked {
                    Some(MoneyUnit::Yuan) => MoneyUnit::Yuan,
                    _ => MoneyUnit::fitting(values, units.get(..2).unwrap_or(units)),
                };
                let label = Phrase::UnitPerMu.message().with("money", unit.label(language)).text(language);
                Scale { shift: unit.shift(), label }
            }
        }
    }
}

/// How numbers are shown: multiplied by a power of ten, with a word for the unit.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Scale {
    /// The power of ten.
    pub(crate) shift: i32,
    /// The unit in words; empty where there is none to write.
    pub(crate) label: String,
}

/// In what money is shown.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
#[non_exhaustive]
pub enum MoneyUnit {
    /// 元
    Yuan,
    /// 万元
    TenThousand,
    /// Million yuan, as English counts.
    Million,
    /// 亿元
    HundredMillion,
    /// Billion yuan, as English counts.
    Billion,
}

impl MoneyUnit {
    /// The units.
    pub const ALL: [Self; 5] = [Self::Yuan, Self::TenThousand, Self::Million, Self::HundredMillion, Self::Billion];

    /// The power of ten by which yuan are multiplied.
    const fn shift(self) -> i32 {
        match self {
            Self::Yuan => 0,
            Self::TenThousand => -4,
            Self::Million => -6,
            Self::HundredMillion => -8,
            Self::Billion => -9,
        }
    }

    /// The unit in words.
    pub fn label(self, language: Language) -> String {
        let phrase = match self {
            Self::Yuan => Phrase::UnitYuan,
            Self::TenThousand => Phrase::UnitTenThousand,
            Self::Million => Phrase::UnitMillion,
            Self::HundredMillion => Phrase::UnitHundredMillion,
            Self::Billion => Phrase::UnitBillion,
        };
        phrase.message().text(language)
    }

    /// The unit of a label in either language: 亿元, 亿, `bn CNY`.
    pub fn parse(text: &str) -> Option<Self> {
        let text = text.trim();
        Self::ALL.into_iter().find(|unit| {
            [Language::Zh, Language::En].into_iter().any(|language| {
                let label = unit.label(language);
                // 万 for 万元 and 亿 for 亿元, as people say it.
                label == text || label.strip_suffix('元').is_some_and(|short| !short.is_empty() && short == text)
            })
        })
    }

    /// The units that a reader of the language counts in, the smallest first.
    const fn usual(language: Language) -> &'static [Self] {
        match language {
            Language::Zh => &[Self::Yuan, Self::TenThousand, Self::HundredMillion],
            Language::En => &[Self::Yuan, Self::Million, Self::Billion],
        }
    }

    /// The largest of the units in which the largest value is at least 1 and no value but 0 prints as 0.00.
    fn fitting(values: impl Iterator<Item = Fraction>, units: &[Self]) -> Self {
        let sizes = values
            .filter(|value| value.numerator() != 0)
            // Whole hundredths of a yuan are enough to compare by; what is smaller counts as one.
            .map(|v| (v.numerator().unsigned_abs().saturating_mul(100) / v.denominator().unsigned_abs()).max(1));
        let Some((least, most)) = sizes.fold(None, |range: Option<(u128, u128)>, size| {
            Some(range.map_or((size, size), |(least, most)| (least.min(size), most.max(size))))
        }) else {
            return units.last().copied().unwrap_or(Self::Yuan);
        };
        let fits = |unit: &&Self| {
            let yuan = 10u128.pow(unit.shift().unsigned_abs());
            most >= 100 * yuan && least >= yuan
        };
        units.iter().rfind(fits).copied().unwrap_or(Self::Yuan)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn money(yuan: &[i128], language: Language) -> String {
        let values = yuan.iter().filter_map(|y| Fraction::new(*y, 1));
        Unit::Money.scale(values, None, language).label
    }

    #[test]
    fn money_is_shown_in_a_unit_that_fits_its_column() {
        assert_eq!(money(&[8_969_000_000, 300_000_000], Language::Zh), "亿元");
        assert_eq!(money(&[70_000_000, 50_000], Language::Zh), "万元");
        assert_eq!(money(&[9_999, 1], Language::Zh), "元");
        assert_eq!(money(&[18_000_000_000], Language::En), "bn CNY");
        assert_eq!(money(&[70_000_000], Language::En), "m CNY");
        // 30 万元 are 0.00 亿元: the larger value does not decide alone.
        assert_eq!(money(&[18_000_000_000, 300_000], Language::Zh), "万元");
        assert_eq!(money(&[18_000_000_000, 1_000_000], Language::Zh), "亿元");
        // Nothing to fit: the usual unit of ledgers.
        assert_eq!(money(&[0, 0], Language::Zh), "亿元");
        assert_eq!(money(&[-18_000_000_000], Language::Zh), "亿元");
        assert_eq!(money(&[i128::MAX], Language::Zh), "亿元");
    }

    #[test]
    fn the_unit_asked_for_is_taken() {
        let none = || std::iter::empty();
        let asked = |unit| Unit::Money.scale(none(), Some(unit), Language::Zh);
        assert_eq!(asked(MoneyUnit::TenThousand), Scale { shift: -4, label: "万元".to_owned() });
        assert_eq!(asked(MoneyUnit::Billion).label, "十亿元");
        let per_mu = Unit::MoneyPerMu.scale(none(), Some(MoneyUnit::HundredMillion), Language::Zh);
        assert_eq!(per_mu, Scale { shift: -4, label: "万元/亩".to_owned() });
        let per_mu = Unit::MoneyPerMu.scale(none(), Some(MoneyUnit::Yuan), Language::En);
        assert_eq!(per_mu, Scale { shift: 0, label: "CNY/mu".to_owned() });
    }

    #[test]
    fn labels_are_read_back() {
        for unit in MoneyUnit::ALL {
            for language in [Language::Zh, Language::En] {
                assert_eq!(MoneyUnit::parse(&unit.label(language)), Some(unit));
            }
        }
        assert_eq!(MoneyUnit::parse("亿"), Some(MoneyUnit::HundredMillion));
        assert_eq!(MoneyUnit::parse("万"), Some(MoneyUnit::TenThousand));
        assert_eq!(MoneyUnit::parse("亿美元"), None);
        assert_eq!(MoneyUnit::parse(""), None);
    }

    #[test]
    fn a_square_metre_is_15_ten_thousandths_of_a_mu() {
        let mu = MU_PER_SQUARE_METRE.over(Decimal::whole(1)).expect("not over 0");
        // 28 万平方米 are 420 亩.
        assert_eq!(280_000 * mu.numerator() / mu.denominator(), 420);
    }

    #[test]
    fn every_unit_has_its_words() {
        let label = |name, language| Unit::of(name).scale(std::iter::empty(), None, language).label;
        for (name, zh, en) in [
            ("share", "", ""),
            ("count", "个", ""),
            ("mu", "亩", "mu"),
            ("m2", "㎡", "m²"),
            ("persons", "人", "persons"),
            ("ratio", "", ""),
            ("days", "天", "days"),
            ("working_days", "工作日", "working days"),
            ("件", "件", "件"),
        ] {
            let named = |language| Unit::of(name).name(language);
            assert!(!named(Language::Zh).is_empty() && !named(Language::En).is_empty(), "{name}");
            assert_eq!((label(name, Language::Zh), label(name, Language::En)), (zh.to_owned(), en.to_owned()));
        }
    }
}
