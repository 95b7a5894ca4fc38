//! One-time codes (RFC 6238: SHA-1, six digits, thirty seconds) and recovery codes.
//!
//! Owns drawing and writing both, which step a code belongs to, and counting what is tried. Refuses to own what is kept
//! of them and that each is taken once (`store`), and routes.

use percent_encoding::{AsciiSet, NON_ALPHANUMERIC, utf8_percent_encode};
use store::{FactorProof, Scope, Staff, Store};
use totp_rs::{Builder, Secret, Totp};
use wire::ErrorCode;
use wire::second_factor::{CODE_DIGITS, RECOVERY_CODES};

use crate::limits::MOST_WRONG_ONE_TIME_CODES;
use crate::refusal::{Refusal, internal};

/// Bytes of a secret: as many as the hash has, which the RFC asks for.
const SECRET_BYTES: usize = 20;

/// Digits of a recovery code.
const RECOVERY_DIGITS: u32 = 16;

/// The name that an authenticator app shows beside the account's.
const ISSUER: &str = "Pingyi";

/// What stands in an address as it is.
const ENCODED: &AsciiSet = &NON_ALPHANUMERIC.remove(b'-').remove(b'.').remove(b'_').remove(b'~');

/// SHA-1, six digits and thirty seconds are what every app can; the app's clock may be a step off.
fn totp(secret: &[u8]) -> Result<Totp, Refusal> {
    let totp = Builder::new().with_secret(secret).with_step_duration(30).with_skew(1).build();
    totp.map_err(|_| internal("a second factor's secret is none"))
}

/// A secret, drawn by the operating system.
pub(crate) fn draw_secret() -> Result<[u8; SECRET_BYTES], Refusal> {
    let mut secret = [0; SECRET_BYTES];
    getrandom::fill(&mut secret).map_err(|_| ErrorCode::Unavailable)?;
    Ok(secret)
}

/// Recovery codes: digits alone, so that they are typed where one-time codes are. Sixteen of them have 53 bits, and ten
/// are tried in a quarter of an hour.
pub(crate) fn draw_recovery_codes() -> Result<Vec<String>, Refusal> {
    let draw = || {
        let mut bytes = [0; 16];
        getrandom::fill(&mut bytes).map_err(|_| ErrorCode::Unavailable)?;
        // Of 2^128 numbers the remainder has no bias to speak of.
        Ok(format!("{:016}", u128::from_le_bytes(bytes) % 10_u128.pow(RECOVERY_DIGITS)))
    };
    (0..RECOVERY_CODES).map(|_| draw()).collect()
}

/// A secret as an app takes it when it is typed.
pub(crate) fn in_base32(secret: [u8; SECRET_BYTES]) -> String {
    Secret::from(secret).to_base32()
}

/// The address that an app reads from a QR code. What it leaves out (SHA-1, six digits, thirty seconds) is what apps take
/// for granted.
pub(crate) fn address(name: &str, secret: [u8; SECRET_BYTES]) -> String {
    let (name, secret) = (utf8_percent_encode(name, ENCODED), in_base32(secret));
    format!("otpauth://totp/{ISSUER}:{name}?secret={secret}&issuer={ISSUER}")
}

/// The step that a one-time code belongs to, one before and one after the present among them. In a time that does not
/// depend on how much of a code is right.
pub(crate) fn step_of(secret: &[u8], code: &str, seconds: i64) -> Result<Option<u64>, Refusal> {
    // Before 1970 there are no steps.
    let Ok(seconds) = u64::try_from(seconds) else { return Ok(None) };
    Ok(totp(secret)?.check(&digits(code), seconds))
}

/// What was typed, without the blanks and hyphens that are shown between digits.
fn digits(code: &str) -> String {
    code.chars().filter(|sign| !sign.is_whitespace() && *sign != '-').collect()
}

/// A code as it was given.
pub(crate) enum Given {
    Step(u64),
    Recovery(String),
}

impl Given {
    /// Reads a code against the account's second factor, and counts it before it is looked at. The refusal is
    /// [`ErrorCode::TooManyAttempts`], or [`ErrorCode::BadOneTimeCode`] for what is no code of now.
    pub(crate) async fn read(store: &Store, account: &Staff, code: &str) -> Result<Given, Refusal> {
        let factor = account.second_factor.as_ref().ok_or(ErrorCode::SecondFactorState)?;
        count_try(store, account).await?;
        let digits = digits(code);
        if digits.len() > CODE_DIGITS {
            return Ok(Given::Recovery(digits));
        }
        let step = step_of(&factor.secret, &digits, store.now().0)?;
        step.map(Given::Step).ok_or_else(|| ErrorCode::BadOneTimeCode.into())
    }

    pub(crate) fn proof(&self) -> FactorProof<'_> {
        match self {
            Given::Step(step) => FactorProof::Step(*step),
            Given::Recovery(code) => FactorProof::Recovery(code),
        }
    }
}

/// What tries are counted under: with a new password, or a new second factor, they begin anew.
fn tries(account: &Staff) -> String {
    format!("{} {}", account.password_version(), account.account.name)
}

/// Counts a code before it is looked at.
pub(crate) async fn count_try(store: &Store, account: &Staff) -> Result<(), Refusal> {
    if store.count_up_to(Scope::OneTimeCode, &tries(account), MOST_WRONG_ONE_TIME_CODES).await? {
        Ok(())
    } else {
        Err(ErrorCode::TooManyAttempts.into())
    }
}

/// After a right code.
pub(crate) async fn forget_tries(store: &Store, account: &Staff) -> Result<(), Refusal> {
    Ok(store.forget_counted(Scope::OneTimeCode, &tries(account)).await?)
}

/// Takes a code for the account's second factor: each is good once.
pub(crate) async fn prove(store: &Store, account: &Staff, code: &str) -> Result<(), Refusal> {
    let given = Given::read(store, account, code).await?;
    if !store.prove_second_factor(account, given.proof()).await? {
        return Err(ErrorCode::BadOneTimeCode.into());
    }
    forget_tries(store, account).await
}

#[cfg(test)]
mod tests {
    use super::*;

    /// RFC 6238, appendix B: the seconds and the codes of eight digits for SHA-1. Those of six are their last six, for
    /// both are the same number's remainder.
    const VECTORS: [(i64, &str); 6] = [
        (59, "94287082"),
        (1_111_111_109, "07081804"),
        (1_111_111_111, "14050471"),
        (1_234_567_890, "89005924"),
        (2_000_000_000, "69279037"),
        (20_000_000_000, "65353130"),
    ];

    #[test]
    fn the_codes_are_those_of_the_rfc() {
        let secret = b"12345678901234567890";
        for (seconds, code) in VECTORS {
            let (code, step) = (&code[2..], u64::try_from(seconds).unwrap() / 30);
            let at = |seconds: i64| step_of(secret, code, seconds).unwrap();
            assert_eq!(at(seconds), Some(step), "{seconds}");
            // A step of drift on either side, and no more.
            assert_eq!((at(seconds - 30), at(seconds + 30)), (Some(step), Some(step)), "{seconds}");
            assert_eq!((at(seconds - 60), at(seconds + 60)), (None, None), "{seconds}");
        }
    }

    #[test]
    fn a_code_is_six_digits_with_or_without_blanks() {
        let of = |code: &str| step_of(b"12345678901234567890", code, 59).unwrap();
        assert_eq!(of("287 082"), Some(1));
        for other in ["", "287082 1", "94287082", "28708", "+28708", "28708２", "abcdef"] {
            assert_eq!(of(other), None, "{other}");
        }
    }

    #[test]
    fn an_address_says_whose_secret_it_is() {
        // Base 32 of RFC 4648: by Python, base64.b32encode(b"12345678901234567890").
        let expected = "otpauth://totp/Pingyi:%E6%9D%8E%C2%B7b?secret=GEZDGNBVGY3TQOJQGEZDGNBVGY3TQOJQ&issuer=Pingyi";
        assert_eq!(address("李·b", *b"12345678901234567890"), expected);
    }

    #[test]
    fn recovery_codes_differ_and_read_as_they_are_printed() {
        let codes = draw_recovery_codes().unwrap();
        assert_eq!(codes.len(), RECOVERY_CODES);
        let distinct: std::collections::BTreeSet<&String> = codes.iter().collect();
        assert_eq!(distinct.len(), RECOVERY_CODES);
        for code in &codes {
            assert!(code.len() == 16 && code.bytes().all(|sign| sign.is_ascii_digit()), "{code}");
            assert_eq!(&digits(&wire::code::grouped(code)), code);
        }
        assert_ne!(draw_secret().unwrap(), draw_secret().unwrap());
    }
}
