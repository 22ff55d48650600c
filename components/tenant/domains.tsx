import { ExternalLink, Globe } from "lucide-react";
import { Message } from "@/components/ui/message";
import { Panel } from "@/components/ui/panel";
import type { TenantView } from "@/lib/tenants/contract";
import classes from "./tenant.module.css";

/** Where a hostname can be opened from here; null where it can't. */
export type DomainLinks = Readonly<Record<string, string | null>>;

/** The hosts under which a tenant's application answers. */
export function Domains({ domains, links }: { domains: TenantView["domains"]; links: DomainLinks }) {
  return (
    <Panel title="Domains" flush>
      {domains.length === 0 && (
        <Message icon={Globe} title="No domain yet">
          A tenant gets its host while it is being made.
        </Message>
      )}
      <ul className={classes.domains}>
        {domains.map(({ hostname, primary, verified }) => (
          <li key={hostname} className={classes.domain}>
            <Host hostname={hostname} link={links[hostname] ?? null} />
            <span className={classes.tags}>
              {[primary && "primary", verified ? "verified" : "not verified"].filter(Boolean).join(", ")}
            </span>
          </li>
        ))}
      </ul>
    </Panel>
  );
}

function Host({ hostname, link }: { hostname: string; link: string | null }) {
  if (link === null) return <span className={classes.host}>{hostname}</span>;
  return (
    <a href={link} target="_blank" rel="noreferrer">
      {hostname}
      <ExternalLink size={13} role="img" aria-label="opens in a new tab" />
    </a>
  );
}
