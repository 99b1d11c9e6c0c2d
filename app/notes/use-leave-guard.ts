import { useBlocker } from "@remix-run/react";
import { type RefObject, useEffect, useRef } from "react";
import { isChanged, type SavedText } from "./use-draft";

const QUESTION = "What you wrote is not saved yet. Leave this page?";

/** Asks before a page with unsaved text is left: by a link, by Back, by closing the tab. */
export function useLeaveGuard(form: RefObject<HTMLFormElement>, saved: SavedText, saving: boolean) {
  // The router asks before it knows of the submission, so the form says it itself.
  const sent = useRef(false);
  const holds = () => form.current !== null && isChanged(form.current, saved) && !sent.current;
  const blocker = useBlocker(({ currentLocation, nextLocation }) => {
    const leaves = currentLocation.pathname !== nextLocation.pathname || currentLocation.search !== nextLocation.search;
    return leaves && holds();
  });

  useEffect(() => {
    if (!saving) sent.current = false;
  }, [saving]);

  useEffect(() => {
    if (blocker.state !== "blocked") return;
    if (window.confirm(QUESTION)) blocker.proceed();
    else blocker.reset();
  }, [blocker]);

  useEffect(() => {
    const ask = (event: BeforeUnloadEvent) => {
      if (holds()) event.preventDefault();
    };
    window.addEventListener("beforeunload", ask);
    return () => window.removeEventListener("beforeunload", ask);
  });

  // Apart from the above: a listener that is put up anew while a form is submitted would miss that.
  useEffect(() => {
    // Another form for the same note, as on the page of a conflict, saves what is here too.
    const markSent = ({ target }: SubmitEvent) => {
      if (target instanceof HTMLFormElement && target.action === form.current?.action) sent.current = true;
    };
    document.addEventListener("submit", markSent, true);
    return () => document.removeEventListener("submit", markSent, true);
  }, [form]);
}
