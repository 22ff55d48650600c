"use client";

import { notifications } from "@mantine/notifications";
import type { ReactNode } from "react";

const doneMs = 6000;
const linkedMs = 12_000;

type More = {
  /** A heading above the words, where they are several sentences. */
  title?: string;
  /** True where the words hold a link or a button: they stay longer, so that it can be reached. */
  linked?: boolean;
  /** True where it was asked for by somebody who may be away: it stays until it is closed. */
  stays?: boolean;
};

/** Says that something was done. It goes by itself, and waits while the pointer is on it. */
export function sayDone(message: ReactNode, { title, linked = false, stays = false }: More = {}): void {
  notifications.show({
    message,
    ...(title !== undefined && { title }),
    color: "petrol",
    // Announced by the region that it stands in, which was there before it.
    role: "none",
    autoClose: stays ? false : linked ? linkedMs : doneMs,
    closeButtonProps: { "aria-label": "Dismiss" },
  });
}

/** Says that something was asked for and did not come about, or only in part. It stays until it is closed. */
export function sayFailed(message: ReactNode, { title }: More = {}): void {
  notifications.show({
    message,
    ...(title !== undefined && { title }),
    color: "red",
    role: "alert",
    autoClose: false,
    closeButtonProps: { "aria-label": "Dismiss" },
  });
}
