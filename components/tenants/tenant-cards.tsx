import { ActionIcon, Select } from "@mantine/core";
import { ArrowDown, ArrowUp } from "lucide-react";
import { memo } from "react";
import { MaintenanceBadge } from "@/components/maintenance/maintenance-badge";
import { Figure } from "@/components/ui/figure";
import { GoesOn } from "@/components/ui/goes-on";
import { Link } from "@/components/ui/link";
import { StatusBadge } from "@/components/ui/status-badge";
import { TenantMark } from "@/components/ui/tenant-mark";
import { metricNames, metrics } from "@/lib/kernel/metrics";
import { type TenantView, tenantSorts } from "@/lib/tenants/shapes";
import { SchemaBadge } from "./schema-badge";
import type { TenantSearch } from "./search-tenants";
import { SelectBox, SelectPageBox } from "./select-box";
import classes from "./tenant-cards.module.css";
import { nextSort } from "./tenant-table";
import { TenantTags } from "./tenant-tags";
import type { TenantChoice } from "./use-selection";

const shown = ["cpu", "memory", "storage", "requests"] as const;

const sortNames = [
  { value: "name", label: "Name" },
  { value: "slug", label: "Slug" },
  { value: "status", label: "Status" },
  { value: "plan", label: "Plan" },
  { value: "createdAt", label: "Created" },
  ...metricNames.map((metric) => ({ value: metric, label: metrics[metric].label })),
];

type TenantCardsProps = {
  tenants: TenantView[];
  view: TenantSearch;
  onChange: (part: Partial<TenantSearch>) => void;
  choice: TenantChoice | null;
};

/** The list as cards, on phones. */
export function TenantCards({ tenants, view, onChange, choice }: TenantCardsProps) {
  const sort = (name: string | null) => {
    const chosen = tenantSorts.find((each) => each === name);
    if (chosen && chosen !== view.sort) onChange(nextSort(chosen, view));
  };
  const Arrow = view.order === "asc" ? ArrowUp : ArrowDown;
  return (
    <div className={classes.cards}>
      <div className={classes.sort}>
        <Select aria-label="Sort by" data={sortNames} value={view.sort} onChange={sort} allowDeselect={false} />
        <ActionIcon
          variant="default"
          size={36}
          aria-label={view.order === "asc" ? "Sorted upwards, turn round" : "Sorted downwards, turn round"}
          onClick={() => onChange(nextSort(view.sort, view))}
        >
          <Arrow size={16} aria-hidden="true" />
        </ActionIcon>
        {choice && (
          <div className={classes.page}>
            <SelectPageBox choice={choice} label="All on this page" />
          </div>
        )}
      </div>
      <ul className={classes.list} aria-label="Tenants">
        {tenants.map((tenant) => (
          <TenantCard key={tenant.id} tenant={tenant} choice={choice} />
        ))}
      </ul>
    </div>
  );
}

function TenantCard({ tenant, choice }: { tenant: TenantView; choice: TenantChoice | null }) {
  return (
    <li className={classes.card} data-chosen={choice?.has(tenant.id) || undefined} data-figures>
      <div className={classes.head} data-selects={choice !== null || undefined}>
        {choice && <SelectBox tenant={tenant} choice={choice} />}
        <CardHead tenant={tenant} />
      </div>
      <CardBody tenant={tenant} />
    </li>
  );
}

const CardHead = memo(function CardHead({ tenant: { id, name, slug, status, statusReason } }: { tenant: TenantView }) {
  return (
    <>
      <TenantMark id={id} name={name} size={28} />
      <div className={classes.names}>
        <Link href={`/tenants/${id}`} className={classes.name}>
          <bdi>{name}</bdi>
        </Link>
        <span className={classes.slug}>{slug}</span>
      </div>
      <StatusBadge status={status} title={statusReason} />
    </>
  );
});

const CardBody = memo(function CardBody({ tenant }: { tenant: TenantView }) {
  return (
    <>
      <MaintenanceBadge tenant={tenant} />
      {tenant.purgeAfter ? <GoesOn at={tenant.purgeAfter} /> : <SchemaBadge schema={tenant.schema} />}
      <TenantTags tags={tenant.tags} most={4} />
      <dl className={classes.figures}>
        {shown.map((metric) => (
          <div key={metric}>
            <dt>{metrics[metric].label.replace(" (backends)", "")}</dt>
            <dd>
              <Figure metric={metric} usage={tenant.usage} measuredAt={tenant.measuredAt} />
            </dd>
          </div>
        ))}
      </dl>
    </>
  );
});
