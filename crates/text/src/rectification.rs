//! Rectification: the public page, and what items are called everywhere.

use crate::Text;

pub const PROGRESS: Text = Text::new("整改进展", "What is being made better");
pub const PUBLIC_ITEMS: Text = Text::new("公开的整改事项：", "Items that are public: ");
pub const MORE: Text = Text::new("后面的事项", "More items");
pub const MATTER: Text = Text::new("整改事项", "Matter");
pub const SOURCE: Text = Text::new("意见来源", "From");
pub const MEASURES: Text = Text::new("整改措施", "Measures");
pub const LEADER: Text = Text::new("责任领导", "Leader");
pub const DEPARTMENT: Text = Text::new("责任部门", "Department");
pub const DEADLINE: Text = Text::new("整改时限", "Until");
pub const RESULT: Text = Text::new("整改结果", "Result");
pub const REPORT: Text = Text::new("整改报告", "Report");
pub const DONE: Text = Text::new("已整改", "Done");
pub const UNDER_WAY: Text = Text::new("正在整改", "Under way");
