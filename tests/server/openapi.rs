//! The API's description is whole, and the one the work pages were generated from is the present one.

#[test]
fn every_operation_says_who_may_call_it() {
    let api = serde_json::to_value(undersigned::api::document()).unwrap();
    assert!(api["openapi"].as_str().unwrap().starts_with("3.1"));
    let mut seen = std::collections::BTreeSet::new();
    for (path, operations) in api["paths"].as_object().unwrap() {
        for (method, operation) in operations.as_object().unwrap() {
            let id = operation["operationId"].as_str().unwrap_or_else(|| panic!("{method} {path} has an operationId"));
            assert!(seen.insert(id.to_owned()), "{id} is used twice");
            assert!(operation["x-permit"].is_string(), "{id} says who may call it");
            assert!(operation["responses"].as_object().is_some_and(|all| !all.is_empty()), "{id} says what it answers");
        }
    }
    assert!(seen.len() > 30);
}

/// `make openapi` writes the file anew; the TypeScript client is generated from it.
#[test]
fn the_committed_description_is_current() {
    let path = concat!(env!("CARGO_MANIFEST_DIR"), "/web/openapi.json");
    let present = format!("{}\n", serde_json::to_string_pretty(&undersigned::api::document()).unwrap());
    if std::env::var_os("UNDERSIGNED_WRITE_OPENAPI").is_some() {
        std::fs::write(path, &present).unwrap();
    }
    let committed = std::fs::read_to_string(path).unwrap_or_default();
    assert!(committed == present, "web/openapi.json is not what the server says; run `make openapi` and look at the difference");
}
