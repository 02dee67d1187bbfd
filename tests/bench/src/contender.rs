//! Who is measured, how each is started, and where its documents are found. Every one listens on this machine alone, keeps what it
//! is told in a folder of its own, and is measured with all its processes.

use crate::{Fault, machine, wire::Framing};
use serde::{Deserialize, Serialize};
use std::{
    fs::{self, File},
    path::{Path, PathBuf},
    process::Stdio,
    time::Duration,
};
use tokio::{
    net::TcpStream,
    process::{Child, Command},
    time::{sleep, timeout},
};

/// A server that has not listened by then does not start.
const START_SECONDS_MAX: u64 = 30;
const STOP_SECONDS_MAX: u64 = 30;

#[derive(Clone, Copy, PartialEq, Eq, Debug, clap::ValueEnum)]
pub enum Contender {
    Ours,
    Hocuspocus,
    YSweet,
    Floor,
}

pub const ALL: [Contender; 4] = [Contender::Ours, Contender::Hocuspocus, Contender::YSweet, Contender::Floor];

/// Where the programs lie and where servers may write.
pub struct Place {
    pub ours: PathBuf,
    pub y_sweet: PathBuf,
    pub hocuspocus: PathBuf,
    pub data: PathBuf,
}

/// How a document's socket is reached.
#[derive(Clone, Serialize, Deserialize)]
pub struct Door {
    pub port: u16,
    pub framing: Framing,
    /// The address behind the host; `{draft}` stands for the document.
    path: String,
    pub cookie: Option<String>,
}

impl Door {
    pub fn address(&self, draft: &str) -> String {
        format!("ws://127.0.0.1:{}{}", self.port, self.path.replace("{draft}", draft))
    }

    /// The same door of a server that says what is committed, if it can.
    pub fn with_acknowledgements(&self) -> Door {
        self.asking("?ack=1")
    }

    /// The door of somebody who takes no writer's place, where there are such places.
    pub fn of_who_only_reads(&self) -> Door {
        self.asking("?right=read")
    }

    fn asking(&self, of_ours: &str) -> Door {
        let asks = if self.path.starts_with("/collab/") { of_ours } else { "" };
        Door { path: format!("{}{asks}", self.path), ..self.clone() }
    }
}

/// A contender with data of its own: what it was told before it is started again, it still has.
pub struct House<'a> {
    contender: Contender,
    place: &'a Place,
    data: PathBuf,
    cookie: Option<String>,
    drafts: Vec<String>,
}

impl Contender {
    pub fn name(self) -> &'static str {
        match self {
            Contender::Ours => "ours",
            Contender::Hocuspocus => "Hocuspocus",
            Contender::YSweet => "y-sweet",
            Contender::Floor => "floor",
        }
    }

    /// A new house with so many documents that nobody has written in.
    pub async fn house(self, place: &Place, drafts: usize) -> Result<House<'_>, Fault> {
        let data = place.data.join(format!("{self:?}").to_lowercase());
        let _ = fs::remove_dir_all(&data);
        fs::create_dir_all(&data)?;
        let mut house = House { contender: self, place, data, cookie: None, drafts: vec![] };
        if self != Contender::Ours {
            house.drafts = (0..drafts).map(|number| format!("bench{number}")).collect();
            return Ok(house);
        }
        let count = drafts.to_string();
        let made = Command::new(&place.ours).args(["admin", "bench", "--drafts", &count, "--data"]).arg(&house.data).output().await?;
        let said = String::from_utf8(made.stdout)?;
        let (cookie, names) = said.split_once('\n').ok_or_else(|| format!("no bench drafts: {}", String::from_utf8_lossy(&made.stderr)))?;
        house.cookie = cookie.strip_prefix("cookie: ").map(str::to_owned);
        house.drafts = names.lines().map(str::to_owned).collect();
        Ok(house)
    }
}

impl House<'_> {
    /// Documents that nobody has asked for yet.
    pub fn fresh(&mut self, count: usize) -> Vec<String> {
        self.drafts.split_off(self.drafts.len().checked_sub(count).expect("the scene asked for enough documents"))
    }

    pub async fn opens(&self) -> Result<Server, Fault> {
        let port = std::net::TcpListener::bind("127.0.0.1:0")?.local_addr()?.port();
        let log = File::options().create(true).append(true).open(self.data.with_extension("log"))?;
        let (mut command, framing, path) = self.command(port)?;
        command.stdin(Stdio::null()).stdout(log.try_clone()?).stderr(log).kill_on_drop(true);
        let child = command.spawn()?;
        let door = Door { port, framing, path: path.into(), cookie: self.cookie.clone() };
        let server = Server { pid: child.id().ok_or("it ended at once")?, child, door };
        timeout(Duration::from_secs(START_SECONDS_MAX), async {
            while TcpStream::connect(("127.0.0.1", port)).await.is_err() {
                sleep(Duration::from_millis(5)).await;
            }
        })
        .await
        .map_err(|_| "it did not start to listen")?;
        // Workers and caches that come with the start are not what is measured.
        sleep(Duration::from_millis(700)).await;
        Ok(server)
    }

    fn command(&self, port: u16) -> Result<(Command, Framing, &'static str), Fault> {
        let number = port.to_string();
        let program = |path: &Path| Command::new(path);
        Ok(match self.contender {
            Contender::Ours => {
                let mut command = program(&self.place.ours);
                command.args(["serve", "--listen", &format!("127.0.0.1:{port}"), "--data"]).arg(&self.data);
                (command, Framing::YWebsocket, "/collab/{draft}")
            }
            Contender::Hocuspocus => {
                let mut command = Command::new("node");
                command.arg(&self.place.hocuspocus).arg(number).arg(self.data.join("documents.sqlite"));
                (command, Framing::Hocuspocus, "/")
            }
            Contender::YSweet => {
                let mut command = program(&self.place.y_sweet);
                command.args(["serve", "--host", "127.0.0.1", "--port", &number]).arg(&self.data);
                (command, Framing::YWebsocket, "/d/{draft}/ws/{draft}")
            }
            Contender::Floor => {
                let mut command = program(&std::env::current_exe()?);
                command.args(["floor", &number]);
                (command, Framing::YWebsocket, "/{draft}")
            }
        })
    }
}

pub struct Server {
    child: Child,
    pub pid: u32,
    pub door: Door,
}

impl Server {
    pub fn spent(&self) -> machine::Spent {
        machine::tree(self.pid)
    }

    /// As an administrator stops it: it may write down what it has.
    pub async fn stops(self) -> Result<(), Fault> {
        self.ends(libc::SIGTERM).await
    }

    /// As a machine that loses power.
    pub async fn loses_power(self) -> Result<(), Fault> {
        self.ends(libc::SIGKILL).await
    }

    async fn ends(mut self, signal: i32) -> Result<(), Fault> {
        // SAFETY: the process is our own child and has not been waited for.
        unsafe { libc::kill(self.pid as i32, signal) };
        if timeout(Duration::from_secs(STOP_SECONDS_MAX), self.child.wait()).await.is_err() {
            self.child.kill().await?;
        }
        Ok(())
    }
}
