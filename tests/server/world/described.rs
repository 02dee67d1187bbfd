//! Every answer a test meets is held against the API's description: its status and its kind must stand there.

use std::sync::OnceLock;

use serde_json::Value;

/// The description, as the server gives it.
pub fn api() -> &'static Value {
    static API: OnceLock<Value> = OnceLock::new();
    API.get_or_init(|| serde_json::to_value(undersigned::api::document()).expect("JSON"))
}

/// The described addresses, each with its operations by upper-case method.
pub fn addresses() -> impl Iterator<Item = (&'static str, Vec<(String, &'static Value)>)> {
    api()["paths"].as_object().expect("paths").iter().map(|(path, item)| {
        let operations = item.as_object().expect("operations").iter();
        (path.as_str(), operations.map(|(method, operation)| (method.to_uppercase(), operation)).collect())
    })
}

/// Fails where the description does not know this answer. What it does not describe at all (the work pages, the demo's letters)
/// passes.
#[track_caller]
pub fn hold(method: &str, url: &str, status: u16, kind: &str) {
    let path = url.split_once("://").and_then(|(_, rest)| rest.split_once('/')).map_or("", |(_, path)| path);
    let path = path.split(['?', '#']).next().unwrap_or_default();
    let matching: Vec<_> = addresses().filter(|(template, _)| fits(template, path)).collect();
    let method = if method == "HEAD" { "GET" } else { method };
    let described: Vec<_> = matching
        .iter()
        .flat_map(|(template, operations)| operations.iter().map(move |one| (template, one)))
        .filter(|(_, (of, _))| of == method)
        .collect();
    if described.is_empty() {
        // Other sites' pages and wrong packings are turned away before anybody looks at the method.
        assert!(matching.is_empty() || matches!(status, 403 | 405 | 406), "{method} /{path} answered {status}, but it is no operation");
        return;
    }
    let knows = |operation: &Value| {
        let response = &operation["responses"][status.to_string()];
        let kinds = response["content"].as_object();
        response.is_object() && kinds.is_none_or(|kinds| kinds.keys().any(|known| kind.starts_with(known.as_str())))
    };
    let known = described.iter().any(|(_, (_, operation))| knows(operation));
    assert!(known, "{method} {} answered {status} as “{kind}”, which its description does not say", described[0].0);
}

/// Whether an address is of this form: `/api/rounds/{id}`.
fn fits(template: &str, path: &str) -> bool {
    let parts = |path: &str| path.split('/').filter(|part| !part.is_empty()).map(str::to_owned).collect::<Vec<_>>();
    let (template, path) = (parts(template), parts(path));
    template.len() == path.len() && template.iter().zip(&path).all(|(wanted, part)| wanted.starts_with('{') || wanted == part)
}
