import { LogIn } from "lucide-react";
import { Message } from "@/components/ui/message";
import { Panel } from "@/components/ui/panel";
import { plural } from "@/components/ui/plural";
import classes from "./sign-ins.module.css";

const example = `runtime.recordSignIn({
  user: user.email,
  succeeded: true,
  ipAddress: request.ip,
});`;

/** What the page says when there is no sign-in: that apps tell them, and how. */
export function HowToTell({ narrowed, quiet }: { narrowed: boolean; quiet: number }) {
  return (
    <Panel title="No sign-in in this period" flush>
      <Message icon={LogIn} title={narrowed ? "None of these tenants had one" : "No app told of one"}>
        Tenantry does not see who signs in to a tenant&apos;s app: the app tells it, with one call of the runtime after
        each attempt. {quiet > 0 && `${plural(quiet, "active tenant")} within reach had none.`}
      </Message>
      <figure className={classes.example}>
        <figcaption>
          In the app, where a password was checked; <code>docs/runtime.md</code> says more under{" "}
          <code>recordSignIn</code>:
        </figcaption>
        {/* biome-ignore lint/a11y/noNoninteractiveTabindex: code that is wider than a phone is scrolled by keys too */}
        <pre tabIndex={0}>{example}</pre>
      </figure>
    </Panel>
  );
}
