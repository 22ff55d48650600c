import { PageSkeleton } from "@/components/states/page-skeleton";

export default function Loading() {
  return <PageSkeleton title="Growth" parts={[92, 260, 260]} />;
}
