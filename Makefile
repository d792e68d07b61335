# Kindred: make run, make test. Go 1.26 or newer and make are all you need.
# Every target says what it does when it is not done at once.

# A checkout that git will not read (another owner's, an unpacked archive) still builds.
GOFLAGS += $(shell git rev-parse HEAD >/dev/null 2>&1 || echo -buildvcs=false)
export GOFLAGS

.PHONY: help run build test bench lint fmt demo windows deps clean

help: ## this list
	@awk -F ':.*## ' '/^[a-z]+:.*## /{printf "  make %-9s %s\n", $$1, $$2}' $(MAKEFILE_LIST)

run: ## install what is missing, build, open the window on the demonstration practice
	@scripts/run.sh

build: ## build the window and the command line into build/
	@scripts/deps.sh build
	@scripts/window.sh build/kindred
	CGO_ENABLED=0 go build -o build/kindred-cli ./cmd/kindred-cli

test: ## everything that must pass, journeys in a real window included
	@scripts/test.sh

bench: ## the numbers the design promises, each beside its peer (COUNT=5)
	@scripts/bench.sh

lint: ## golangci-lint with gofumpt
	@scripts/lint.sh

fmt: ## format as lint wants it
	@scripts/lint.sh fmt

demo: ## a clinic list and a letter through the command line, into build/demo
	CGO_ENABLED=0 go run ./cmd/kindred-cli demo -o build/demo

windows: ## the window for Windows, where mingw-w64 is installed
	@scripts/windows.sh

deps: ## install the system packages that are missing
	@scripts/deps.sh build screen

clean: ## remove what was built
	rm -rf build
