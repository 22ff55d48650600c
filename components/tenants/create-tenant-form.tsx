"use client";

import { Button, TextInput } from "@mantine/core";
import { useQuery } from "@tanstack/react-query";
import { serversQuery } from "@/client/queries";
import { useAppDomain } from "@/components/shell/app-domain";
import { useUser } from "@/components/shell/user";
import { FormError } from "@/components/ui/form-error";
import { errorUnder } from "@/components/ui/tags-field";
import { canonicalHost } from "@/lib/kernel/naming";
import type { Scope } from "@/lib/kernel/scope";
import { createTenantContract } from "@/lib/tenants/contract";
import type { TenantView } from "@/lib/tenants/shapes";
import classes from "./new-tenant.module.css";
import { ServerSelect } from "./server-select";
import { TenantFields } from "./tenant-fields";
import { TenantTagsField } from "./tenant-tags-field";
import { useNewTenantForm } from "./use-new-tenant-form";

const empty = { name: "", slug: "", domain: "", plan: "starter", serverId: "", region: "", tags: [] as string[] };

type CreateTenantFormProps = { onCreated: (tenant: TenantView) => void; cancel: () => void };

/** A tenant with a database made for it. */
export function CreateTenantForm({ onCreated, cancel }: CreateTenantFormProps) {
  const { scope } = useUser();
  const form = useNewTenantForm(createTenantContract, { ...empty, ...withinReach(scope) }, onCreated);
  const servers = useQuery(serversQuery());
  const { tags } = form.values;
  const beyond = scope.kind === "tag" && !tags.some((tag) => scope.values.includes(tag));
  const { slug, domain } = form.values;
  const region = form.field("region");
  const appDomain = useAppDomain();
  return (
    <form className={classes.form} onSubmit={form.send} noValidate>
      <TenantFields
        field={form.field}
        set={form.set}
        check={form.check}
        slugNote="Names its host, database and role. It stays."
      />
      <div className={classes.wide}>
        <ServerSelect {...form.field("serverId")} onChange={(id) => form.set("serverId", id)} />
        <TextInput
          label="Region (optional)"
          placeholder="the server's region"
          value={region.value}
          {...(region.error !== undefined && { error: region.error })}
          onChange={(event) => form.set("region", event.currentTarget.value)}
        />
      </div>
      <TenantTagsField
        label={scope.kind === "tag" ? "Tags" : "Tags (optional)"}
        placeholder="vip, pilot"
        value={tags}
        error={beyond ? beyondWords(scope.values) : errorUnder(form.errors, "tags")}
        onChange={(chosen) => form.set("tags", chosen)}
      />
      <dl className={classes.preview} aria-label="What will be made">
        <dt>Host</dt>
        <dd>{hostsOf(slug, appDomain, domain)}</dd>
        <dt>Database and role</dt>
        <dd>{slug === "" ? "—" : `t_${slug.replaceAll("-", "_")}_…`}</dd>
      </dl>
      <FormError error={form.submit.error} title="The tenant was not created" />
      <div className={classes.buttons}>
        <Button variant="default" onClick={cancel}>
          Cancel
        </Button>
        <Button type="submit" disabled={beyond || servers.isPending} loading={form.submit.isPending}>
          Create tenant
        </Button>
      </div>
    </form>
  );
}

// What somebody with a part of the fleet makes must be within that part.
function withinReach(scope: Scope): Partial<typeof empty> {
  const first = scope.kind === "all" ? undefined : scope.values[0];
  if (scope.kind === "all" || first === undefined) return {};
  return scope.kind === "tag" ? { tags: [first] } : { [scope.kind]: first };
}

function beyondWords(values: string[]): string {
  return `Your rights reach tenants with the tag ${values.join(" or ")}: give it ${values.length === 1 ? "that" : "one of those"}.`;
}

function hostsOf(slug: string, appDomain: string, domain: string): string {
  const own = canonicalHost(domain);
  const hosts = [slug !== "" && `${slug}.${appDomain}`, own].filter(Boolean);
  return hosts.length > 0 ? hosts.join(", ") : "—";
}
