# What can be done here; `make help` lists it. Every target installs what it lacks by itself.

PREFIX = /usr/local
DESTDIR =

product = netpol-learn
release = .build/release/$(product)
pages = README.md LICENSE CHANGELOG.md CONTRIBUTING.md

MAKEFLAGS += --no-print-directory
SHELL = /bin/bash
.SHELLFLAGS = -euo pipefail -c
# One swift build at a time: they share .build.
.NOTPARALLEL:
.PHONY: build demo test stress mutants check fuzz golden fmt lint coverage bench bench-check bench-build install uninstall \
  clean help setup setup-test setup-ci

build: setup ## build the release binary, .build/release/netpol-learn
	@# The Swift runtime is linked in, so that the binary runs where no Swift is installed.
	@swift build -c release --product $(product) --static-swift-stdlib >&2

demo: build ## the payments story: from a capture to reviewed policies
	@scripts/demo $(release)

test: setup-test ## run the tests
	@swift build --build-tests >&2
	@swift test --disable-xctest --skip-build

stress: setup-ci build ## the laws of verdicts and policies in thousands of random clusters, and all that can befall a store (as root)
	@swift build --build-tests >&2
	@NETPOL_WORLDS=$${NETPOL_WORLDS:-10000} swift test --disable-xctest --skip-build --filter 'VerdictLawTests|WorldLawTests'
	@scripts/check-store --all $(release)

mutants: setup-test ## change each story's policies in every way, one thing at a time: somebody must notice each
	@swift build --build-tests >&2
	@NETPOL_MUTANTS=1 swift test --disable-xctest --skip-build --filter PolicyMutantTests

check: setup-ci ## all that a change must pass: format, lint, build, test, documents, story, fuzz, benchmarks
	@scripts/stage format scripts/format --check
	@scripts/stage shell scripts/check-shell
	@scripts/stage lint scripts/lint
	@scripts/stage rules scripts/check-lint
	@scripts/stage test $(MAKE) test
	@scripts/stage quoting scripts/check-quoting
	@scripts/stage tshark scripts/check-tshark
	@scripts/stage build $(MAKE) build
	@scripts/stage documents scripts/check-docs $(release)
	@scripts/stage story scripts/check-story $(release)
	@scripts/stage store scripts/check-store $(release)
	@scripts/stage sarif scripts/check-sarif $(release)
	@scripts/stage fuzz scripts/fuzz
	@scripts/stage benchmarks $(MAKE) bench-check

fuzz: setup ## try the readers on what libFuzzer makes up, each for FUZZ_SECONDS (20)
	@scripts/fuzz

golden: setup ## write the golden files anew, and say which changed
	@scripts/golden

fmt: setup ## format the Swift sources
	@scripts/format

lint: setup-ci ## format, shell and the rules of scripts/lint, without a build
	@scripts/format --check
	@scripts/check-shell
	@scripts/lint

coverage: setup ## what the tests reach of Sources
	@scripts/coverage

bench: build bench-build ## measure everything but the programs of others, and keep the results: docs/performance.md
	@Benchmarks/measure

bench-check: build bench-build ## run every benchmark once in a tiny size: are the answers right
	@Benchmarks/setup
	@Benchmarks/.build/release/bench check

bench-build: setup-ci
	@swift build -c release --package-path Benchmarks --product bench --static-swift-stdlib >&2

install: build ## install to PREFIX (/usr/local), beneath DESTDIR
	@install -d '$(DESTDIR)$(PREFIX)/bin' '$(DESTDIR)$(PREFIX)/share/doc/$(product)'
	@install -s -m 0755 $(release) '$(DESTDIR)$(PREFIX)/bin/$(product)'
	@install -m 0644 $(pages) '$(DESTDIR)$(PREFIX)/share/doc/$(product)'
	@cp -R docs '$(DESTDIR)$(PREFIX)/share/doc/$(product)/'
	@printf '%-8s %s\n' installed '$(DESTDIR)$(PREFIX)/bin/$(product)' >&2

uninstall: ## take away what install put there
	@rm -f '$(DESTDIR)$(PREFIX)/bin/$(product)'
	@rm -rf '$(DESTDIR)$(PREFIX)/share/doc/$(product)'

clean: ## take away all that was built, and the tools that were installed for it
	@rm -rf .build Benchmarks/.build Benchmarks/.venv Fuzz/.build

help: ## this list
	@awk -F ':.*## ' '/^[a-z-]+:.*## / { printf "%-11s %s\n", $$1, $$2 }' Makefile

setup:
	@scripts/setup

setup-test:
	@scripts/setup test

setup-ci:
	@scripts/setup ci
