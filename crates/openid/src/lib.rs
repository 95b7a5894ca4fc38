//! Sign-in through an OpenID Connect provider: where a browser is sent, and who comes back.
//!
//! Owns the flow (OpenID Connect Core 1.0, authorization code with PKCE) and what is believed: an ID token that the
//! provider signed, for this client, in answer to this very question. Refuses to own accounts, sessions and routes: it
//! answers with a name, and whoever asks looks for an account of that name.

mod http_client;
mod options;
mod question;

pub use options::{BACK, Claim, Options, OptionsError};
pub use question::Question;

use std::fmt;
use std::time::{Duration, Instant};

use openidconnect::core::{CoreAuthenticationFlow, CoreClient, CoreProviderMetadata, CoreUserInfoClaims};
use openidconnect::{
    AccessTokenHash, AuthorizationCode, CsrfToken, EndpointMaybeSet, EndpointNotSet, EndpointSet, Nonce,
    OAuth2TokenResponse, PkceCodeChallenge, PkceCodeVerifier, Scope, TokenResponse,
};
use tokio::sync::Mutex;

use http_client::HttpClient;

/// How long what the provider says of itself is used to send browsers to it. Who comes back is always held against its
/// keys of that moment.
const KNOWN_FOR: Duration = Duration::from_secs(600);

/// The provider says no, cannot be reached, or is not believed.
#[derive(Debug)]
pub enum OpenIdError {
    /// It cannot be reached, or does not answer as OpenID Connect asks.
    Unavailable,
    /// What came back is no answer to the question, was asked for a second time, or is not signed by the provider.
    NotProven,
    /// Whoever it is, the claim that names an account is missing, or the provider has not verified it.
    NoName,
}

impl fmt::Display for OpenIdError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            OpenIdError::Unavailable => "the OpenID provider does not answer",
            OpenIdError::NotProven => "the OpenID provider's answer is not proven",
            OpenIdError::NoName => "the OpenID provider names no account",
        })
    }
}

impl std::error::Error for OpenIdError {}

type Client =
    CoreClient<EndpointSet, EndpointNotSet, EndpointNotSet, EndpointNotSet, EndpointMaybeSet, EndpointMaybeSet>;

/// A provider that accounts sign in through.
pub struct Provider {
    options: Options,
    http: HttpClient,
    known: Mutex<Option<(Instant, CoreProviderMetadata)>>,
}

impl fmt::Debug for Provider {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Provider").field("issuer", &self.options.issuer).finish_non_exhaustive()
    }
}

impl Provider {
    /// A provider; it is first asked when somebody signs in.
    ///
    /// # Errors
    /// [`OptionsError::Roots`] where this machine has no list of certificates.
    pub fn new(options: Options) -> Result<Provider, OptionsError> {
        let http = HttpClient::new().map_err(|_| OptionsError::Roots)?;
        Ok(Provider { options, http, known: Mutex::new(None) })
    }

    /// What people call it: its name, or its host's.
    #[must_use]
    pub fn name(&self) -> &str {
        self.options.name.as_deref().unwrap_or_else(|| self.options.issuer.url().host_str().unwrap_or_default())
    }

    /// The address that a browser is sent to, and the question that its cookie keeps until it comes back.
    ///
    /// # Errors
    /// [`OpenIdError::Unavailable`].
    pub async fn ask(&self) -> Result<(String, Question), OpenIdError> {
        let client = self.client(KNOWN_FOR).await?;
        let (challenge, verifier) = PkceCodeChallenge::new_random_sha256();
        let scopes = ["profile", "email"].map(|name| Scope::new(name.to_owned()));
        let (address, state, nonce) = client
            .authorize_url(CoreAuthenticationFlow::AuthorizationCode, CsrfToken::new_random, Nonce::new_random)
            .add_scopes(scopes)
            .set_pkce_challenge(challenge)
            .url();
        let question =
            Question { state: state.into_secret(), nonce: nonce.secret().clone(), verifier: verifier.into_secret() };
        Ok((address.into(), question))
    }

    /// The name of the account that came back, by the answer's code and state.
    ///
    /// # Errors
    /// Any of [`OpenIdError`].
    pub async fn answered(&self, question: Question, code: String, state: &str) -> Result<String, OpenIdError> {
        if !question.is_asked_by(state) {
            return Err(OpenIdError::NotProven);
        }
        let client = self.client(Duration::ZERO).await?;
        let tokens = client
            .exchange_code(AuthorizationCode::new(code))
            .map_err(|_| OpenIdError::Unavailable)?
            .set_pkce_verifier(PkceCodeVerifier::new(question.verifier))
            .request_async(&self.http)
            .await
            .map_err(|error| match error {
                openidconnect::RequestTokenError::ServerResponse(_) => OpenIdError::NotProven,
                _ => OpenIdError::Unavailable,
            })?;
        let token = tokens.id_token().ok_or(OpenIdError::NotProven)?;
        let verifier = client.id_token_verifier();
        let claims = token.claims(&verifier, &Nonce::new(question.nonce)).map_err(|_| OpenIdError::NotProven)?;
        if let Some(expected) = claims.access_token_hash() {
            let algorithm = token.signing_alg().map_err(|_| OpenIdError::NotProven)?;
            let key = token.signing_key(&verifier).map_err(|_| OpenIdError::NotProven)?;
            let found = AccessTokenHash::from_token(tokens.access_token(), algorithm, key);
            if !found.is_ok_and(|found| found == *expected) {
                return Err(OpenIdError::NotProven);
            }
        }
        if let Some(name) = self.options.claim.of(claims) {
            return Ok(name);
        }
        // A provider may keep what a scope asks for out of its tokens (Core 1.0, 5.4). Its answer is about the token's
        // subject or is refused.
        let asked = client.user_info(tokens.access_token().clone(), Some(claims.subject().clone()));
        let told: CoreUserInfoClaims = asked
            .map_err(|_| OpenIdError::NoName)?
            .request_async(&self.http)
            .await
            .map_err(|_| OpenIdError::Unavailable)?;
        self.options.claim.told(&told).ok_or(OpenIdError::NoName)
    }

    /// The client, by what the provider said of itself no longer ago than this.
    async fn client(&self, at_most: Duration) -> Result<Client, OpenIdError> {
        let mut known = self.known.lock().await;
        let fresh = known.as_ref().filter(|(since, _)| since.elapsed() < at_most);
        let metadata = match fresh {
            Some((_, metadata)) => metadata.clone(),
            None => {
                let found = CoreProviderMetadata::discover_async(self.options.issuer.clone(), &self.http).await;
                let metadata = found.map_err(|_| OpenIdError::Unavailable)?;
                *known = Some((Instant::now(), metadata.clone()));
                metadata
            }
        };
        let (id, secret) = (self.options.client_id.clone(), self.options.client_secret.clone());
        Ok(CoreClient::from_provider_metadata(metadata, id, Some(secret))
            .set_redirect_uri(self.options.back_to.clone()))
    }
}
