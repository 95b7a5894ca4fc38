//! Sending files, and those that were sent and belong to what is being written.

use frame::{server::Refusal, words::Phrase};
use leptos::prelude::*;
use office_frame::asking;
use text::{evidence as words, profile as portrait_words};
use web_sys::{Blob, File};
use wire::{ErrorCode, file::FileKept};

use crate::{
    limits::{Aim, MOST_FILE_BYTES, PHOTO, PORTRAIT},
    small::{Made, made_small},
};

/// A file that the server has.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Kept {
    /// The SHA-256 of its content.
    pub file: String,
    /// What it was called here.
    pub name: String,
}

/// The files of something that is being written. A handle: copies are the same.
#[derive(Clone, Copy)]
pub struct Files {
    pub(crate) kept: RwSignal<Vec<Kept>>,
    /// How many are still on their way.
    pub(crate) under_way: RwSignal<usize>,
}

impl Files {
    /// None yet.
    #[must_use]
    pub fn new() -> Files {
        Files { kept: RwSignal::new(Vec::new()), under_way: RwSignal::new(0) }
    }

    /// What [`Files::text`] wrote: a form's draft.
    #[must_use]
    pub fn of_text(text: &str) -> Files {
        let files = Files::new();
        let line = |line: &str| line.split_once(' ').map(|(file, name)| Kept { file: file.into(), name: name.into() });
        files.kept.set(text.lines().filter_map(line).collect());
        files
    }

    /// The files in a text, for a form's draft; following.
    #[must_use]
    pub fn text(self) -> String {
        let line = |kept: &Kept| format!("{} {}", kept.file, kept.name.replace(['\r', '\n'], " "));
        self.kept.read().iter().map(line).collect::<Vec<_>>().join("\n")
    }

    /// What records name the files by.
    #[must_use]
    pub fn hashes(self) -> Vec<String> {
        self.kept.read_untracked().iter().map(|kept| kept.file.clone()).collect()
    }

    /// How many there are; following.
    #[must_use]
    pub fn count(self) -> usize {
        self.kept.read().len()
    }

    /// Begins anew, without any.
    pub fn clear(self) {
        self.kept.try_set(Vec::new());
    }

    /// Whether some are still on their way; following.
    #[must_use]
    pub fn busy(self) -> bool {
        self.under_way.get() > 0
    }
}

impl Default for Files {
    fn default() -> Files {
        Files::new()
    }
}

/// Sends a file to an address that takes files, a photo after it was made small.
///
/// # Errors
/// What to do about it, in words: the file is too large, cannot be read, is not taken, or did not arrive.
pub async fn upload(address: &str, file: &File) -> Result<Kept, Phrase> {
    sent(address, file, &PHOTO).await.map_err(|failed| match failed {
        Failed::Unreadable => words::PHOTO_UNREADABLE.into(),
        Failed::TooLarge => words::TOO_LARGE.into(),
        Failed::Refused(refusal) => refusal.phrase(),
    })
}

/// Sends somebody's portrait to an address that takes photos, after it was made as small as it is shown.
///
/// # Errors
/// As [`upload`].
pub async fn upload_portrait(address: &str, file: &File) -> Result<Kept, Phrase> {
    sent(address, file, &PORTRAIT).await.map_err(|failed| match failed {
        Failed::Unreadable => portrait_words::PHOTO_WRONG.into(),
        Failed::TooLarge => portrait_words::PHOTO_LARGE.into(),
        Failed::Refused(refusal) => match refusal.code() {
            Some(ErrorCode::WrongContent) => portrait_words::PHOTO_WRONG.into(),
            Some(ErrorCode::BodyTooLarge) => portrait_words::PHOTO_LARGE.into(),
            _ => refusal.phrase(),
        },
    })
}

/// Why a file is not there.
enum Failed {
    /// A picture that this browser cannot read.
    Unreadable,
    /// Too many bytes, also when made small.
    TooLarge,
    /// The server did not take it, or was not reached.
    Refused(Refusal),
}

async fn sent(address: &str, file: &File, aim: &Aim) -> Result<Kept, Failed> {
    let name = file.name();
    let (body, name) = match made_small(file, aim).await {
        Made::AsItIs => (Blob::from(file.clone()), name),
        Made::Smaller(photo) => (photo, as_jpeg(&name)),
        Made::Unreadable => return Err(Failed::Unreadable),
    };
    if body.size() > MOST_FILE_BYTES {
        return Err(Failed::TooLarge);
    }
    let kept = asking::post_file::<FileKept>(address, &name, &body).await.map_err(Failed::Refused)?;
    Ok(Kept { file: kept.body.file, name })
}

/// The name of a picture that is a JPEG now.
fn as_jpeg(name: &str) -> String {
    format!("{}.jpg", name.rsplit_once('.').map_or(name, |(stem, _)| stem))
}

#[cfg(test)]
mod tests {
    use super::as_jpeg;

    #[test]
    fn a_photo_that_was_drawn_anew_is_called_a_jpeg() {
        assert_eq!(as_jpeg("IMG_0001.HEIC"), "IMG_0001.jpg");
        assert_eq!(as_jpeg("大厅.现场"), "大厅.jpg");
        assert_eq!(as_jpeg("photo"), "photo.jpg");
    }
}
