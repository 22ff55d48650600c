import { Server } from "lucide-react";
import { TwoLines } from "@/components/ui/data-table";
import { plural } from "@/components/ui/plural";
import { TenantMark } from "@/components/ui/tenant-mark";
import text from "@/components/ui/text.module.css";
import type { Outlook } from "@/lib/forecast/contract";
import classes from "./forecast.module.css";

type SubjectNameProps = { outlook: Outlook; open: () => void };

/** Whom an outlook is about; a click opens its detail. */
export function SubjectName({ outlook: { subject, historyDays }, open }: SubjectNameProps) {
  const name = subject.kind === "tenant" ? subject.tenant.name : subject.server.name;
  return (
    <span className={classes.subject}>
      {subject.kind === "tenant" ? (
        <TenantMark id={subject.tenant.id} name={name} />
      ) : (
        <span className={classes.server} aria-hidden="true">
          <Server size={14} />
        </span>
      )}
      <TwoLines
        first={
          <button
            type="button"
            className={text.open}
            onClick={open}
            title={`How this was found for ${name}`}
            dir="auto"
          >
            {name}
          </button>
        }
        second={`${subject.kind === "tenant" ? subject.tenant.slug : "server"} · ${plural(Math.floor(historyDays), "day")} of history`}
      />
    </span>
  );
}
