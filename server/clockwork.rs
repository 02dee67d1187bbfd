//! Everything that happens without being asked: its interval, its limit, and that a failure is logged once and tried again.

use std::{sync::Arc, time::Duration};

use tokio::sync::watch;

use crate::app::App;

/// How often rounds are looked at whose deadline has come. Answers are refused by the clock itself; this only writes it down.
const CLOSING: Duration = Duration::from_millis(500);
/// How often the outbox is swept.
const POST: Duration = Duration::from_millis(300);

/// How often drafts are looked at whose writers rest. Nothing waits for it: the journal has it all.
const VERSIONS: Duration = Duration::from_secs(5);

/// Starts the tasks; they end when `stop` changes.
pub fn start(app: &Arc<App>, stop: &watch::Receiver<bool>) {
    repeat("closing", CLOSING, stop.clone(), app.clone(), |app| async move { app.close_due_rounds().await });
    repeat("post", POST, stop.clone(), app.clone(), |app| async move { app.send_letters().await });
    repeat("versions", VERSIONS, stop.clone(), app.clone(), |app| async move { app.keep_versions().await });
}

fn repeat<F, R>(name: &'static str, every: Duration, mut stop: watch::Receiver<bool>, app: Arc<App>, task: F)
where
    F: Fn(Arc<App>) -> R + Send + 'static,
    R: Future<Output = crate::store::Attempt<()>> + Send,
{
    tokio::spawn(async move {
        let mut failures = 0u32;
        loop {
            // After failures the pause grows: a database that is away is not asked three times a second.
            let pause = every * 2u32.pow(failures.min(7));
            tokio::select! {
                _ = stop.changed() => return,
                () = tokio::time::sleep(pause) => {}
            }
            match task(app.clone()).await {
                Ok(()) => failures = 0,
                Err(error) => {
                    failures += 1;
                    if failures == 1 {
                        tracing::error!(task = name, %error, "a background task failed and will try again");
                    }
                }
            }
        }
    });
}
