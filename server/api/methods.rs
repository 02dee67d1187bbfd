//! The methods an address takes, by its description.

use utoipa::openapi::{HttpMethod, OpenApi, PathItem, path::Operation};

/// For `Allow`. What is not described are pages and their files.
pub fn methods(document: &OpenApi, pattern: &str) -> Vec<&'static str> {
    let Some(item) = document.paths.paths.get(pattern) else { return vec!["GET", "HEAD"] };
    operations(&mut item.clone())
        .flat_map(|(method, _)| match method {
            // The head is the answer without its body.
            HttpMethod::Get => &["GET", "HEAD"][..],
            HttpMethod::Put => &["PUT"],
            _ => &["POST"],
        })
        .copied()
        .collect()
}

/// What is there of the methods that this API uses.
pub fn operations(item: &mut PathItem) -> impl Iterator<Item = (HttpMethod, &mut Operation)> {
    let PathItem { get, put, post, .. } = item;
    let all = [(HttpMethod::Get, get), (HttpMethod::Put, put), (HttpMethod::Post, post)];
    all.into_iter().filter_map(|(method, operation)| Some((method, operation.as_mut()?)))
}
