//! Files that show something, and the words beside a record.

#![expect(missing_docs, reason = "the words are their own documentation")]

use crate::Text;

pub const FILES: Text = Text::new("附件（照片、扫描件，可不填）", "Files (photos, scans; optional)");
pub const FILES_HINT: Text = Text::new(
    "照片会先缩小，并去掉拍摄地点。其他文件每个不超过 4 MB：PDF、图片、DOCX、XLSX、TXT。",
    "Photos are made smaller first and lose the place where they were taken. Other files up to 4 MB each: PDF, pictures, DOCX, XLSX, TXT.",
);
pub const SENDING: Text = Text::new("正在上传，还有 {0} 个…", "Sending, {0} to go…");
pub const STILL_SENDING: Text = Text::new("附件还在上传，请稍等", "A file is still on its way");
pub const NOT_TAKEN: Text = Text::new("{0}：{1}", "{0}: {1}");
pub const TOO_LARGE: Text = Text::new("文件超过 4 MB", "larger than 4 MB");
pub const TOO_MANY: Text = Text::new("最多 {0} 个附件", "At most {0} files");
pub const PHOTO_UNREADABLE: Text =
    Text::new("这种图片打不开，请改用 JPEG、PNG 或 PDF", "this kind of picture cannot be read; use JPEG, PNG or PDF");
pub const REMOVE: Text = Text::new("去掉", "Take off");
pub const REMOVE_NAMED: Text = Text::new("去掉附件：{0}", "Take off {0}");
pub const FILE: Text = Text::new("附件 {0}", "File {0}");

pub const CLAUSE: Text = Text::new("依据的条款（可不填）", "Clause (optional)");
pub const CLAUSE_HINT: Text =
    Text::new("如：方案三（二）2。可从方案原文的条款里选。", "Such as: 3(2)2. The plan's own clauses are offered.");
pub const DATE: Text = Text::new("发生日期（可不填）", "On which day (optional)");
pub const DATE_BAD: Text =
    Text::new("日期写法如 2018-10-08，不晚于今天", "A day is written like 2018-10-08, today at the latest");
