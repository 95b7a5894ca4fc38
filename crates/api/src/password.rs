//! Passwords: Argon2id, off the executor.
//!
//! Owns hashing, verifying and drawing. Refuses to own accounts, throttling, and the threads (`hashing_pool.rs`).

use argon2::password_hash::phc::{Output, ParamsString, PasswordHash, Salt};
use argon2::{Algorithm, Argon2, Block, Params, Version};
use subtle::ConstantTimeEq;

use crate::hashing_pool::HashingPool;
use crate::refusal::{Refusal, internal};
use wire::ErrorCode;

/// A hash nobody's password has, so that an unknown name costs as much time as a known one.
const NOBODY: &str =
    "$argon2id$v=19$m=19456,t=2,p=1$bm9ib2R5bm9ib2R5bm9ib2R5$6xi0vZ0cUTyqjXb9XKIjdHXzPg1vXmwqCSYrPqVyMpE";

/// Hashes a password, for the accounts table. Blocks for some 30 ms.
pub(crate) fn hash(password: &str, memory: &mut [Block]) -> Option<String> {
    let argon2 = Argon2::default();
    let salt = Salt::generate();
    let mut output = [0; Params::DEFAULT_OUTPUT_LEN];
    argon2.hash_password_into_with_memory(password.as_bytes(), &salt, &mut output, memory).ok()?;
    let hash = PasswordHash {
        algorithm: Algorithm::default().ident(),
        version: Some(Version::default().into()),
        params: ParamsString::try_from(argon2.params()).ok()?,
        salt: Some(salt),
        hash: Some(Output::new(&output).ok()?),
    };
    Some(hash.to_string())
}

fn holds(password: &str, hash: &str, memory: &mut [Block]) -> Option<bool> {
    let hash = PasswordHash::new(hash).ok()?;
    let (salt, expected) = (hash.salt?, hash.hash?);
    let algorithm = Algorithm::try_from(hash.algorithm.as_str()).ok()?;
    let version = hash.version.map_or(Ok(Version::default()), Version::try_from).ok()?;
    let argon2 = Argon2::new(algorithm, version, Params::try_from(&hash).ok()?);
    let mut output = [0; Output::MAX_LENGTH];
    let output = output.get_mut(..expected.len())?;
    argon2.hash_password_into_with_memory(password.as_bytes(), &salt, output, memory).ok()?;
    Some(output.ct_eq(expected.as_bytes()).into())
}

impl HashingPool {
    /// Hashes a password without blocking the executor.
    pub(crate) async fn hash_password(&self, password: String) -> Result<String, Refusal> {
        let hashed = self.run(move |memory| hash(&password, memory)).await;
        hashed.ok_or(ErrorCode::Unavailable)?.ok_or_else(|| internal("a password could not be hashed"))
    }

    /// Whether the password belongs to the hash; takes its time for no account, too.
    pub(crate) async fn password_holds(&self, password: String, hash: Option<String>) -> Result<bool, Refusal> {
        let known = hash.is_some();
        let hash = hash.unwrap_or_else(|| NOBODY.to_owned());
        let holds = self.run(move |memory| holds(&password, &hash, memory)).await;
        Ok(holds.ok_or(ErrorCode::Unavailable)? == Some(true) && known)
    }
}

/// Hashes a password where nothing serves yet.
pub(crate) async fn hashed(password: String) -> Option<String> {
    HashingPool::default().run(move |memory| hash(&password, memory)).await.flatten()
}

/// A password of 100 random bits, in letters that nobody confuses.
pub(crate) fn draw() -> Option<String> {
    let mut bytes = [0; 20];
    getrandom::fill(&mut bytes).ok()?;
    let letters: String = bytes.iter().map(|byte| char::from(wire::code::ALPHABET[usize::from(byte & 31)])).collect();
    Some(wire::code::grouped(&letters).to_lowercase())
}

#[cfg(test)]
mod tests {
    use argon2::password_hash::PasswordVerifier;

    use super::*;
    use crate::hashing_pool::memory;
    use wire::staff::PASSWORD_LENGTH;

    #[test]
    fn a_password_holds_against_its_own_hash_only() {
        let mut memory = memory();
        let kept = hash("correct horse", &mut memory).unwrap();
        let mut holds = |password: &str, hash: &str| holds(password, hash, &mut memory) == Some(true);
        assert!(kept.starts_with("$argon2id$"));
        assert!(holds("correct horse", &kept));
        assert!(!holds("correct hors", &kept));
        assert!(!holds("correct horse", NOBODY));
        assert!(!holds("correct horse", "not a hash"));
        // The library's own way to verify takes it, too.
        let library = |password: &str| Argon2::default().verify_password(password.as_bytes(), kept.as_str());
        assert!(library("correct horse").is_ok() && library("correct hors").is_err());
    }

    #[test]
    fn the_hash_of_nobody_is_a_hash_and_takes_the_same_work() {
        let nobody = PasswordHash::new(NOBODY).unwrap();
        let somebody = hash("x", &mut memory()).unwrap();
        let somebody = PasswordHash::new(&somebody).unwrap();
        assert_eq!(nobody.params, somebody.params);
        assert_eq!(nobody.algorithm, somebody.algorithm);
    }

    #[test]
    fn drawn_passwords_are_long_and_differ() {
        let (one, other) = (draw().unwrap(), draw().unwrap());
        assert_ne!(one, other);
        assert!(PASSWORD_LENGTH.contains(&one.chars().count()));
    }
}
