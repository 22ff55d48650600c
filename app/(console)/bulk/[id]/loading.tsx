import { PageSkeleton } from "@/components/states/page-skeleton";

export default function Loading() {
  return <PageSkeleton title="Bulk run" trail={[{ href: "/bulk", label: "Bulk runs" }]} parts={[180, 60, 420]} />;
}
