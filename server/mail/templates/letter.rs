//! Every letter as data: what whoever queues it must know, and nothing that must be looked up later.

use serde::{Deserialize, Serialize};

use crate::words::dates::LocalDeadline;

/// One letter, complete: with the coalition's name and the words of a language it can be written without looking anything up.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(tag = "letter", rename_all = "kebab-case")]
pub enum Letter {
    /// Opens a session for a person of a known address.
    /// `shared` where several people are written to at that address.
    SignIn { person: Option<String>, shared: bool, link: String, minutes: u32 },
    /// To a signing authority when a round opens.
    InvitationToSign { person: String, matter: Matter, minutes_to_read: u32 },
    /// To a focal point when a round opens: reads, and can ask `signer`.
    InvitationToRead { person: String, matter: Matter, signer: Option<String> },
    /// To a signing authority, because `asked_by` of the same organisation asked for it.
    HandOn { person: String, asked_by: String, matter: Matter },
    /// Six digits that confirm one act.
    Code { person: String, code: String, minutes: u32, asks: Stance, organisation: String, statement: String, edition: String },
    /// Six digits that show what the organisation answered; they bind nothing.
    CodeToLook { person: String, code: String, minutes: u32, organisation: String, statement: String, edition: String },
    /// To every contact of the organisation, after an act was recorded. The receipt travels as `attachment`, where there is one.
    Receipt {
        person: String,
        /// Who acted, with title: `Wanjiru Otieno-Mbeki, Director`.
        by: String,
        stance: Stance,
        organisation: String,
        statement: String,
        edition: String,
        /// With zone, as `words::dates::moment` writes it.
        at: String,
        /// SHA-256 of the text in groups of four.
        digest: String,
        /// Number of the leaf in the statement's log; declining leaves none.
        leaf: Option<u64>,
        checkpoint: Option<String>,
        attachment: Option<Attachment>,
        link: String,
    },
    /// To those of an organisation that has not answered; `signs` where the reader may sign.
    Reminder { person: String, matter: Matter, signs: bool },
    /// To somebody of an organisation in a round, who asked for their link.
    LinkAgain { person: String, matter: Matter },
    /// To everyone invited: the deadline has moved, on the record.
    RoundExtended { person: String, matter: Matter, was: Vec<LocalDeadline> },
    /// To those who acted and those who act for an organisation: the register now names other people.
    ContactsChanged { person: String, organisation: String, signers: String },
    /// To those who draft for an organisation that may do more with a draft than before. It names no organisation, because
    /// that may write unnamed and its mailbox be another's, too.
    RightGiven {
        person: String,
        statement: String,
        part: Part,
        /// When comments and suggestions end, where that is told.
        until: Vec<LocalDeadline>,
        /// Opens the statement for whoever is signed in.
        link: String,
    },
    /// To somebody whom a remark on a draft asks to look. It says no more, because mailboxes are read by others, and who asked may
    /// write unnamed. One letter tells of all that comes until it leaves.
    Mentioned {
        person: String,
        statement: String,
        /// Opens the statement for whoever is signed in.
        link: String,
    },
    /// To somebody whose suggestions were answered. It says no more, for the same reasons.
    Answered {
        person: String,
        statement: String,
        /// Opens the statement for whoever is signed in.
        link: String,
    },
    /// To everyone invited: what their organisation's answer was when the round closed.
    RoundClosed {
        person: String,
        organisation: String,
        statement: String,
        edition: String,
        /// Before its deadline, by the coordinators.
        early: bool,
        answer: Option<Stance>,
        link: String,
    },
}

/// A file that travels with a letter.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Attachment {
    /// Says nothing of whom it is about: names of files are seen by bystanders.
    pub name: String,
    /// JSON.
    pub content: String,
}

impl Letter {
    /// The file that travels with this letter, if any.
    pub fn attachment(&self) -> Option<&Attachment> {
        match self {
            Letter::Receipt { attachment, .. } => attachment.as_ref(),
            _ => None,
        }
    }
}

/// What somebody may do with a draft.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Part {
    Read,
    Comment,
    Suggest,
    Edit,
}

/// What most letters are about.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Matter {
    pub organisation: String,
    /// The statement's title.
    pub statement: String,
    /// `Rev.1`.
    pub edition: String,
    /// Reader's zone first.
    pub closes: Vec<LocalDeadline>,
    /// Opens the text for this person until the round closes.
    pub link: String,
    /// Letters to this organisation reach people of another one, too.
    pub mailbox_shared: bool,
}

/// Where an organisation stands by its answer, or will if it confirms it.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Stance {
    SignedPublicly,
    SignedWithheld,
    Declined,
    Withdrawn,
}
