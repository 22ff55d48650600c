import { PageSkeleton } from "@/components/states/page-skeleton";

export default function Loading() {
  return <PageSkeleton title="Compare tenants" parts={[60, 320]} />;
}
