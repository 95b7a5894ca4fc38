//! The store on the real SDK and the embedded engine.

mod audit;
mod ballots;
mod closing;
mod codes;
mod faults;
mod house;
mod limits;
mod plans;
mod publishing;
mod records;
mod scale;
mod secrecy;
mod staff;
