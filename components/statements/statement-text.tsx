"use client";

import { Button } from "@mantine/core";
import { useState } from "react";
import classes from "./statements.module.css";

/** What is shown of a statement at first, in characters. */
const shown = 300;

/** A statement: a long one by its beginning, and whole when it is asked for. */
export function StatementText({ text }: { text: string }) {
  const [whole, setWhole] = useState(false);
  if (text.length <= shown) return <code className={classes.statement}>{text}</code>;
  return (
    <>
      <code className={classes.statement}>{whole ? text : `${text.slice(0, shown).trimEnd()}…`}</code>
      <Button size="compact-xs" variant="subtle" aria-expanded={whole} onClick={() => setWhole(!whole)}>
        {whole ? "Show less" : "Show all of it"}
      </Button>
    </>
  );
}
