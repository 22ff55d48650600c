import { PageSkeleton } from "@/components/states/page-skeleton";

export default function Loading() {
  return <PageSkeleton title="Capacity" parts={[92, 260, 260]} />;
}
