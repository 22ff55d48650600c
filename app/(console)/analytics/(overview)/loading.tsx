import { PageSkeleton } from "@/components/states/page-skeleton";

export default function Loading() {
  return <PageSkeleton title="Analytics" parts={[36, 92, 250, 250]} />;
}
