//! The only place that hands letters to the outside: as files in a folder, one message each, ready for any mail program.

use std::{fs, io::Write, os::unix::fs::OpenOptionsExt, path::PathBuf};

use lettre::{
    Message,
    message::{Attachment, Mailbox, MultiPart, SinglePart, header::ContentType},
};

use super::{Post, outbox, templates};
use crate::{
    kernel::Clock,
    store::{Attempt, Store, vault::restrict},
    words::Words,
};

/// Whether a letter to this address could be addressed at all.
pub fn is_deliverable(email: &str) -> bool {
    email.parse::<lettre::Address>().is_ok()
}

/// Where letters go.
pub struct Sender {
    pub folder: PathBuf,
    pub from: String,
}

impl Sender {
    /// Sends what is due; returns how many letters left.
    pub async fn sweep(&self, store: &Store, post: &Post, clock: &Clock) -> Attempt<usize> {
        let now = clock.now();
        let asked = post.clone();
        let due = store.read(move |tx| outbox::due(tx, &asked, now)).await?;
        let mut left = 0;
        for letter in due {
            let (id, attempts, delivered) = match letter {
                Ok(letter) => (letter.id, letter.attempts, self.deliver(&letter, post)),
                Err((id, attempts)) => (id, attempts, Err("its seal does not open".into())),
            };
            let now = clock.now();
            match delivered {
                Ok(()) => {
                    left += 1;
                    let post = post.clone();
                    store.write(move |tx| outbox::sent(tx, &post, id, now)).await?;
                }
                Err(error) => {
                    // Neither the address nor the words: the log is not to know who was written to.
                    tracing::warn!(letter = %id, %error, attempts, "a letter could not be delivered");
                    store.write(move |tx| outbox::failed(tx, id, attempts, now)).await?;
                }
            }
        }
        Ok(left)
    }

    fn deliver(&self, addressed: &outbox::Addressed, post: &Post) -> Result<(), Box<dyn std::error::Error + Send + Sync>> {
        let rendered = templates::render(&addressed.letter, Words::of("en"), &post.coalition);
        let message = Message::builder()
            .from(Mailbox::new(Some(post.coalition.clone()), self.from.parse()?))
            .to(Mailbox::new(Some(addressed.name.clone()), addressed.email.parse()?))
            .subject(rendered.subject)
            .date(addressed.at.utc().into())
            .message_id(Some(format!("<{}@undersigned>", addressed.id)));
        let message = match addressed.letter.attachment() {
            None => message.header(ContentType::TEXT_PLAIN).body(rendered.text)?,
            Some(file) => {
                let kind = ContentType::parse("application/json")?;
                let attached = Attachment::new(file.name.clone()).body(file.content.clone(), kind);
                message.multipart(MultiPart::mixed().singlepart(SinglePart::plain(rendered.text)).singlepart(attached))?
            }
        };
        fs::create_dir_all(&self.folder)?;
        restrict(&self.folder, 0o700)?;
        let path = self.folder.join(format!("{}.eml", addressed.id));
        let draft = path.with_extension("part");
        let mut file = fs::OpenOptions::new().write(true).create(true).truncate(true).mode(0o600).open(&draft)?;
        file.write_all(&message.formatted())?;
        file.sync_all()?;
        fs::rename(draft, path)?;
        Ok(())
    }
}
