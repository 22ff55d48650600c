import { PageSkeleton } from "@/components/states/page-skeleton";

export default function Loading() {
  return <PageSkeleton title="Tenant" trail={[{ href: "/tenants", label: "Tenants" }]} parts={[110, 250, 250, 250]} />;
}
