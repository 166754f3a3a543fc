//! Made-up projects of many zones, typed, in the order of a ledger that nobody sorted: days that follow one another,
//! amounts of many sizes, blanks.

use zonekpi::polars::prelude::*;

/// SplitMix64.
struct Dice(u64);

impl Dice {
    fn next(&mut self) -> u64 {
        self.0 = self.0.wrapping_add(0x9E37_79B9_7F4A_7C15);
        let mut z = self.0;
        z = (z ^ (z >> 30)).wrapping_mul(0xBF58_476D_1CE4_E5B9);
        z = (z ^ (z >> 27)).wrapping_mul(0x94D0_49BB_1331_11EB);
        z ^ (z >> 31)
    }

    /// From 0 to 1.
    fn part(&mut self) -> f64 {
        (self.next() >> 11) as f64 / (1u64 << 53) as f64
    }

    fn chance(&mut self, part: f64) -> bool {
        self.part() < part
    }

    fn lag(&mut self, mean: f64) -> i32 {
        (-mean * (1.0 - self.part()).ln()) as i32
    }
}

/// 2004-07-01 and 2024-12-31, in days from 1970 on.
const FIRST: i32 = 12_600;
const LAST: i32 = 20_088;

const EVENTS: [&str; 7] =
    ["signed_on", "approved_on", "started_on", "completed_on", "produced_on", "at_capacity_on", "cancelled_on"];
const MONEY: [&str; 6] =
    ["investment_cny", "paid_in_cny", "contracted_capital_cny", "output_cny", "planned_output_cny", "tax_cny"];

/// The table of the projects.
pub fn made(rows: usize, zones: usize, sorted: bool) -> DataFrame {
    let mut dice = Dice(7);
    let names: Vec<String> = (0..zones).map(|i| format!("开发区{i:04}")).collect();
    let commissioners: Vec<String> = (0..2000).map(|i| format!("专员{i:04}")).collect();
    let mut events: Vec<Vec<Option<i32>>> = vec![Vec::new(); EVENTS.len()];
    let mut money: Vec<Vec<Option<i128>>> = vec![Vec::new(); MONEY.len()];
    let mut flags: Vec<Vec<Option<bool>>> = vec![Vec::new(); 3];
    let (mut zone, mut commissioner, mut land, mut jobs) = (Vec::new(), Vec::new(), Vec::new(), Vec::new());
    for row in 0..rows {
        let place = if sorted { row * zones / rows } else { (dice.next() % zones as u64) as usize };
        zone.push(names[place].as_str());
        let signed = FIRST + (f64::from(LAST - FIRST) * dice.part().sqrt()) as i32;
        let approved = signed - 30 + dice.lag(60.0);
        let started = approved - 10 + dice.lag(150.0);
        let produced = started + 10 + dice.lag(420.0);
        let days = [
            (signed, 0.05),
            (approved, 0.15),
            (started, 0.2),
            (started + dice.lag(400.0), 0.35),
            (produced, 0.5),
            (produced + dice.lag(500.0), 0.7),
            (signed + dice.lag(900.0), 0.92),
        ];
        for (event, (day, blank)) in events.iter_mut().zip(days) {
            event.push((!dice.chance(blank) && day <= LAST).then_some(day));
        }
        for (flag, (yes, blank)) in flags.iter_mut().zip([(0.8, 0.05), (0.7, 0.08), (0.75, 0.06)]) {
            flag.push((!dice.chance(blank)).then(|| dice.chance(yes)));
        }
        let invested = (18.5 + 1.3 * (dice.part() + dice.part() + dice.part() - 1.5) * 2.0).exp();
        let planned = invested * (0.5 + 1.5 * dice.part());
        let amounts = [
            (invested, 0.03),
            (invested * dice.part(), 0.1),
            (invested * 0.9, 0.05),
            (planned * dice.part(), 0.3),
            (planned, 0.2),
            (planned * 0.04, 0.3),
        ];
        for (column, (amount, blank)) in money.iter_mut().zip(amounts) {
            column.push((!dice.chance(blank)).then_some((amount as i128) * 100));
        }
        commissioner.push((!dice.chance(0.4)).then(|| commissioners[(dice.next() % 2000) as usize].as_str()));
        land.push((!dice.chance(0.12)).then(|| i128::from(dice.next() % 800) * 250_000));
        jobs.push((!dice.chance(0.25)).then(|| (5 + dice.next() % 795) as i64));
    }
    let decimals = |name: &str, cells: &[Option<i128>], scale: usize| {
        let cells: Int128Chunked = cells.iter().copied().collect();
        cells.with_name(name.into()).into_decimal(18, scale).expect("decimals").into_column()
    };
    let mut columns = vec![StringChunked::from_slice("zone".into(), &zone).into_column()];
    for (name, days) in EVENTS.iter().zip(&events) {
        let days: Int32Chunked = days.iter().copied().collect();
        columns.push(days.with_name((*name).into()).into_column().cast(&DataType::Date).expect("dates"));
    }
    for (name, cells) in ["filed", "commitment", "agency_handled"].into_iter().zip(&flags) {
        columns.push(cells.iter().copied().collect::<BooleanChunked>().with_name(name.into()).into_column());
    }
    for (name, cells) in MONEY.iter().zip(&money) {
        columns.push(decimals(name, cells, 2));
    }
    columns.push(decimals("land_mu", &land, 6));
    columns.push(jobs.into_iter().collect::<Int64Chunked>().with_name("jobs".into()).into_column());
    columns.push(commissioner.into_iter().collect::<StringChunked>().with_name("commissioner".into()).into_column());
    DataFrame::new(rows, columns).expect("a frame")
}

/// The same with whole numbers in 64 bits, and zones as categories.
pub fn plain(frame: &DataFrame) -> DataFrame {
    let amounts = MONEY.iter().map(|name| (*name, 100i64)).chain([("land_mu", 1_000_000)]);
    let cast = amounts.map(|(name, unit)| {
        let scaled = col(name) * lit(unit);
        scaled.cast(DataType::Int64).alias(name)
    });
    let zone = col("zone").cast(DataType::from_categories(Categories::global()));
    frame.clone().lazy().with_columns(cast.chain([zone]).collect::<Vec<_>>()).collect().expect("a frame")
}
