import { PageSkeleton } from "@/components/states/page-skeleton";

export default function HistoryLoading() {
  return <PageSkeleton title="History" trail={[{ href: "/tenants", label: "Tenants" }]} parts={[36, 320, 300, 300]} />;
}
