//! The setup's editor: problems in words, ids, removing what others use, scales to start from.

use crate::Text;

// Problems.
pub const PLEASE_FILL: Text = Text::new("请填“{0}”", "“{0}” is to be filled in");
pub const PLEASE_CHOOSE: Text = Text::new("请选“{0}”", "“{0}” is to be chosen");
pub const QUOTA_IS: Text =
    Text::new("“{0}”有 {1} 个单位，名额合计 {2}", "“{0}” has {1} units, the quota adds up to {2}");
pub const SHORTLIST_IS: Text =
    Text::new("“{0}”有 {1} 个单位，入围要 {2} 个", "“{0}” has {1} units, the shortlist takes {2}");
pub const SAME_AS_ROW: Text = Text::new("与第 {0} 行相同", "as in row {0}");
pub const CHOSEN_TWICE: Text = Text::new("“{0}”选了两次", "“{0}” is chosen twice");
pub const POINTS_OF: Text = Text::new("“{0}”等 {1} 个单位{2}", "“{0}”, {1} units: {2}");

// Ids.
pub const IDS: Text = Text::new("编号", "Ids");
pub const IDS_NOTE: Text = Text::new(
    "编号供程序引用，选民看不到，自动生成。改了编号，用到它的地方跟着改；与别的方案或旧数据对接时才需要。",
    "Ids are for programs; voters never see them, and they are made for you. A changed id is changed wherever it is used. Only other plans and older data may need it.",
);
pub const BAD_NEW_ID: Text = Text::new(
    "没有改：编号只能用 1 到 32 个小写字母、数字或下划线。",
    "Not changed: an id is 1 to 32 of a-z, 0-9 and _.",
);
pub const ID_TAKEN: Text = Text::new("没有改：这个编号已经有了。", "Not changed: this id is taken.");

// Removing.
pub const STILL_USED: Text = Text::new("“{0}”还有 {1} 处在用", "“{0}” is still used in {1} places");
pub const STILL_USED_NOTE: Text =
    Text::new("删除以后，这些地方要重新选。", "If it is removed, these places have to be chosen again.");
pub const STILL_USED_MORE: Text = Text::new("……另有 {0} 处", "… and {0} more");
pub const REMOVE_ANYWAY: Text = Text::new("仍然删除", "Remove it anyway");
pub const KEEP: Text = Text::new("不删", "Keep it");

// Scales.
pub const NEW_SCALE: Text =
    Text::new("添加选项表，从这些开始（之后都可以改）", "Add a scale, starting from (all can be changed)");
pub const EMPTY_SCALE: Text = Text::new("空白", "Empty");

// The tree of components.
pub const MOVE_IN: Text = Text::new("移入上面的项目", "Move into the one above");
pub const MOVE_OUT: Text = Text::new("移出上级项目", "Move out");
pub const CHOOSE_LINE: Text = Text::new(
    "点一行的计分方式，在这里设置。拖动左边的点，或用“⋯”里的按钮，调整顺序和上下级。",
    "Press a line's method to set it up here. Drag the dots, or use the buttons under “⋯”, to move it.",
);
pub const SAVE_AND_NEXT: Text = Text::new("保存，下一项", "Save, next one");
