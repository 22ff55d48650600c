import { execFileSync, spawnSync } from "node:child_process";
import { existsSync } from "node:fs";
import { chromium } from "@playwright/test";

// Prints the path of a Chromium that works, installing one where that may be done; says how to get one otherwise.

const usual = [
  process.env.CHROMIUM_PATH,
  "/usr/bin/chromium",
  "/usr/bin/chromium-browser",
  "/usr/bin/google-chrome",
  "/usr/bin/google-chrome-stable",
  "/snap/bin/chromium",
  "/Applications/Google Chrome.app/Contents/MacOS/Google Chrome",
  "/Applications/Chromium.app/Contents/MacOS/Chromium",
  "C:\\Program Files\\Google\\Chrome\\Application\\chrome.exe",
  chromium.executablePath(),
];

function found(): string | undefined {
  return usual.find((path): path is string => path !== undefined && path !== "" && existsSync(path) && works(path));
}

function works(path: string): boolean {
  try {
    // On Windows chrome.exe prints nothing and opens a window instead; that it is there has to do.
    if (process.platform !== "win32") execFileSync(path, ["--version"], { stdio: "ignore", timeout: 30_000 });
    return true;
  } catch {
    return false;
  }
}

const root = process.getuid?.() === 0;
const attempts: [string, string[]][] = [
  [process.execPath, ["node_modules/@playwright/test/cli.js", "install", ...(root ? ["--with-deps"] : []), "chromium"]],
  ...(root && existsSync("/usr/bin/apt-get")
    ? ([
        ["apt-get", ["update", "-qq"]],
        ["apt-get", ["install", "-y", "-qq", "chromium"]],
      ] satisfies [string, string[]][])
    : []),
];

let path = found();
for (const [program, args] of attempts) {
  if (path) break;
  console.error(`No Chromium found; trying: ${program} ${args.join(" ")}`);
  spawnSync(program, args, { stdio: ["ignore", 2, 2], timeout: 10 * 60_000 });
  path = found();
}
if (!path) {
  console.error(
    "No Chromium could be found or installed. Install one, then run the tests again:\n" +
      "  npx playwright install --with-deps chromium   (or, on Debian: apt-get install chromium)\n" +
      "  or name one yourself: CHROMIUM_PATH=/path/to/chromium npm test",
  );
  process.exit(1);
}
console.log(path);
