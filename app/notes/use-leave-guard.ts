import { useBlocker } from "@remix-run/react";
import { type RefObject, useEffect, useRef } from "react";
import { isChanged } from "./use-draft";

const QUESTION = "What you wrote is not saved yet. Leave this page?";

/** Asks before a page with unsaved text is left: by a link, by Back, by closing the tab. */
export function useLeaveGuard(form: RefObject<HTMLFormElement>, saving: boolean) {
  // The router asks before it knows of the submission, so the form says it itself.
  const sent = useRef(false);
  const holds = () => form.current !== null && isChanged(form.current) && !sent.current;
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
    const element = form.current;
    const markSent = () => {
      sent.current = true;
    };
    const ask = (event: BeforeUnloadEvent) => {
      if (element && isChanged(element) && !sent.current) event.preventDefault();
    };
    element?.addEventListener("submit", markSent);
    window.addEventListener("beforeunload", ask);
    return () => {
      element?.removeEventListener("submit", markSent);
      window.removeEventListener("beforeunload", ask);
    };
  }, [form]);
}
