import type { TenantStatus } from "@/lib/tenants/shapes";
import classes from "./status-badge.module.css";

const tones = {
  provisioning: "info",
  active: "ok",
  inactive: "quiet",
  suspended: "warn",
  blocked: "bad",
  failed: "bad",
  deleted: "quiet",
  deleting: "info",
} as const satisfies Record<TenantStatus, string>;

type Tone = (typeof tones)[TenantStatus];

/** A tenant's status, told by word and colour. */
export function StatusBadge({ status, title }: { status: TenantStatus; title?: string | null }) {
  return (
    <Badge tone={tones[status]} busy={status === "provisioning" || status === "deleting"} title={title ?? null}>
      {capital(status)}
    </Badge>
  );
}

/** A word with a coloured dot. */
export function Badge(props: { tone: Tone; children: string; busy?: boolean; title?: string | null }) {
  return (
    <span
      className={classes.badge}
      data-tone={props.tone}
      data-busy={props.busy || undefined}
      {...(props.title && { title: props.title })}
    >
      <span className={classes.dot} aria-hidden="true" />
      {props.children}
    </span>
  );
}

/** The dot alone, where the word stands beside it. */
export function StatusDot({ status }: { status: TenantStatus }) {
  return <span className={classes.dot} data-tone={tones[status]} aria-hidden="true" />;
}

/** A word with a capital at its beginning. */
export function capital(word: string): string {
  return word.charAt(0).toUpperCase() + word.slice(1);
}
