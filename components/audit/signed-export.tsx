"use client";

import { Menu } from "@mantine/core";
import { FileKey } from "lucide-react";
import { type auditInput, signedPath } from "./search-audit";

/** Downloads what the filter lets through with the signature by which it can be verified elsewhere. */
export function SignedExport({ input }: { input: ReturnType<typeof auditInput> }) {
  return (
    <>
      <Menu.Divider />
      <Menu.Item component="a" href={signedPath(input)} download leftSection={<FileKey size={14} aria-hidden="true" />}>
        JSON lines, signed
      </Menu.Item>
    </>
  );
}
