import { COMMANDS } from "./commands";
import { KeyList } from "./key-list";

/** What the command palette offers, as a part of a page: it works without script. */
export function WhereToGo() {
  return (
    <>
      <section className="part" aria-labelledby="places">
        <h2 id="places">Where to go</h2>
        <ul className="standing">
          {COMMANDS.map(
            ({ name, to }) =>
              to &&
              !to.startsWith("/search") && (
                <li key={name}>
                  <a href={to}>{name}</a>
                </li>
              ),
          )}
        </ul>
      </section>
      <section className="part" aria-labelledby="keys">
        <h2 id="keys">Keys</h2>
        <p>
          With script, <kbd>Ctrl</kbd> <kbd>K</kbd> opens a field that finds notes and goes to all these places. Single
          keys can be switched off in <a href="/account#keys">your account</a>.
        </p>
        <KeyList />
      </section>
    </>
  );
}
