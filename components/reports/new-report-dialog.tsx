"use client";

import { useQuery } from "@tanstack/react-query";
import { FileX } from "lucide-react";
import { useRouter } from "next/navigation";
import { kindsQuery } from "@/client/reports-queries";
import { Dialog } from "@/components/ui/dialog";
import { LoadError } from "@/components/ui/load-error";
import { Message } from "@/components/ui/message";
import type { Begin } from "./begin";
import { NewReportForm } from "./new-report-form";

type NewReportDialogProps = { opened: boolean; close: () => void; begin?: Begin };

/** Asks for a report, which is made in the background, and goes to its row. */
export function NewReportDialog({ opened, close, begin }: NewReportDialogProps) {
  return (
    <Dialog opened={opened} close={close} title="New report" size="lg">
      <Known begin={begin} close={close} />
    </Dialog>
  );
}

function Known({ begin, close }: { begin: Begin | undefined; close: () => void }) {
  const router = useRouter();
  const { data, error, refetch } = useQuery(kindsQuery());
  if (!data) return error ? <LoadError what="The reports there are" error={error} retry={refetch} /> : <p>Loading…</p>;
  const [first] = data.kinds;
  if (!first)
    return (
      <Message icon={FileX} title="There is nothing that you can have as a file">
        Each report takes the right to see what it tells. An owner can change your role.
      </Message>
    );
  return (
    <NewReportForm
      kinds={data.kinds}
      begin={begin ?? { kind: first.name, input: {} }}
      close={close}
      onMade={({ id }) => {
        close();
        router.push(`/reports?made=${id}`);
      }}
    />
  );
}
