//! Checking a publication by oneself: what was found, what holds, and what could not be checked.

use crate::Text;

pub const TITLE: Text = Text::new("自己验算", "Verify it yourself");
pub const LEAD: Text = Text::new(
    "下面的计算在您自己的设备上进行，用的是公布的数据；服务器只提供数据，不参与计算。",
    "What follows is computed on your own device, from the data as they were published; the server gives the data and computes nothing.",
);
pub const FETCHING: Text = Text::new("正在下载公布的数据…", "Fetching what was published…");
pub const RUNNING: Text = Text::new("正在验算…", "Computing…");
pub const NOT_FETCHED: Text =
    Text::new("没有取到公布的数据，请稍后再试。", "What was published could not be fetched; please try again later.");
pub const NO_PUBLICATION: Text =
    Text::new("取到的不是一份完整的公布结果。", "What was fetched is no whole publication.");
pub const HOLDS: Text = Text::new("验算相符：能核对的都相符。", "It holds: everything that can be checked agrees.");
pub const DOES_NOT_HOLD: Text =
    Text::new("验算不符：有以下不符之处。", "It does not hold: what follows does not agree.");
pub const WRONG: Text = Text::new("不符之处", "What does not agree");
pub const HOLDING: Text = Text::new("相符之处", "What agrees");
pub const HOW: Text = Text::new(
    "不信任这个页面的，可以下载数据，在自己的电脑上用 pingyi verify 再算一遍。",
    "Whoever does not trust this page can download the data and run pingyi verify on their own computer. ",
);
pub const BACK: Text = Text::new("返回结果", "Back to the result");

pub const TOO_LARGE: Text = Text::new("文件太大", "the file is too large");
pub const NOT_JSON: Text = Text::new("不是完整的 JSON", "this is not whole JSON");
pub const MISSING: Text = Text::new("缺少字段", "a field is missing");
pub const UNKNOWN: Text = Text::new("不认识的字段", "unknown field");

pub const PLAN_HASH_HOLDS: Text = Text::new("方案指纹相符", "the plan's fingerprint holds");
pub const PLAN_HASH_DIFFERS: Text = Text::new("方案指纹不符", "the plan's fingerprint is another");
pub const FINGERPRINTS_HOLD: Text =
    Text::new("公布时的各项指纹相符", "the fingerprints of what was settled on publishing hold");
pub const FINGERPRINT_DIFFERS: Text =
    Text::new("与公布时的指纹不符", "not as its fingerprint of the day of publishing has it");
pub const RECORDS_HASH_DIFFERS: Text =
    Text::new("没有隐去的记录，指纹却不符", "no record is withheld, and yet their fingerprint is another");

pub const SUMS_FOLLOW: Text =
    Text::new("个单位的合计、名次、等次与各项得分相符", "units: sums, ranks and grades follow from their scores");
pub const SCORED_AGAIN: Text = Text::new(
    "由公开的记录重新计算，结果相同；其中公开的计票有几条",
    "scored again from the records that are shown, the result is the same; tallies shown",
);
pub const DIFFERS: Text =
    Text::new("由公开的记录重新计算不同", "scored again from the records that are shown it differs");
pub const NOT_IN_PLAN: Text = Text::new("与方案不符", "not as the plan has it");
pub const OUT_OF_BOUNDS: Text = Text::new("超出方案允许的范围", "outside what the plan allows");
pub const DOES_NOT_FOLLOW: Text = Text::new("与各项得分不符", "does not follow from the scores");
pub const NOT_FINAL: Text = Text::new("不是最终结果：有缺项或并列未决", "not final: something is missing or undecided");
pub const NO_DATA: Text = Text::new("公开的记录中没有这一处的数据", "the records that are shown have no data for it");

pub const BOOKS_HOLD: Text =
    Text::new("测评码、选票与计票的账目一致", "the books of codes, ballots and tallies agree with each other");
pub const BOOKS_DIFFER: Text = Text::new("账目对不上", "the books do not agree");
pub const NOT_ACCEPTED: Text =
    Text::new("账目有差异，却没有两人认可的说明", "the books differ, and no two people have said why");
pub const MORE_MARKS: Text = Text::new("评价数多于选票数", "there are more marks than ballots");
pub const COUNT_DIFFERS: Text = Text::new("与各人群的选票数不符", "not what the groups' ballots add up to");
pub const EDITION_DIFFERS: Text = Text::new("与版本列表不符", "not as the list of editions has it");
pub const CHANGE_DIFFERS: Text = Text::new("与结果不符的更正", "a correction that is not in the result");

pub const NOT_CHECKED: Text = Text::new("未核对", "not checked");
pub const NO_RECORDS: Text = Text::new(
    "各项得分、抽签、直接认定和历年结果：没有公开的记录",
    "the scores themselves, draws, verdicts and earlier years: no records are shown",
);
pub const RECORDS_ELSEWHERE: Text = Text::new(
    "各项得分、抽签、直接认定和历年结果：记录在另一个地址",
    "the scores themselves, draws, verdicts and earlier years: the records are at another address",
);
pub const WITHHELD: Text = Text::new(
    "隐去的计票：平均分照所给的计算，无法由选票核对；处数",
    "marks that are withheld: their means are taken as they are given; places",
);
pub const FROZEN_LISTS: Text = Text::new(
    "名单在第一阶段结束时冻结：当时谁在名单上，由此处所给的为准，无法由后来更正过的记录核对",
    "the lists of the shortlist were frozen when stage 1 ended: who was on them then is taken as it is given, since records may have been corrected later",
);
pub const SCORE_NOT_TOLD: Text = Text::new(
    "这一项得分：评价太少，平均分也不公开",
    "this score: there are so few marks that not even their mean is told",
);
pub const TIES_BY_SHARE: Text = Text::new(
    "按选项比例决定的并列：有隐去的计票",
    "ties that the share of an option decides: some marks are withheld",
);
pub const FULL_RECORDS: Text =
    Text::new("全部记录的指纹：有隐去的计票", "the fingerprint of all records: some marks are withheld");
pub const RECEIPTS: Text =
    Text::new("回执树的根：要有回执才能核对", "the root of all receipts: it takes a receipt to check it");
pub const AUDIT: Text = Text::new(
    "审计链的头：要有导出的审计链（pingyi audit）",
    "the audit chains' heads: it takes an export (pingyi audit)",
);
pub const BOOKS: Text = Text::new(
    "账目中的数字本身：只核对了它们是否一致",
    "the figures of the books themselves: only whether they agree was checked",
);
pub const BLIND_KEYS: Text = Text::new(
    "盲签人群的密钥：这个方案开放投票时还没有把密钥指纹固定下来",
    "the keys of blind groups: when this plan was opened their fingerprints were not frozen with it",
);
pub const KEYS_HOLD: Text = Text::new(
    "盲签人群的密钥与投票前固定的指纹相符，公布的私钥与公钥相符；密钥数",
    "the keys of blind groups are those whose fingerprints were frozen before the vote, and their secret halves belong to them; keys",
);
pub const KEY_DIFFERS: Text =
    Text::new("密钥与投票前固定的指纹不符", "not the key whose fingerprint was frozen before the vote");
pub const SECRET_DIFFERS: Text = Text::new("私钥与公钥不符", "the secret key does not belong to the public one");
pub const TOKENS_HOLD: Text = Text::new(
    "用过的盲签凭证都由本组密钥签发，各用一次，张数与账目相符；凭证数",
    "each spent token was made by its group's key and spent once, and the books have as many; tokens",
);
pub const NO_TOKEN: Text = Text::new("不是这份公布中的凭证", "no token of this publication");
pub const TOKEN_TWICE: Text = Text::new("凭证重复或次序不对", "a token that stands there twice, or out of its order");
pub const TOKEN_DIFFERS: Text = Text::new("凭证不是本组密钥签发的", "a token that its group's key did not make");
pub const TOKENS_NUMBER: Text = Text::new("凭证张数不符", "another number of tokens");
pub const TOKENS_IN_BOOKS: Text = Text::new("凭证张数与账目不符", "not as many tokens as the books have");
pub const NO_TOKENS: Text = Text::new(
    "用过的盲签凭证：这个方案投票时还不保存凭证",
    "spent tokens: when they cast their ballots, tokens were not kept yet",
);
pub const TOKENS_FEW: Text = Text::new(
    "用过的盲签凭证：选票很少的人群不列出，否则会说出有几张选票",
    "spent tokens: of groups with few ballots none are listed, since they would tell how many there were",
);
pub const TOKENS_ELSEWHERE: Text =
    Text::new("用过的盲签凭证：在另一个地址", "spent tokens: they are at another address");
pub const EDITIONS: Text = Text::new(
    "其他版本的时间和理由，以及更正前的数字：另取那些版本才能核对",
    "dates and reasons of other editions, and what a correction changed: it takes these editions",
);
pub const DISPLAY: Text = Text::new("公示的时间、联系人和异议数", "the public display's dates, contact and objections");
pub const OPEN_GROUPS: Text = Text::new("公开人群各小时的发码数", "the open groups' codes by the hour");
pub const NO_FINGERPRINTS: Text = Text::new(
    "公布时的指纹：这份公布早于指纹",
    "fingerprints of the day of publishing: this was published before there were any",
);
