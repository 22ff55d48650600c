"use client";

import { Button } from "@mantine/core";
import type { ReactNode } from "react";
import classes from "./list.module.css";

/** What narrows a list: its search at the left, its filters, and the chips of what narrows it. */
export function Toolbar({ children }: { children: ReactNode }) {
  return <div className={classes.toolbar}>{children}</div>;
}

/** The chips of a list within a panel, above its head. */
export function ListChips({ children }: { children: ReactNode }) {
  return <div className={classes.chips}>{children}</div>;
}

type ListFrameProps = {
  /** True while what is shown is still the list before. */
  waiting?: boolean;
  /** Without a border, within a panel that has one. */
  bare?: boolean;
  children: ReactNode;
};

/** A list's border; what is not the newest any more is shown dimmed. */
export function ListFrame({ waiting = false, bare = false, children }: ListFrameProps) {
  return (
    <div
      className={classes.frame}
      data-bare={bare || undefined}
      data-waiting={waiting || undefined}
      aria-busy={waiting}
    >
      {children}
    </div>
  );
}

type Pages = { hasNextPage: boolean; isPlaceholderData: boolean; isFetchingNextPage: boolean };

type MoreRowsProps = { query: Pages & { fetchNextPage: () => unknown }; words?: string };

/** The way to the next part of a list that is read part by part; nothing where that was all. */
export function MoreRows({ query, words = "Show more" }: MoreRowsProps) {
  if (!query.hasNextPage || query.isPlaceholderData) return null;
  return (
    <div className={classes.more}>
      <Button variant="default" size="xs" loading={query.isFetchingNextPage} onClick={() => void query.fetchNextPage()}>
        {words}
      </Button>
    </div>
  );
}
