//! The operator's commands: what somebody may do who can run programs on the server's data. Each returns what it has to say.

use std::path::Path;

use crate::{
    accounts::{self, PersonRow, normal_email, set_coordinator, upsert_person},
    app::Office,
    config::Config,
    drafting,
    http::problem,
    organisations::{self, rows},
    store::Failure,
    text::field,
    words::Words,
};

type Broken = Box<dyn std::error::Error + Send + Sync>;

/// Brings a register in from a file. Wrong rows are told, each on its line, and nothing is imported.
pub fn import(config: &Config, file: &Path) -> Result<String, Broken> {
    let bytes = std::fs::read(file).map_err(|error| format!("{}: {error}", file.display()))?;
    let rows = rows::read(&bytes).map_err(|refusal| {
        let mut said = problem::sentence(&refusal, Words::of("en"));
        for row in refusal.params.get("rows").and_then(|rows| rows.as_array()).into_iter().flatten() {
            let cell = |name: &str| row.get(name).map(ToString::to_string).unwrap_or_default().replace('"', "");
            said.push_str(&format!("\n  row {}, {}: {}", cell("row"), cell("column"), cell("reason")));
        }
        said
    })?;
    let office = Office::open(config, 0, false)?;
    let now = office.clock.now();
    let done = office.store.write_now(|tx| organisations::actions::import_as_operator(tx, &office.post, now, &rows)).map_err(said)?;
    Ok(format!("{} organisations added, {} updated, {} unchanged", done.added, done.updated, done.unchanged))
}

/// Makes somebody a coordinator, known by their address.
pub fn coordinator(config: &Config, email: &str, name: &str) -> Result<String, Broken> {
    let email = normal_email(email).ok_or("that is not an e-mail address")?;
    field::refused("name", name).map_err(|refusal| problem::sentence(&refusal, Words::of("en")))?;
    let office = Office::open(config, 0, false)?;
    let now = office.clock.now();
    office
        .store
        .write_now(|tx| {
            let (id, _) = upsert_person(tx, &PersonRow { name, email: &email, title: "" }, now)?;
            set_coordinator(tx, id)
        })
        .map_err(said)?;
    Ok(format!("{name} <{email}> is a coordinator"))
}

/// Makes a sign-in link for somebody the register knows, without a letter.
pub fn link(config: &Config, email: &str) -> Result<String, Broken> {
    let port = config.listen.rsplit(':').next().and_then(|port| port.parse().ok()).unwrap_or(0);
    let office = Office::open(config, port, false)?;
    let now = office.clock.now();
    let links = office.store.write_now(|tx| accounts::actions::sign_in_links(tx, &office.post, now, email)).map_err(said)?;
    let several = links.len() > 1;
    let lines: Vec<String> = links.into_iter().map(|(link, name)| if several { format!("{link}  {name}") } else { link }).collect();
    Ok(lines.join(
        "
",
    ))
}

/// Makes drafts for measuring, and a session that may write in them: its cookie, then the drafts, a line each.
pub fn bench(config: &Config, drafts: usize) -> Result<String, Broken> {
    let office = Office::open(config, 0, false)?;
    let now = office.clock.now();
    let (secret, drafts) = office.store.write_now(|tx| drafting::bench::make(tx, now, drafts)).map_err(said)?;
    let cookie = accounts::caller::cookie(&config.site(0, false)?, &secret);
    let mut lines = vec![format!("cookie: {}={}", cookie.name(), cookie.value())];
    lines.extend(drafts.iter().map(ToString::to_string));
    Ok(lines.join("\n"))
}

fn said(failure: Failure) -> String {
    match failure {
        Failure::Refused(refusal) => problem::sentence(&refusal, Words::of("en")),
        Failure::Away(cause) | Failure::Broken(cause) => cause.to_string(),
    }
}
