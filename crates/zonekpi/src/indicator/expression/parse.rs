//! From text to `sqlparser`'s tree: what is not even made of the language's words and signs is refused here, with
//! its place, and so is what is too long or too deep to be walked safely.

use sqlparser::ast::Expr;
use sqlparser::dialect::Dialect;
use sqlparser::keywords::Keyword;
use sqlparser::parser::{Parser, ParserError};
use sqlparser::tokenizer::{Location, Token, TokenWithSpan, Tokenizer};

use crate::error::{Error, ErrorKind, Place, Result};
use crate::message::{ErrorCode, Message, Phrase};

use super::types::{DAYS_BETWEEN, HAPPENED, WORKING_DAYS_BETWEEN, unknown_function};

/// Characters that an expression may have. Far above any definition; it bounds the work of the parser.
const LONGEST: usize = 10_000;
/// Parentheses and NOTs that may stand inside each other.
const DEEPEST: usize = 32;
/// Operators other than AND and OR that may follow each other: each makes the tree one deeper.
const LONGEST_CHAIN: usize = 64;

/// The syntax: plain SQL, names in any script, "…" around names, '…' around texts, no backslash escapes.
#[derive(Debug)]
struct Language;

impl Dialect for Language {
    fn is_delimited_identifier_start(&self, ch: char) -> bool {
        ch == '"'
    }

    fn is_identifier_start(&self, ch: char) -> bool {
        ch.is_alphabetic() || ch == '_'
    }

    fn is_identifier_part(&self, ch: char) -> bool {
        ch.is_alphanumeric() || ch == '_'
    }
}

/// Parses one expression, the whole text.
pub(super) fn expression(text: &str) -> Result<Expr> {
    let length = text.chars().count();
    if length > LONGEST {
        return Err(Error::new(
            ErrorKind::Definition,
            ErrorCode::ExpressionTooLong.message().with("found", length).with("most", LONGEST),
        ));
    }
    let tokens = Tokenizer::new(&Language, text)
        .tokenize_with_location()
        .map_err(|error| refused(unread(text, error.location, &error.message), error.location))?;
    check_words(&tokens)?;
    check_calls(&tokens)?;
    check_depth(&tokens)?;
    let mut parser = Parser::new(&Language).with_recursion_limit(2 * DEEPEST).with_tokens_with_locations(tokens);
    let expression = parser.parse_expr().map_err(syntax_error)?;
    let rest = parser.next_token();
    if rest.token == Token::EOF {
        Ok(expression)
    } else {
        Err(refused(ErrorCode::ExpressionRest.message().with("found", &rest.token), rest.span.start))
    }
}

/// A definition's error at a place of the text. Line 0 stands for an unknown place.
pub(super) fn refused(message: Message, start: Location) -> Error {
    let error = Error::new(ErrorKind::Definition, message);
    if start.line == 0 {
        error
    } else {
        error.at(Place { position: Some((start.line, start.column)), ..Place::default() })
    }
}

/// Only signs that can be part of an expression reach the parser, which knows all of SQL.
fn check_words(tokens: &[TokenWithSpan]) -> Result<()> {
    for TokenWithSpan { token, span } in tokens {
        let known = match token {
            Token::Word(word) => !is_foreign(word.keyword),
            Token::Number(_, long) => !long,
            Token::SingleQuotedString(_)
            | Token::Whitespace(_)
            | Token::Comma
            | Token::Eq
            | Token::Neq
            | Token::Lt
            | Token::LtEq
            | Token::Gt
            | Token::GtEq
            | Token::Plus
            | Token::Minus
            | Token::Mul
            | Token::Period
            | Token::LParen
            | Token::RParen
            | Token::EOF => true,
            _ => false,
        };
        if !known {
            let message = match token {
                Token::Div => ErrorCode::DivisionRefused.message(),
                _ => ErrorCode::NotInLanguage.message().with("found", token),
            };
            let meant = if let Token::Char(found) = token { half_width(*found) } else { None };
            let meant = if *token == Token::DoubleEq { Some('=') } else { meant };
            return Err(refused(message, span.start).suggest(meant.map(String::from)));
        }
    }
    Ok(())
}

/// Only the language's own functions are called: SQL gives many names a syntax of their own inside the parentheses.
fn check_calls(tokens: &[TokenWithSpan]) -> Result<()> {
    let mut words = tokens.iter().filter(|token| !matches!(token.token, Token::Whitespace(_))).peekable();
    while let Some(TokenWithSpan { token, span }) = words.next() {
        let Token::Word(word) = token else { continue };
        let called = words.peek().is_some_and(|next| next.token == Token::LParen);
        let operator =
            matches!(word.keyword, Keyword::AND | Keyword::OR | Keyword::NOT | Keyword::IN | Keyword::BETWEEN);
        let function =
            [HAPPENED.0, DAYS_BETWEEN.0, WORKING_DAYS_BETWEEN.0].iter().any(|f| word.value.eq_ignore_ascii_case(f));
        if called && !operator && !function {
            return Err(unknown_function(&word.value, span.start));
        }
    }
    Ok(())
}

/// Words of SQL that open a construct which the language does not have. In quotes they are names.
fn is_foreign(keyword: Keyword) -> bool {
    matches!(
        keyword,
        Keyword::ALL
            | Keyword::ANY
            | Keyword::ARRAY
            | Keyword::CASE
            | Keyword::CAST
            | Keyword::COLLATE
            | Keyword::DISTINCT
            | Keyword::EXISTS
            | Keyword::ILIKE
            | Keyword::INTERVAL
            | Keyword::LIKE
            | Keyword::OVER
            | Keyword::REGEXP
            | Keyword::RLIKE
            | Keyword::SELECT
            | Keyword::SIMILAR
            | Keyword::SOME
            | Keyword::UNNEST
            | Keyword::XOR
    )
}

/// The sign that a Chinese keyboard gives in its wide form.
fn half_width(found: char) -> Option<char> {
    match found {
        '‘' | '’' => Some('\''),
        '“' | '”' => Some('"'),
        '×' => Some('*'),
        '－' | '−' => Some('-'),
        '、' => Some(','),
        '！'..='～' => char::from_u32(u32::from(found) - 0xFEE0),
        _ => None,
    }
}

/// `sqlparser` builds chains of equal operators as trees as deep as the chain is long. AND and OR are taken
/// apart in a loop; of the others only a short run is let through.
fn check_depth(tokens: &[TokenWithSpan]) -> Result<()> {
    let mut runs = vec![0usize];
    for TokenWithSpan { token, span } in tokens {
        match token {
            Token::LParen => runs.push(0),
            Token::RParen => {
                runs.pop();
                if runs.is_empty() {
                    runs.push(0);
                }
            }
            Token::Comma => reset(&mut runs),
            Token::Word(word) if matches!(word.keyword, Keyword::AND | Keyword::OR) => reset(&mut runs),
            Token::Word(word)
                if matches!(word.keyword, Keyword::IS | Keyword::NOT | Keyword::IN | Keyword::BETWEEN) =>
            {
                count(&mut runs);
            }
            Token::Plus | Token::Minus | Token::Mul | Token::Eq | Token::Neq => count(&mut runs),
            Token::Lt | Token::LtEq | Token::Gt | Token::GtEq | Token::Period => count(&mut runs),
            _ => {}
        }
        let most = if runs.len() > DEEPEST {
            DEEPEST
        } else if runs.last().is_some_and(|run| *run > LONGEST_CHAIN) {
            LONGEST_CHAIN
        } else {
            continue;
        };
        return Err(refused(ErrorCode::ExpressionTooDeep.message().with("most", most), span.start));
    }
    Ok(())
}

fn reset(runs: &mut [usize]) {
    if let Some(run) = runs.last_mut() {
        *run = 0;
    }
}

fn count(runs: &mut [usize]) {
    if let Some(run) = runs.last_mut() {
        *run += 1;
    }
}

fn syntax(detail: Message) -> Message {
    ErrorCode::ExpressionSyntax.message().with_messages("detail", vec![detail])
}

/// What the tokenizer could not read: most often a quote that is never closed.
fn unread(text: &str, start: Location, detail: &str) -> Message {
    let place = |number: u64| usize::try_from(number).ok()?.checked_sub(1);
    let sign = place(start.line).zip(place(start.column));
    let sign = sign.and_then(|(line, column)| text.lines().nth(line)?.chars().nth(column));
    syntax(match sign {
        Some('\'' | '"') => Phrase::SyntaxQuote.message(),
        _ => Phrase::SyntaxOther.message().with("detail", detail),
    })
}

/// The parser tells what it found between fixed words, and its place only at the end of its sentence. What it expected
/// is told where it is a sign or a word of the language, and not English.
fn syntax_error(error: ParserError) -> Error {
    let text = match error {
        ParserError::ParserError(text) | ParserError::TokenizerError(text) => text,
        ParserError::RecursionLimitExceeded => {
            let message = ErrorCode::ExpressionTooDeep.message().with("most", DEEPEST);
            return Error::new(ErrorKind::Definition, message);
        }
    };
    let (detail, place) = text.rsplit_once(" at Line: ").unwrap_or((&text, ""));
    let start = place
        .split_once(", Column: ")
        .and_then(|(line, column)| Some(Location { line: line.parse().ok()?, column: column.parse().ok()? }));
    let told = detail.strip_prefix("Expected: ").and_then(|told| told.split_once(", found: "));
    let detail = match told {
        Some((_, "EOF")) => Phrase::SyntaxEnds.message(),
        Some((expected, found)) if !expected.contains(|c: char| c.is_ascii_lowercase()) => {
            Phrase::SyntaxExpected.message().with("expected", expected).with("found", found)
        }
        Some((_, found)) => Phrase::SyntaxFound.message().with("found", found),
        None => Phrase::SyntaxOther.message().with("detail", detail),
    };
    refused(syntax(detail), start.unwrap_or(Location { line: 0, column: 0 }))
}
