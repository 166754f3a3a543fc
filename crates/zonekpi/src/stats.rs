//! The one statistic that is not a count: Wilson's interval for a share, and the normal quantiles of intervals. Floats are right here, since a
//! confidence is a convention; figures themselves never come from this module.

/// Wilson's score interval for `k` of `n` at a confidence between 0 and 1 (0.95), without continuity correction.
///
/// `None` where there is no share: `n` is 0, `k` is not in 0..=n, or the confidence is not between 0 and 1.
pub(crate) fn wilson(k: i64, n: i64, confidence: f64) -> Option<(f64, f64)> {
    if n <= 0 || !(0..=n).contains(&k) || !(confidence > 0.0 && confidence < 1.0) {
        return None;
    }
    let z = two_sided(confidence)?;
    let (k_, n_) = (k as f64, n as f64);
    let share = k_ / n_;
    let shrink = 1.0 + z * z / n_;
    let centre = (share + z * z / (2.0 * n_)) / shrink;
    let half = z / shrink * (share * (1.0 - share) / n_ + z * z / (4.0 * n_ * n_)).sqrt();
    // At the ends the formula gives exactly 0 and 1; floats would miss them by an ulp.
    let lower = if k == 0 { 0.0 } else { (centre - half).max(0.0) };
    let upper = if k == n { 1.0 } else { (centre + half).min(1.0) };
    Some((lower, upper))
}

/// The z within which a standard normal variable lies with a probability; `None` where it is not between 0 and 1.
pub(crate) fn two_sided(confidence: f64) -> Option<f64> {
    (confidence > 0.0 && confidence < 1.0).then(|| upper_quantile((1.0 - confidence) / 2.0))
}

/// The z that a standard normal variable exceeds with probability `tail`, 0 < tail ≤ 0.5.
///
/// Wichura, Algorithm AS 241 (PPND16), Applied Statistics 37 (1988) 477–484; to about 16 digits.
fn upper_quantile(tail: f64) -> f64 {
    let q = 0.5 - tail;
    if q <= 0.425 {
        let r = 0.180_625 - q * q;
        return q * polynomial(&CENTRE.0, r) / polynomial(&CENTRE.1, r);
    }
    let r = (-tail.ln()).sqrt();
    let (shift, (above, below)) = if r <= 5.0 { (1.6, &MIDDLE) } else { (5.0, &FAR) };
    polynomial(above, r - shift) / polynomial(below, r - shift)
}

/// Coefficients from the highest power down.
fn polynomial(coefficients: &[f64; 8], x: f64) -> f64 {
    coefficients.iter().fold(0.0, |sum, c| sum * x + c)
}

const CENTRE: ([f64; 8], [f64; 8]) = (
    [
        2.509_080_928_730_122_7e3,
        3.343_057_558_358_813e4,
        6.726_577_092_700_87e4,
        4.592_195_393_154_987e4,
        1.373_169_376_550_946e4,
        1.971_590_950_306_551_3e3,
        1.331_416_678_917_843_8e2,
        3.387_132_872_796_366_5,
    ],
    [
        5.226_495_278_852_854e3,
        2.872_908_573_572_194_3e4,
        3.930_789_580_009_271e4,
        2.121_379_430_158_659_7e4,
        5.394_196_021_424_751e3,
        6.871_870_074_920_579e2,
        4.231_333_070_160_091e1,
        1.0,
    ],
);
const MIDDLE: ([f64; 8], [f64; 8]) = (
    [
        7.745_450_142_783_414e-4,
        2.272_384_498_926_918_4e-2,
        2.417_807_251_774_506e-1,
        1.270_458_252_452_368_4,
        3.647_848_324_763_204_5,
        5.769_497_221_460_691,
        4.630_337_846_156_546,
        1.423_437_110_749_683_5,
    ],
    [
        1.050_750_071_644_416_9e-9,
        5.475_938_084_995_345e-4,
        1.519_866_656_361_645_7e-2,
        1.481_039_764_274_800_8e-1,
        6.897_673_349_851e-1,
        1.676_384_830_183_803_8,
        2.053_191_626_637_759,
        1.0,
    ],
);
const FAR: ([f64; 8], [f64; 8]) = (
    [
        2.010_334_399_292_288_1e-7,
        2.711_555_568_743_487_6e-5,
        1.242_660_947_388_078_4e-3,
        2.653_218_952_657_612_4e-2,
        2.965_605_718_285_048_7e-1,
        1.784_826_539_917_291_3,
        5.463_784_911_164_114,
        6.657_904_643_501_103,
    ],
    [
        2.044_263_103_389_939_8e-15,
        1.421_511_758_316_446e-7,
        1.846_318_317_510_054_7e-5,
        7.868_691_311_456_133e-4,
        1.487_536_129_085_061_5e-2,
        1.369_298_809_227_358e-1,
        5.998_322_065_558_88e-1,
        1.0,
    ],
);

#[cfg(test)]
mod tests {
    use super::*;

    fn near(found: f64, right: f64) {
        let error = (found - right).abs();
        assert!(error <= 4.0 * f64::EPSILON * right.abs().max(1e-3), "{found} is not {right}");
    }

    // Reference values: 60-digit arithmetic with the inverse error function, outside this crate.

    #[test]
    fn quantiles_have_full_precision() {
        for (tail, z) in [
            (1e-300, 37.047_096_299_361_2),
            (1e-20, 9.262_340_089_798_408),
            (1e-10, 6.361_340_902_404_056),
            (0.0001, 3.719_016_485_455_680_6),
            (0.005, 2.575_829_303_548_901),
            (0.025, 1.959_963_984_540_054_2),
            (0.1, 1.281_551_565_544_600_5),
            (0.3, 0.524_400_512_708_040_8),
            (0.5, 0.0),
        ] {
            near(upper_quantile(tail), z);
        }
    }

    #[test]
    fn wilson_agrees_with_reference_values() {
        for (k, n, confidence, lower, upper) in [
            (59, 63, 0.95, 0.847_808_221_546_936_2, 0.975_034_381_986_605_9),
            (3, 3, 0.95, 0.438_502_968_244_954_5, 1.0),
            (0, 3, 0.95, 0.0, 0.561_497_031_755_045_5),
            (61, 75, 0.95, 0.710_714_154_776_065_8, 0.885_418_903_934_709_2),
            (28, 51, 0.9, 0.434_838_960_522_048_4, 0.658_261_298_379_041_2),
            (1, 2, 0.99, 0.061_713_076_778_101_79, 0.938_286_923_221_898_2),
            (291, 292, 0.95, 0.980_859_558_199_399_5, 0.999_395_207_836_504_3),
            (0, 1, 0.5, 0.0, 0.312_684_744_082_583_3),
            (500_000, 1_000_000, 0.999, 0.498_354_745_541_280_7, 0.501_645_254_458_719_3),
            (7, 10, 0.8, 0.497_371_705_239_750_9, 0.846_200_821_924_032_7),
        ] {
            let (l, u) = wilson(k, n, confidence).expect("a share");
            near(l, lower);
            near(u, upper);
        }
    }

    #[test]
    fn no_share_has_no_interval() {
        assert_eq!(wilson(0, 0, 0.95), None);
        assert_eq!(wilson(4, 3, 0.95), None);
        assert_eq!(wilson(-1, 3, 0.95), None);
        for confidence in [0.0, 1.0, -0.5, 95.0, f64::NAN] {
            assert_eq!(wilson(1, 3, confidence), None);
        }
    }

    #[test]
    fn the_interval_holds_the_share() {
        for n in 1..60 {
            for k in 0..=n {
                let (lower, upper) = wilson(k, n, 0.95).expect("a share");
                let share = k as f64 / n as f64;
                assert!((0.0..=share).contains(&lower) && (share..=1.0).contains(&upper), "{k}/{n}");
            }
        }
    }
}
