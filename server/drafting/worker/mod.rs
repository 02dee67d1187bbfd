//! Where CRDT documents are read: in child processes of the same binary, never in the server.
//!
//! yrs has no answer to every input: a document can make it loop or abort, and neither can be caught inside a
//! process. A child has a ceiling on memory, processor time and the time one answer may take; one that dies or is late
//! costs the request it was working on, nothing else. Requests beyond the queue are refused at once.

mod before;
mod child;
mod wire;

use std::ffi::OsString;
use std::io;
use std::path::PathBuf;
use std::process::Stdio;
use std::sync::Arc;
use std::time::Duration;

use bytes::Bytes;
use tokio::io::{AsyncReadExt, AsyncWriteExt};
use tokio::process::{Child, ChildStdin, ChildStdout, Command};
use tokio::sync::{Mutex, mpsc, oneshot};

use super::limits::*;
use crate::text::block::Text;
pub use child::run_child;
use wire::Request;

/// The command that makes the binary a worker: `undersigned crdt-worker`.
pub const SUBCOMMAND: &str = "crdt-worker";

/// Why there is no answer.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum WorkerRefusal {
    #[error("The server is busy reading other drafts; try again in a moment.")]
    Busy,
    #[error("This draft took too long to read; try again, and tell the administrator if it happens again.")]
    TooSlow,
    #[error("This draft could not be read; tell the administrator.")]
    Died,
    /// The worker read the document and says why it cannot be used.
    #[error("{0}")]
    Refused(String),
}

/// A handle on the worker processes; clones share them.
#[derive(Debug, Clone)]
pub struct Worker {
    /// Bounded. Its other end is shared by the keepers under a lock that each holds while it waits for a request, and
    /// never while it serves one.
    queue: mpsc::Sender<Job>,
}

#[derive(Debug)]
pub(super) struct Job {
    request: Vec<u8>,
    answer: oneshot::Sender<Result<Bytes, WorkerRefusal>>,
}

impl Worker {
    /// Starts the keepers; a process is started with the first request. Needs a tokio runtime.
    pub fn start(exe: PathBuf) -> Worker {
        Worker::start_with(exe, vec![SUBCOMMAND.into()], WORKERS, Duration::from_secs(WORKER_SECONDS_MAX))
    }

    fn start_with(exe: PathBuf, arguments: Vec<OsString>, count: usize, patience: Duration) -> Worker {
        let (queue, jobs) = mpsc::channel(WORKER_QUEUE_MAX);
        let jobs = Arc::new(Mutex::new(jobs));
        for _ in 0..count {
            let keeper = Keeper { exe: exe.clone(), arguments: arguments.clone(), patience, process: None };
            tokio::spawn(keeper.serve(jobs.clone()));
        }
        Worker { queue }
    }

    /// One update that holds what `parts`, applied in order, hold together. Nothing deleted is thrown away.
    pub async fn merge(&self, parts: &[Bytes]) -> Result<Bytes, WorkerRefusal> {
        self.ask(Request::Merge { parts }).await
    }

    /// What a client with the state vector `known` lacks of `parts`.
    pub async fn diff(&self, parts: &[Bytes], known: &[u8]) -> Result<Bytes, WorkerRefusal> {
        self.ask(Request::Diff { known, parts }).await
    }

    /// The draft's texts, piece by piece: `{"body": delta, "notes": {id: delta}}`, see `text::from_draft`.
    pub async fn project(&self, parts: &[Bytes]) -> Result<serde_json::Value, WorkerRefusal> {
        let json = self.ask(Request::Project { parts }).await?;
        serde_json::from_slice(&json).map_err(|_| WorkerRefusal::Died)
    }

    /// The same as it would be if all that is proposed were accepted; of rivals one.
    pub async fn accepted(&self, parts: &[Bytes]) -> Result<serde_json::Value, WorkerRefusal> {
        let json = self.ask(Request::Accepted { parts }).await?;
        serde_json::from_slice(&json).map_err(|_| WorkerRefusal::Died)
    }

    /// The texts in which each piece says what would become of it, see `text::marked::proposed`.
    pub async fn marked(&self, parts: &[Bytes]) -> Result<serde_json::Value, WorkerRefusal> {
        let json = self.ask(Request::Marked { parts }).await?;
        serde_json::from_slice(&json).map_err(|_| WorkerRefusal::Died)
    }

    /// An update by `client` that puts a text in the place of all that the draft says.
    pub async fn replace(&self, parts: &[Bytes], text: &Text, client: u64) -> Result<Bytes, WorkerRefusal> {
        let text = serde_json::to_vec(text).map_err(|_| WorkerRefusal::Died)?;
        self.ask(Request::Replace { client, text: &text, parts }).await
    }

    /// An update by `client` that makes the draft say this text. What it says already keeps its letters.
    pub async fn rewrite(&self, parts: &[Bytes], text: &Text, client: u64) -> Result<Bytes, WorkerRefusal> {
        let text = serde_json::to_vec(text).map_err(|_| WorkerRefusal::Died)?;
        self.ask(Request::Rewrite { client, text: &text, parts }).await
    }

    /// What a draft says that was written in the shape of before.
    pub async fn said_before(&self, parts: &[Bytes]) -> Result<Text, WorkerRefusal> {
        let json = self.ask(Request::SaidBefore { parts }).await?;
        serde_json::from_slice(&json).map_err(|_| WorkerRefusal::Died)
    }

    async fn ask(&self, request: Request<'_>) -> Result<Bytes, WorkerRefusal> {
        let request = wire::write_request(&request);
        if request.len() > WORKER_MESSAGE_BYTES_MAX {
            return Err(WorkerRefusal::Busy);
        }
        let (answer, answered) = oneshot::channel();
        self.queue.try_send(Job { request, answer }).map_err(|_| WorkerRefusal::Busy)?;
        answered.await.unwrap_or(Err(WorkerRefusal::Died))
    }
}

/// Looks after one process. Its fields belong to its own task.
struct Keeper {
    exe: PathBuf,
    arguments: Vec<OsString>,
    patience: Duration,
    process: Option<Process>,
}

struct Process {
    // Killed when dropped.
    _child: Child,
    to: ChildStdin,
    from: ChildStdout,
    served: u32,
}

impl Keeper {
    async fn serve(mut self, jobs: Arc<Mutex<mpsc::Receiver<Job>>>) {
        loop {
            let job = jobs.lock().await.recv().await;
            let Some(Job { request, answer }) = job else { return };
            // Nobody waits any more: do not spend a process on it.
            if !answer.is_closed() {
                let _ = answer.send(self.answer(&request).await);
            }
        }
    }

    async fn answer(&mut self, request: &[u8]) -> Result<Bytes, WorkerRefusal> {
        let used = self.process.as_ref().is_some_and(|process| process.served > 0);
        let answer = self.answer_once(request).await;
        // A process may have spent its processor time on earlier requests; this one has a right to a whole life.
        if used && matches!(answer, Err(WorkerRefusal::Died)) { self.answer_once(request).await } else { answer }
    }

    async fn answer_once(&mut self, request: &[u8]) -> Result<Bytes, WorkerRefusal> {
        let mut process = match self.process.take() {
            Some(process) => process,
            None => self.spawn().map_err(|error| {
                tracing::error!(%error, "a document worker could not be started");
                WorkerRefusal::Died
            })?,
        };
        match tokio::time::timeout(self.patience, process.exchange(request)).await {
            Ok(Ok(answer)) => {
                process.served += 1;
                if process.served < WORKER_REQUESTS_MAX {
                    self.process = Some(process);
                }
                answer.map_err(WorkerRefusal::Refused)
            }
            Ok(Err(error)) => {
                tracing::warn!(%error, bytes = request.len(), "a document worker died over a request");
                Err(WorkerRefusal::Died)
            }
            Err(_) => {
                tracing::warn!(bytes = request.len(), "a document worker was too slow and is replaced");
                Err(WorkerRefusal::TooSlow)
            }
        }
    }

    fn spawn(&self) -> io::Result<Process> {
        let mut child = Command::new(&self.exe)
            .args(&self.arguments)
            // It reads what strangers wrote; it gets no setting, no key and no address of ours.
            .env_clear()
            .stdin(Stdio::piped())
            .stdout(Stdio::piped())
            .stderr(Stdio::null())
            .kill_on_drop(true)
            .spawn()?;
        let (to, from) = (child.stdin.take(), child.stdout.take());
        match (to, from) {
            (Some(to), Some(from)) => Ok(Process { _child: child, to, from, served: 0 }),
            _ => Err(io::ErrorKind::BrokenPipe.into()),
        }
    }
}

impl Process {
    async fn exchange(&mut self, request: &[u8]) -> io::Result<Result<Bytes, String>> {
        self.to.write_u32_le(request.len() as u32).await?;
        self.to.write_all(request).await?;
        self.to.flush().await?;
        let (refused, len) = (self.from.read_u8().await? != 0, self.from.read_u32_le().await? as usize);
        if len > WORKER_MESSAGE_BYTES_MAX {
            return Err(io::ErrorKind::InvalidData.into());
        }
        let mut answer = vec![0; len];
        self.from.read_exact(&mut answer).await?;
        if refused { Ok(Err(String::from_utf8_lossy(&answer).into_owned())) } else { Ok(Ok(answer.into())) }
    }
}

/// The projection of some updates, in this process.
#[cfg(test)]
pub(super) fn project_for_tests(updates: &[Vec<u8>]) -> serde_json::Value {
    let parts: Vec<Bytes> = updates.iter().map(|update| Bytes::copy_from_slice(update)).collect();
    let json = child::answer(&wire::write_request(&Request::Project { parts: &parts })).unwrap();
    serde_json::from_slice(&json).unwrap()
}

/// A base of some updates, made in this process.
#[cfg(test)]
pub(super) fn merge_for_tests(updates: &[Vec<u8>]) -> Vec<u8> {
    let parts: Vec<Bytes> = updates.iter().map(|update| Bytes::copy_from_slice(update)).collect();
    child::answer(&wire::write_request(&Request::Merge { parts: &parts })).unwrap()
}

/// What brings a text back, made in this process.
#[cfg(test)]
pub(super) fn rewrite_for_tests(updates: &[Vec<u8>], text: &Text, client: u64) -> Vec<u8> {
    let parts: Vec<Bytes> = updates.iter().map(|update| Bytes::copy_from_slice(update)).collect();
    let text = serde_json::to_vec(text).unwrap();
    child::answer(&wire::write_request(&Request::Rewrite { client, text: &text, parts: &parts })).unwrap()
}

/// A worker without processes: whoever has the other end decides what becomes of each request, and when.
#[cfg(test)]
pub(super) fn without_processes() -> (Worker, Requests) {
    let (queue, jobs) = mpsc::channel(WORKER_QUEUE_MAX);
    (Worker { queue }, Requests(jobs))
}

#[cfg(test)]
pub(super) struct Requests(mpsc::Receiver<Job>);

#[cfg(test)]
impl Requests {
    pub async fn next(&mut self) -> Job {
        self.0.recv().await.expect("a handle on the worker lives")
    }
}

#[cfg(test)]
impl Job {
    /// What a process would have answered.
    pub fn answer_it(self) {
        let answer = child::answer(&self.request).map(Bytes::from).map_err(WorkerRefusal::Refused);
        let _ = self.answer.send(answer);
    }

    pub fn refuse_it(self, refusal: WorkerRefusal) {
        let _ = self.answer.send(Err(refusal));
    }
}

#[cfg(test)]
mod tests {
    use futures_util::FutureExt;

    use super::*;

    fn fake(script: &str, patience: u64) -> Worker {
        Worker::start_with("/bin/sh".into(), vec!["-c".into(), script.into()], 1, Duration::from_millis(patience))
    }

    #[tokio::test]
    async fn a_process_that_dies_or_hangs_costs_one_request() {
        let nothing = [Bytes::from_static(&[0, 0])];
        assert_eq!(fake("exit 3", 5000).merge(&nothing).await, Err(WorkerRefusal::Died));
        assert_eq!(fake("exec sleep 100", 50).merge(&nothing).await, Err(WorkerRefusal::TooSlow));
        // Answers once, then is gone: the next request starts another.
        let once = fake(r"head -c 9 >/dev/null; printf '\0\2\0\0\0ok'", 5000);
        for _ in 0..3 {
            assert_eq!(once.merge(&nothing).await, Ok(Bytes::from_static(b"ok")));
        }
    }

    #[tokio::test]
    async fn a_worker_that_refuses_says_why() {
        let refusing = fake(r"head -c 9 >/dev/null; printf '\1\3\0\0\0no.'", 5000);
        assert_eq!(refusing.merge(&[Bytes::from_static(&[0, 0])]).await, Err(WorkerRefusal::Refused("no.".into())));
    }

    #[tokio::test]
    async fn more_than_the_queue_is_refused_at_once() {
        // No keeper takes anything from this queue, so what is in it stays.
        let (queue, _never_read) = mpsc::channel(WORKER_QUEUE_MAX);
        let worker = Worker { queue };
        let nothing = [Bytes::from_static(&[0, 0])];
        let mut asked: Vec<_> = (0..=WORKER_QUEUE_MAX).map(|_| Box::pin(worker.merge(&nothing))).collect();
        let answers: Vec<_> = asked.iter_mut().map(|asked| asked.now_or_never()).collect();
        let (last, queued) = answers.split_last().unwrap();
        assert_eq!(queued, vec![None; WORKER_QUEUE_MAX]);
        assert_eq!(*last, Some(Err(WorkerRefusal::Busy)));
    }
}
