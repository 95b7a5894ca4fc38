//! What is typed of a profile, and what of it is kept while one looks at other pages of the area.
//!
//! Owns what a field holds, what has changed since the server last told, and what a change takes from the public. Refuses
//! to own what a profile may say: `wire` is asked, as the server asks it.

use std::collections::BTreeMap;

use leptos::prelude::*;
use office_frame::{Office, plan_context::PlanContext};
use text::{Text, profile as words};
use wire::profile::{Profile, ProfileField, ProfileRequest, ProfileStaff};

/// What of a profile is a text: its label, and whether it has several lines.
pub(crate) const TEXTS: [(ProfileField, bool); 6] = [
    (ProfileField::Duties, true),
    (ProfileField::Promises, true),
    (ProfileField::Complaints, false),
    (ProfileField::Phone, false),
    (ProfileField::Address, false),
    (ProfileField::Hours, false),
];

/// What a field is called.
pub(crate) fn label(field: ProfileField) -> Text {
    match field {
        ProfileField::Duties => words::DUTIES,
        ProfileField::Promises => words::PROMISES,
        ProfileField::Address => words::ADDRESS,
        ProfileField::Hours => words::HOURS,
        ProfileField::Phone => words::PHONE,
        ProfileField::Complaints => words::COMPLAINTS,
        ProfileField::Staff => words::STAFF,
    }
}

/// The profile as the server last told it, and its revision; `None`: there is none yet.
pub(crate) type Told = Option<(Profile, Option<String>)>;

/// A profile that was typed and not saved.
#[derive(Clone)]
struct Unsaved {
    told: Told,
    typed: ProfileRequest,
}

/// What was typed of units' profiles and not saved, by their ids. It lives as long as one stays in the area, and is asked
/// about when one leaves it. A handle: copies are the same.
#[derive(Clone, Copy)]
pub(crate) struct Drafts(RwSignal<BTreeMap<String, Unsaved>>);

/// Prepares the drafts for the area's pages of a plan.
pub(crate) fn provide_drafts(_: PlanContext) {
    let drafts = Drafts(RwSignal::new(BTreeMap::new()));
    provide_context(drafts);
    expect_context::<Office>().router.guard_while(words::UNSAVED, move || !drafts.0.read().is_empty());
}

impl Drafts {
    /// What was typed of a unit and not saved.
    pub(crate) fn of(self, unit: &str) -> Option<(Told, ProfileRequest)> {
        self.0.read_untracked().get(unit).map(|unsaved| (unsaved.told.clone(), unsaved.typed.clone()))
    }

    /// Keeps what is typed of a unit, while it differs from what the server told.
    pub(crate) fn keep(self, unit: &str, form: ProfileForm) {
        let changed = form.is_changed();
        if changed || self.0.read_untracked().contains_key(unit) {
            self.0.update(|drafts| {
                if changed {
                    drafts.insert(unit.to_owned(), Unsaved { told: form.told.get(), typed: form.typed() });
                } else {
                    drafts.remove(unit);
                }
            });
        }
    }
}

/// Somebody in the form. A handle.
#[derive(Clone, Copy)]
pub(crate) struct Person {
    /// Names the row on this page.
    pub(crate) key: usize,
    pub(crate) name: RwSignal<String>,
    pub(crate) post: RwSignal<String>,
    pub(crate) phone: RwSignal<String>,
    pub(crate) party: RwSignal<String>,
    /// The photo's SHA-256.
    pub(crate) photo: RwSignal<Option<String>>,
    /// The photo is on its way.
    pub(crate) sending: RwSignal<bool>,
}

/// The form. A handle: copies are the same.
#[derive(Clone, Copy)]
pub(crate) struct ProfileForm {
    /// Whether whoever types says what is public.
    pub(crate) releases: bool,
    pub(crate) told: RwSignal<Told>,
    texts: [RwSignal<String>; TEXTS.len()],
    pub(crate) people: RwSignal<Vec<Person>>,
    /// What is ticked as public.
    pub(crate) ticks: RwSignal<Vec<ProfileField>>,
    next: StoredValue<usize>,
    /// What people's signals belong to: a row's button goes when the rows are drawn again, and what it made would go with it.
    owner: StoredValue<Owner>,
}

/// What stands in a text: nothing where it has blanks alone.
fn said(text: RwSignal<String>) -> String {
    let text = text.get();
    if text.trim().is_empty() { String::new() } else { text }
}

/// What a text says; of the people nothing.
pub(crate) fn text_of(profile: &ProfileRequest, field: ProfileField) -> &str {
    match field {
        ProfileField::Duties => &profile.duties,
        ProfileField::Promises => &profile.promises,
        ProfileField::Address => &profile.address,
        ProfileField::Hours => &profile.hours,
        ProfileField::Phone => &profile.phone,
        ProfileField::Complaints => &profile.complaints,
        ProfileField::Staff => "",
    }
}

/// What is public of a profile and says something, in the order of the fields.
fn shown(profile: &ProfileRequest) -> Vec<ProfileField> {
    let public = profile.public.as_deref().unwrap_or_default();
    ProfileField::ALL.into_iter().filter(|field| public.contains(field) && profile.says(*field)).collect()
}

impl ProfileForm {
    /// The form of what the server told, or of what was typed over it.
    pub(crate) fn new(releases: bool, told: Told, typed: Option<ProfileRequest>) -> ProfileForm {
        let typed = typed.or_else(|| told.as_ref().map(|(profile, _)| profile.profile.clone())).unwrap_or_default();
        let form = ProfileForm {
            releases,
            told: RwSignal::new(told),
            texts: TEXTS.map(|_| RwSignal::new(String::new())),
            people: RwSignal::new(Vec::new()),
            ticks: RwSignal::new(Vec::new()),
            next: StoredValue::new(0),
            owner: StoredValue::new(Owner::current().unwrap_or_default()),
        };
        form.fill(&typed);
        form
    }

    /// Puts a profile in the place of what is typed.
    pub(crate) fn fill(self, profile: &ProfileRequest) {
        for ((field, _), text) in TEXTS.into_iter().zip(self.texts) {
            text.set(text_of(profile, field).to_owned());
        }
        let people = profile.staff.iter().map(|person| self.person(person.clone())).collect();
        self.people.set(people);
        self.ticks.set(shown(profile));
    }

    /// The text at a place of [`TEXTS`].
    pub(crate) fn text(self, place: usize) -> RwSignal<String> {
        self.texts[place]
    }

    fn person(self, person: ProfileStaff) -> Person {
        let key = self.next.get_value();
        self.next.set_value(key + 1);
        let made = move || Person {
            key,
            name: RwSignal::new(person.name),
            post: RwSignal::new(person.post),
            phone: RwSignal::new(person.phone),
            party: RwSignal::new(person.party),
            photo: RwSignal::new(person.photo),
            sending: RwSignal::new(false),
        };
        self.owner.with_value(|owner| owner.with(made))
    }

    /// Adds somebody at the end; the row's key.
    pub(crate) fn add_person(self) -> usize {
        let person = self.person(ProfileStaff::default());
        self.people.update(|people| people.push(person));
        person.key
    }

    /// What is typed, with what is ticked where that is for whoever types to say; following.
    pub(crate) fn typed(self) -> ProfileRequest {
        let [duties, promises, complaints, phone, address, hours] = self.texts.map(said);
        let person = |person: &Person| ProfileStaff {
            name: said(person.name),
            post: said(person.post),
            phone: said(person.phone),
            party: said(person.party),
            photo: person.photo.get(),
        };
        let staff = self.people.read().iter().map(person).collect();
        let mut typed = ProfileRequest {
            duties,
            promises,
            address,
            hours,
            phone,
            complaints,
            staff,
            public: Some(self.ticks.get()),
        };
        typed.public = self.releases.then(|| shown(&typed));
        typed
    }

    /// Whether what is typed differs from what the server told; following.
    pub(crate) fn is_changed(self) -> bool {
        let typed = self.typed();
        let told = self.told.read();
        let told = told.as_ref().map(|(profile, _)| &profile.profile);
        let differs = match told {
            Some(told) => ProfileField::ALL.into_iter().any(|field| !told.agrees(&typed, field)),
            None => ProfileField::ALL.into_iter().any(|field| typed.says(field)),
        };
        differs || typed.public.is_some_and(|public| public != told.map(shown).unwrap_or_default())
    }

    /// What is public now; following.
    pub(crate) fn public_now(self) -> Vec<ProfileField> {
        self.told.read().as_ref().map(|(profile, _)| shown(&profile.profile)).unwrap_or_default()
    }

    /// What is public now and would not be, were it saved as it is typed; following.
    pub(crate) fn leaving(self) -> Vec<ProfileField> {
        let typed = self.typed();
        let told = self.told.read();
        let Some((told, _)) = told.as_ref() else { return Vec::new() };
        let stays = |field: &ProfileField| match &typed.public {
            Some(public) => public.contains(field),
            None => told.profile.agrees(&typed, *field) && typed.says(*field),
        };
        shown(&told.profile).into_iter().filter(|field| !stays(field)).collect()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn told(public: &[ProfileField]) -> Told {
        let person = ProfileStaff { name: "李四".to_owned(), ..ProfileStaff::default() };
        let profile = ProfileRequest {
            duties: "森林防火".to_owned(),
            complaints: "0839-7654321".to_owned(),
            staff: vec![person],
            public: Some(public.to_vec()),
            ..ProfileRequest::default()
        };
        let profile = Profile { name: "林业站".to_owned(), revision: 3, profile, by: "office".to_owned(), at: 0 };
        Some((profile, Some("\"3\"".to_owned())))
    }

    /// The places of [`TEXTS`].
    const DUTIES: usize = 0;
    const COMPLAINTS: usize = 2;

    #[test]
    fn what_a_unit_changes_leaves_the_public_and_what_it_leaves_alone_does_not() {
        Owner::new().with(|| {
            let form = ProfileForm::new(false, told(&[ProfileField::Duties, ProfileField::Staff]), None);
            assert!(!form.is_changed() && form.leaving().is_empty());
            form.text(DUTIES).set("森林防火、采伐许可".to_owned());
            form.text(COMPLAINTS).set("0839-1234567".to_owned());
            assert!(form.is_changed());
            // The telephone number was not public.
            assert_eq!(form.leaving(), [ProfileField::Duties]);
            assert_eq!(form.typed().public, None);
            form.people.get_untracked()[0].post.set("站长".to_owned());
            assert_eq!(form.leaving(), [ProfileField::Duties, ProfileField::Staff]);
            form.text(DUTIES).set("森林防火".to_owned());
            assert_eq!(form.leaving(), [ProfileField::Staff]);
        });
    }

    #[test]
    fn what_the_office_changes_stays_public_until_it_is_unticked_or_empty() {
        Owner::new().with(|| {
            let form = ProfileForm::new(true, told(&[ProfileField::Duties, ProfileField::Complaints]), None);
            assert!(!form.is_changed());
            form.text(DUTIES).set("采伐许可".to_owned());
            assert_eq!((form.is_changed(), form.leaving()), (true, vec![]));
            form.text(COMPLAINTS).set(" ".to_owned());
            assert_eq!(form.leaving(), [ProfileField::Complaints]);
            assert_eq!(form.typed().public, Some(vec![ProfileField::Duties]));
            form.ticks.set(vec![ProfileField::Staff]);
            assert_eq!(form.leaving(), [ProfileField::Duties, ProfileField::Complaints]);
        });
    }

    #[test]
    fn an_empty_form_of_no_profile_is_no_change() {
        Owner::new().with(|| {
            let form = ProfileForm::new(true, None, None);
            form.text(DUTIES).set("\n ".to_owned());
            assert!(!form.is_changed());
            form.add_person();
            assert!(form.is_changed());
            // What was typed over what was told comes back as it was left.
            let typed = ProfileRequest { hours: "9:00–17:00".to_owned(), ..ProfileRequest::default() };
            let again = ProfileForm::new(false, told(&[]), Some(typed.clone()));
            assert_eq!(again.typed(), typed);
            assert!(again.is_changed());
        });
    }
}
