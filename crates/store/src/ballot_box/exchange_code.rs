//! A blind group's code exchanged for a token.
//!
//! The code then says that it was exchanged, and for which blinded element; it casts no ballot any more. The token
//! that the voter makes of the answer cannot be joined to the element, so the box holds nothing that leads from a code
//! to a ballot, even for someone who knows whose code it was and watched the exchange.

use super::blind_key::{Blinded, Evaluated};
use crate::database::{Condition, Table, Update, keys};
use crate::error::StoreError;
use crate::ids::{CodeHash, PlanId};
use crate::store::Store;

impl Store {
    /// Exchanges a code. The same code with the same element is answered again.
    ///
    /// # Errors
    /// As [`Store::ballot_paper`]; [`StoreError::CodeUsed`] when the code was used or exchanged for another element;
    /// [`StoreError::UnknownPlace`] when its group is not blind, or its paper is narrowed to some units and would say
    /// who votes: such a code casts its ballot itself.
    pub async fn exchange_code(
        &self,
        plan: &PlanId,
        code: &CodeHash,
        blinded: &Blinded,
    ) -> Result<Evaluated, StoreError> {
        let voter = self.ballot_paper(plan, code).await?;
        if voter.units.is_some() || voter.unit.is_some() {
            return Err(StoreError::UnknownPlace);
        }
        // Before the code is marked: an answer that cannot be given must cost nobody their vote.
        let evaluated = self.evaluate(plan, &voter.period, &voter.group, blinded).await?;
        let exchange = Update::of(keys::code(plan, code), "SET exchanged = :mark")
            .with(":mark", blinded.mark().as_str())
            .when(Condition::that(
                "attribute_exists(PK) AND attribute_not_exists(used) \
                 AND attribute_not_exists(voided) AND (attribute_not_exists(exchanged) OR exchanged = :mark)",
            ));
        if self.database.write(Table::Box, exchange, &self.pause).await? {
            Ok(evaluated)
        } else {
            Err(self.why_not(plan, code).await?)
        }
    }
}
