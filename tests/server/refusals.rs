//! What must be refused at the door, clearly, with nothing lost.

use serde_json::json;

use crate::world::{Database, World};

both_databases! {
    async fn malformed_oversized_and_mistyped_bodies_are_refused(world) {
        let ana = world.coordinator().await;
        let send = |kind: &'static str, body: Vec<u8>| ana.request("POST", "/api/statements").header("content-type", kind).body(body);
        ana.send(send("application/json", b"{\"title\": ".to_vec())).await.refused(400, "malformed");
        ana.send(send("application/json", b"[]".to_vec())).await.refused(400, "malformed");
        ana.send(send("text/plain", b"{}".to_vec())).await.refused(415, "wrong-content-type");
        ana.send(send("application/json", vec![b' '; 100_000])).await.refused(413, "too-large");
        ana.send(send("application/json", [b"{\"title\":".as_slice(), &b"[".repeat(30_000)].concat())).await.refused(400, "malformed");
        ana.post("/api/statements", json!({ "title": "", "language": "en" })).await.refused(422, "field-missing");
        ana.post("/api/statements", json!({ "title": "x".repeat(301), "language": "en" })).await.refused(422, "field-too-long");
        ana.post("/api/statements", json!({ "title": "x", "language": "not a tag" })).await.refused(422, "field-invalid");
        ana.post("/api/statements", json!({ "title": "x", "language": "en", "extra": 1 })).await.refused(400, "malformed");
        let import = ana.request("POST", "/api/organisations/import").header("content-type", "application/json").body("{}");
        ana.send(import).await.refused(415, "wrong-content-type");
        let import = ana.request("POST", "/api/organisations/import").header("content-type", "text/csv").body(vec![b'x'; 3_000_000]);
        assert_eq!(ana.send(import).await.status, 413);
        assert_eq!(ana.get("/api/statements").await.good()["statements"], json!([]), "nothing of it was stored");
    }

    async fn other_sites_pages_can_start_nothing(world) {
        let ana = world.coordinator().await;
        let body = json!({ "title": "Forged", "language": "en" });
        for (name, value) in [("origin", "https://evil.example"), ("origin", "null"), ("sec-fetch-site", "cross-site")] {
            let request = ana.request("POST", "/api/statements").header(name, value).json(&body);
            ana.send(request).await.refused(403, "foreign-origin");
        }
        let form = ana.request("POST", "/sign-in").header("origin", "https://evil.example").header("content-type", "application/x-www-form-urlencoded").body("email=a");
        assert_eq!(ana.send(form).await.status, 403);
        let drafters = world.ids(&["ORG-001"]).await;
        let id = ana.starts_a_statement("Keep the library open", &drafters, "Books are for everybody.").await;
        let socket = |origin: &str| {
            let upgrade = ana.request("GET", &format!("/collab/{id}")).header("connection", "upgrade").header("upgrade", "websocket");
            upgrade.header("sec-websocket-version", "13").header("sec-websocket-key", "dGhlIHNhbXBsZSBub25jZQ==").header("origin", origin.to_owned())
        };
        ana.send(socket("https://evil.example")).await.refused(403, "foreign-origin");
        let own = socket(&world.url).send().await.expect("an answer");
        assert_eq!(own.status(), 101, "our own pages open the socket");
        drop(own);
        let own = ana.request("POST", "/api/statements").header("origin", &world.url).json(&body);
        assert_eq!(ana.send(own).await.status, 201);
    }

    async fn who_would_leave_http_where_nothing_agrees_is_answered_like_everybody(world) {
        let (ana, stranger) = (world.coordinator().await, world.stranger());
        let leaves = |who: &crate::world::Person, path: &str| who.request("GET", path).header("connection", "upgrade").header("upgrade", "websocket");
        stranger.send(leaves(&stranger, "/api/me")).await.refused(401, "signed-out");
        for path in ["/sign-in", "/style/public.css", "/no/such/page"] {
            let plain = ana.get(path).await;
            let left = ana.send(leaves(&ana, path)).await;
            assert_eq!((left.status, left.body.len()), (plain.status, plain.body.len()), "{path}");
            assert!(left.headers.contains_key("content-security-policy"), "{path}");
            assert_eq!(left.headers["connection"], "close", "{path}");
        }
        // Whoever asks for a socket and speaks no WebSocket has taken no seat.
        let id = ana.starts_a_statement("Keep the library open", &[], "Books are for everybody.").await;
        assert_eq!(ana.send(leaves(&ana, &format!("/collab/{id}"))).await.status, 400);
    }

    async fn every_answer_keeps_browsers_honest(world) {
        let stranger = world.stranger();
        for path in ["/sign-in", "/api/me", "/healthz", "/no/such/page", "/style/public.css"] {
            let answer = stranger.get(path).await;
            let header = |name: &str| answer.headers.get(name).and_then(|value| value.to_str().ok()).unwrap_or_default().to_owned();
            let policy = header("content-security-policy");
            assert!(policy.starts_with("default-src 'self'") && policy.contains("frame-ancestors 'none'") && !policy.contains("unsafe"), "{path}: {policy}");
            assert_eq!(header("x-content-type-options"), "nosniff", "{path}");
            assert_eq!(header("referrer-policy"), "same-origin", "{path}");
            assert!(!header("x-request-id").is_empty(), "{path}");
        }
    }

    async fn freezing_an_empty_text_is_refused(world) {
        let ana = world.coordinator().await;
        let started = ana.post("/api/statements", json!({ "title": "Empty", "language": "en" })).await.good();
        let id = started["id"].as_str().unwrap();
        ana.tries_to_freeze(id).await.refused(422, "text-unsettled");
        assert_eq!(ana.get(&format!("/api/statements/{id}")).await.good()["state"], "drafting");
    }

    async fn a_text_that_no_file_could_print_is_not_frozen(world) {
        let ana = world.coordinator().await;
        let drafters = world.ids(&["ORG-001"]).await;
        let id = ana.starts_a_statement("Keep the library open", &drafters, "Cuneiform: \u{12000}.").await;
        ana.tries_to_freeze(&id).await.refused(422, "text-unsettled");
        let id = ana.starts_a_statement(&"long ".repeat(59), &drafters, "Books are for everybody.").await;
        ana.freezes(&id).await;
    }

    async fn a_server_that_lost_a_key_does_not_start_with_another(world) {
        world.coordinator().await;
        world.is_stopped();
        let keys = world.data.join("keys");
        for name in ["letters.key", "log.key", "jwt.key"] {
            let kept = std::fs::read(keys.join(name)).unwrap();
            std::fs::remove_file(keys.join(name)).unwrap();
            let said = world.refused_command(&["serve", "--listen", "127.0.0.1:0"]);
            assert!(said.contains(name) && said.contains("put the key back"), "{said}");
            world.refused_command(&["admin", "link", "focalpoint@ajo-ch.example"]);
            assert!(!keys.join(name).exists(), "nothing was put in its place");
            std::fs::write(keys.join(name), kept).unwrap();
        }
        world.start();
        world.coordinator().await.get("/api/statements").await.good();
    }

    async fn publishing_needs_a_closed_round(world) {
        let ana = world.coordinator().await;
        let organisations = world.ids(&["ORG-001"]).await;
        let id = ana.starts_a_statement("Keep the library open", &organisations, "Books are for everybody.").await;
        ana.tries_to_publish(&id).await.refused(409, "statement-not-closed");
        ana.freezes(&id).await;
        ana.tries_to_publish(&id).await.refused(409, "statement-not-closed");
        let round = ana.opens_a_round(&id, &organisations, 24).await;
        ana.tries_to_publish(&id).await.refused(409, "statement-not-closed");
        ana.tries_to_reopen(&id).await.refused(409, "statement-round-standing");
        ana.closes(&round).await;
        ana.publishes(&id).await;
        ana.tries_to_publish(&id).await.refused(409, "statement-not-closed");
    }
}

#[test]
fn an_unknown_database_is_refused_without_repeating_its_password() {
    let world = World::empty_on(Database::Postgres { url: "mysql://root:hunter2@db/x".into() });
    let said = world.refused_command(&["serve", "--listen", "127.0.0.1:0"]);
    assert!(said.contains("sqlite:PATH or postgres://") && !said.contains("hunter2"), "{said}");
    let world = World::empty_on(Database::Postgres { url: "postgresql:x".into() });
    world.refused_command(&["serve", "--listen", "127.0.0.1:0"]);
    assert!(!std::path::Path::new("postgresql:x").exists());
}
