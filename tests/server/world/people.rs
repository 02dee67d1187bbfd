//! People: a browser with cookies, and a mailbox that is the folder the server writes letters to.

use std::path::{Path, PathBuf};

use serde_json::{Value, json};

use super::described;

/// One person at one browser.
pub struct Person {
    pub url: String,
    pub email: String,
    letters: PathBuf,
    client: reqwest::Client,
}

/// What came back.
#[derive(Debug)]
pub struct Reply {
    pub status: u16,
    pub headers: reqwest::header::HeaderMap,
    pub body: Vec<u8>,
}

impl Reply {
    pub fn text(&self) -> String {
        String::from_utf8_lossy(&self.body).into_owned()
    }

    pub fn json(&self) -> Value {
        serde_json::from_slice(&self.body).unwrap_or_else(|_| panic!("JSON, not {}: {}", self.status, self.text()))
    }

    /// The body of an answer that must be good.
    pub fn good(self) -> Value {
        assert!((200..300).contains(&self.status), "{}: {}", self.status, self.text());
        if self.body.is_empty() { Value::Null } else { self.json() }
    }

    /// The stable code of a refusal.
    pub fn code(&self) -> String {
        self.json()["code"].as_str().unwrap_or_default().to_owned()
    }

    #[track_caller]
    pub fn refused(&self, status: u16, code: &str) {
        assert_eq!((self.status, self.code().as_str()), (status, code), "{}", self.text());
        assert_eq!(self.header("content-type"), "application/problem+json");
        let detail = self.json()["detail"].as_str().unwrap_or_default().to_owned();
        assert!(detail.ends_with('.') && !detail.contains('{'), "a refusal is a whole sentence: {detail}");
    }

    /// A header's value; nothing where there is none.
    pub fn header(&self, name: &str) -> String {
        self.headers.get(name).and_then(|value| value.to_str().ok()).unwrap_or_default().to_owned()
    }

    pub fn location(&self) -> String {
        self.header("location")
    }
}

impl Person {
    pub fn new(url: &str, email: &str, letters: &Path) -> Self {
        let client = reqwest::Client::builder().cookie_store(true).redirect(reqwest::redirect::Policy::none()).build().expect("a client");
        Self { url: url.to_owned(), email: email.to_owned(), letters: letters.to_owned(), client }
    }

    async fn reply(&self, request: reqwest::RequestBuilder) -> Reply {
        let request = request.build().expect("a request");
        let (method, url) = (request.method().clone(), request.url().clone());
        let answer = self.client.execute(request).await.expect("the server answers");
        let reply = Reply {
            status: answer.status().as_u16(),
            headers: answer.headers().clone(),
            body: answer.bytes().await.expect("a body").to_vec(),
        };
        described::hold(method.as_str(), url.as_str(), reply.status, &reply.header("content-type"));
        reply
    }

    fn at(&self, path: &str) -> String {
        if path.starts_with("http") { path.to_owned() } else { format!("{}{path}", self.url) }
    }

    pub fn request(&self, method: &str, path: &str) -> reqwest::RequestBuilder {
        self.client.request(method.parse().expect("a method"), self.at(path))
    }

    pub async fn send(&self, request: reqwest::RequestBuilder) -> Reply {
        self.reply(request).await
    }

    pub async fn get(&self, path: &str) -> Reply {
        self.reply(self.client.get(self.at(path))).await
    }

    pub async fn post(&self, path: &str, body: Value) -> Reply {
        self.reply(self.client.post(self.at(path)).json(&body)).await
    }

    /// Posts to a server that may go away meanwhile; nothing where it did.
    pub async fn tries_to_post(&self, path: &str, body: Value) -> Option<u16> {
        Some(self.client.post(self.at(path)).json(&body).send().await.ok()?.status().as_u16())
    }

    pub async fn put(&self, path: &str, body: Value) -> Reply {
        self.reply(self.client.put(self.at(path)).json(&body)).await
    }

    /// Posts a form as a page without scripts does.
    pub async fn form(&self, path: &str, fields: &[(&str, &str)]) -> Reply {
        let body: Vec<String> = fields.iter().map(|(name, value)| format!("{name}={}", encoded(value))).collect();
        let request =
            self.client.post(self.at(path)).header("content-type", "application/x-www-form-urlencoded").header("origin", &self.url);
        self.reply(request.body(body.join("&"))).await
    }

    pub async fn signs_in(&self) {
        let done = self.follows_a_fresh_sign_in_link().await;
        assert_eq!((done.status, done.location().as_str()), (303, "/app"), "{}", done.text());
    }

    async fn follows_a_fresh_sign_in_link(&self) -> Reply {
        let seen = self.letters_with(is_sign_in).len();
        assert_eq!(self.form("/sign-in", &[("email", &self.email)]).await.status, 200);
        let letter = self.letter_after(seen, is_sign_in).await;
        self.form(&link(&letter, "/sign-in/"), &[]).await
    }

    /// The cookie of another session of the same person, for a socket or a thief.
    // reqwest keeps its jar to itself, so a second sign-in is the plain way to a cookie one can hold.
    pub async fn cookie(&self) -> String {
        let done = Self::new(&self.url, &self.email, &self.letters).follows_a_fresh_sign_in_link().await;
        let cookie = done.headers.get("set-cookie").and_then(|value| value.to_str().ok()).expect("a cookie");
        cookie.split(';').next().expect("a value").to_owned()
    }

    /// Everything in this person's mailbox, oldest first.
    pub fn letters_with(&self, wanted: impl Fn(&str) -> bool) -> Vec<String> {
        let mut files: Vec<PathBuf> = std::fs::read_dir(&self.letters)
            .into_iter()
            .flatten()
            .flatten()
            .map(|entry| entry.path())
            .filter(|path| path.extension().is_some_and(|kind| kind == "eml"))
            .collect();
        files.sort();
        files
            .iter()
            .filter_map(|path| std::fs::read_to_string(path).ok())
            .filter(|raw| to(raw) == self.email)
            .map(|raw| decoded(&raw))
            .filter(|text| wanted(text))
            .collect()
    }

    /// The newest letter of a kind, as soon as one is there.
    pub async fn newest_letter(&self, wanted: impl Fn(&str) -> bool) -> String {
        self.letter_after(0, wanted).await
    }

    /// The newest letter of a kind, as soon as there are more than `seen`.
    pub async fn letter_after(&self, seen: usize, wanted: impl Fn(&str) -> bool) -> String {
        for _ in 0..600 {
            let mut found = self.letters_with(&wanted);
            if found.len() > seen {
                return found.pop().expect("a letter");
            }
            tokio::time::sleep(std::time::Duration::from_millis(50)).await;
        }
        panic!("{} got no such letter", self.email);
    }

    /// Starts a statement and fills its draft.
    pub async fn starts_a_statement(&self, title: &str, drafters: &[String], words: &str) -> String {
        let started =
            self.post("/api/statements", json!({ "title": title, "language": "en", "forum": "Human Rights Council" })).await.good();
        let id = started["id"].as_str().expect("an id").to_owned();
        self.chooses_drafters(&id, drafters).await.good();
        let text = json!({ "v": "text/v1", "language": "en", "blocks": [
            { "type": "heading", "level": 1, "content": [{ "type": "text", "text": title }] },
            { "type": "numbered", "level": 1, "label": "1.", "content": [{ "type": "text", "text": words }] },
        ]});
        self.post(&format!("/api/statements/{id}/draft"), json!({ "text": text })).await.good();
        id
    }

    /// The fingerprint of what a page shows, as it is confirmed with; empty for somebody to whom nothing is shown.
    pub async fn seen(&self, path: &str) -> String {
        let shown = self.get(path).await;
        if shown.status == 200 { shown.json()["seen"].as_str().unwrap_or_default().to_owned() } else { String::new() }
    }

    /// Looks at what an act would do, and confirms it.
    async fn looks_and_confirms(&self, path: &str) -> Reply {
        let seen = self.seen(path).await;
        self.post(path, json!({ "seen": seen })).await
    }

    pub async fn tries_to_freeze(&self, statement: &str) -> Reply {
        self.looks_and_confirms(&format!("/api/statements/{statement}/freeze")).await
    }

    pub async fn freezes(&self, statement: &str) -> Value {
        self.tries_to_freeze(statement).await.good()
    }

    pub async fn tries_to_reopen(&self, statement: &str) -> Reply {
        self.looks_and_confirms(&format!("/api/statements/{statement}/reopen")).await
    }

    pub async fn tries_to_publish(&self, statement: &str) -> Reply {
        self.looks_and_confirms(&format!("/api/statements/{statement}/publish")).await
    }

    pub async fn publishes(&self, statement: &str) -> Value {
        self.tries_to_publish(statement).await.good()
    }

    /// Lets organisations in to edit, as long as the text is drafted.
    pub async fn chooses_drafters(&self, statement: &str, organisations: &[String]) -> Reply {
        let rights: Vec<(&str, &str)> = organisations.iter().map(|id| (id.as_str(), "edit")).collect();
        self.gives(statement, &rights, Value::Null).await
    }

    /// Says what each of these organisations may do with a draft, and until when comments are taken.
    pub async fn gives(&self, statement: &str, rights: &[(&str, &str)], remarks_until: Value) -> Reply {
        let path = format!("/api/statements/{statement}/drafters");
        let seen = self.seen(&path).await;
        let organisations: Vec<Value> = rights.iter().map(|(id, may)| json!({ "id": id, "may": may })).collect();
        self.put(&path, json!({ "organisations": organisations, "remarks_until": remarks_until, "seen": seen })).await
    }

    /// Imports a register as the page does: what the file would change is shown, then confirmed.
    pub async fn imports(&self, csv: impl AsRef<[u8]>) -> Reply {
        let csv = csv.as_ref();
        let preview = self.looks_at_import(csv).await;
        if preview.status != 200 {
            return preview;
        }
        let seen = preview.json()["seen"].as_str().expect("a fingerprint").to_owned();
        let import = self.request("POST", &format!("/api/organisations/import?seen={seen}"));
        self.send(import.header("content-type", "text/csv").body(csv.to_vec())).await
    }

    pub async fn looks_at_import(&self, csv: impl AsRef<[u8]>) -> Reply {
        let preview = self.request("POST", "/api/organisations/import/preview");
        self.send(preview.header("content-type", "text/csv; charset=utf-8").body(csv.as_ref().to_vec())).await
    }

    /// Opens a round that closes `hours` from the server's now.
    pub async fn opens_a_round(&self, statement: &str, organisations: &[String], hours: i64) -> Value {
        let closes_at = self.later(hours).await;
        self.tries_to_open_a_round(statement, json!({ "organisations": organisations, "closes_at": closes_at })).await.good()
    }

    /// Looks at the round that `ask` would open, and opens it; the refusal of either.
    pub async fn tries_to_open_a_round(&self, statement: &str, mut ask: Value) -> Reply {
        let rounds = format!("/api/statements/{statement}/rounds");
        let preview = self.post(&format!("{rounds}/preview"), ask.clone()).await;
        if preview.status != 200 {
            return preview;
        }
        ask["seen"] = preview.json()["seen"].clone();
        self.post(&rounds, ask).await
    }

    /// Looks at a round and confirms an act on it: remind, extend, close, reveal.
    pub async fn leads(&self, round: &Value, act: &str, mut body: Value) -> Reply {
        let path = format!("/api/rounds/{}", round["id"].as_str().expect("a round"));
        let shown = self.get(&path).await;
        body["seen"] = if shown.status == 200 { shown.json()["seen"][act].clone() } else { json!("") };
        self.post(&format!("{path}/{act}"), body).await
    }

    pub async fn closes(&self, round: &Value) -> Value {
        self.leads(round, "close", json!({})).await.good()
    }

    /// The server's time, some hours from now.
    pub async fn later(&self, hours: i64) -> String {
        let now = self.get("/api/me").await.good()["now"].as_str().expect("a time").to_owned();
        undersigned::kernel::Moment::parse(&now).expect("a time").plus_seconds(hours * 3600).rfc3339()
    }

    /// The personal link of this person's newest letter about a round.
    pub async fn signing_link(&self) -> String {
        link(&self.newest_letter(|text| text.contains("/sign/")).await, "/sign/")
    }

    /// Asks for an act on the page behind a letter, as it is shown to this browser.
    pub async fn asks(&self, link: &str, fields: &[(&str, &str)]) -> Reply {
        let page = self.get(link).await.text();
        let seen = hidden(&page, "seen").unwrap_or_default();
        let fields: Vec<(&str, &str)> = fields.iter().copied().chain([("seen", seen.as_str())]).collect();
        self.form(&format!("{link}/answer"), &fields).await
    }

    /// Asks for an act; returns the address of the page that waits for the code, and the code.
    pub async fn is_mailed_a_code(&self, link: &str, fields: &[(&str, &str)]) -> (String, String) {
        let before = self.codes();
        let asked = self.asks(link, fields).await;
        assert_eq!(asked.status, 303, "{}", asked.text());
        (asked.location(), self.code_after(before).await)
    }

    pub fn codes(&self) -> usize {
        self.letters_with(|text| code(text).is_some()).len()
    }

    /// The newest code, as soon as more than `before` were mailed.
    pub async fn code_after(&self, before: usize) -> String {
        code(&self.letter_after(before, |text| code(text).is_some()).await).expect("six digits")
    }

    /// Types a code into the page of one question.
    pub async fn types_code(&self, question: &str, code: &str) -> Reply {
        self.form(&question.replace("/code/", "/confirm/"), &[("code", code)]).await
    }

    /// Answers through a letter, with the code that is mailed for it. Returns the receipt page's address.
    pub async fn answers(&self, link: &str, fields: &[(&str, &str)]) -> String {
        let (question, code) = self.is_mailed_a_code(link, fields).await;
        let done = self.types_code(&question, &code).await;
        assert_eq!(done.status, 303, "{}", done.text());
        done.location()
    }

    /// Proves to act for the organisation, so that this browser is shown what was answered.
    pub async fn looks(&self, link: &str) {
        let before = self.codes();
        let asked = self.form(&format!("{link}/look"), &[]).await;
        assert_eq!(asked.status, 303, "{}", asked.text());
        let code = self.code_after(before).await;
        assert_eq!(self.types_code(&asked.location(), &code).await.status, 303);
    }

    pub async fn signs(&self, visibility: &str) -> String {
        let link = self.signing_link().await;
        self.answers(&link, &sign_on(visibility)).await;
        link
    }
}

fn is_sign_in(letter: &str) -> bool {
    letter.contains("/sign-in/")
}

/// The fields of a sign-on.
pub fn sign_on(visibility: &str) -> [(&'static str, &str); 4] {
    [("act", "sign"), ("visibility", visibility), ("authority", "on"), ("title", "Director")]
}

/// The value of a hidden field.
pub fn hidden(page: &str, name: &str) -> Option<String> {
    let (_, rest) = page.split_once(&format!("name=\"{name}\" value=\""))?;
    rest.split('"').next().map(str::to_owned)
}

/// The last address in a letter that has `part` in it.
pub fn link(letter: &str, part: &str) -> String {
    let found = letter.split_whitespace().rfind(|word| word.starts_with("http") && word.contains(part));
    found.unwrap_or_else(|| panic!("a link with {part} in:\n{letter}")).to_owned()
}

/// The six digits of a letter that has them alone on a line.
pub fn code(letter: &str) -> Option<String> {
    letter.lines().map(str::trim).find(|line| line.len() == 6 && line.bytes().all(|b| b.is_ascii_digit())).map(str::to_owned)
}

fn to(raw: &str) -> String {
    let line = raw.lines().find(|line| line.to_ascii_lowercase().starts_with("to:")).unwrap_or_default();
    let mut rest = raw.split_once(line).map(|(_, rest)| rest).unwrap_or_default().lines().skip(1);
    let mut whole = line.to_owned();
    // A long header goes on in lines that begin with a space.
    while let Some(more) = rest.next().filter(|more| more.starts_with(' ')) {
        whole.push_str(more);
    }
    whole
        .rsplit_once('<')
        .map_or_else(|| whole.trim_start_matches("To:").trim().to_owned(), |(_, rest)| rest.trim_end_matches('>').trim().to_owned())
}

/// Subject and text of a message, whatever its transfer encoding.
pub fn decoded(raw: &str) -> String {
    use base64::Engine;
    let (head, body) = raw.split_once("\r\n\r\n").unwrap_or(("", raw));
    let boundary = head.split_once("boundary=\"").and_then(|(_, rest)| rest.split_once('"')).map(|(boundary, _)| format!("--{boundary}"));
    if let Some(boundary) = boundary {
        // The text, then whatever is attached.
        let parts: Vec<String> =
            body.split(&boundary).skip(1).filter(|part| !part.starts_with("--")).map(|part| decoded(part.trim_start())).collect();
        let subject = head.lines().find(|line| line.starts_with("Subject:")).unwrap_or_default();
        return format!("{subject}\n{}", parts.join("\n"));
    }
    let encoding = head
        .lines()
        .find_map(|line| line.to_ascii_lowercase().strip_prefix("content-transfer-encoding:").map(|kind| kind.trim().to_owned()));
    let text = match encoding.as_deref() {
        Some("base64") => {
            let packed: String = body.split_whitespace().collect();
            String::from_utf8_lossy(&base64::engine::general_purpose::STANDARD.decode(packed).expect("base64")).into_owned()
        }
        Some("quoted-printable") => quoted_printable(body),
        _ => body.to_owned(),
    };
    let subject = head.lines().find(|line| line.starts_with("Subject:")).unwrap_or_default();
    format!("{subject}\n\n{}", text.replace("\r\n", "\n"))
}

fn quoted_printable(body: &str) -> String {
    let joined = body.replace("=\r\n", "");
    let bytes = joined.as_bytes();
    let mut out = Vec::with_capacity(bytes.len());
    let mut at = 0;
    while at < bytes.len() {
        let hex = (bytes[at] == b'=').then(|| joined.get(at + 1..at + 3)).flatten().and_then(|pair| u8::from_str_radix(pair, 16).ok());
        match hex {
            Some(byte) => {
                out.push(byte);
                at += 3;
            }
            None => {
                out.push(bytes[at]);
                at += 1;
            }
        }
    }
    String::from_utf8_lossy(&out).into_owned()
}

fn encoded(value: &str) -> String {
    value.bytes().map(|b| if b.is_ascii_alphanumeric() { char::from(b).to_string() } else { format!("%{b:02X}") }).collect()
}
