//! The words of the display: column heads, group names, footnotes.

use super::messages;

messages! {
    /// A word or a sentence of the display.
    Phrase {
        NotFilled = "not_filled": "未填", "not filled in";
        Unknown = "unknown": "未知", "unknown";
        Total = "total": "合计", "Total";
    }
}
