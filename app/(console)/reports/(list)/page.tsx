import type { Metadata } from "next";
import { createLoader, type SearchParams } from "nuqs/server";
import { kindsQuery, reportsQuery } from "@/client/reports-queries";
import { ReportsScreen } from "@/components/reports/reports-screen";
import { reportsInput, searchReports } from "@/components/reports/search-reports";
import { firstPage, Hydrated } from "@/components/shell/hydrated";
import { currentUser, readPage } from "@/lib/http/page";
import { listKinds } from "@/lib/reports/list-kinds";
import { listReports } from "@/lib/reports/list-reports";
import { allowed } from "../../allowed";

export const metadata: Metadata = { title: "Reports" };

const load = createLoader(searchReports);

export default function ReportsPage({ searchParams }: { searchParams: Promise<SearchParams> }) {
  return allowed(async () => {
    const input = reportsInput(await load(searchParams));
    const [reports, kinds, { permissions, scope }] = await Promise.all([
      readPage(listReports, input),
      readPage(listKinds, {}),
      currentUser(),
    ]);
    return (
      <Hydrated
        entries={[
          [reportsQuery(input).queryKey, firstPage(reports)],
          [kindsQuery().queryKey, kinds],
        ]}
      >
        <ReportsScreen lake={permissions.includes("system:read") && scope.kind === "all"} />
      </Hydrated>
    );
  });
}
