//! Whatever goes wrong, people are shown a page with a whole sentence and a way on, programs a problem document, and neither is
//! told back what stood in the address: it may be a key. Every address × every way to fail.

use undersigned::store::{Address, Store};

use crate::world::{
    Database, Person, World,
    described::addresses,
    people::{Reply, sign_on},
    wire::{Line, raw},
};

/// Stands for a letter's key, or for whatever somebody typed.
const KEY: &str = "k3ythatnobodymayseeagaink3ythatnobodymayseeagaink3yt";
const ID: &str = "01hzzzzzzzzzzzzzzzzzzzzzzz";
const FORM: &str = "application/x-www-form-urlencoded";
const METHODS: [&str; 7] = ["GET", "POST", "PUT", "PATCH", "DELETE", "OPTIONS", "PROPFIND"];

/// An address with its parts filled in, and the methods it takes.
struct Place {
    path: String,
    methods: Vec<String>,
    /// Takes a form.
    form: bool,
    /// Takes JSON.
    json: bool,
}

/// The described addresses, and the pages and files that are not described.
fn places() -> Vec<Place> {
    let described = addresses().map(|(path, operations)| {
        let takes = |kind: &str| operations.iter().any(|(_, operation)| operation["requestBody"]["content"][kind].is_object());
        Place {
            path: path.replace("{id}", ID).replace("{statement}", ID).replace("{question}", ID).replace("{token}", KEY),
            methods: operations.iter().map(|(method, _)| method.clone()).collect(),
            form: takes(FORM),
            json: takes("application/json"),
        }
    });
    let file = |path: &str| Place { path: path.into(), methods: vec!["GET".into()], form: false, json: false };
    let others = ["/", "/letters", "/app", "/app/statements/x", "/app/none.js", "/favicon.svg", "/style/public.css", "/fonts/none.woff2"];
    described.chain(others.map(file)).collect()
}

/// Holds an answer to the form that the reader of its address understands.
#[track_caller]
fn is_told(what: &str, path: &str, reply: &Reply, status: u16) {
    let (kind, text) = (reply.header("content-type"), reply.text());
    let place = format!("{what} at {path}: {} {kind}\n{text}", reply.status);
    assert_eq!(reply.status, status, "{place}");
    let sentence = if path.starts_with("/api/") || path.starts_with("/collab/") {
        assert_eq!(kind, "application/problem+json", "{place}");
        let problem = reply.json();
        assert_eq!(problem["status"], status, "{place}");
        assert!(problem["code"].as_str().is_some_and(|code| !code.is_empty()), "{place}");
        problem["detail"].as_str().unwrap_or_default().to_owned()
    } else if matches!(path, "/healthz" | "/readyz") {
        assert_eq!(kind, "text/plain; charset=utf-8", "{place}");
        text.clone()
    } else {
        assert_eq!(kind, "text/html; charset=utf-8", "{place}");
        assert!(text.starts_with("<!DOCTYPE html>") && text.contains("<h1>") && text.contains("href=\"/\""), "{place}");
        let (_, lead) = text.split_once("class=\"lead\">").unwrap_or_else(|| panic!("a sentence: {place}"));
        lead.split('<').next().unwrap_or_default().to_owned()
    };
    assert!(sentence.ends_with('.') && !sentence.contains(['{', '…']), "a whole sentence: {sentence} — {place}");
    assert!(!text.contains(KEY) && !text.contains(ID), "the address is repeated: {place}");
}

/// As [`is_told`], with whatever status it has, if it is one that refuses.
#[track_caller]
fn is_told_if_refused(what: &str, path: &str, reply: &Reply) {
    if reply.status >= 400 {
        is_told(what, path, reply, reply.status);
    }
}

fn form(person: &Person, path: &str, body: impl Into<reqwest::Body>) -> reqwest::RequestBuilder {
    person.request("POST", path).header("content-type", FORM).body(body)
}

/// Makes every question to the database fail, as a fault of ours would.
fn breaks(world: &mut World) {
    world.expects("a request failed");
    world.expects("a background task failed");
    world.expects("logs cannot be read");
    let address = match world.database_url() {
        Some(url) => Address::Postgres(url.to_owned()),
        None => Address::Sqlite(world.data.join("undersigned.db")),
    };
    let store = Store::open(address).expect("the database");
    let tables = ["people", "sign_in_links", "sessions", "statements", "signing_letters", "publications"];
    let renamed = store.write_now(|tx| {
        for table in tables {
            diesel::connection::SimpleConnection::batch_execute(tx, &format!("ALTER TABLE {table} RENAME TO {table}_gone"))?;
        }
        Ok(())
    });
    renamed.expect("tables are renamed");
}

both_databases! {
    async fn wrong_methods_forms_packings_and_origins_are_told_in_the_readers_form(world) {
        let stranger = world.stranger();
        for Place { path, methods, form: takes_form, json } in places() {
            let path = path.as_str();
            for method in METHODS.iter().filter(|method| !methods.iter().any(|known| known == *method)) {
                // An id of the register may read like one of its acts.
                if path == "/api/organisations/import" && *method == "GET" {
                    continue;
                }
                let reply = stranger.send(stranger.request(method, path)).await;
                is_told(&format!("{method} instead of {methods:?}"), path, &reply, 405);
                let allowed: Vec<String> = methods.iter().map(|method| method.replace("GET", "GET, HEAD")).collect();
                assert_eq!(reply.header("allow").split(", ").collect::<std::collections::BTreeSet<_>>(), allowed.join(", ").split(", ").collect(), "{path}");
            }
            for method in &methods {
                let packed = stranger.request(method, path).header("accept-encoding", "identity;q=0");
                is_told("a packing nobody has", path, &stranger.send(packed).await, 406);
                if method != "GET" {
                    let forged = stranger.request(method, path).header("origin", "https://evil.example");
                    is_told("another site's page", path, &stranger.send(forged).await, 403);
                    is_told_if_refused("nothing sent", path, &stranger.send(stranger.request(method, path)).await);
                }
            }
            if takes_form {
                is_told("JSON instead of a form", path, &stranger.post(path, serde_json::json!({})).await, 415);
                is_told("a form without its kind", path, &stranger.send(stranger.request("POST", path).body("code=1")).await, 415);
                is_told("a form too large", path, &stranger.send(form(&stranger, path, format!("reason={}", "x".repeat(40_000)))).await, 413);
                is_told_if_refused("a garbled form", path, &stranger.send(form(&stranger, path, &b"\xff=%zz&%ff&&=&code"[..])).await);
            }
            if json {
                let method = if methods.iter().any(|one| one == "PUT") { "PUT" } else { "POST" };
                let send = |kind: &str, body: Vec<u8>| stranger.send(stranger.request(method, path).header("content-type", kind).body(body));
                // A text to start from is so long that the right comes before the reading.
                let or_signed_out = |status| if path.ends_with("/draft") { 401 } else { status };
                is_told("a form instead of JSON", path, &send(FORM, b"a=b".to_vec()).await, or_signed_out(415));
                is_told("half of JSON", path, &send("application/json", b"{\"title\"".to_vec()).await, or_signed_out(400));
                is_told("not UTF-8", path, &send("application/json", b"{\"\xff\":1}".to_vec()).await, or_signed_out(400));
                is_told("too much JSON", path, &send("application/json", vec![b' '; 600_000]).await, or_signed_out(413));
            }
        }
    }

    async fn what_keeps_the_work_pages_files_on_a_device_is_asked_for_each_time_and_serves_all_of_them(world) {
        let worker = world.stranger().get("/app/sw.js").await;
        assert_eq!(worker.status, 200);
        assert_eq!(worker.header("cache-control"), "no-cache");
        assert_eq!(worker.header("service-worker-allowed"), "/app");
        assert_eq!(worker.header("content-type"), "text/javascript; charset=utf-8");
        assert!(worker.header("content-security-policy").contains("default-src 'self'"));
    }

    async fn addresses_of_every_shape_are_told_in_the_readers_form(world) {
        let stranger = world.stranger();
        for path in ["/no/such", "/s", "/sign", "/sign/", "/s/x/statement.pdf", "/collab/x", "/api/x", "/app/x.js", "/fonts/x", "/letters", "/sign/x/y/z", "/favicon.ico"] {
            let reply = stranger.get(path).await;
            is_told("no such address", path, &reply, 404);
        }
        for place in places().iter().filter(|place| place.methods.iter().any(|method| method == "GET")) {
            let path = place.path.as_str();
            let plain = stranger.get(path).await;
            is_told_if_refused("as it is", path, &plain);
            let head = stranger.send(stranger.request("HEAD", path)).await;
            assert_eq!((head.status, head.header("content-type"), head.body.len()), (plain.status, plain.header("content-type"), 0), "{path}");
            for odd in [format!("{path}/"), format!("/{path}"), path.replacen('/', "///", 1)] {
                assert_eq!(stranger.get(&odd).await.status, plain.status, "{odd}");
            }
            is_told_if_refused("a query nobody asked for", path, &stranger.get(&format!("{path}?page=x&ticket=%ff&to=%zz&status=none-such")).await);
        }
        for garbled in ["/s/%ff%fe", "/s/%zz", "/sign/%00", "/sign/%", "/sign/%2e%2e%2f", "/api/rounds/%ff", "/collab/%zz", "/%c0%af", "/sign-in/%ff"] {
            is_told_if_refused("a garbled address", garbled, &stranger.get(garbled).await);
        }
        for (path, wanted) in [("/sign/", 404), ("/api/rounds/", 404), ("/no/", 404)] {
            let long = format!("GET {path}{} HTTP/1.1\r\nhost: x\r\nconnection: close\r\n\r\n", "x".repeat(60_000));
            let (head, body) = raw(&world.url, long.as_bytes()).await;
            assert!(head.starts_with(&format!("HTTP/1.1 {wanted}")) && body.len() < 10_000, "{head}");
            let kind = if path.starts_with("/api") { "content-type: application/problem+json" } else { "content-type: text/html" };
            assert!(head.contains(kind), "{head}");
        }
        // What is no HTTP, bytes that every browser escapes, and heads without end are turned away below us, without words.
        let flood = format!("GET / HTTP/1.1\r\n{}\r\n", "a: b\r\n".repeat(200));
        for bytes in [flood.as_bytes(), format!("GET /{} HTTP/1.1\r\n\r\n", "x".repeat(140_000)).as_bytes(), b"\x16\x03\x01 nonsense\r\n\r\n", b"GET /s/\xff\xfe HTTP/1.1\r\n\r\n", "GET /sign/é HTTP/1.1\r\n\r\n".as_bytes()] {
            let (head, _) = raw(&world.url, bytes).await;
            assert!(head.starts_with("HTTP/1.1 4") && head.contains("content-length: 0"), "{head}");
        }
        assert_eq!(stranger.get("/readyz").await.status, 200);
    }

    async fn a_form_that_stops_half_way_is_told_so(world) {
        let half = |path: &str, kind: &str| {
            format!("POST {path} HTTP/1.1\r\nhost: x\r\ncontent-type: {kind}\r\ncontent-length: 100\r\n\r\nemail=").into_bytes()
        };
        let (form, json) = (half("/sign-in", FORM), half("/api/statements", "application/json"));
        let (form, json) = tokio::join!(raw(&world.url, &form), raw(&world.url, &json));
        for ((head, body), kind) in [(form, "content-type: text/html"), (json, "content-type: application/problem+json")] {
            assert!(head.starts_with("HTTP/1.1 408") && head.contains(kind) && body.contains("took too long to arrive"), "{head}\n{body}");
        }
    }

    async fn what_broke_is_told_with_the_number_that_stands_in_the_log(world) {
        let (stranger, ana) = (world.stranger(), world.coordinator().await);
        breaks(world);
        for path in ["/", "/s/ID", "/s/ID/statement.pdf", "/s/ID/statement.txt", "/s/ID/evidence.json", "/sign/KEY", "/sign/KEY/code/ID", "/sign/KEY/receipt", "/sign/KEY/receipt.json", "/api/me", "/api/statements", "/collab/ID"] {
            let path = path.replace("ID", ID).replace("KEY", KEY);
            let reply = ana.get(&path).await;
            is_told("broken", &path, &reply, 500);
            let text = reply.text();
            let number = text.split("give the number ").nth(1).and_then(|rest| rest.split('.').next()).unwrap_or_else(|| panic!("a number: {text}"));
            assert_eq!(number.len(), 12, "{number}");
            // The log is written beside the answer, not before it.
            world.eventually("the number stands in the log", async || world.log().contains(number).then_some(())).await;
        }
        for path in ["/sign-in/KEY", "/sign/KEY/answer", "/sign/KEY/code/ID", "/sign/KEY/confirm/ID", "/sign/KEY/hand-on", "/sign/KEY/look"] {
            let path = path.replace("ID", ID).replace("KEY", KEY);
            is_told("broken", &path, &stranger.send(form(&stranger, &path, "act=sign&code=123456")).await, 500);
        }
    }

    async fn who_tries_too_often_is_told_to_wait(world) {
        let stranger = world.stranger();
        // The minute may turn while we hammer; the one after it is counted alone.
        for _ in 0..602 {
            if stranger.form("/sign-in", &[("email", "x@y.example")]).await.status == 429 {
                break;
            }
        }
        for place in places().iter().filter(|place| place.path.starts_with("/sign") && place.methods.iter().any(|method| method == "POST")) {
            is_told("too often", &place.path, &stranger.send(form(&stranger, &place.path, "email=x%40y.example")).await, 429);
        }
        assert_eq!(stranger.get("/sign-in").await.status, 200, "reading goes on");
    }

    async fn a_page_that_could_not_be_shown_leads_back_to_the_letter(world) {
        let ana = world.coordinator().await;
        let invited = world.ids(&["ORG-001"]).await;
        let statement = ana.starts_a_statement("Keep the library open", &invited, "Books are for everybody.").await;
        ana.freezes(&statement).await;
        ana.opens_a_round(&statement, &invited, 24).await;
        let josphat = Person::new(&world.url, "approver@bcap-ke.example", &world.letters_folder());
        let link = josphat.signing_link().await;
        let letter = reqwest::Url::parse(&link).unwrap();
        // Somebody reloads the address of a form, or its answer is lost.
        for (form, up) in [("answer", "."), ("hand-on", "."), ("confirm/x", ".."), ("nowhere", "."), ("no/where", "..")] {
            let reply = josphat.get(&format!("{link}/{form}")).await;
            assert_eq!(reply.status, if form.starts_with("no") { 404 } else { 405 });
            assert!(reply.text().contains(&format!("<a href=\"{up}\">Back to the text</a>")) && !reply.text().contains(letter.path()), "{}", reply.text());
            let back = letter.join(&format!("{}/{form}", letter.path())).unwrap().join(up).unwrap();
            assert!(josphat.get(back.as_str()).await.text().contains("Books are for everybody."), "{back}");
        }
        let posted = josphat.form(&link, &[]).await;
        assert!(posted.status == 405 && posted.text().contains("<a href=\"\">Open this page</a>"), "{}", posted.text());
        // What a form itself says no to stays on its page.
        let unsigned = josphat.form(&format!("{link}/answer"), &[("act", "sign")]).await;
        assert!(unsigned.status == 422 && unsigned.text().contains("Books are for everybody."));
        josphat.answers(&link, &sign_on("public")).await;
    }
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_database_that_is_away_is_told_and_one_that_came_back_is_not_noticed() {
    let Database::Postgres { url } = Database::postgres().await else { unreachable!() };
    let line = Line::to(&url).await;
    let mut world = World::on(Database::Postgres { url: line.url.clone() }).await;
    let ana = world.coordinator().await;
    // A background task may be in the middle of a transaction when the line is cut.
    world.expects("a transaction could not be rolled back");
    world.expects("a background task failed");

    // It went and came back between two requests.
    for _ in 0..3 {
        line.is_cut();
        line.is_mended();
        assert_eq!(ana.get("/api/me").await.status, 200);
        assert_eq!(ana.form("/sign-in", &[("email", "x@y.example")]).await.status, 200);
    }

    world.expects("the database does not answer");
    world.expects("r2d2: ");
    world.expects("a sign-in letter could not be queued");
    line.is_cut();
    let paths = ["/", "/s/ID", "/s/ID/statement.pdf", "/sign/KEY", "/sign/KEY/receipt.json", "/api/me", "/collab/ID", "/readyz"];
    let paths = paths.map(|path| path.replace("ID", ID).replace("KEY", KEY));
    let asked = futures_util::future::join_all(paths.iter().map(|path| ana.get(path)));
    let forms =
        ["/sign-in", "/sign-in/KEY", "/sign/KEY/answer", "/sign/KEY/confirm/ID"].map(|path| path.replace("ID", ID).replace("KEY", KEY));
    let sent = futures_util::future::join_all(forms.iter().map(|path| ana.send(form(&ana, path, "email=a%40b.example&code=1"))));
    let (asked, sent) = tokio::join!(asked, sent);
    for (path, reply) in paths.iter().zip(&asked).chain(forms.iter().zip(&sent)) {
        is_told("no database", path, reply, 503);
    }
    assert!(asked[0].text().contains("<a href=\"\">Try again</a>"));
    for path in ["/healthz", "/sign-in"] {
        assert_eq!(ana.get(path).await.status, 200, "{path} needs no database");
    }

    line.is_mended();
    world.eventually("an answer", async || (ana.get("/api/me").await.status == 200).then_some(())).await;
    world.ends_well().await;
}

/// SQLite's file is held by another process.
#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_database_that_others_hold_too_long_is_told_as_busy() {
    let mut world = World::on(Database::sqlite()).await;
    world.expects("a background task failed");
    // Behind a background task that waits for the file, a request waits for the one connection that writes.
    world.expects("the database does not answer");
    let ana = world.coordinator().await;
    let store = Store::open(Address::Sqlite(world.data.join("undersigned.db"))).expect("the database");
    let (hold, held) = std::sync::mpsc::channel::<()>();
    let (took, taken) = std::sync::mpsc::channel::<()>();
    let holder = std::thread::spawn(move || {
        store.write_now(|_| {
            let _ = took.send(());
            let _ = held.recv();
            Ok(())
        })
    });
    taken.recv().expect("it is held");
    is_told("a database that is held", "/sign-in/KEY", &ana.send(form(&ana, &format!("/sign-in/{KEY}"), "")).await, 503);
    assert_eq!(ana.get("/api/me").await.status, 200, "reading goes on");
    drop(hold);
    holder.join().expect("it ends").expect("it was let go");
    world.ends_well().await;
}
