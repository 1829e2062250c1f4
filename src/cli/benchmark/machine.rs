//! On what was measured.

use std::{env, fs, thread};

use serde::{Deserialize, Serialize};

/// A machine, as far as it says.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub(crate) struct Machine {
    /// As `linux`.
    pub(crate) os: String,
    /// As `x86_64`.
    pub(crate) arch: String,
    /// Threads that can run at a time in this process.
    pub(crate) cores: usize,
    /// The processor's name, where Linux knows one.
    pub(crate) cpu: Option<String>,
}

impl Machine {
    /// This one.
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
