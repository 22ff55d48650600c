import { spawnSync } from "node:child_process";
import { existsSync } from "node:fs";

// Prints the path of a Redis (or Valkey) server for the tests, installing one where that may be done.

function found(): string | undefined {
  const names = [process.env.REDIS_SERVER ?? "", "redis-server", "valkey-server"].filter(Boolean);
  return names.find((name) => spawnSync(name, ["--version"], { stdio: "ignore" }).status === 0);
}

let path = found();
const debian = process.getuid?.() === 0 && existsSync("/usr/bin/apt-get");
for (const args of debian
  ? [
      ["update", "-qq"],
      ["install", "-y", "-qq", "redis-server"],
    ]
  : []) {
  if (path) break;
  console.error(`No Redis found; trying: apt-get ${args.join(" ")}`);
  spawnSync("apt-get", args, { stdio: ["ignore", 2, 2], timeout: 5 * 60_000 });
  path = found();
}
if (!path) {
  console.error(
    "No Redis server could be found or installed; one test needs it. Install one, then run the tests again:\n" +
      "  apt-get install redis-server   (or: brew install redis)\n" +
      "  or name one yourself: REDIS_SERVER=/path/to/redis-server npm test",
  );
  process.exit(1);
}
console.log(path);
