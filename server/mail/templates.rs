//! Renders a letter: from its data ([`Letter`]) to the subject and the plain text that leave, in the words of one language.
//!
//! Plain text only, and a subject that tells a bystander nothing: no organisation, no statement, no code ever stands in a subject,
//! because subjects are shown on lock screens and kept in mail logs. A letter never signs anything; its link opens a page.
//! This room knows no database: whoever queues a letter has already put times and links into it.

mod letter;
mod sheet;

pub use letter::{Attachment, Letter, Matter, Part, Stance};

use crate::words::Words;

use sheet::{Sheet, clean};

/// A letter ready to send: one-line subject, text with blank lines between paragraphs.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Rendered {
    pub subject: String,
    pub text: String,
}

/// Writes the letter in these words, in the coalition's name.
pub fn render(letter: &Letter, words: Words, coalition: &str) -> Rendered {
    let mut sheet = Sheet { words, paragraphs: Vec::new() };
    let subject = match letter {
        Letter::SignIn { person, shared, link, minutes } => {
            sheet.greet(person.as_deref());
            sheet.say("letter.sign_in.body", &[("coalition", &clean(coalition))]);
            if let Some(person) = person.as_deref().filter(|_| *shared) {
                sheet.say("letter.sign_in.shared", &[("person", &clean(person))]);
            }
            sheet.link(link);
            sheet.count("letter.sign_in.minutes", u64::from(*minutes));
            sheet.say("letter.sign_in.not_you", &[]);
            "letter.sign_in.subject"
        }
        Letter::InvitationToSign { person, matter, minutes_to_read } => {
            sheet.greet(Some(person));
            sheet.about("letter.invitation_to_sign.body", matter, &[("coalition", coalition)]);
            sheet.deadline("letter.closes", &matter.closes);
            sheet.say("letter.invitation_to_sign.open", &[]);
            sheet.link(&matter.link);
            sheet.count("letter.invitation_to_sign.minutes", u64::from((*minutes_to_read).max(1)));
            sheet.say("letter.invitation_to_sign.nothing_yet", &[]);
            sheet.mailbox(matter);
            sheet.say("letter.personal_link", &[]);
            "letter.subject.attention"
        }
        Letter::InvitationToRead { person, matter, signer } => {
            sheet.greet(Some(person));
            sheet.about("letter.invitation_to_read.body", matter, &[("coalition", coalition)]);
            sheet.deadline("letter.closes", &matter.closes);
            match signer {
                Some(signer) => sheet.say("letter.invitation_to_read.ask", &[("signer", &clean(signer))]),
                None => sheet.say("letter.invitation_to_read.nobody", &[]),
            }
            sheet.link(&matter.link);
            sheet.mailbox(matter);
            sheet.say("letter.personal_link", &[]);
            "letter.subject.attention"
        }
        Letter::HandOn { person, asked_by, matter } => {
            sheet.greet(Some(person));
            sheet.about("letter.hand_on.body", matter, &[("asked_by", asked_by)]);
            sheet.deadline("letter.closes", &matter.closes);
            sheet.say("letter.invitation_to_sign.open", &[]);
            sheet.link(&matter.link);
            sheet.say("letter.invitation_to_sign.nothing_yet", &[]);
            sheet.say("letter.personal_link", &[]);
            "letter.subject.attention"
        }
        Letter::Code { person, code, minutes, asks, organisation, statement, edition } => {
            sheet.greet(Some(person));
            sheet.say("letter.code.body", &[]);
            sheet.paragraphs.push(clean(code));
            sheet.count("letter.code.minutes", u64::from(*minutes));
            let key = match asks {
                Stance::SignedPublicly => "letter.code.sign_public",
                Stance::SignedWithheld => "letter.code.sign_withheld",
                Stance::Declined => "letter.code.decline",
                Stance::Withdrawn => "letter.code.withdraw",
            };
            sheet.say(key, &[("organisation", &clean(organisation)), ("statement", &clean(statement)), ("edition", &clean(edition))]);
            sheet.say("letter.code.nothing_else", &[]);
            sheet.say("letter.code.not_you", &[]);
            "letter.code.subject"
        }
        Letter::CodeToLook { person, code, minutes, organisation, statement, edition } => {
            sheet.greet(Some(person));
            sheet.say("letter.code.body", &[]);
            sheet.paragraphs.push(clean(code));
            sheet.count("letter.code.minutes", u64::from(*minutes));
            let about = [("organisation", clean(organisation)), ("statement", clean(statement)), ("edition", clean(edition))];
            sheet.say("letter.code.look", &about.each_ref().map(|(name, value)| (*name, value.as_str())));
            sheet.say("letter.code.not_you", &[]);
            "letter.code.subject"
        }
        Letter::Receipt { person, by, stance, organisation, statement, edition, at, digest, leaf, checkpoint, attachment, link } => {
            sheet.greet(Some(person));
            let key = match stance {
                Stance::SignedPublicly => "letter.receipt.sign_public",
                Stance::SignedWithheld => "letter.receipt.sign_withheld",
                Stance::Declined => "letter.receipt.decline",
                Stance::Withdrawn => "letter.receipt.withdraw",
            };
            sheet.say(
                key,
                &[
                    ("organisation", &clean(organisation)),
                    ("statement", &clean(statement)),
                    ("edition", &clean(edition)),
                    ("by", &clean(by)),
                    ("at", &clean(at)),
                ],
            );
            sheet.say("letter.receipt.digest", &[("digest", &clean(digest))]);
            if let Some(leaf) = leaf {
                sheet.say(
                    "letter.receipt.leaf",
                    &[("leaf", &leaf.to_string()), ("checkpoint", &clean(checkpoint.as_deref().unwrap_or_default()))],
                );
            }
            if let Some(attachment) = attachment {
                sheet.say("letter.receipt.attachment", &[("attachment", &clean(&attachment.name))]);
            }
            let signed = matches!(stance, Stance::SignedPublicly | Stance::SignedWithheld);
            sheet.say(if signed { "letter.receipt.withdraw_any_time" } else { "letter.receipt.look" }, &[]);
            sheet.link(link);
            sheet.say("letter.receipt.not_you", &[]);
            "letter.receipt.subject"
        }
        Letter::Reminder { person, matter, signs } => {
            sheet.greet(Some(person));
            sheet.about("letter.reminder.body", matter, &[("coalition", coalition)]);
            sheet.deadline("letter.closes", &matter.closes);
            sheet.say(if *signs { "letter.invitation_to_sign.open" } else { "letter.reminder.read" }, &[]);
            sheet.link(&matter.link);
            sheet.say("letter.personal_link", &[]);
            "letter.subject.reminder"
        }
        Letter::LinkAgain { person, matter } => {
            sheet.greet(Some(person));
            sheet.about("letter.link_again.body", matter, &[]);
            sheet.deadline("letter.closes", &matter.closes);
            sheet.link(&matter.link);
            sheet.say("letter.personal_link", &[]);
            "letter.link_again.subject"
        }
        Letter::RoundExtended { person, matter, was } => {
            sheet.greet(Some(person));
            sheet.about("letter.round_extended.body", matter, &[]);
            sheet.deadline("letter.round_extended.now", &matter.closes);
            sheet.deadline("letter.round_extended.was", was);
            sheet.say("letter.round_extended.stands", &[]);
            sheet.link(&matter.link);
            sheet.say("letter.personal_link", &[]);
            "letter.round_extended.subject"
        }
        Letter::ContactsChanged { person, organisation, signers } => {
            sheet.greet(Some(person));
            sheet.say("letter.contacts_changed.body", &[("organisation", &clean(organisation)), ("signers", &clean(signers))]);
            sheet.say("letter.contacts_changed.not_you", &[("coalition", &clean(coalition))]);
            "letter.contacts_changed.subject"
        }
        Letter::RightGiven { person, statement, part, until, link } => {
            sheet.greet(Some(person));
            let key = match part {
                Part::Read => "letter.right_given.read",
                Part::Comment => "letter.right_given.comment",
                Part::Suggest => "letter.right_given.suggest",
                Part::Edit => "letter.right_given.edit",
            };
            sheet.say(key, &[("coalition", &clean(coalition)), ("statement", &clean(statement))]);
            if !until.is_empty() {
                let suggests = *part == Part::Suggest;
                sheet.deadline(if suggests { "letter.right_given.until_suggest" } else { "letter.right_given.until" }, until);
            }
            sheet.say("letter.right_given.open", &[]);
            sheet.link(link);
            sheet.say("letter.right_given.link", &[]);
            "letter.right_given.subject"
        }
        Letter::Mentioned { person, statement, link } => {
            sheet.greet(Some(person));
            sheet.say("letter.mentioned.body", &[("coalition", &clean(coalition)), ("statement", &clean(statement))]);
            sheet.link(link);
            sheet.say("letter.mentioned.link", &[]);
            "letter.mentioned.subject"
        }
        Letter::Answered { person, statement, link } => {
            sheet.greet(Some(person));
            sheet.say("letter.answered.body", &[("coalition", &clean(coalition)), ("statement", &clean(statement))]);
            sheet.link(link);
            sheet.say("letter.answered.link", &[]);
            "letter.answered.subject"
        }
        Letter::RoundClosed { person, organisation, statement, edition, early, answer, link } => {
            sheet.greet(Some(person));
            let body = if *early { "letter.round_closed.body_early" } else { "letter.round_closed.body" };
            sheet.say(body, &[("statement", &clean(statement)), ("edition", &clean(edition))]);
            let key = match answer {
                Some(Stance::SignedPublicly) => "letter.round_closed.signed_public",
                Some(Stance::SignedWithheld) => "letter.round_closed.signed_withheld",
                Some(Stance::Declined) => "letter.round_closed.declined",
                Some(Stance::Withdrawn) => "letter.round_closed.withdrawn",
                None => "letter.round_closed.silent",
            };
            sheet.say(key, &[("organisation", &clean(organisation))]);
            sheet.link(link);
            "letter.round_closed.subject"
        }
    };
    sheet.paragraphs.push(format!("{}\n{}", words.say("letter.sender", &[]), clean(coalition)));
    Rendered { subject: words.say(subject, &[]), text: sheet.paragraphs.join("\n\n") + "\n" }
}

#[cfg(test)]
mod tests;
