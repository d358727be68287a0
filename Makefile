# The commands of the project. `make help` lists them.

SWIFT ?= swift
PREFIX ?= /usr/local
DESTDIR ?=
# How long `make check` feeds random bytes to the reader.
FUZZ_SECONDS ?= 600
# Arguments of `make bench`; Benchmarks/bench.py --help lists them.
BENCH ?=

.DEFAULT_GOAL := help
.PHONY: help dependencies build demo test lint check check-quick bench validity docs install uninstall clean

help: ## List these commands
	@grep -E '^[a-z-]+:.*## ' $(MAKEFILE_LIST) | awk -F ':.*## ' '{ printf "  make %-12s %s\n", $$1, $$2 }'

dependencies:
	@Scripts/install-dependencies.sh

build: dependencies ## Build the command in release mode
	$(SWIFT) build -c release --product firmclusters

demo: build ## Find and test the clusters of the sample register, and say which planted ones were found
	@Scripts/demo.sh .build/release/firmclusters

test: dependencies ## Run all tests
	$(SWIFT) test

lint: ## Check the formatting of the sources
	$(SWIFT) format lint --strict --recursive Sources Tests Package.swift Benchmarks/Sources Benchmarks/Package.swift

check: ## Sanitizers, fuzzing and valgrind, at length
	@Scripts/install-dependencies.sh valgrind
	SWIFT="$(SWIFT)" FIRMCLUSTERS_FUZZ_SECONDS=$(FUZZ_SECONDS) Scripts/check.sh full

check-quick: ## A small part of `check`, as continuous integration runs it
	@Scripts/install-dependencies.sh valgrind
	SWIFT="$(SWIFT)" FIRMCLUSTERS_FUZZ_SECONDS=5 Scripts/check.sh quick

bench: build ## Measure against other tools (BENCH="--quick", "--full", "--huge", "--only csv", ...)
	@Benchmarks/run $(BENCH)

validity: dependencies ## Simulate registers to see whether p-values can be relied on, and write Docs/Validity.md
	$(SWIFT) build -c release --product ValidityStudy
	.build/release/ValidityStudy Docs

docs: dependencies ## Build the documentation of the library into .build-docs
	SWIFT="$(SWIFT)" Scripts/docs.sh

install: dependencies ## Install the command under PREFIX (DESTDIR is honored)
	SWIFT="$(SWIFT)" Scripts/install.sh "$(DESTDIR)$(PREFIX)"

uninstall: ## Remove what `make install` put under PREFIX
	Scripts/install.sh --remove "$(DESTDIR)$(PREFIX)"

clean: ## Remove everything that was built
	rm -rf .build .build-asan .build-tsan .build-static .build-docs .build-example out
