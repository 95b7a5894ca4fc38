//! What holds for the whole installation. Who must do what by it says `wire`; that they do, the API.

use scoring::json::Value;
use wire::settings::{SecondFactorRule, Settings, SettingsChange};

use crate::audit::change::{ACCOUNTS, Change};
use crate::database::{Item, Table, Write, keys};
use crate::error::StoreError;
use crate::ids::Actor;
use crate::store::Store;

impl Store {
    /// The settings as they are; what nobody set is as at the beginning.
    ///
    /// # Errors
    /// [`StoreError::Unavailable`]; [`StoreError::Corrupt`] where a newer version has set what this one does not know.
    pub async fn settings(&self) -> Result<Settings, StoreError> {
        let Some(item) = self.database.get(Table::Main, &keys::settings()).await? else {
            return Ok(Settings { second_factor: SecondFactorRule::ALL[0] });
        };
        let word = item.text("second_factor")?;
        let known = SecondFactorRule::ALL.into_iter().find(|rule| rule.as_str() == word);
        Ok(Settings { second_factor: known.ok_or(StoreError::Corrupt)? })
    }

    /// Changes what is asked for: the settings as they are then.
    ///
    /// # Errors
    /// [`StoreError::Unavailable`].
    pub async fn change_settings(&self, actor: Actor<'_>, what: &SettingsChange) -> Result<Settings, StoreError> {
        let mut change = Change::begin(self, ACCOUNTS, actor).await?;
        loop {
            let mut settings = self.settings().await?;
            if let Some(rule) = what.second_factor {
                settings.second_factor = rule;
            }
            let item = Item::at(keys::settings()).with_text("second_factor", settings.second_factor.as_str());
            if change.commit("settings_put", Value::of(&settings), vec![Write::put(item)]).await? {
                return Ok(settings);
            }
        }
    }
}
