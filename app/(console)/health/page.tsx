import type { Metadata } from "next";
import { healthQuery } from "@/client/health-queries";
import { HealthScreen } from "@/components/health/health-screen";
import { Hydrated } from "@/components/shell/hydrated";
import { readPage } from "@/lib/http/page";
import { showHealth } from "@/lib/system/show-health";
import { allowed } from "../allowed";

export const metadata: Metadata = { title: "Health" };

export default function HealthPage() {
  return allowed(async () => {
    const health = await readPage(showHealth, {});
    return (
      <Hydrated entries={[[healthQuery().queryKey, health]]}>
        <HealthScreen />
      </Hydrated>
    );
  });
}
