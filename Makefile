# What a person or CI types. The work itself is done by SwiftPM and by casa-dev.

.DEFAULT_GOAL := build
.PHONY: build demo check test test-kernels bench fuzz docs clean packages-build packages-test

# One configuration for everything: what is tested is what is shipped.
SWIFT_FLAGS := -c release -Xswiftc -warnings-as-errors --explicit-target-dependency-import-check error

packages-build:
	@scripts/packages build

packages-test:
	@scripts/packages test

## Leaves release binaries in .build/release.
build: packages-build
	swift build $(SWIFT_FLAGS)

## The banking example, enforced in the kernel where that is allowed.
demo: build
	.build/release/casa-dev demo examples/banking

## Format, lint, walls and generated files: the gate, the same here and in CI.
check: packages-test
	swift format lint --strict --recursive --parallel Sources Tests Plugins Benchmarks/Driver Package.swift
	scripts/walls

## Everything that can fail, with one closing line.
test: check
	scripts/test

## Loads, attaches and enforces on kernel 5.10 under qemu.
test-kernels: packages-test build
	scripts/old-kernels

bench: packages-test build
	.build/release/casa-bench

fuzz: packages-test
	Benchmarks/Fuzz/run 60

docs:
	scripts/docs

clean:
	rm -rf .build .cache out bench.json
