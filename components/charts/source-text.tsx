/** How the figures of a chart were measured, a line each. */
export function SourceText({ sources }: { sources: readonly string[] }) {
  return (
    <div style={{ display: "grid", gap: 6 }}>
      {sources.map((source) => (
        <span key={source}>{source}</span>
      ))}
    </div>
  );
}
