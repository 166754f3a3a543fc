//! Every sentence that the library says to a person, as a code with parameters, in Chinese and in English.
//!
//! A sentence is a template with `{name}` slots. Errors, issues and the words of the display have a closed
//! enum each, made by [`messages!`]; nothing here knows what the sentences are about.

mod error;
mod issue;
mod phrase;

pub use error::ErrorCode;
pub use issue::{IssueAction, IssueCode};
pub use phrase::Phrase;

use std::borrow::Cow;
use std::fmt;

/// The language of messages and of the display.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash)]
#[non_exhaustive]
pub enum Language {
    /// 中文
    #[default]
    Zh,
    /// English
    En,
}

/// A sentence with its parameters, not yet put into a language.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Message {
    code: &'static str,
    zh: &'static str,
    en: &'static str,
    parameters: Vec<(Cow<'static, str>, String)>,
    /// Slots that are sentences themselves, put into the same language.
    nested: Vec<(&'static str, Vec<Message>)>,
}

impl Message {
    pub(crate) const fn new(code: &'static str, zh: &'static str, en: &'static str) -> Self {
        Self { code, zh, en, parameters: Vec::new(), nested: Vec::new() }
    }

    /// The same message with the slot `{name}` filled.
    pub(crate) fn with(mut self, name: &'static str, value: impl fmt::Display) -> Self {
        self.parameters.push((Cow::Borrowed(name), value.to_string()));
        self
    }

    /// The same message with slots filled whose names were written down.
    pub(crate) fn filled(mut self, parameters: Vec<(String, String)>) -> Self {
        self.parameters.extend(parameters.into_iter().map(|(name, value)| (Cow::Owned(name), value)));
        self
    }

    /// The same message with sentences in the slot `{name}`.
    pub(crate) fn with_messages(mut self, name: &'static str, messages: Vec<Self>) -> Self {
        self.nested.push((name, messages));
        self
    }

    fn nested_text(&self, name: &str, language: Language) -> Option<String> {
        let (_, messages) = self.nested.iter().find(|(n, _)| *n == name)?;
        let texts: Vec<String> = messages.iter().map(|message| message.text(language)).collect();
        Some(texts.join(if language == Language::Zh { "；" } else { "; " }))
    }

    /// The stable code, such as `unknown_indicator`.
    pub fn code(&self) -> &'static str {
        self.code
    }

    /// What fills the slots, by name.
    pub fn parameters(&self) -> impl Iterator<Item = (&str, &str)> {
        self.parameters.iter().map(|(name, value)| (name.as_ref(), value.as_str()))
    }

    /// The sentence in a language. A slot that was not filled stays as it is written.
    pub fn text(&self, language: Language) -> String {
        let template = match language {
            Language::Zh => self.zh,
            Language::En => self.en,
        };
        // One pass over the template, so that a value holding `{x}` is never filled in turn.
        let mut text = String::with_capacity(template.len() + 32);
        let mut rest = template;
        while let Some(open) = rest.find('{') {
            let (before, from) = rest.split_at(open);
            text.push_str(before);
            let Some(close) = from.find('}') else {
                rest = from;
                break;
            };
            let name = &from[1..close];
            match self.parameters.iter().find(|(n, _)| n.as_ref() == name) {
                Some((_, value)) => text.push_str(value),
                None => match self.nested_text(name, language) {
                    Some(sentences) => text.push_str(&sentences),
                    None => text.push_str(&from[..=close]),
                },
            }
            rest = &from[close + 1..];
        }
        text.push_str(rest);
        text
    }
}

/// Makes a closed enum of codes: `Variant = "code": "中文 {slot}", "English {slot}";`.
macro_rules! messages {
    ($(#[$outer:meta])* $name:ident { $($variant:ident = $code:literal: $zh:literal, $en:literal;)* }) => {
        $(#[$outer])*
        #[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
        #[non_exhaustive]
        pub enum $name { $(#[doc = concat!("`", $code, "`: ", $en)] $variant,)* }

        impl $name {
            /// Every code, in the order of the documentation.
            pub const ALL: &'static [Self] = &[$(Self::$variant,)*];

            /// The stable code.
            pub const fn as_str(self) -> &'static str {
                match self { $(Self::$variant => $code,)* }
            }

            /// What a stable code stands for; `None` for one that is none.
            pub fn from_code(code: &str) -> Option<Self> {
                Self::ALL.iter().copied().find(|known| known.as_str() == code)
            }

            /// The sentence in a language, its slots still empty.
            pub fn sentence(self, language: $crate::message::Language) -> String {
                self.message().text(language)
            }

            /// The message, its slots still empty.
            pub(crate) const fn message(self) -> $crate::message::Message {
                match self { $(Self::$variant => $crate::message::Message::new($code, $zh, $en),)* }
            }
        }
    };
}
pub(crate) use messages;

#[cfg(test)]
mod tests {
    use std::collections::BTreeSet;

    use super::*;

    fn slots(template: &str) -> BTreeSet<String> {
        template.split('{').skip(1).filter_map(|rest| rest.split_once('}')).map(|(name, _)| name.to_owned()).collect()
    }

    /// All messages of the library.
    fn all() -> Vec<Message> {
        let errors = ErrorCode::ALL.iter().map(|code| code.message());
        let issues = IssueCode::ALL.iter().map(|code| code.message());
        let phrases = Phrase::ALL.iter().map(|code| code.message());
        errors.chain(issues).chain(phrases).collect()
    }

    #[test]
    fn both_languages_fill_the_same_slots() {
        for message in all() {
            // A name may differ by language, as in `{indicator_zh}`.
            let plain = |s: BTreeSet<String>| -> BTreeSet<String> {
                s.into_iter().map(|s| s.trim_end_matches("_zh").trim_end_matches("_en").to_owned()).collect()
            };
            assert_eq!(plain(slots(message.zh)), plain(slots(message.en)), "{}", message.code);
        }
    }

    #[test]
    fn no_code_is_used_twice_in_an_enum() {
        let unique = |codes: Vec<&str>| codes.iter().collect::<BTreeSet<_>>().len() == codes.len();
        assert!(unique(ErrorCode::ALL.iter().map(|c| c.as_str()).collect()));
        assert!(unique(IssueCode::ALL.iter().map(|c| c.as_str()).collect()));
        assert!(unique(Phrase::ALL.iter().map(|c| c.as_str()).collect()));
    }

    #[test]
    fn a_value_that_looks_like_a_slot_is_not_filled_in_turn() {
        let message = Message::new("x", "“{a}”和“{b}”", "'{a}' and '{b}'").with("a", "{b}").with("b", "1");
        assert_eq!(message.text(Language::En), "'{b}' and '1'");
        assert_eq!(message.text(Language::Zh), "“{b}”和“1”");
    }
}
