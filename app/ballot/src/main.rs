//! The evaluators' bundle: opened by a QR code on a phone. It must stay small.

mod address;
mod bar;
mod cards;
mod code_form;
mod digits;
mod draft;
mod errand;
mod filling;
mod form;
mod intro;
mod kiosk;
mod limits;
mod page;
mod profile;
mod public_link;
mod receipt;
mod sending;
mod sheet;
mod stopped;
mod token;

fn main() {
    frame::browser::start_drawn(page::page);
}
