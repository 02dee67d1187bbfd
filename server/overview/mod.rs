//! The overview: which statements there are and where each stands, with its edition, its round and its public page.
//!
//! It decides nothing and stores nothing: it puts together what the rooms before it know, so that none of them needs to
//! know the others for the sake of a list.

mod first_page;
pub mod routes;
