//! The desk: what somebody who works here sees first. Who I am, which statements there are, where each stands, what was done.
//!
//! It decides nothing and stores nothing: it puts together what the rooms before it know, so that none of them needs to
//! know the others for the sake of a list.

pub mod routes;
