//! http.
fn main() {}
