/** The same request for a shell, to be tried by hand. */
export function Curl({ line }: { line: string }) {
  return (
    <section className="curl" aria-labelledby="curl">
      <h3 id="curl">The same from a shell</h3>
      <pre tabIndex={0}>{line}</pre>
      <p className="hint">
        Each <code>…</code> is something that isn’t kept: put your own words there. What your cookie holds is found in
        your browser’s tools, among what it keeps for this site; whoever has it is you, so it belongs in no chat and no
        bug report.
      </p>
    </section>
  );
}
