//! A second factor: one-time codes of an authenticator app (RFC 6238), and recovery codes.

use document::{document, open_ended};

/// Digits of a one-time code.
pub const CODE_DIGITS: usize = 6;

/// Recovery codes of a second factor, each good once.
pub const RECOVERY_CODES: usize = 10;

document! {
    /// `GET /api/session/second-factor`: one's own.
    #[derive(Eq, Debug)]
    pub struct SecondFactorState {
        /// Whether one signs in with it.
        pub set: bool,
        /// Recovery codes that are left.
        pub recovery_codes: u64,
    }
    shape: open_ended;
}

document! {
    /// `POST /api/session/second-factor`: begins to set one up.
    #[derive(Eq)]
    pub struct SecondFactorStart {
        /// One's own.
        pub password: String,
    }
}

document! {
    /// What an authenticator app is told. It is shown this once.
    #[derive(Eq)]
    pub struct NewSecondFactor {
        /// The secret in base 32, for typing.
        pub secret: String,
        /// The same as an `otpauth` address, for a QR code.
        pub address: String,
    }
    shape: open_ended;
}

document! {
    /// `PUT /api/session/second-factor`: the first code, from which on it holds.
    #[derive(Eq)]
    pub struct SecondFactorCode {
        /// What the app shows: six digits.
        pub code: String,
    }
}

document! {
    /// The recovery codes of a second factor that was just set. They are shown this once.
    #[derive(Eq)]
    pub struct RecoveryCodes {
        /// Each signs in once in place of a one-time code.
        pub recovery_codes: Vec<String>,
    }
    shape: open_ended;
}

document! {
    /// `DELETE /api/session/second-factor`.
    #[derive(Eq)]
    pub struct SecondFactorRemoval {
        /// One's own.
        pub password: String,
        /// A one-time code, or a recovery code.
        pub code: String,
    }
}
