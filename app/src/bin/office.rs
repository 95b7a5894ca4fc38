//! office.
fn main() {}
