/** What surrounds a command line. */
export type Surroundings = { cwd: string; env: Record<string, string | undefined> };
