//! Who reads an answer that is not what was asked for, and how it is put to them.
//!
//! People get a page with a sentence and a way on, programs a problem document (RFC 9457), whoever watches the server a line of
//! text; all from this one place, for every failure: what a room refused, what broke, and what the framework itself turns away (no
//! such address, a wrong method, a body it cannot read). The address alone decides, not `Accept`: browsers and programs both send
//! `*/*`, and an address that always answers in one form can be described. Nothing of the address is repeated: it may be a key.

use actix_web::{
    body::BoxBody,
    dev::ServiceResponse,
    error::PayloadError,
    http::{
        Method, StatusCode,
        header::{self, HeaderValue},
    },
};
use maud::{Markup, html};

use super::{
    page::{Frame, Page},
    problem::Problem,
};
use crate::kernel::No;

/// Who asks at an address.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Reader {
    /// Somebody at a browser.
    Person,
    /// A client of the API, or of a draft's socket.
    Program,
    /// Whatever asks whether the server is well.
    Watch,
}

impl Reader {
    pub fn of(path: &str) -> Self {
        let path = path.trim_start_matches('/');
        if path.starts_with("api/") || path.starts_with("collab/") {
            Self::Program
        } else if matches!(path, "healthz" | "readyz") {
            Self::Watch
        } else {
            Self::Person
        }
    }
}

/// The answer as its reader understands it. Good answers, and pages that a room drew itself, pass as they are.
pub fn told(frame: &Frame, asked: &Asked, mut response: ServiceResponse<BoxBody>) -> ServiceResponse<BoxBody> {
    let status = response.status();
    let drawn = response.headers().get(header::CONTENT_TYPE).is_some_and(|kind| kind.as_bytes().starts_with(b"text/html"));
    if !(status.is_client_error() || status.is_server_error()) || drawn {
        return response;
    }
    let problem = response.response_mut().extensions_mut().remove::<Problem>();
    let problem = problem.unwrap_or_else(|| of_framework(&response));
    let (kind, body) = match Reader::of(&asked.path) {
        Reader::Person => ("text/html; charset=utf-8", page(frame, &problem, &asked.ways_on(&response)).into_string()),
        Reader::Program => ("application/problem+json", serde_json::to_string(&problem).unwrap_or_default()),
        Reader::Watch => ("text/plain; charset=utf-8", problem.detail),
    };
    let mut response = response.map_body(|_, _| BoxBody::new(body));
    *response.response_mut().status_mut() = StatusCode::from_u16(problem.status).unwrap_or(status);
    let headers = response.headers_mut();
    headers.insert(header::CONTENT_TYPE, HeaderValue::from_static(kind));
    headers.insert(header::CACHE_CONTROL, HeaderValue::from_static("no-store"));
    // Whatever packed the framework's own words did not pack these.
    headers.remove(header::CONTENT_ENCODING);
    response
}

/// What the framework means by a status that it answers by itself.
fn of_framework(response: &ServiceResponse<BoxBody>) -> Problem {
    let no = match response.status() {
        StatusCode::NOT_FOUND => No::NotFound,
        StatusCode::METHOD_NOT_ALLOWED => No::WrongMethod,
        StatusCode::NOT_ACCEPTABLE => No::NoSuchPacking,
        StatusCode::PAYLOAD_TOO_LARGE => No::TooLarge,
        StatusCode::UNSUPPORTED_MEDIA_TYPE => No::WrongContentType,
        status if status.is_client_error() => match response.response().error().and_then(|error| error.as_error::<PayloadError>()) {
            Some(error) => unread(error),
            None => No::Malformed,
        },
        status => return Problem::broken(&std::io::Error::other(format!("the framework answered {status}"))),
    };
    Problem::of(&no.into())
}

/// Why a body was not read to its end.
pub fn unread(error: &PayloadError) -> No {
    match error {
        PayloadError::Overflow => No::TooLarge,
        PayloadError::Io(error) if error.kind() == std::io::ErrorKind::TimedOut => No::TooSlow,
        _ => No::Malformed,
    }
}

/// What was asked, before anything could rewrite it.
pub struct Asked {
    pub path: String,
    pub method: Method,
}

/// Where one can go from a page that could not be shown: an address relative to this one, and the key of its words.
type Way = (&'static str, &'static str);

impl Asked {
    fn ways_on(&self, response: &ServiceResponse<BoxBody>) -> Vec<Way> {
        let mut ways = Vec::new();
        let status = response.status();
        let opens = response.headers().get(header::ALLOW).is_some_and(|methods| methods.as_bytes().starts_with(b"GET"));
        // The empty reference is this address, without writing it out.
        if opens {
            ways.push(("", "error.open"));
        } else if self.method == Method::GET && (status.is_server_error() || status == StatusCode::TOO_MANY_REQUESTS) {
            ways.push(("", "error.again"));
        }
        // `.` is what this address stands under: the letter of a code, the statement of a file. After a slash it would be the address itself.
        let parts: Vec<&str> = self.path.trim_start_matches('/').split('/').collect();
        match parts[..] {
            ["sign", _, last] if !last.is_empty() => ways.push((".", "error.letter")),
            ["sign", _, _, last] if !last.is_empty() => ways.push(("..", "error.letter")),
            ["s", _, last] if !last.is_empty() => ways.push((".", "error.statement")),
            ["sign-in", last] if !last.is_empty() => ways.push((".", "error.sign_in")),
            _ => {}
        }
        ways
    }
}

/// Anything that cannot be shown: one sentence that says what to do (and has the number a helper will ask for), and ways on.
fn page(frame: &Frame, problem: &Problem, ways: &[Way]) -> Markup {
    let words = frame.words;
    let title = words.say(
        match problem.status {
            404 | 410 => "error.not_found",
            401 | 403 => "error.not_allowed",
            429 => "error.too_often",
            400..=499 => "error.not_understood",
            503 => "error.not_now",
            _ => "error.ours",
        },
        &[],
    );
    let main = html! {
        main.confirm #main {
            h1 { (title) }
            p.lead { (problem.detail) }
            @for (href, key) in ways { p { a href=(href) { (words.say(key, &[])) } } }
            p { a href="/" { (words.say("error.home", &[("coalition", frame.coalition)])) } }
        }
    };
    frame.page(Page { title, findable: false, main, action: None })
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::words::Words;

    #[test]
    fn the_address_decides_who_reads() {
        for (path, reader) in [
            ("/api/me", Reader::Program),
            ("//api/me", Reader::Program),
            ("/collab/x", Reader::Program),
            ("/readyz", Reader::Watch),
            ("/", Reader::Person),
            ("/api", Reader::Person),
            ("/sign/x/api/y", Reader::Person),
            ("/no/such/page", Reader::Person),
        ] {
            assert_eq!(Reader::of(path), reader, "{path}");
        }
    }

    #[test]
    fn a_page_shows_its_sentence_and_ways_on() {
        let frame = Frame { coalition: "Lanternway Coalition", words: Words::of("en") };
        let problem = Problem::of(&No::Busy.into());
        let drawn = page(&frame, &problem, &[("", "error.again")]).into_string();
        assert!(drawn.contains(&problem.detail) && drawn.contains(r#"<a href="">Try again</a>"#) && drawn.contains(r#"<a href="/">"#));
    }
}
