//! Passwords: Argon2id, off the executor.
//!
//! Owns hashing, verifying and drawing. Refuses to own accounts and throttling.

use argon2::Argon2;
use argon2::password_hash::{PasswordHasher, PasswordVerifier, phc::PasswordHash};

use crate::refusal::{Refusal, internal};
use crate::state::AppState;

/// A hash nobody's password has, so that an unknown name costs as much time as a known one.
const NOBODY: &str =
    "$argon2id$v=19$m=19456,t=2,p=1$bm9ib2R5bm9ib2R5bm9ib2R5$6xi0vZ0cUTyqjXb9XKIjdHXzPg1vXmwqCSYrPqVyMpE";

/// Hashes a password, for the accounts table. Blocks for some 30 ms.
pub(crate) fn hash(password: &str) -> Option<String> {
    let hash = Argon2::default().hash_password(password.as_bytes()).ok()?;
    Some(hash.to_string())
}

fn holds(password: &str, hash: &str) -> bool {
    let Ok(hash) = PasswordHash::new(hash) else { return false };
    Argon2::default().verify_password(password.as_bytes(), &hash).is_ok()
}

impl AppState {
    /// Hashes a password without blocking the executor.
    pub(crate) async fn hash_password(&self, password: String) -> Result<String, Refusal> {
        let _permit = self.hashing().acquire().await.map_err(|_| internal("hashing has ended"))?;
        let hash = tokio::task::spawn_blocking(move || hash(&password)).await;
        hash.ok().flatten().ok_or_else(|| internal("a password could not be hashed"))
    }

    /// Whether the password belongs to the hash; takes its time for no account, too.
    pub(crate) async fn password_holds(&self, password: String, hash: Option<String>) -> Result<bool, Refusal> {
        let _permit = self.hashing().acquire().await.map_err(|_| internal("hashing has ended"))?;
        let known = hash.is_some();
        let hash = hash.unwrap_or_else(|| NOBODY.to_owned());
        let holds = tokio::task::spawn_blocking(move || holds(&password, &hash)).await;
        holds.map(|holds| holds && known).map_err(|_| internal("a password could not be verified"))
    }
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
    use super::*;
    use wire::staff::PASSWORD_LENGTH;

    #[test]
    fn a_password_holds_against_its_own_hash_only() {
        let kept = hash("correct horse").unwrap();
        assert!(kept.starts_with("$argon2id$"));
        assert!(holds("correct horse", &kept));
        assert!(!holds("correct hors", &kept));
        assert!(!holds("correct horse", NOBODY));
        assert!(!holds("correct horse", "not a hash"));
    }

    #[test]
    fn the_hash_of_nobody_is_a_hash_and_takes_the_same_work() {
        let nobody = PasswordHash::new(NOBODY).unwrap();
        let somebody = hash("x").unwrap();
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
