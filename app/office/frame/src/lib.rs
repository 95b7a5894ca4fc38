//! What the office's pages stand in and on.
//!
//! Owns the frame around a page: who is signed in, the route that the address names and the area that holds its
//! page, the plan that is open, requests on behalf of whoever is signed in. Refuses to know a page: an area names
//! its own ([`area_pages::AreaPages`]).

pub mod area;
pub mod area_pages;
pub mod areas;
pub mod asking;
pub mod csv;
pub mod download;
pub mod limits;
pub mod moment;
pub mod names;
pub mod office_context;
pub mod office_page;
pub mod pasted_plan;
pub mod plan_context;
mod plan_frame;
pub mod plan_state;
pub mod pointer;
pub mod route;
pub mod router;
pub mod sign_in;
pub mod table_file;
pub mod template_memory;

pub use office_context::Office;
