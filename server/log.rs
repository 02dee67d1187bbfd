//! The log: lines to standard error, whoever reads them there, or does not.
//!
//! Standard error may be a pipe to a program that has ended, or that has stopped reading. Nothing the server does waits for it or
//! stops because of it: lines go into a queue with a ceiling and one thread writes them. A line that finds the queue full is
//! dropped and counted, and the count is written as soon as lines are taken again. A panic is a line like any other.

use std::{
    fs::File,
    io::{self, IsTerminal, Write},
    os::fd::AsFd,
    sync::{
        Arc,
        atomic::{AtomicU64, Ordering},
        mpsc::{Receiver, SyncSender, TrySendError, sync_channel},
    },
    time::Duration,
};

use tracing_subscriber::EnvFilter;

/// Lines that wait to be written: a second of the busiest debug log, some megabytes.
const LINES_MAX: usize = 20_000;
/// How long the last lines are waited for when the process ends.
const LAST_LINES: Duration = Duration::from_secs(1);
/// How often meanwhile a place in a full queue is asked for.
const TRIES: u32 = 50;

enum Said {
    Line(Vec<u8>),
    /// Answered when everything before it is written.
    Flush(SyncSender<()>),
}

/// Where lines are handed in; clones share the queue.
#[derive(Clone)]
pub struct Log {
    lines: SyncSender<Said>,
    dropped: Arc<AtomicU64>,
}

impl Log {
    /// From now on whatever this process says to its operator goes through one queue. Call once.
    pub fn begin() -> io::Result<Self> {
        // A handle of our own: the standard one has a lock, which a write that waits for ever would keep.
        let log = Self::to(File::from(io::stderr().as_fd().try_clone_to_owned()?), LINES_MAX)?;
        let wanted = std::env::var("UNDERSIGNED_LOG").unwrap_or_else(|_| "info".into());
        // The HTTP library calls whatever a client sends that is no HTTP an error; it is none of ours, and strangers write it.
        let filter = |wanted: &str| EnvFilter::try_new(format!("actix_http=off,{wanted}"));
        let filter = filter(&wanted).or_else(|_| filter("info")).map_err(io::Error::other)?;
        let writer = log.clone();
        tracing_subscriber::fmt()
            .with_env_filter(filter)
            .with_ansi(io::stderr().is_terminal())
            // What cannot be logged cannot be complained about there either.
            .log_internal_errors(false)
            .with_writer(move || writer.clone())
            .init();
        std::panic::set_hook(Box::new(|panic| {
            let trace = std::backtrace::Backtrace::capture();
            tracing::error!("{panic}\n{trace}");
        }));
        Ok(log)
    }

    fn to(out: impl Write + Send + 'static, lines_max: usize) -> io::Result<Self> {
        let (lines, said) = sync_channel(lines_max);
        let dropped = Arc::new(AtomicU64::new(0));
        let count = dropped.clone();
        std::thread::Builder::new().name("log".into()).spawn(move || write_down(out, &said, &count))?;
        Ok(Self { lines, dropped })
    }

    /// Hands in a line as it is, in the order of the log.
    pub fn say(&self, line: &str) {
        self.hand_in(format!("{line}\n").into_bytes());
    }

    /// Waits a moment until everything handed in is written, and no longer where nothing is taken any more.
    pub fn flush(&self) {
        let (written, waits) = sync_channel(1);
        let mut last = Said::Flush(written);
        for _ in 0..TRIES {
            match self.lines.try_send(last) {
                Ok(()) => {
                    let _ = waits.recv_timeout(LAST_LINES);
                    return;
                }
                Err(TrySendError::Full(again)) => last = again,
                Err(TrySendError::Disconnected(_)) => return,
            }
            std::thread::sleep(LAST_LINES / TRIES);
        }
    }

    fn hand_in(&self, line: Vec<u8>) {
        if let Err(TrySendError::Full(_)) = self.lines.try_send(Said::Line(line)) {
            self.dropped.fetch_add(1, Ordering::Relaxed);
        }
    }
}

/// The subscriber writes each event in one piece.
impl Write for Log {
    fn write(&mut self, line: &[u8]) -> io::Result<usize> {
        self.hand_in(line.to_vec());
        Ok(line.len())
    }

    fn flush(&mut self) -> io::Result<()> {
        Ok(())
    }
}

fn write_down(mut out: impl Write, said: &Receiver<Said>, dropped: &AtomicU64) {
    for next in said {
        let line = match next {
            Said::Line(line) => line,
            Said::Flush(written) => {
                let _ = written.send(());
                continue;
            }
        };
        let missing = dropped.swap(0, Ordering::Relaxed);
        let told = missing == 0 || writeln!(out, "{missing} lines of the log are missing here: nobody took them").is_ok();
        if !told || out.write_all(&line).is_err() {
            // The reader has gone, or the disk is full: counted, in case either comes back.
            dropped.fetch_add(missing * u64::from(!told) + 1, Ordering::Relaxed);
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::sync::{Mutex, mpsc::channel};

    #[derive(Clone, Default)]
    struct Paper(Arc<Mutex<Vec<u8>>>);

    impl Paper {
        fn text(&self) -> String {
            String::from_utf8(self.0.lock().unwrap().clone()).unwrap()
        }
    }

    impl Write for Paper {
        fn write(&mut self, text: &[u8]) -> io::Result<usize> {
            self.0.lock().unwrap().extend_from_slice(text);
            Ok(text.len())
        }

        fn flush(&mut self) -> io::Result<()> {
            Ok(())
        }
    }

    /// Takes nothing until it is let go, then writes.
    struct Blocked(Receiver<()>, Paper);

    impl Write for Blocked {
        fn write(&mut self, text: &[u8]) -> io::Result<usize> {
            let _ = self.0.recv();
            self.1.write(text)
        }

        fn flush(&mut self) -> io::Result<()> {
            Ok(())
        }
    }

    struct Gone;

    impl Write for Gone {
        fn write(&mut self, _: &[u8]) -> io::Result<usize> {
            Err(io::ErrorKind::BrokenPipe.into())
        }

        fn flush(&mut self) -> io::Result<()> {
            Ok(())
        }
    }

    #[test]
    fn lines_are_written_in_their_order() {
        let paper = Paper::default();
        let log = Log::to(paper.clone(), 10).unwrap();
        log.say("one");
        log.say("two");
        log.flush();
        assert_eq!(paper.text(), "one\ntwo\n");
    }

    #[test]
    fn a_reader_that_stops_reading_costs_lines_and_is_told_how_many() {
        let paper = Paper::default();
        let (let_go, waits) = channel();
        let log = Log::to(Blocked(waits, paper.clone()), 3).unwrap();
        // The thread may hold one line itself; three more wait.
        for line in 0..10 {
            log.say(&line.to_string());
        }
        drop(let_go);
        log.flush();
        log.say("last");
        log.flush();
        let text = paper.text();
        let written = text.lines().filter(|line| line.len() == 1).count();
        let counts = text.lines().filter_map(|line| line.strip_suffix(" lines of the log are missing here: nobody took them"));
        let missing: usize = counts.map(|count| count.parse::<usize>().unwrap()).sum();
        assert!(missing > 0 && written + missing == 10 && text.ends_with("last\n"), "{text}");
    }

    #[test]
    fn a_reader_that_has_gone_stops_nothing() {
        let log = Log::to(Gone, 2).unwrap();
        for _ in 0..100 {
            log.say("lost");
        }
        log.flush();
        assert!(log.dropped.load(Ordering::Relaxed) > 0);
    }
}
