"use client";

import { useReadAgain } from "@/client/read-again";
import { useSubmit } from "@/client/use-submit";
import { Link } from "@/components/ui/link";
import { explain } from "@/components/ui/load-error";
import { sayDone, sayFailed } from "@/components/ui/toast";
import type { InputOf } from "@/lib/kernel/contract";
import { createReportContract, listReportsContract } from "@/lib/reports/contract";
import type { ReportView } from "@/lib/reports/shapes";

/** Asks for a report in the background, stays where one is, and says where it will be; or why it will not. */
export function useAsk(onMade?: (report: ReportView) => void) {
  const readAgain = useReadAgain();
  const submit = useSubmit(createReportContract, (report) => {
    readAgain(listReportsContract);
    sayAsked(report);
    onMade?.(report);
  });
  const mutate = (input: InputOf<typeof createReportContract>) =>
    submit.mutate(input, { onError: (error) => sayFailed(`The report was not begun. ${explain(error)}`) });
  return { mutate, isPending: submit.isPending };
}

function sayAsked({ id, title }: ReportView): void {
  sayDone(
    <>
      <bdi>{title}</bdi> is being made. <Link href={`/reports?made=${id}`}>See how far it is</Link>
    </>,
    { linked: true },
  );
}
