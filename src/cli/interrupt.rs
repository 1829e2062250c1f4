//! What an interrupt does: the first lets a run end in order, the second ends the process.

use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};

use anyhow::{Context, Result};

use crate::cli::{INTERRUPTED, complain};

/// A flag that SIGINT, SIGTERM or Ctrl-C sets. To be called once.
pub(super) fn stop_flag() -> Result<Arc<AtomicBool>> {
    let stop = Arc::new(AtomicBool::new(false));
    let set = Arc::clone(&stop);
    ctrlc::set_handler(move || {
        if set.swap(true, Ordering::Relaxed) {
            end();
        }
        complain("interrupted: ending in order; interrupt again to end at once");
    })
    .context("waiting for interrupts")?;
    Ok(stop)
}

#[allow(clippy::exit, reason = "nothing may hold up a second interrupt; whatever was not committed never was")]
fn end() {
    std::process::exit(INTERRUPTED.into());
}
