import type { Metadata } from "next";
import { createLoader, type SearchParams } from "nuqs/server";
import { signInsQuery } from "@/client/activity-queries";
import { Hydrated } from "@/components/shell/hydrated";
import { searchPage, signInsInput } from "@/components/sign-ins/search-sign-ins";
import { SignInsScreen } from "@/components/sign-ins/sign-ins-screen";
import { listSignIns } from "@/lib/analytics/sign-ins";
import { readFirst } from "@/lib/http/page";
import { allowed } from "../../allowed";
import { browserZone } from "../browser-zone";

export const metadata: Metadata = { title: "Sign-ins" };

const load = createLoader(searchPage);

export default function SignInsPage({ searchParams }: { searchParams: Promise<SearchParams> }) {
  return allowed(async () => {
    const input = signInsInput(await load(searchParams), await browserZone());
    return (
      <Hydrated entries={[[signInsQuery(input).queryKey, await readFirst(listSignIns, input)]]}>
        <SignInsScreen />
      </Hydrated>
    );
  });
}
