"use client";

import { useSyncExternalStore } from "react";

const never = () => () => undefined;

/** How this keyboard writes the key of commands: "⌘" on Apple's, else "Ctrl"; the latter on the server. */
export function useCommandKey(): string {
  return useSyncExternalStore(
    never,
    () => (/mac|iphone|ipad/i.test(navigator.userAgent) ? "⌘" : "Ctrl"),
    () => "Ctrl",
  );
}
