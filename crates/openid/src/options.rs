//! How a provider is named to this installation, and which claim names an account.

use std::fmt;

use openidconnect::core::{CoreGenderClaim, CoreUserInfoClaims};
use openidconnect::{
    ClientId, ClientSecret, EmptyAdditionalClaims, EndUserEmail, EndUserUsername, IdTokenClaims, IssuerUrl,
    RedirectUrl, SubjectIdentifier,
};

/// Where the provider sends browsers back to, below the public address.
pub const BACK: &str = "/api/session/openid/back";

/// The claim that is an account's name (OpenID Connect Core 1.0, 5.1).
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Claim {
    /// `preferred_username`: for a provider whose people cannot choose it themselves.
    PreferredUsername,
    /// `email`, only where `email_verified` is true.
    Email,
    /// `sub`: never changes and is never given again.
    Subject,
}

impl Claim {
    /// A claim by its name.
    fn named(name: &str) -> Option<Claim> {
        Some(match name {
            "preferred_username" => Claim::PreferredUsername,
            "email" => Claim::Email,
            "sub" => Claim::Subject,
            _ => return None,
        })
    }

    /// The name that a token's claims give.
    pub(crate) fn of(self, claims: &IdTokenClaims<EmptyAdditionalClaims, CoreGenderClaim>) -> Option<String> {
        self.among(claims.preferred_username(), claims.email(), claims.email_verified(), claims.subject())
    }

    /// The name that the provider's answer about a person gives.
    pub(crate) fn told(self, claims: &CoreUserInfoClaims) -> Option<String> {
        self.among(claims.preferred_username(), claims.email(), claims.email_verified(), claims.subject())
    }

    /// The name among what is said of a person.
    fn among(
        self,
        username: Option<&EndUserUsername>,
        email: Option<&EndUserEmail>,
        is_verified: Option<bool>,
        subject: &SubjectIdentifier,
    ) -> Option<String> {
        match self {
            Claim::PreferredUsername => username.map(|name| name.to_string()),
            Claim::Email => email.filter(|_| is_verified == Some(true)).map(|name| name.to_string()),
            Claim::Subject => Some(subject.to_string()),
        }
    }
}

/// A provider, and what this installation is to it.
#[derive(Clone, Debug)]
pub struct Options {
    pub(crate) issuer: IssuerUrl,
    pub(crate) client_id: ClientId,
    pub(crate) client_secret: ClientSecret,
    /// What people call it.
    pub(crate) name: Option<String>,
    pub(crate) claim: Claim,
    pub(crate) back_to: RedirectUrl,
}

/// Why sign-in through a provider cannot be offered.
#[derive(Debug, PartialEq, Eq)]
pub enum OptionsError {
    /// This variable is missing while others of the provider are set.
    Unset(&'static str),
    /// The issuer is no address, or one that anybody on the way could answer for.
    Issuer,
    /// The claim is none of those that may name an account.
    Claim,
    /// People reach this installation under no address that the provider could send them back to.
    NoPublicUrl,
    /// This machine has no list of certificates.
    Roots,
}

impl fmt::Display for OptionsError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            OptionsError::Unset(name) => write!(f, "{name} is not set"),
            OptionsError::Issuer => f.write_str("PINGYI_OIDC_ISSUER is no https address"),
            OptionsError::Claim => f.write_str("PINGYI_OIDC_CLAIM is none of preferred_username, email, sub"),
            OptionsError::NoPublicUrl => {
                f.write_str("PINGYI_OIDC_ISSUER needs PINGYI_PUBLIC_URL, to which the provider sends people back")
            }
            OptionsError::Roots => f.write_str("there are no root certificates to check the OpenID provider by"),
        }
    }
}

impl std::error::Error for OptionsError {}

impl Options {
    /// The options out of `PINGYI_OIDC_ISSUER`, `PINGYI_OIDC_CLIENT_ID`, `PINGYI_OIDC_CLIENT_SECRET`, and, where they are
    /// set, `PINGYI_OIDC_NAME` and `PINGYI_OIDC_CLAIM`; `None` where no issuer is set.
    ///
    /// # Errors
    /// Any of [`OptionsError`] but [`Roots`](OptionsError::Roots).
    pub fn from(
        variable: impl Fn(&str) -> Option<String>,
        public_url: Option<&str>,
    ) -> Result<Option<Options>, OptionsError> {
        let set = |name: &str| variable(name).filter(|value| !value.is_empty());
        let Some(issuer) = set("PINGYI_OIDC_ISSUER") else { return Ok(None) };
        let needed = |name: &'static str| set(name).ok_or(OptionsError::Unset(name));
        let issuer = IssuerUrl::new(issuer).map_err(|_| OptionsError::Issuer)?;
        let is_here = matches!(issuer.url().host_str(), Some("localhost" | "127.0.0.1" | "[::1]"));
        if issuer.url().scheme() != "https" && !(is_here && issuer.url().scheme() == "http") {
            return Err(OptionsError::Issuer);
        }
        let claim = set("PINGYI_OIDC_CLAIM")
            .map_or(Ok(Claim::PreferredUsername), |name| Claim::named(&name).ok_or(OptionsError::Claim))?;
        let base = public_url.ok_or(OptionsError::NoPublicUrl)?;
        Ok(Some(Options {
            issuer,
            client_id: ClientId::new(needed("PINGYI_OIDC_CLIENT_ID")?),
            client_secret: ClientSecret::new(needed("PINGYI_OIDC_CLIENT_SECRET")?),
            name: set("PINGYI_OIDC_NAME"),
            claim,
            back_to: RedirectUrl::new(format!("{base}{BACK}")).map_err(|_| OptionsError::NoPublicUrl)?,
        }))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const ALL: [(&str, &str); 3] = [
        ("PINGYI_OIDC_ISSUER", "https://id.example"),
        ("PINGYI_OIDC_CLIENT_ID", "pingyi"),
        ("PINGYI_OIDC_CLIENT_SECRET", "word"),
    ];

    fn read(but: &[(&str, &str)], public_url: Option<&str>) -> Result<Option<Options>, OptionsError> {
        let variable = |name: &str| {
            let own = but.iter().chain(&ALL).find(|(known, _)| *known == name);
            own.map(|(_, value)| (*value).to_owned())
        };
        Options::from(variable, public_url)
    }

    #[test]
    fn a_provider_is_whole_or_named_as_missing() {
        let options = read(&[], Some("https://pingyi.example")).unwrap().unwrap();
        assert_eq!(options.back_to.as_str(), "https://pingyi.example/api/session/openid/back");
        assert_eq!(options.claim, Claim::PreferredUsername);
        assert!(read(&[("PINGYI_OIDC_ISSUER", "")], None).unwrap().is_none());
        let refused = |but: &[(&str, &str)], url| read(but, url).err();
        let url = Some("https://pingyi.example");
        assert_eq!(
            refused(&[("PINGYI_OIDC_CLIENT_SECRET", "")], url),
            Some(OptionsError::Unset("PINGYI_OIDC_CLIENT_SECRET"))
        );
        assert_eq!(refused(&[("PINGYI_OIDC_CLAIM", "name")], url), Some(OptionsError::Claim));
        assert_eq!(refused(&[], None), Some(OptionsError::NoPublicUrl));
        assert_eq!(refused(&[("PINGYI_OIDC_ISSUER", "http://id.example")], url), Some(OptionsError::Issuer));
        assert_eq!(refused(&[("PINGYI_OIDC_ISSUER", "id.example")], url), Some(OptionsError::Issuer));
        assert!(read(&[("PINGYI_OIDC_ISSUER", "http://127.0.0.1:4000")], url).is_ok());
    }
}
