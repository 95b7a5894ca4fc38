//! Prints the two tables as JSON, for the test that compares them with the stack's template: what `CreateTable`,
//! `UpdateTimeToLive` and `UpdateContinuousBackups` would be told.

fn main() {
    let tables = store::tables().map(|table| {
        serde_json::json!({
            "TableName": table.name,
            "BillingMode": match table.billing { store::Billing::PayPerRequest => "PAY_PER_REQUEST" },
            "AttributeDefinitions": [
                { "AttributeName": table.partition_key, "AttributeType": "S" },
                { "AttributeName": table.sort_key, "AttributeType": "S" },
            ],
            "KeySchema": [
                { "AttributeName": table.partition_key, "KeyType": "HASH" },
                { "AttributeName": table.sort_key, "KeyType": "RANGE" },
            ],
            "TimeToLiveSpecification": table
                .time_to_live
                .map(|attribute| serde_json::json!({ "AttributeName": attribute, "Enabled": true })),
            "PointInTimeRecoverySpecification": { "PointInTimeRecoveryEnabled": table.point_in_time_recovery },
            "StreamSpecification": { "StreamEnabled": table.stream },
            "DeletionProtectionEnabled": table.deletion_protection,
        })
    });
    println!("{:#}", serde_json::json!(tables));
}
