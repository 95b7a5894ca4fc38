//! Words of a unit's public page.

use crate::Text;

pub const DUTIES: Text = Text::new("岗位职责", "Duties");
pub const PROMISES: Text = Text::new("公开承诺", "Promises");
pub const ADDRESS: Text = Text::new("地址", "Address");
pub const HOURS: Text = Text::new("办公时间", "Hours");
pub const PHONE: Text = Text::new("办公电话", "Telephone");
pub const COMPLAINTS: Text = Text::new("监督电话", "Complaints");
pub const STAFF: Text = Text::new("工作人员", "Staff");
pub const RESULTS: Text = Text::new("评议结果", "Results");

pub const YEAR: Text = Text::new("年度", "Year");
pub const PLAN: Text = Text::new("评议", "Appraisal");

/// Rank, and number of units.
pub const PLACE: Text = Text::new("第 {0} 名，共 {1} 个单位", "rank {0} of {1}");
