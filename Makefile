# What there is to do here. Each target is one script, which also says more in its header.
#
#   make run ARGS='doctor you@example.com'   build the tool if needed and run it (scripts/run)
#   make test ARGS=LabTests                  run the tests, real servers included (scripts/test)
#   make format                              put the sources into the project's format
#   make catalogue                           check the catalogue, in seconds (scripts/check-catalogue)
#   make check                               everything that CI checks (.ci/run)

.PHONY: run test format catalogue check

run:
	@scripts/run $(ARGS)

test:
	@scripts/test $(ARGS)

format:
	swift format --in-place --recursive Package.swift Sources Tests Benchmarks Fuzz Examples

catalogue:
	@scripts/check-catalogue

check:
	@.ci/run
