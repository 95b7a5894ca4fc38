//! The ballot page: everything an evaluator reads, from the code to the receipt.

use crate::Text;

// The code.
pub const CODE_TITLE: Text = Text::new("输入投票码", "Enter your code");
pub const CODE_LABEL: Text = Text::new("卡片上的投票码", "The code on your card");
pub const CODE_HINT: Text = Text::new(
    "共 16 位字母和数字，如 7K3M-Q2RD-9XTA-0B5C。大小写、空格和横线都不要紧，字母 O 当作 0，I 和 L 当作 1。",
    "16 letters and digits, such as 7K3M-Q2RD-9XTA-0B5C. Case, spaces and hyphens do not matter; O is read as 0, I and L as 1.",
);
pub const CODE_OPEN: Text = Text::new("打开测评表", "Open the ballot");
pub const CODE_EMPTY: Text = Text::new("请输入卡片上的投票码", "Enter the code on your card");
pub const CODE_SHORT: Text =
    Text::new("投票码应是 16 位字母和数字，现在有 {0} 位", "The code has 16 letters and digits; this has {0}");
pub const CODE_SIGNS: Text = Text::new(
    "投票码里只有字母和数字，没有字母 U 和其他符号",
    "The code has only letters and digits, no letter U and no other signs",
);
pub const OPENING: Text = Text::new("正在打开测评表…", "Opening the ballot…");

// Before the first mark.
pub const ASKED_ABOUT: Text = Text::new("评议内容", "Appraisal");
pub const YOU_VOTE_AS: Text = Text::new("您的身份", "You vote as");
pub const PERIOD: Text = Text::new("评议周期", "Period");
pub const EXTENT: Text = Text::new("测评表", "Ballot");
pub const EXTENT_FIGURES: Text = Text::new("，共 {0} 项", ", {0} marks in all");
pub const UNTIL: Text = Text::new("截止", "Until");
pub const UNTIL_CLOSED: Text = Text::new("办公室宣布结束时为止", "Until the office closes the vote");
pub const SECRET_TITLE: Text = Text::new("会不会知道是谁填的", "Who will know how you voted");
pub const SECRET_ANONYMOUS: Text = Text::new(
    "不记名：投票码是随机抽取的，只用来防止重复填写；保存的测评表上没有姓名、投票码、时间和网络地址。",
    "Anonymous: your code was drawn at random and only stops double voting; the ballot is kept without name, code, time or network address.",
);
pub const SECRET_BLIND: Text = Text::new(
    "不记名：投票码发给了本人，提交时换成一张看不出来源的盲签凭证，保存的测评表查不出是谁填的。",
    "Anonymous: your code was sent to you, and is exchanged for a blinded token that shows no origin, so the kept ballot cannot be traced to you.",
);
pub const SECRET_NAMED: Text = Text::new(
    "按名单发码：办公室知道把投票码发给了谁。保存的测评表上没有姓名、投票码、时间和网络地址，查不出这张表是谁填的。",
    "Codes by a list of names: the office knows whom it gave a code. The ballot is kept without name, code, time or network address and cannot be traced to you.",
);
pub const SECRET_NAMED_KEPT: Text = Text::new(
    "实名：保存的测评表记有您在名单上的编号，姓名与测评表分开保存。只有监督人员在评议结束后可以查出这张表是谁填的，每次查阅都有记录；结果、公示和导出都不会出现您的姓名。表上没有投票码、时间和网络地址。",
    "By name: the ballot is kept with your number on the list, your name apart from it. Only an inspector can see whose it is, after the vote, and each reading is recorded; results, publications and exports never show your name. It is kept without code, time or network address.",
);
pub const SECRET_PER_UNIT: Text = Text::new(
    "按单位发码，不算匿名：这张表代表您的单位，办公室知道投票码发给了哪个单位，也知道哪些单位已经填了。保存的测评表上没有单位名称和投票码；参评单位很少时，仍可能看出是哪个单位填的。",
    "Codes by unit, not anonymous: this ballot stands for your unit. The office knows which unit it gave the code, and which units have voted. The ballot is kept without unit or code; where few units vote, it may still be seen whose it is.",
);
pub const SECRET_OPEN: Text = Text::new(
    "公开测评：任何人都可以填，每个浏览器一次，测评表上没有姓名和网络地址；因为不核对身份，结果会注明是较弱的渠道。",
    "Open to anyone, once for each browser; the ballot holds no name and no network address. Because nobody's identity is checked, results call it a weak channel.",
);
pub const SAME_PHONE: Text = Text::new(
    "点“开始填写”以后，这个投票码只能在这台设备上用：请在同一台手机上填完并提交。",
    "Once you tap “Start”, this code works on this device alone: please finish and submit on the same phone.",
);
pub const MARK_ANONYMOUS: Text = Text::new("不记名", "Anonymous");
pub const MARK_NAMED: Text = Text::new("实名发码，测评表不记名", "Codes by name, ballots without");
pub const MARK_NAMED_KEPT: Text = Text::new("实名，不公开", "By name, not public");
pub const MARK_PER_UNIT: Text = Text::new("按单位发码，测评表不记单位", "Codes by unit, ballots without");
pub const MARK_OPEN: Text = Text::new("公开测评", "Open to anyone");
pub const HOW_TITLE: Text = Text::new("怎样填", "How to fill it in");
pub const HOW_ONE: Text = Text::new(
    "一个单位一张卡片，每项选一个。填到一半可以离开，这台设备会记住一天，凭投票码重新打开接着填。",
    "One card for each unit, one choice for each line. You may leave half-way: this device remembers for a day, and with your code you go on where you were.",
);
pub const HOW_ONE_SHARED: Text = Text::new(
    "一个单位一张卡片，每项选一个。这是公用的设备：离开三分钟就回到起始页，已填的内容留十分钟，凭投票码接着填。",
    "One card for each unit, one choice for each line. This device is shared: three minutes after the last touch it begins again, and for ten minutes you can go on with your code.",
);
pub const HOW_QUOTA: Text = Text::new(
    "有名额的部分必须正好用完名额，多选少选都不能提交。",
    "Where there are quotas, each must be used exactly; otherwise the ballot cannot be submitted.",
);
pub const HOW_LIMIT: Text = Text::new(
    "写明“最多”的选项可以不用完，不能超过。",
    "An option that says “at most” may be used less often, not more.",
);
pub const HOW_BLANK: Text = Text::new(
    "不熟悉的单位可以选“不了解”，不影响其他选择。",
    "For a unit that you do not know choose “No opinion”; your other marks count all the same.",
);
pub const HOW_COMMENT: Text = Text::new(
    "对单位有意见建议，可以在它的卡片上写。意见与您的选择分开保存，评议结束后交给办公室。",
    "Comments on a unit may be written on its card. They are kept apart from your marks and given to the office after voting.",
);
pub const START: Text = Text::new("开始填写", "Start");
pub const CONTINUE: Text = Text::new("接着填（已填 {0}/{1}）", "Continue ({0} of {1} filled)");

// Filling.
pub const BLANK: Text = Text::new("不了解", "No opinion");
pub const OWN_UNIT: Text = Text::new("本单位不在此列", "Your own unit is not listed here");
pub const KEYS: Text = Text::new(
    "键盘：数字键选择，两位数接着按第二位，0 是“不了解”；选完自动到下一项。",
    "Keyboard: digits choose (two for 10 and more), 0 is “No opinion”; then the next line has the focus.",
);
pub const KEYS_NO_BLANK: Text = Text::new(
    "键盘：数字键选择，两位数接着按第二位；选完自动到下一项。",
    "Keyboard: digits choose (two for 10 and more); then the next line has the focus.",
);
pub const QUOTA: Text = Text::new("名额", "Quota");
pub const QUOTA_COUNT: Text = Text::new("{0} {1}/{2}", "{0} {1}/{2}");
/// {0} option, {1} how many have it, {2} how many may.
pub const QUOTA_AT_MOST: Text = Text::new("{0} 最多 {2}，已用 {1}", "{0} at most {2}, used {1}");
pub const QUOTA_OVER: Text = Text::new("{0}多选了 {1} 个", "{1} too many for {0}");
pub const FILLED: Text = Text::new("已填 {0}/{1}", "{0}/{1} filled");
pub const VALID: Text = Text::new("可提交", "can be submitted");
pub const VALID_OPEN: Text = Text::new("可提交，还有 {0} 项未填", "can be submitted, {0} not filled in");
pub const NOT_YET: Text = Text::new("名额未满", "quota not met");
pub const OVER: Text = Text::new("超出名额", "over quota");
pub const NOTHING_YET: Text = Text::new("尚未填写", "empty");
pub const FIRST_OPEN: Text = Text::new("去未填项", "Next unfilled");
pub const ALL_FILLED: Text = Text::new("全部填完", "All filled");
pub const SUBMIT: Text = Text::new("提交", "Submit");
pub const STATUS: Text = Text::new("填写情况", "Progress");

// Comments.
pub const COMMENT: Text = Text::new("写意见", "Comment");
pub const COMMENT_LABEL: Text = Text::new(
    "意见或建议，可以不写，500 字以内。请不要写出自己的姓名。",
    "Optional, at most 500 characters. Do not name yourself.",
);

// The preview.
pub const PREVIEW_SHOW: Text = Text::new("看这张表给出的分数", "Show the scores of this ballot");
pub const PREVIEW_TITLE: Text = Text::new("这张表给出的分数", "What this ballot gives");
pub const PREVIEW_NOTE: Text = Text::new(
    "只按这一张表计算，供核对；最后得分由全部测评表汇总。",
    "Computed from this ballot alone, for checking; the final score comes from all ballots.",
);
pub const PREVIEW_UNIT: Text = Text::new("单位", "Unit");
pub const PREVIEW_OF: Text = Text::new("{0}（{1} 分）", "{0} (of {1})");
pub const PREVIEW_NONE: Text = Text::new("未填", "none");
pub const PREVIEW_PART: Text = Text::new("未填完", "in part");
pub const CLOSE: Text = Text::new("收起", "Close");

// Faults.
pub const FAULT_UNMET: Text =
    Text::new("{0}：“{1}”要选 {2} 个，现在选了 {3} 个", "{0}: “{1}” must be chosen {2} times; now it is {3}");
pub const FAULT_OVER: Text =
    Text::new("{0}：“{1}”最多选 {2} 个，现在选了 {3} 个", "{0}: “{1}” may be chosen {2} times at most; now it is {3}");
pub const FAULT_EMPTY: Text = Text::new("还没有填写任何一项", "Nothing has been filled in yet");
pub const FAULT_LINE: Text =
    Text::new("{0}：这一项不能这样填，请重新选择", "{0}: this cannot be marked so; please choose again");
pub const FAULT_PAPER: Text = Text::new(
    "这张测评表与服务器上的不一致，请刷新页面",
    "This ballot is not the server's any more; please reload the page",
);
pub const OPEN_TITLE: Text = Text::new("还有 {0} 项没有填", "{0} lines are not filled in");
pub const OPEN_NOTE: Text = Text::new(
    "没有填的按“不了解”处理，提交后不能再改。",
    "Unfilled lines count as “No opinion”. A submitted ballot cannot be changed.",
);
pub const FINAL: Text = Text::new("提交以后不能再改。", "A submitted ballot cannot be changed.");
pub const SUBMIT_SO: Text = Text::new("就这样提交", "Submit as it is");
pub const FILL_REST: Text = Text::new("接着填", "Fill in the rest");

// Submitting.
pub const SENDING: Text = Text::new("正在提交…", "Submitting…");
pub const SENDING_SAFE: Text = Text::new(
    "测评表已存在这台设备上，不会丢失，也不会重复计票。请不要关闭此页。",
    "The ballot is kept on this device: it cannot be lost, nor counted twice. Please keep this page open.",
);
pub const SENDING_FAILED: Text = Text::new("第 {0} 次没有成功：{1}。", "Attempt {0} did not get through: {1}.");
pub const SENDING_AGAIN: Text = Text::new("{0} 秒后自动再试。", "Next attempt in {0} s.");
pub const SEND_NOW: Text = Text::new("现在再试", "Try now");

// The receipt.
pub const DONE_TITLE: Text = Text::new("提交成功", "Submitted");
pub const DONE_NOTE: Text = Text::new("您的测评表已经投入票箱，谢谢。", "Your ballot is in the box. Thank you.");
pub const DONE_BEFORE: Text = Text::new(
    "这张测评表此前已经提交，没有重复计票。",
    "This ballot had been submitted before; it is not counted twice.",
);
pub const DONE_FIRST: Text = Text::new(
    "您先前的那次提交已经投入票箱，算数的是第一次的选择，后来的改动没有计入。",
    "Your earlier try is in the box, and it is that first one which counts; what you changed afterwards does not.",
);
pub const RECEIPT: Text = Text::new("回执", "Receipt");
pub const RECEIPT_WHERE: Text = Text::new("结果公布以后，在这里核对：", "Once the result is public, check it here: ");
pub const RECEIPT_NOTE: Text = Text::new(
    "回执证明票箱里有这张表，看不出您选了什么。需要的话请截屏、抄下或打印保存。",
    "The receipt proves that this ballot is in the box and does not show your choices. Keep it by screenshot, on paper, or print it.",
);
pub const COPY: Text = Text::new("复制回执", "Copy the receipt");
pub const COPIED: Text = Text::new("已复制", "Copied");
pub const PRINT: Text = Text::new("打印", "Print");
pub const DONE_LEAVE: Text = Text::new("现在可以关闭此页。", "You may close this page now.");
pub const DONE_NEXT: Text = Text::new("下一位", "Next person");
pub const DONE_NEXT_NOTE: Text = Text::new(
    "这是公用的设备，回执不会留在上面：要留着，请现在抄下或拍照。",
    "This device is shared and keeps no receipt: to keep yours, write it down or take a picture now.",
);
pub const KIOSK_QUIET: Text = Text::new(
    "已有两分钟没有操作，再过一分钟就回到起始页。碰一下屏幕可继续；已填的内容在这台设备上留十分钟，再输投票码就能接着填。",
    "Nothing was touched for two minutes; in one more this page begins again. Touch the screen to go on. What was filled in stays on this device for ten minutes, behind your code.",
);
pub const DONE_OTHER: Text = Text::new("用另一个投票码填写", "Fill in with another code");

// Pages that end the way.
pub const USED_TITLE: Text = Text::new("这个投票码已经用过", "This code has been used");
pub const USED_NOTE: Text = Text::new(
    "一个投票码只能提交一次。如果刚才是您提交的，测评表已经在票箱里，不用再填。",
    "A code submits one ballot. If it was you, your ballot is in the box and nothing is left to do.",
);
pub const USED_NEXT: Text = Text::new(
    "如果您没有提交过，请把卡片交给评议办公室处理。",
    "If you have not submitted one, please take your card to the appraisal office.",
);
pub const VOIDED_TITLE: Text = Text::new("这个投票码已经作废", "This code has been voided");
pub const VOIDED_NOTE: Text = Text::new(
    "用它不能投票。请把卡片交回评议办公室，换一张新的。",
    "It casts no ballot. Please take your card to the appraisal office and ask for a new one.",
);
pub const VOTED_TITLE: Text = Text::new("您已投过票", "You have voted");
pub const VOTED_NOTE: Text = Text::new(
    "这个浏览器已经从这个入口提交过一张测评表，它在票箱里，不用再填。每个浏览器只能填一次。",
    "This browser has submitted a ballot by this link. It is in the box and nothing is left to do; each browser submits one.",
);
pub const UNKNOWN_TITLE: Text = Text::new("没有这个投票码", "There is no such code");
pub const UNKNOWN_NOTE: Text = Text::new(
    "请对照卡片再输一遍，并看清卡片上的评议名称是不是上面这一个。",
    "Please compare it with your card once more, and see that the card is for the appraisal named above.",
);
pub const TO_RESULT: Text = Text::new("公布以后在这里看结果", "The result, once it is published");
pub const CLOSED_TITLE: Text = Text::new("评议已经结束", "Voting has ended");
pub const CLOSED_NOTE: Text = Text::new(
    "不再接收测评表。已经提交的都有效；没有提交的不会计入。",
    "No more ballots are taken. Those submitted count; those not submitted do not.",
);
pub const NOT_OPEN_TITLE: Text = Text::new("评议还没有开始", "Voting has not started");
pub const NOT_OPEN_NOTE: Text =
    Text::new("请在评议开始后再打开，投票码仍然有效。", "Please come back when it has started; your code stays good.");
pub const THROTTLED_TITLE: Text = Text::new("错误次数过多", "Too many wrong attempts");
pub const THROTTLED_NOTE: Text =
    Text::new("为防止猜测投票码，请过几分钟再试。", "To stop guessing of codes, please try again in a few minutes.");
pub const NO_PLAN_TITLE: Text = Text::new("没有找到这次评议", "There is no such appraisal");
pub const NO_PLAN_NOTE: Text = Text::new(
    "网址可能抄错了。请重新扫描卡片上的二维码。",
    "The address may have been copied wrongly. Please scan the card's QR code again.",
);
pub const FAILED_TITLE: Text = Text::new("测评表没有打开", "The ballot did not open");
pub const OTHER_CODE: Text = Text::new("重新输入投票码", "Enter a code again");
pub const PLAIN: Text = Text::new("改用简版填写", "Use the simple page instead");
pub const NO_RANDOM: Text = Text::new(
    "这个浏览器不能安全填写，请换一个浏览器或用简版",
    "This browser cannot fill in a ballot safely; please use another one, or the simple page",
);
pub const FOOT: Text = Text::new(
    "方案版本 {0}。分数按方案公布的公式计算，本页与服务器用同一程序。",
    "Plan version {0}. Scores follow the plan's published formula; this page and the server run the same program.",
);
pub const NO_TOOL: Text = Text::new(
    "不记名凭证的程序没有加载，请检查网络后重试",
    "The program for anonymous tokens did not load; please check the network and try again",
);
pub const KEY: Text = Text::new("本组密钥指纹，应与卡片上的相同：", "Key of your group, the same as on your card: ");
pub const KEY_LIST: Text = Text::new("公布的指纹", "public list");
pub const OTHER_KEY_TITLE: Text = Text::new("密钥不符，测评表没有打开", "Another key: the ballot stays closed");
pub const OTHER_KEY_CARD: Text = Text::new(
    "服务器给出的密钥，与您卡片上印的指纹不一样。用这样的密钥，可能认得出哪张测评表是您填的。",
    "The server gave another key than the one whose fingerprint is on your card. Under such a key your ballot might be known as yours.",
);
pub const OTHER_KEY_LIST: Text = Text::new(
    "服务器给出的密钥，不在公布的名单里。用这样的密钥，可能认得出哪张测评表是您填的。",
    "The server gave a key that is not in the public list. Under such a key your ballot might be known as yours.",
);
pub const OTHER_KEY_NEXT: Text = Text::new(
    "什么都没有提交，您的投票码还没有用。请把这件事告诉评议办公室或监督人员，暂时不要用这个投票码。",
    "Nothing was sent and your code is not used. Please tell the appraisal office or an inspector, and do not use this code until then.",
);
pub const WRONG_KEY: Text = Text::new(
    "服务器没有用公布的密钥签发凭证，为保护您的匿名，测评表不打开。请告知评议办公室",
    "The server did not use its published key for the token. To keep you anonymous the ballot stays closed; please tell the appraisal office",
);
