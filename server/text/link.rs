//! One rule for the addresses a text points at: what is taken in, what is drawn, what is frozen.
//!
//! * A whole `http`, `https` or `mailto` address stays as it is written, letters of other scripts included; a space after
//!   the host, or in a mail address's subject, becomes `%20`.
//! * `www.…`, `//…` and a bare `example.org/x` get `https://`; a bare `office@example.org` gets `mailto:`.
//! * What only means something beside the page it was copied from (`page.html`, `../x`, `/x`, `#note`), and every other
//!   scheme (`file:`, `javascript:`, `tel:`, `data:`), is no address: such words stay plain words.
//! * A redirector that mail programs and search engines put in front is taken away, at most [`Table::unwraps_max`] deep.
//! * No name or password before the host, no empty host (`https:////x`), no character that nobody sees, nothing longer
//!   than [`Table::bytes_max`].
//!
//! Words that are themselves an address must name the host, or the mailbox, that the link opens: whoever reads
//! `un.org` and is led elsewhere has signed something else than they read. Look-alike letters and Punycode are not judged.
//!
//! The editor has the same rule in `web/src/text/link.ts`; table and cases are shared (`tests/vectors/text/links.json`).

use std::sync::OnceLock;

use serde::Deserialize;
use unicode_normalization::char::is_combining_mark;

use super::unseen;

/// What a link that is written so points at; nothing when it is no address that a text may hold.
pub fn address(written: &str) -> Option<String> {
    unwrapped(written, 0)
}

/// Whether an address may stand in a text as it is.
pub fn stands(href: &str) -> bool {
    address(href).as_deref() == Some(href)
}

/// Whether one of a link's words is an address of another place than the one the link opens.
pub fn names_another(words: &str, href: &str) -> bool {
    let Some(opened) = opens(href) else { return false };
    let around = |letter: char| {
        matches!(letter, '(' | ')' | '[' | ']' | '«' | '»' | '“' | '”' | '„' | '‘' | '’' | '\'' | '"' | ',' | '.' | ';' | ':' | '!' | '?')
    };
    words.split_whitespace().map(|word| word.trim_matches(around)).any(|word| {
        let bare = !word.contains(['/', '@']) && !word.get(..4).is_some_and(|start| start.eq_ignore_ascii_case("www."));
        // "ASP.NET" is a name; "un.org" is read as an address.
        let reads_as_name = bare && word.chars().any(char::is_uppercase);
        let shown = address(word).filter(|_| !reads_as_name).and_then(|shown| opens(&shown));
        shown.is_some_and(|shown| shown != opened && !is_coded(&shown) && !is_coded(&opened))
    })
}

fn unwrapped(written: &str, depth: usize) -> Option<String> {
    let table = table();
    let garbled = |letter: char| unseen::is_sign(letter) || matches!(letter, '\\' | '<' | '>' | '"');
    if depth > table.unwraps_max || written.len() > table.bytes_max || written.chars().any(garbled) {
        return None;
    }
    let written = written.trim();
    let whole = match scheme(written) {
        Some(("http" | "https", rest)) => web(written, rest.strip_prefix("//")?, depth),
        Some(("mailto", rest)) => mail(rest).map(|rest| format!("{}{rest}", &written[.."mailto:".len()])),
        Some(_) => None,
        None => match written.strip_prefix("//") {
            Some(rest) => web(&format!("https:{written}"), rest, depth),
            None if written.contains('@') && !written.contains('/') => mail(written).map(|rest| format!("mailto:{rest}")),
            None => {
                let good = is_host(authority(written), true) && !written.contains(char::is_whitespace);
                if good { web(&format!("https://{written}"), written, depth) } else { None }
            }
        },
    };
    whole.filter(|address| address.len() <= table.bytes_max)
}

/// The scheme in small letters, and what follows its colon. `example.org:8080` has none.
fn scheme(written: &str) -> Option<(&'static str, &str)> {
    let (scheme, rest) = written.split_once(':')?;
    let named = scheme.starts_with(|c: char| c.is_ascii_alphabetic())
        && scheme.chars().all(|c| c.is_ascii_alphanumeric() || matches!(c, '+' | '-' | '.'));
    let port = rest.split(['/', '?', '#']).next().unwrap_or_default();
    if !named || (scheme.contains('.') && !port.is_empty() && port.bytes().all(|byte| byte.is_ascii_digit())) {
        return None;
    }
    let known = ["http", "https", "mailto"].into_iter().find(|known| scheme.eq_ignore_ascii_case(known));
    Some((known.unwrap_or("another"), rest))
}

/// A web address whose authority begins `rest`; behind a redirector, where that one leads.
fn web(whole: &str, rest: &str, depth: usize) -> Option<String> {
    let authority = authority(rest);
    if !is_host(authority, false) {
        return None;
    }
    let path = &rest[authority.len()..];
    match redirected(authority, path) {
        Some(target) => unwrapped(&decoded(target)?, depth + 1),
        None => Some(format!("{}{}", &whole[..whole.len() - path.len()], without_spaces(path)?)),
    }
}

/// The recipients and what stands behind them.
fn mail(rest: &str) -> Option<String> {
    let to = rest.split('?').next().unwrap_or_default();
    to.split(',').all(|mailbox| is_mailbox(mailbox.trim())).then(|| without_spaces(rest))?
}

fn is_mailbox(mailbox: &str) -> bool {
    let odd = |letter: char| letter.is_whitespace() || matches!(letter, '@' | ':' | '/' | '?' | '#' | ',' | ';');
    mailbox.split_once('@').is_some_and(|(name, host)| !name.is_empty() && !name.contains(odd) && is_host(host, true))
}

fn without_spaces(text: &str) -> Option<String> {
    let encoded = text.replace(' ', "%20");
    (!encoded.contains(char::is_whitespace)).then_some(encoded)
}

/// Everything before the path.
fn authority(rest: &str) -> &str {
    rest.split(['/', '?', '#']).next().unwrap_or_default()
}

/// A host, perhaps with a port. A bare one, that nothing else marks as an address, ends in something like a country or a
/// kind of organisation, and not as files do.
fn is_host(authority: &str, bare: bool) -> bool {
    if let Some(inside) = authority.strip_prefix('[') {
        let Some((numbers, port)) = inside.split_once(']') else { return false };
        let six = numbers.contains(':') && numbers.bytes().all(|byte| byte.is_ascii_hexdigit() || matches!(byte, b':' | b'.'));
        return !bare && six && (port.is_empty() || port.strip_prefix(':').is_some_and(is_port));
    }
    let host = match authority.split_once(':') {
        Some((host, port)) if is_port(port) => host,
        Some(_) => return false,
        None => authority,
    };
    let of_a_name = |letter: char| letter.is_alphanumeric() || is_combining_mark(letter) || matches!(letter, '-' | '_');
    let labels: Vec<&str> = host.split('.').collect();
    if labels.iter().any(|label| label.is_empty() || !label.chars().all(of_a_name)) {
        return false;
    }
    let last = labels.last().copied().unwrap_or_default();
    if last.bytes().all(|byte| byte.is_ascii_digit()) {
        return !bare && labels.len() == 4 && labels.iter().all(|label| label.parse::<u8>().is_ok());
    }
    let country = last.chars().count() >= 2 && (!last.chars().any(char::is_numeric) || is_coded(last));
    !bare || (labels.len() >= 2 && country && !table().file_endings.iter().any(|ending| last.eq_ignore_ascii_case(ending)))
}

fn is_port(digits: &str) -> bool {
    digits.bytes().all(|byte| byte.is_ascii_digit()) && digits.parse::<u16>().is_ok()
}

/// Where a redirector leads, as it is written in its query.
fn redirected<'a>(authority: &str, path: &'a str) -> Option<&'a str> {
    let host = authority.split(':').next().unwrap_or_default().to_ascii_lowercase();
    let query = path.split('#').next().unwrap_or_default();
    let (path, query) = query.split_once('?')?;
    let redirector = table().redirectors.iter().find(|one| one.is_at(&host) && path.starts_with(one.path.as_str()))?;
    let value = |name: &String| query.split('&').find_map(|part| part.strip_prefix(name.as_str())?.strip_prefix('='));
    redirector.parameters.iter().find_map(value)
}

fn decoded(escaped: &str) -> Option<String> {
    let (bytes, mut at, mut out) = (escaped.as_bytes(), 0, Vec::with_capacity(escaped.len()));
    while at < bytes.len() {
        if bytes[at] == b'%' {
            let pair = escaped.get(at + 1..at + 3).filter(|pair| pair.bytes().all(|byte| byte.is_ascii_hexdigit()))?;
            out.push(u8::from_str_radix(pair, 16).ok()?);
            at += 3;
        } else {
            out.push(bytes[at]);
            at += 1;
        }
    }
    String::from_utf8(out).ok()
}

/// The host, or the mailboxes, that an address opens, for comparing: `www.` and case make no difference.
fn opens(address: &str) -> Option<String> {
    let (kind, rest) = scheme(address)?;
    let rest = if kind == "mailto" { rest.split('?').next()? } else { authority(rest.strip_prefix("//")?) };
    let rest = rest.to_lowercase();
    Some(if kind == "mailto" { rest } else { rest.strip_prefix("www.").unwrap_or(&rest).to_owned() })
}

/// Whether a label of this host is Punycode, which is not judged.
fn is_coded(host: &str) -> bool {
    host.split(['.', '@']).any(|label| label.get(..4).is_some_and(|start| start.eq_ignore_ascii_case("xn--")))
}

#[derive(Deserialize)]
struct Table {
    /// As browsers commonly take them.
    bytes_max: usize,
    unwraps_max: usize,
    /// Ends of names that are files, not hosts.
    file_endings: Vec<String>,
    redirectors: Vec<Redirector>,
}

#[derive(Deserialize)]
struct Redirector {
    /// `google.*` is any country's; `*.example.org` is any host below.
    host: String,
    path: String,
    parameters: Vec<String>,
}

impl Redirector {
    fn is_at(&self, host: &str) -> bool {
        if let Some(name) = self.host.strip_suffix(".*") {
            let country = host.strip_prefix("www.").unwrap_or(host).strip_prefix(name).and_then(|rest| rest.strip_prefix('.'));
            return country.is_some_and(|country| country.split('.').count() <= 2 && country.split('.').all(|part| part.len() <= 3));
        }
        match self.host.strip_prefix('*') {
            Some(parent) => host.ends_with(parent),
            None => host == self.host,
        }
    }
}

fn table() -> &'static Table {
    static TABLE: OnceLock<Table> = OnceLock::new();
    // Compiled in and read by every test: a broken table never leaves the workshop.
    TABLE.get_or_init(|| {
        serde_json::from_str(include_str!(concat!(env!("CARGO_MANIFEST_DIR"), "/web/src/text/link.json"))).expect("a table of addresses")
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[derive(Deserialize)]
    struct Cases {
        addresses: Vec<(String, Option<String>)>,
        words: Vec<(String, String, bool)>,
    }

    fn cases() -> Cases {
        serde_json::from_str(include_str!(concat!(env!("CARGO_MANIFEST_DIR"), "/tests/vectors/text/links.json"))).unwrap()
    }

    #[test]
    fn every_address_is_judged_as_the_editor_judges_it() {
        for (written, wanted) in cases().addresses {
            assert_eq!(address(&written), wanted, "{written:?}");
            if let Some(wanted) = wanted {
                assert!(stands(&wanted), "what is taken in stands: {wanted:?}");
            }
        }
    }

    #[test]
    fn words_that_are_an_address_name_the_one_they_open() {
        for (words, href, another) in cases().words {
            assert!(stands(&href), "{href}");
            assert_eq!(names_another(&words, &href), another, "{words:?} opens {href}");
        }
    }

    #[test]
    fn an_address_is_bounded_in_bytes() {
        let long = |letter: &str, count: usize| format!("https://a.example/{}", letter.repeat(count));
        assert!(stands(&long("x", 2048 - 18)) && !stands(&long("x", 2048 - 17)));
        assert!(stands(&long("ж", 1015)) && !stands(&long("ж", 1016)));
    }
}
