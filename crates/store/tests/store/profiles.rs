//! Profiles of units: the rows beside them, and the photos of their people.

use files::Files;
use store::{Photo, Revision, StoreError};
use wire::profile::{ProfileField, ProfileRequest};

use crate::house::{House, OFFICE};

fn profile(duties: &str, public: &[ProfileField]) -> ProfileRequest {
    ProfileRequest { duties: duties.to_owned(), public: Some(public.to_vec()), ..ProfileRequest::default() }
}

fn photo(content: &[u8]) -> Photo {
    Photo { media_type: "image/png".to_owned(), content: content.to_vec() }
}

#[tokio::test]
async fn the_row_of_a_profile_follows_it_under_however_its_unit_is_spelled() {
    let house = House::new().await;
    let store = &house.store;
    assert_eq!(store.profile_rows().await.unwrap(), []);
    store.put_profile(OFFICE, "信息中心A", &profile("", &[ProfileField::Duties]), None).await.unwrap();
    let rows = store.profile_rows().await.unwrap();
    // What is released and empty shows nothing.
    assert_eq!((rows.len(), rows[0].revision, rows[0].is_shown), (1, Revision(1), false));
    assert_eq!((rows[0].public.as_slice(), rows[0].by.as_str()), (&[ProfileField::Duties][..], "office"));
    assert_eq!(rows[0].at.0, 1_700_000_000);
    house.pass(60);
    // The same unit in full width.
    store
        .put_profile(OFFICE, "信息中心Ａ", &profile("运维", &[ProfileField::Duties]), Some(Revision(1)))
        .await
        .unwrap();
    let rows = store.profile_rows().await.unwrap();
    assert_eq!((rows.len(), rows[0].revision, rows[0].is_shown, rows[0].at.0), (1, Revision(2), true, 1_700_000_060));
    assert_eq!(rows[0].unit, scoring::names::folded("信息中心A"));
    // A write that was refused leaves the row as it is.
    let late = store.put_profile(OFFICE, "信息中心A", &profile("旧的", &[]), Some(Revision(1))).await;
    assert_eq!(late.unwrap_err(), StoreError::RevisionMismatch);
    assert_eq!(store.profile_rows().await.unwrap(), rows);
}

#[tokio::test]
async fn a_photo_is_of_one_unit_once_and_comes_back_whole() {
    let folder = tempfile::tempdir().unwrap();
    let house = House::new().await;
    // Without a place for files none are taken.
    let nowhere = house.store.put_photo(OFFICE, "林业站", photo(b"one")).await;
    assert_eq!(nowhere.unwrap_err(), StoreError::Unavailable);
    let store = house.again().with_files(Files::Folder(folder.path().to_owned()));
    let one = store.put_photo(OFFICE, "林业站", photo(b"one")).await.unwrap();
    assert_eq!(store.put_photo(OFFICE, "林业站", photo(b"one")).await.unwrap(), one);
    let two = store.put_photo(OFFICE, "村建所", photo(b"two")).await.unwrap();
    assert_eq!(store.photo("林业站", &one).await.unwrap(), photo(b"one"));
    assert_eq!(store.photo("林业站", &two).await.unwrap_err(), StoreError::NotFound);
    assert_eq!(store.unknown_photos("林业站", &[&one, &two, &one]).await.unwrap(), [two.as_str()]);
    assert_eq!(store.unknown_photos("林业站", &[]).await.unwrap(), [""; 0]);
    let events = store.account_audit(200, None).await.unwrap().items;
    assert_eq!(events.iter().filter(|event| event.action == "photo_put").count(), 2);
    // Other bytes under its name are not given out; sent again, it is mended.
    std::fs::write(folder.path().join("profile-photos").join(&one), "oth").unwrap();
    assert_eq!(store.photo("林业站", &one).await.unwrap_err(), StoreError::Corrupt);
    store.put_photo(OFFICE, "林业站", photo(b"one")).await.unwrap();
    assert_eq!(store.photo("林业站", &one).await.unwrap(), photo(b"one"));
}

#[tokio::test]
async fn a_unit_has_six_hundred_photos_at_most() {
    let folder = tempfile::tempdir().unwrap();
    let house = House::new().await;
    let store = house.again().with_files(Files::Folder(folder.path().to_owned()));
    let number = |number: u32| photo(format!("photo {number}").as_bytes());
    for one in 0..600 {
        store.put_photo(OFFICE, "林业站", number(one)).await.unwrap();
    }
    let full = store.put_photo(OFFICE, "林业站", number(600)).await;
    assert_eq!(full.unwrap_err(), StoreError::TooManyKept);
    // One that is there is the same, and another unit has room of its own.
    store.put_photo(OFFICE, "林业站", number(599)).await.unwrap();
    store.put_photo(OFFICE, "村建所", number(600)).await.unwrap();
}
