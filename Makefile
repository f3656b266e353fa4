# Each target that a person calls has a help line behind ##; `make` alone prints them.
.DEFAULT_GOAL := help
SWIFT ?= swift
PREFIX ?= /usr/local
FUZZ_SECONDS ?= 600
SHARE = $(DESTDIR)$(PREFIX)/share
# What make install has the program write of itself, below PREFIX.
GENERATED := share/man/man1/audit.1 share/bash-completion/completions/audit share/zsh/site-functions/_audit \
	share/fish/vendor_completions.d/audit.fish
# The manual's date is the commit's, so that the same sources give the same page; today's outside of a clone.
MANUAL_DATE ?= $(shell git log -1 --format=%cs 2>/dev/null)
# Settings for one target are target variables, so that `make test bench` builds each as it needs.
SOURCES := Sources Tests

.PHONY: help dependencies demo test test-browser check bench fuzz lint format golden install install-built uninstall \
	clean

help: ## print this list
	@awk -F ':.*## ' '/^[a-z-]+:.*## / {printf "  make %-13s %s\n", $$1, $$2}' $(MAKEFILE_LIST)

dependencies: ## install the SQLite headers where they are missing (needs root or sudo)
	@sh Tests/Support/install-dependencies.sh

demo: dependencies ## audit 14 nights of the embedded emulator and print where the report is
	$(SWIFT) build --product audit
	$$($(SWIFT) build --show-bin-path)/audit demo

test: dependencies ## run all tests
	$(SWIFT) build --build-tests
	$(SWIFT) build --product generate-manual
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

install: dependencies ## build a release and install it with completions and manual under PREFIX (/usr/local)
	$(SWIFT) build -c release --product audit
	$(SWIFT) build -c release --product generate-manual
	@$(MAKE) --no-print-directory install-built BUILT="$$($(SWIFT) build -c release --show-bin-path)"

# What is installed of programs that are built already, in the folder BUILT. The completions and the manual page are
# written by swift-argument-parser's own generators, out of what the program says of itself.
install-built:
	install -d "$(SHARE)/audit/policies/schemas" $(foreach file,bin/audit $(GENERATED),"$(DESTDIR)$(PREFIX)/$(dir $(file))")
	install -m 755 "$(BUILT)/audit" "$(DESTDIR)$(PREFIX)/bin/audit"
	"$(BUILT)/audit" --generate-completion-script bash > "$(SHARE)/bash-completion/completions/audit"
	"$(BUILT)/audit" --generate-completion-script zsh > "$(SHARE)/zsh/site-functions/_audit"
	"$(BUILT)/audit" --generate-completion-script fish > "$(SHARE)/fish/vendor_completions.d/audit.fish"
	"$(BUILT)/generate-manual" "$(BUILT)/audit" $(addprefix --date ,$(MANUAL_DATE)) --output-directory "$(SHARE)/man/man1"
	mv "$(SHARE)/man/man1/audit.1" "$(SHARE)/man/man1/audit.1.new"
	"$(BUILT)/audit" exit-codes | awk -f docs/man/finish.awk - "$(SHARE)/man/man1/audit.1.new" > "$(SHARE)/man/man1/audit.1"
	rm "$(SHARE)/man/man1/audit.1.new"
	install -m 644 policies/*.yaml "$(SHARE)/audit/policies/"
	install -m 644 policies/schemas/*.json "$(SHARE)/audit/policies/schemas/"

uninstall: ## remove what make install put under PREFIX; what others put there stays
	rm -f $(foreach file,bin/audit $(GENERATED),"$(DESTDIR)$(PREFIX)/$(file)")
	for file in policies/*.yaml policies/schemas/*.json; do rm -f "$(SHARE)/audit/$$file"; done
	-rmdir "$(SHARE)/audit/policies/schemas" "$(SHARE)/audit/policies" "$(SHARE)/audit" 2>/dev/null || :

clean: ## remove what was built
	rm -rf .build
