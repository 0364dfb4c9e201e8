use sea_orm_migration::prelude::*;

use crate::table::{drop, table};

#[derive(DeriveMigrationName)]
pub(crate) struct Migration;

#[async_trait::async_trait]
impl MigrationTrait for Migration {
    async fn up(&self, m: &SchemaManager) -> Result<(), DbErr> {
        // What a vote needs while it is under way, and who opened, closed and published it. The pepper goes when it closes.
        table(m, "vote")
            .identity("dialogue_id")
            .foreign("dialogue_id", "dialogue")
            .bytes("pepper")
            .text_null("opened_at")
            .text_null("opened_by")
            .text_null("closed_at")
            .text_null("closed_by")
            .text_null("published_at")
            .text_null("published_by")
            .create()
            .await?;
        // Who votes for a local authority: the first, the second. No names.
        table(m, "vote_delegate")
            .identity("id")
            .id("dialogue_id")
            .foreign("dialogue_id", "dialogue")
            .id("cluster_id")
            .foreign("cluster_id", "cluster")
            .id("authority_id")
            .foreign("authority_id", "local_authority")
            .int("ordinal")
            .text("note")
            .unique(&["dialogue_id", "authority_id", "ordinal"])
            .create()
            .await?;
        // A code that was given out, as a digest. Of its use only that it was used: no time, no order, no ballot.
        table(m, "vote_code")
            .text("digest")
            .id("dialogue_id")
            .foreign("dialogue_id", "dialogue")
            .id("delegate_id")
            .foreign("delegate_id", "vote_delegate")
            .bool("used")
            .unique(&["digest"])
            .unique(&["delegate_id"])
            .indexed(&["dialogue_id"])
            .create()
            .await?;
        // The ballots of a cluster until the vote closes: all of them in one row, in the order of their random keys. A row for
        // each ballot would tell, by its place and its transaction, when it was cast. The row without a cluster holds, after the
        // close, the ballots of clusters that are too small to be told by themselves.
        table(m, "ballot_box")
            .id("dialogue_id")
            .foreign("dialogue_id", "dialogue")
            .id_null("cluster_id")
            .foreign("cluster_id", "cluster")
            .int("codes")
            .int("electronic")
            .int("paper")
            .int("spoiled")
            .bool("merged")
            .text("ballots")
            .unique(&["dialogue_id", "cluster_id"])
            .create()
            .await?;
        // Paper ballots as two people typed them in, until both say the same.
        table(m, "paper_ballot")
            .id("dialogue_id")
            .foreign("dialogue_id", "dialogue")
            .id("cluster_id")
            .foreign("cluster_id", "cluster")
            .int("pass")
            .int("number")
            .text("choices")
            .bool("spoiled")
            .id_null("authority_id")
            .text("entered_by")
            .bool("accepted")
            .unique(&["dialogue_id", "cluster_id", "pass", "number"])
            .create()
            .await
    }

    async fn down(&self, m: &SchemaManager) -> Result<(), DbErr> {
        drop(m, &["paper_ballot", "ballot_box", "vote_code", "vote_delegate", "vote"]).await
    }
}
