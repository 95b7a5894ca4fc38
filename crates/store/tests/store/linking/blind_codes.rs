//! Codes that buy tokens, and the tokens.

use super::*;

/// What is kept of a spent token names neither a code nor a ballot; and of what the code keeps nothing leads to the token.
#[tokio::test]
async fn a_spent_token_holds_period_group_and_itself_and_nothing_else() {
    let home = tempfile::tempdir().unwrap();
    let house = House::in_directory(home.path()).await;
    let (plan, codes) = open_blind(&house, true).await;
    let token = exchange(&house, &plan, &codes[0]).await.unwrap();
    let ballot = house.ballot_id();
    cast_with(&house, &plan, &token, &ballot, &some_marks(1)).await;
    let all = rows(&home.path().join("box.1.db"), "box");
    let spent: Vec<&Row> = all.iter().filter(|row| row.1.contains("TOKEN#")).collect();
    assert_eq!(spent.len(), 1);
    let scoring::json::Value::Object(attributes) = json(&spent[0].3) else { panic!("an item is an object") };
    let mut names: Vec<&str> = attributes.iter().map(|(name, _)| name.as_str()).collect();
    names.sort_unstable();
    assert_eq!(names, ["PK", "SK", "term", "token", "voters"]);
    for other in all.iter().filter(|row| !row.1.contains("TOKEN#")) {
        assert!(!other.3.contains(&name_of(&spent[0].2)), "{}", other.1);
    }
    for id in [codes[0].to_string(), ballot.to_string()] {
        assert!(!spent[0].3.contains(&id));
    }
}

#[tokio::test]
async fn blind_codes_that_are_exchanged_and_cast_in_one_breath_are_not_linked_after_closing() {
    let home = tempfile::tempdir().unwrap();
    let mut voted;
    {
        let house = House::in_directory(home.path()).await;
        let (plan, codes) = open_blind(&house, true).await;
        voted = Voted::begin(plan.clone());
        for (number, code) in shuffled(&house, &codes).iter().enumerate() {
            let ballot = house.ballot_id();
            let token = exchange(&house, &plan, code).await.unwrap();
            cast_with(&house, &plan, &token, &ballot, &some_marks(number)).await;
            voted.note(code, &ballot);
        }
        let mut open = voted.by_file(home.path());
        println!("open, in one breath: {open:?}");
        for order_of_writes in ["row", "first byte", "last byte", "log"] {
            open.remove(order_of_writes);
        }
        assert_chance(&open, "one copy of the tables while open");
        house.store.close_plan(PLANNER, &plan).await.unwrap();
    }
    assert_chance(&voted.by_file(home.path()), "after closing");
}
