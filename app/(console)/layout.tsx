import type { ReactNode } from "react";
import { Shell } from "@/components/shell/shell";
import { currentUser } from "@/lib/http/page";

export default async function ConsoleLayout({ children }: { children: ReactNode }) {
  return <Shell user={await currentUser()}>{children}</Shell>;
}
