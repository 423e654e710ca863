# What there is to do here. Each target is one script, which also says more in its header.
#
#   make run ARGS='doctor you@example.com'   build the tool if needed and run it (scripts/run)
#   make test ARGS='--filter LabTests'       run the tests, real servers included (scripts/test)
#   make format                              put the sources into the project's format
#   make check                               everything that CI checks (.ci/run)

.PHONY: run test format check

run:
	@scripts/run $(ARGS)

test:
	@scripts/test $(ARGS)

format:
	swift format --in-place --recursive Package.swift Sources Tests Benchmarks Fuzz Examples

check:
	@.ci/run
