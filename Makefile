# Two commands do it: `make run` and `make test`. Both install what is missing.

SHELL := bash
.SHELLFLAGS := -euo pipefail -c
.DEFAULT_GOAL := help

# The tools of `make verify` have a module file of their own, so that their two
# hundred dependencies stay out of the program's.
TOOL := go tool -modfile=.ci/tools.mod

# A stamped version needs a readable repository; a copy without one builds too.
STAMP := $(shell git rev-parse --verify --quiet HEAD >/dev/null 2>&1 && echo true || echo false)

# In CI nothing is taken from the cache of test results.
TESTFLAGS ?= $(if $(CI),-count=1)

# npm packages: of the pages, and of Go tests that run node
NODE := $(patsubst %/package-lock.json,%/node_modules/.package-lock.json,$(wildcard web/package-lock.json test/*/package-lock.json))
PAGES := web/dist/pages/tip.html

.PHONY: help
help: ## list the targets
	@awk -F ':.*## ' '/^[a-z-]+:.*## / { printf "  make %-10s %s\n", $$1, $$2 }' $(MAKEFILE_LIST)

.PHONY: deps
deps: ## install the Debian packages that are missing (PostgreSQL 15, PostGIS, Redis)
	@scripts/deps

.PHONY: deps-browser
deps-browser: ## install Chromium and its fonts, for the tests of the pages
	@scripts/deps browser

.PHONY: deps-gdal
deps-gdal: ## install GDAL's ogr2ogr, through which imports read GeoPackage
	@scripts/deps gdal

.PHONY: build
build: $(PAGES) ## build the pages and bin/gridwork
	go build -buildvcs=$(STAMP) -o bin/gridwork ./cmd/gridwork

$(PAGES): web/node_modules/.package-lock.json $(shell git ls-files --cached --others --exclude-standard web 2>/dev/null)
	npm --prefix web run --silent build
	@touch $@

.PHONY: run
run: deps build ## start everything, with a demo city, on http://127.0.0.1:8080
	@exec bin/gridwork up

.PHONY: test
test: deps deps-browser deps-gdal $(NODE) $(PAGES) ## run every test, on stores of their own
	npm --prefix web run --silent test
	go test -timeout 20m $(TESTFLAGS) ./...

%/node_modules/.package-lock.json: %/package-lock.json
	npm ci --prefix $* --no-audit --no-fund
	@touch $@

.PHONY: verify
verify: verify-format verify-vet verify-lint verify-web verify-fresh verify-vulns ## format, vet, lint, generated code, known vulnerabilities

.PHONY: verify-format
verify-format:
	@unformatted=$$(git ls-files -z --cached --others --exclude-standard '*.go' | xargs -0r gofmt -l); \
	if [ -n "$$unformatted" ]; then echo "gofmt -w these: $$unformatted" >&2; exit 1; fi

.PHONY: verify-vet
verify-vet:
	go vet -tags chaos ./...

.PHONY: verify-lint
verify-lint:
	$(TOOL) golangci-lint run ./...

.PHONY: verify-web
verify-web: web/node_modules/.package-lock.json
	npm --prefix web run --silent lint
	npm --prefix web run --silent types

.PHONY: verify-fresh
verify-fresh:
	@scripts/fresh

.PHONY: verify-vulns
verify-vulns:
	@scripts/vulncheck

.PHONY: generate
generate: web/node_modules/.package-lock.json ## write the generated code anew
	go tool gqlgen generate
	go generate ./...
	npm --prefix web run --silent generate

.PHONY: bench
bench: deps ## measure against the floor (takes minutes; leave the machine alone)
	go test -run '^$$' -bench . -benchmem -timeout 60m ./domain/calendar ./domain/inspection ./domain/media ./geo
	for figure in landing queue submit deadlines rederive replay place measure generate tiles day handheld; do go run ./bench/$$figure; done

.PHONY: bench-web
bench-web: deps deps-browser $(NODE) $(PAGES) ## measure the pages in a browser against their budgets (ten minutes; leave the machine alone)
	go run ./bench/web

.PHONY: soak
soak: deps ## a hundred thousand random steps against the oracle that counts minutes (an hour at most)
	MODEL_STEPS=100000 go test -count=1 -v -timeout 6h ./test/model

.PHONY: shuffle
shuffle: deps ## drain the outboxes of two handhelds in a thousand orders, and compare what comes of it (half an hour)
	SHUFFLES=1000 go test -count=1 -v -timeout 6h -run TestTwoOutboxes ./domain/fieldwork

.PHONY: chaos
chaos: deps ## kill, stop and empty things under load, then check the invariants
	go test -tags chaos -count=1 -v -timeout 60m ./test/chaos/...

.PHONY: cover
cover: deps deps-browser deps-gdal $(NODE) $(PAGES) ## run every test and show what they do not reach, in coverage.html
	go test -coverpkg=./... -coverprofile=coverage.out ./...
	go tool cover -html=coverage.out -o coverage.html
	@go tool cover -func=coverage.out | tail -n 1

.PHONY: clean
clean: ## remove what was built; the data in .data stays
	rm -rf bin coverage.out coverage.html web/dist/pages $(dir $(NODE))
