//! pingyi.
fn main() {}
