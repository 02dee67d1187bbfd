//! Rounds over HTTP: [`rounds`] for the work pages, [`letters`] for whoever holds a personal link.

pub mod letters;
pub mod rounds;

use actix_web::web;

pub fn routes(config: &mut web::ServiceConfig) {
    rounds::routes(config);
    letters::routes(config);
}
