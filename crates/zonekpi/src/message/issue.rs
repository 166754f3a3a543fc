//! What a reading can find wrong: the sentences of the issue list.

use super::messages;

messages! {
    /// The code of an issue. A closed list.
    IssueCode {
        DateImpossible = "date_impossible": "“{value}”不是存在的日期", "'{value}' is not a date that exists";
    }
}
