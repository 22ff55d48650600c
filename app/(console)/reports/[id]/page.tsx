import type { Metadata } from "next";
import { cache } from "react";
import { kindsQuery, reportQuery } from "@/client/reports-queries";
import { ReportScreen } from "@/components/reports/report-screen";
import { Hydrated } from "@/components/shell/hydrated";
import { currentUser, readPage } from "@/lib/http/page";
import { listKinds } from "@/lib/reports/list-kinds";
import { showReport } from "@/lib/reports/show-report";
import { allowed } from "../../allowed";

type ReportPageProps = { params: Promise<{ id: string }> };

const readReport = cache((id: string) => readPage(showReport, { id }));

export async function generateMetadata({ params }: ReportPageProps): Promise<Metadata> {
  const { permissions } = await currentUser();
  if (!permissions.includes("reports:read")) return { title: "Report" };
  return { title: (await readReport((await params).id)).title };
}

export default function ReportPage({ params }: ReportPageProps) {
  return allowed(async () => {
    const { id } = await params;
    const [report, kinds] = await Promise.all([readReport(id), readPage(listKinds, {})]);
    return (
      <Hydrated
        entries={[
          [reportQuery(id).queryKey, report],
          [kindsQuery().queryKey, kinds],
        ]}
      >
        <ReportScreen id={id} />
      </Hydrated>
    );
  });
}
