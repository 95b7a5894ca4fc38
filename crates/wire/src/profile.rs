//! Profiles of units (三亮): who works there, what the unit does, and what it promises.
//!
//! Owns their shapes, what is wrong with one by itself, and what of one is public. Refuses to own who may change one.

use document::{document, open_ended, words};

use crate::Field;
use crate::file::is_file;
use crate::finding::is_text;

/// Most characters of duties and of promises: two pages.
pub const LONGEST_TEXT: usize = 4000;

/// Most characters of an address, of hours, of telephone numbers, of a name and a post.
pub const LONGEST_WORDS: usize = 100;

/// Most people of a unit.
pub const MOST_STAFF: usize = 200;

/// Most bytes of a person's photo: a page makes it smaller before it is sent, and a ballot on a bad network loads it.
pub const MOST_PHOTO_BYTES: usize = 300 * 1024;

words! {
    /// What of a profile the office may release to the public.
    pub enum ProfileField {
        /// 岗位职责
        Duties = "duties",
        /// 单位承诺
        Promises = "promises",
        /// 地址
        Address = "address",
        /// 办公时间
        Hours = "hours",
        /// 办公电话
        Phone = "phone",
        /// 监督电话
        Complaints = "complaints",
        /// 个人身份: the people.
        Staff = "staff",
    }
}

document! {
    /// Somebody who works at a unit (亮个人身份).
    #[derive(Eq, Debug, Default)]
    pub struct ProfileStaff {
        /// 1 to 100 characters.
        pub name: String,
        /// 职务
        pub post: String = default,
        /// 联系方式
        pub phone: String = default,
        /// 政治面貌
        pub party: String = default,
        /// The SHA-256 of a photo that was given for this unit, 64 hexadecimal digits.
        pub photo: Option<String>,
    }
}

document! {
    /// `PUT /api/profiles/{name}`, with `If-None-Match: *` for a new one, else with `If-Match`.
    #[derive(Eq, Debug, Default)]
    pub struct ProfileRequest {
        /// 岗位职责、办事程序: up to 4,000 characters, as the promises.
        pub duties: String = default,
        /// 单位承诺
        pub promises: String = default,
        /// 地址: up to 100 characters, as the following.
        pub address: String = default,
        /// 办公时间
        pub hours: String = default,
        /// 办公电话
        pub phone: String = default,
        /// 监督电话
        pub complaints: String = default,
        /// Up to 200 people.
        pub staff: Vec<ProfileStaff> = default,
        /// What is public from now on, for the office alone; absent: what was, less what a unit changes now.
        pub public: Option<Vec<ProfileField>>,
    }
}

document! {
    /// `GET /api/profiles/{name}`.
    #[derive(Eq, Debug)]
    pub struct Profile {
        /// The unit's name.
        pub name: String,
        /// How often it was written.
        pub revision: u64,
        /// What it says; its `public` is what is public.
        pub profile: ProfileRequest,
        /// The account that wrote it last.
        pub by: String,
        /// When, in seconds since 1970-01-01T00:00:00Z.
        pub at: i64,
    }
    shape: open_ended;
}

document! {
    /// What a list says of one unit of a plan.
    #[derive(Eq, Debug)]
    pub struct ProfileLine {
        /// The unit's id in the plan.
        pub unit: String,
        /// Its name there.
        pub name: String,
        /// How often its profile was written; 0: there is none.
        pub revision: u64,
        /// What of it is public.
        pub public: Vec<ProfileField>,
        /// The account that wrote it last; null: there is none.
        pub by: Option<String> = null,
        /// When, in seconds since 1970-01-01T00:00:00Z; null: there is none.
        pub at: Option<i64> = null,
    }
    shape: open_ended;
}

document! {
    /// `GET /api/plans/{id}/profiles`: the plan's units, in its order; for a unit's account its own alone.
    #[derive(Eq, Debug)]
    pub struct ProfileList {
        /// One line a unit.
        pub profiles: Vec<ProfileLine>,
    }
    shape: open_ended;
}

document! {
    /// Answer to a profile that was written.
    #[derive(Eq, Debug)]
    pub struct ProfileKept {
        /// How often it was written.
        pub revision: u64,
        /// What is public now.
        pub public: Vec<ProfileField>,
    }
    shape: open_ended;
}

document! {
    /// `GET /api/public/units/{name}`: what was released; the rest is null.
    #[derive(Eq, Debug)]
    pub struct PublicProfile {
        /// The unit's name.
        pub name: String,
        /// 岗位职责
        pub duties: Option<String> = null,
        /// 单位承诺
        pub promises: Option<String> = null,
        /// 地址
        pub address: Option<String> = null,
        /// 办公时间
        pub hours: Option<String> = null,
        /// 办公电话
        pub phone: Option<String> = null,
        /// 监督电话
        pub complaints: Option<String> = null,
        /// The people.
        pub staff: Option<Vec<ProfileStaff>> = null,
    }
    shape: open_ended;
}

impl ProfileRequest {
    /// Whether a field says the same in both.
    #[must_use]
    pub fn agrees(&self, other: &ProfileRequest, field: ProfileField) -> bool {
        match field {
            ProfileField::Duties => self.duties == other.duties,
            ProfileField::Promises => self.promises == other.promises,
            ProfileField::Address => self.address == other.address,
            ProfileField::Hours => self.hours == other.hours,
            ProfileField::Phone => self.phone == other.phone,
            ProfileField::Complaints => self.complaints == other.complaints,
            ProfileField::Staff => self.staff == other.staff,
        }
    }

    /// Whether a field says anything.
    #[must_use]
    pub fn says(&self, field: ProfileField) -> bool {
        let text = match field {
            ProfileField::Duties => &self.duties,
            ProfileField::Promises => &self.promises,
            ProfileField::Address => &self.address,
            ProfileField::Hours => &self.hours,
            ProfileField::Phone => &self.phone,
            ProfileField::Complaints => &self.complaints,
            ProfileField::Staff => return !self.staff.is_empty(),
        };
        !text.is_empty()
    }

    /// Whether the public reads anything of it.
    #[must_use]
    pub fn is_shown(&self) -> bool {
        self.public.iter().flatten().any(|field| self.says(*field))
    }

    /// What the public reads of it.
    #[must_use]
    pub fn public(self, name: String) -> PublicProfile {
        let released = self.public.unwrap_or_default();
        let given = |field: ProfileField, text: String| released.contains(&field).then_some(text);
        PublicProfile {
            name,
            duties: given(ProfileField::Duties, self.duties),
            promises: given(ProfileField::Promises, self.promises),
            address: given(ProfileField::Address, self.address),
            hours: given(ProfileField::Hours, self.hours),
            phone: given(ProfileField::Phone, self.phone),
            complaints: given(ProfileField::Complaints, self.complaints),
            staff: released.contains(&ProfileField::Staff).then_some(self.staff),
        }
    }
}

/// Everything that is wrong with a profile by itself, with pointers into the request.
#[must_use]
pub fn check(profile: &ProfileRequest) -> Vec<Field> {
    let mut faults = Vec::new();
    let mut note = |wrong: bool, path: String, code: &str| {
        if wrong {
            faults.push(Field { path, code: code.to_owned(), detail: None });
        }
    };
    let too_long = |text: &str, longest: usize| !text.is_empty() && !is_text(text, longest);
    for (text, name, longest) in [
        (&profile.duties, "duties", LONGEST_TEXT),
        (&profile.promises, "promises", LONGEST_TEXT),
        (&profile.address, "address", LONGEST_WORDS),
        (&profile.hours, "hours", LONGEST_WORDS),
        (&profile.phone, "phone", LONGEST_WORDS),
        (&profile.complaints, "complaints", LONGEST_WORDS),
    ] {
        note(too_long(text, longest), format!("/{name}"), "out_of_range");
    }
    note(profile.staff.len() > MOST_STAFF, "/staff".to_owned(), "out_of_range");
    for (place, person) in profile.staff.iter().enumerate() {
        note(!is_text(&person.name, LONGEST_WORDS), format!("/staff/{place}/name"), "out_of_range");
        for (text, name) in [(&person.post, "post"), (&person.phone, "phone"), (&person.party, "party")] {
            note(too_long(text, LONGEST_WORDS), format!("/staff/{place}/{name}"), "out_of_range");
        }
        let is_none = person.photo.as_ref().is_some_and(|photo| !is_file(photo));
        note(is_none, format!("/staff/{place}/photo"), "unknown_file");
    }
    faults
}

#[cfg(test)]
mod tests {
    use super::*;

    fn profile() -> ProfileRequest {
        let person = |photo: Option<&str>| ProfileStaff {
            name: "李四".to_owned(),
            photo: photo.map(str::to_owned),
            ..ProfileStaff::default()
        };
        let photo = "0a".repeat(32);
        let staff = vec![person(None), person(Some(&photo)), person(Some("../etc"))];
        ProfileRequest { hours: "9:00–17:00".to_owned(), staff, ..ProfileRequest::default() }
    }

    #[test]
    fn a_photo_is_named_by_its_hash() {
        let told: Vec<_> = check(&profile()).into_iter().map(|field| (field.path, field.code)).collect();
        assert_eq!(told, [("/staff/2/photo".to_owned(), "unknown_file".to_owned())]);
    }

    #[test]
    fn a_profile_shows_what_is_released_and_says_something() {
        let with = |public: &[ProfileField]| ProfileRequest { public: Some(public.to_vec()), ..profile() };
        assert!(!profile().is_shown());
        assert!(!with(&[ProfileField::Duties, ProfileField::Phone]).is_shown());
        assert!(with(&[ProfileField::Duties, ProfileField::Hours]).is_shown());
        assert!(with(&[ProfileField::Staff]).is_shown());
        let shown = with(&[ProfileField::Hours]).public("林业站".to_owned());
        assert_eq!((shown.hours.as_deref(), shown.duties, shown.staff), (Some("9:00–17:00"), None, None));
    }
}
