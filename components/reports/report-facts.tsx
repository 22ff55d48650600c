"use client";

import { useQuery } from "@tanstack/react-query";
import { kindsQuery } from "@/client/reports-queries";
import { CopyValue } from "@/components/ui/copy-value";
import { Fact, Facts } from "@/components/ui/facts";
import { count, showBytes } from "@/components/ui/format";
import { Panel } from "@/components/ui/panel";
import { RelativeTime } from "@/components/ui/relative-time";
import type { ReportView } from "@/lib/reports/shapes";
import { Expiry } from "./expiry";
import { InputFacts } from "./input-facts";
import { kindLabel, progressWords } from "./words";

/** What a report is of, and its file with the hash by which a copy can be checked. */
export function ReportFacts({ report }: { report: ReportView }) {
  const { kind, format, file, startedAt, finishedAt, id } = report;
  const { data } = useQuery(kindsQuery());
  const known = data?.kinds.find(({ name }) => name === kind);
  return (
    <>
      <Panel title="What it tells">
        <Facts>
          <Fact label="Report">
            {kindLabel(kind)}, {format.toUpperCase()}
          </Fact>
          {known && <Fact label="In it">{known.words}</Fact>}
          <InputFacts kind={known} input={report.input} />
        </Facts>
      </Panel>
      <Panel title="File">
        <Facts>
          {file === null ? (
            <Fact label="File">None so far</Fact>
          ) : (
            <>
              <Fact label="Name">
                <CopyValue value={file.name} label="the file's name" wraps />
              </Fact>
              <Fact label="Size">
                {showBytes(file.bytes)} ({count(file.bytes)} bytes)
                {format === "csv" && `, ${progressWords(report)}`}
              </Fact>
              <Fact label="Kept">
                <Expiry file={file} />
              </Fact>
              <Fact label="SHA-256">
                <CopyValue value={file.sha256} label="the file's SHA-256" wraps />
              </Fact>
            </>
          )}
          {startedAt !== null && (
            <Fact label="Begun">
              <RelativeTime at={startedAt} />
            </Fact>
          )}
          {startedAt !== null && finishedAt !== null && <Fact label="Took">{took(startedAt, finishedAt)}</Fact>}
          <Fact label="Id">
            <CopyValue value={id} label="the report's id" />
          </Fact>
        </Facts>
      </Panel>
    </>
  );
}

function took(from: string, to: string): string {
  const seconds = (Date.parse(to) - Date.parse(from)) / 1000;
  if (seconds < 60) return `${seconds.toFixed(1)} s`;
  return `${Math.floor(seconds / 60)} min ${Math.round(seconds % 60)} s`;
}
