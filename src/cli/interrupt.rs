//! The interrupt handler: the first interrupt lets a run end cleanly, the second ends the process.

use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};

use anyhow::{Context, Result};

use crate::cli::{INTERRUPTED, complain};

/// The flag that SIGINT, SIGTERM or Ctrl-C sets. Call this once: a process has one handler.
pub(super) fn stop_flag() -> Result<Arc<AtomicBool>> {
    let stop = Arc::new(AtomicBool::new(false));
    let set = Arc::clone(&stop);
    ctrlc::set_handler(move || {
        if set.swap(true, Ordering::Relaxed) {
            end();
        }
        complain("interrupted: finishing cleanly; interrupt again to stop at once");
    })
    .context("waiting for interrupts")?;
    Ok(stop)
}

#[allow(clippy::exit, reason = "nothing may hold up a second interrupt; whatever was not committed never was")]
fn end() {
    std::process::exit(INTERRUPTED.into());
}
