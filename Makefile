# Every target is complete on a machine with git, a Rust toolchain, and Python with pip.

PYTHON ?= python3
FUZZ_SECONDS ?= 20

# Tools that CI builds, into target/tools. cargo builds one again when its version here changes.
CARGO_DENY = 0.20.2
CARGO_FUZZ = 0.13.2
MDBOOK = 0.5.4
TOOL = cargo install --quiet --locked --root target/tools
BUILDER = crates/dictionary-builder
BUILT = crates/dictionaries/built
# The builder is built as what is built after it, so that both share their crates.
BUILDER_PROFILE = checked

.PHONY: demo test test-terminal quick lint deny book picture animation bench fuzz dictionary

# Makes the dictionaries, fetches all crates, builds the release binary, indexes seeds/ and shows one search per language.
demo: BUILDER_PROFILE = release
demo: dictionary
	cargo fetch --locked
	cargo build --release --locked
	./target/release/tradewire demo

# Runs all tests, with debug assertions and overflow checks.
test: dictionary
	cargo test --profile checked --locked --workspace

# Types into `tradewire browse` in a real terminal, and reads the screen; needs tmux (Debian: apt-get install tmux).
test-terminal: dictionary
	@command -v tmux > /dev/null || { echo 'make test-terminal needs tmux; on Debian: apt-get install tmux' >&2; exit 1; }
	cargo build --profile checked --locked
	$(PYTHON) tests/terminal/browse.py target/checked/tradewire

# What most edits need: all tests of the library and the command but the slow ones (SLOW, modules of tests/suite), which kill
# processes, fill disks, wait for each other, or try the laws on many generated cases.
SLOW = bench faults generated hostile interruption laws updates wrappings
quick: dictionary
	cargo test --profile checked --locked --lib --test suite -- $(SLOW:%=--skip %::)

# Formatting, lints (of the benches too, so they compile) and documentation.
lint: dictionary
	cargo fmt --all --check
	cargo fmt --manifest-path fuzz/Cargo.toml --check
	cargo check --profile checked --locked --no-default-features --lib
	cargo clippy --profile checked --locked --workspace --all-targets -- -D warnings
	RUSTDOCFLAGS="-D warnings" cargo doc --profile checked --locked --workspace --no-deps

# Checks licences and sources of all crates, and known vulnerabilities where their database can be reached.
deny:
	$(TOOL) cargo-deny@$(CARGO_DENY)
	cargo fetch --locked
	PATH="$(CURDIR)/target/tools/bin:$$PATH" ./.ci/deny

# Builds the guide, docs/, into target/book. The tool is built without its server and its search.
book:
	$(TOOL) --no-default-features mdbook@$(MDBOOK)
	target/tools/bin/mdbook build docs --dest-dir "$(CURDIR)/target/book"

# Draws the picture in README again, from a real run of the release binary.
picture: dictionary
	cargo build --release --locked
	$(PYTHON) docs/terminal.py target/release/tradewire docs/terminal.svg

# Draws the animation in README again, from a real run of the release binary in a terminal of tmux.
animation: dictionary
	cargo build --release --locked
	$(PYTHON) docs/animation.py target/release/tradewire docs/browse.svg

# Runs all benches, and prints what they measured beside bare tantivy. TRADEWIRE_BENCH_PASSAGES=1000,10000 leaves out the
# largest index.
bench: dictionary
	cargo bench --locked
	cargo bench --locked --bench ratios

# Fuzzes each target in fuzz/ for FUZZ_SECONDS. cargo-fuzz only starts other programs, so it is not optimised.
fuzz: dictionary
	$(TOOL) --debug cargo-fuzz@$(CARGO_FUZZ)
	PATH="$(CURDIR)/target/tools/bin:$$PATH" ./fuzz/run $(FUZZ_SECONDS)

# Fetches Korean and German word lists (pinned versions and hashes) and makes what the binary embeds. Once.
dictionary: $(BUILT)/VERSIONS

$(BUILT)/VERSIONS: $(BUILDER)/requirements.txt $(wildcard $(BUILDER)/src/*.rs $(BUILDER)/src/mecab/*.rs $(BUILDER)/german/*.txt)
	$(PYTHON) -m pip download --quiet --no-deps --only-binary :all: --require-hashes \
		-r $(BUILDER)/requirements.txt -d $(BUILDER)/download
	cargo run --profile $(BUILDER_PROFILE) --locked -p tradewire-dictionary-builder -- $(BUILDER)/download $(BUILT)
	@touch $@
