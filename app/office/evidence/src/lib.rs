//! Files that show something: chosen or photographed, made small, sent, and offered again as downloads.
//!
//! Owns the control, the sending and how a photo is made small. Refuses to own what is done with a file, and which
//! contents are taken: the server looks at those.

mod field;
mod limits;
mod links;
mod sending;
mod small;

pub use field::{FilesField, files_field};
pub use links::file_links;
pub use sending::{Files, Kept, upload, upload_portrait};
