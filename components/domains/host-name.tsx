import { ExternalLink } from "lucide-react";
import { unicodeHost } from "@/lib/kernel/punycode";
import classes from "./domains.module.css";

/** A host name as people write it; where it has another form in DNS, that stands below, since letters can look alike. */
export function HostName({ hostname, link }: { hostname: string; link: string | null }) {
  const written = unicodeHost(hostname);
  return (
    <span className={classes.host}>
      {link === null ? (
        <bdi title={hostname}>{written}</bdi>
      ) : (
        <a href={link} target="_blank" rel="noreferrer" title={hostname}>
          <bdi>{written}</bdi>
          <ExternalLink size={13} role="img" aria-label="opens in a new tab" />
        </a>
      )}
      {written !== hostname && <code className={classes.ascii}>{hostname}</code>}
    </span>
  );
}
