//! The frame around every page: its head, switches, errors that any page can have.

use crate::Text;

pub const NAME: Text = Text::new("民主评议", "Democratic appraisal");
pub const SKIP: Text = Text::new("跳到正文", "Skip to the content");
pub const SETTINGS: Text = Text::new("阅读设置", "Reading settings");
pub const THEME: Text = Text::new("外观：", "Appearance: ");
pub const THEME_AUTO: Text = Text::new("自动", "Auto");
pub const THEME_LIGHT: Text = Text::new("浅色", "Light");
pub const THEME_DARK: Text = Text::new("深色", "Dark");
pub const LARGE: Text = Text::new("长辈版", "Large");

pub const ERROR_MARK: Text = Text::new("错误:", "Error: ");
pub const ERRORS_TITLE: Text = Text::new("有问题需要处理", "There is a problem");
pub const UNREACHABLE: Text =
    Text::new("连不上服务器，请检查网络后再试", "The server cannot be reached; check the network and try again");
pub const UNREADABLE: Text = Text::new(
    "服务器的回答看不懂，请刷新页面再试",
    "The server's answer cannot be read; reload the page and try again",
);
pub const RETRY: Text = Text::new("重试", "Try again");
pub const LOADING: Text = Text::new("正在加载…", "Loading…");
pub const PLAN_VERSION: Text = Text::new("方案版本", "Plan version");
