//! The register over HTTP ([`register`]), who one is in it ([`me`]), and an organisation beside something else ([`mark`]).

mod mark;
pub mod me;
pub mod register;

use actix_web::web;

pub use mark::OrganisationMark;

pub fn routes(config: &mut web::ServiceConfig) {
    me::routes(config);
    register::routes(config);
}
