//! What the kernel says of processes and of the machine: processor time to the nanosecond, memory, who else is busy.

use std::{collections::HashMap, fs};

#[derive(Clone, Copy, Default)]
pub struct Spent {
    pub cpu_seconds: f64,
    /// What they share, the program's own pages above all, is counted once.
    pub memory_kib: u64,
}

struct Process {
    parent: u32,
    spent: Spent,
}

/// A process with all its descendants, those that have ended included.
pub fn tree(root: u32) -> Spent {
    let all: HashMap<u32, Process> = numbers_in("/proc").filter_map(|id| Some((id, process(id)?))).collect();
    let mut sum = Spent::default();
    let mut waiting = vec![root];
    while let Some(id) = waiting.pop() {
        if let Some(Process { spent, .. }) = all.get(&id) {
            sum.cpu_seconds += spent.cpu_seconds;
            sum.memory_kib += spent.memory_kib;
        }
        waiting.extend(all.iter().filter(|(_, process)| process.parent == id).map(|(id, _)| *id));
    }
    sum
}

/// Processor seconds of everybody since the machine started.
pub fn busy_seconds() -> f64 {
    let all = fs::read_to_string("/proc/stat").unwrap_or_default();
    let ticks: Vec<f64> = all.lines().next().unwrap_or("").split_whitespace().skip(1).filter_map(|word| word.parse().ok()).collect();
    // user, nice, system, idle, waiting for disks, interrupts, soft interrupts, stolen
    [0, 1, 2, 5, 6, 7].iter().filter_map(|at| ticks.get(*at)).sum::<f64>() / ticks_a_second()
}

pub fn name() -> String {
    let about = fs::read_to_string("/proc/cpuinfo").unwrap_or_default();
    let model = about
        .lines()
        .find_map(|line| line.strip_prefix("model name")?.split_once(':'))
        .map_or("unknown processor", |(_, name)| name.trim());
    let cores = std::thread::available_parallelism().map_or(1, |count| count.get());
    let kernel = fs::read_to_string("/proc/sys/kernel/osrelease").unwrap_or_default();
    let memory = fs::read_to_string("/proc/meminfo").unwrap_or_default();
    let kib: u64 = memory.split_whitespace().nth(1).and_then(|word| word.parse().ok()).unwrap_or(0);
    format!("{cores} × {model}, {} GiB, Linux {}", (kib + (1 << 19)) >> 20, kernel.trim())
}

/// Thousands of sockets need as many handles; what is started inherits them.
pub fn take_all_handles() {
    let mut limit = libc::rlimit { rlim_cur: 0, rlim_max: 0 };
    // SAFETY: both calls read or fill the structure they are given and keep nothing of it.
    unsafe {
        libc::getrlimit(libc::RLIMIT_NOFILE, &mut limit);
        limit.rlim_cur = limit.rlim_max;
        libc::setrlimit(libc::RLIMIT_NOFILE, &limit);
    }
}

fn process(id: u32) -> Option<Process> {
    let about = fs::read_to_string(format!("/proc/{id}/stat")).ok()?;
    // The name stands in brackets and may hold anything, blanks and brackets too.
    let fields: Vec<&str> = about[about.rfind(')')? + 2..].split(' ').collect();
    let ticks = |at: usize| fields.get(at).and_then(|field| field.parse::<f64>().ok()).unwrap_or(0.0);
    let nanos: u64 = numbers_in(&format!("/proc/{id}/task"))
        .filter_map(|thread| fs::read_to_string(format!("/proc/{id}/task/{thread}/schedstat")).ok()?.split(' ').next()?.parse::<u64>().ok())
        .sum();
    let (own, of_ended_children) = (ticks(11) + ticks(12), ticks(13) + ticks(14));
    let own = if nanos > 0 { nanos as f64 / 1e9 } else { own / ticks_a_second() };
    let memory = fs::read_to_string(format!("/proc/{id}/smaps_rollup")).unwrap_or_default();
    let shared_out = memory.lines().find_map(|line| line.strip_prefix("Pss:")?.split_whitespace().next()?.parse().ok());
    let spent = Spent { cpu_seconds: own + of_ended_children / ticks_a_second(), memory_kib: shared_out.unwrap_or(0) };
    Some(Process { parent: fields.get(1)?.parse().ok()?, spent })
}

fn numbers_in(folder: &str) -> impl Iterator<Item = u32> {
    fs::read_dir(folder).into_iter().flatten().flatten().filter_map(|entry| entry.file_name().to_str()?.parse().ok())
}

fn ticks_a_second() -> f64 {
    // SAFETY: asks for a constant.
    unsafe { libc::sysconf(libc::_SC_CLK_TCK) as f64 }
}
