# Thin names for real commands. `make run` and `make test` install what they need and say so.

NEED = tests/scripts/need.sh
BUILD_PACKAGES = build-essential pkg-config libssl-dev
WORD_PACKAGES = libreoffice-writer python3-uno
TEST_PACKAGES = $(BUILD_PACKAGES) postgresql chromium poppler-utils qpdf python3 python3-venv fonts-noto-core fonts-noto-cjk

.PHONY: run build bench test test-server test-api test-web test-random test-word test-browser fuzz check openapi web

## Builds everything and starts the demo on an embedded database.
run: build
	target/release/undersigned demo $(ARGS)

## Leaves target/release/undersigned, with the web files inside.
build: web
	$(NEED) $(BUILD_PACKAGES)
	cargo build --release --locked

web: web/dist/index.html

web/dist/index.html: web/node_modules $(shell find web/src web/index.html web/public -type f 2>/dev/null) web/vite.config.ts
	cd web && npm run build

web/node_modules: web/package-lock.json
	cd web && npm ci --no-audit --no-fund
	touch web/node_modules

## The whole suite: server on SQLite and PostgreSQL, its API as a stranger sees it, web, people in real browsers.
test: test-web test-server test-random test-word test-api test-browser
	@echo "all suites passed"

test-web: web
	cd web && npm run lint && npm test

## Random editors and suggesters on one draft: nobody's words are lost, and the server reads what they read. `make test-random RUNS=100000
## SUGGESTING_RUNS=10000 FROM=1` for more.
RUNS = 10000
SUGGESTING_RUNS = 1000
FROM = 1
test-random: web
	rm -f target/random-*.jsonl target/suggesting-*.jsonl && mkdir -p target
	cd web && for part in 0 1; do echo $$(($(FROM) + part * ($(RUNS) / 2))); done | xargs -P 2 -I{} \
		env RANDOM_FROM={} RANDOM_RUNS=$$(($(RUNS) / 2)) RANDOM_RECORD=../target/random-{}.jsonl npx vitest run src/editor/binding/random.test.ts
	cat target/random-*.jsonl > target/random.jsonl
	cd web && for part in 0 1; do echo $$(($(FROM) + part * ($(SUGGESTING_RUNS) / 2))); done | xargs -P 2 -I{} \
		env RANDOM_FROM={} RANDOM_RUNS=$$(($(SUGGESTING_RUNS) / 2)) RANDOM_RECORD=../target/suggesting-{}.jsonl npx vitest run src/editor/binding/random-suggesting.test.ts
	cat target/suggesting-*.jsonl > target/suggesting.jsonl
	UNDERSIGNED_RANDOM_RUNS=$(CURDIR)/target/random.jsonl UNDERSIGNED_RANDOM_SUGGESTING_RUNS=$(CURDIR)/target/suggesting.jsonl \
		cargo test --workspace --features test-clock --locked --lib random_editors

test-server: web
	$(NEED) $(TEST_PACKAGES)
	tests/scripts/postgres.sh cargo test --workspace --features test-clock --locked

## Whatever a socket may send, thrown from one seed after another: `make fuzz SECONDS=3600 SEED=1`. A part of it is in `make test`.
SECONDS = 600
SEED = 1
fuzz: web
	cargo test --features test-clock --locked --lib --test server --no-run
	end=$$(($$(date +%s) + $(SECONDS))); seed=$(SEED); while [ $$(date +%s) -lt $$end ]; do \
		echo "seed $$seed"; \
		UNDERSIGNED_FUZZ_SEED=$$seed cargo test --quiet --features test-clock --locked --lib --test server -- ::whatever_ || exit 1; \
		seed=$$((seed + 1)); \
	done

## A second opinion on Word files: LibreOffice refuses every tracked change and takes every one, and must read the two texts.
test-word: web
	$(NEED) $(BUILD_PACKAGES) $(WORD_PACKAGES)
	rm -rf target/word && mkdir -p target/word
	UNDERSIGNED_WORD_FILES=$(CURDIR)/target/word cargo test --workspace --features test-clock --locked --lib export::docx
	/usr/bin/python3 tests/word/libreoffice.py target/word

test-api: web tests/api/venv
	cargo test --workspace --features test-clock --locked --no-run
	tests/scripts/postgres.sh tests/api/run.py target/debug/undersigned tests/api/venv/bin/schemathesis

tests/api/venv: tests/api/requirements.txt
	$(NEED) $(TEST_PACKAGES)
	python3 -m venv tests/api/venv
	tests/api/venv/bin/pip install --quiet --disable-pip-version-check -r tests/api/requirements.txt
	touch tests/api/venv

test-browser: web tests/browser/node_modules
	$(NEED) $(TEST_PACKAGES)
	cargo test --workspace --features test-clock --locked --no-run
	cd tests/browser && npm test

tests/browser/node_modules: tests/browser/package-lock.json
	cd tests/browser && npm ci --no-audit --no-fund
	touch tests/browser/node_modules

## Measures from a key to the screen, then the drafting room beside its peers, and writes tests/bench/README.md. On a quiet machine;
## `BENCH_UNDER="chrt -r 1"` puts servers and clients before others.
BENCH = tests/bench
BENCH_UNDER =
bench: build tests/browser/node_modules $(BENCH)/peers/hocuspocus/node_modules
	$(NEED) $(TEST_PACKAGES)
	cargo build --release --locked --manifest-path $(BENCH)/Cargo.toml --target-dir $(BENCH)/target
	cargo build --release --locked --manifest-path $(BENCH)/peers/y-sweet/Cargo.toml -p y-sweet --bin y-sweet --target-dir $(BENCH)/peers/y-sweet/target
	rm -f $(BENCH)/target/keys.txt
	# What could not be measured is said in the table, and the rest is measured all the same.
	-cd tests/browser && UNDERSIGNED_BINARY=../../target/release/undersigned UNDERSIGNED_BENCH_KEYS=../bench/target/keys.txt \
		npx playwright test -c bench.config.ts
	$(BENCH_UNDER) $(BENCH)/target/release/bench run --binary target/release/undersigned --keys $(BENCH)/target/keys.txt \
		--y-sweet $(BENCH)/peers/y-sweet/target/release/y-sweet --data $(BENCH)/target/data --report $(BENCH)/README.md

$(BENCH)/peers/hocuspocus/node_modules: $(BENCH)/peers/hocuspocus/package-lock.json
	cd $(BENCH)/peers/hocuspocus && npm ci --no-audit --no-fund
	touch $(BENCH)/peers/hocuspocus/node_modules

## Formatting and lints, as a reviewer sees them.
check: web
	cargo fmt --all --check
	cargo clippy --workspace --all-targets --features test-clock -- -D warnings

## Writes web/openapi.json and the TypeScript client from what the server says.
openapi:
	UNDERSIGNED_WRITE_OPENAPI=1 cargo test --features test-clock --test server the_committed_description
	cd web && npm run api
