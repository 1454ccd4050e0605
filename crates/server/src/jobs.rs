//! What the server does by itself, each minute: every surface adds a line.
//!
//! Invariant: a job says when it ran last from what lies in the register, not from memory, and may be killed at any point.

use crate::app::App;

/// Does what is due now.
pub async fn run_due(app: &App) {
    crate::key_server::publish_due(app).await;
    crate::statistics::count_due(app).await;
    app.between().run_due().await;
}
