# Each target that a person calls has a help line behind ##; `make` alone prints them.
.DEFAULT_GOAL := help
SWIFT ?= swift
PREFIX ?= /usr/local
FUZZ_SECONDS ?= 600
# Settings for one target are target variables, so that `make test bench` builds each as it needs.
SOURCES := Sources Tests

.PHONY: help dependencies demo test test-browser check bench fuzz lint format golden install clean

help: ## print this list
	@awk -F ':.*## ' '/^[a-z-]+:.*## / {printf "  make %-13s %s\n", $$1, $$2}' $(MAKEFILE_LIST)

dependencies: ## install the SQLite headers where they are missing (needs root or sudo)
	@sh Tests/Support/install-dependencies.sh

demo: dependencies ## audit 14 nights of the embedded emulator and print where the report is
	$(SWIFT) build --product audit
	$$($(SWIFT) build --show-bin-path)/audit demo

test: dependencies ## run all tests
	$(SWIFT) build --build-tests
	$(SWIFT) test --skip-build

test-browser: dependencies ## drive the HTML report and the dashboard in a headless Chromium, installed where that can be done
	$(SWIFT) build --product audit
	sh Tests/Browser/run.sh "$$($(SWIFT) build --show-bin-path)/audit"

check: lint test ## what CI runs: lint, then all tests

bench: dependencies ## measure speed in a release build, each figure beside a reference
	$(SWIFT) build -c release --product audit
	$(SWIFT) build -c release --product audit-bench
	$$($(SWIFT) build -c release --show-bin-path)/audit-bench

fuzz: dependencies ## feed regex, CEL and policy parsers with mutated inputs, FUZZ_SECONDS (600) each
	sh Tests/Fuzz/run.sh regex $(FUZZ_SECONDS)
	sh Tests/Fuzz/run.sh cel $(FUZZ_SECONDS)
	sh Tests/Fuzz/run.sh policies $(FUZZ_SECONDS)

lint: ## check the layout of the code
	$(SWIFT) format lint --strict --recursive Package.swift $(SOURCES)

format: ## lay the code out
	$(SWIFT) format --in-place --recursive Package.swift $(SOURCES)

golden: dependencies ## write the goldens anew; read their diff before you commit it
	AUDIT_WRITE_GOLDENS=1 $(SWIFT) test --filter 'Golden|ReadmeTests|ExportTests'

install: dependencies ## build a release and install it under PREFIX (/usr/local)
	$(SWIFT) build -c release --product audit
	install -d "$(DESTDIR)$(PREFIX)/bin" "$(DESTDIR)$(PREFIX)/share/audit/policies/schemas"
	install -m 755 "$$($(SWIFT) build -c release --show-bin-path)/audit" "$(DESTDIR)$(PREFIX)/bin/audit"
	install -m 644 policies/*.yaml "$(DESTDIR)$(PREFIX)/share/audit/policies/"
	install -m 644 policies/schemas/*.json "$(DESTDIR)$(PREFIX)/share/audit/policies/schemas/"

clean: ## remove what was built
	rm -rf .build
