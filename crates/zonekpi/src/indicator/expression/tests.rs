//! What the language accepts, what it refuses and with which words, and that trees survive being written down.

use proptest::prelude::*;

use super::*;
use crate::error::Error;
use crate::ledger::{Kind, Schema, TableSpec};
use crate::message::Language;
use crate::number::Decimal;

fn table(name: &str) -> &'static TableSpec {
    Schema::builtin().table(name).expect("a table of the schema")
}

fn read_of(name: &str, text: &str) -> Result<Predicate> {
    predicate(text, &Scope::of_schema(table(name)))
}

fn refusal(text: &str) -> Error {
    match read_of("projects", text) {
        Ok(tree) => panic!("{text}: read as {tree}"),
        Err(error) => error,
    }
}

#[test]
fn conditions_are_read_and_written_back() {
    let cases = [
        ("filed AND NOT commitment", "filed AND NOT commitment"),
        ("filed = TRUE", "filed"),
        ("FALSE = filed", "NOT filed"),
        ("filed <> TRUE", "NOT filed"),
        ("filed != FALSE", "filed"),
        ("filed IS NULL", "filed IS NULL"),
        ("happened(签约时间)", "happened(signed_on)"),
        ("HAPPENED(\"签约时间\", planned_start_on - 1)", "happened(signed_on, planned_start_on - 1)"),
        ("happened(started_on, signed_on + jobs)", "happened(started_on, signed_on + jobs)"),
        ("happened(started_on, '2024-01-01')", "happened(started_on, DATE '2024-01-01')"),
        ("总投资 >= 1e8", "investment_cny >= 100000000"),
        ("investment_cny BETWEEN 1 AND 2.50 AND filed", "investment_cny >= 1 AND investment_cny <= 2.50 AND filed"),
        ("jobs NOT BETWEEN 1 AND 2", "NOT (jobs >= 1 AND jobs <= 2)"),
        ("zone IN ('甲', '乙')", "zone IN ('甲', '乙')"),
        ("zone NOT IN ('甲''s')", "zone NOT IN ('甲''s')"),
        ("approval_kind = '备案'", "approval_kind = 'filing'"),
        ("approval_kind IN ('审批', 'Filing')", "approval_kind IN ('approval', 'filing')"),
        ("planned_start_on + 30 <= AS_OF", "planned_start_on + 30 <= as_of"),
        ("30 + planned_start_on <= as_of", "planned_start_on + 30 <= as_of"),
        ("planned_start_on = '2024-01-01'", "planned_start_on = DATE '2024-01-01'"),
        ("planned_start_on - jobs > as_of", "planned_start_on + (0 - jobs) > as_of"),
        ("days_between(signed_on, started_on) > 30 * 2 - -5", "days_between(signed_on, started_on) > 30 * 2 - -5"),
        ("-output_cny < 0", "0 - output_cny < 0"),
        ("- 5 < jobs", "-5 < jobs"),
        ("1 - (2 - 3) = 0", "1 - (2 - 3) = 0"),
        ("(1 - 2) - 3 = 0", "1 - 2 - 3 = 0"),
        ("2 * (3 * 4) > 2 * (3 + 4) * 5", "2 * (3 * 4) > 2 * (3 + 4) * 5"),
        ("project.zone = '甲'", "zone = '甲'"),
        ("项目.总投资 > 1", "investment_cny > 1"),
        ("filed OR (commitment OR key_project AND filed)", "filed OR commitment OR (key_project AND filed)"),
        ("NOT NOT filed", "NOT (NOT filed)"),
        ("TRUE", "TRUE"),
        ("zone = '甲' /* a comment */ AND filed -- another", "zone = '甲' AND filed"),
    ];
    for (text, written) in cases {
        match read_of("projects", text) {
            Ok(tree) => assert_eq!(tree.to_string(), written, "{text}"),
            Err(error) => panic!("{text}: {error}"),
        }
    }
}

#[test]
fn columns_of_the_project_stand_behind_a_point() {
    let tree = read_of("batch_entries", "list = '签约' AND happened(project.开工时间, held_on + 180)");
    let tree = tree.expect("a condition");
    assert_eq!(tree.to_string(), "list = 'signed' AND happened(project.started_on, held_on + 180)");
    let mut columns = Vec::new();
    tree.columns(&mut columns);
    let names: Vec<String> = columns.iter().map(ToString::to_string).collect();
    assert_eq!(names, ["list", "project.started_on", "held_on"]);
}

#[test]
fn every_column_of_the_schema_is_read_without_quotes() {
    for spec in Schema::builtin().tables() {
        for column in &spec.columns {
            if column.kind == Kind::Event {
                assert!(read_of(&spec.name, &format!("happened({})", column.name)).is_ok(), "{}", column.name);
            } else {
                let text = format!("{} IS NULL", column.name);
                let tree = read_of(&spec.name, &text).expect(&text);
                assert_eq!(tree.to_string(), text);
            }
        }
    }
}

#[test]
fn names_that_are_words_of_sql_are_written_in_quotes() {
    for (name, written) in
        [("备注", "备注"), ("select", "\"select\""), ("as_of", "\"as_of\""), ("a b", "\"a b\""), ("a\"b", "\"a\"\"b\"")]
    {
        let column = ColumnRef { of_project: false, name: name.to_owned(), kind: Kind::Text };
        assert_eq!(column.to_string(), written);
    }
}

#[test]
fn comparisons_of_events_are_refused_with_the_form_to_use() {
    let cases = [
        ("signed_on <= DATE '2024-01-01'", "happened(signed_on, DATE '2024-01-01')"),
        ("'2024-01-01' > signed_on", "happened(signed_on, DATE '2024-01-01' - 1)"),
        (
            "signed_on = planned_start_on",
            "happened(signed_on, planned_start_on) AND NOT happened(signed_on, planned_start_on - 1)",
        ),
        ("signed_on <> as_of", "NOT (happened(signed_on) AND NOT happened(signed_on, as_of - 1))"),
        ("signed_on = as_of", "happened(signed_on) AND NOT happened(signed_on, as_of - 1)"),
        ("signed_on <= as_of", "happened(signed_on)"),
        ("as_of >= signed_on", "happened(signed_on)"),
        ("signed_on > as_of", "NOT happened(signed_on)"),
        ("signed_on >= as_of", "happened(signed_on) AND NOT happened(signed_on, as_of - 1)"),
        ("signed_on IS NULL", "NOT happened(signed_on)"),
        ("signed_on IS NOT NULL", "happened(signed_on)"),
        ("signed_on", "happened(signed_on)"),
        (
            "signed_on BETWEEN DATE '2024-01-01' AND '2024-12-31'",
            "happened(signed_on, DATE '2024-12-31') AND NOT happened(signed_on, DATE '2024-01-01' - 1)",
        ),
        (
            "signed_on IN (DATE '2024-01-01')",
            "happened(signed_on, DATE '2024-01-01') AND NOT happened(signed_on, DATE '2024-01-01' - 1)",
        ),
    ];
    for (text, form) in cases {
        let error = refusal(text);
        assert_eq!(error.code(), "event_compared", "{text}");
        assert!(error.to_string().ends_with(&format!("so it is not compared directly; write {form}")), "{error}");
    }
}

#[test]
fn the_form_told_for_an_event_is_in_the_language() {
    for text in
        ["signed_on < as_of", "signed_on = DATE '2024-01-01'", "signed_on >= planned_start_on", "signed_on IS NULL"]
    {
        let error = refusal(text);
        let (_, form) = error.message().parameters().find(|(name, _)| *name == "form").expect("a form");
        assert!(read_of("projects", form).is_ok(), "{form}");
    }
}

#[test]
fn what_is_not_in_the_language_is_refused_at_its_place() {
    let cases = [
        ("happened(DISTINCT started_on)", "1:10: 'DISTINCT'"),
        ("zone LIKE 'a%'", "1:6: 'LIKE'"),
        ("CASE WHEN filed THEN 1 END", "1:1: 'CASE'"),
        ("jobs = (SELECT 1)", "1:9: 'SELECT'"),
        ("EXISTS (SELECT 1)", "1:1: 'EXISTS'"),
        ("jobs % 2 = 0", "1:6: '%'"),
        ("zone || 'a' = 'b'", "1:6: '||'"),
        ("filed; DROP", "1:6: ';'"),
        ("filed == TRUE", "1:7: '=='"),
        ("zone = ‘甲’", "1:8: '‘'"),
        ("filed IS TRUE", "1:1: 'filed IS TRUE'"),
        ("x::int = 1", "1:2: '::'"),
        ("zone IN (SELECT 1)", "1:10: 'SELECT'"),
        ("zone = N'a'", "1:8: 'N'a''"),
        ("jobs > 0x10", "1:8: 'X'10''"),
    ];
    for (text, told) in cases {
        let error = refusal(text).to_string();
        assert!(
            error.starts_with(&format!("{told} is not part of the expression language, which has columns")),
            "{error}"
        );
    }
    assert_eq!(refusal("zone = ‘甲’").suggestion(), Some("'"));
    assert_eq!(refusal("filed == TRUE").suggestion(), Some("="));
    assert_eq!(refusal("happened（signed_on）").suggestion(), Some("("));
}

#[test]
fn refusals_say_what_is_wrong_and_where() {
    let cases = [
        ("", "the expression cannot be read: it ends too early"),
        ("filed AND", "the expression cannot be read: it ends too early"),
        ("filed filed", "1:7: the expression should end here, but 'filed' follows"),
        ("zone > 'a'", "1:1: 'zone' (text) has no order; use =, <> or IN"),
        ("approval_kind < 'filing'", "1:1: 'approval_kind' (enum) has no order; use =, <> or IN"),
        ("filed > TRUE", "1:1: 'filed' (flag) has no order; use =, <> or IN"),
        ("filed = commitment", "1:1: 'filed' is yes or no and a condition by itself; write filed or NOT filed"),
        ("filed = 1", "1:1: 'filed' is yes or no and a condition by itself; write filed or NOT filed"),
        ("zone = TRUE", "1:1: only a column of yes and no is compared with TRUE or FALSE, which 'zone' is not"),
        ("TRUE = FALSE", "1:1: TRUE and FALSE are not compared with each other"),
        (
            "approval_kind = '备安'",
            "1:17: column 'approval_kind' has no value '备安'; it has: approval (审批), confirmation (核准), filing (备案); did you mean '备案'?",
        ),
        (
            "approval_kind = zone",
            "1:1: 'approval_kind' (enum) and 'zone' (text) are of different types and are not compared",
        ),
        ("zone = 1", "1:1: 'zone' (text) and '1' (number) are of different types and are not compared"),
        (
            "investment_cny = '1'",
            "1:1: 'investment_cny' (number) and ''1'' (text) are of different types and are not compared",
        ),
        ("planned_start_on = '2024-1-1'", "1:20: '2024-1-1' is not a day; write it like DATE '2024-03-31'"),
        ("planned_start_on = DATE '2024-02-30'", "1:25: '2024-02-30' is not a day; write it like DATE '2024-03-31'"),
        (
            "planned_start_on > 5",
            "1:1: 'planned_start_on' (date) and '5' (number) are of different types and are not compared",
        ),
        (
            "happened(planned_start_on)",
            "1:10: 'planned_start_on' is a planned or due date, not an event; write planned_start_on <= as_of",
        ),
        ("happened(zone)", "1:10: happened asks about a column of an event, which 'zone' is not"),
        ("happened(1)", "1:10: happened asks about a column of an event, which '1' is not"),
        ("happened()", "1:1: happened is written happened(event) or happened(event, by)"),
        ("happened(started_on, 5)", "1:22: happened is written happened(event) or happened(event, by)"),
        (
            "happened(started_on, signed_on, signed_on)",
            "1:1: happened is written happened(event) or happened(event, by)",
        ),
        ("happened(*)", "1:1: happened is written happened(event) or happened(event, by)"),
        (
            "happend(started_on)",
            "1:1: there is no function named 'happend'; there are: happened, days_between, working_days_between; did you mean 'happened'?",
        ),
        (
            "lower(zone) = 'a'",
            "1:1: there is no function named 'lower'; there are: happened, days_between, working_days_between",
        ),
        ("working_days_between(signed_on) > 3", "1:1: working_days_between is written working_days_between(from, to)"),
        ("days_between(signed_on)", "1:1: days_between is written days_between(from, to)"),
        ("days_between(signed_on + 1, as_of) > 3", "1:14: days_between is written days_between(from, to)"),
        ("days_between(1, 2) > 3", "1:14: days_between is written days_between(from, to)"),
        (
            "jobs / 2 > 1",
            "1:6: expressions do not divide: a quotient of sums is a ratio, of a numerator and a denominator",
        ),
        (
            "zone = \"甲\"",
            "1:8: double quotes are around names of columns, and there is none named '甲'; a text stands in single quotes: '甲'",
        ),
        ("jobs", "1:1: a condition is needed here, which 'jobs' is not (number)"),
        ("5", "1:1: a condition is needed here, which '5' is not (literal)"),
        ("'a'", "1:1: a condition is needed here, which ''a'' is not (literal)"),
        ("NULL", "1:1: NULL equals nothing and is no condition; write IS NULL or IS NOT NULL"),
        ("jobs = NULL", "1:8: NULL equals nothing and is no condition; write IS NULL or IS NOT NULL"),
        ("zone IN ('a', NULL)", "1:15: NULL equals nothing and is no condition; write IS NULL or IS NOT NULL"),
        ("zone IN (park)", "1:10: the list of IN holds literals, which 'park' is not"),
        ("jobs IN ('a')", "1:10: 'jobs' (number) and ''a'' (text) are of different types and are not compared"),
        ("jobs + zone > 1", "1:8: '+' works on numbers, which 'zone' is not (text)"),
        (
            "planned_start_on - planned_completion_on > 3",
            "1:1: a date takes whole days (at most 100000) added or taken, which 'planned_start_on - planned_completion_on' is not; the days between two dates are days_between(from, to)",
        ),
        (
            "planned_start_on * 2 > as_of",
            "1:1: a date takes whole days (at most 100000) added or taken, which 'planned_start_on * 2' is not; the days between two dates are days_between(from, to)",
        ),
        (
            "planned_start_on + 1.5 > as_of",
            "1:20: a date takes whole days (at most 100000) added or taken, which '1.5' is not; the days between two dates are days_between(from, to)",
        ),
        (
            "planned_start_on + 1000000 > as_of",
            "1:20: a date takes whole days (at most 100000) added or taken, which '1000000' is not; the days between two dates are days_between(from, to)",
        ),
        ("(jobs + 1) IS NULL", "1:2: IS NULL asks about one column, which '(jobs + 1)' is not"),
        ("as_of IS NULL", "1:1: IS NULL asks about one column, which 'as_of' is not"),
        (
            "land_mu * land_mu * land_mu * land_mu > 1",
            "1:1: 'land_mu * land_mu * land_mu * land_mu' has too many digits: 27 in all and 18 after the point are allowed",
        ),
        ("jobs > 1e40", "1:8: '1e40' has too many digits: 27 in all and 18 after the point are allowed"),
        (
            "jobs > 0.00000000000000000001",
            "1:8: '0.00000000000000000001' has too many digits: 27 in all and 18 after the point are allowed",
        ),
        ("a.b.c = 1", "1:1: only project stands before a point, so 'a.b.c' has no meaning"),
        ("matters.visits = 1", "1:1: only project stands before a point, so 'matters.visits' has no meaning"),
        ("filed + 1 > 2", "1:1: 'filed' is yes or no and a condition by itself; write filed or NOT filed"),
        (
            "(filed AND commitment) = TRUE",
            "1:2: only a column of yes and no is compared with TRUE or FALSE, which '(filed AND commitment)' is not",
        ),
        ("(jobs > 1) > 2", "1:2: a number, a text or a date is needed here, but '… > …' is a condition"),
        ("NOT jobs", "1:5: a condition is needed here, which 'jobs' is not (number)"),
        ("jobs AND filed", "1:1: a condition is needed here, which 'jobs' is not (number)"),
        ("-zone > 1", "1:2: '-' works on numbers, which 'zone' is not (text)"),
        ("jobs = -", "the expression cannot be read: it ends too early"),
        ("zone = 'unclosed", "1:8: the expression cannot be read: the quote that opens here is never closed"),
        ("as_of", "1:1: a condition is needed here, which 'as_of' is not (date)"),
        (
            "happened(started_on) = TRUE",
            "1:1: only a column of yes and no is compared with TRUE or FALSE, which 'happened(started_on)' is not",
        ),
        ("zone BETWEEN 'a' AND 'b'", "1:1: 'zone' (text) has no order; use =, <> or IN"),
    ];
    for (text, told) in cases {
        assert_eq!(refusal(text).to_string(), told, "{text}");
    }
}

#[test]
fn unknown_names_are_told_with_the_nearest() {
    let functions = ["trim(zone)", "ceil(jobs)", "extract(year FROM signed_on)", "date(2024)", "\"lower\"(zone)"];
    for text in functions {
        let error = refusal(&format!("filed AND {text} = 1"));
        assert_eq!((error.code(), error.place().position), ("unknown_function", Some((1, 11))), "{text}");
    }
    let error = refusal("filedd");
    assert!(error.to_string().starts_with("1:1: table 'projects' has no column named 'filedd'; it has: project_id, "));
    assert_eq!(error.suggestion(), Some("filed"));
    assert_eq!(refusal("签约时问 > 1").suggestion(), Some("签约时间"));
    assert_eq!(error.text(Language::Zh).split('；').next(), Some("1:1：表“projects”没有名为“filedd”的列"));
}

#[test]
fn a_text_without_quotes_is_told_with_its_form() {
    let cases = [
        (
            "zone = 朔州经开区",
            "there is no column named '朔州经开区'; a text stands in single quotes: zone = '朔州经开区'",
        ),
        (
            "朔州经开区 <> zone",
            "there is no column named '朔州经开区'; a text stands in single quotes: '朔州经开区' <> zone",
        ),
        (
            "zone IN ('甲', 朔州经开区)",
            "there is no column named '朔州经开区'; a text stands in single quotes: zone IN ('朔州经开区')",
        ),
        (
            "approval_kind = 告知承诺",
            "there is no column named '告知承诺'; a text stands in single quotes: approval_kind = '告知承诺'",
        ),
    ];
    for (text, told) in cases {
        let error = refusal(text);
        assert!(error.to_string().ends_with(told), "{error}");
        assert_eq!(error.code(), "text_needs_quotes");
        assert!(error.place().position.is_some());
    }
    // Near a name, it was meant as one; and a number is compared with no text.
    assert_eq!(refusal("zone = 园驱").suggestion(), Some("园区"));
    assert_eq!(refusal("jobs = 朔州经开区").code(), "unknown_column");
    assert_eq!(refusal("朔州经开区").code(), "unknown_column");
}

#[test]
fn syntax_errors_are_told_in_the_language() {
    let cases = [
        ("filed AND", "表达式读不懂：没有写完"),
        ("(filed", "表达式读不懂：没有写完"),
        ("zone = '甲", "1:8：表达式读不懂：此处的引号没有闭合"),
        ("zone IN ('甲' '乙')", "1:14：表达式读不懂：此处应是“)”，而不是“'乙'”"),
        ("jobs > )", "1:8：表达式读不懂：此处不该是“)”"),
    ];
    for (text, told) in cases {
        assert_eq!(refusal(text).text(Language::Zh), told, "{text}");
    }
}

#[test]
fn a_second_line_is_told_as_such() {
    assert_eq!(refusal("filed AND\n  zone > 'a'").place().position, Some((2, 3)));
}

#[test]
fn thousands_of_terms_do_not_touch_the_stack() {
    let chain = |n: usize, glue: &str, atom: &str| vec![atom; n].join(glue);
    let long = chain(1400, " OR ", "1=1");
    let read = chain(1200, " AND ", "1=1");
    let refused = [
        format!("{read} LIKE"),
        format!("{read} AND"),
        format!("({long}) IS NULL"),
        format!("happened({long})"),
        format!("days_between({long}, 1) > 1"),
        format!("NOT ({long}) IS TRUE"),
        format!("1 = ({long})"),
        format!("-({long}) = 1"),
        format!("({long}) = TRUE"),
        format!("coalesce({long})"),
        format!("jobs IN ({long})"),
        format!("jobs BETWEEN ({long}) AND 1"),
        format!("jobs + ({long}) > 1"),
        chain(4000, "=", "1"),
        chain(4000, "+", "1"),
        format!("{}filed{}", "(".repeat(3000), ")".repeat(3000)),
        format!("{}filed", "NOT ".repeat(2000)),
        format!("{}1=1", "+ ".repeat(2000)),
        chain(2000, ",", "filed"),
        "a".repeat(10_001),
    ];
    let nested = format!("{}filed{}", "(".repeat(30), ")".repeat(30));
    let sum = format!("{} > 1", chain(60, " + ", "jobs"));
    // Less than any thread has.
    let work = std::thread::Builder::new().stack_size(512 * 1024).spawn(move || {
        assert!(matches!(read_of("projects", &read), Ok(Predicate::And(all)) if all.len() == 1200));
        assert!(matches!(read_of("projects", &long), Ok(Predicate::Or(all)) if all.len() == 1400));
        assert!(matches!(read_of("projects", &nested), Ok(Predicate::Flag(_))));
        assert!(read_of("projects", &sum).is_ok());
        for text in &refused {
            assert!(read_of("projects", text).is_err());
        }
    });
    assert!(work.expect("a thread").join().is_ok());
    assert_eq!(
        refusal(&"(".repeat(40)).to_string(),
        "1:32: the expression nests, or chains operators, more than 32 deep"
    );
    assert_eq!(
        refusal(&chain(200, "+", "1")).to_string(),
        "1:130: the expression nests, or chains operators, more than 64 deep"
    );
    assert_eq!(
        refusal(&"a".repeat(10_001)).to_string(),
        "the expression has 10001 characters; at most 10000 are allowed"
    );
}

#[test]
fn values_have_a_scale() {
    let scale = |text: &str| scalar(text, &Scope::of_schema(table("projects"))).ok().and_then(|value| value.scale());
    assert_eq!(scale("investment_cny"), Some(2));
    assert_eq!(scale("investment_cny + land_mu"), Some(6));
    assert_eq!(scale("investment_cny * land_mu"), Some(8));
    assert_eq!(scale("1.250"), Some(3));
    assert_eq!(scale("days_between(signed_on, started_on)"), Some(0));
    assert_eq!(scale("planned_start_on + 1"), None);
    assert_eq!(scale("zone"), None);
    let event = scalar("signed_on", &Scope::of_schema(table("projects"))).expect_err("an event is no value");
    assert!(event.to_string().ends_with("write days_between(signed_on, as_of)"));
}

#[test]
fn literals_are_exact() {
    let number = |text: &str| match scalar(text, &Scope::of_schema(table("projects"))) {
        Ok(Scalar::Number(number)) => number,
        other => panic!("{text}: {other:?}"),
    };
    assert_eq!(number("0.10"), Decimal { unscaled: 10, scale: 2 });
    assert_eq!(number("1e3"), Decimal::whole(1000));
    assert_eq!(number("1.5e-3"), Decimal { unscaled: 15, scale: 4 });
    assert_eq!(number(".5"), Decimal { unscaled: 5, scale: 1 });
    assert_eq!(number("-(2)"), Decimal::whole(-2));
    assert_eq!(number("999999999999999999999999999"), Decimal::whole(999_999_999_999_999_999_999_999_999));
}

#[test]
fn conditions_are_told_in_plain_words() {
    let cases = [
        ("projects", "filed AND NOT commitment", "备案且非承诺制", "filed and not commitment"),
        ("projects", "NOT happened(started_on)", "未开工", "not started"),
        (
            "projects",
            "happened(started_on, planned_start_on)",
            "不晚于计划开工时间已开工",
            "started by planned start date",
        ),
        ("projects", "approval_kind = 'filing'", "立项方式为备案", "approval kind is filing"),
        ("projects", "commissioner IS NOT NULL", "已填金牌专员", "commissioner is filled in"),
        (
            "projects",
            "planned_start_on < as_of OR jobs >= 3",
            "计划开工时间早于统计日或就业人数不低于 3",
            "planned start date before the date asked about or jobs at least 3",
        ),
        (
            "batch_entries",
            "list = 'signed' AND NOT happened(project.started_on)",
            "类别为签约且项目未开工",
            "list is signed and project not started",
        ),
        ("batch_entries", "project.key_project", "项目重点项目", "project key project"),
    ];
    for (name, text, zh, en) in cases {
        let tree = read_of(name, text).expect(text);
        assert_eq!(tree.describe(table(name), Language::Zh), zh);
        assert_eq!(tree.describe(table(name), Language::En), en);
    }
}

/// The columns of batch entries and of their projects that a kind of value may be taken from.
fn columns(fits: impl Fn(Kind) -> bool) -> impl Strategy<Value = ColumnRef> {
    let own = table("batch_entries").columns.iter().map(|column| (false, column));
    let project = table("projects").columns.iter().map(|column| (true, column));
    let all: Vec<ColumnRef> = own
        .chain(project)
        .filter(|(_, column)| fits(column.kind))
        .map(|(of_project, column)| ColumnRef { of_project, name: column.name.clone(), kind: column.kind })
        .collect();
    prop::sample::select(all)
}

fn days() -> impl Strategy<Value = Scalar> {
    prop_oneof![
        (-1000i128..1000).prop_map(|days| Scalar::Number(Decimal::whole(days))),
        columns(|kind| kind.scale() == Some(0)).prop_map(Scalar::Column),
        (columns(|kind| kind.scale() == Some(0)), 0i128..9).prop_map(|(column, n)| Scalar::Subtract(
            Box::new(Scalar::Number(Decimal::whole(n))),
            Box::new(Scalar::Column(column))
        )),
    ]
}

fn shifted(date: impl Strategy<Value = Scalar>) -> impl Strategy<Value = Scalar> {
    (date, prop::collection::vec(days(), 0..3)).prop_map(|(date, days)| {
        days.into_iter().fold(date, |date, days| Scalar::Shift { date: Box::new(date), days: Box::new(days) })
    })
}

fn dates() -> impl Strategy<Value = Scalar> {
    shifted(prop_oneof![
        columns(|kind| kind == Kind::Date).prop_map(Scalar::Column),
        (0i32..80_000)
            .prop_map(|day| Scalar::Date(NaiveDate::from_num_days_from_ce_opt(700_000 + day).unwrap_or_default())),
        Just(Scalar::AsOf),
    ])
}

fn events() -> impl Strategy<Value = Scalar> {
    columns(|kind| kind == Kind::Event).prop_map(Scalar::Column)
}

fn numbers() -> impl Strategy<Value = Scalar> {
    let between = (prop_oneof![dates(), events()], prop_oneof![dates(), events()]);
    let leaf = prop_oneof![
        (-1_000_000i128..1_000_000, 0u32..4).prop_map(|(unscaled, scale)| Scalar::Number(Decimal { unscaled, scale })),
        columns(|kind| kind.scale().is_some()).prop_map(Scalar::Column),
        between.prop_map(|(from, to)| Scalar::DaysBetween(Box::new(from), Box::new(to))),
    ];
    leaf.prop_recursive(3, 6, 2, |inner| {
        (0..3, inner.clone(), inner).prop_map(|(operator, left, right)| {
            let (left, right) = (Box::new(left), Box::new(right));
            match operator {
                0 => Scalar::Add(left, right),
                1 => Scalar::Subtract(left, right),
                _ => Scalar::Multiply(left, right),
            }
        })
    })
    .prop_filter("within the digits allowed", |value| value.scale().is_some_and(|scale| scale <= 18))
}

fn texts() -> impl Strategy<Value = Scalar> {
    "[a-z'\"甲乙 %;\\\\-]{0,6}".prop_map(Scalar::Text)
}

fn comparisons() -> impl Strategy<Value = Comparison> {
    prop::sample::select(vec![
        Comparison::Equal,
        Comparison::NotEqual,
        Comparison::Less,
        Comparison::LessOrEqual,
        Comparison::Greater,
        Comparison::GreaterOrEqual,
    ])
}

fn conditions() -> impl Strategy<Value = Predicate> {
    let text = |kind: Kind| matches!(kind, Kind::Id | Kind::Text | Kind::Dimension);
    let equal = prop::sample::select(vec![Comparison::Equal, Comparison::NotEqual]);
    let list = ColumnRef { of_project: false, name: "list".to_owned(), kind: Kind::Enum };
    let value = prop::sample::select(vec!["signed", "started", "produced"]).prop_map(|v| Scalar::Text(v.to_owned()));
    let by = prop::option::of(prop_oneof![dates(), shifted(events())]);
    let leaf = prop_oneof![
        any::<bool>().prop_map(Predicate::Constant),
        columns(|kind| kind == Kind::Flag).prop_map(Predicate::Flag),
        columns(|kind| kind != Kind::Event).prop_map(Predicate::IsNull),
        (columns(|kind| kind == Kind::Event), by).prop_map(|(event, by)| Predicate::Happened { event, by }),
        (numbers(), comparisons(), numbers()).prop_map(|(left, comparison, right)| Predicate::Compare {
            left,
            comparison,
            right
        }),
        (dates(), comparisons(), dates()).prop_map(|(left, comparison, right)| Predicate::Compare {
            left,
            comparison,
            right
        }),
        (columns(text).prop_map(Scalar::Column), equal, texts())
            .prop_map(|(left, comparison, right)| Predicate::Compare { left, comparison, right }),
        (columns(text).prop_map(Scalar::Column), prop::collection::vec(texts(), 1..3))
            .prop_map(|(operand, list)| Predicate::In { operand, list }),
        prop::collection::vec(value, 1..3)
            .prop_map(move |values| Predicate::In { operand: Scalar::Column(list.clone()), list: values }),
    ];
    leaf.prop_recursive(4, 24, 4, |inner| {
        prop_oneof![
            inner.clone().prop_map(|condition| Predicate::Not(Box::new(condition))),
            prop::collection::vec(inner.clone(), 2..4).prop_map(Predicate::all),
            prop::collection::vec(inner, 2..4).prop_map(Predicate::any),
        ]
    })
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 512, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn a_tree_survives_being_written_down(tree in conditions()) {
        let text = tree.to_string();
        match read_of("batch_entries", &text) {
            Ok(read) => prop_assert_eq!(read, tree),
            Err(error) => return Err(TestCaseError::fail(format!("{text}: {error}"))),
        }
    }

    #[test]
    fn no_text_brings_the_reader_down(text in "(filed|jobs|signed_on|happened|as_of|AND|OR|NOT|IN|IS|NULL|BETWEEN|DATE|[-+*(),.=<>'\"0-9 甲（‘/;]){0,24}") {
        let _ = read_of("projects", &text);
    }
}
