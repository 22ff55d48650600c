"use client";

import { Button, Progress, VisuallyHidden } from "@mantine/core";
import { ExternalLink } from "lucide-react";
import { useState } from "react";
import { serverTime, useNow } from "@/client/now";
import classes from "@/components/ui/form.module.css";
import { plural } from "@/components/ui/plural";

/** A link and when it ends, by this browser's clock (milliseconds). */
export type MadeLink = { url: string; until: number };

const linkMs = 60_000;

type SupportLinkProps = { made: MadeLink; again: () => void; close: () => void };

/** The link itself, for a person to click: a browser would keep a window from opening by itself. */
export function SupportLink({ made: { url, until }, again, close }: SupportLinkProps) {
  const [used, setUsed] = useState(false);
  const now = useNow(250);
  const left = Math.max(0, until - (now ?? serverTime()));
  const seconds = Math.ceil(left / 1000);
  if (used) return <Opened close={close} />;
  if (seconds === 0) return <Over again={again} close={close} />;
  return (
    <div className={classes.form}>
      <p>
        The link works once, for <span aria-hidden="true">{plural(seconds, "more second")}</span>
        <VisuallyHidden>a minute from when it was made</VisuallyHidden>.
      </p>
      <Progress value={(left / linkMs) * 100} size="sm" aria-label="Time left" transitionDuration={250} />
      <div className={classes.buttons}>
        <Button variant="default" onClick={close}>
          Close
        </Button>
        <Button
          component="a"
          href={url}
          target="_blank"
          rel="noopener noreferrer"
          rightSection={<ExternalLink size={14} role="img" aria-label="opens in a new tab" />}
          onClick={() => setUsed(true)}
          data-autofocus
        >
          Open the app
        </Button>
      </div>
    </div>
  );
}

function Opened({ close }: { close: () => void }) {
  return (
    <div className={classes.form}>
      <p role="status">
        The app opened in another tab. The session is listed on this page, where it can be ended; the app has a way to
        leave it, too.
      </p>
      <div className={classes.buttons}>
        <Button onClick={close}>Done</Button>
      </div>
    </div>
  );
}

function Over({ again, close }: { again: () => void; close: () => void }) {
  return (
    <div className={classes.form}>
      <p role="status">The link was not used in time and opens nothing any more.</p>
      <div className={classes.buttons}>
        <Button variant="default" onClick={close}>
          Close
        </Button>
        <Button onClick={again}>Make another</Button>
      </div>
    </div>
  );
}
