//! Signing in through an identity provider.

use crate::Text;

pub const THROUGH: Text = Text::new("用 {0} 登录", "Sign in with {0}");
pub const THROUGH_AGAIN: Text =
    Text::new("在新标签页用 {0} 登录，再回到这里", "Sign in with {0} in a new tab, then come back here");
pub const NOT_SIGNED_IN: Text = Text::new("没有登录", "Not signed in");
pub const NOT_PROVEN: Text = Text::new(
    "登录没有完成，或者隔得太久。请回到登录页，重新来一次。",
    "Signing in was broken off or took too long. Please go back and begin again.",
);
pub const NO_ACCOUNT: Text = Text::new(
    "身份已核实，但这里没有您的账号，或账号已停用。请找管理员开通：账号名应与下面的名字相同。",
    "You are known there, but have no account here, or it is disabled. Please ask your administrator for one: its name must be the name below.",
);
pub const UNAVAILABLE: Text = Text::new(
    "统一身份认证现在没有回应。请稍后再试，或用密码登录。",
    "The identity provider does not answer now. Please try again later, or sign in with your password.",
);
pub const BACK: Text = Text::new("回登录页", "Back to the sign-in page");
