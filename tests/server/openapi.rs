//! The API's description is whole, and the one the work pages were generated from is the present one.

use std::collections::BTreeSet;

use serde_json::Value;
use undersigned::words::Words;

use crate::world::described::{addresses, api};

#[test]
fn every_operation_says_who_may_call_it() {
    assert!(api()["openapi"].as_str().unwrap().starts_with("3.1"));
    let mut seen = BTreeSet::new();
    for (path, operations) in addresses() {
        for (method, operation) in operations {
            let id = operation["operationId"].as_str().unwrap_or_else(|| panic!("{method} {path} has an operationId"));
            assert!(seen.insert(id.to_owned()), "{id} is used twice");
            assert!(operation["x-permit"].is_string(), "{id} says who may call it");
            assert!(operation["responses"].as_object().is_some_and(|all| !all.is_empty()), "{id} says what it answers");
        }
    }
    assert!(seen.len() > 30);
}

#[test]
fn parameters_are_the_address_s_own_and_query_strings_hold_no_null() {
    for (path, operations) in addresses() {
        let in_path: BTreeSet<&str> = path.split(['{', '}']).skip(1).step_by(2).collect();
        for (method, operation) in operations {
            let parameters: Vec<&Value> = operation["parameters"].as_array().into_iter().flatten().collect();
            let described = parameters.iter().filter(|one| one["in"] == "path").map(|one| one["name"].as_str().unwrap());
            assert_eq!(described.collect::<BTreeSet<_>>(), in_path, "{method} {path}");
            for one in parameters.iter().filter(|one| one["in"] == "query") {
                assert!(!one["schema"].to_string().contains("null"), "{method} {path}: {one}");
            }
        }
    }
}

#[test]
fn refusals_are_problems_to_programs_and_pages_to_people() {
    for (path, operations) in addresses() {
        let kind = match path {
            "/healthz" | "/readyz" => "text/plain",
            _ if path.starts_with("/api/") || path.starts_with("/collab/") => "application/problem+json",
            _ => "text/html",
        };
        for (method, operation) in operations {
            for (status, response) in operation["responses"].as_object().unwrap() {
                assert!(status.parse::<u16>().is_ok(), "{method} {path} answers {status}, which is no status");
                assert!(!response["description"].as_str().unwrap_or_default().is_empty(), "{method} {path} says why it answers {status}");
                if status.starts_with(['4', '5']) {
                    let codes = response["description"].as_str().unwrap_or_default().split(", ");
                    let unknown: Vec<&str> = codes.filter(|code| Words::of("en").refusal(code, &[]).is_none()).collect();
                    assert_eq!(unknown, [""; 0], "{method} {path} answers {status} with codes that nobody says");
                    assert_eq!(response["content"].as_object().unwrap().keys().collect::<Vec<_>>(), [kind], "{method} {path} {status}");
                }
            }
            for always in ["406", "500", "503"] {
                assert!(operation["responses"][always].is_object(), "{method} {path} can answer {always}");
            }
        }
    }
}

/// What is written into the description by hand is what the server holds to.
#[test]
fn bounds_are_the_servers_own() {
    use undersigned::{accounts, organisations, signing, statements};
    let schemas = &api()["components"]["schemas"];
    for (schema, field, bound, limit) in [
        ("AskForm", "email", "maxLength", accounts::limits::EMAIL_CHARS_MAX),
        ("StartStatement", "title", "maxLength", statements::limits::TITLE_CHARS_MAX),
        ("StartStatement", "forum", "maxLength", statements::limits::FORUM_CHARS_MAX),
        ("DraftersBody", "organisations", "maxItems", organisations::limits::ORGANISATIONS_MAX),
        ("OpenBody", "organisations", "maxItems", organisations::limits::ORGANISATIONS_MAX),
        ("AnswerForm", "title", "maxLength", accounts::limits::PERSON_TITLE_CHARS_MAX),
        ("AnswerForm", "reason", "maxLength", signing::limits::REASON_CHARS_MAX),
    ] {
        assert_eq!(schemas[schema]["properties"][field][bound], limit, "{schema}.{field} {bound}");
    }
    let search = &api()["paths"]["/api/organisations"]["get"]["parameters"][0];
    assert_eq!(
        (search["name"].as_str(), &search["schema"]["maxLength"]),
        (Some("search"), &organisations::limits::SEARCH_CHARS_MAX.into())
    );
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
