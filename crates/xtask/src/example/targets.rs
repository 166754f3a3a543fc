//! Targets, and figures as they were published.

use super::random::Random;
use super::table::Table;
use super::zones::{SHUOZHOU, ZONES};

/// Targets of 2024. The first two are the article's.
pub(super) fn targets() -> Table {
    let mut table = Table::new(
        "targets",
        &["indicator", "zone", "period", "target", "direction", "weight", "issuer", "unit", "kind"],
    );
    let mut push = |indicator: &str, zone: &str, target: &str, floor: bool, weight: &str, issuer: &str, unit: &str| {
        table.push(
            [
                indicator,
                zone,
                "2024",
                target,
                if floor { "不低于" } else { "不高于" },
                weight,
                issuer,
                unit,
                "年度目标",
            ]
            .map(str::to_owned)
            .to_vec(),
        );
    };
    for (zone, habits) in ZONES.iter().enumerate() {
        let random = &mut Random::of(&format!("targets {}", habits.code));
        let own = "开发区管委会";
        // Attracting investment weighs 40% of the assessment.
        let (projects, investment) =
            if zone == SHUOZHOU { (35, 180) } else { (random.between(8, 22), random.between(12, 70)) };
        push("signed_projects", habits.name, &projects.to_string(), true, "0.2", own, "个");
        push("signed_investment", habits.name, &format!("{investment}00000000"), true, "0.2", own, "元");
        for (indicator, target, floor, weight) in [
            ("start_rate", random.pick(&["0.65", "0.7", "0.75"]), true, "0.15"),
            ("commitment_share", random.pick(&["0.8", "0.85", "0.9"]), true, "0.1"),
            ("standard_land_share", "0.8", true, "0.1"),
            ("on_time_rate", random.pick(&["0.95", "0.97"]), true, "0.1"),
            ("satisfaction_rate", "0.95", true, "0.05"),
            ("case_working_days", random.pick(&["5", "6", "8"]), false, "0.05"),
            ("overdue_tasks", random.pick(&["3", "5", "8"]), false, "0.05"),
        ] {
            push(indicator, habits.name, target, floor, weight, own, "");
        }
    }
    // A second target for the same indicators, handed down by the city; it carries no weight.
    push("signed_projects", "朔州经开区", "30", true, "", "朔州市", "个");
    push("commitment_share", "朔州经开区", "0.9", true, "", "朔州市", "");
    push("commitment_share", "大同经开区", "0.8", true, "", "大同市", "");
    table
}

/// Figures as printed: those of the article, and monthly growth that no ledger could give.
pub(super) fn reported() -> Table {
    let mut table =
        Table::new("reported", &["indicator", "zone", "period", "value", "unit", "cumulative", "status", "source"]);
    const ARTICLE: &str = "报道";
    for (indicator, zone, period, value, unit) in [
        ("commitment_projects", "朔州经开区", "cumulative", "59", "个"),
        ("commitment_share", "朔州经开区", "cumulative", "93.65%", ""),
        ("standard_land_parcels", "朔州经开区", "cumulative", "3", "宗"),
        ("standard_land_area", "朔州经开区", "cumulative", "138.64", "亩"),
        ("standard_land_share", "朔州经开区", "cumulative", "100%", ""),
        ("standard_land_reserve", "朔州经开区", "cumulative", "2200", "亩"),
        ("agency_projects", "朔州经开区", "cumulative", "61", "个"),
        ("agency_share", "朔州经开区", "cumulative", "81.3%", ""),
        ("batch_projects", "朔州经开区", "cumulative", "60", "个"),
        ("batch_investment", "朔州经开区", "cumulative", "89.69", "亿元"),
        ("batch_start_rate", "朔州经开区", "cumulative", "100%", ""),
        ("batch_capacity_rate", "朔州经开区", "cumulative", "100%", ""),
        ("service_visits", "阳泉高新区", "2024Q1", "21", "次"),
        ("problems_solved", "阳泉高新区", "2024Q1", "16", "件"),
    ] {
        table.push([indicator, zone, period, value, unit, "是", "快报", ARTICLE].map(str::to_owned).to_vec());
    }
    for habits in &ZONES {
        let random = &mut Random::of(&format!("reported {}", habits.code));
        for (year, months) in [(2023, 2..=12), (2024, 2..=3)] {
            for month in months {
                let tenths = random.between(-18, 124);
                let sign = if tenths < 0 { "-" } else { "" };
                // A month may be reported alone; the year's last figure is revised.
                let cumulative = !random.chance(15);
                let status = if year == 2023 { "年报" } else { "快报" };
                let cells = [
                    "规上工业增加值增速",
                    habits.name,
                    &format!("{year}-{month:02}"),
                    &format!("{sign}{}.{}%", tenths.abs() / 10, tenths.abs() % 10),
                    "",
                    if cumulative { "是" } else { "否" },
                    status,
                    "示例统计",
                ];
                table.push(cells.map(str::to_owned).to_vec());
            }
        }
    }
    table
}
