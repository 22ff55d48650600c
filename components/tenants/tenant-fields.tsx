import { Select, TextInput } from "@mantine/core";
import { useRef } from "react";
import { capital } from "@/components/ui/status-badge";
import { plans, proposeSlug } from "@/lib/kernel/naming";
import classes from "./new-tenant.module.css";

type Field = { value: string; error?: string | undefined };

type TenantFieldsProps = {
  field: (name: "name" | "slug" | "domain" | "plan") => Field;
  set: (name: "name" | "slug" | "domain" | "plan", value: string) => void;
  check: (name: "name" | "slug" | "domain" | "plan") => void;
  /** What the slug will be used for. */
  slugNote: string;
};

/** The fields that every new tenant has; the slug follows the name until somebody writes one. */
export function TenantFields({ field, set, check, slugNote }: TenantFieldsProps) {
  const slugIsOwn = useRef(false);
  const name = (value: string) => {
    set("name", value);
    if (!slugIsOwn.current) set("slug", proposeSlug(value));
  };
  const slug = (value: string) => {
    slugIsOwn.current = value !== "";
    set("slug", value.toLowerCase());
  };
  return (
    <>
      <TextInput
        {...props(field("name"))}
        label="Name"
        placeholder="Acme Corporation"
        required
        withAsterisk={false}
        data-autofocus
        autoComplete="off"
        onChange={(event) => name(event.currentTarget.value)}
        onBlur={() => check("name")}
      />
      <TextInput
        {...props(field("slug"))}
        label="Slug"
        description={slugNote}
        placeholder="acme"
        required
        withAsterisk={false}
        autoComplete="off"
        spellCheck={false}
        classNames={{ input: classes.code ?? "" }}
        onChange={(event) => slug(event.currentTarget.value)}
        onBlur={() => check("slug")}
      />
      <div className={classes.pair}>
        <TextInput
          {...props(field("domain"))}
          label="Own domain (optional)"
          placeholder="shop.example.com"
          autoComplete="off"
          spellCheck={false}
          onChange={(event) => set("domain", event.currentTarget.value)}
          onBlur={() => check("domain")}
        />
        <Select
          {...props(field("plan"))}
          label="Plan"
          data={plans.map((plan) => ({ value: plan, label: capital(plan) }))}
          allowDeselect={false}
          onChange={(value) => set("plan", value ?? "")}
        />
      </div>
      {field("domain").value !== "" && (
        <p className={classes.note}>
          The domain answers once a TXT record in its DNS has proven it. The tenant's page shows that record.
        </p>
      )}
    </>
  );
}

function props({ value, error }: Field): { value: string; error?: string } {
  return error === undefined ? { value } : { value, error };
}
