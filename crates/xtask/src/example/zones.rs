//! The zones of the example, their habits in percent, and the invented names in them.

use super::random::Random;

/// A zone and its habits. Shares are in percent.
pub(super) struct Zone {
    pub(super) name: &'static str,
    /// Begins every id of the zone.
    pub(super) code: &'static str,
    pub(super) parks: &'static [&'static str],
    pub(super) projects: i64,
    pub(super) cases: i64,
    pub(super) parcels: i64,
    pub(super) buildings: i64,
    pub(super) visits: i64,
    pub(super) problems: i64,
    pub(super) tasks: i64,
    pub(super) activities: i64,
    /// Approved by filing (备案).
    pub(super) filed: i64,
    pub(super) commitment: i64,
    pub(super) agency: i64,
    pub(super) commissioner: i64,
    pub(super) standard_land: i64,
    /// Cases decided after the promised limit.
    pub(super) late: i64,
    pub(super) pre_reviewed: i64,
    pub(super) joint_inspection: i64,
    /// Stage checks, first pass and joint acceptance.
    pub(super) acceptance: i64,
    pub(super) tasks_done: i64,
    /// Whether cells are left blank or are written imprecisely.
    pub(super) rough: bool,
}

/// 朔州经开区 is written in `shuozhou`; its number of projects is that of the lists there.
pub(super) const SHUOZHOU: usize = 0;
pub(super) const YANGQUAN: usize = 1;

#[rustfmt::skip]
pub(super) const ZONES: [Zone; 9] = [
    Zone { name: "朔州经开区", code: "SZ", parks: &["新兴产业园", "科技产业园", "循环产业园"], projects: 0, cases: 390, parcels: 3, buildings: 51, visits: 60, problems: 48, tasks: 60, activities: 16, filed: 84, commitment: 93, agency: 81, commissioner: 93, standard_land: 100, late: 4, pre_reviewed: 62, joint_inspection: 58, acceptance: 76, tasks_done: 84, rough: false },
    Zone { name: "阳泉高新区", code: "YQ", parks: &["东园区", "西园区"], projects: 42, cases: 275, parcels: 14, buildings: 36, visits: 61, problems: 38, tasks: 48, activities: 14, filed: 78, commitment: 82, agency: 90, commissioner: 85, standard_land: 76, late: 7, pre_reviewed: 50, joint_inspection: 44, acceptance: 70, tasks_done: 80, rough: true },
    Zone { name: "大同经开区", code: "DT", parks: &["装备产业园", "医药产业园"], projects: 46, cases: 305, parcels: 17, buildings: 58, visits: 40, problems: 34, tasks: 52, activities: 13, filed: 75, commitment: 78, agency: 66, commissioner: 70, standard_land: 70, late: 9, pre_reviewed: 40, joint_inspection: 46, acceptance: 91, tasks_done: 77, rough: true },
    Zone { name: "灵石经开区", code: "LS", parks: &["两渡片区", "段纯片区"], projects: 34, cases: 260, parcels: 13, buildings: 34, visits: 33, problems: 29, tasks: 42, activities: 10, filed: 70, commitment: 73, agency: 62, commissioner: 64, standard_land: 62, late: 6, pre_reviewed: 83, joint_inspection: 88, acceptance: 68, tasks_done: 79, rough: true },
    Zone { name: "转型综改示范区", code: "ZG", parks: &["唐槐园区", "北部园区", "科创园区"], projects: 56, cases: 390, parcels: 22, buildings: 72, visits: 52, problems: 44, tasks: 56, activities: 26, filed: 80, commitment: 88, agency: 74, commissioner: 78, standard_land: 82, late: 5, pre_reviewed: 58, joint_inspection: 52, acceptance: 74, tasks_done: 82, rough: true },
    Zone { name: "临猗示范区", code: "LY", parks: &["果业园区", "农产品加工园"], projects: 32, cases: 220, parcels: 12, buildings: 30, visits: 30, problems: 26, tasks: 132, activities: 11, filed: 77, commitment: 69, agency: 58, commissioner: 60, standard_land: 58, late: 11, pre_reviewed: 35, joint_inspection: 38, acceptance: 61, tasks_done: 73, rough: true },
    Zone { name: "桑干示范区", code: "SG", parks: &["高岭土产业园", "绿电园区"], projects: 36, cases: 230, parcels: 14, buildings: 32, visits: 32, problems: 27, tasks: 46, activities: 10, filed: 72, commitment: 71, agency: 64, commissioner: 58, standard_land: 66, late: 13, pre_reviewed: 33, joint_inspection: 41, acceptance: 58, tasks_done: 70, rough: true },
    Zone { name: "汾西高新区", code: "FX", parks: &["化工园区", "数字经济园"], projects: 33, cases: 220, parcels: 12, buildings: 30, visits: 28, problems: 25, tasks: 44, activities: 9, filed: 74, commitment: 64, agency: 55, commissioner: 52, standard_land: 50, late: 15, pre_reviewed: 28, joint_inspection: 30, acceptance: 55, tasks_done: 66, rough: true },
    Zone { name: "云岭经开区", code: "YL", parks: &["物流园区", "康养园区"], projects: 28, cases: 190, parcels: 10, buildings: 26, visits: 26, problems: 22, tasks: 40, activities: 8, filed: 68, commitment: 52, agency: 47, commissioner: 45, standard_land: 44, late: 18, pre_reviewed: 25, joint_inspection: 27, acceptance: 50, tasks_done: 62, rough: true },
];

/// Industries and what is made in them.
pub(super) const INDUSTRIES: [(&str, &[&str]); 9] = [
    (
        "装备制造",
        &["矿用减速机", "风电法兰", "智能传送装备", "精密铸件", "刮板机链条", "数控刀具", "轨道紧固件", "液压阀块"],
    ),
    (
        "新材料",
        &["陶瓷纤维", "玄武岩纤维", "铝基复合材料", "高岭土填料", "碳化硅粉体", "气凝胶毡", "石墨匀热膜", "镁合金型材"],
    ),
    ("新能源", &["储能电池柜", "生物质颗粒", "风机叶片", "光伏支架", "充换电设备", "氢气提纯装置"]),
    ("数字经济", &["算力机房", "数据标注", "工业传感器", "智能电表", "线缆组件", "矿山物联网终端"]),
    ("食品加工", &["杂粮加工", "浓缩果汁", "乳制品", "沙棘饮料", "预制菜", "果蔬冷链"]),
    ("节能环保", &["煤矸石制砖", "粉煤灰利用", "废轮胎再生", "污泥处置", "石膏板", "余热回收装置"]),
    ("生物医药", &["中药饮片", "医用敷料", "兽用制剂", "黄芪提取物", "康复器械"]),
    ("现代物流", &["公铁联运中心", "冷链仓储", "快递分拨中心", "大宗商品堆场"]),
    ("现代煤化工", &["甲醇深加工", "炭黑", "煤基活性炭", "针状焦"]),
];

const FORMS: [&str; 6] = ["生产线", "制造基地", "产业化", "扩建", "智能工厂", "技术改造"];

/// Names that no company bears as far as anyone could tell: three characters drawn from lists.
pub(super) struct Names {
    brands: Vec<String>,
    taken: Vec<String>,
}

impl Names {
    pub(super) fn new() -> Self {
        const FIRST: [char; 14] = ['岚', '屿', '砚', '珩', '澄', '棠', '筱', '昱', '翊', '沐', '湛', '绮', '霁', '樾'];
        const SECOND: [char; 9] = ['禾', '汀', '栎', '枫', '溪', '岑', '黛', '苇', '笙'];
        const THIRD: [char; 7] = ['筑', '舟', '朴', '陌', '澜', '弦', '壹'];
        let mut brands = Vec::new();
        for first in FIRST {
            for second in SECOND {
                for third in THIRD {
                    brands.push([first, second, third].iter().collect());
                }
            }
        }
        Random::of("brands").shuffle(&mut brands);
        Self { brands, taken: Vec::new() }
    }

    /// A company, invented, not given twice.
    pub(super) fn company(&mut self) -> String {
        format!("{}公司", self.brands.pop().unwrap_or_default())
    }

    /// Takes a project's name, if it is still free in the zone.
    pub(super) fn reserve(&mut self, zone: &Zone, name: &str) -> bool {
        let key = format!("{} {name}", zone.code);
        let free = !self.taken.contains(&key);
        if free {
            self.taken.push(key);
        }
        free
    }

    /// A project of an industry, not named twice in one zone.
    pub(super) fn project(&mut self, random: &mut Random, zone: &Zone, products: &[&str]) -> String {
        loop {
            let product = random.pick(products);
            let place = product.ends_with(['心', '场', '储', '房']);
            let form = if place { random.pick(&["建设", "扩建"]) } else { random.pick(&FORMS) };
            let part = if random.chance(70) {
                ""
            } else {
                random.pick(&["（东区）", "（西区）", "（南区）", "（北区）"])
            };
            let name = format!("{product}{form}项目{part}");
            if self.reserve(zone, &name) {
                return name;
            }
        }
    }
}
