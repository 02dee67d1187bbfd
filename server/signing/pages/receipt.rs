//! After the act: what was recorded, the file to keep, and what to say when a link opens nothing.

use maud::{Markup, html};

use super::Visibility;
use crate::http::page::{Frame, Icon, Page, icon};
use crate::signing::answer::Kind;

#[derive(Debug, Clone)]
pub struct ReceiptView {
    pub organisation: String,
    pub kind: Kind,
    /// The statement's.
    pub title: String,
    pub edition: String,
    /// SHA-256 in groups of four.
    pub digest: String,
    /// With zone, as `words::dates::moment` writes it.
    pub at: String,
    /// Who acted, with title.
    pub person: String,
    /// Of a signature; no other act has one.
    pub visibility: Option<Visibility>,
    /// The log's entry; declining leaves none.
    pub record: Option<Record>,
    pub token: String,
}

#[derive(Debug, Clone)]
pub struct Record {
    /// `confirmed link`, `passkey`.
    pub assurance: String,
    pub leaf_index: u64,
    /// Short form: size and the first groups of the root.
    pub checkpoint: String,
    /// Where the receipt is downloaded as JSON.
    pub download: String,
}

pub fn receipt_page(frame: &Frame, view: &ReceiptView) -> Markup {
    let words = frame.words;
    let (heading, lead) = match (view.kind, view.visibility) {
        (Kind::Signed, Some(Visibility::Withheld)) => ("receipt.heading_sign", "receipt.lead_sign_withheld"),
        (Kind::Signed, _) => ("receipt.heading_sign", "receipt.lead_sign_public"),
        (Kind::Declined, _) => ("receipt.heading_decline", "receipt.lead_decline"),
        (Kind::Withdrawn, _) => ("receipt.heading_withdraw", "receipt.lead_withdraw"),
    };
    let organisation = || html! { b { bdi { (view.organisation) } } };
    let main = html! {
        main.confirm #main {
            p.done { (icon(Icon::Tick)) (words.say("receipt.recorded", &[])) }
            h1 { (words.say(heading, &[])) }
            p.lead { (words.rich(lead, &[("organisation", organisation()), ("edition", html! { b { (view.edition) } }), ("statement", html! { bdi { (view.title) } })])) }
            @if let Some(record) = &view.record {
                p { a.btn.primary.big href=(record.download) { (icon(Icon::Download)) (words.say("receipt.download", &[])) } }
                p.quiet { (words.say("receipt.keep", &[])) }
            }
            dl.facts {
                dt { (words.say("receipt.at", &[])) } dd { (view.at) }
                dt { (words.say("receipt.by", &[])) } dd { bdi { (view.person) } }
                @if let Some(visibility) = view.visibility {
                    dt { (words.say("receipt.visibility", &[])) }
                    dd { (words.say(match visibility { Visibility::Public => "sign.public", Visibility::Withheld => "sign.withheld" }, &[])) }
                }
                @if let Some(record) = &view.record {
                    dt { (words.say("receipt.assurance", &[])) } dd { (record.assurance) }
                    dt { (words.say("receipt.leaf", &[])) } dd.nums { (words.say("receipt.leaf_number", &[("number", &record.leaf_index.to_string())])) }
                    dt { (words.say("receipt.checkpoint", &[])) } dd { code { (record.checkpoint) } }
                }
                dt { (words.say("receipt.digest", &[])) } dd { p.digest { (view.digest) } }
            }
            (next(frame, view))
        }
    };
    frame.page(Page { title: words.say("receipt.window_title", &[]), findable: false, main, action: None })
}

fn next(frame: &Frame, view: &ReceiptView) -> Markup {
    let words = frame.words;
    let back = format!("/sign/{}", view.token);
    html! {
        p.ways {
            a href=(back) { (words.say("receipt.back", &[])) }
            @if view.kind == Kind::Signed { a href={ (back) "#withdraw" } { (words.say("receipt.withdraw", &[])) } }
        }
    }
}

/// A link that lost a part on its way. Says nothing of whether it would open anything.
pub fn link_damaged_page(frame: &Frame) -> Markup {
    let words = frame.words;
    let main = html! {
        main.confirm #main {
            h1 { (words.say("damaged.heading", &[])) }
            p.lead { (words.say("damaged.lead", &[])) }
            ul.bullets {
                li { (words.say("unknown.whole", &[])) }
                li { (words.say("unknown.newest", &[])) }
            }
        }
    };
    frame.page(Page { title: words.say("damaged.heading", &[]), findable: false, main, action: None })
}

/// One page for a link that never was, has expired or was replaced: a stranger learns nothing from it.
pub fn link_unknown_page(frame: &Frame) -> Markup {
    let words = frame.words;
    let main = html! {
        main.confirm #main {
            h1 { (words.say("unknown.heading", &[])) }
            p.lead { (words.say("unknown.lead", &[])) }
            ul.bullets {
                li { (words.say("unknown.whole", &[])) }
                li { (words.say("unknown.newest", &[])) }
                li { (words.say("unknown.ask", &[])) }
            }
        }
    };
    frame.page(Page { title: words.say("unknown.heading", &[]), findable: false, main, action: None })
}
