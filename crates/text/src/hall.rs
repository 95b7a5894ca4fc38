//! What a hall sees on its screen while it votes.

#![expect(missing_docs, reason = "the words are their own documentation")]

use crate::Text;

pub const TITLE: Text = Text::new("会场大屏", "Screen for the hall");
pub const KIOSK: Text = Text::new("公用平板入口", "For a shared tablet");
pub const LEAVE: Text = Text::new("返回", "Back");
pub const WHOLE: Text = Text::new("全屏", "Full screen");
pub const SHOWS: Text = Text::new("二维码指向", "The code leads to");
pub const WITH_CODES: Text = Text::new("手持投票码的人", "Holders of a code");
pub const OPEN_GROUP: Text = Text::new("{0}（公开扫码）", "{0} (open)");
pub const SCAN: Text = Text::new("扫码打开测评表，再输入卡片上的投票码", "Scan, then type the code on your card");
pub const SCAN_OPEN: Text = Text::new("扫码参加评议", "Scan to take part");
pub const OR_TYPE: Text = Text::new("或在浏览器输入", "or type in a browser");
pub const CAST: Text = Text::new("已投", "Cast");
pub const OF: Text = Text::new("{0} / {1} 张", "{0} of {1}");
pub const CAST_ONLY: Text = Text::new("{0} 张", "{0}");
pub const LEFT: Text = Text::new("还有", "Time left");
pub const UNTIL: Text = Text::new("{0} 截止", "until {0}");
pub const HOURS: Text = Text::new("{0} 小时 {1} 分", "{0} h {1} min");
pub const MINUTES: Text = Text::new("{0} 分 {1} 秒", "{0} min {1} s");
pub const DAYS: Text = Text::new("{0} 天 {1} 小时", "{0} d {1} h");
pub const NO_END: Text = Text::new("由主持人宣布截止", "until it is announced closed");
pub const NOT_OPEN: Text = Text::new("投票还没有开始", "The vote is not open yet");
pub const OVER: Text = Text::new("投票已经结束", "The vote is over");
pub const AS_OF: Text = Text::new("{0} 的数据，每 10 秒刷新", "As of {0}, read again every ten seconds");
pub const STALE: Text = Text::new("暂时联系不上服务器，数字是 {0} 的", "The server does not answer; figures of {0}");
