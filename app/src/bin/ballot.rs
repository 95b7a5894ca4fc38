//! ballot.
fn main() {}
