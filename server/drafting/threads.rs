//! The threads that carry rooms, one for each core. A room and the sockets of everybody in it share one: what somebody
//! types reaches the room, and goes out to the others, without another thread being woken, and rooms do not wait for each
//! other nor for requests. They end when the hub goes, and what still runs on them is dropped; rooms are told before.

use std::sync::atomic::{AtomicUsize, Ordering};
use std::thread;

use tokio::runtime::{Builder, Handle};
use tokio::sync::oneshot;

pub struct Threads {
    threads: Vec<Thread>,
    next: AtomicUsize,
}

struct Thread {
    runtime: Handle,
    // Dropping it ends the thread.
    _ends: Option<oneshot::Sender<()>>,
}

impl Threads {
    /// As many as there are cores.
    pub fn start() -> std::io::Result<Threads> {
        let cores = thread::available_parallelism().map_or(1, usize::from);
        Ok(Threads::of((0..cores).map(|_| Thread::start()).collect::<std::io::Result<_>>()?))
    }

    /// The thread of a test, whose clock is its own.
    #[cfg(test)]
    pub fn this_one() -> Threads {
        Threads::of(vec![Thread { runtime: Handle::current(), _ends: None }])
    }

    fn of(threads: Vec<Thread>) -> Threads {
        Threads { threads, next: AtomicUsize::new(0) }
    }

    /// Where the next room is at home.
    pub fn next(&self) -> &Handle {
        let next = self.next.fetch_add(1, Ordering::Relaxed);
        &self.threads[next % self.threads.len()].runtime
    }
}

impl Thread {
    fn start() -> std::io::Result<Thread> {
        let runtime = Builder::new_current_thread().enable_all().build()?;
        let handle = runtime.handle().clone();
        let (ends, ended) = oneshot::channel();
        thread::Builder::new().name("rooms".into()).spawn(move || runtime.block_on(ended))?;
        Ok(Thread { runtime: handle, _ends: Some(ends) })
    }
}
