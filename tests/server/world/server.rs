//! The server process of a world, its folder, its log and its letters.

use std::{
    io::{BufRead, BufReader},
    path::{Path, PathBuf},
    process::{Child, Command, ExitStatus, Stdio},
    time::Duration,
};

use serde_json::{Value, json};
use undersigned::drafting::limits::ROOM_IDLE_SECONDS;

use super::{
    Database, Person,
    database::{Away, Beside},
    house,
};

/// The sample register the product ships as demo data.
pub const REGISTER: &str = concat!(env!("CARGO_MANIFEST_DIR"), "/server/demo/organisations.csv");
pub const COORDINATOR: &str = "focalpoint@lfea-us.example";

pub struct World {
    pub url: String,
    pub data: PathBuf,
    database: Database,
    process: Option<Child>,
    expected: Vec<&'static str>,
}

impl World {
    /// A server with the sample register and one coordinator.
    pub async fn on(database: Database) -> Self {
        let world = Self::empty_on(database);
        world.command(&["import", "organisations", REGISTER]);
        world.command(&["admin", "coordinator", COORDINATOR, "--name", "Harriet Lindqvist-Okoro"]);
        let mut world = world;
        world.start();
        world
    }

    /// A folder and a database, and nothing running.
    pub fn empty_on(database: Database) -> Self {
        let data = std::env::temp_dir().join(format!("undersigned-test-{}", undersigned::kernel::Id::<()>::new()));
        Self { url: String::new(), data, database, process: None, expected: Vec::new() }
    }

    pub fn database_url(&self) -> Option<&str> {
        self.database.url()
    }

    /// The database, beside the server.
    pub fn database(&self) -> Beside {
        self.database.beside(&self.data)
    }

    /// Takes the database away under the running server.
    pub fn database_goes_away(&self) -> Away {
        self.database.goes_away(&self.data)
    }

    /// The log may hold errors with these words: the test makes something fail.
    pub fn expects(&mut self, words: &'static str) {
        self.expected.push(words);
    }

    /// The binary with this world's folder and database.
    pub fn base(&self, arguments: &[&str]) -> Command {
        self.base_under(&[], arguments)
    }

    fn base_under(&self, before: &[&str], arguments: &[&str]) -> Command {
        let mut words = before.iter().copied().chain([env!("CARGO_BIN_EXE_undersigned")]);
        let mut command = Command::new(words.next().expect("a program"));
        command.args(words).args(arguments).arg("--data").arg(&self.data).env_remove("UNDERSIGNED_DATABASE");
        if let Some(url) = self.database.url() {
            command.args(["--database", url]);
        }
        command
    }

    /// Runs one of the operator's commands to its end.
    pub fn command(&self, arguments: &[&str]) -> String {
        let done = self.base(arguments).output().expect("the binary runs");
        assert!(done.status.success(), "{arguments:?}: {}", String::from_utf8_lossy(&done.stderr));
        String::from_utf8(done.stdout).expect("UTF-8")
    }

    /// Runs a command that must be refused, and returns what it said.
    pub fn refused_command(&self, arguments: &[&str]) -> String {
        let done = self.base(arguments).output().expect("the binary runs");
        assert!(!done.status.success(), "{arguments:?} was not refused");
        String::from_utf8(done.stderr).expect("UTF-8")
    }

    pub fn start(&mut self) {
        self.start_under(&[]);
    }

    /// Starts the server as an argument of another program, like `nohup`.
    pub fn start_under(&mut self, before: &[&str]) {
        std::fs::create_dir_all(&self.data).expect("a folder");
        let log = std::fs::OpenOptions::new().create(true).append(true).open(self.log_file()).expect("a log");
        self.run(before, log.into());
    }

    /// Starts the server with its log going somewhere else than into its folder.
    pub fn start_with_log(&mut self, log: Stdio) {
        self.run(&[], log);
    }

    fn run(&mut self, before: &[&str], log: Stdio) {
        let mut child = self
            .base_under(before, &["serve", "--listen", "127.0.0.1:0"])
            .env("UNDERSIGNED_LOG", "debug")
            .stdin(Stdio::null())
            .stdout(Stdio::piped())
            .stderr(log)
            .spawn()
            .expect("the server starts");
        let mut lines = BufReader::new(child.stdout.take().expect("its output"));
        let mut line = String::new();
        loop {
            line.clear();
            let read = lines.read_line(&mut line).expect("a line");
            assert!(read > 0, "the server ended before it listened: {}", self.log());
            if let Some(url) = line.trim().strip_prefix("Listening on ") {
                self.url = url.to_owned();
                break;
            }
        }
        self.process = Some(child);
    }

    /// `kill -9`: nothing is flushed, nobody is told.
    pub fn is_killed(&mut self) {
        let mut child = self.process.take().expect("a running server");
        child.kill().expect("it can be killed");
        child.wait().expect("it ends");
    }

    /// SIGTERM, and waits for the end.
    pub fn is_stopped(&mut self) {
        self.signal("TERM");
        assert!(self.ends().success(), "a stopped server ends well: {}", self.log());
    }

    pub fn process_id(&self) -> u32 {
        self.process.as_ref().expect("a running server").id()
    }

    /// Tells the running server something.
    pub fn signal(&self, name: &str) {
        let id = self.process_id().to_string();
        assert!(Command::new("kill").args(["-s", name, &id]).status().expect("kill runs").success());
    }

    /// Waits for the end of a server that was told to end.
    pub fn ends(&mut self) -> ExitStatus {
        self.process.take().expect("a running server").wait().expect("it ends")
    }

    fn log_file(&self) -> PathBuf {
        self.data.join("server.log")
    }

    pub fn log(&self) -> String {
        std::fs::read_to_string(self.log_file()).unwrap_or_default()
    }

    pub fn letters_folder(&self) -> PathBuf {
        self.data.join("letters")
    }

    /// Moves the server's clock forward.
    pub async fn advance(&self, seconds: i64) {
        let done = reqwest::Client::new()
            .post(format!("{}/test/clock", self.url))
            .json(&json!({ "seconds": seconds }))
            .send()
            .await
            .expect("the clock");
        assert_eq!(done.status(), 200);
    }

    /// Somebody with a browser and no session.
    pub fn stranger(&self) -> Person {
        Person::new(&self.url, "", &self.letters_folder())
    }

    /// Whoever reads the letters to this address, at a browser of their own and without a session.
    pub fn mailbox(&self, email: &str) -> Person {
        Person::new(&self.url, email, &self.letters_folder())
    }

    /// Somebody signed in through a letter.
    pub async fn person(&self, email: &str) -> Person {
        let person = Person::new(&self.url, email, &self.letters_folder());
        person.signs_in().await;
        person
    }

    pub async fn coordinator(&self) -> Person {
        self.person(COORDINATOR).await
    }

    /// The register's organisations by reference, as the coordinator sees them.
    pub async fn organisations(&self, references: &[&str]) -> Vec<Value> {
        let all = self.coordinator().await.get("/api/organisations").await.json();
        references
            .iter()
            .map(|reference| {
                let found = all["organisations"].as_array().expect("a list").iter().find(|one| one["ref"] == *reference);
                found.unwrap_or_else(|| panic!("{reference} is in the register")).clone()
            })
            .collect()
    }

    pub async fn ids(&self, references: &[&str]) -> Vec<String> {
        self.organisations(references).await.iter().map(|one| one["id"].as_str().expect("an id").to_owned()).collect()
    }

    /// Waits until `ask` answers; the server does some things a moment after it said yes.
    pub async fn eventually<T, F: AsyncFnMut() -> Option<T>>(&self, what: &str, mut ask: F) -> T {
        for _ in 0..600 {
            if let Some(answer) = ask().await {
                return answer;
            }
            tokio::time::sleep(Duration::from_millis(50)).await;
        }
        panic!("never: {what}\n{}", self.log());
    }

    /// The house is in order: the server still answers, sent every letter, keeps no draft open that nobody is in, stops when
    /// told; its logs hold, and nothing was logged as an error.
    pub async fn ends_well(&mut self) {
        let problems = self.problems().await;
        assert!(problems.is_empty(), "{}", problems.join("\n"));
    }

    /// The same, after whatever came of the test itself: a test that fails does not hide what else is wrong.
    pub async fn ends_after(&mut self, outcome: std::thread::Result<()>) {
        match outcome {
            Ok(()) => self.ends_well().await,
            Err(failure) => {
                for problem in self.problems().await {
                    eprintln!("and the house: {problem}");
                }
                std::panic::resume_unwind(failure);
            }
        }
    }

    async fn problems(&mut self) -> Vec<String> {
        let mut problems = Vec::new();
        if let Some(child) = &mut self.process {
            match child.try_wait() {
                Ok(None) => {
                    problems.extend(self.answers_and_sends().await);
                    problems.extend(self.leaks_a_room().await);
                    self.is_stopped();
                }
                ended => problems.push(format!("the server ended by itself: {ended:?}")),
            }
        }
        problems.extend(house::broken_logs(&self.data, self.database.url()).await);
        let log = self.log();
        problems.extend(log.lines().filter(|line| line.contains("ERROR") || line.contains("panicked")).map(str::to_owned));
        problems.retain(|line| !self.expected.iter().any(|words| line.contains(words)));
        problems
    }

    /// Everybody has gone by now, and an empty room stays open for a while only.
    async fn leaks_a_room(&self) -> Option<String> {
        let mut open = self.rooms_open().await;
        if open > 0 {
            self.advance(ROOM_IDLE_SECONDS as i64).await;
        }
        for _ in 0..200 {
            if open == 0 {
                return None;
            }
            tokio::time::sleep(Duration::from_millis(50)).await;
            open = self.rooms_open().await;
        }
        Some(format!("{open} rooms are open and nobody is in them"))
    }

    pub async fn rooms_open(&self) -> usize {
        let answer = reqwest::get(format!("{}/test/rooms", self.url)).await.expect("the server answers");
        answer.text().await.expect("a number").parse().expect("a number")
    }

    async fn answers_and_sends(&self) -> Option<String> {
        let ready = self.stranger().get("/readyz").await.status;
        if ready != 200 {
            return Some(format!("/readyz answers {ready}"));
        }
        let mut beside = self.database();
        for _ in 0..200 {
            if house::letters_waiting(&mut beside) == 0 {
                return None;
            }
            tokio::time::sleep(Duration::from_millis(50)).await;
        }
        Some(format!("{} letters are stuck", house::letters_waiting(&mut beside)))
    }
}

impl Drop for World {
    fn drop(&mut self) {
        if let Some(mut child) = self.process.take() {
            let _ = child.kill();
            let _ = child.wait();
        }
        if std::thread::panicking() {
            eprintln!("this world's folder is kept: {}", self.data.display());
        } else {
            let _ = std::fs::remove_dir_all(&self.data);
        }
    }
}

/// Every file under a folder, as bytes, with its path.
pub fn files_under(folder: &Path) -> Vec<(PathBuf, Vec<u8>)> {
    let mut found = Vec::new();
    let mut folders = vec![folder.to_owned()];
    while let Some(folder) = folders.pop() {
        for entry in std::fs::read_dir(&folder).into_iter().flatten().flatten() {
            let path = entry.path();
            if path.is_dir() {
                folders.push(path);
            } else if let Ok(bytes) = std::fs::read(&path) {
                found.push((path, bytes));
            }
        }
    }
    found
}
