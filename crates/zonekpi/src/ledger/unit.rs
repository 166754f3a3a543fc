//! Units of amounts, areas, shares and time limits, as cells and headers write them. Factors are exact.

use super::schema::Kind;

/// What a unit measures.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub(crate) enum Dimension {
    Money,
    /// The factor leads to ㎡.
    Area,
    Percent,
    Count,
    /// Working days, natural days, hours: the name of the enum value. Days that say no more than 天 are `days`.
    Time(&'static str),
    /// Another currency: there is no factor.
    Foreign,
}

/// A unit: `written × multiply ÷ divide` is the number in the base unit (yuan, ㎡, 1).
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub(crate) struct Unit {
    pub dimension: Dimension,
    pub multiply: i128,
    pub divide: i128,
}

impl Unit {
    const fn new(dimension: Dimension, multiply: i128, divide: i128) -> Self {
        Self { dimension, multiply, divide }
    }

    /// Yuan, 亩 or ㎡, as a canonical column name says it.
    pub(crate) fn of_canonical_name(name: &str) -> Option<Self> {
        if name.ends_with("_cny") {
            Some(Self::new(Dimension::Money, 1, 1))
        } else if name.ends_with("_mu") {
            Some(MU)
        } else if name.ends_with("_m2") {
            Some(Self::new(Dimension::Area, 1, 1))
        } else {
            None
        }
    }

    /// What leads from this unit to that in which a column is stored: areas in 亩, unless its name says ㎡.
    pub(crate) fn to_stored(self, column: Option<&str>) -> (i128, i128) {
        let in_metres = column.is_some_and(|name| name.ends_with("_m2"));
        if self.dimension == Dimension::Area && !in_metres {
            (self.multiply * MU.divide, self.divide * MU.multiply)
        } else {
            (self.multiply, self.divide)
        }
    }

    /// Whether a column of this kind may be written in this unit.
    pub(crate) fn fits(self, kind: Kind) -> bool {
        match kind {
            Kind::Money => matches!(self.dimension, Dimension::Money | Dimension::Foreign),
            Kind::Area => self.dimension == Dimension::Area,
            Kind::Count | Kind::OptionalCount | Kind::Extension => {
                matches!(self.dimension, Dimension::Count | Dimension::Time(_))
            }
            Kind::Measure | Kind::OptionalMeasure => true,
            _ => false,
        }
    }

    /// The word that says this unit, for telling how a column was read.
    pub(crate) fn name(self) -> Option<String> {
        NAMED.iter().find(|word| unit(word) == Some(self)).map(|word| (*word).to_owned())
    }

    /// Days that do not say whether of work or of the calendar.
    pub(crate) fn is_bare_days(self) -> bool {
        self.dimension == Dimension::Time("days")
    }

    /// The name of the base unit, as indicators have it.
    pub(crate) fn base_name(self) -> Option<&'static str> {
        match self.dimension {
            Dimension::Money => Some("cny"),
            Dimension::Area => Some("mu"),
            Dimension::Percent => Some("share"),
            _ => None,
        }
    }
}

/// Words of the usual units, the first of each to be shown.
pub(crate) const NAMED: [&str; 23] = [
    "元",
    "千元",
    "万元",
    "十万元",
    "百万元",
    "千万元",
    "亿元",
    "十亿元",
    "万亿元",
    "亩",
    "万亩",
    "平方米",
    "公顷",
    "平方公里",
    "%",
    "‰",
    "工作日",
    "自然日",
    "天",
    "小时",
    "个",
    "千人",
    "万人",
];

/// 1 亩 = 2000 ÷ 3 ㎡.
pub(crate) const MU: Unit = Unit::new(Dimension::Area, 2000, 3);

/// The unit that a compacted, lower-case word is, if it is one.
pub(crate) fn unit(word: &str) -> Option<Unit> {
    use Dimension::{Area, Count, Foreign, Money, Percent, Time};
    let word = word.strip_prefix("人民币").filter(|rest| !rest.is_empty()).unwrap_or(word);
    let word = word.strip_suffix("人民币").filter(|rest| !rest.is_empty()).unwrap_or(word);
    Some(match word {
        "元" | "圆" | "人民币" | "rmb" | "cny" | "元人民币" | "yuan" => Unit::new(Money, 1, 1),
        "千元" => Unit::new(Money, 1_000, 1),
        "万元" | "万" | "万圆" => Unit::new(Money, 10_000, 1),
        "十万元" => Unit::new(Money, 100_000, 1),
        "百万元" | "百万" => Unit::new(Money, 1_000_000, 1),
        "千万元" | "千万" => Unit::new(Money, 10_000_000, 1),
        "亿元" | "亿" => Unit::new(Money, 100_000_000, 1),
        "十亿元" => Unit::new(Money, 1_000_000_000, 1),
        "万亿元" | "万亿" => Unit::new(Money, 1_000_000_000_000, 1),
        "亩" | "mu" => MU,
        "百亩" => Unit::new(Area, 200_000, 3),
        "千亩" => Unit::new(Area, 2_000_000, 3),
        "万亩" => Unit::new(Area, 20_000_000, 3),
        "平方米" | "㎡" | "m2" | "m²" | "平米" | "平方" | "平" => Unit::new(Area, 1, 1),
        "万平方米" | "万㎡" | "万m2" | "万m²" | "万平米" | "万平" | "万平方" => {
            Unit::new(Area, 10_000, 1)
        }
        // 顷 alone is 100 亩 to some and a hectare to others.
        "公顷" | "ha" | "hm2" | "hm²" | "h㎡" => Unit::new(Area, 10_000, 1),
        "平方公里" | "km2" | "km²" | "k㎡" | "平方千米" | "㎢" => Unit::new(Area, 1_000_000, 1),
        "%" | "百分比" | "百分数" | "百分之" => Unit::new(Percent, 1, 100),
        "‰" => Unit::new(Percent, 1, 1000),
        "人" | "个" | "次" | "件" | "家" | "户" | "宗" | "项" | "轮" | "名" | "场" | "人次" | "名人" | "处" | "栋"
        | "支" | "年" | "分" | "级" | "星" | "颗星" | "例" | "户次" | "条" | "份" | "批" | "批次" | "期" | "组"
        | "座" | "间" | "台" | "套" | "位" | "员" | "所" | "幢" | "个项目" | "家企业" | "个单体" => {
            Unit::new(Count, 1, 1)
        }
        "万人" | "万人次" | "万个" | "万件" | "万次" | "万户" => Unit::new(Count, 10_000, 1),
        "千人" => Unit::new(Count, 1_000, 1),
        "工作日" | "个工作日" | "工作天" | "个工作天" => Unit::new(Time("working_days"), 1, 1),
        "天" | "日" => Unit::new(Time("days"), 1, 1),
        "自然日" | "个自然日" | "自然天" | "日历日" | "日历天" | "个日历日" => {
            Unit::new(Time("natural_days"), 1, 1)
        }
        "小时" | "个小时" | "时" | "h" => Unit::new(Time("hours"), 1, 1),
        _ if is_foreign(word) => Unit::new(Foreign, 0, 1),
        _ => return None,
    })
}

/// Other currencies, in lower case.
const FOREIGN: [&str; 36] = [
    "美元",
    "美金",
    "美刀",
    "欧元",
    "港元",
    "港币",
    "日元",
    "日圆",
    "英镑",
    "韩元",
    "韩币",
    "新台币",
    "台币",
    "卢布",
    "澳元",
    "澳币",
    "加元",
    "加币",
    "新加坡元",
    "坡币",
    "澳门元",
    "澳门币",
    "瑞士法郎",
    "瑞郎",
    "泰铢",
    "卢比",
    "usd",
    "eur",
    "hkd",
    "jpy",
    "gbp",
    "krw",
    "aud",
    "cad",
    "sgd",
    "chf",
];

fn is_foreign(word: &str) -> bool {
    let rest = word.trim_start_matches(['万', '亿', '千', '百', '十']);
    FOREIGN.contains(&rest) || matches!(rest, "$" | "€" | "£" | "us$" | "hk$" | "a$" | "c$")
}

/// Whether the header or the cell is about another currency.
pub(crate) fn has_foreign_sign(word: &str) -> bool {
    word.contains(['$', '€', '£']) || FOREIGN.iter().any(|name| word.contains(name))
}

/// The units that a line such as 单位：万元、亩 names.
pub(crate) fn units_in(compacted: &str) -> Vec<Unit> {
    compacted.split(['、', ',', ';', '；', '/', '|', '和', '及']).filter_map(|w| unit(&super::text::word(w))).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn units_are_exact_and_foreign_ones_are_known() {
        assert_eq!(unit("亿元").map(|u| u.multiply), Some(100_000_000));
        assert_eq!(unit("公顷").map(|u| (u.multiply, u.divide)), Some((10_000, 1)));
        assert_eq!(unit("万美元").map(|u| u.dimension), Some(Dimension::Foreign));
        assert_eq!(unit("人民币万元").map(|u| u.multiply), Some(10_000));
        assert_eq!(unit("朔州"), None);
        assert_eq!(unit("公顷").map(|u| u.to_stored(Some("land_mu"))), Some((30_000, 2000)));
        assert_eq!(unit("公顷").map(|u| u.to_stored(Some("area_m2"))), Some((10_000, 1)));
        assert_eq!(units_in("万元、亩").len(), 2);
    }
}
