//! Drawing voters' codes, the cards on which they are printed, and turnout.

use crate::Text;

pub const TITLE: Text = Text::new("投票码和参评人数", "Codes and turnout");
pub const TURNOUT: Text = Text::new("参评人数", "Turnout");
pub const PERIOD: Text = Text::new("周期", "Period");
pub const GROUP: Text = Text::new("评议人群", "Group");
pub const FEW: Text = Text::new(
    "不到 5 张，从计票就可能猜出是谁投的。请再发几张。",
    "Fewer than 5: the tallies may tell who marked what. Issue more.",
);
pub const REFRESH: Text = Text::new("刷新", "Refresh");
pub const SHOW_BALLOT: Text = Text::new("看测评表页面", "See the ballot page");

pub const DRAW_NOTE: Text = Text::new(
    "投票码在您的浏览器里随机产生，服务器只存指纹，认不出码。码只在这一页出现一次，请马上打印或下载。",
    "Codes are drawn at random in your browser; the server keeps fingerprints only and cannot read them. They appear on this page once: print or download them at once.",
);
pub const DRAWN_HERE: Text =
    Text::new("码只在这台电脑上生成，服务器只收指纹", "Codes are drawn on this computer; the server gets fingerprints");
pub const NONE_HERE: Text = Text::new("未发", "none");
pub const CELL: Text = Text::new("{0} 发 · {1} 投", "{0} out · {1} cast");
pub const DRAW_FOR: Text = Text::new("抽取：{0} · {1}", "Draw: {0} · {1}");
pub const DRAW_TITLE_FOR: Text = Text::new("抽取投票码：{0}", "Draw codes: {0}");
pub const CLOSE_PANEL: Text = Text::new("收起", "Put away");
pub const HOW_ALL: Text = Text::new("共若干张", "So many in all");
pub const HOW_EACH: Text = Text::new("每个单位若干张，卡片上写明单位", "So many for each unit, named on the card");
pub const COUNT_EACH: Text = Text::new("每个单位几张", "How many for each unit");
pub const EACH_SUM: Text = Text::new("{0} 个单位 × {1} = {2} 张", "{0} units × {1} = {2} codes");
pub const CELL_VOIDED: Text = Text::new("{0} 发 · {1} 投 · {2} 作废", "{0} out · {1} cast · {2} void");
pub const BATCHES: Text = Text::new("批次", "Batches");
pub const BATCHES_FOR: Text = Text::new("批次：{0} · {1}", "Batches: {0} · {1}");
pub const BATCHES_TITLE: Text = Text::new("已发的批次：{0}", "Batches that are out: {0}");
pub const BATCHES_NOTE: Text = Text::new(
    "一次登记的码是一批。印错或丢失的可以整批作废，已经投的票不受影响。",
    "The codes of one registering are a batch. A batch that was lost or misprinted can be voided; ballots cast stay.",
);
pub const NO_BATCHES: Text = Text::new("还没有发过投票码。", "No codes have been issued yet.");
pub const BATCH_COUNT: Text = Text::new("{0} 张", "{0} codes");
pub const BATCH_NARROWED: Text = Text::new("只评 {0} 个单位", "{0} units only");
pub const BATCH_VOIDED: Text = Text::new("{0} 张已作废", "{0} void");
pub const VOID: Text = Text::new("作废", "Void");
pub const VOID_NAMED: Text = Text::new("作废：{0}", "Void: {0}");
pub const VOID_REASON: Text = Text::new("作废的理由", "Reason for voiding");
pub const VOID_HINT: Text = Text::new("记入留痕。作废后不能恢复。", "The audit trail keeps it. It cannot be undone.");
pub const VOID_REASON_MISSING: Text = Text::new("请写明理由", "Give a reason");
pub const VOID_NOW: Text = Text::new("确认作废", "Void the batch");
pub const VOID_SMALL: Text = Text::new("人数会太少，仍然作废", "Void it although the group becomes small");
pub const VOID_NOT: Text = Text::new("不作废", "Keep it");
pub const VOIDED: Text = Text::new(
    "已作废 {0} 张；其中此前已用 {1} 张，已投的票有效。",
    "{0} are void; {1} were used before, and those ballots count.",
);
pub const QUEUE: Text = Text::new("待打印", "To be printed");
pub const BY_UNIT: Text = Text::new("按单位排列", "by unit");
pub const SHEETS: Text = Text::new("{0} 张，{1} 页", "{0} cards, {1} pages");
pub const SHOW_CARDS: Text = Text::new("显示卡片", "Show the cards");
pub const CODE: Text = Text::new("投票码", "Code");
pub const LINK: Text = Text::new("网址", "Link");
pub const UNIT: Text = Text::new("本人单位", "Own unit");
pub const COUNT: Text = Text::new("张数", "How many");
pub const COUNT_HINT: Text = Text::new("1 到 {0}。可以分几次抽。", "1 to {0}. You may draw several times.");
pub const COUNT_BAD: Text = Text::new("张数应是 1 到 {0} 的整数", "Enter a whole number from 1 to {0}");
pub const OWN_UNIT: Text = Text::new("这些评议人自己的单位", "The voters' own unit");
pub const OWN_UNIT_HINT: Text = Text::new(
    "“不评本单位”的项目会从他们的测评表上去掉这个单位。按单位投票的人群，写这张票代表的单位。",
    "Components that skip the own unit leave it off their paper. For one ballot per unit: the unit it stands for.",
);
pub const NO_UNIT: Text = Text::new("不指定", "None");
pub const NARROW: Text = Text::new(
    "只评部分单位（如县领导只评分管科室）",
    "Narrow the paper to some units (a county leader marks only the offices in their charge)",
);
pub const NARROW_HINT: Text = Text::new("不选表示全部单位。", "None ticked: all units.");
pub const DRAW: Text = Text::new("抽取", "Draw");
pub const SENDING: Text = Text::new("正在登记：{0}/{1}", "Registering: {0} of {1}");
pub const REGISTERING: Text = Text::new("登记投票码的进度", "How far registering is");
pub const HALT: Text = Text::new("停下", "Stop");
pub const HALTED: Text = Text::new("已停下，登记了 {0}/{1}。", "Stopped after registering {0} of {1}.");
pub const SEND_FAILED: Text = Text::new("登记到 {0}/{1} 时中断：", "Stopped after registering {0} of {1}: ");
pub const SEND_FAILED_NEXT: Text = Text::new(
    "没有登记的码不能用。点“继续登记”，重复登记不会多发。",
    "Unregistered codes do not work. “Go on” repeats safely: nothing is issued twice.",
);
pub const SEND_AGAIN: Text = Text::new("继续登记", "Go on");
pub const NOT_NOW: Text = Text::new("评议已结束，不能再发投票码。", "Voting is over: no more codes can be issued.");
pub const NOT_VALID_YET: Text = Text::new(
    "方案还没有人群或周期，先到“方案设置”里填写并保存。",
    "The plan has no groups or periods yet; fill them in under “Setup” and save.",
);
pub const NO_RANDOM: Text = Text::new(
    "这个浏览器没有安全的随机数，不能抽取投票码，请换一个浏览器。",
    "This browser has no secure randomness; use another one to draw codes.",
);

pub const SHEET_NOTE: Text = Text::new(
    "离开或刷新本页后，这些码再也找不回来。",
    "Once this page is left or reloaded these codes cannot be brought back.",
);
pub const PRINT: Text = Text::new("打印卡片（A4）", "Print the cards (A4)");
pub const DOWNLOAD: Text = Text::new("下载投票码（CSV）", "Download the codes (CSV)");
pub const CLEAR: Text = Text::new("已打印或保存好，从本页清除", "Printed or saved: clear them from this page");
pub const GUARD: Text = Text::new(
    "本页有还没有清除的投票码。离开后再也找不回来，请先打印或下载。",
    "There are codes on this page. They cannot be brought back after leaving; print or download them first.",
);
pub const LINK_BASE: Text = Text::new("二维码指向的网址", "Address in the QR codes");
pub const LINK_BASE_HINT: Text = Text::new("选民的手机要能打开这个网址。", "Voters' phones must be able to open it.");
pub const LINK_BASE_SCHEME: Text = Text::new(
    "网址要以 https:// 或 http:// 开头，改好前不能打印",
    "The address must begin with https:// or http://; there are no cards until it does",
);
pub const LINK_BASE_BAD: Text = Text::new(
    "这不是能打开的网址，应像 https://pingyi.example.cn，改好前不能打印",
    "This is no address of the web, such as https://pingyi.example.cn; there are no cards until it is",
);
pub const LINK_BASE_LOCAL: Text = Text::new(
    "这个网址只在本机有效，选民的手机打不开。请改成单位对外的网址。",
    "This address works on this computer only; voters' phones cannot open it. Put in the address people can reach.",
);

pub const CARD_SCAN: Text = Text::new("微信或相机扫码填写", "Scan to fill in");
pub const CARD_OR: Text = Text::new("或打开 {0}，输入投票码：", "or open {0} and enter the code:");
pub const CARD_UNTIL: Text = Text::new("{0} 前有效。", "Until {0}.");
pub const CARD_KEY: Text = Text::new("密钥指纹 ", "Key ");
pub const NO_KEYS: Text = Text::new(
    "没有取到密钥的指纹，所以不显示卡片。",
    "The fingerprints of the keys could not be had, so no cards are shown.",
);
pub const CARD_ONCE: Text = Text::new("一码一票，只能用一次。", "One code, one ballot.");
pub const CARD_ANONYMOUS: Text = Text::new(
    "不记名：卡片随机抽取，查不出是谁填的。",
    "Anonymous: cards are drawn at random; nobody can tell who filled it in.",
);
pub const CARD_BLIND: Text = Text::new(
    "不记名：提交时换成盲签凭证，查不出是谁填的。",
    "Anonymous: exchanged for a blinded token; nobody can tell who filled it in.",
);
pub const CARD_NAMED: Text = Text::new(
    "按名单发码；保存的测评表上没有姓名和投票码。",
    "Codes by a list of names; the ballot is kept without name or code.",
);
pub const CARD_PER_UNIT: Text = Text::new(
    "代表本单位，不算匿名；测评表上不记单位。",
    "It stands for your unit and is not anonymous; the ballot does not name the unit.",
);
pub const CARD_OPEN: Text = Text::new("公开测评，不核对身份。", "Open to anyone; nobody's identity is checked.");
pub const POSTERS: Text = Text::new("公开渠道的二维码", "QR codes of open groups");
pub const POSTERS_NOTE: Text = Text::new(
    "每个公开渠道一个链接，不用抽投票码：谁扫码，系统当场发一个，一个浏览器一个。可以打印张贴，也可以把链接或图片放到网站、公众号上。评议开始后才能填写。",
    "Each open group has one link and needs no codes: whoever scans it is given one, one for each browser. Print it, or put link or picture on a page. It opens the ballot once voting has started.",
);
pub const POSTERS_WEAK: Text = Text::new(
    "公开渠道不核对身份：换一个浏览器就能再填一张。请在“进程”页看每小时的领取张数，有没有刷票。",
    "Nobody's identity is checked: with another browser a person can vote again. Watch the ballots given out by the hour on the page “Progress”.",
);
pub const PRINT_POSTERS: Text = Text::new("打印（每个一页）", "Print (a page each)");
pub const SAVE_QR: Text = Text::new("下载二维码（SVG）", "Download the QR code (SVG)");
pub const POSTER_ONCE: Text = Text::new("每个浏览器填一次。", "Once for each browser.");
pub const QR_ALT: Text = Text::new("二维码", "QR code");
