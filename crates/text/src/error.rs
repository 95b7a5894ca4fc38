//! What the API says when it refuses a request. `wire::ErrorCode` names one of these for each code.

use crate::Text;

pub const MALFORMED_JSON: Text = Text::new("请求不是合法的 JSON", "The request is not valid JSON");
pub const INVALID_BODY: Text =
    Text::new("请求中有不认识的字段或类型不对", "The request has an unknown field or a wrong type");
pub const BODY_TOO_LARGE: Text = Text::new("请求过大", "The request is too large");
pub const REQUEST_TIMEOUT: Text = Text::new(
    "发送太慢，请换个信号好的地方再试",
    "It was sent too slowly; please try again where the signal is better",
);
pub const NOT_SIGNED_IN: Text = Text::new("请先登录", "Please sign in first");
pub const BAD_CREDENTIALS: Text = Text::new("用户名或密码不对", "The name or the password is wrong");
pub const ONE_TIME_CODE_REQUIRED: Text =
    Text::new("请输入身份验证器显示的验证码", "Enter the code that your authenticator app shows");
pub const BAD_ONE_TIME_CODE: Text =
    Text::new("验证码不对，或者已经用过，请等下一个", "The code is wrong or was used already; wait for the next one");
pub const SECOND_FACTOR_REQUIRED: Text = Text::new("请先设置两步验证", "Please set up two-step sign-in first");
pub const SECOND_FACTOR_STATE: Text =
    Text::new("两步验证已经设置，或者还没有设置", "Two-step sign-in is set up already, or is not set up");
pub const FORBIDDEN: Text = Text::new("没有权限", "You may not do this");
pub const CROSS_SITE: Text = Text::new("拒绝来自其他网站的请求", "Requests from other sites are refused");
pub const NOT_FOUND: Text = Text::new("没有找到", "Not found");
pub const METHOD_NOT_ALLOWED: Text = Text::new("此地址不支持这种请求方法", "This address does not take that method");
pub const TOO_MANY_ATTEMPTS: Text =
    Text::new("错误次数过多，请稍后再试", "Too many wrong attempts; please try again later");
pub const INTERNAL: Text = Text::new("服务器出错，请稍后再试", "The server failed; please try again later");
pub const UNAVAILABLE: Text = Text::new("服务器繁忙，请稍后再试", "The server is busy; please try again");
pub const DISK_FULL: Text = Text::new(
    "服务器磁盘已满：已确认的都在，新的存不进去",
    "The server's disk is full: what was acknowledged is kept, nothing new can be",
);
pub const DISK_UNWRITABLE: Text = Text::new(
    "服务器磁盘写不进去（只读或损坏）：已确认的都在，新的存不进去",
    "The server's disk cannot be written (read-only or failing): what was acknowledged is kept, nothing new can be",
);

pub const INVALID_PLAN: Text = Text::new("评议方案有问题", "The plan has problems");
pub const INVALID_RECORDS: Text = Text::new("记录与评议方案不符", "The record does not fit the plan");
pub const INVALID_SCENARIO: Text = Text::new("模拟设定有问题", "The scenario has problems");
pub const REVISION_MISMATCH: Text =
    Text::new("内容已被他人修改，请刷新后再改", "Someone else changed this; reload and try again");
pub const REVISION_REQUIRED: Text = Text::new("缺少 If-Match 版本号", "The If-Match revision is missing");
pub const PLAN_FROZEN: Text = Text::new("评议已开始，方案不能再改", "The plan is open and can no longer change");
pub const DRAFT_IN_USE: Text = Text::new(
    "草稿里已有投票码、名单、台账、记录或材料，不能删除；可以归档",
    "Codes, voters, findings, records or files are in the draft, so it cannot be deleted; it can be archived",
);
pub const WRONG_STATE: Text = Text::new("评议方案当前状态不允许这样做", "The plan's state does not allow this");
pub const SMALL_GROUP: Text =
    Text::new("该评议人群人数过少，会暴露个人选择", "The group is so small that single choices would show");
pub const CODES_WITHOUT_PAPER: Text = Text::new(
    "投票码与方案不符：打不开测评表，或卡片上写的投票方式已改",
    "The codes do not fit the plan: they open no paper, or their cards say another kind of ballot",
);
pub const QUOTA_ON_NARROWED: Text = Text::new(
    "有名额的测评表不能只评部分单位，名额会用不准",
    "A paper with a quota cannot be narrowed to some units: the quota could not be met",
);
pub const OWN_UNIT_REQUIRED: Text = Text::new(
    "名额不含本单位，发投票码时须写明投票人的单位",
    "The quota leaves out the voter's own unit, so these codes must name it",
);
pub const SHORTLIST_PENDING: Text = Text::new(
    "第一阶段还没有全部结束，入围名单未定，第二阶段不能开始",
    "Stage 1 is not closed: the shortlist does not stand, and stage 2 cannot open",
);
pub const NOT_PENDING: Text = Text::new(
    "这条记录不在等待审批：已经计入，或已被划去",
    "The record does not wait for a second person: it counts already, or was struck out",
);
pub const WRONG_CONTENT: Text = Text::new(
    "不收这种文件，或内容与文件名不符（只收 PDF、JPEG、PNG、WebP、DOCX、XLSX、纯文本）",
    "Such files are not taken, or the content is not what the name says (PDF, JPEG, PNG, WebP, DOCX, XLSX, plain text)",
);
pub const PENDING_RECORDS: Text = Text::new(
    "还有记录等待第二人审批，批准或退回后才能公示、公布",
    "Records wait for a second person: approve or reject them before the result is shown",
);
pub const INCOMPLETE: Text = Text::new("数据不完整", "Data are missing");
pub const UNRESOLVED_TIES: Text = Text::new("还有并列未决，需要抽签", "Ties are unresolved; a lot is needed");
pub const STILL_ANNOUNCED: Text = Text::new(
    "公示期还没有结束；提前公布要写明理由",
    "The public display is not over; publishing early needs a reason",
);
pub const OPEN_OBJECTIONS: Text = Text::new("还有异议没有答复", "There are objections without an answer");
pub const TOO_MANY_OBJECTIONS: Text = Text::new(
    "这里收到的异议太多，请按公示上的联系方式提出",
    "Too many objections came here; please use the contact on the public display",
);
pub const LIST_FULL: Text = Text::new("这份清单已满，不能再登记", "This list is full and takes no more");
pub const COUNT_MISMATCH: Text =
    Text::new("计票与选票清点不一致，不能公布", "The tallies disagree with the count; nothing is published");
pub const OUT_OF_RANGE: Text = Text::new("分值超出范围", "The value is out of range");
pub const PAPER_TOO_LARGE: Text = Text::new("测评表过大", "The paper is too large");

pub const UNKNOWN_CODE: Text = Text::new(
    "投票码不对，请核对卡片上的16位字符",
    "This code is not known; please check the 16 characters on the card",
);
pub const CODE_USED: Text = Text::new("这个投票码已经用过", "This code has been used");
pub const VOTER_REQUIRED: Text = Text::new(
    "这个人群有名单，实名的投票码要写明发给谁",
    "This group has a list: codes of named voters must say who gets them",
);
pub const LINKED_SECRET: Text = Text::new(
    "不记名的卡片随机抽取，不能记录发给了谁",
    "Cards of an anonymous group are drawn at random; nobody may record who gets which",
);
pub const CODE_VOIDED: Text = Text::new(
    "这个投票码已经作废，请向主办单位换领新的",
    "This code has been voided; please ask the office for a new one",
);
pub const CHALLENGE_FAILED: Text = Text::new(
    "没有领到测评表，请允许浏览器保存 Cookie 后重试",
    "No ballot was given out; please allow cookies in this browser and try again",
);
pub const CHANNEL_BUSY: Text = Text::new(
    "今天从您所在的网络领取的测评表已达上限。请改用手机流量等别的网络，或明天再试；也可以向主办单位要一张投票码卡片",
    "This network has been given as many ballots today as it may have. Use another one, such as mobile data, or try again tomorrow; or ask the office for a card with a code",
);
pub const PLAN_NOT_OPEN: Text = Text::new("评议尚未开始", "Voting has not started");
pub const PLAN_CLOSED: Text = Text::new("评议已经结束", "Voting has ended");
pub const INVALID_BALLOT: Text = Text::new("测评表填写有误", "The ballot is not valid");

pub const SAME_PERSON: Text = Text::new("第二次录入须由另一人完成", "The second entry must be made by another person");
pub const ALREADY_EXISTS: Text = Text::new("已经存在", "It exists already");
pub const LABEL_TAKEN: Text = Text::new(
    "这个信封（票箱）的票已经录入；如要更正，请先划去原来的一份",
    "The ballots of this envelope or box are entered already; to correct them, strike the first entry out",
);
pub const REASON_REQUIRED: Text = Text::new("请写明理由", "A reason is needed");

pub const QUOTA_UNMET: Text = Text::new("名额没有用准", "The quota is not met exactly");
pub const QUOTA_OVER: Text = Text::new("超过了最多可选的个数", "More than the limit");
pub const UNKNOWN_OPTION: Text = Text::new("没有这个选项", "There is no such option");
pub const NOT_ON_PAPER: Text = Text::new("不在这张测评表上", "It is not on this paper");
pub const MARKED_TWICE: Text = Text::new("同一项选了两次", "It is marked twice");
pub const OWN_UNIT: Text = Text::new("不评本单位", "The voter's own unit is not marked");
pub const COMMENTS_LIMIT: Text = Text::new(
    "意见建议最多写 20 个单位，每条不超过 500 字",
    "Comments on at most 20 units, each of at most 500 characters",
);
pub const EMPTY_BALLOT: Text = Text::new("测评表是空白的", "The ballot is empty");
