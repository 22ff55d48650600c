import { Button } from "@mantine/core";
import { permissionSummary } from "@/components/access/permission-groups";
import { CopyValue } from "@/components/ui/copy-value";
import classes from "@/components/ui/form.module.css";
import { ShownOnce } from "@/components/ui/shown-once";
import type { OutputOf } from "@/lib/kernel/contract";
import { scopeWords } from "@/lib/kernel/scope";
import type { createKeyContract } from "@/lib/keys/contract";
import own from "./keys.module.css";

type NewKeyMadeProps = { made: OutputOf<typeof createKeyContract>; close: () => void };

/** A key that was just made, in full, with a first call to try it. */
export function NewKeyMade({ made: { key, secret }, close }: NewKeyMadeProps) {
  const example = `curl -H "Authorization: Bearer $TENANTRY_API_KEY" ${window.location.origin}/api/tenancy/tenants`;
  return (
    <div className={classes.form}>
      <ShownOnce label="Key" value={secret} />
      <p className={classes.note}>
        {permissionSummary(key.permissions)} — for {scopeWords(key.scope)}.
      </p>
      {key.permissions.includes("tenants:read") && (
        <div>
          <p className={classes.note}>Try it, with the key in the variable TENANTRY_API_KEY:</p>
          <pre className={own.example}>{example}</pre>
          <CopyValue value={example} shown="Copy the example" label="the example" />
        </div>
      )}
      <div className={classes.buttons}>
        <Button variant="default" onClick={close}>
          I have copied it
        </Button>
      </div>
    </div>
  );
}
