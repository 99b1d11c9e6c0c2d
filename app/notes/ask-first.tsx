/** Asks before very many notes are changed: the same form again, with a yes. */
export function AskFirst({ count, fields }: { count: number; fields: Record<string, string> }) {
  return (
    <form method="post" action="/notes/batch" className="stack">
      <p>This is about {count} notes. Nothing is done yet; whatever you do can be undone for ten minutes.</p>
      {Object.entries(fields).map(([name, value]) => (
        <input key={name} type="hidden" name={name} value={value} />
      ))}
      <button type="submit" name="sure" value="yes" className="primary">
        Yes, all {count}
      </button>
    </form>
  );
}
