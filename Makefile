# `make` alone prints what there is to make. Everything needs Go 1.26 and a C
# and C++ compiler (DuckDB is linked in); npm brings one file that the pages
# can do without. `.ci/need` says what is missing and how to get it.

GO      ?= go
TAGS    := -tags duckdb_arrow
VERSION ?= $(shell git describe --tags --always --dirty 2>/dev/null || echo unknown)

# Tools run at a pinned version and are no part of go.mod. govulncheck is not
# among them: it asks a database on the network, and a build must not fail when
# that is out of reach. By hand: go run golang.org/x/vuln/cmd/govulncheck@latest ./...
STATICCHECK := honnef.co/go/tools/cmd/staticcheck@v0.8.2
TEMPL       := github.com/a-h/templ/cmd/templ@$(shell awk '$$1 == "github.com/a-h/templ" || $$2 == "github.com/a-h/templ" { for (i = 1; i <= NF; i++) if ($$i ~ /^v[0-9]/) print $$i }' go.mod)

# Rooms that compute on all cores: their tests run under the race detector, but
# for the simulations, which prove figures and would take minutes there.
SIMULATIONS := Simulated|FalseAlarm|JulyStop|UnderChance|SeesAFall|ToTheDial|SilenceIsExact|Recovers|CDNOW|LeaveRanks|DoesNoHarm|Wholesaler|FitMixture|Calibrated|OnRetail|SignalsAreLearned|LookedDaily
PURE := . ./stat/... $(addprefix ./,$(wildcard internal/lamp internal/phrase internal/chart internal/round))

HTMX := internal/web/asset/vendor/htmx.min.js

BENCH     ?= .
BENCHTIME ?= 1s
COUNT     ?= 1

.DEFAULT_GOAL := help
.PHONY: help demo test build check bench assets generate screenshots clean need npm-if-there format-check vet staticcheck generated-check race tidy-check

help: ## print the targets
	@awk -F ':.*## ' '/^[a-z-]+:.*## / { printf "  make %-12s %s\n", $$1, $$2 }' $(MAKEFILE_LIST)

demo: build ## build, make the invented shop, walk one round, serve it and print the address
	bin/behold demo

test: need ## every test, the README's test command: what CI runs, under ten minutes on two cores
	$(GO) test $(TAGS) -timeout 20m ./...
	$(GO) build ./...
	$(GO) test -timeout 10m ./internal/warehouse

build: need npm-if-there ## the program, as bin/behold
	$(GO) build $(TAGS) -trimpath -ldflags '-X main.version=$(VERSION)' -o bin/behold ./cmd/behold

check: need format-check vet staticcheck generated-check tidy-check race ## format, vet, staticcheck, generated files fresh, go.mod tidy, race detector

bench: need ## the benchmarks of docs/benchmarks.md, written to build/bench.txt too (BENCH=regexp COUNT=n BENCHTIME=t)
	@mkdir -p build
	$(GO) test $(TAGS) -run '^$$' -bench '$(BENCH)' -benchtime $(BENCHTIME) -count $(COUNT) -benchmem -timeout 60m ./... > build/bench.txt || { cat build/bench.txt; exit 1; }
	@grep -v -e '^ok' -e 'no test files' -e '^PASS' build/bench.txt

assets: $(HTMX) ## fetch the one file that npm brings (htmx), unless it is there

# npm ci takes what package-lock.json says; no script of a package is run.
$(HTMX): package.json package-lock.json
	@.ci/need npm
	npm ci --ignore-scripts --no-audit --no-fund
	@mkdir -p $(@D)
	cp node_modules/htmx.org/dist/htmx.min.js $@
	@touch $@

generate: need ## write the Go code of the templ components anew
	$(GO) run $(TEMPL) generate

screenshots: build ## picture the pages of the demo into docs/ (needs chromium)
	.ci/screenshots

clean: ## throw away what was built; your data folder stays
	rm -rf bin build node_modules $(dir $(HTMX))

need:
	@.ci/need go cc

# The pages work without htmx, only less smoothly, so its absence stops nobody.
npm-if-there:
	@test -f $(HTMX) -a $(HTMX) -nt package-lock.json || { .ci/need npm && $(MAKE) --no-print-directory assets; } || \
		echo "note: going on without htmx: every page works, but loads as a whole" >&2

format-check:
	@bad=$$(git ls-files -co --exclude-standard '*.go' | xargs gofmt -l); test -z "$$bad" || { echo "not formatted (gofmt -w): $$bad" >&2; exit 1; }

vet:
	$(GO) vet $(TAGS) ./...

staticcheck:
	$(GO) run $(STATICCHECK) $(TAGS) ./...

generated-check:
	@sums() { git ls-files -co --exclude-standard '*_templ.go' | sort | xargs cksum; }; before=$$(sums); \
	$(GO) run $(TEMPL) generate || exit 1; \
	test "$$before" = "$$(sums)" || { echo "the generated templ code was not fresh; it is now: commit it" >&2; exit 1; }

tidy-check:
	$(GO) mod tidy -diff

race:
	$(GO) test $(TAGS) -race -short -skip '$(SIMULATIONS)' -timeout 20m $(PURE)
	$(GO) test $(TAGS) -race -short -run 'OrderAndCores|Occasions|Clock|Foresee|Weights' -timeout 20m ./internal/forecast
