//! Accounts: those of all, for administrators; one's own password and second factor.

mod password;
mod second_factor;
mod second_factors;
mod staff;
mod text_field;

pub use password::PasswordPage;
pub use second_factor::SecondFactorPage;
pub use staff::StaffPage;
