import type { AnyCommand } from "./command";

/** The first words of a command line: what each is about, its other names, and its commands, loaded when asked for. */
export type Noun = { words: string; alias?: string; load: () => Promise<readonly AnyCommand[]> };
