//! Every setting, once: its flag, its environment name, its default and what it means.

use std::{net::IpAddr, path::PathBuf};

use chrono_tz::Tz;
use clap::Args;

use crate::{
    http::Site,
    store::{Address, UnknownScheme},
};

/// Where and as whom the server runs. `serve` and `demo` take the same settings.
#[derive(Debug, Clone, Args)]
pub struct Config {
    /// Address and port to listen on
    #[arg(long, env = "UNDERSIGNED_LISTEN", default_value = "127.0.0.1:8400", value_name = "ADDR")]
    pub listen: String,
    /// Folder for keys, letters and the embedded database
    #[arg(long, env = "UNDERSIGNED_DATA", default_value = "data", value_name = "DIR")]
    pub data: PathBuf,
    /// Database: sqlite:PATH or postgres://USER@HOST/NAME [default: sqlite in the data folder]
    #[arg(long, env = "UNDERSIGNED_DATABASE", value_name = "URL", hide_env_values = true)]
    pub database: Option<String>,
    /// Address people reach this server at; fixes links, origin checks and cookies [default: http://localhost and the port]
    #[arg(long, env = "UNDERSIGNED_PUBLIC_URL", value_name = "URL")]
    pub public_url: Option<String>,
    /// The coalition's name, as pages and letters say it
    #[arg(long, env = "UNDERSIGNED_COALITION", default_value = "Lanternway Coalition for Early Action", value_name = "NAME")]
    pub coalition: String,
    /// The coalition's time zone (IANA name)
    #[arg(long, env = "UNDERSIGNED_TIMEZONE", default_value = "Europe/Zurich", value_name = "ZONE")]
    pub timezone: Tz,
    /// Address of the proxy in front, whose X-Forwarded-For is believed
    #[arg(long, env = "UNDERSIGNED_TRUSTED_PROXY", value_name = "IP")]
    pub trusted_proxy: Option<IpAddr>,
    /// Sender address of letters
    #[arg(long, env = "UNDERSIGNED_MAIL_FROM", default_value = "secretariat@localhost.localdomain", value_name = "EMAIL")]
    pub mail_from: String,
}

/// A setting that cannot be.
#[derive(Debug, thiserror::Error)]
pub enum Unusable {
    #[error(transparent)]
    Database(#[from] UnknownScheme),
    #[error("--public-url must be http:// or https://, a host and perhaps a port, and nothing after it; it is “{0}”")]
    PublicUrl(String),
    #[error("--listen must be an address and a port, like 127.0.0.1:8400; it is “{0}”")]
    Listen(String),
}

impl Config {
    pub fn address(&self) -> Result<Address, Unusable> {
        match &self.database {
            Some(url) => Ok(Address::parse(url)?),
            None => Ok(Address::Sqlite(self.data.join("undersigned.db"))),
        }
    }

    /// Who and where this instance is. `port` is the one really listened on.
    pub fn site(&self, port: u16, letters_shown: bool) -> Result<Site, Unusable> {
        let public_url = match &self.public_url {
            // An IP address cannot hold passkeys, so the demo says localhost.
            None => format!("http://localhost:{port}"),
            Some(url) => checked(url)?,
        };
        Ok(Site {
            public_url,
            coalition: self.coalition.clone(),
            timezone: self.timezone,
            trusted_proxy: self.trusted_proxy,
            letters_shown,
        })
    }
}

fn checked(url: &str) -> Result<String, Unusable> {
    let url = url.trim_end_matches('/');
    let host = url.strip_prefix("https://").or_else(|| url.strip_prefix("http://"));
    match host {
        Some(host) if !host.is_empty() && host.chars().all(|c| c.is_ascii_alphanumeric() || matches!(c, '.' | '-' | ':' | '[' | ']')) => {
            Ok(url.to_lowercase())
        }
        _ => Err(Unusable::PublicUrl(url.to_owned())),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_public_address_has_nothing_after_its_host() {
        assert_eq!(checked("https://Sign.Example.org/").unwrap(), "https://sign.example.org");
        assert_eq!(checked("http://localhost:8400").unwrap(), "http://localhost:8400");
        for bad in ["sign.example.org", "https://", "https://a.org/path", "ftp://a.org", "https://user@a.org"] {
            assert!(checked(bad).is_err(), "{bad}");
        }
    }
}
