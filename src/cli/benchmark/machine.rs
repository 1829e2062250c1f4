//! The machine on which was measured.

use std::{env, fs, thread};

use serde::{Deserialize, Serialize};

/// The facts about a machine that a report states.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub(crate) struct Machine {
    /// Operating system, such as `linux`.
    pub(crate) os: String,
    /// Architecture, such as `x86_64`.
    pub(crate) arch: String,
    /// Number of threads that this process can run at a time.
    pub(crate) cores: usize,
    /// Name of the processor; only Linux tells it.
    pub(crate) cpu: Option<String>,
}

impl Machine {
    /// The machine that this process runs on.
    pub(crate) fn detect() -> Machine {
        Machine {
            os: env::consts::OS.to_owned(),
            arch: env::consts::ARCH.to_owned(),
            cores: thread::available_parallelism().map_or(1, usize::from),
            cpu: fs::read_to_string("/proc/cpuinfo").ok().and_then(|cpus| model_name(&cpus)),
        }
    }
}

fn model_name(cpus: &str) -> Option<String> {
    let names = cpus.lines().filter_map(|line| line.split_once(':')).filter(|(key, _)| key.trim() == "model name");
    names.map(|(_, name)| name.trim().to_owned()).find(|name| !name.is_empty())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_first_name_counts() {
        let cpus = "processor\t: 0\nmodel\t\t: 85\nmodel name\t: Some CPU @ 2.00GHz\n\nmodel name\t: Other\n";
        assert_eq!(model_name(cpus).as_deref(), Some("Some CPU @ 2.00GHz"));
        assert_eq!((model_name("Features : fp\n"), model_name("model name :\n")), (None, None));
    }
}
