//! Two-step sign-in: the code at sign-in, one's own second factor, and who must have one.

use crate::Text;

pub const TITLE: Text = Text::new("两步验证", "Two-step sign-in");
pub const WHAT: Text = Text::new(
    "登录时除密码外，再输入手机身份验证器（支持 TOTP 的应用）显示的 6 位验证码。别人知道密码也登录不了。",
    "Signing in takes your password and the six-digit code that an authenticator app (any TOTP app) shows on your phone. Who knows your password alone cannot sign in.",
);
pub const MUST: Text = Text::new(
    "您的账号必须先设置两步验证，才能做其他事。",
    "Your account has to set up two-step sign-in before it may do anything else.",
);

// At sign-in.
pub const CODE: Text = Text::new("验证码", "Code");
pub const CODE_HINT: Text = Text::new(
    "身份验证器显示的 6 位数字；手机不在身边，可用一个恢复码。",
    "The six digits of your authenticator app, or a recovery code.",
);
pub const CODE_EMPTY: Text = Text::new("请输入验证码", "Enter the code");

// Setting it up.
pub const START: Text = Text::new("开始设置", "Begin");
pub const SCAN: Text = Text::new("用身份验证器扫描二维码", "Scan the QR code with your authenticator app");
pub const SCAN_HINT: Text = Text::new(
    "就在这台手机上设置，请点“在验证器中打开”，或在验证器中手工输入密钥。二维码和密钥只显示这一次。",
    "On the phone itself, use “Open in the app”, or type the key into the app. QR code and key are shown this once.",
);
pub const QR_ALT: Text = Text::new("两步验证的二维码", "QR code of the second factor");
pub const KEY: Text = Text::new("密钥", "Key");
pub const OPEN_APP: Text = Text::new("在验证器中打开", "Open in the app");
pub const CONFIRM_HINT: Text = Text::new(
    "输入验证器显示的 6 位数字，核对后才生效。生效后，您在别处的登录都会退出。",
    "Enter the six digits that the app shows; it takes effect once they are right. Your sessions elsewhere end then.",
);
pub const CONFIRM: Text = Text::new("确认并启用", "Confirm and switch on");

// Recovery codes.
pub const CODES_TITLE: Text = Text::new("请保存恢复码", "Keep your recovery codes");
pub const CODES_NOTE: Text = Text::new(
    "两步验证已启用。手机丢了，可以用恢复码登录，每个只能用一次。这些恢复码只显示这一次，请打印或保存在别人拿不到的地方。",
    "Two-step sign-in is on. If you lose your phone, a recovery code signs you in, each of them once. They are shown this once: print them, or keep them where nobody else finds them.",
);
pub const PRINT: Text = Text::new("打印", "Print");
pub const SAVE: Text = Text::new("保存为文件", "Save as a file");
pub const KEPT: Text = Text::new("已经保存好了", "I have kept them");
pub const FILE_HEAD: Text = Text::new("评议系统恢复码，账号：{0}", "Pingyi recovery codes, account {0}");

// It is on.
pub const ON: Text =
    Text::new("两步验证已启用，还有 {0} 个恢复码可用。", "Two-step sign-in is on; {0} recovery codes are left.");
pub const REMOVE: Text = Text::new("停用两步验证", "Switch it off");
pub const REMOVE_HINT: Text = Text::new(
    "换手机或换一批恢复码，请先停用，再重新设置。",
    "For another phone, or for new recovery codes, switch it off and set it up again.",
);
pub const REMOVE_NOW: Text = Text::new("确认停用", "Switch off now");
pub const REMOVED: Text = Text::new("两步验证已停用。", "Two-step sign-in is off.");

// For administrators.
pub const RESET: Text =
    Text::new("解除两步验证（本人丢失手机和恢复码时）", "Remove two-step sign-in (phone and recovery codes are lost)");
pub const RESET_NOTE: Text = Text::new(
    "请先确认是本人。解除后“{0}”只凭密码登录，可以重新设置。",
    "Make sure who is asking. “{0}” then signs in with the password alone, and can set it up again.",
);
pub const RESET_NOW: Text = Text::new("确认解除", "Remove now");
pub const RESET_DONE: Text = Text::new("已解除“{0}”的两步验证。", "Two-step sign-in of “{0}” is removed.");
pub const WHO_MUST: Text = Text::new("谁必须使用两步验证", "Who must use two-step sign-in");
pub const WHO_MUST_HINT: Text = Text::new(
    "必须而还没有设置的账号，登录后只能先设置。",
    "An account that must and has not set it up can do nothing else after signing in.",
);
pub const OPTIONAL: Text = Text::new("自愿", "Whoever wants to");
pub const ADMINS: Text = Text::new("管理员", "Administrators");
pub const ALL: Text = Text::new("所有账号", "Every account");
pub const SAVE_RULE: Text = Text::new("保存设置", "Save the setting");
pub const RULE_SAVED: Text = Text::new("已保存设置。", "The setting is saved.");
