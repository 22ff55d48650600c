import { spawnSync } from "node:child_process";
import { existsSync } from "node:fs";

// Prints the path of a PgBouncer for the tests, installing one where that may be done.

function found(): string | undefined {
  const names = [process.env.PGBOUNCER ?? "", "pgbouncer", "/usr/sbin/pgbouncer"].filter(Boolean);
  return names.find((name) => spawnSync(name, ["--version"], { stdio: "ignore" }).status === 0);
}

let path = found();
const debian = process.getuid?.() === 0 && existsSync("/usr/bin/apt-get");
for (const args of debian
  ? [
      ["update", "-qq"],
      ["install", "-y", "-qq", "pgbouncer"],
    ]
  : []) {
  if (path) break;
  console.error(`No PgBouncer found; trying: apt-get ${args.join(" ")}`);
  spawnSync("apt-get", args, { stdio: ["ignore", 2, 2], timeout: 5 * 60_000 });
  path = found();
}
if (!path) {
  console.error(
    "No PgBouncer could be found or installed; some tests need it. Install one, then run the tests again:\n" +
      "  apt-get install pgbouncer   (or: brew install pgbouncer)\n" +
      "  or name one yourself: PGBOUNCER=/path/to/pgbouncer npm test",
  );
  process.exit(1);
}
console.log(path);
