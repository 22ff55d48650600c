import { JsonReporter } from "vitest/reporters";

/** Vitest's JSON report, with what was thrown outside of every test: that ends a run as failed without naming any. */
export default class extends JsonReporter {
  #outside = [];

  async onTestRunEnd(modules, errors, reason) {
    this.#outside = errors.map(({ VITEST_TEST_PATH: file, message }) => ({ file, message }));
    await super.onTestRunEnd(modules, errors, reason);
  }

  async writeReport(report) {
    await super.writeReport(JSON.stringify({ ...JSON.parse(report), outside: this.#outside }));
  }
}
