//! A book of evidence for tests: acts are written one after another, with seeded salts and nonces, and signed with a test key.
#![allow(dead_code, reason = "each test file uses its own part")]

use std::collections::BTreeMap;

use serde_json::json;
use undersigned_evidence::Digest;
use undersigned_evidence::bundle::{AssembleError, Bundle, Parts, StoredLeaf, assemble};
use undersigned_evidence::canonical::to_jcs;
use undersigned_evidence::checkpoint::LogKey;
use undersigned_evidence::commitment::{Salted, leaf_for};
use undersigned_evidence::instant::Hour;
use undersigned_evidence::leaf::{Leaf, TextRef};
use undersigned_evidence::opening::{Opening, names_digest};
use undersigned_evidence::receipt::{Receipt, receipt};
use undersigned_evidence::replay::replay;
use undersigned_evidence::sign_on::{Assurance, RecordedOrganisation, RecordedPerson, RecordedVisibility, SignOn};
use undersigned_evidence::tree;

pub const ORIGIN: &str = "sign.example.org/s/7k2m";
pub const STATEMENT: &str = "01kg9x3tq4";

pub struct Book {
    pub log: Vec<StoredLeaf>,
    pub hour: Hour,
    pub round: String,
    pub texts: BTreeMap<String, String>,
    pub authentic: String,
    pub key: LogKey,
    /// Who stands, as the test sees it: leaf, name, visibility, leaf where it was withdrawn.
    pub stands: Vec<(u64, String, RecordedVisibility)>,
}

impl Book {
    pub fn new() -> Book {
        Book {
            log: Vec::new(),
            hour: Hour::parse("2026-02-04T10:00Z").unwrap(),
            round: "r1".into(),
            texts: texts("Keep the library open"),
            authentic: "en".into(),
            key: LogKey::from_seed([42; 32]),
            stands: Vec::new(),
        }
    }

    /// Two public and two withheld sign-ons, one withdrawal, published.
    pub fn published() -> Book {
        let mut book = Book::new();
        book.opens("Rev.1");
        book.signs("Réseau Éducation", RecordedVisibility::Public);
        book.hours_pass(2);
        book.signs("Riverside", RecordedVisibility::Withheld);
        let gone = book.signs("جمعية النهر", RecordedVisibility::Public);
        book.signs("Lanternway", RecordedVisibility::Public);
        book.signs("Harbour Trust", RecordedVisibility::Withheld);
        book.hours_pass(20);
        book.withdraws(gone);
        book.closes();
        book.publishes();
        book
    }

    pub fn hours_pass(&mut self, hours: i64) {
        self.hour = Hour(self.hour.0 + hours);
    }

    pub fn opens(&mut self, edition: &str) -> u64 {
        let closes_at = "2026-02-06T16:00:00Z".into();
        self.record(Opening::RoundOpened { edition: edition.into(), closes_at })
    }

    pub fn closes(&mut self) -> u64 {
        self.record(Opening::RoundClosed {})
    }

    pub fn signs(&mut self, name: &str, visibility: RecordedVisibility) -> u64 {
        let opening = Opening::Signed(Box::new(self.sign_on(name, visibility)));
        let leaf = self.record(opening);
        self.stands.push((leaf, name.into(), visibility));
        leaf
    }

    pub fn renews(&mut self, answered: u64, name: &str, visibility: RecordedVisibility) -> u64 {
        let sign_on = SignOn { answers: Some(answered), ..self.sign_on(name, visibility) };
        let leaf = self.record(Opening::ReConfirmed(Box::new(sign_on)));
        self.stands.retain(|(stood, ..)| *stood != answered);
        self.stands.push((leaf, name.into(), visibility));
        leaf
    }

    pub fn withdraws(&mut self, answered: u64) -> u64 {
        let name = self.stands.iter().find(|(leaf, ..)| *leaf == answered).map_or("Riverside".into(), |(_, name, _)| name.clone());
        self.stands.retain(|(leaf, ..)| *leaf != answered);
        self.record(Opening::Withdrawn { organisation: organisation(&name), answers: answered, at: self.instant(), nonce: self.nonce() })
    }

    pub fn publishes(&mut self) -> u64 {
        let names: Vec<&str> =
            self.stands.iter().filter(|(_, _, v)| *v == RecordedVisibility::Public).map(|(_, name, _)| name.as_str()).collect();
        let signatories = self.stands.len() as u64;
        let opening = Opening::Published { signatories, withheld: signatories - names.len() as u64, list: names_digest(&names).unwrap() };
        self.record(opening)
    }

    pub fn corrects(&mut self, edition: &str, title: &str) -> u64 {
        self.texts = texts(title);
        self.record(Opening::Corrected { edition: edition.into() })
    }

    pub fn record(&mut self, opening: Opening) -> u64 {
        let index = self.log.len() as u64;
        let salt = Digest::of(format!("salt {index} of {}", self.round)).0;
        let round = match opening {
            Opening::Corrected { .. } | Opening::Published { .. } | Opening::Withdrawn { .. } => None,
            _ => Some(self.round.as_str()),
        };
        let leaf = leaf_for(&opening, &salt, STATEMENT, round, self.text(), self.hour).unwrap();
        let salted = Salted { salt, opening: opening.to_value().unwrap() };
        self.log.push(StoredLeaf { line: leaf.to_line().unwrap(), salted: Some(salted) });
        index
    }

    pub fn sign_on(&self, name: &str, visibility: RecordedVisibility) -> SignOn {
        SignOn {
            organisation: organisation(name),
            signatory: RecordedPerson { name: "Ana Mwangi".into(), title: "Director".into() },
            visibility,
            assurance: Assurance::ConfirmedLink,
            at: self.instant(),
            nonce: self.nonce(),
            statement: STATEMENT.into(),
            round: self.round.clone(),
            text: self.text(),
            authority: "I am authorised to sign for this organisation.".into(),
            answers: None,
        }
    }

    pub fn text(&self) -> TextRef {
        let languages = self.texts.iter().map(|(language, text)| (language.clone(), Digest::of(text))).collect();
        TextRef { authentic: self.authentic.clone(), languages }
    }

    pub fn instant(&self) -> String {
        self.hour.written().replace(":00Z", ":17:30.125Z")
    }

    pub fn nonce(&self) -> String {
        Digest::of(format!("nonce {}", self.log.len())).to_string()
    }

    pub fn vkey(&self) -> String {
        self.key.vkey(ORIGIN)
    }

    pub fn checkpoint(&self) -> String {
        let hashes = self.leaf_hashes();
        self.key.sign(ORIGIN, hashes.len() as u64, tree::root(&hashes))
    }

    pub fn leaf_hashes(&self) -> Vec<Digest> {
        self.log.iter().map(|row| tree::leaf_hash(&row.line)).collect()
    }

    pub fn assembled(&self) -> Result<Bundle, AssembleError> {
        assemble(Parts {
            vkey: &self.vkey(),
            checkpoint: &self.checkpoint(),
            texts: self.texts.clone(),
            log: &self.log,
            names: self.printed_names(),
        })
    }

    /// The public names that stand, sorted as people sort them. An erased opening names nobody any more.
    fn printed_names(&self) -> Vec<String> {
        let leaves: Vec<Leaf> = self.log.iter().map(|leaf| Leaf::parse(&leaf.line).unwrap()).collect();
        let opening = |leaf: &StoredLeaf| leaf.salted.as_ref().map(|salted| Opening::parse(&salted.opening).unwrap());
        let openings = (0..).zip(&self.log).filter_map(|(index, leaf)| Some((index, opening(leaf)?))).collect();
        let story = replay(&leaves, &openings);
        let sign_ons = story.standing().filter_map(|index| openings.get(&index)?.sign_on());
        let public = sign_ons.filter(|sign_on| sign_on.visibility == RecordedVisibility::Public);
        let mut names: Vec<String> = public.map(|sign_on| sign_on.organisation.name.clone()).collect();
        names.sort_by_key(|name| name.to_lowercase());
        names
    }

    pub fn bundle(&self) -> Bundle {
        self.assembled().unwrap()
    }

    pub fn receipt(&self, index: u64) -> Receipt {
        let row = &self.log[index as usize];
        receipt(&self.vkey(), &self.checkpoint(), &self.leaf_hashes(), index, &row.line, row.salted.as_ref().unwrap()).unwrap()
    }
}

/// A bundle whose log was rewritten by whoever holds the key: the checkpoint is signed anew over its leaves.
pub fn signed_again(bundle: &mut Bundle, key: &LogKey) {
    let hashes: Vec<Digest> = bundle.leaves.iter().map(tree::leaf_hash).collect();
    bundle.checkpoint = key.sign(&bundle.origin, hashes.len() as u64, tree::root(&hashes));
    bundle.vkey = key.vkey(&bundle.origin);
}

pub fn organisation(name: &str) -> RecordedOrganisation {
    RecordedOrganisation { id: Digest::of(name).to_string()[..26].into(), name: name.into(), country: "KE".into() }
}

pub fn texts(title: &str) -> BTreeMap<String, String> {
    let text = |language: &str, title: &str| {
        let blocks = json!([
            {"type": "heading", "level": 1, "content": [{"type": "text", "text": title}]},
            {"type": "numbered", "level": 1, "label": "1.", "content": [{"type": "text", "text": "The library is closed on Mondays.", "bold": true}]},
        ]);
        (language.to_owned(), to_jcs(&json!({"v": "text/v1", "language": language, "blocks": blocks})).unwrap())
    };
    [text("en", title), text("ar", "أبقوا المكتبة مفتوحة")].into()
}
