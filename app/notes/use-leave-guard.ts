import { useBlocker } from "@remix-run/react";
import { type RefObject, useEffect } from "react";
import { isChanged } from "./use-draft";

const QUESTION = "What you wrote is not saved yet. Leave this page?";

/** Asks before a page with unsaved text is left: by a link, by Back, by closing the tab. */
export function useLeaveGuard(form: RefObject<HTMLFormElement>, saving: boolean) {
  const blocker = useBlocker(({ currentLocation, nextLocation }) => {
    const leaves = currentLocation.pathname !== nextLocation.pathname || currentLocation.search !== nextLocation.search;
    return leaves && !saving && form.current !== null && isChanged(form.current);
  });

  useEffect(() => {
    if (blocker.state !== "blocked") return;
    if (window.confirm(QUESTION)) blocker.proceed();
    else blocker.reset();
  }, [blocker]);

  useEffect(() => {
    const ask = (event: BeforeUnloadEvent) => {
      if (form.current && isChanged(form.current) && !saving) event.preventDefault();
    };
    window.addEventListener("beforeunload", ask);
    return () => window.removeEventListener("beforeunload", ask);
  }, [form, saving]);
}
