//! The life of a plan (opening, closing, lots, publishing), and accounts.

use crate::Text;

// Steps.
pub const TITLE: Text = Text::new("进程", "Progress");
pub const STEPS: Text = Text::new("四个阶段", "The four stages");
pub const STEP_NOW: Text = Text::new("现在", "now");
pub const DRAFT_NOTE: Text = Text::new("设置方案、发投票码", "Set up the plan, issue codes");
pub const OPEN_NOTE: Text = Text::new("选民填写，办公室录入", "Voters vote, offices enter records");
pub const CLOSING_NOTE: Text = Text::new("不再收票，还没有清点完", "No more ballots; the count is not finished");
pub const CLOSED_NOTE: Text = Text::new("清点、补齐数据、抽签", "Count, complete the data, draw lots");
pub const PUBLISHED_NOTE: Text =
    Text::new("结果公开，更正另出新版", "The result is public; a correction is a new edition");

// Opening.
pub const OPEN_TITLE: Text = Text::new("开始评议", "Open the vote");
pub const OPEN_WHAT: Text = Text::new(
    "开始后方案冻结，不能再改；持码的人可以填写。投票码可以继续发。",
    "From then on the plan is frozen and whoever has a code can vote. More codes may be issued.",
);
pub const OPEN_ONE_BY_ONE: Text = Text::new(
    "逐轮开始：先冻结方案，各轮在本页分别开始、结束和清点",
    "Round by round: the plan freezes, and each round is opened, closed and counted on this page",
);
pub const CLOSE_COME: Text = Text::new("正在清点：{0}%", "Counting: {0}%");
pub const ROUNDS_TITLE: Text = Text::new("各轮评议", "Rounds");
pub const ROUND_STAGE_2: Text = Text::new("{0} · 第二阶段", "{0}, stage 2");
pub const ROUND_LINE: Text =
    Text::new("{0}：{1}，发码 {2} 个，收票 {3} 张", "{0}: {1}, {2} codes issued, {3} ballots cast");
pub const ROUND_WAITING: Text = Text::new("未开始", "not open yet");
pub const ROUND_OPEN: Text = Text::new("评议中", "open");
pub const ROUND_CLOSING: Text = Text::new("还没有清点完", "the count is not finished");
pub const ROUND_CLOSED: Text = Text::new("已清点", "counted");
pub const ROUND_OPEN_BUTTON: Text = Text::new("开始这一轮", "Open this round");
pub const ROUND_OPEN_CONFIRM: Text = Text::new("确认开始这一轮", "Confirm: open this round");
pub const ROUND_OPEN_WHAT: Text = Text::new(
    "从此收这一轮的票；方案写了起止时间的，以时间为准。",
    "From then on ballots of this round are taken, within the times that the plan gives.",
);
pub const ROUND_CLOSE_BUTTON: Text = Text::new("结束这一轮", "Close this round");
pub const ROUND_CLOSE_CONFIRM: Text = Text::new("确认结束并清点这一轮", "Confirm: close and count this round");
pub const ROUND_CLOSE_WHAT: Text = Text::new(
    "这一轮不再收票。清点后计票不再变，这一轮的结果和意见可以查看；别的轮次照常。",
    "No more ballots of this round are taken. Its tallies stay as they are counted, and its result and opinions can be read; other rounds go on.",
);
pub const OPEN_BUTTON: Text = Text::new("开始评议", "Open the vote");
pub const OPEN_CONFIRM: Text = Text::new("确认开始，方案不再改", "Confirm: open and freeze the plan");
pub const OPEN_FREEZES: Text = Text::new(
    "方案从此冻结：{0} 个被评单位、项目、分值和算法都不能再改，也退不回草稿。投票码还可以继续发。",
    "The plan is frozen: its {0} units, components, points and methods cannot be changed, and there is no way back to a draft. More codes may be issued.",
);
pub const OPEN_GROUP: Text = Text::new("{0}：已发 {1} 个投票码", "{0}: {1} codes issued");
pub const OPEN_GROUP_NONE: Text =
    Text::new("{0}：一个投票码也没有发，现在谁也不能填", "{0}: no code issued, nobody can vote yet");
pub const OPEN_FREE: Text = Text::new("{0}：公开测评，不用投票码", "{0}: open to anyone, no codes needed");
pub const KNOW: Text = Text::new("我知道这一步不能撤回", "I know that this cannot be taken back");
pub const KNOW_FIRST: Text =
    Text::new("请先勾选“我知道这一步不能撤回”", "First tick that you know this cannot be taken back");
pub const OPEN_NO_CODES: Text = Text::new(
    "这些人群还没有投票码：{0}。开始以后也可以发。",
    "These groups have no codes yet: {0}. They can be issued later too.",
);
pub const SMALL_TITLE: Text =
    Text::new("有的人群人数太少，不记名形同虚设", "Some groups are too small to be anonymous");
pub const SMALL_NOTE: Text = Text::new(
    "这些不记名的人群里，能评某个单位的投票码只有 1 到 4 个，从计票就可能猜出是谁投的。可以再发几张，或把人群合并；确实只有这几个人、且他们知道这一点，才勾选。",
    "Of these anonymous groups only 1 to 4 codes may mark some unit: the tallies may tell who marked what. Issue more codes or merge groups; tick a group only if it really has so few people and they know.",
);
pub const SMALL_ALLOW: Text = Text::new("允许人群“{0}”人数少", "Allow “{0}” to be this small");
pub const SMALL_BUTTON: Text = Text::new("仍然开始评议", "Open the vote all the same");
pub const SMALL_TICK_ALL: Text =
    Text::new("每个人数少的人群都要勾选，或先多发投票码", "Tick every small group, or issue more codes first");
pub const SMALL_CAST_TITLE: Text =
    Text::new("有的不记名人群只有几个人投了票", "Of some anonymous groups only a few have voted");
pub const SMALL_CAST_NOTE: Text = Text::new(
    "这些人群里，能评某个单位的人只有 1 到 4 个投了票，从得分就能猜出是谁评的，所以计票没有显示。确实要公布，请逐一勾选；会记入审计记录。",
    "Of these groups only 1 to 4 who might mark some unit have voted: scores may tell who marked what, so their tallies are not shown. To publish all the same tick each of them; the audit trail says so.",
);
pub const SMALL_CAST_BUTTON: Text = Text::new("仍然公布", "Publish all the same");
pub const UNFIT_CODES: Text =
    Text::new("{0} · {1}：{2} 个投票码与方案不符", "{0} · {1}: {2} codes do not fit the plan");
pub const UNFIT_NEXT: Text = Text::new(
    "这些投票码发出以后方案改过。请把单位、人群、周期和投票方式改回去，或作废这些投票码，再开始评议。",
    "The plan was changed after these codes were issued. Put units, groups, periods and the kind of ballot back, or void these codes, then open the vote.",
);
pub const NAME_EMPTY: Text = Text::new("有一个名称是空的", "A name is empty");
pub const NAME_TOO_LONG: Text = Text::new("名称超过 100 字：{0}", "A name has more than 100 characters: {0}");
pub const NAME_CHARACTERS: Text = Text::new(
    "名称里有看不见的字符，请重新输入：{0}",
    "A name has characters that are not seen; please type it again: {0}",
);
pub const NAME_SAME: Text = Text::new("同一列表中有两个相同的名称：{0}", "Two names in one list are the same: {0}");
pub const TOO_LARGE_NEXT: Text = Text::new(
    "一张测评表超过 25,000 项。请减少单位或项目，或按“只评部分单位”发码。",
    "A paper has more than 25,000 marks. Take out units or components, or narrow the papers.",
);

// Closing.
pub const CLOSE_TITLE: Text = Text::new("结束评议", "Close the vote");
pub const CLOSE_WHAT: Text = Text::new(
    "结束后不再收票，不能重新开始。录入的分数还可以补。",
    "After closing no ballot is taken and voting cannot begin again. Records can still be completed.",
);
pub const CLOSE_BUTTON: Text = Text::new("结束评议", "Close the vote");
pub const CLOSE_CONFIRM: Text = Text::new("确认结束，不再收票", "Confirm: take no more ballots");
pub const CLOSE_NO_BALLOT: Text = Text::new(
    "还没有收到一张网上选票。现在结束，就再也收不到了。",
    "Not one ballot has been cast online. Close now, and there will be none.",
);
pub const CLOSE_NO_BALLOT_OF: Text =
    Text::new("这些人群还没有人投票：{0}。", "Nobody of these groups has voted yet: {0}.");
pub const CLOSE_MISSING: Text = Text::new(
    "还有 {0} 处应录入的数据没有录入，结束后仍可以补。",
    "{0} entries are still missing; they can be completed after closing.",
);
pub const PAPER_TITLE: Text = Text::new("{0} 批纸质票还没有计入", "{0} batches of paper ballots are not counted");
pub const PAPER_WAITS: Text =
    Text::new("{0}：只有一人录入，等第二人", "{0}: entered by one person, a second one is awaited");
pub const PAPER_DISAGREES: Text = Text::new("{0}：{1} 次录入不一致", "{0}: {1} entries that disagree");
pub const GO_PAPER: Text = Text::new("去录入纸质票", "Go to the paper ballots");
pub const CANCEL: Text = Text::new("取消", "Cancel");
pub const TURNOUT_LINE: Text = Text::new("{0}：已投 {1}/{2}", "{0}: {1} of {2} cast");
pub const CLOSE_NEXT: Text = Text::new(
    "如果中断，再点一次“结束评议”会接着做完。",
    "If it is interrupted, closing again goes on where it stopped.",
);
pub const RESUME_TITLE: Text = Text::new("正在结束，还没有清点完", "Closing has begun and is not finished");
pub const RESUME_WHAT: Text = Text::new(
    "已经不再收票。上一次中断了，再点一次会从中断处接着清点，不会重复计票。",
    "No ballot is taken any more. The last try was interrupted; going on continues the count where it stopped, and counts nothing twice.",
);
pub const RESUME_BUTTON: Text = Text::new("接着结束", "Go on closing");

// The final result.
pub const RESULT_TITLE: Text = Text::new("最后结果", "Final result");
pub const RESULT_NOTE: Text = Text::new(
    "按全部清点的选票和录入的数据计算；公布前请核对。",
    "Computed from all counted ballots and records; check it before publishing.",
);
pub const RESULT_NOTE_PUBLISHED: Text = Text::new(
    "按全部清点的选票和录入的数据计算，已经公布。",
    "Computed from all counted ballots and records; it is published.",
);
pub const MISSING_TITLE: Text =
    Text::new("还缺 {0} 处数据，不能得出最后结果", "{0} data are missing: there is no final result yet");
pub const MISSING_NOTE: Text = Text::new(
    "请到“录入”补上，或为缺票的项目录入集体决定。",
    "Complete them under “Records”, or record a joint decision for a survey without marks.",
);
pub const MISSING_LINE: Text = Text::new("{0} · {1} · {2}", "{0} · {1} · {2}");
pub const MISSING_GROUP: Text = Text::new("（缺“{0}”的票）", " (no marks of “{0}”)");
pub const MISSING_MORE: Text = Text::new("……另有 {0} 处", "… and {0} more");
pub const GO_RECORDS: Text = Text::new("去录入", "Go to records");
pub const RANK: Text = Text::new("名次", "Rank");
pub const UNIT: Text = Text::new("单位", "Unit");
pub const TOTAL: Text = Text::new("总分", "Total");
pub const GRADE: Text = Text::new("等次", "Grade");
pub const OUTCOMES: Text = Text::new("结果运用", "Outcomes");

// Lots.
pub const LOT_TITLE: Text = Text::new("并列未决，需要抽签", "Ties that need a lot");
pub const LOT_NOTE: Text = Text::new(
    "这些单位总分和比较项全部相同。请公开抽签，把抽签结果按先后排好并记录；记录后不能悄悄更改，会留痕。",
    "These units are equal in total and in all that is compared. Draw a lot in public, put them in the order drawn and record it; the record is part of the audit trail.",
);
pub const LOT_TIE: Text = Text::new("第 {0} 组", "Tie {0}");
pub const LOT_FIRST: Text = Text::new("抽得靠前的排在上面", "The first drawn stands on top");
pub const LOT_UP: Text = Text::new("把“{0}”上移", "Move “{0}” up");
pub const LOT_DOWN: Text = Text::new("把“{0}”下移", "Move “{0}” down");
pub const LOT_EVIDENCE: Text = Text::new("谁在何时何地抽的签", "Who drew the lot, when and where");
pub const LOT_EVIDENCE_EMPTY: Text = Text::new("请写明谁在何时何地抽的签", "Say who drew the lot, when and where");
pub const LOT_BUTTON: Text = Text::new("记录抽签结果", "Record the lot");
pub const LOT_DONE: Text = Text::new("抽签结果已记录。", "The lot is recorded.");

// Publishing.
pub const PUBLISH_TITLE: Text = Text::new("公布结果", "Publish the result");
pub const PUBLISH_WHAT: Text = Text::new(
    "公布后任何人可以看到，不能撤回；有错只能更正为新的一版，旧版仍然可查。",
    "Anyone can see it then, and it cannot be taken back. A mistake can only be corrected by a new edition; the old one stays readable.",
);
pub const PUBLISH_BUTTON: Text = Text::new("公布结果", "Publish the result");
pub const PUBLISH_CONFIRM: Text = Text::new("确认公布", "Confirm publishing");
pub const PUBLISHED_TITLE: Text = Text::new("结果已公布", "The result is public");
pub const PUBLIC_PAGE: Text = Text::new("打开公开页面", "Open the public page");
pub const PUBLIC_DATA: Text = Text::new("公开数据（JSON）", "Public data (JSON)");
pub const ANNOUNCE_TITLE: Text = Text::new("公示", "Public display");
pub const ANNOUNCE_WHAT: Text = Text::new(
    "结果先公示一段时间，任何人可以提出异议；异议都答复以后再公布。数据改动后，再公示一次就更新公示稿。也可以不公示，直接公布。",
    "The result is displayed for a while first, and anybody can object; it is published once all objections are answered. After a change of the records, announcing again shows it anew. Publishing without a display is possible.",
);
pub const ANNOUNCED_UNTIL: Text = Text::new("正在公示，到 {0} 为止。", "It is on public display until {0}.");
pub const ANNOUNCE_UNTIL: Text = Text::new("公示到什么时候", "Until when");
pub const ANNOUNCE_ZONE: Text = Text::new("按这台设备的时区：{0}", "In the zone of this device: {0}");
pub const ANNOUNCE_UNTIL_EMPTY: Text = Text::new("请填公示结束的日期和时间", "Give the date and the time of the end");
pub const ANNOUNCE_CONTACT: Text = Text::new("联系人和电话（公开）", "Contact and telephone (public)");
pub const ANNOUNCE_CONTACT_EMPTY: Text = Text::new("请填联系人和电话", "Give a contact");
pub const ANNOUNCE_BUTTON: Text = Text::new("开始公示", "Put it on display");
pub const OBJECTIONS_TITLE: Text = Text::new("收到的异议", "Objections");
pub const OBJECTION_OPEN: Text = Text::new("还没有答复", "Not answered yet");
pub const OBJECTION_UPHELD: Text = Text::new("成立：", "Upheld:");
pub const OBJECTION_REJECTED: Text = Text::new("不成立：", "Not upheld:");
pub const ANSWER: Text = Text::new("答复", "Answer");
pub const ANSWER_EMPTY: Text = Text::new("请写答复", "Write the answer");
pub const ANSWER_UPHELD: Text =
    Text::new("异议成立（随后请改正数据，再公示一次）", "It is upheld (then correct the records and announce again)");
pub const ANSWER_BUTTON: Text = Text::new("记录答复", "Record the answer");
pub const EARLY_TITLE: Text = Text::new("公示期还没有结束", "The public display is not over");
pub const EARLY_REASON: Text = Text::new("为什么提前公布（会公开）", "Why it is published early (becomes public)");
pub const EARLY_BUTTON: Text = Text::new("提前公布", "Publish early");
pub const OBJECTIONS_NEXT: Text =
    Text::new("请先答复下面的每一条异议，再公布。", "Answer each of the objections below first, then publish.");
pub const CORRECTING_TITLE: Text = Text::new("结果正在更正", "The result is being corrected");
pub const CORRECTING_REASON: Text = Text::new("更正理由：{0}", "Why: {0}");
pub const CORRECTING_NOTE: Text = Text::new(
    "请到“录入”改正数据，再公布为新版。在此之前，第 {0} 版照常公开。",
    "Correct the records, then publish again as the next edition. Until then edition {0} stays public.",
);
pub const CORRECT_TITLE: Text = Text::new("更正结果", "Correct the result");
pub const CORRECT_WHAT: Text = Text::new(
    "数据重新可以修改，再次公布时成为新的一版。旧版一直可查，更正理由、日期和前后差别一并公开。",
    "The records can be changed again, and publishing makes a new edition. The old one stays readable; the reason, the date and what differs become public.",
);
pub const CORRECT_REASON: Text = Text::new("为什么更正", "Why it is corrected");
pub const CORRECT_REASON_HINT: Text = Text::new("会公开。不要写投票人的姓名。", "It becomes public. Name no voter.");
pub const CORRECT_BUTTON: Text = Text::new("开始更正", "Begin the correction");
pub const DIFFERENT_TITLE: Text = Text::new("对账不符，不能公布", "The books do not agree, so nothing is published");
/// {0} period, {1} group, {2} and {3} the figures; so in all of these.
pub const DIFFERENT_ISSUED: Text = Text::new(
    "{0} · {1}：发出投票码 {2} 个，作废、已用、已换和未用的合计 {3} 个",
    "{0} · {1}: {2} codes issued; void, used, exchanged and unused ones are {3} together",
);
pub const DIFFERENT_CAST: Text =
    Text::new("{0} · {1}：用掉的投票码和凭证 {2} 个，选票 {3} 张", "{0} · {1}: {2} codes and tokens used, {3} ballots");
pub const DIFFERENT_TOKENS: Text = Text::new(
    "{0} · {1}：换成凭证的投票码 {2} 个，投票的凭证却有 {3} 个",
    "{0} · {1}: {2} codes exchanged for a token, but {3} tokens voted",
);
pub const DIFFERENT_COUNTERS: Text = Text::new(
    "{0} · {1}：计票数与逐票清点不符（{2} 张与 {3} 张，或各项票数不同）",
    "{0} · {1}: the running counters are not the count of the ballots ({2} and {3} ballots, or other marks)",
);
pub const DIFFERENT_EXPORTED: Text = Text::new(
    "{0} · {1}：导出的选票 {2} 张，清点时 {3} 张，或内容不同",
    "{0} · {1}: {2} ballots exported, {3} counted, or other marks",
);
pub const DIFFERENT_TALLIED: Text = Text::new(
    "{0} · {1}：线上和纸质选票上共 {2} 个评价，计分用的票数里有 {3} 个，或分布不同",
    "{0} · {1}: {2} marks on ballots and paper, {3} in the tallies that are scored, or spread otherwise",
);
pub const DIFFERENT_NEXT: Text = Text::new(
    "请不要改动数据，先查明原因。每次公布前系统都会重新对账；原因消除后再点“公布结果”。如果原因已查明、逐票清点的结果可靠，可由两人先后写明理由并签认，理由随结果一起公布。",
    "Change nothing and find out why. Everything is compared again before each try to publish; once the cause is gone, publish again. If the cause is known and the count of the ballots is right, two people may say so, one after the other; the reason is published with the result.",
);
pub const DIFFERENT_FIRST: Text =
    Text::new("第一人写明的理由：{0}。等第二人签认。", "The first person’s reason: {0}. A second person is awaited.");
pub const DIFFERENT_REASON: Text =
    Text::new("为什么不符，为什么清点结果可靠", "Why the figures differ, and why the count is right");
pub const DIFFERENT_REASON_HINT: Text =
    Text::new("第一人的理由会公开。不要写任何人的姓名。", "The first person’s reason becomes public. Name nobody.");
pub const DIFFERENT_REASON_EMPTY: Text = Text::new("请写明理由", "Say why");
pub const DIFFERENT_BUTTON: Text = Text::new("签认：以清点结果为准", "The count stands");
pub const DIFFERENT_SECOND_BUTTON: Text =
    Text::new("第二人签认：以清点结果为准", "As the second person: the count stands");
pub const STATE_NEXT: Text =
    Text::new("方案的状态已经变了，请重新加载本页。", "The plan's state has changed; load this page again.");
pub const RELOAD: Text = Text::new("重新加载", "Load again");
pub const PENDING_NEXT: Text = Text::new(
    "请另一位同事批准或退回这些记录，再来公示、公布。",
    "Another person approves or rejects these records first.",
);
pub const SECOND_AWAITED: Text = Text::new(
    "已提出，等待第二人：方案规定这一步要由两个人先后操作。请另一位有权限的同事用自己的账号登录，再做同样的操作；在此之前什么都没有改变。",
    "Asked for. The plan wants two people for this: somebody else with the right signs in and does the same. Nothing has changed until then.",
);
pub const TRY_NEXT: Text = Text::new("可以再试一次，重复操作不会出错。", "You may try again: repeating does no harm.");
pub const PLAN_PROBLEMS_NEXT: Text = Text::new(
    "方案还有问题，请逐处改好并保存，再开始评议。",
    "The plan still has problems; put them right and save, then open the vote.",
);
pub const WORKING: Text = Text::new("正在处理…", "Working…");
pub const ONLY_PLANNER: Text =
    Text::new("只有“方案”角色的账号可以推进进程。", "Only accounts with the role “planner” can move the plan on.");
pub const ONLY_PUBLISHER: Text =
    Text::new("只有“公布”角色的账号可以公布结果。", "Only accounts with the role “publisher” can publish the result.");

// Accounts.
pub const STAFF_TITLE: Text = Text::new("人员账号", "Accounts");
pub const ROLES: Text = Text::new("角色", "Roles");
pub const ROLES_EMPTY: Text = Text::new("至少选一个角色", "Choose at least one role");
pub const ROLE_ADMIN: Text =
    Text::new("管理员：管账号，不看评议数据", "Administrator: accounts, and no data of any appraisal");
pub const ROLE_PLANNER: Text = Text::new("方案：拟方案、发码、开始、结束", "Planner: plans, codes, opening, closing");
pub const ROLE_OFFICE: Text = Text::new("录入：打分、扣分、纸质票", "Office: entries, incidents, paper ballots");
pub const ROLE_PUBLISHER: Text = Text::new("公布：公布结果", "Publisher: publishes the result");
pub const ROLE_INSPECTOR: Text = Text::new(
    "查核：结束后查看实名票，每次查看都留痕",
    "Inspector: reads named ballots after closing, each time in the audit trail",
);
pub const ROLE_AUDITOR: Text = Text::new("监督：只看，不看实名票", "Auditor: reads everything but named ballots");
pub const ACCOUNT_DISPLAY: Text = Text::new("显示为（可不填）", "Shown as (optional)");
pub const ACCOUNT_DISPLAY_HINT: Text =
    Text::new("例如：监察室 李明。最多 60 个字。", "For example: Li Ming, supervision office. At most 60 characters.");
pub const ACCOUNT_DISPLAY_BAD: Text =
    Text::new("最多 60 个字，不能有看不见的字符", "At most 60 characters, and none that cannot be seen");
pub const ROLE_UNIT: Text =
    Text::new("被评单位：只看本单位的整改事项并报告进展", "Unit: its own items of rectification, and reports on them");
pub const ACCOUNT_UNIT: Text =
    Text::new("代表哪个被评单位（角色为被评单位时必填）", "The unit it stands for (needed with the role of a unit)");
pub const ACCOUNT_UNIT_EMPTY: Text =
    Text::new("请填单位名称，与方案里的一致", "Give the unit's name as the plans have it");
pub const ACCOUNT_OFFICE: Text = Text::new("只为一个科室录入（可不填）", "Enters for one office only (optional)");
pub const ACCOUNT_OFFICE_HINT: Text = Text::new(
    "写方案里的名称，例如：信访局。该账号只录入、只看这个科室的项目。",
    "As the plans name it, for example 信访局. The account gives and reads this office's records only.",
);
pub const ACCOUNT_PLANS: Text = Text::new("只用于这些方案（都不勾选为全部）", "Kept to these plans (none ticked: all)");
pub const ENTERS_FOR_OFFICE: Text = Text::new("只录入：{0}", "Enters for: {0}");
pub const KEPT_TO_PLANS: Text = Text::new("限 {0} 个方案", "{0} plans only");
pub const NEW_ACCOUNT: Text = Text::new("新建账号", "New account");
pub const ACCOUNT_NAME: Text = Text::new("账号", "Name");
pub const ACCOUNT_NAME_HINT: Text = Text::new(
    "1 到 32 个汉字、字母、数字、点、间隔号、横线或下划线。",
    "1 to 32 letters, digits, Chinese characters, dots (. or ·), hyphens or underscores.",
);
pub const ACCOUNT_NAME_BAD: Text = Text::new(
    "账号只能用 1 到 32 个汉字、字母、数字、点、间隔号、横线或下划线",
    "A name is 1 to 32 letters, digits, Chinese characters, dots (. or ·), hyphens or underscores",
);
pub const ACCOUNT_TAKEN: Text = Text::new("已有这个账号", "There is such an account already");
pub const FIRST_SECRET: Text = Text::new("初始密码", "First password");
pub const FIRST_SECRET_HINT: Text = Text::new(
    "10 到 200 个字符。请当面交给本人，让其登录后修改。",
    "10 to 200 characters. Hand it over in person; they change it after signing in.",
);
pub const CREATE_ACCOUNT: Text = Text::new("建立账号", "Create the account");
pub const CHANGE_ACCOUNT: Text = Text::new("修改“{0}”", "Change “{0}”");
pub const NEW_SECRET: Text = Text::new("新密码（不改则留空）", "New password (empty: unchanged)");
pub const SAVE_ACCOUNT: Text = Text::new("保存", "Save");
pub const ACCOUNT_DISABLED: Text = Text::new("停用", "Disabled");
pub const DISABLE_ACCOUNT: Text = Text::new("停用：暂时不能登录", "Disabled: cannot sign in for now");
pub const REMOVE_ACCOUNT: Text = Text::new("删除账号", "Remove the account");
pub const REMOVE_ACCOUNT_NOTE: Text = Text::new(
    "“{0}”从此不能登录，这个名字也不会再给别人；做过的事仍留痕。",
    "“{0}” can never sign in again, and the name is given to nobody else; what was done stays in the audit trail.",
);
pub const REMOVE_ACCOUNT_NOW: Text = Text::new("确认删除", "Remove it");
pub const ACCOUNT_REMOVED: Text = Text::new("已删除账号“{0}”。", "Account “{0}” is removed.");
pub const ACCOUNT_SAVED: Text = Text::new("已保存账号“{0}”。", "Account “{0}” is saved.");

// Open groups.
pub const ISSUED_TITLE: Text = Text::new("公开渠道每小时领取张数", "Ballots given out by public links, by the hour");
pub const ISSUED_NOTE: Text = Text::new(
    "领取一张记一次，与测评表分开记录，查不出哪一张是什么时候填的。短时间内突然增多，多半是有人刷票。",
    "Counted when a ballot is given out, apart from the ballots themselves: nothing tells when one was filled in. A sudden rise mostly means stuffing.",
);
pub const ISSUED_SUM: Text = Text::new("{0}：已领取 {1} 张，已投 {2} 张", "{0}: {1} given out, {2} cast");
pub const ISSUED_HOUR: Text = Text::new("小时（从）", "Hour from");
pub const ISSUED_COUNT: Text = Text::new("领取张数", "Given out");
pub const ISSUED_LATEST: Text = Text::new("最近 {0} 个有人领取的小时", "The latest {0} hours with any");

// Opinions.
pub const OPINIONS_TITLE: Text = Text::new("意见建议", "Comments");
pub const OPINIONS_LIST: Text = Text::new("逐条意见建议", "Each comment");
pub const OPINIONS_NOTE: Text = Text::new(
    "共 {0} 条，按单位排列，单位内次序随机。与测评表分开保存，查不出是谁写的；人数不足 10 的人群不注明来源。写出的内容本身可能透露是谁，转发前请先看一遍。",
    "{0} in all, by unit, in random order. Kept apart from the ballots, nothing tells whose they are; groups under 10 are not named. What is written may itself tell who wrote it: read before passing on.",
);
pub const OPINIONS_CSV: Text = Text::new("下载整改清单（CSV）", "Download as a rectification list (CSV)");
pub const OPINION_UNIT: Text = Text::new("单位", "Unit");
pub const OPINION_TEXT: Text = Text::new("意见建议", "Comment");
pub const OPINION_SOURCE: Text = Text::new("意见来源", "From");
pub const OPINION_COLUMNS: [Text; 9] = [
    Text::new("序号", "No."),
    OPINION_UNIT,
    OPINION_TEXT,
    OPINION_SOURCE,
    Text::new("周期", "Period"),
    Text::new("责任人", "Responsible"),
    Text::new("整改措施", "Measures"),
    Text::new("完成时限", "Due"),
    Text::new("完成情况", "Done"),
];
