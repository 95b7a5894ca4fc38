//! The bundle of blind groups' tokens: two functions that the ballot calls by name.

mod blinding;

use rand_core::{CryptoRng, Error, RngCore};
use wasm_bindgen::prelude::wasm_bindgen;

/// The browser's source of keys. A browser without one does not get as far as a ballot.
struct Browser;

impl RngCore for Browser {
    fn next_u32(&mut self) -> u32 {
        frame::browser::random().map_or(0, u32::from_le_bytes)
    }
    fn next_u64(&mut self) -> u64 {
        frame::browser::random().map_or(0, u64::from_le_bytes)
    }
    fn fill_bytes(&mut self, bytes: &mut [u8]) {
        for chunk in bytes.chunks_mut(32) {
            let drawn = frame::browser::random::<32>().unwrap_or_default();
            chunk.iter_mut().zip(drawn).for_each(|(byte, drawn)| *byte = drawn);
        }
    }
    fn try_fill_bytes(&mut self, bytes: &mut [u8]) -> Result<(), Error> {
        self.fill_bytes(bytes);
        Ok(())
    }
}

impl CryptoRng for Browser {}

/// What is to be kept, then the 32 bytes to be sent. Nothing where the browser draws no keys.
#[wasm_bindgen]
pub fn blind() -> Vec<u8> {
    if frame::browser::random::<32>().is_none() {
        return Vec::new();
    }
    blinding::blind(&mut Browser).map_or_else(Vec::new, |made| [made.kept, made.blinded].concat())
}

/// The nonce, then the output; nothing where the proof does not hold.
#[wasm_bindgen]
pub fn unblind(kept: &[u8], evaluated: &[u8], proof: &[u8], key: &[u8]) -> Vec<u8> {
    blinding::unblind(kept, evaluated, proof, key).map_or_else(Vec::new, |token| [token.nonce, token.output].concat())
}

fn main() {}
