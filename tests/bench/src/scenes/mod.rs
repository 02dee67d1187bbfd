//! What is done with each contender. A scene answers for the rows of the table that carry its name, or says why it has no answer.

mod crash;
mod idle;
mod sleeper;
mod trace;
mod traffic;

use crate::{
    Fault,
    contender::{Contender, Place},
    table::Figure,
};

#[derive(Clone, Copy, PartialEq, Eq, Debug, clap::ValueEnum)]
pub enum Scene {
    Opening,
    FanOut,
    Assembly,
    Rooms,
    Ramp,
    IdleThousand,
    IdleFiveThousand,
    Load,
    Joining,
    Sleeper,
    Crash,
}

pub const ALL: [Scene; 11] = [
    Scene::FanOut,
    Scene::Assembly,
    Scene::Rooms,
    Scene::Ramp,
    Scene::IdleThousand,
    Scene::IdleFiveThousand,
    Scene::Load,
    Scene::Opening,
    Scene::Joining,
    Scene::Sleeper,
    Scene::Crash,
];

impl Scene {
    /// The floor keeps nothing, so only what passes through it can be asked of it.
    pub fn makes_sense_for(self, contender: Contender) -> bool {
        let passes =
            matches!(self, Scene::FanOut | Scene::Assembly | Scene::Rooms | Scene::Ramp | Scene::IdleThousand | Scene::IdleFiveThousand);
        contender != Contender::Floor || passes
    }

    /// One figure for each row of this scene, in their order.
    pub async fn played_by(self, contender: Contender, place: &Place) -> Result<Vec<Figure>, Fault> {
        match self {
            Scene::FanOut => traffic::fan_out(contender, place, 200, 3).await,
            Scene::Assembly => traffic::fan_out(contender, place, 500, 3).await,
            Scene::Rooms => traffic::rooms(contender, place).await,
            Scene::Ramp => traffic::ramp(contender, place).await,
            Scene::IdleThousand => idle::connections(contender, place, 1000).await,
            Scene::IdleFiveThousand => idle::connections(contender, place, 5000).await,
            Scene::Load => trace::load(contender, place).await,
            Scene::Opening => trace::opening(contender, place).await,
            Scene::Joining => trace::joining(contender, place).await,
            Scene::Sleeper => sleeper::stops_reading(contender, place).await,
            Scene::Crash => crash::killed(contender, place).await,
        }
    }
}
