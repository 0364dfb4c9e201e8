# Kết Nối: what people and machines do with the sources. `make` alone prints what there is.

CARGO ?= cargo
# For `make report`. LANG comes from the command line only: the environment has one of its own.
PROGRAMME ?= PMI-LED
report_lang = $(if $(filter command line,$(origin LANG)),$(LANG),vi)
OUT ?= out/$(PROGRAMME)-$(report_lang).pdf

.DEFAULT_GOAL := help
.PHONY: help run run-release build release test torture check schema bench report clean

help: ## Print this list
	@echo "make TARGET, where TARGET is one of:"
	@sed -n 's/^\([a-z-]*\):.*## \(.*\)/  \1|\2/p' $(MAKEFILE_LIST) | awk -F'|' '{ printf "%-14s%s\n", $$1, $$2 }'
	@echo "Settings of the server are environment variables: KETNOI_LISTEN=127.0.0.1:9000 make run"

run: ## Build quickly, load the demonstration registry into ./ketnoi.db, serve it at http://127.0.0.1:8080/graphql
	@echo "The first build takes some minutes. 'make run-release' takes longer and serves at full speed."
	$(CARGO) run -p ketnoi -- demo

run-release: ## The same with full optimisation; building takes about five times as long
	$(CARGO) run --release -p ketnoi -- demo

build: ## Build the binary target/debug/ketnoi
	$(CARGO) build -p ketnoi

release: ## Build the binary target/release/ketnoi
	$(CARGO) build --release -p ketnoi

test: ## Run all tests, on PostgreSQL too if there is one; list what was skipped (with CI=true a skip is a failure)
	@scripts/test

torture: ## Kill the binary 200 times while eight write, on each database, and look at what is left
	@scripts/torture

check: ## Formatting, lints, documentation, the committed schema, licences and advisories
	@scripts/check

schema: ## Rewrite crates/graphql/schema.graphql from the code
	$(CARGO) run -p ketnoi -- schema > target/schema.graphql
	mv target/schema.graphql crates/graphql/schema.graphql

bench: ## Measure speed, against peers where they are installed
	@scripts/bench

report: ## Make one report from ./ketnoi.db: make report PROGRAMME=PMI-LED LANG=vi OUT=pmi-led.pdf
	@mkdir -p "$(dir $(OUT))"
	$(CARGO) run -p ketnoi -- report programme-summary --programme "$(PROGRAMME)" --lang "$(report_lang)" --out "$(OUT)"

clean: ## Remove what was built, and reports under out/; registries (*.db) stay
	$(CARGO) clean
	rm -rf out
