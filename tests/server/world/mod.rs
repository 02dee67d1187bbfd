//! The world a test happens in: a server of its own with a database of its own, people with browsers, an inbox that
//! keeps every letter, a clock that tests move. When a world ends the whole house is looked over, whether its test passed or
//! not.

pub mod database;
pub mod described;
mod house;
pub mod people;
pub mod server;
pub mod wire;

pub use database::Database;
pub use people::Person;
pub use server::World;

/// Runs a test on SQLite and on PostgreSQL: `both_databases!(fn name(world) { … })`.
macro_rules! both_databases {
    ($($(#[$meta:meta])* async fn $name:ident($world:ident) $body:block)*) => {
        $(
            $(#[$meta])*
            mod $name {
                use futures_util::FutureExt;

                #[allow(unused_imports)]
                use super::*;

                async fn act($world: &mut $crate::world::World) $body

                #[tokio::test(flavor = "multi_thread", worker_threads = 2)]
                async fn sqlite() {
                    let mut world = $crate::world::World::on($crate::world::Database::sqlite()).await;
                    let outcome = std::panic::AssertUnwindSafe(act(&mut world)).catch_unwind().await;
                    world.ends_after(outcome).await;
                }

                #[tokio::test(flavor = "multi_thread", worker_threads = 2)]
                async fn postgres() {
                    let mut world = $crate::world::World::on($crate::world::Database::postgres().await).await;
                    let outcome = std::panic::AssertUnwindSafe(act(&mut world)).catch_unwind().await;
                    world.ends_after(outcome).await;
                }
            }
        )*
    };
}
