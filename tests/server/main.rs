//! Black-box tests: a real process, a real database, HTTP and WebSocket. A test is a sentence about the product.

#[macro_use]
mod world;

mod accounts;
mod asked;
mod brackets;
mod bringing;
mod comparing;
mod confirming;
mod drafting;
mod letters;
mod mentions;
mod openapi;
mod organisations;
mod pages;
mod permissions;
mod process;
mod refusals;
mod remarks;
mod signing;
mod texts;
mod versions;
mod whole_job;
mod word;
mod word_limit;
