//! A blind group's token: drawn and blinded here, evaluated by the server, unblinded here. RFC 9497,
//! ristretto255-SHA512, verifiable mode, as `voprf` has it.
//!
//! Owns the voter's side of the arithmetic. Refuses to own what is kept on the phone and what is asked of
//! the server (`ballot::token`). It is a bundle of its own, loaded by the ballots of blind groups alone.

use rand_core::{CryptoRng, RngCore};
use voprf::{EvaluationElement, Proof, Ristretto255, VoprfClient};

/// Bytes of a nonce.
const NONCE: usize = 32;
/// Bytes of a blinded element.
const ELEMENT: usize = 32;

/// What a phone keeps until it has its token: the nonce, then the state that unblinds.
pub struct Blinding {
    /// To be kept, and told nobody.
    pub kept: Vec<u8>,
    /// To be sent to the server.
    pub blinded: Vec<u8>,
}

/// Draws a nonce and blinds it. `None` if the numbers drawn cannot be used (they always can).
pub fn blind(random: &mut (impl RngCore + CryptoRng)) -> Option<Blinding> {
    let mut nonce = [0; NONCE];
    random.fill_bytes(&mut nonce);
    let made = VoprfClient::<Ristretto255>::blind(&nonce, random).ok()?;
    let mut kept = nonce.to_vec();
    kept.extend_from_slice(&made.state.serialize());
    let blinded = made.message.serialize().to_vec();
    debug_assert_eq!(blinded.len(), ELEMENT);
    Some(Blinding { kept, blinded })
}

/// A token: the nonce, and what the group's key made of it.
pub struct Token {
    pub nonce: Vec<u8>,
    pub output: Vec<u8>,
}

/// Unblinds the server's answer. `None` unless the proof shows that the group's own key made it: a server
/// with a key for each voter could tell them apart.
pub fn unblind(kept: &[u8], evaluated: &[u8], proof: &[u8], key: &[u8]) -> Option<Token> {
    let (nonce, state) = kept.split_at_checked(NONCE)?;
    let client = VoprfClient::<Ristretto255>::deserialize(state).ok()?;
    let evaluated = EvaluationElement::deserialize(evaluated).ok()?;
    let proof = Proof::deserialize(proof).ok()?;
    let key = curve_point(key)?;
    let output = client.finalize(nonce, &evaluated, &proof, key).ok()?;
    Some(Token { nonce: nonce.to_vec(), output: output.to_vec() })
}

fn curve_point(bytes: &[u8]) -> Option<<Ristretto255 as voprf::Group>::Elem> {
    <Ristretto255 as voprf::Group>::deserialize_elem(bytes).ok()
}

#[cfg(test)]
mod tests {
    use super::*;
    use voprf::{BlindedElement, Group, VoprfServer};

    /// Numbers that only look drawn: tests want the same ones each time.
    struct Counting(u64);

    impl RngCore for Counting {
        fn next_u32(&mut self) -> u32 {
            u32::try_from(self.next_u64() >> 32).unwrap()
        }
        fn next_u64(&mut self) -> u64 {
            self.0 = self.0.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
            self.0
        }
        fn fill_bytes(&mut self, bytes: &mut [u8]) {
            bytes.iter_mut().for_each(|byte| *byte = self.next_u64().to_be_bytes()[0]);
        }
        fn try_fill_bytes(&mut self, bytes: &mut [u8]) -> Result<(), rand_core::Error> {
            self.fill_bytes(bytes);
            Ok(())
        }
    }
    impl CryptoRng for Counting {}

    struct Exchange {
        kept: Vec<u8>,
        evaluated: Vec<u8>,
        proof: Vec<u8>,
        key: Vec<u8>,
        expected: Vec<u8>,
    }

    fn exchange() -> Exchange {
        let mut random = Counting(1);
        let server = VoprfServer::<Ristretto255>::new(&mut random).unwrap();
        let made = blind(&mut random).unwrap();
        let done = server.blind_evaluate(&mut random, &BlindedElement::deserialize(&made.blinded).unwrap());
        Exchange {
            // What the key makes of the nonce when it may see it.
            expected: server.evaluate(&made.kept[..NONCE]).unwrap().to_vec(),
            kept: made.kept,
            evaluated: done.message.serialize().to_vec(),
            proof: done.proof.serialize().to_vec(),
            key: Ristretto255::serialize_elem(server.get_public_key()).to_vec(),
        }
    }

    #[test]
    fn a_token_is_what_the_key_makes_of_the_nonce_that_it_never_saw() {
        let done = exchange();
        let token = unblind(&done.kept, &done.evaluated, &done.proof, &done.key).unwrap();
        assert_eq!(token.output, done.expected);
        assert_eq!(token.nonce, done.kept[..NONCE]);
    }

    #[test]
    fn an_answer_under_another_key_is_no_token() {
        let done = exchange();
        let other = VoprfServer::<Ristretto255>::new(&mut Counting(2)).unwrap();
        let key = Ristretto255::serialize_elem(other.get_public_key());
        assert!(unblind(&done.kept, &done.evaluated, &done.proof, &key).is_none());
    }

    #[test]
    fn a_damaged_answer_is_no_token() {
        let done = exchange();
        let mut proof = done.proof.clone();
        proof[0] ^= 1;
        assert!(unblind(&done.kept, &done.evaluated, &proof, &done.key).is_none());
        assert!(unblind(&done.kept[..40], &done.evaluated, &done.proof, &done.key).is_none());
        assert!(unblind(&done.kept, &[], &[], &[]).is_none());
    }
}
