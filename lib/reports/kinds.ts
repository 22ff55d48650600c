import { documentKinds } from "./documents";
import type { AnyKind } from "./kind";
import { tableKinds } from "./tables";

/** Everything that can be asked for as a file. */
export const kinds: readonly AnyKind[] = [...documentKinds, ...tableKinds];

/** The kind of a name; undefined where there is none. */
export function kindNamed(name: string): AnyKind | undefined {
  return kinds.find((kind) => kind.name === name);
}
