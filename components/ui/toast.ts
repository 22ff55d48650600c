"use client";

import { notifications } from "@mantine/notifications";
import { explain } from "./load-error";

/** Says that something was done. */
export function sayDone(message: string): void {
  notifications.show({ message, color: "petrol" });
}

/** Says that something could not be done, and why. */
export function sayFailed(title: string, error: Error): void {
  notifications.show({ title, message: explain(error), color: "red", autoClose: 10_000 });
}
