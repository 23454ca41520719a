# What a person or CI types. The work itself is done by SwiftPM and by casa-dev.

.DEFAULT_GOAL := build
.PHONY: build demo parity check test test-kernels bench fuzz mutate docs clean packages-build packages-test

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

## What is supported, verified and tested, written from the code; the vectors are those of bpf_conformance.
parity: build
	.build/release/casa-dev parity spec/parity --vectors "$${CASA_CONFORMANCE:-../shared/conformance/bpf}"

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

## Thousands of objects with a mistake in them: each must be refuted, rejected, or be no mistake.
mutate: build
	.build/release/casa-dev mutate examples/banking examples/quickstart examples/research-team

docs:
	scripts/docs

clean:
	rm -rf .build .cache out bench.json
