"use client";

import { Button, Skeleton } from "@mantine/core";
import type { UseQueryResult } from "@tanstack/react-query";
import { Hourglass, SearchX } from "lucide-react";
import type { ReactNode } from "react";
import { Link } from "@/components/ui/link";
import { LoadError } from "@/components/ui/load-error";
import { Message } from "@/components/ui/message";
import type { Span } from "@/lib/history/shapes";
import classes from "./answer.module.css";
import { isNarrowed, unnarrowed } from "./search-narrowing";
import { useNarrowing } from "./use-analytics";

type AnswerProps<Data> = {
  /** What it is, to begin a sentence with. */
  what: string;
  query: Pick<UseQueryResult<Data, Error>, "data" | "error" | "refetch" | "isPlaceholderData">;
  /** Heights of the parts, while they are read. */
  parts: readonly number[];
  /** Whether no tenant matches, or there is none. */
  nobody: (data: Data) => boolean;
  children: (data: Data) => ReactNode;
};

/** What a page shows of its answer: the figures, or why there are none. What is shown while it is read again is pale. */
export function Answer<Data extends { span: Span }>({ what, query, parts, nobody, children }: AnswerProps<Data>) {
  const { data, error, refetch, isPlaceholderData } = query;
  if (!data) return error ? <LoadError what={what} error={error} retry={refetch} /> : <Places heights={parts} />;
  return (
    <div className={classes.answer} data-waiting={isPlaceholderData || undefined} aria-busy={isPlaceholderData}>
      {error && <LoadError what={`The newest of ${what.toLowerCase()}`} error={error} retry={refetch} />}
      <Shown data={data} nobody={nobody(data)}>
        {children}
      </Shown>
    </div>
  );
}

function Shown<Data extends { span: Span }>(
  props: Pick<AnswerProps<Data>, "children"> & { data: Data; nobody: boolean },
) {
  const [view, narrow] = useNarrowing();
  if (props.nobody && isNarrowed(view)) {
    return (
      <Message
        icon={SearchX}
        title="No tenant matches"
        action={
          <Button variant="default" size="xs" onClick={() => narrow(unnarrowed)}>
            Clear search and filters
          </Button>
        }
      >
        The search or a filter leaves out everybody. What was measured of the others is still there.
      </Message>
    );
  }
  if (props.data.span.asOf === null) {
    return (
      <Message icon={Hourglass} title="Nothing measured yet" action={<Link href="/tenants">Tenants</Link>}>
        History begins with the first full minute after the first tenant is measured. Nothing has to be switched on.
      </Message>
    );
  }
  if (props.nobody) {
    return (
      <Message icon={Hourglass} title="Nothing is known of this period" action={<Link href="/tenants">Tenants</Link>}>
        There is no tenant within your reach of which this was measured then. Choose another period; new tenants appear
        here a minute after they are measured for the first time.
      </Message>
    );
  }
  return props.children(props.data);
}

function Places({ heights }: { heights: readonly number[] }) {
  return (
    <div className={classes.answer} aria-busy="true">
      {heights.map((height, index) => (
        // biome-ignore lint/suspicious/noArrayIndexKey: the parts never change
        <Skeleton key={index} height={height} radius="lg" />
      ))}
    </div>
  );
}
