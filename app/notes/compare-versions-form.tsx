import { momentOf } from "~/ui/time";

interface Props {
  note: string;
  choices: { id: string; saved: number }[];
  from?: string;
  to?: string;
  sides?: boolean;
}

/** Chooses two texts of a note to be compared. */
export function CompareVersionsForm({ note, choices, from, to, sides }: Props) {
  const [latest, before] = choices;
  if (!latest || !before) return null;
  return (
    <form action={`/notes/${note}/versions/compare`} className="view">
      <Choice name="from" label="From" choices={choices} chosen={from ?? before.id} />
      <Choice name="to" label="to" choices={choices} chosen={to ?? latest.id} />
      {sides && <input type="hidden" name="as" value="sides" />}
      <button type="submit">Compare</button>
    </form>
  );
}

function Choice({
  name,
  label,
  choices,
  chosen,
}: {
  name: string;
  label: string;
  choices: Props["choices"];
  chosen: string;
}) {
  return (
    <label>
      {label}{" "}
      <select name={name} defaultValue={chosen} key={chosen}>
        {choices.map(({ id, saved }) => (
          <option key={id} value={id}>
            {id === "now" ? "the text now" : momentOf(saved)}
          </option>
        ))}
      </select>
    </label>
  );
}
