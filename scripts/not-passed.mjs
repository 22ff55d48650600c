import { relative } from "node:path";

/** The tests of a Vitest report that did not pass, a line each; a file whose tests could not begin is one itself. */
export function unitsNotPassed({ testResults, outside }) {
  const inFiles = testResults.flatMap(({ name, status, message, assertionResults }) => {
    const file = relative(process.cwd(), name);
    const tests = assertionResults.filter((test) => test.status !== "passed");
    const lines = tests.map(({ status: end, ancestorTitles, title, failureMessages }) =>
      line(end, file, [...ancestorTitles, title].join(" › "), failureMessages?.[0]),
    );
    // What went wrong around the tests (an import, a beforeAll) is told with the file.
    const around = status === "failed" && !tests.some((test) => test.status === "failed");
    return around ? [line("failed", file, "(the file itself)", message), ...lines] : lines;
  });
  const beside = outside.map(({ file, message }) =>
    line("failed", file ? relative(process.cwd(), file) : "(no file)", "(outside of every test)", message),
  );
  return [...inFiles, ...beside];
}

/** The journeys of a Playwright report that did not pass, a line each: failed, flaky (passed when repeated) and skipped. */
export function journeysNotPassed({ suites, errors }) {
  return [
    ...suites.flatMap((suite) => inSuite(suite, [])),
    ...errors.map((error) => line("failed", "e2e", "(around the journeys)", error.message)),
  ];
}

const words = { unexpected: "failed", flaky: "flaky", skipped: "skipped" };

function inSuite({ title, file, specs = [], suites = [] }, above) {
  const path = title === file ? above : [...above, title];
  const lines = specs.flatMap((spec) =>
    spec.tests
      .filter((test) => test.status in words)
      .map((test) => {
        const error = test.results.find((result) => result.error)?.error.message;
        return line(words[test.status], `e2e/${spec.file}:${spec.line}`, [...path, spec.title].join(" › "), error);
      }),
  );
  return [...lines, ...suites.flatMap((suite) => inSuite(suite, path))];
}

const colours = new RegExp(`${String.fromCharCode(27)}\\[[0-9;]*m`, "g");

/** A test with what it said first: what failed, and what was there instead. */
function line(status, file, name, error = "") {
  const said = error
    .replace(colours, "")
    .trim()
    .split("\n")
    .filter((each) => each.trim() !== "");
  return [`${status}: ${file} › ${name}`, ...said.slice(0, 4).map((each) => `    ${each.slice(0, 300)}`)].join("\n");
}
