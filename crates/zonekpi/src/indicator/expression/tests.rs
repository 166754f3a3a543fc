//! What the language accepts, what it refuses and with which words, and that trees survive being written down.

use super::*;
use crate::ledger::Schema;

fn scope(table: &str) -> Scope {
    Scope::of_schema(Schema::builtin().table(table).expect("the table"))
}

/// The tree, written back.
fn read(table: &str, text: &str) -> String {
    match predicate(text, &scope(table)) {
        Ok(tree) => tree.to_string(),
        Err(error) => panic!("{text}: {error}"),
    }
}

fn refusal(table: &str, text: &str) -> String {
    match predicate(text, &scope(table)) {
        Ok(tree) => panic!("{text}: read as {tree}"),
        Err(error) => error.to_string(),
    }
}

#[test]
fn zz_print() {
    for t in [
        "filed AND NOT commitment",
        "NOT (a)",
        "filed = TRUE",
        "filed <> TRUE",
        "TRUE = filed",
        "filed != FALSE",
        "签约时间 IS NULL",
        "happened(签约时间)",
        "happened(\"签约时间\", planned_start_on - 1)",
        "总投资 >= 1e8",
        "investment_cny BETWEEN 1 AND 2.50 AND filed",
        "NOT investment_cny NOT BETWEEN 1 AND 2",
        "zone IN ('甲', '乙')",
        "zone NOT IN ('甲''s')",
        "approval_kind = '备案'",
        "approval_kind IN ('审批', 'filing')",
        "planned_start_on < as_of",
        "planned_start_on + 30 <= AS_OF",
        "planned_start_on = '2024-01-01'",
        "DATE '2024-01-01' - 3 < planned_start_on",
        "days_between(signed_on, started_on) > 30 * 2 - -5",
        "-output_cny < 0",
        "- 5 < jobs",
        "1 - (2 - 3) = 0",
        "(1 - 2) - 3 = 0",
        "2 * (3 * 4) = 24 AND 2 * (3 + 4) * 5 > 1",
        "happened(started_on, signed_on + jobs)",
        "happened(started_on, '2024-01-01')",
        "project.zone = '甲'",
        "项目.总投资 > 1",
        "filed OR (commitment OR key_project AND filed)",
        "TRUE",
        "NOT TRUE",
        "commissioner IS NOT NULL",
        "list_year = 2023",
        "planned_start_on - jobs > as_of",
        "filed IS NULL",
        "NOT NOT filed",
        "figures_year + 1 = 2024 AND planned_start_on IN (DATE '2024-01-01', '2024-02-01')",
    ] {
        match predicate(t, &scope("projects")) {
            Ok(x) => eprintln!(
                "{t}\n    -> {x}\n    {} | {}",
                x.describe(Schema::builtin().table("projects").unwrap(), crate::Language::Zh),
                x.describe(Schema::builtin().table("projects").unwrap(), crate::Language::En)
            ),
            Err(e) => eprintln!("{t}\n    !! {e}"),
        }
    }
    for t in [
        "",
        "filed AND",
        "filed filed",
        "filedd",
        "project.filedd",
        "matter = 'x'",
        "signed_on <= DATE '2024-01-01'",
        "'2024-01-01' > signed_on",
        "signed_on = planned_start_on",
        "signed_on <> as_of",
        "signed_on >= as_of",
        "signed_on IS NULL",
        "signed_on IS NOT NULL",
        "signed_on",
        "signed_on BETWEEN DATE '2024-01-01' AND '2024-12-31'",
        "signed_on IN (DATE '2024-01-01')",
        "zone > 'a'",
        "approval_kind < 'filing'",
        "filed > TRUE",
        "filed = commitment",
        "filed = 1",
        "zone = TRUE",
        "TRUE = FALSE",
        "approval_kind = '备安'",
        "approval_kind = zone",
        "zone = 1",
        "investment_cny = '1'",
        "planned_start_on = '2024-1-1'",
        "planned_start_on = DATE '2024-02-30'",
        "planned_start_on > 5",
        "happened(planned_start_on)",
        "happened(zone)",
        "happened(1)",
        "happened()",
        "happened(started_on, 5)",
        "happened(started_on, signed_on, signed_on)",
        "happened(*)",
        "happened(DISTINCT started_on)",
        "happend(started_on)",
        "lower(zone) = 'a'",
        "working_days_between(signed_on, started_on) > 3",
        "days_between(signed_on)",
        "days_between(signed_on + 1, as_of) > 3",
        "days_between(1, 2) > 3",
        "jobs / 2 > 1",
        "zone LIKE 'a%'",
        "CASE WHEN filed THEN 1 END",
        "jobs = (SELECT 1)",
        "EXISTS (SELECT 1)",
        "jobs % 2 = 0",
        "zone || 'a' = 'b'",
        "filed; DROP",
        "filed == TRUE",
        "zone = ‘甲’",
        "zone = \"甲\"",
        "filed IS TRUE",
        "x::int = 1",
        "jobs",
        "5",
        "'a'",
        "NULL",
        "jobs = NULL",
        "zone IN ('a', NULL)",
        "zone IN (park)",
        "zone IN (SELECT 1)",
        "jobs IN ('a')",
        "jobs + zone > 1",
        "planned_start_on - planned_completion_on > 3",
        "planned_start_on * 2 > as_of",
        "planned_start_on + 1.5 > as_of",
        "planned_start_on + 1000000 > as_of",
        "(jobs + 1) IS NULL",
        "as_of IS NULL",
        "land_mu * land_mu * land_mu * land_mu > 1",
        "jobs > 1e40",
        "jobs > 0.00000000000000000001",
        "a.b.c = 1",
        "matters.visits = 1",
        "filed + 1 > 2",
        "(filed AND commitment) = TRUE",
        "(jobs > 1) > 2",
        "NOT jobs",
        "jobs AND filed",
        "-zone > 1",
        "jobs = -",
        "zone = 'unclosed",
        "zone = N'a'",
        "jobs > 0x10",
        "as_of",
        "happened(started_on) = TRUE",
        "zone = '甲' /* c */ AND filed",
        "zone BETWEEN 'a' AND 'b'",
    ] {
        match predicate(t, &scope("projects")) { Ok(x) => eprintln!("{t}\n    -> {x}"), Err(e) => eprintln!("(\n            {t:?},\n            {:?},\n        ),", e.to_string().replace("; it has: project_id, project_name, parent_id, zone, park, project_type, industry, investor, source_region, source_channel, recruiter, approval_kind, filed, key_project, commitment, agency_handled, commissioner, lead_official, investment_cny, contracted_capital_cny, paid_in_cny, fixed_asset_cny, invested_cny, year_invested_cny, year_plan_cny, figures_year, planned_output_cny, output_cny, tax_cny, land_mu, planned_jobs, jobs, list_year, carried_over, planned_start_on, planned_completion_on, planned_production_on, planned_capacity_on, signed_on, registered_on, landed_on, approved_on, started_on, completed_on, produced_on, at_capacity_on, cancelled_on", "; …")) }
    }
    for i in super::super::Catalog::default()
        .add_toml(include_str!("../catalog.toml"), "catalog.toml")
        .map_err(|e| e.to_string())
        .unwrap()
        .iter()
    {
        eprintln!("{}\n{}\n{}", i.describe(crate::Language::Zh), i.formula(crate::Language::En), i.text);
    }
}
