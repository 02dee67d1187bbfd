//! Rounds over HTTP: [`rounds`] and [`asked`] for the work pages; [`letters`], [`codes`] and [`receipts`] for whoever holds a personal
//! link, with what their pages show in [`found`].

pub mod asked;
pub mod codes;
pub mod device_cookie;
mod found;
pub mod letters;
pub mod receipts;
pub mod rounds;

use actix_web::web;

pub fn routes(config: &mut web::ServiceConfig) {
    rounds::routes(config);
    asked::routes(config);
    letters::routes(config);
    codes::routes(config);
    receipts::routes(config);
}
