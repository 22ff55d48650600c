import type { Metadata } from "next";
import { createLoader, type SearchParams } from "nuqs/server";
import { auditQuery } from "@/client/access-queries";
import { AuditScreen } from "@/components/audit/audit-screen";
import { auditInput, pageSize, searchAudit } from "@/components/audit/search-audit";
import { firstPage, Hydrated } from "@/components/shell/hydrated";
import { listAudit } from "@/lib/audit/list-audit";
import { contracts } from "@/lib/contracts";
import { readPage } from "@/lib/http/page";
import { allowed } from "../allowed";

export const metadata: Metadata = { title: "Audit" };

/** Given from here, since the contracts of bulk actions come with code that no browser may get. */
const summaries = Object.fromEntries(contracts.map(({ id, summary }) => [id, summary]));

const load = createLoader(searchAudit);

export default function AuditPage({ searchParams }: { searchParams: Promise<SearchParams> }) {
  return allowed(async () => {
    const input = { ...auditInput(await load(searchParams)), limit: pageSize };
    const trail = await readPage(listAudit, input);
    return (
      <Hydrated entries={[[auditQuery(input).queryKey, firstPage(trail)]]}>
        <AuditScreen summaries={summaries} />
      </Hydrated>
    );
  });
}
