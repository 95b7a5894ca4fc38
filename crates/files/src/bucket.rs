//! Files in a bucket of S3.
//!
//! Owns how bytes lie there: one object a file, `plan/name`, whole or not at all, as S3 keeps it.

use aws_sdk_s3::Client;
use aws_sdk_s3::operation::get_object::GetObjectError;
use aws_sdk_s3::primitives::ByteStream;

use crate::error::FilesError;

/// A bucket, and who asks it.
#[derive(Debug, Clone)]
pub struct Bucket {
    client: Client,
    name: String,
}

impl Bucket {
    /// A bucket by its name. What the configuration leaves out (TLS, region, credentials) is not looked for elsewhere.
    #[must_use]
    pub fn new(configuration: impl Into<aws_sdk_s3::Config>, name: String) -> Bucket {
        Bucket { client: Client::from_conf(configuration.into()), name }
    }

    /// Puts an object; one of the same name is replaced, and names follow from the bytes.
    pub(crate) async fn put(&self, key: String, bytes: Vec<u8>) -> Result<(), FilesError> {
        let request = self.client.put_object().bucket(&self.name).key(key).body(ByteStream::from(bytes));
        request.send().await.map(drop).map_err(|_| FilesError::Unavailable)
    }

    /// An object's bytes. Who may not list the bucket is told of a missing object that it is forbidden: that is
    /// [`FilesError::Unavailable`] too.
    pub(crate) async fn get(&self, key: String) -> Result<Vec<u8>, FilesError> {
        let answer = self.client.get_object().bucket(&self.name).key(key).send().await.map_err(|error| match error
            .as_service_error()
        {
            Some(GetObjectError::NoSuchKey(_)) => FilesError::Missing,
            _ => FilesError::Unavailable,
        })?;
        answer.body.collect().await.map(|bytes| bytes.to_vec()).map_err(|_| FilesError::Unavailable)
    }
}
