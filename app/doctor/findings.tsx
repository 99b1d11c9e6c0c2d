import { Moment } from "~/ui/time";
import type { Checkup, Finding } from "./finding";

const VERDICTS: Record<Finding["verdict"], string> = { fine: "fine", told: "note", mended: "mended", wrong: "wrong" };

/** What the latest look found, the faults first. */
export function Findings({ checkup }: { checkup: Checkup }) {
  const faults = checkup.findings.filter(({ verdict }) => verdict === "wrong");
  const others = checkup.findings.filter(({ verdict }) => verdict !== "wrong");
  return (
    <>
      <p>
        {faults.length === 0
          ? "All is well"
          : faults.length === 1
            ? "1 thing is wrong"
            : `${faults.length} things are wrong`}
        , as of <Moment at={checkup.at} />; looking took {(checkup.took / 1_000).toFixed(1)} seconds.
      </p>
      <dl className="findings">
        {[...faults, ...others].map(({ name, verdict, words }) => (
          <div key={name} className={verdict}>
            <dt>{name}</dt>
            <dd>
              <strong>{VERDICTS[verdict]}</strong> {words}
            </dd>
          </div>
        ))}
      </dl>
    </>
  );
}
