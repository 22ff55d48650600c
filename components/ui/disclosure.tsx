import { ChevronRight } from "lucide-react";
import type { ReactNode } from "react";
import classes from "./disclosure.module.css";

type DisclosureProps = {
  summary: ReactNode /** Open to begin with, or once something within is wrong. */;
  open?: boolean | undefined;
  children: ReactNode;
};

/** What is shown only when asked for, below the words that tell what it is. */
export function Disclosure({ summary, open, children }: DisclosureProps) {
  return (
    <details className={classes.disclosure} {...(open !== undefined && { open })}>
      <summary>
        <ChevronRight size={14} aria-hidden="true" /> {summary}
      </summary>
      {children}
    </details>
  );
}
