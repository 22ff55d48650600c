import { spawnSync } from "node:child_process";
import { existsSync } from "node:fs";

type Program = {
  /** Names or paths under which it may be found, in order; empty ones are left out. */
  names: readonly string[];
  /** How it is asked for its version, where that is not `--version`. */
  asks?: string;
  /** Debian's package of it. */
  debian: string;
  /** What to tell when there is none: what is missing, and other ways to get it. */
  missing: string;
};

/** Prints the path of a program that tests need, after installing it where that may be done; says how otherwise. */
export function printProgram({ names, asks = "--version", debian, missing }: Program): void {
  const found = () => names.find((name) => name !== "" && spawnSync(name, [asks], { stdio: "ignore" }).status === 0);
  let path = found();
  const mayInstall = process.getuid?.() === 0 && existsSync("/usr/bin/apt-get");
  for (const args of mayInstall
    ? [
        ["update", "-qq"],
        ["install", "-y", "-qq", debian],
      ]
    : []) {
    if (path) break;
    console.error(`No ${debian} found; trying: apt-get ${args.join(" ")}`);
    spawnSync("apt-get", args, { stdio: ["ignore", 2, 2], timeout: 5 * 60_000 });
    path = found();
  }
  if (!path) {
    console.error(missing);
    process.exit(1);
  }
  console.log(path);
}
