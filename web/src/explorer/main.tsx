// The page: the directory's notice, the example questions, and GraphiQL as soon as it is there.
import "./page.css";
import { lazy, StrictMode, Suspense, useEffect, useState } from "react";
import { createRoot } from "react-dom/client";
import { EXAMPLES, exampleNamed, type Example } from "./examples";
import { showNotice } from "./notice";
import { Questions } from "./Questions";

const Workbench = lazy(() => import("./Workbench"));

/** An example as it was chosen: a new object each time, so that choosing it again asks again. */
export interface Choice {
  example: Example;
}

function Explorer() {
  const [choice, setChoice] = useState<Choice>(firstChoice);

  useEffect(() => {
    const choose = () => {
      const example = exampleInAddress();
      if (example) setChoice({ example });
    };
    addEventListener("hashchange", choose);
    return () => removeEventListener("hashchange", choose);
  }, []);

  return (
    <>
      <Questions
        chosen={choice.example}
        onChooseAgain={() => setChoice({ example: choice.example })}
      />
      <main className="workbench" aria-label="Question and answer">
        <Suspense fallback={<p className="loading">Opening the editor …</p>}>
          <Workbench choice={choice} />
        </Suspense>
      </main>
    </>
  );
}

function exampleInAddress(): Example | undefined {
  return exampleNamed(location.hash.slice(1));
}

function firstChoice(): Choice {
  const example = exampleInAddress() ?? EXAMPLES[0];
  if (!example) throw new Error("docs/examples has no question. Write one, then build again.");
  return { example };
}

function elementNamed(id: string): HTMLElement {
  const element = document.getElementById(id);
  if (!element) throw new Error(`explorer.html has no element #${id}.`);
  return element;
}

void showNotice(elementNamed("notice"));
createRoot(elementNamed("explorer")).render(
  <StrictMode>
    <Explorer />
  </StrictMode>,
);
