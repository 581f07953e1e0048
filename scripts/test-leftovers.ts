/**
 * Ends a test file that left something open, and says what. Without this the runner waits for it for ever: its own
 * time-out is for single tests, and `--test-force-exit` would hide the mistake.
 *
 *     node --import ./scripts/test-leftovers.ts --test test/some.test.ts
 */

/** Time that the file's own clean-up has after its last test, in milliseconds. */
const PATIENCE_MS = 10_000;

// Also loaded into the runner itself, which has no tests of its own.
if (process.env.NODE_TEST_CONTEXT !== undefined) {
  const { after } = await import('node:test');
  after(() => {
    // Does not keep the process alive: it only fires where something else does.
    setTimeout(() => {
      const open = process.getActiveResourcesInfo().filter((resource) => resource !== 'PipeWrap');
      console.error(`${process.argv[1]} left something open after its last test: ${open.join(', ')}.`);
      process.exit(1);
    }, PATIENCE_MS).unref();
  });
}
