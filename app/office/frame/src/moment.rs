//! Moments as the office's pages show them: by this device's clock, and with its zone, so that two people in two places
//! read one moment.

use frame::words::fill;
use text::office_desk as words;

/// A moment, such as `2026-11-21 22:50 UTC+8`.
pub fn moment(seconds: i64) -> String {
    #[expect(clippy::cast_precision_loss, reason = "seconds of this century are exact")]
    let date = js_sys::Date::new(&wasm_bindgen::JsValue::from_f64(seconds as f64 * 1000.0));
    let (year, month, day) = (date.get_full_year(), date.get_month() + 1, date.get_date());
    #[expect(clippy::cast_possible_truncation, reason = "minutes of a day")]
    let west = date.get_timezone_offset() as i32;
    format!("{year}-{month:02}-{day:02} {:02}:{:02} {}", date.get_hours(), date.get_minutes(), zone(-west))
}

/// A moment as a list says it: of today the hour, else the day.
pub fn brief(seconds: i64) -> String {
    #[expect(clippy::cast_precision_loss, reason = "seconds of this century are exact")]
    let date = js_sys::Date::new(&wasm_bindgen::JsValue::from_f64(seconds as f64 * 1000.0));
    let today = js_sys::Date::new_0();
    let day = |date: &js_sys::Date| (date.get_full_year(), date.get_month() + 1, date.get_date());
    let (year, month, of_month) = day(&date);
    if (year, month, of_month) == day(&today) {
        return fill(words::TODAY, &[&format!("{:02}:{:02}", date.get_hours(), date.get_minutes())]);
    }
    format!("{year}-{month:02}-{of_month:02}")
}

/// What an input of date and time holds (`2026-12-05T18:00`) as a moment with this device's offset; `None` for none.
pub fn with_offset(local: &str) -> Option<String> {
    let date = js_sys::Date::new(&wasm_bindgen::JsValue::from_str(local));
    #[expect(clippy::cast_possible_truncation, reason = "minutes of a day")]
    let east = if date.get_time().is_nan() { return None } else { -date.get_timezone_offset() as i32 };
    let sign = if east < 0 { '-' } else { '+' };
    Some(format!("{local}:00{sign}{:02}:{:02}", east.abs() / 60, east.abs() % 60))
}

/// Now, in seconds.
pub fn now() -> i64 {
    #[expect(clippy::cast_possible_truncation, reason = "milliseconds of this century fit")]
    let seconds = (js_sys::Date::now() / 1000.0) as i64;
    seconds
}

/// This device's zone, now.
pub fn zone_here() -> String {
    #[expect(clippy::cast_possible_truncation, reason = "minutes of a day")]
    let west = js_sys::Date::new_0().get_timezone_offset() as i32;
    zone(-west)
}

/// A zone by its minutes east of UTC.
fn zone(east: i32) -> String {
    let (hours, minutes) = (east.abs() / 60, east.abs() % 60);
    let sign = if east < 0 { '−' } else { '+' };
    match (hours, minutes) {
        (0, 0) => "UTC".to_owned(),
        (hours, 0) => format!("UTC{sign}{hours}"),
        (hours, minutes) => format!("UTC{sign}{hours}:{minutes:02}"),
    }
}

#[cfg(test)]
mod tests {
    use super::zone;

    #[test]
    fn a_zone_is_named_by_its_hours_from_utc() {
        assert_eq!([480, 0, -210, 345].map(zone), ["UTC+8", "UTC", "UTC−3:30", "UTC+5:45"]);
    }
}
