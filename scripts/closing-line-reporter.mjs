/** Ends a test run with one plain line: `N passed, N failed, N skipped`. */
export default class ClosingLineReporter {
  onTestRunEnd(modules, errors) {
    const count = { passed: 0, failed: errors?.length ?? 0, skipped: 0 }
    for (const module of modules) {
      const tests = [...module.children.allTests()]
      if (tests.length === 0 && module.errors().length > 0) count.failed++
      for (const test of tests) {
        const { state } = test.result()
        count[state in count ? state : 'skipped']++
      }
    }
    process.stdout.write(`${count.passed} passed, ${count.failed} failed, ${count.skipped} skipped\n`)
  }
}
