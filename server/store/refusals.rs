//! What this room says no to: anything, while the database is away. The sentences stand in `words/refusals`.

use crate::kernel::refusals;

refusals! {
    DatabaseAway "database-away" 503,
}
