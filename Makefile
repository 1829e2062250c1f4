# Every target is complete on a machine with git, a Rust toolchain, and Python with pip.

PYTHON ?= python3
FUZZ_SECONDS ?= 20

CARGO_DENY = 0.20.2
MDBOOK = 0.5.4

.PHONY: demo test lint deny book picture bench fuzz dictionary

# Makes the dictionaries, fetches all crates, builds the release binary, indexes seeds/ and shows one search per language.
demo: dictionary
	cargo fetch --locked
	cargo build --release --locked
	./target/release/tradewire demo

# Runs all tests.
test: dictionary
	cargo test --release --locked --workspace

# Formatting, lints, documentation, and that the benches compile.
lint: dictionary
	cargo fmt --all --check
	cargo fmt --manifest-path fuzz/Cargo.toml --check
	cargo clippy --release --locked --workspace --all-targets -- -D warnings
	RUSTDOCFLAGS="-D warnings" cargo doc --release --locked --workspace --no-deps
	cargo bench --locked --no-run

# Checks licences and sources of all crates, and known vulnerabilities where their database can be reached. The tool is
# built once, into target/tools, where no cargo-deny is installed.
deny:
	cargo deny --version >/dev/null 2>&1 || test -x target/tools/bin/cargo-deny || \
		cargo install --quiet --locked --root target/tools cargo-deny@$(CARGO_DENY)
	cargo fetch --locked
	PATH="$(CURDIR)/target/tools/bin:$$PATH" ./.ci/deny

# Builds the guide, docs/, into target/book. The tool is built once, into target/tools, without its server and its search.
book:
	target/tools/bin/mdbook --version 2>/dev/null | grep -qx "mdbook v$(MDBOOK)" || \
		cargo install --quiet --locked --root target/tools --no-default-features mdbook@$(MDBOOK)
	target/tools/bin/mdbook build docs --dest-dir "$(CURDIR)/target/book"

# Draws the picture in README again, from a real run of the release binary.
picture: dictionary
	cargo build --release --locked
	$(PYTHON) docs/terminal.py target/release/tradewire docs/terminal.svg

# Runs all benches, and prints what they measured beside bare tantivy. TRADEWIRE_BENCH_PASSAGES=1000,10000 leaves out the
# largest index.
bench: dictionary
	cargo bench --locked
	cargo bench --locked --bench ratios

# Fuzzes each target in fuzz/ for FUZZ_SECONDS, if cargo-fuzz is installed.
fuzz: dictionary
	./fuzz/run $(FUZZ_SECONDS)

# Fetches Korean and German word lists (pinned versions and hashes) and makes what the binary embeds. Once.
dictionary: dictionary/built/VERSIONS

dictionary/built/VERSIONS: dictionary/requirements.txt $(wildcard dictionary/src/*.rs dictionary/german/*.txt)
	$(PYTHON) -m pip download --quiet --no-deps --only-binary :all: --require-hashes \
		-r dictionary/requirements.txt -d dictionary/download
	cargo run --release --locked -p tradewire-dictionary -- dictionary/download dictionary/built
	@touch $@
