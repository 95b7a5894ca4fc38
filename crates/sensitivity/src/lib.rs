//! sensitivity.
